"""Components: the fixed parties of an environment, and the callers and addresses of a workbook.

Findings: KOM001, KOM002, KOM007, KOM010, KOM011, KOM013, KOM014, URL013, URL014.
"""

from collections.abc import Iterable, Iterator
from functools import partial

from underlag.checks.rules.context import (
    ID_ROLES,
    ROLE_NAMES,
    ROLE_SUBJECTS,
    CheckContext,
    RowsOf,
    apply_to_distinct,
    position_text,
)
from underlag.checks.rules.names import COMPONENTS
from underlag.checks.rules.urls import names_contract
from underlag.files.limits import SYSTEMS, how_to_raise
from underlag.findings import Finding, finding
from underlag.profiles.contract_table import contract_table
from underlag.profiles.profile import FixedSpec
from underlag.requests import Request
from underlag.values.hsa import HsaId
from underlag.values.url import Url
from underlag.workbook import Field, Flow, text_of


def check_fixed_parties(context: CheckContext) -> Iterator[Finding]:
    """Find values that differ from those that the profile fixes for the environment."""
    if context.environment is None:
        return
    for flow in context.flows:
        for role in (*ID_ROLES, "url"):
            fixed = flow.spec.fixed_value(role, context.environment.key)
            if fixed is None:
                continue
            cells = context.cells(flow, role)
            others = cells.unique_texts().keys() - {"", fixed.value} - context.private
            # A text with the fixed value and a remark beside it is reported as such.
            others = {text for text in others if context.corrections.get(text) != fixed.value}
            for value in cells.with_text(others) if others else ():
                yield finding(
                    "KOM007" if role == "url" else "KOM001",
                    value,
                    roll=ROLE_SUBJECTS[role],
                    ratt=fixed.value,
                    namn=f" ({fixed.name})" if fixed.name else "",
                    miljo=context.environment.key,
                )


def check_urls_of_other_environments(context: CheckContext) -> Iterator[Finding]:
    """Find addresses that the profile fixes for another environment only.

    The public guide states no addresses for test, so that the workbook's are ordered as they are.
    """
    if context.environment is None:
        return
    for flow in context.flows:
        if flow.spec.fixed_value("url", context.environment.key) is not None:
            continue
        elsewhere = {fixed.value: fixed.environment for fixed in flow.spec.fixed if fixed.role == "url"}
        cells = context.cells(flow, "url")
        for text in elsewhere.keys() & cells.unique_texts().keys():
            first, *others = cells.with_text({text})
            yield finding(
                "KOM014",
                first,
                related=tuple(value.position for value in others),
                miljo=elsewhere[text],
                denna=context.environment.key,
            )


def check_many_components(context: CheckContext) -> Iterator[Finding]:
    """Find sheets with more systems than the limit, since each gives an order of its own."""
    for flow in context.flows:
        role = flow.spec.order
        count = len(context.cells(flow, role).unique_texts().keys() - {""})
        if count > SYSTEMS.value:
            yield finding(
                "KOM013",
                sheet=flow.sheet,
                antal=count,
                roll=f"{ROLE_NAMES[role]}er",
                gräns=SYSTEMS.value,
                hoj=how_to_raise(count / SYSTEMS.value),
            )


def check_own_calls(context: CheckContext) -> Iterator[Finding]:
    """Find components that would call themselves. Values that the profile fixes are right."""
    return apply_to_distinct(context, partial(_own_calls, context))


def _own_calls(context: CheckContext, rows: RowsOf) -> Iterator[Finding]:
    for flow in context.flows:
        reported: set[Field] = set()
        for entry in rows(flow).entries:
            consumer, producer = entry.consumer, entry.producer
            if consumer is None or producer is None or consumer.text != producer.text:
                continue
            if consumer.text in context.private or not (
                context.is_readable(consumer) and context.is_readable(producer)
            ):
                continue
            fixed = flow.spec.fixed_value("consumer", context.underlag.environment)
            at = producer if fixed is not None and producer.column else consumer
            if at not in reported and at.column:
                reported.add(at)
                yield finding("KOM002", at)
        yield from _own_systems(context, flow, reported)


def _own_systems(context: CheckContext, flow: Flow, reported: set[Field]) -> Iterator[Finding]:
    """Find the profile's own systems where the workbook's owner must state a system of its own."""
    environment = context.underlag.environment
    own: dict[tuple[str, str], FixedSpec] = {}
    for fixed in _fixed_systems(context):
        parsed = context.hsa_id(fixed.value, system=False)
        if isinstance(parsed, HsaId):
            own[parsed.unit_key] = fixed
    for role in ("consumer", "producer") if own else ():
        if flow.spec.fixed_value(role, environment) is not None:
            continue
        cells = context.cells(flow, role)
        ids = ((text, context.hsa_id(text, system=False)) for text in cells.unique_texts())
        mine = {
            text: own[one.unit_key] for text, one in ids if isinstance(one, HsaId) and one.unit_key in own
        }
        for value in cells.with_text(mine) if mine else ():
            known = mine[value.text]
            if value not in reported:
                reported.add(value)
                named = f" ({known.name})" if known.name else ""
                yield finding(
                    "KOM010", value, roll=ROLE_NAMES[role], namn=named, profil=context.profile.title
                )


def _fixed_systems(context: CheckContext) -> Iterator[FixedSpec]:
    """Yield the consumers and producers that the profile fixes in the environment."""
    for flow in context.profile.flows:
        for fixed in flow.fixed_in(context.underlag.environment):
            if fixed.role in {"consumer", "producer"}:
                yield fixed


def check_nameless_components(context: CheckContext) -> Iterator[Finding]:
    """Find systems without a name in the workbook: TAK would show a new one without any.

    Systems that the profile fixes have their name there, and a removal needs none.
    """
    return apply_to_distinct(context, partial(_nameless_components, context))


def _nameless_components(context: CheckContext, rows: RowsOf) -> Iterator[Finding]:
    named = {fixed.value for fixed in _fixed_systems(context)} | context.faulty
    nameless: dict[str, tuple[Flow, str, Field]] = {}
    for flow, role, component, name, request in _stated(context, rows):
        if component.text in named:
            continue
        if name is not None and (name.text or name.position in context.underlag.unreadable):
            named.add(component.text)
        elif component.column and request.action == "add":
            at = name if name is not None and name.column else component
            nameless.setdefault(component.text, (flow, role, at))
    for hsa_id, (flow, role, at) in nameless.items():
        if hsa_id not in named:
            title = context.column_title(flow, f"{role}_name") or f"{ROLE_NAMES[role].capitalize()} (namn)"
            yield finding("KOM011", at, hsaid=hsa_id, roll=ROLE_NAMES[role], kolumn=title)


def _stated(context: CheckContext, rows: RowsOf) -> Iterator[tuple[Flow, str, Field, Field | None, Request]]:
    """Yield flow, role, HSA-ID, name and request of each system that the workbook states."""
    for flow in context.flows:
        # A part that the profile fixes in any environment is the service's own in all.
        fixed = {spec.role for spec in flow.spec.fixed}
        for role, name_role in (pair for pair in COMPONENTS if pair[0] not in fixed):
            for entry, request in rows(flow):
                component = entry.part(role)
                if component is not None and context.is_readable(component):
                    yield flow, role, component, entry.part(name_role), request


def check_addresses(context: CheckContext) -> Iterator[Finding]:
    """Find producers with two addresses for one contract, and addresses that serve two contracts.

    Warnings only: several instances of a producer, and one address for some contracts, do occur. A producer
    with one address for all of its contracts has a gateway, unless the address names a contract.
    """
    return apply_to_distinct(context, partial(_unusual_addresses, context))


def _unusual_addresses(context: CheckContext, rows: RowsOf) -> Iterator[Finding]:
    of_producer: dict[tuple[str, str], Field] = {}
    of_address: dict[str, tuple[str, Field]] = {}
    reported: set[tuple[str, Field]] = set()
    stated = list(_addresses(context, rows))
    gateways = _gateways(context, stated)
    for producer, url, contract in stated:
        known = of_producer.setdefault((producer, contract), url)
        differs = known.text != url.text and not {known.text, url.text} <= context.counting
        if differs and url.column and ("URL013", url) not in reported:
            reported.add(("URL013", url))
            yield finding(
                "URL013",
                url,
                producent=ROLE_SUBJECTS["producer"] if producer in context.private else producer,
                annan=known.text,
                kontrakt=contract,
                annan_plats=position_text(known),
                related=(known.position,),
            )
        if (producer, url.text) in gateways:
            continue
        title, first = of_address.setdefault(url.text, (contract, url))
        if title != contract and url.column and ("URL014", url) not in reported:
            reported.add(("URL014", url))
            yield finding(
                "URL014",
                url,
                kontrakt=contract,
                annat=title,
                annan_plats=position_text(first),
                related=(first.position,),
            )


def _gateways(context: CheckContext, stated: Iterable[tuple[str, Field, str]]) -> set[tuple[str, str]]:
    """Return producer and address where the producer has that one address, shared with no other producer."""
    addresses: dict[str, set[str]] = {}
    producers: dict[str, set[str]] = {}
    for producer, url, _ in stated:
        addresses.setdefault(producer, set()).add(url.text)
        producers.setdefault(url.text, set()).add(producer)
    return {
        (producer, url)
        for producer, (url, *more) in addresses.items()
        if not more and len(producers[url]) == 1 and not names_contract(context.profile, url)
    }


def _addresses(context: CheckContext, rows: RowsOf) -> Iterator[tuple[str, Field, str]]:
    """Yield each valid address with its producer's HSA-ID and its contract's title."""
    for flow in context.flows:
        if flow.spec.order != "producer":
            continue
        table = contract_table(context.profile, flow.spec)
        # Keyed by texts, because thousands of rows share them.
        titles: dict[tuple[str, str], str] = {}
        for entry in rows(flow).entries:
            producer, url = entry.producer, entry.url
            if (
                producer is None
                or url is None
                or not (context.is_readable(producer) and context.is_readable(url))
            ):
                continue
            key = url.text, text_of(entry.contract)
            title = titles.get(key)
            if title is None:
                spec = table.match(key[1]).spec
                title = spec.title if spec and isinstance(context.url(url.text), Url) else ""
                titles[key] = title
            if title:
                yield producer.text, url, title
