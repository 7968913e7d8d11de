"""The list in the form that the checks use."""

from dataclasses import dataclass, field
from typing import Final

from underlag.findings import Finding

_WITH_16: Final = "SE16"
#: Index of the hyphen after SE and twelve digits.
_HYPHEN: Final = 14


@dataclass(slots=True, frozen=True)
class Reference:
    """HSA-IDs with their names.

    Attributes:
        source: the name of the file.
        names: name by HSA-ID, cleaned and in upper case; '' when the list has none.
        other_names: further names of ids that the list has several times.
        findings: findings about the list itself.
    """

    source: str
    names: dict[str, str]
    other_names: dict[str, tuple[str, ...]] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    def same_unit(self, hsa_id: str) -> str:
        """Return the id in the list that differs only by 16 before the number; '' if there is none."""
        other = other_form(hsa_id)
        return other if other in self.names else ""


def other_form(hsa_id: str) -> str:
    """Return an HSA-ID with 16 before the organisation number if it has none, else without."""
    short = without_16(hsa_id)
    return short if short != hsa_id else f"{_WITH_16}{hsa_id[2:]}"


def without_16(hsa_id: str) -> str:
    """Return an HSA-ID with ten digits, so that both forms of a unit become equal."""
    if hsa_id.startswith(_WITH_16) and hsa_id[_HYPHEN : _HYPHEN + 1] == "-":
        return hsa_id[:2] + hsa_id[len(_WITH_16) :]
    return hsa_id
