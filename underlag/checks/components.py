"""Components: the fixed parties of an environment, who calls whom, and at which address."""

from collections.abc import Iterator

from underlag.checks.contracts import contract_table
from underlag.checks.survey import ID_ROLES, ROLE_SUBJECTS, Survey, place
from underlag.findings import Finding, finding
from underlag.model import Field
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
                spec = table.judge(key[1]).spec
                title = spec.title if spec and isinstance(survey.url(url.text), Url) else ""
                titles[key] = title
            if title:
                yield producer.text, url, title
