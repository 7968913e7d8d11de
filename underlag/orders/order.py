"""An order with the parts of the form "Administrera tjänstekonsument" or "... tjänsteproducent".

Source of the form's parts: Inera, "Lathund beställning av TAKning Intygstjänster" 0.91.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from underlag.profiles.profile import ContractSpec, EnvironmentSpec, FlowSpec
from underlag.workbook import OrderDetails


class Party(NamedTuple):
    """A component: HSA-ID in upper case and name, '' when none is stated.

    `fixed`: whether the profile fixes it.
    """

    hsa_id: str
    name: str = ""
    fixed: bool = False


class Addressee(NamedTuple):
    """A logical addressee: HSA-ID in upper case and name."""

    hsa_id: str
    name: str


@dataclass(slots=True, frozen=True)
class Order:
    """One order: one component, one set of contracts and, for a producer, one URL.

    Attributes:
        number, total: "1 av 3".
        kind: which of the two forms.
        action: whether the addressees are added or removed.
        flow: the direction of traffic.
        environment: the environment to change.
        component: the consumer or producer whose connection changes.
        contracts: in the profile's order.
        url, rivta_profile: of a producer order, else ''.
        addressees: without duplicates, in the workbook's order; they apply to every contract.
        consumers: the authorized consumers; for a consumer order the component itself.
        day: date of change; None when missing.
        details: case number, contacts, orderer.
        remark: the text for "Övrig information" (Swedish, may have several lines).
        bulk: whether customer service loads the addressees because they are too many to type.
    """

    number: int
    total: int
    kind: Literal["consumer", "producer"]
    action: Literal["add", "remove"]
    flow: FlowSpec
    environment: EnvironmentSpec
    component: Party
    contracts: tuple[ContractSpec, ...]
    url: str
    rivta_profile: str
    addressees: tuple[Addressee, ...]
    consumers: tuple[Party, ...]
    day: date | None
    details: OrderDetails
    remark: str
    bulk: bool

    @property
    def ordinal(self) -> str:
        """Number and total: 1 av 3."""
        return f"{self.number} av {self.total}"

    @property
    def file_stem(self) -> str:
        """Stem of its file names: bestallning-1-konsument."""
        return f"bestallning-{self.number}-{'konsument' if self.kind == 'consumer' else 'producent'}"
