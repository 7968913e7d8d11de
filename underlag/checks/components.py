"""Components: the fixed parties of an environment, who calls whom, and at which address."""

from collections.abc import Iterator
from operator import attrgetter

from underlag.checks.names import COMPONENTS
from underlag.checks.survey import ID_ROLES, ROLE_NAMES, ROLE_SUBJECTS, Survey, place
from underlag.findings import Finding, finding
from underlag.model import Field, Flow
from underlag.profiles.contract_table import contract_table
from underlag.profiles.model import FixedSpec
from underlag.values.action import parse_action
from underlag.values.hsa import HsaId
from underlag.values.url import Url


def check_fixed_parties(survey: Survey) -> Iterator[Finding]:
    """Find values that differ from what the profile fixes for the environment."""
    if survey.environment is None:
        return
    for flow in survey.flows:
        for role in (*ID_ROLES, "url"):
            fixed = flow.spec.fixed_value(role, survey.environment.key)
            if fixed is None:
                continue
            for value in survey.cells(flow, role):
                if not value.text or value.text == fixed.value or value.text in survey.private:
                    continue
                yield finding(
                    "KOM007" if role == "url" else "KOM001",
                    value,
                    roll=ROLE_SUBJECTS[role],
                    ratt=fixed.value,
                    namn=f" ({fixed.name})" if fixed.name else "",
                    miljo=survey.environment.key,
                )


def check_own_calls(survey: Survey) -> Iterator[Finding]:
    """Find components that would call themselves. What the profile fixes is right, so the other is told."""
    for flow in survey.flows:
        told: set[Field] = set()
        for entry in survey.lines(flow):
            consumer, producer = entry.consumer, entry.producer
            if consumer is None or producer is None or consumer.text != producer.text:
                continue
            if consumer.text in survey.private or not (
                survey.is_readable(consumer) and survey.is_readable(producer)
            ):
                continue
            fixed = flow.spec.fixed_value("consumer", survey.underlag.environment)
            at = producer if fixed is not None and producer.column else consumer
            if at not in told and at.column:
                told.add(at)
                yield finding("KOM002", at)
        yield from _own_systems(survey, flow, told)


def _own_systems(survey: Survey, flow: Flow, told: set[Field]) -> Iterator[Finding]:
    """Find the profile's own systems where the workbook's owner states its own."""
    environment = survey.underlag.environment
    own = {}
    for fixed in _fixed_systems(survey):
        parsed = survey.hsa_id(fixed.value, system=False)
        if isinstance(parsed, HsaId):
            own[parsed.unit_key] = fixed
    for role in ("consumer", "producer") if own else ():
        if flow.spec.fixed_value(role, environment) is not None:
            continue
        for value in survey.cells(flow, role):
            parsed = survey.hsa_id(value.text, system=False)
            known = own.get(parsed.unit_key) if isinstance(parsed, HsaId) else None
            if known is not None and value not in told:
                told.add(value)
                named = f" ({known.name})" if known.name else ""
                yield finding("KOM010", value, roll=ROLE_NAMES[role], namn=named, profil=survey.profile.title)


def _fixed_systems(survey: Survey) -> Iterator[FixedSpec]:
    """Yield the consumers and producers that the profile fixes in the environment."""
    for flow in survey.profile.flows:
        for fixed in flow.fixed:
            if fixed.role in {"consumer", "producer"} and fixed.environment in {
                survey.underlag.environment,
                "*",
            }:
                yield fixed


def check_nameless_components(survey: Survey) -> Iterator[Finding]:
    """Find systems that the workbook gives no name: TAK would show a new one without any.

    What the profile fixes has its name there, and a removal asks for none.
    """
    if survey.removes:
        return
    named = {fixed.value for fixed in _fixed_systems(survey)} | survey.faulty
    nameless: dict[str, tuple[Flow, str, Field]] = {}
    for flow, role, component, name in _stated(survey):
        if component.text in named:
            continue
        if name is not None and (name.text or name.position in survey.underlag.unreadable):
            named.add(component.text)
        elif component.column:
            at = name if name is not None and name.column else component
            nameless.setdefault(component.text, (flow, role, at))
    for hsa_id, (flow, role, at) in nameless.items():
        if hsa_id not in named:
            title = survey.column_title(flow, f"{role}_name") or f"{ROLE_NAMES[role].capitalize()} (namn)"
            yield finding("KOM011", at, hsaid=hsa_id, roll=ROLE_NAMES[role], kolumn=title)


def _stated(survey: Survey) -> Iterator[tuple[Flow, str, Field, Field | None]]:
    """Yield flow, role, HSA-ID and name of each system that the workbook states in rows that add."""
    for flow in survey.flows:
        if _only_removes(survey, flow):
            continue
        # A part that the profile fixes in any environment is the service's own in all.
        fixed = {spec.role for spec in flow.spec.fixed}
        for role, name_role in (pair for pair in COMPONENTS if pair[0] not in fixed):
            component: Field | None
            name: Field | None
            for component, name in map(attrgetter(role, name_role), survey.lines(flow)):
                if component is not None and survey.is_readable(component):
                    yield flow, role, component, name


def _only_removes(survey: Survey, flow: Flow) -> bool:
    return bool(survey.cells(flow, "action")) and all(
        entry.action is not None and parse_action(entry.action.text) == "remove" for entry in flow.entries
    )


def check_addresses(survey: Survey) -> Iterator[Finding]:
    """Find producers with two addresses for one contract, and addresses that serve two contracts.

    Warnings only: several instances of a producer, and one address for all contracts, do occur.
    """
    of_producer: dict[tuple[str, str], Field] = {}
    of_address: dict[str, tuple[str, Field]] = {}
    told: set[tuple[str, Field]] = set()
    for producer, url, contract in _addresses(survey):
        known = of_producer.setdefault((producer, contract), url)
        if known.text != url.text and url.column and ("URL013", url) not in told:
            told.add(("URL013", url))
            yield finding(
                "URL013",
                url,
                producent=ROLE_SUBJECTS["producer"] if producer in survey.private else producer,
                annan=known.text,
                kontrakt=contract,
                annan_plats=place(known),
                related=(known.position,),
            )
        title, first = of_address.setdefault(url.text, (contract, url))
        if title != contract and url.column and ("URL014", url) not in told:
            told.add(("URL014", url))
            yield finding(
                "URL014",
                url,
                kontrakt=contract,
                annat=title,
                annan_plats=place(first),
                related=(first.position,),
            )


def _addresses(survey: Survey) -> Iterator[tuple[str, Field, str]]:
    """Yield each right address with its producer's HSA-ID and its contract's title."""
    for flow in survey.flows:
        if flow.spec.order != "producer":
            continue
        table = contract_table(survey.profile, flow.spec)
        # What a line is about, by its texts: thousands of lines have the same.
        titles: dict[tuple[str, str], str] = {}
        for entry in survey.lines(flow):
            producer, url = entry.producer, entry.url
            if (
                producer is None
                or url is None
                or not (survey.is_readable(producer) and survey.is_readable(url))
            ):
                continue
            key = url.text, entry.contract.text if entry.contract else ""
            title = titles.get(key)
            if title is None:
                spec = table.match(key[1]).spec
                title = spec.title if spec and isinstance(survey.url(url.text), Url) else ""
                titles[key] = title
            if title:
                yield producer.text, url, title
