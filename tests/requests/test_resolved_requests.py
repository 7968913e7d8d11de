"""The request of a row: action, contract, component, URL and RIV-TA profile from its texts."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.checks.examine import NOW
from tests.support.rows import entries_of, one_row
from underlag.options import Options
from underlag.profiles import profiles
from underlag.requests import RequestedRows, default_action, resolve_requests
from underlag.workbook import Field, Flow, OrderDetails, Source, Underlag

PROFILE = profiles()["intygstjanster"]
TO_WEBCERT, TO_CARE, MESSAGES = PROFILE.flows
PRODUCER, CONSUMER = "SE162321000156-B3K", "SE5565594230-B8N"
URL = "https://a.sjunet.org/"


def entry(**texts):
    """Return a row with these texts, each in a cell of its own; a role that is None has no column."""
    fields = {
        role: text if text is None else Field(text, "Flik", 2, column)
        for column, (role, text) in enumerate(texts.items(), start=1)
    }
    return one_row("Flik", 2, **fields)


def workbook(spec, *entries, action=None):
    stated = None if action is None else Field(action, "Beställning", 2, 2)
    return Underlag(
        Source("u.xlsx", "xlsx", b""),
        PROFILE,
        OrderDetails(action=stated),
        [Flow(spec, "Flik", entries_of(entries))],
    )


def resolved(spec, *, default="add", **texts):
    (request,) = resolve_requests(workbook(spec, entry(**texts)), default)[spec.key].requests
    return request


@pytest.mark.parametrize("stated", [None, "", "Lägg till", "Ta bort"])
@pytest.mark.parametrize("remove", [False, True])
@pytest.mark.parametrize("column", [None, "", "Lägg till", "Ta bort"])
def test_the_rows_own_action_wins_over_option_and_sheet(stated, remove, column):
    underlag = workbook(TO_CARE, entry(action=column), action=stated)
    default = default_action(underlag, Options(now=NOW, remove=remove))

    (request,) = resolve_requests(underlag, default)[TO_CARE.key].requests

    expected = {"Lägg till": "add", "Ta bort": "remove"}.get(column)
    assert request.action == (expected or ("remove" if remove or stated == "Ta bort" else "add"))


@pytest.mark.parametrize(
    ("spec", "text", "title"),
    [
        (TO_CARE, "CertificateStatusUpdateForCare v3", "CertificateStatusUpdateForCare v3"),
        (TO_CARE, "CertificateStatusUpdateForCare", "CertificateStatusUpdateForCare v3"),
        (TO_CARE, "", "CertificateStatusUpdateForCare v3"),
        (TO_CARE, None, "CertificateStatusUpdateForCare v3"),
        (TO_WEBCERT, "ListCertificatesForCareWithQA, version 3", "ListCertificatesForCareWithQA v3"),
    ],
)
def test_the_contract_is_the_profiles(spec, text, title):
    request = resolved(spec, contract=text)

    assert request.contract.title == title
    assert request.namespace == request.contract.namespace.lower()


def test_a_text_that_is_no_contract_of_the_flow_is_refused_when_requested():
    request = resolved(TO_CARE, contract="SendMessageToCare v2")

    assert (request.known_contract, request.namespace) == (None, "")
    with pytest.raises(ValueError, match="inget tjänstekontrakt för Webcert -> Vårdsystem"):
        _ = request.contract


@pytest.mark.parametrize(
    ("spec", "component", "asks_route"), [(TO_WEBCERT, CONSUMER, False), (TO_CARE, PRODUCER, True)]
)
def test_the_component_is_the_system_of_the_order(spec, component, asks_route):
    request = resolved(spec, consumer=CONSUMER.lower(), producer=PRODUCER.lower())

    assert (request.component, request.asks_route) == (component, asks_route)
    assert (request.consumer, request.producer) == (CONSUMER, PRODUCER)


@pytest.mark.parametrize(
    ("stated", "url", "expected"),
    [
        ("rivtabp20", f"{URL}rivtabp21", "RIVTABP20"),
        ("", f"{URL}rivtabp20", "RIVTABP20"),
        (None, f"{URL}rivtabp20", "RIVTABP20"),
        (None, URL, "RIVTABP21"),
        (None, None, "RIVTABP21"),
    ],
)
def test_the_rivta_profile_is_stated_or_the_urls_or_the_default_one(stated, url, expected):
    request = resolved(TO_CARE, rivta_profile=stated, url=url)

    assert (request.rivta_profile, request.url) == (expected, url or "")


TEXTS = {
    "contract": st.sampled_from([None, "", "CertificateStatusUpdateForCare v3", "SendMessageToCare v2"]),
    "action": st.sampled_from([None, "", "Lägg till", "Ta bort"]),
    "consumer": st.sampled_from([None, "", CONSUMER]),
    "producer": st.sampled_from([None, "", PRODUCER, CONSUMER]),
    "url": st.sampled_from([None, "", URL, f"{URL}rivtabp20"]),
    "rivta_profile": st.sampled_from([None, "", "RIVTABP20"]),
}


@given(st.lists(st.fixed_dictionaries(TEXTS), max_size=8), st.sampled_from(["add", "remove"]))
def test_each_row_has_the_request_that_it_has_alone_and_shares_it_with_rows_of_the_same_texts(rows, default):
    found = resolve_requests(workbook(TO_CARE, *(entry(**texts) for texts in rows)), default)[TO_CARE.key]

    assert len(found) == len(rows)
    shared = {}
    for texts, (_, request) in zip(rows, found, strict=True):
        alone = resolved(TO_CARE, default=default, **texts)
        parts = (
            "flow",
            "action",
            "known_contract",
            "namespace",
            "consumer",
            "producer",
            "url",
            "rivta_profile",
        )
        assert [getattr(request, part) for part in parts] == [getattr(alone, part) for part in parts]
        key = tuple(texts[role] or "" for role in TEXTS)
        assert shared.setdefault(key, request) is request


@given(st.lists(st.booleans(), max_size=8))
def test_a_selection_keeps_entries_and_requests_together(kept):
    rows = [entry(addressee=f"SE162321000156-{number:04}") for number in range(len(kept))]
    found = resolve_requests(workbook(TO_CARE, *rows), "add")[TO_CARE.key]

    chosen = found.where(kept)

    assert list(chosen) == [row for row, keep in zip(found, kept, strict=True) if keep]


def test_without_a_profile_there_are_no_requests():
    assert resolve_requests(replace(workbook(TO_CARE), profile=None), "add") == {}
    assert list(RequestedRows()) == []
