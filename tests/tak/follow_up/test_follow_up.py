"""Is everything that was ordered live? Row by row, both ways, and noted in the ledger."""

import shutil
from datetime import date, timedelta
from pathlib import Path

import orjson
import pytest
from click.testing import CliRunner

from tests.batch.books import batch, book, put
from tests.tak.holdings.exports import Tak
from tests.tak.holdings.tak_api_server import Api, serving
from underlag.cli.main import cli
from underlag.documents.follow_up.render import (
    follow_up_html,
    follow_up_json,
    follow_up_text,
    sentence,
    state_text,
)
from underlag.documents.follow_up.schema import FollowUpModel
from underlag.tak.follow_up import OrderedError, State, follow_up, read_ordered
from underlag.tak.holdings.catalogue import Authorization, Catalogue, Route

DAY = date(2027, 3, 1)
REMOVE = (("| Datum ", "| Åtgärd | Ta bort |\n| Datum "),)


@pytest.fixture
def load(tmp_path) -> Path:
    batch(put(tmp_path / "in", {"a.xlsx": book(("A1", "A2"))}), tmp_path / "ut")
    return tmp_path / "ut/inlasningar/0001-PROD"


def as_ordered(ordered, *, since: date = DAY, until: date = date.max) -> Catalogue:
    """Return a TAK in which everything that is added is there."""
    found = Catalogue("test", "NTJP-PROD", DAY)
    for row in ordered.rows:
        if row.is_route:
            found.routes[row.addressee, row.contract] = [
                Route(row.addressee, row.contract, row.party, row.url, row.rivta_profile, since, until)
            ]
        else:
            key = row.addressee, row.contract, row.party
            found.authorizations[key] = [Authorization(*key, since, until)]
    return found


def states(ordered, catalogue, day: date = DAY, *, shows_planned: bool = True) -> set[State]:
    found = follow_up(ordered, catalogue, day, shows_planned=shows_planned)
    return {item.state for item in found.items}


def test_all_is_live_as_ordered_in_both_directions(load):
    ordered = read_ordered(load)

    found = follow_up(ordered, as_ordered(ordered), DAY, shows_planned=True)

    assert (found.is_live, len(found.items)) == (True, 10)
    assert {len({item.row.contract for item in items}) for items in found.units.values()} == {2}


@pytest.mark.parametrize("live", [True, False])
def test_the_json_has_the_published_form(load, live):
    ordered = read_ordered(load)
    tak = as_ordered(ordered) if live else Catalogue("t", "", DAY)

    found = FollowUpModel.model_validate_json(
        follow_up_json(follow_up(ordered, tak, DAY, shows_planned=True)), strict=True
    )

    assert (found.iDrift, sum(found.antal.values())) == (live, 10)
    assert {row.lage for unit in found.enheter for row in unit.rader} == {
        State.LIVE if live else State.MISSING
    }


def test_what_is_not_there_is_missing_and_a_later_start_is_reported(load):
    ordered = read_ordered(load)

    assert states(ordered, Catalogue("t", "", DAY)) == {State.MISSING}
    assert states(ordered, as_ordered(ordered), DAY - timedelta(days=1)) == {State.LATER}
    before = DAY - timedelta(days=1)
    assert states(ordered, Catalogue("t", "", DAY), before) == {State.MISSING}
    assert states(ordered, Catalogue("t", "", DAY), before, shows_planned=False) == {State.LATER}


def test_route_to_another_producer_is_live_otherwise_and_says_to_whom(load):
    ordered = read_ordered(load)
    catalogue = as_ordered(ordered)
    key = next(iter(catalogue.routes))
    catalogue.routes[key] = [catalogue.routes[key][0]._replace(producer="SE162321000156-B99")]

    found = follow_up(ordered, catalogue, DAY, shows_planned=True)

    (wrong,) = [item for item in found.items if not item.is_right]
    assert (wrong.state, "SE162321000156-B99" in wrong.instead) == (State.OTHERWISE, True)


def test_removed_rows_are_gone_still_there_or_end_later(tmp_path):
    batch(put(tmp_path / "in", {"a.xlsx": book(("A1",), change=REMOVE)}), tmp_path / "ut")
    ordered = read_ordered(tmp_path / "ut/inlasningar/0001-PROD")
    before = DAY - timedelta(days=1)

    assert states(ordered, Catalogue("t", "", DAY)) == {State.GONE}
    assert states(ordered, as_ordered(ordered, since=date.min)) == {State.STILL_THERE}
    ending = as_ordered(ordered, since=date.min, until=before)
    assert states(ordered, ending, before) == {State.ENDS_LATER}
    assert states(ordered, ending) == {State.GONE}


@pytest.mark.parametrize("content", [None, b"{}", b"skrot"])
def test_folder_without_orders_that_can_be_read_is_rejected(tmp_path, content):
    if content is not None:
        put(tmp_path, {"tak/bestallning-1.json": content})

    with pytest.raises(OrderedError):
        read_ordered(tmp_path)


def export_of(ordered, *, without: str = "") -> bytes:
    """Return a TAK export in which everything that is ordered is there, but for one addressee."""
    rows = [row for row in ordered.rows if row.addressee != without]
    numbers: dict = {}

    def number(*key) -> int:
        return numbers.setdefault(key, len(numbers) + 1)

    period = {"fromTidpunkt": "2027-03-01T00:00:00+0100", "tomTidpunkt": "2127-03-01T00:00:00+0100"}
    addresses, routes, authorizations = {}, [], []
    for row in rows:
        to = {"tjanstekontrakt": number("k", row.contract)}
        if row.is_route:
            at = number("u", row.url, row.party)
            addresses[at] = {
                "id": at,
                "adress": row.url,
                "relationships": {"rivtaprofil": 1000, "tjanstekomponent": number("c", row.party)},
            }
            to |= {"anropsadress": at, "logiskadress": number("a", row.addressee)}
            routes.append({"id": 2000 + len(routes), **period, "relationships": to})
        else:
            to |= {"logiskAdress": number("a", row.addressee), "tjanstekonsument": number("c", row.party)}
            authorizations.append({"id": 3000 + len(authorizations), **period, "relationships": to})

    def named(kind: str, name: str) -> list:
        return [{"id": at, name: key[1], "beskrivning": "x"} for key, at in numbers.items() if key[0] == kind]

    return orjson.dumps(
        {
            "formatVersion": "1",
            "version": "1",
            "tidpunkt": "2027-03-02T00:00:00+0100",
            "data": {
                "rivtaprofil": [{"id": 1000, "namn": "RIVTABP21", "beskrivning": "x"}],
                "tjanstekontrakt": [
                    one | {"majorVersion": 3, "minorVersion": 0} for one in named("k", "namnrymd")
                ],
                "logiskadress": named("a", "hsaId"),
                "tjanstekomponent": named("c", "hsaId"),
                "anropsadress": list(addresses.values()),
                "anropsbehorighet": authorizations,
                "vagval": routes,
                "filter": [],
                "filtercategorization": [],
            },
        }
    )


@pytest.mark.parametrize(("days", "is_older"), [(0, False), (1, True)])
def test_what_was_loaded_after_the_export_was_taken_may_be_missing(load, days, is_older):
    ordered = read_ordered(load)
    day = DAY + timedelta(days=days)
    missing = follow_up(ordered, Catalogue("t", "", DAY), day, shows_planned=True)
    live = follow_up(ordered, as_ordered(ordered), day, shows_planned=True)

    assert ("hämta en ny export" in follow_up_text(missing, everything=False)) is is_older
    assert "hämta en ny export" not in follow_up_text(live, everything=False)


def test_command_prints_the_table_and_notes_it_in_the_ledger(load, tmp_path):
    ordered = read_ordered(load)
    exports = {
        "takdump_ntjp_prod.json": export_of(ordered),
        "utan/takdump_ntjp_prod.json": export_of(ordered, without="SE162321000156-A2"),
    }
    put(tmp_path, exports)

    def run(export: str, *more: str):
        arguments = ["folj-upp", str(load), "--tak", str(tmp_path / export), "--tidpunkt", "2027-03-02T09:00"]
        return CliRunner().invoke(cli, [*arguments, *more])

    def live() -> set[str]:
        asked = CliRunner().invoke(
            cli, ["register", "sok", str(tmp_path / "ut"), "SE162321000156-A2", "--format", "json"]
        )
        return {one["iDrift"] for one in orjson.loads(asked.output)}

    without = run("utan/takdump_ntjp_prod.json")
    assert (without.exit_code, "SE162321000156-A2" in without.output) == (1, True), without.output
    assert "saknas" in without.output
    assert "rader är inte i drift som det beställdes" in without.output.replace("\xa0", " ")
    assert "Bedömd för 2027-03-02" in without.output
    assert "så som TAK såg ut" in without.output
    assert "CertificateStatusUpdateForCare v3" in without.output
    assert live() == {"nej, 2027-03-02: saknas"}
    whole = run("takdump_ntjp_prod.json", "--format", "json")
    assert whole.exit_code == 0, whole.output
    assert orjson.loads(whole.output)["iDrift"] is True
    page = run("takdump_ntjp_prod.json", "--format", "html")
    assert "Allt är i drift" in page.output
    events = CliRunner().invoke(cli, ["register", "handelser", str(tmp_path / "ut"), "--format", "json"])
    assert "verifierad" in {one["handelse"] for one in orjson.loads(events.output)}


@pytest.mark.parametrize(
    ("content", "states", "line"),
    [
        ("som beställt", {"börjar 2027-03-01"}, "börjar senare"),
        ("tom", {"saknas, ska börja 2027-03-01"}, "saknas"),
        (
            "annan",
            {"i drift på annat sätt, ska ändras 2027-03-01", "saknas, ska börja 2027-03-01"},
            "på annat",
        ),
        ("annan först", {"börjar 2027-03-01"}, "börjar senare"),
    ],
)
def test_before_the_order_applies_its_day_is_shown(load, content, states, line):
    ordered = read_ordered(load)
    now = Catalogue("test", "", DAY)
    planned = as_ordered(ordered)
    if "som beställt" in content or "först" in content:
        now = planned
    if "annan" in content:
        for key, routes in planned.routes.items():
            other = routes[0]._replace(producer="SE162321000156-B99", since=date.min)
            now.routes[key] = [other, *now.routes.get(key, [])]

    found = follow_up(ordered, now, date(2027, 2, 2), shows_planned=True)

    assert {state_text(item) for item in found.items} == states
    assert line in sentence(found)
    assert sentence(found).endswith("Beställningen börjar gälla 2027-03-01.")
    page = follow_up_html(found).decode()
    assert all(state in page for state in states)


def test_a_route_that_has_ended_does_not_begin_later(load):
    ordered = read_ordered(load)
    ended = as_ordered(ordered, since=date(2027, 1, 1), until=date(2027, 1, 31))

    assert states(ordered, ended) == {State.MISSING}


@pytest.mark.parametrize("kind", ["paket", "inläsning"])
def test_package_and_load_are_followed_up_alike_and_noted(load, tmp_path, kind):
    folder = load if kind == "inläsning" else tmp_path / "ut/LiV-PROD-2027-03-01"
    put(tmp_path, {"takdump_ntjp_prod.json": export_of(read_ordered(folder), without="SE162321000156-A2")})
    arguments = ["folj-upp", str(folder), "--tak", str(tmp_path / "takdump_ntjp_prod.json")]

    told = CliRunner().invoke(cli, [*arguments, "--tidpunkt", "2027-03-04T09:00"])

    assert (told.exit_code, "saknas" in told.output) == (1, True)
    for unit, live in (("A1", "ja, 2027-03-02"), ("A2", "nej, 2027-03-02: saknas")):
        asked = CliRunner().invoke(
            cli, ["register", "sok", str(tmp_path / "ut"), f"SE162321000156-{unit}", "--format", "json"]
        )
        assert {one["iDrift"] for one in orjson.loads(asked.output)} == {live}


def test_register_that_cannot_be_written_hides_no_answer(load, tmp_path):
    put(tmp_path, {"takdump_ntjp_prod.json": export_of(read_ordered(load))})
    (tmp_path / "ut/register.sqlite").write_bytes(b"skrot" * 1000)

    told = CliRunner().invoke(
        cli,
        [
            "folj-upp", str(load), "--tak", str(tmp_path / "takdump_ntjp_prod.json"),
            "--tidpunkt", "2027-03-02T09:00",
        ],
    )  # fmt: skip

    assert "Allt är i drift som det beställdes" in told.output
    assert (told.exit_code, "är inget register" in told.output) == (1, True)


def test_folder_that_the_register_does_not_know_is_followed_up_without_a_note(load, tmp_path):
    copy = tmp_path / "kopia"
    shutil.copytree(load, copy)
    put(tmp_path, {"takdump_ntjp_prod.json": export_of(read_ordered(copy))})

    told = CliRunner().invoke(
        cli,
        [
            "folj-upp",
            str(copy),
            "--tak",
            str(tmp_path / "takdump_ntjp_prod.json"),
            "--register",
            str(tmp_path / "ut/register.sqlite"),
            "--tidpunkt",
            "2027-03-02T09:00",
        ],
    )

    assert told.exit_code == 0, told.output
    assert "ingenting noterades" in told.output


def tak_of(ordered, *, without: str = "") -> Tak:
    """Return the content of a TAK-API in which everything that is ordered is live."""
    tak = Tak(contracts=sorted({row.contract for row in ordered.rows}))
    rows = [row for row in ordered.rows if row.addressee != without]
    for row in rows:
        if row.is_route:
            tak.route(row.addressee, row.contract, producer=row.party, url=row.url, profile=row.rivta_profile)
        else:
            tak.authorize(row.addressee, row.contract, row.party)
    return tak


@pytest.fixture
def password(monkeypatch) -> None:
    monkeypatch.setenv("UNDERLAG_TAK_API_LOSENORD", Api.password)


@pytest.mark.usefixtures("password")
@pytest.mark.parametrize(
    ("without", "day", "code"),
    [
        ("", "2027-03-02", 0),
        ("SE162321000156-A2", "2027-03-02", 1),
        ("SE162321000156-A2", "2027-02-02", 1),
    ],
)
def test_tak_api_shows_what_is_live_and_what_may_start_later(load, tmp_path, without, day, code):
    with serving(Api(tak_of(read_ordered(load), without=without))) as url:
        told = CliRunner().invoke(
            cli,
            [
                "folj-upp", str(load), "--tak-api", url, "--tak-api-anvandare", "tove", "--tidpunkt",
                f"{day}T09:00", "--format", "json", "--tak-api-cache", str(tmp_path / "svar.json"),
            ],
        )  # fmt: skip

    assert told.exit_code == code, told.output
    counts = orjson.loads(told.output)["antal"]
    later = "börjar senare" if day < "2027-03-01" else "saknas"
    assert counts == ({"i drift": 10} if not without else {later: 4, "i drift": 6})
