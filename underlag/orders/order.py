"""An order with the parts of the form "Administrera tjänstekonsument" or "... tjänsteproducent".

Source of the form's parts: Inera, "Lathund beställning av TAKning Intygstjänster" 0.91.
"""

from datetime import date
from typing import Final, Literal, NamedTuple

from underlag.profiles.environments import EnvironmentSpec
from underlag.profiles.profile import ContractSpec, FlowSpec
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


class Address(NamedTuple):
    """Where a producer answers for a contract: its anropsadress and the RIV-TA profile of the calls."""

    url: str
    rivta_profile: str


#: That of a consumer's order, and where the contracts of an order have different ones.
NO_ADDRESS: Final = Address("", "")


class Order(NamedTuple):
    """One order: one component, one set of contracts and of addressees; an address for each contract.

    Attributes:
        number, total: "1 av 3".
        kind: which of the two forms.
        action: whether the addressees are added or removed.
        flow: the direction of traffic.
        environment: the environment to change.
        component: the consumer or producer whose connection changes.
        contracts: in the profile's order.
        addresses: of a producer order, one for each contract; none in a consumer order.
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
    addresses: tuple[Address, ...]
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

    def address(self, contract: ContractSpec) -> Address:
        """Return where the producer answers for one of the order's contracts."""
        return self.addresses[self.contracts.index(contract)] if self.addresses else NO_ADDRESS

    @property
    def shared_address(self) -> Address:
        """The address of all contracts, NO_ADDRESS where they differ or there is none."""
        return self.addresses[0] if len(set(self.addresses)) == 1 else NO_ADDRESS

    @property
    def file_stem(self) -> str:
        """Stem of its file names: bestallning-1-konsument."""
        return f"bestallning-{self.number}-{'konsument' if self.kind == 'consumer' else 'producent'}"
