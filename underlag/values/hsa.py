"""HSA-ID: identity in the national directory.

Source: Inera, "Lathund beställning av TAKning Intygstjänster" 0.91; the characters that TAK takes: skltp/tak, validation of
`logiskadresser` and `tjanstekomponenter`.
"""

from typing import Final, NamedTuple

from underlag.values.refusal import Refusal

#: Reasons for refusal, the first that applies.
REASONS: Final = (
    "missing",
    "personal_number",
    "look_alike",
    "forbidden_character",
    "too_long",
    "form",
    "check_digit",
)


class HsaId(NamedTuple):
    """A well-formed HSA-ID in upper case.

    `organisation` is the ten digits without a leading 16, '' for a test id without one. `is_test` tells a test id (TSTNMT…).
    `has_prefix` is False for a system's address without SE (5565594230-WEBCERT).
    """

    text: str
    organisation: str
    suffix: str
    is_test: bool = False
    has_prefix: bool = True

    @property
    def unit_key(self) -> tuple[str, str]:
        """Organisation and suffix: the same for one unit written with and without 16."""
        return self.organisation or self.text, self.suffix


def parse_hsa_id(text: str, *, system: bool = False) -> HsaId | Refusal:
    """Parse an HSA-ID (cleaned, upper case). With `system`, also an organisation number without SE (5565594230-WEBCERT).

    Test ids (TSTNMT2321000156-B02) are well-formed; whether they are allowed is for the environment to say.
    """
    raise NotImplementedError
