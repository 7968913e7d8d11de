"""The question whose answers allow a workbook to be compared with a TAK."""

from typing import NamedTuple


class Question(NamedTuple):
    """The scope of a question to a TAK.

    `platform` is e.g. NTJP-PROD; `contracts` are namespaces, `addressees` and `components` HSA-IDs as keys of
    a Catalogue.
    """

    platform: str
    contracts: frozenset[str]
    addressees: frozenset[str]
    components: frozenset[str]
