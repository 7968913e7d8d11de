"""What must be known of a TAK before a workbook can be compared with it."""

from typing import NamedTuple


class Question(NamedTuple):
    """What is asked of a TAK.

    `platform` is e.g. NTJP-PROD; `contracts` are namespaces, `addressees` and `components` HSA-IDs as keys of
    a Catalogue.
    """

    platform: str
    contracts: frozenset[str]
    addressees: frozenset[str]
    components: frozenset[str]
