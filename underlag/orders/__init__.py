"""Orders: what is to be entered in the order form and loaded into TAK."""

from underlag.orders.model import Addressee, Order, Party

__all__ = ["Addressee", "Order", "Party"]
