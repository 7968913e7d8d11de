"""The TAK-API gives the same catalogue as an export, or none if it misbehaves."""

import socket
from dataclasses import replace
from datetime import date

import pytest

from tests.tak.holdings.exports import (
    COSMIC,
    DAY,
    NOW,
    OTHER,
    OTHER_URL,
    PROXY,
    STATUS,
    SYSTEM,
    UNIT,
    UNIT2,
    as_bytes,
    blob,
    checked,
    producer_rows,
    sample,
)
from tests.tak.holdings.tak_api_questions import KEY, NEW, WORKBOOK, ask, codes
from tests.tak.holdings.tak_api_server import FILTERS, Api, serving
from underlag.tak.compare.compare import compare, question_of
from underlag.tak.holdings.api import Access, catalogue_from_api
from underlag.tak.holdings.export import read_catalogue


def states(catalogue):
    return [
        (row.addressee, row.route, row.authorization, row.name_in_tak)
        for row in compare(WORKBOOK, catalogue).rows
    ]


def test_answers_compare_as_an_export_does():
    export = read_catalogue(as_bytes(blob(sample())), day=DAY, name="takdump_ntjp_prod.json").catalogue
    found = ask(Api(sample()))

    assert codes(found) == []
    assert (found.catalogue.platform, found.catalogue.taken) == ("NTJP-PROD", date(2027, 1, 25))
    assert states(found.catalogue) == states(export)


def test_urls_and_producers_come_whole():
    route = ask(Api(sample())).catalogue.routes[UNIT2, KEY][0]

    assert (route.producer, route.url, route.rivta_profile) == (OTHER, OTHER_URL, "RIVTABP21")


def test_other_platforms_of_the_api_are_left_out():
    other = sample().route(NEW[0], producer=OTHER)
    catalogue = ask(Api(sample(), other)).catalogue

    assert (NEW[0], KEY) not in catalogue.routes
    assert len(catalogue.routes[UNIT, KEY]) == 1


@pytest.mark.parametrize(
    "deaf",
    [
        "connectionPoints",
        "serviceContracts",
        "installedContracts",
        "serviceProductions",
        "cooperations",
        "serviceProducers",
        "serviceConsumers",
    ],
)
def test_filter_that_is_ignored_changes_nothing(deaf):
    other = sample().route(NEW[0], producer=OTHER).authorize(NEW[0])

    expected, found = ask(Api(sample(), other)), ask(Api(sample(), other, deaf=(deaf,)))

    assert replace(found.catalogue, source="") == replace(expected.catalogue, source="")


def test_addressees_that_come_unasked_are_not_kept():
    tak = sample().unit("SE162321000156-9999", "Ingen har frågat")

    assert "SE162321000156-9999" not in ask(Api(tak, deaf=("logicalAddresses",))).catalogue.addressees


def test_filters_are_spelled_as_the_api_spells_them():
    api = Api(sample())
    ask(api)

    for resource, asked in api.asked:
        assert set(asked) - {"include"} <= FILTERS[resource]
    assert ("logicalAddresses", NEW[0]) in [(r, a.get("logicalAdress")) for r, a in api.asked]


def test_many_unknown_addressees_are_fetched_in_one_query():
    units = [(f"SE162321000156-{n:04}", f"Enhet {n}") for n in range(200)]
    tak = sample().unit("SE162321000156-0007", "Annat namn")
    api = Api(tak)
    found = ask(api, workbook=checked(producer_rows(*units)))

    assert sum(resource == "logicalAddresses" for resource, _ in api.asked) == 1
    assert found.catalogue.addressees["SE162321000156-0007"] == "Annat namn"


def test_addressee_without_route_has_its_name():
    assert ask(Api(sample().unit(NEW[0], "Annat namn"))).catalogue.addressees[NEW[0]] == "Annat namn"


def test_component_without_route_of_the_contract_is_known():
    tak = sample()
    tak.routes = [r for r in tak.routes if r[1] != STATUS or r[2] != PROXY]
    assert PROXY not in ask(Api(tak)).catalogue.components
    tak.contracts.append("urn:riv:x:y:zResponder:1")

    assert PROXY in ask(Api(tak.route(UNIT2, "urn:riv:x:y:zResponder:1", PROXY))).catalogue.components


def test_consumer_without_authorization_of_the_contract_is_known():
    tak = sample()
    tak.authorizations = [a for a in tak.authorizations if a[2] != COSMIC]
    tak.contracts.append("urn:riv:x:y:zResponder:1")

    assert COSMIC in ask(Api(tak.authorize(SYSTEM, "urn:riv:x:y:zResponder:1", COSMIC))).catalogue.components


def test_contract_that_is_in_no_tak_is_no_contract():
    tak = sample()
    tak.contracts.remove(STATUS)
    tak.routes = [r for r in tak.routes if r[1] != STATUS]
    tak.authorizations = [a for a in tak.authorizations if a[1] != STATUS]

    assert KEY not in ask(Api(tak)).catalogue.contracts


def test_load_between_two_questions_is_noticed():
    api = Api(sample(), loads_at=(4,))
    found = ask(api)

    assert found.catalogue.taken == date(2027, 1, 26)
    assert states(found.catalogue) == states(ask(Api(sample())).catalogue)


def test_endless_loading_is_given_up():
    assert codes(ask(Api(sample(), loads_at=tuple(range(2, 200))))) == ["TAK041"]


@pytest.mark.parametrize("bare", ["serviceProductions", "cooperations"])
def test_answer_without_what_was_to_be_included_is_refused(bare):
    assert codes(ask(Api(sample(), bare=(bare,)))) == ["TAK043"]


@pytest.mark.parametrize("lacking", ["connectionPoint", "serviceContract"])
def test_the_filter_is_trusted_for_answers_without_the_property(lacking):
    class Terse(Api):
        def answer(self, resource, asked):
            return [
                {key: value for key, value in row.items() if key != lacking}
                for row in super().answer(resource, asked)
            ]

    other = sample().route(NEW[0], producer=OTHER)
    expected, found = ask(Api(sample(), other)), ask(Terse(sample(), other))

    assert codes(found) == []
    assert replace(found.catalogue, source="") == replace(expected.catalogue, source="")


def test_the_servers_own_words_are_not_repeated():
    refused = ask(Api(sample()), user="")

    assert "Unauthorized" not in refused.findings[0].message
    assert refused.findings[0].message.endswith("fel användarnamn eller lösenord.")


def test_a_missing_platform_is_unknown_not_empty():
    api = Api(sample())
    found = ask(api, workbook=checked(producer_rows(NEW), environment="QA"))
    api_without = Api(sample())
    api_without.answer = lambda _resource, _asked: [
        {"id": 1, "platform": "SLL", "environment": "PROD", "snapshotTime": "2027-01-25T03:00:00+0100"}
    ]
    missing = ask(api_without)

    assert found.catalogue is not None
    assert (missing.catalogue, codes(missing)) == (None, ["TAK044"])
    assert "SLL-PROD" in missing.findings[0].message


@pytest.mark.parametrize("password", ["fel", ""])
def test_wrong_password(password):
    assert codes(ask(Api(sample()), password=password)) == ["TAK042"]


def test_no_login_where_one_is_needed():
    assert codes(ask(Api(sample()), user="")) == ["TAK042"]


@pytest.mark.parametrize(
    ("says", "code", "word"),
    [
        ((410, b'{"detail": "Version 1 is gone"}', {}), "TAK043", "version 1"),
        (
            (404, b'{"title": "Not Found", "status": 404, "detail": "No such resource"}', {}),
            "TAK043",
            "adressen finns inte där",
        ),
        ((400, b'{"title": "Bad Request", "detail": "id"}', {}), "TAK043", "400"),
        ((403, b"", {}), "TAK042", "behörighet"),
        ((503, b"<html>", {}), "TAK041", "503"),
        ((302, b"", {"Location": "https://inloggning.example.se/"}), "TAK043", "inloggning.example.se"),
        ((200, b"<html>inloggning</html>", {}), "TAK043", "JSON"),
        ((200, b"{}", {}), "TAK043", "lista"),
        ((200, b"[1]", {}), "TAK043", "lista"),
        ((200, b"[", {"Content-Length": "100"}), "TAK041", "bröts"),
        ((200, b'[{"id": 1, "platform": "NTJP", "environment": "PROD"}]', {}), "TAK043", "snapshotTime"),
        (
            (
                200,
                b'[{"platform": "NTJP", "environment": "PROD", "snapshotTime": "2027-01-25T03:00:00+0100"}]',
                {},
            ),
            "TAK043",
            "id",
        ),
    ],
)
def test_answers_of_other_kinds(says, code, word):
    found = ask(Api(sample(), says=says))

    assert (found.catalogue, codes(found)) == (None, [code])
    assert word in found.findings[0].message


def test_version_1_is_gone():
    with serving(Api(sample())) as url:
        access = Access(url.replace("v2", "v1"), "tove", "hemligt")
        found = catalogue_from_api(access, question_of(WORKBOOK), day=DAY, now=NOW)

    assert codes(found) == ["TAK043"]
    assert "version 1" in found.findings[0].message


def test_slow_answer_is_not_waited_for():
    found = ask(Api(sample(), waits=1), timeout=0.1)

    assert codes(found) == ["TAK041"]
    assert "i tid" in found.findings[0].message


def test_all_questions_together_have_an_end():
    assert codes(ask(Api(sample(), waits=0.05), patience=0.2)) == ["TAK041"]


def test_no_api_at_the_address():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    found = catalogue_from_api(Access(f"http://127.0.0.1:{port}/x"), question_of(WORKBOOK), day=DAY, now=NOW)

    assert codes(found) == ["TAK041"]
    assert "ingen svarar" in found.findings[0].message


def test_findings_never_show_the_password():
    found = ask(Api(sample(), password="annat"), password="mycket-hemligt")  # noqa: S106 - made up

    assert "mycket-hemligt" not in repr(found)
    assert "mycket-hemligt" not in repr(Access("https://x.example.se", "tove", "mycket-hemligt"))
