"""Orders: what a checked Underlag becomes, in the terms of the order form."""

from underlag.orders.build import make_orders
from underlag.orders.order import Addressee, Order, Party

__all__ = ["Addressee", "Order", "Party", "make_orders"]
