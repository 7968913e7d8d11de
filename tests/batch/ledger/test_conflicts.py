"""Rows, not files, have versions: later ones replace, what contradicts waits, unit by unit, until a person decides."""

from datetime import timedelta

import orjson
import pytest
from click.testing import CliRunner

from tests.batch.books import NOW, URL, batch, book, put
from underlag.batch.ledger.decide import Choice, UnusableChoiceError
from underlag.cli.main import cli

OTHER = URL.replace("tph2", "tph9")
STATUS, MESSAGE = "CertificateStatusUpdateForCare v3", "SendMessageToCare v2"
NAMES = ("CertificateStatusUpdateForCare", "SendMessageToCare")
PRODUCER = (("SE162321000156-B3K", "SE162321000156-B99"),)
REMOVE = (("| Datum ", "| Åtgärd | Ta bort |\n| Datum "),)
OLD, NEW = "2027-01-10T08:00:00Z", "2027-01-20T08:00:00Z"
TUESDAY = NOW + timedelta(days=1)


def ids(*endings: str) -> tuple[str, ...]:
    return tuple(f"SE162321000156-{ending}" for ending in endings)


def told(made) -> list[tuple]:
    return [(c.kind, c.contracts, c.addressees, tuple(o for _, o in c.books)) for c in made.conflicts]


def routes(out, load: str = "0001-PROD", section: str = "inkludera") -> dict[tuple[str, str], str]:
    """Return the producer of each route of a load, by ending of the addressee and by contract."""
    found = {}
    for path in sorted((out / f"inlasningar/{load}/tak").glob("bestallning-*.json")):
        for row in orjson.loads(path.read_bytes()).get(section, {}).get("vagval", ()):
            contract = row["tjanstekontrakt"].rpartition(":")[0].rpartition(":")[2].removesuffix("Responder")
            found[row["logiskAdress"].rpartition("-")[2], contract] = row["tjanstekomponent"]
    return found


def units(out, load: str = "0001-PROD", section: str = "inkludera") -> set[str]:
    return {unit for unit, _ in routes(out, load, section)}


def test_supplement_adds_its_rows_and_leaves_the_others(tmp_path):
    many = tuple(f"U{n}" for n in range(20))
    batch(put(tmp_path / "måndag", {"a.xlsx": book(("GEM", "A1", "A2"))}), tmp_path / "ut")

    made = batch(put(tmp_path / "tisdag", {"b.xlsx": book(("GEM", *many[:2]))}), tmp_path / "ut", now=TUESDAY)

    assert (made.conflicts, made.replaced, made.approved) == ([], [], True)
    assert units(tmp_path / "ut") == {"GEM", "A1", "A2"}
    assert units(tmp_path / "ut", "0002-PROD") == {"U0", "U1"}
    assert made.workbooks[0].rows.reasons == {"dubblett": 4}


def test_later_removal_of_one_unit_leaves_the_rest_of_the_order(tmp_path):
    batch(put(tmp_path / "måndag", {"a.xlsx": book(("A1", "A2", "A3"))}), tmp_path / "ut")

    made = batch(
        put(tmp_path / "tisdag", {"b.xlsx": book(("A2",), change=REMOVE)}), tmp_path / "ut", now=TUESDAY
    )

    assert made.conflicts == []
    assert {one.row.unit for one in made.replaced} == set(ids("A2"))
    assert units(tmp_path / "ut", "0002-PROD", "exkludera") == {"A2"}
    assert units(tmp_path / "ut") == {"A1", "A2", "A3"}


def test_replaced_row_is_reported_by_both_cells(tmp_path):
    batch(put(tmp_path / "måndag", {"a.xlsx": book(("A1", "GEM"))}), tmp_path / "ut")

    batch(put(tmp_path / "tisdag", {"b.xlsx": book(("GEM",), url=OTHER)}), tmp_path / "ut", now=TUESDAY)

    (one,) = orjson.loads((tmp_path / "ut/sammanstallning.json").read_bytes())["ersatta"]
    assert (one["adressat"], one["kontrakt"], one["skal"]) == ("SE162321000156-GEM", STATUS, "ersatt")
    assert [(one[key]["arbetsbok"], one[key]["cell"]) for key in ("rad", "av")] == [
        ("a.xlsx", "F3"),
        ("b.xlsx", "F2"),
    ]
    assert OTHER in one["av"]["anger"]


@pytest.mark.parametrize(("first", "second"), [(OLD, NEW), (NEW, OLD)])
def test_of_two_versions_that_say_when_they_were_saved_the_later_counts(tmp_path, first, second):
    made = batch(
        put(
            tmp_path / "in",
            {
                "a.xlsx": book(("GEM", "A1"), saved=first, change=PRODUCER),
                "b.xlsx": book(("GEM", "B1"), saved=second),
            },
        ),
        tmp_path / "ut",
    )

    assert made.conflicts == []
    assert units(tmp_path / "ut") == {"GEM", "A1", "B1"}
    producer = routes(tmp_path / "ut")["GEM", "CertificateStatusUpdateForCare"]
    assert producer.endswith("B3K" if second == NEW else "B99")
    assert [one.reason for one in made.replaced] == ["ersatt" if second == NEW else "äldre"]


def test_older_version_that_comes_later_is_left_out_and_reported(tmp_path):
    batch(put(tmp_path / "måndag", {"ny.xlsx": book(("GEM",), saved=NEW)}), tmp_path / "ut")

    made = batch(
        put(tmp_path / "tisdag", {"gammal.xlsx": book(("GEM",), saved=OLD, url=OTHER)}),
        tmp_path / "ut",
        now=TUESDAY,
    )

    assert [(one.reason, one.row.origin, one.by.origin) for one in made.replaced] == [
        ("äldre", "gammal.xlsx", "ny.xlsx")
    ]
    assert (made.loads, made.conflicts) == ([], [])


def test_versions_that_nobody_can_date_stop_their_units_in_both_contracts_alone(tmp_path):
    made = batch(
        put(
            tmp_path / "in",
            {"a.xlsx": book(("GEM", "A1")), "b.xlsx": book(("GEM", "B1"), url=OTHER)},
        ),
        tmp_path / "ut",
    )

    assert told(made) == [("flera-versioner", (STATUS,), ids("GEM"), ("a.xlsx", "b.xlsx"))]
    assert {(row.contract, row.origin, row.cell) for row in made.conflicts[0].rows} >= {
        (STATUS, "a.xlsx", "F2"),
        (STATUS, "b.xlsx", "F2"),
        (MESSAGE, "a.xlsx", "E2"),
    }
    assert units(tmp_path / "ut") == {"A1", "B1"}
    assert not made.approved


def test_another_regions_producer_for_a_unit_waits_the_person_who_is_later(tmp_path):
    batch(put(tmp_path / "måndag", {"g.xlsx": book(("GEM",), region="Gotland")}), tmp_path / "ut")

    made = batch(
        put(
            tmp_path / "tisdag", {"d.xlsx": book(("GEM", "D1"), region="Dalarna", change=PRODUCER, saved=NEW)}
        ),
        tmp_path / "ut",
        now=TUESDAY,
    )

    assert told(made) == [("annan-producent", (STATUS,), ids("GEM"), ("g.xlsx", "d.xlsx"))]
    assert "inläsning 0001" in made.conflicts[0].message
    assert "SE162321000156-B99" in made.conflicts[0].message
    assert units(tmp_path / "ut", "0002-PROD") == {"D1"}


def test_conflict_stays_until_somebody_decides_whatever_is_handed_in(tmp_path):
    batch(put(tmp_path / "måndag", {"g.xlsx": book(("GEM",), region="Gotland")}), tmp_path / "ut")
    batch(
        put(tmp_path / "tisdag", {"d.xlsx": book(("GEM",), region="Dalarna", change=PRODUCER)}),
        tmp_path / "ut",
    )
    (tmp_path / "tom").mkdir()

    made = batch(tmp_path / "tom", tmp_path / "ut", now=TUESDAY)

    assert [c.addressees for c in made.conflicts] == [ids("GEM")]
    assert not made.approved
    assert units(tmp_path / "ut") == {"GEM"}


@pytest.mark.parametrize("chosen", [1, 2])
def test_decision_frees_the_units(tmp_path, chosen):
    batch(
        put(
            tmp_path / "in",
            {
                "d.xlsx": book(("GEM", "D1"), region="Dalarna", change=PRODUCER),
                "g.xlsx": book(("GEM", "G1"), region="Gotland"),
            },
        ),
        tmp_path / "ut",
    )
    (tmp_path / "tom").mkdir()

    made = batch(tmp_path / "tom", tmp_path / "ut", now=TUESDAY, choices=[Choice(chosen, "")])

    assert (made.conflicts, made.approved) == ([], True)
    assert units(tmp_path / "ut", "0002-PROD") == {"GEM"}
    producer = routes(tmp_path / "ut", "0002-PROD")["GEM", "CertificateStatusUpdateForCare"]
    assert producer.endswith("B99" if chosen == 1 else "B3K")
    assert {one.reason for one in made.replaced} == {"bortvald"}


def test_decision_about_one_unit_leaves_the_others_waiting(tmp_path):
    files = {
        "d.xlsx": book(("GEM1", "GEM2"), region="Dalarna", change=PRODUCER),
        "g.xlsx": book(("GEM1", "GEM2"), region="Gotland"),
    }
    batch(put(tmp_path / "in", files), tmp_path / "ut")

    made = batch(tmp_path / "in", tmp_path / "ut", choices=[Choice(2, ids("GEM2")[0])])

    assert [c.addressees for c in made.conflicts] == [ids("GEM1")]
    assert units(tmp_path / "ut", "0002-PROD") == {"GEM2"}


def test_mistaken_decision_is_corrected_by_another(tmp_path):
    files = {
        "d.xlsx": book(("GEM",), region="Dalarna", change=PRODUCER),
        "g.xlsx": book(("GEM",), region="Gotland"),
    }
    batch(put(tmp_path / "in", files), tmp_path / "ut")
    batch(tmp_path / "in", tmp_path / "ut", choices=[Choice(1, "")])

    made = batch(tmp_path / "in", tmp_path / "ut", choices=[Choice(2, ids("GEM")[0])])

    assert made.conflicts == []
    assert routes(tmp_path / "ut", "0002-PROD")["GEM", "CertificateStatusUpdateForCare"].endswith("B99")
    assert routes(tmp_path / "ut", "0003-PROD")["GEM", "CertificateStatusUpdateForCare"].endswith("B3K")
    assert batch(tmp_path / "in", tmp_path / "ut", choices=[Choice(2, ids("GEM")[0])]).loads == []


def test_workbooks_without_a_region_are_cases_of_their_own(tmp_path):
    nameless = {
        "a.xlsx": book(("GEM",), region="", change=(("TSK-12518", ""),)),
        "b.xlsx": book(("GEM",), region="", change=(*PRODUCER, ("TSK-12518", "")), saved=NEW),
    }

    made = batch(put(tmp_path / "in", nameless), tmp_path / "ut")

    assert [case.number for case in made.cases] == [1, 2]
    assert [conflict.kind for conflict in made.conflicts] == ["annan-producent"]


def test_decision_does_not_bind_what_comes_after_it(tmp_path):
    files = {
        "d.xlsx": book(("GEM",), region="Dalarna", change=PRODUCER),
        "g.xlsx": book(("GEM",), region="Gotland"),
    }
    batch(put(tmp_path / "in", files), tmp_path / "ut")
    batch(tmp_path / "in", tmp_path / "ut", choices=[Choice(1, "")])

    made = batch(
        put(tmp_path / "sen", {"h.xlsx": book(("GEM",), region="Halland", url=OTHER)}), tmp_path / "ut"
    )

    assert [c.kind for c in made.conflicts] == ["annan-producent"]


def test_decision_about_nothing_that_waits_is_refused_and_changes_nothing(tmp_path):
    inbox = put(tmp_path / "in", {"a.xlsx": book(("A1",))})
    batch(inbox, tmp_path / "ut")

    with pytest.raises(UnusableChoiceError, match="inte med i någon konflikt"):
        batch(inbox, tmp_path / "ut", choices=[Choice(1, "")])
    with pytest.raises(UnusableChoiceError, match="finns inte i registret"):
        batch(inbox, tmp_path / "ut", choices=[Choice(1, "SE162321000156-X")])
    wrong = CliRunner().invoke(cli, ["kundservice", "--ut", str(tmp_path / "ut"), "--valj", "a.xlsx"])
    assert (wrong.exit_code, "arbetsbokens nummer" in " ".join(wrong.output.split())) == (2, True)


def test_same_addressee_from_two_regions_waits_even_for_the_same_producer(tmp_path):
    made = batch(
        put(
            tmp_path / "in",
            {"a.xlsx": book(("A1", "GEM1", "GEM2")), "b.xlsx": book(("B1", "GEM1", "GEM2"), region="VGR")},
        ),
        tmp_path / "ut",
    )

    assert told(made) == [("flera-regioner", (STATUS, MESSAGE), ids("GEM1", "GEM2"), ("a.xlsx", "b.xlsx"))]
    assert "2 adressater väntar" in made.conflicts[0].message
    assert units(tmp_path / "ut") == {"A1", "B1"}


def test_same_addressee_in_two_environments_is_no_conflict(tmp_path):
    files = {"a.xlsx": book(("GEM",)), "b.xlsx": book(("GEM",), environment="QA")}

    made = batch(put(tmp_path / "in", files), tmp_path / "ut")

    assert made.conflicts == []
    assert [(load.folder.name, load.addressees) for load in made.loads] == [("0001-PROD", 2), ("0002-QA", 2)]


def test_workbook_saved_anew_with_the_same_in_it_is_a_harmless_duplicate(tmp_path):
    files = {
        "a.xlsx": book(("GEM", "A1")),
        "b.xlsx": book(("GEM", "A1"), extra="\n## Anteckningar\n| Hej |\n"),
        "c.xlsx": book(("GEM", "A1"), saved=NEW),
    }

    made = batch(put(tmp_path / "in", files), tmp_path / "ut")

    assert (made.conflicts, [one.rows.reasons for one in made.workbooks]) == (
        [],
        [{}, {"dubblett": 6}, {"dubblett": 6}],
    )


def test_faulty_newer_version_stops_what_it_states_and_nothing_else(tmp_path):
    faulty = (("SE162321000156-4HVX |", "SE162321000165-4HVX |"),)
    files = {
        "a.xlsx": book(("GEM", "A1"), saved=OLD),
        "b.xlsx": book(("GEM", "B1", "4HVX"), saved=NEW, change=faulty, url=OTHER),
    }
    inbox = put(tmp_path / "in", files)

    made = batch(inbox, tmp_path / "ut")
    chosen = batch(inbox, tmp_path / "ut", choices=[Choice(1, "")])

    assert told(made) == [("nyare-med-fel", (STATUS,), ids("GEM"), ("a.xlsx", "b.xlsx"))]
    assert units(tmp_path / "ut") == {"A1"}
    assert (chosen.conflicts, units(tmp_path / "ut", "0002-PROD")) == ([], {"GEM"})


def test_corrected_version_frees_what_waited_for_it(tmp_path):
    faulty = (("SE162321000156-4HVX |", "SE162321000165-4HVX |"),)
    first = {
        "a.xlsx": book(("GEM", "A1"), saved=OLD),
        "b.xlsx": book(("GEM", "B1", "4HVX"), saved=NEW, change=faulty, url=OTHER),
    }
    batch(put(tmp_path / "måndag", first), tmp_path / "ut")
    right = book(("GEM", "B1", "4HVX"), saved="2027-01-21T08:00:00Z", url=OTHER)

    made = batch(put(tmp_path / "tisdag", {"c.xlsx": right}), tmp_path / "ut", now=TUESDAY)

    assert made.conflicts == []
    assert units(tmp_path / "ut", "0002-PROD") == {"GEM", "B1", "4HVX"}


def test_removed_unit_may_go_to_another_region(tmp_path):
    batch(put(tmp_path / "1", {"a.xlsx": book(("GEM",), region="Gotland")}), tmp_path / "ut")
    batch(put(tmp_path / "2", {"b.xlsx": book(("GEM",), region="Gotland", change=REMOVE)}), tmp_path / "ut")

    made = batch(
        put(tmp_path / "3", {"c.xlsx": book(("GEM",), region="Dalarna", change=PRODUCER)}), tmp_path / "ut"
    )

    assert made.conflicts == []
    assert routes(tmp_path / "ut", "0003-PROD")["GEM", "CertificateStatusUpdateForCare"].endswith("B99")


@pytest.mark.parametrize("other", [{"region": "Dalarna"}, {"region": "Gotland", "ticket": "TSK-20002"}])
def test_removed_unit_may_go_to_others_whose_workbook_was_saved_before_the_removal(tmp_path, other):
    """Neither is the unit lost as an older row, nor ordered in one contract alone."""
    ticket = (("TSK-12518", other.get("ticket", "TSK-12518")),)
    wednesday = TUESDAY + timedelta(days=1)
    batch(put(tmp_path / "1", {"g.xlsx": book(("GEM", "G1"), region="Gotland")}), tmp_path / "ut")
    removal = book(("GEM",), region="Gotland", saved=NEW, change=REMOVE)
    batch(put(tmp_path / "2", {"bort.xlsx": removal}), tmp_path / "ut", now=TUESDAY)

    new = book(("GEM", "D1"), region=other["region"], saved=OLD, change=(*PRODUCER, *ticket))
    made = batch(put(tmp_path / "3", {"d.xlsx": new}), tmp_path / "ut", now=wednesday)

    assert (made.conflicts, made.approved) == ([], True)
    assert sorted(routes(tmp_path / "ut", "0003-PROD")) == [
        (unit, one) for unit in ("D1", "GEM") for one in NAMES
    ]


@pytest.mark.parametrize("saved", [(OLD, OLD), (OLD, NEW), (NEW, OLD)])
@pytest.mark.parametrize("chosen", [1, 2])
def test_other_producer_in_another_case_waits_whole_whatever_the_dates(tmp_path, saved, chosen):
    day = (("2027-03-01", "2027-03-08"),)
    first = book(("GEM", "A1"), saved=saved[0])
    second = book(("GEM", "B1"), saved=saved[1], change=(*PRODUCER, *day, ("TSK-12518", "TSK-20002")))
    inbox = put(tmp_path / "in", {"a.xlsx": first, "b.xlsx": second})

    made = batch(inbox, tmp_path / "ut")
    batch(inbox, tmp_path / "ut", now=TUESDAY, choices=[Choice(chosen, "")])

    assert {one for conflict in made.conflicts for one in conflict.addressees} == set(ids("GEM"))
    assert units(tmp_path / "ut") == {"A1", "B1"}
    found = routes(tmp_path / "ut", "0002-PROD")
    assert sorted(found) == [("GEM", one) for one in NAMES]
    assert found["GEM", NAMES[0]] == f"SE162321000156-{'B3K' if chosen == 1 else 'B99'}"


@pytest.mark.parametrize("is_first_loaded", [True, False])
@pytest.mark.parametrize("days", [("2027-03-01", "2027-03-08"), ("2027-03-08", "2027-03-01")])
def test_an_authorization_of_a_consumer_begins_on_the_first_day_and_is_no_conflict(
    tmp_path, days, is_first_loaded
):
    """A supplement for a later day neither postpones the first workbook's authorization nor orders it again."""
    first = book(("A1",), change=(("2027-03-01", days[0]),))
    second = book(("B1",), change=(("2027-03-01", days[1]),))
    if is_first_loaded:
        batch(put(tmp_path / "1", {"a.xlsx": first}), tmp_path / "ut")

    made = batch(put(tmp_path / "2", {"a.xlsx": first, "b.xlsx": second}), tmp_path / "ut", now=TUESDAY)

    assert (made.conflicts, made.approved) == ([], True)
    ordered = [
        order["genomforandeTidpunkt"][:10]
        for path in sorted((tmp_path / "ut/inlasningar").glob("*/tak/bestallning-*.json"))
        for order in [orjson.loads(path.read_bytes())]
        for one in order["inkludera"].get("anropsbehorigheter", ())
        if "CreateDraftCertificate" in one["tjanstekontrakt"]
    ]
    assert ordered == (list(days) if is_first_loaded and days[1] < days[0] else [min(days)])
