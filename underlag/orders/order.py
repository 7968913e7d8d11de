"""An order as the form "Administrera tjänstekonsument" or "... tjänsteproducent" asks for it.

Source of the form's parts: Inera, "Lathund beställning av TAKning Intygstjänster" 0.91.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from underlag.profiles.profile import ContractSpec, EnvironmentSpec, FlowSpec
from underlag.workbook import OrderDetails


class Party(NamedTuple):
    """A component: HSA-ID in upper case and name, '' when nobody stated it.

    `fixed`: the profile's own, not the region's.
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
        flow: the direction of traffic that it stems from.
        environment: where it is to be carried out.
        component: the consumer or producer whose connection changes.
        contracts: in the profile's order.
        url, rivta_profile: of a producer order, else ''.
        addressees: each once, in the workbook's order; they count for every contract of the order.
        consumers: who is authorised to call; for a consumer order the component itself.
        day: date of change, None when nobody gave one.
        details: case number, contacts, orderer.
        remark: the text for "Övrig information" (Swedish, may have several lines).
        bulk: whether the addressees are too many to type and go to customer service instead.
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
        """Its place among the orders: 1 av 3."""
        return f"{self.number} av {self.total}"

    @property
    def file_stem(self) -> str:
        """What its files are called: bestallning-1-konsument."""
        return f"bestallning-{self.number}-{'konsument' if self.kind == 'consumer' else 'producent'}"
