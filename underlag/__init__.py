"""From a filled-in Underlag workbook to checked orders for Sweden's national service platform.

The whole process in four steps, each a plain function:

    reading = underlag.read(path, options)
    checked = underlag.check(reading, options)
    orders = underlag.make_orders(checked)
    package = underlag.write_package(checked, orders, folder)

and, with the content of a TAK, two in between:

    catalogue = underlag.read_catalogue(export, day=date).catalogue
    checked, comparison = underlag.compare_and_select(checked, catalogue)

A list from the HSA catalogue, read by `underlag.read_reference(path)`, is passed to `check` as `reference`.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from underlag.checked import Checked
    from underlag.checks import check
    from underlag.findings import Finding, Severity
    from underlag.options import Options
    from underlag.orders.build import make_orders
    from underlag.orders.order import Order
    from underlag.package.write import Package, PackageError, PackageExists, write_package
    from underlag.reading import Reading, read
    from underlag.reference import Reference, read_reference
    from underlag.tak.compare.compare import compare_and_select
    from underlag.tak.compare.comparison import Comparison
    from underlag.tak.holdings.export import read_catalogue

#: The module of each name of the public interface; it is imported when the name is first used.
_HOME = {
    "Checked": "underlag.checked",
    "Comparison": "underlag.tak.compare.comparison",
    "Finding": "underlag.findings",
    "Options": "underlag.options",
    "Order": "underlag.orders.order",
    "Package": "underlag.package.write",
    "PackageError": "underlag.package.write",
    "PackageExists": "underlag.package.write",
    "Reading": "underlag.reading",
    "Reference": "underlag.reference",
    "Severity": "underlag.findings",
    "check": "underlag.checks",
    "compare_and_select": "underlag.tak.compare.compare",
    "make_orders": "underlag.orders.build",
    "read": "underlag.reading",
    "read_catalogue": "underlag.tak.holdings.export",
    "read_reference": "underlag.reference",
    "write_package": "underlag.package.write",
}

__all__ = [
    "Checked",
    "Comparison",
    "Finding",
    "Options",
    "Order",
    "Package",
    "PackageError",
    "PackageExists",
    "Reading",
    "Reference",
    "Severity",
    "check",
    "compare_and_select",
    "make_orders",
    "read",
    "read_catalogue",
    "read_reference",
    "write_package",
]


def __getattr__(name: str) -> object:
    """Import a name of the public interface when it is first used, so that the program starts fast."""
    if name not in _HOME:
        raise AttributeError(f"module 'underlag' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)
