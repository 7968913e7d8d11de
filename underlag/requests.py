"""The request of each row in a workbook, resolved once for checks, orders and the comparison with a TAK."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import compress
from typing import Final

from underlag.options import Options
from underlag.profiles.contract_table import resolve_contract
from underlag.profiles.profile import ContractSpec, FlowSpec, Profile
from underlag.values.action import Action, parse_action
from underlag.values.rivta import resolve_rivta_profile
from underlag.workbook import Entries, Entry, Flow, Underlag

#: The parts of an entry that decide its request.
_DECIDING: Final = ("contract", "action", "consumer", "producer", "url", "rivta_profile")


@dataclass(slots=True, frozen=True, eq=False, repr=False)
class Request:
    """What a row requests, apart from its addressee. Rows of a flow with the same texts share one object.

    Attributes:
        flow: the direction of traffic.
        action: the row's own action; without one, the workbook's.
        known_contract: None when the row names no contract of its flow, which the checks report.
        namespace: the contract's, in lower case; '' without a contract.
        consumer, producer: HSA-IDs in upper case, '' when the row has none.
        url: the anropsadress, '' when the row has none.
        rivta_profile: in TAK's spelling: as stated, else as the URL names it, else the profile's.
    """

    flow: FlowSpec
    action: Action
    known_contract: ContractSpec | None
    namespace: str
    consumer: str
    producer: str
    url: str
    rivta_profile: str

    @property
    def contract(self) -> ContractSpec:
        """The contract.

        Raises:
            ValueError: the row names none of its flow. Approved rows always do.
        """
        if self.known_contract is None:
            raise ValueError(f"En rad anger inget tjänstekontrakt för {self.flow.title}.")
        return self.known_contract

    @property
    def component(self) -> str:
        """The HSA-ID of the system whose connection the order changes."""
        return self.consumer if self.flow.order == "consumer" else self.producer

    @property
    def asks_route(self) -> bool:
        """Whether a route is ordered; a consumer's order requests an authorization only."""
        return self.flow.order == "producer"


@dataclass(slots=True, frozen=True, eq=False, repr=False)
class RequestedRows:
    """Rows of one flow, each with its request."""

    entries: Entries = field(default_factory=Entries)
    requests: list[Request] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.entries)

    def __iter__(self) -> Iterator[tuple[Entry, Request]]:
        """Yield each entry with its request."""
        return zip(self.entries, self.requests, strict=True)

    def take(self, rows: Sequence[int]) -> "RequestedRows":
        """Return some rows by their numbers, counted from 0."""
        return RequestedRows(self.entries.take(rows), [self.requests[at] for at in rows])

    def where(self, kept: Iterable[object]) -> "RequestedRows":
        """Return the rows whose value in `kept` is true; it has one value for each row."""
        wanted = list(kept)
        return RequestedRows(self.entries.where(wanted), list(compress(self.requests, wanted)))


#: The rows of every flow, by its key.
Requests = Mapping[str, RequestedRows]


def default_action(underlag: Underlag, options: Options) -> Action:
    """Return the action of rows that state none: the option, else the order's details, else to add."""
    return "remove" if options.remove or underlag.details.removes else "add"


def resolve_requests(underlag: Underlag, default: Action) -> dict[str, RequestedRows]:
    """Resolve the request of each row.

    Args:
        underlag: the workbook; without a profile there are no requests.
        default: the action of rows that state none; see `default_action`.

    Returns:
        The rows of every flow by its key.
    """
    if underlag.profile is None:
        return {}
    profile = underlag.profile
    return {flow.spec.key: _requested(profile, flow, default) for flow in underlag.flows}


def _requested(profile: Profile, flow: Flow, default: Action) -> RequestedRows:
    """Resolve the requests of a flow, once for each combination of texts."""
    rows = list(zip(*map(flow.entries.texts, _DECIDING), strict=True))
    known = {texts: _resolve(profile, flow.spec, default, texts) for texts in dict.fromkeys(rows)}
    return RequestedRows(flow.entries, list(map(known.__getitem__, rows)))


def _resolve(profile: Profile, flow: FlowSpec, default: Action, texts: tuple[str, ...]) -> Request:
    """Resolve the request of a combination of texts."""
    contract, action, consumer, producer, url, rivta_profile = texts
    spec = resolve_contract(profile, flow, contract)
    return Request(
        flow=flow,
        action=parse_action(action) or default,
        known_contract=spec,
        namespace=spec.namespace.lower() if spec else "",
        consumer=consumer.upper(),
        producer=producer.upper(),
        url=url,
        rivta_profile=resolve_rivta_profile(rivta_profile, url, profile.rivta_profile),
    )
