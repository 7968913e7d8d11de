"""Service contracts as people write them."""

from typing import NamedTuple

from underlag.values.refusal import Refusal


class ContractName(NamedTuple):
    """A contract as written: name, major version (None when not stated) and the namespace when the text was a full URN."""

    name: str
    major: int | None = None
    namespace: str = ""


def parse_contract(text: str) -> ContractName | Refusal:
    """Parse 'CreateDraftCertificate v3', '…, version 3', '…:3', '… 3.0', '…Responder:3' or a full URN (any usual writing).

    Refusal reasons: 'missing', 'form'.
    """
    raise NotImplementedError
