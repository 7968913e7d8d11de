"""Orders in the terms of the order form, built from a checked Underlag."""

from underlag.orders.build import make_orders
from underlag.orders.order import Addressee, Order, Party

__all__ = ["Addressee", "Order", "Party", "make_orders"]
