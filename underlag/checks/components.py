"""Components: the fixed parties of an environment, who calls whom, and at which address."""

from collections.abc import Iterator

from underlag.checks.contracts import contract_table
from underlag.checks.survey import ID_ROLES, ROLE_NAMES, Survey, place
from underlag.findings import Finding, finding
from underlag.model import Field


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
                    roll=ROLE_NAMES[role].capitalize(),
                    ratt=fixed.value,
                    namn=f" ({fixed.name})" if fixed.name else "",
                    miljo=survey.environment.key,
                )


def check_own_calls(survey: Survey) -> Iterator[Finding]:
    """Find components that would call themselves. What the profile fixes is right, so the other is told."""
    for flow in survey.flows:
        told: set[Field] = set()
        pairs = {(id(e.consumer), id(e.producer)): (e.consumer, e.producer) for e in flow.entries}
        for consumer, producer in pairs.values():
            if consumer is None or producer is None or consumer.text != producer.text or not consumer.text:
                continue
            if consumer.text in survey.private:
                continue
            fixed = flow.spec.fixed_value("consumer", survey.underlag.environment)
            at = producer if fixed is not None and producer.column else consumer
            if at not in told and at.column and survey.is_readable(at):
                told.add(at)
                yield finding("KOM002", at)


def check_addresses(survey: Survey) -> Iterator[Finding]:
    """Find producers with two addresses for one contract, and addresses that serve two contracts.

    Warnings only: several instances of a producer, and one address for all contracts, do occur.
    """
    of_producer: dict[tuple[str, str], Field] = {}
    of_address: dict[str, tuple[str, Field]] = {}
    told: set[tuple[str, Field]] = set()
    for flow in survey.flows:
        if flow.spec.order != "producer":
            continue
        table = contract_table(survey.profile, flow.spec)
        seen: set[tuple[int, int, int]] = set()
        for entry in flow.entries:
            ids = id(entry.producer), id(entry.url), id(entry.contract)
            if ids in seen:
                continue
            seen.add(ids)
            producer, url = entry.producer, entry.url
            spec = table.judge(entry.contract.text if entry.contract else "").spec
            if (
                spec is None
                or producer is None
                or url is None
                or not producer.text
                or not survey.is_readable(url)
            ):
                continue
            known = of_producer.setdefault((producer.text, spec.title), url)
            if known.text != url.text and url.column and ("URL013", url) not in told:
                told.add(("URL013", url))
                yield finding(
                    "URL013",
                    url,
                    producent="Producenten" if producer.text in survey.private else producer.text,
                    annan=known.text,
                    kontrakt=spec.title,
                    annan_plats=place(known),
                    related=(known.position,),
                )
            title, first = of_address.setdefault(url.text, (spec.title, url))
            if title != spec.title and url.column and ("URL014", url) not in told:
                told.add(("URL014", url))
                yield finding(
                    "URL014",
                    url,
                    kontrakt=spec.title,
                    annat=title,
                    annan_plats=place(first),
                    related=(first.position,),
                )
