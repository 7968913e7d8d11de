"""The files of an order's package, without writing them."""

from collections.abc import Sequence

from underlag.checked import Checked
from underlag.orders.order import Order
from underlag.package.write import make_files, package_context


def package_files(checked: Checked, orders: Sequence[Order], *, mailed: bool = True) -> dict[str, bytes]:
    """Return the content of every file of a package by its name; `mailed=False` gives customer service's own package."""
    return dict(make_files(package_context(checked, orders, None, None, mailed=mailed)))
