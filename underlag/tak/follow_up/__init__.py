"""Whether orders are live: compares the TAK orders of a package or a load with the present TAK."""

from underlag.tak.follow_up.follow_up import FollowUp, Item, State, follow_up
from underlag.tak.follow_up.ordered import Ordered, OrderedError, read_ordered

__all__ = ["FollowUp", "Item", "Ordered", "OrderedError", "State", "follow_up", "read_ordered"]
