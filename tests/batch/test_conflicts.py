"""What workbooks contradict each other in is told, and kept out of what is merged."""

from datetime import timedelta

import orjson
import pytest

from tests.batch.books import NOW, URL, batch, book, put
from underlag.batch.records.workbooks import ConflictKind

OTHER = URL.replace("tph2", "tph9")
STATUS = "CertificateStatusUpdateForCare v3"


def told(made) -> list[tuple]:
    return [(c.kind, c.contract, c.addressees, c.workbooks) for c in made.conflicts]


def ids(*endings: str) -> tuple[str, ...]:
    return tuple(f"SE162321000156-{ending}" for ending in endings)


def merged_addressees(out, environment: str = "PROD") -> list[str]:
    lines = (
        (out / f"samlad/{environment}/kundservice/logiska-adressater.csv").read_bytes().decode("utf-8-sig")
    )
    return [line.partition(";")[0].removeprefix("SE162321000156-") for line in lines.split("\r\n") if line]


def test_same_addressee_from_two_regions(tmp_path):
    inbox = put(
        tmp_path / "in",
        {"a.xlsx": book(("A1", "GEM1", "GEM2")), "b.xlsx": book(("B1", "GEM1", "GEM2"), region="VGR")},
    )

    made = batch(inbox, tmp_path / "ut")

    assert told(made) == [(ConflictKind.REGIONS, "", ids("GEM1", "GEM2"), ("a.xlsx", "b.xlsx"))]
    assert "a.xlsx (LiV) och b.xlsx (VGR)" in made.conflicts[0].message
    assert "2 adressater är inte med i samlad" in made.conflicts[0].message
    assert merged_addressees(tmp_path / "ut") == ["A1", "B1"]


def test_page_says_that_replies_and_orders_of_their_own_know_of_no_conflict(tmp_path):
    right = {"a.xlsx": book(("A1", "GEM"))}
    batch(put(tmp_path / "in", right), tmp_path / "ut")
    batch(put(tmp_path / "två", {**right, "b.xlsx": book(("B1", "GEM"), region="VGR")}), tmp_path / "krock")

    page, clash = (
        (tmp_path / out / "sammanstallning.html").read_text(encoding="utf-8") for out in ("ut", "krock")
    )

    assert "Båda beställer samma sak" in page
    assert "Båda beställer samma sak" not in clash
    assert "svar.eml känner inte till dem" in clash
    assert "läs inte in dem också" in clash


def test_two_addresses_for_one_addressee_and_contract(tmp_path):
    inbox = put(
        tmp_path / "in",
        {"a.xlsx": book(("A1", "GEM")), "b.xlsx": book(("B1", "GEM"), region="VGR", url=OTHER)},
    )

    made = batch(inbox, tmp_path / "ut")

    assert told(made) == [
        (ConflictKind.ROUTES, STATUS, ids("GEM"), ("a.xlsx", "b.xlsx")),
        (ConflictKind.REGIONS, "", ids("GEM"), ("a.xlsx", "b.xlsx")),
    ]
    assert URL in made.conflicts[0].message
    assert OTHER in made.conflicts[0].message


def test_two_producers_for_one_addressee_and_contract(tmp_path):
    other = (("SE162321000156-B3K", "SE162321000156-B99"),)
    inbox = put(
        tmp_path / "in",
        {"a.xlsx": book(("A1", "GEM")), "b.xlsx": book(("B1", "GEM"), region="VGR", change=other)},
    )

    made = batch(inbox, tmp_path / "ut")

    assert made.conflicts[0].kind is ConflictKind.ROUTES
    assert "SE162321000156-B3K" in made.conflicts[0].message
    assert "SE162321000156-B99" in made.conflicts[0].message


def test_one_adds_what_the_other_removes(tmp_path):
    remove = (("| Datum ", "| Åtgärd | Ta bort |\n| Datum "),)
    inbox = put(
        tmp_path / "in",
        {"a.xlsx": book(("A1", "GEM")), "b.xlsx": book(("B1", "GEM"), region="VGR", change=remove)},
    )

    made = batch(inbox, tmp_path / "ut")

    kinds = [(c.kind, c.contract) for c in made.conflicts]
    assert (ConflictKind.ROUTES, STATUS) in kinds
    # A removal of units leaves their system's own authorization alone.
    assert (ConflictKind.ROUTES, "CreateDraftCertificate v3") not in kinds
    names = sorted(p.name for p in (tmp_path / "ut/samlad/PROD/kundservice").iterdir())
    assert names == ["logiska-adressater-ta-bort.csv", "logiska-adressater.csv", "logiska-adressater.xlsx"]
    assert merged_addressees(tmp_path / "ut") == ["A1"]


def test_same_addressee_in_two_environments_is_no_conflict(tmp_path):
    inbox = put(tmp_path / "in", {"a.xlsx": book(("GEM",)), "b.xlsx": book(("GEM",), environment="QA")})

    made = batch(inbox, tmp_path / "ut")

    assert made.conflicts == []
    assert [(m.environment, m.addressees) for m in made.merged] == [("PROD", 2), ("QA", 2)]


OLD, NEW = "2027-01-10T08:00:00Z", "2027-01-20T08:00:00Z"


@pytest.mark.parametrize(("first", "second"), [(OLD, NEW), (NEW, OLD)])
def test_older_version_is_told_by_when_it_was_saved(tmp_path, first, second):
    inbox = put(
        tmp_path / "in",
        {"a.xlsx": book(("GEM", "A1"), saved=first), "b.xlsx": book(("GEM", "B1"), saved=second, url=OTHER)},
    )
    older, newer = ("a.xlsx", "b.xlsx") if first == OLD else ("b.xlsx", "a.xlsx")

    made = batch(inbox, tmp_path / "ut")

    assert told(made) == [(ConflictKind.OLDER, "", (), (older, newer))]
    assert "2027-01-10 09:00" in made.conflicts[0].message
    assert merged_addressees(tmp_path / "ut") == ["GEM", "B1" if first == OLD else "A1"]
    summary = orjson.loads((tmp_path / "ut/sammanstallning.json").read_bytes())
    assert {one["fil"]: one["samlad"] for one in summary["arbetsbocker"]} == {older: False, newer: True}


def test_version_that_comes_later_wins_over_one_done_before_when_neither_says(tmp_path):
    put(tmp_path / "in", {"b.xlsx": book(("GEM", "B1"))})
    batch(tmp_path / "in", tmp_path / "ut")
    put(tmp_path / "in", {"a.xlsx": book(("GEM", "A1"))})

    made = batch(tmp_path / "in", tmp_path / "ut", now=NOW + timedelta(days=1))

    assert told(made) == [(ConflictKind.OLDER, "", (), ("b.xlsx", "a.xlsx"))]


def test_older_version_of_one_done_before_and_no_longer_there(tmp_path):
    put(tmp_path / "måndag", {"ny.xlsx": book(("GEM", "A1"), saved=NEW)})
    put(tmp_path / "tisdag", {"gammal.xlsx": book(("GEM", "B1"), saved=OLD)})
    batch(tmp_path / "måndag", tmp_path / "ut")

    made = batch(tmp_path / "tisdag", tmp_path / "ut")

    assert [c.kind for c in made.conflicts] == [ConflictKind.OLDER]
    assert "ny.xlsx (mappen LiV-PROD-2027-03-01)" in made.conflicts[0].message
    assert made.merged == []
    assert not (tmp_path / "ut/samlad").exists()


def test_newer_version_of_one_done_before_is_no_conflict(tmp_path):
    put(tmp_path / "måndag", {"gammal.xlsx": book(("GEM", "B1"), saved=OLD)})
    put(tmp_path / "tisdag", {"ny.xlsx": book(("GEM", "A1"), saved=NEW)})
    batch(tmp_path / "måndag", tmp_path / "ut")

    assert batch(tmp_path / "tisdag", tmp_path / "ut").conflicts == []


def test_versions_that_nobody_can_order_are_told_and_agreeing_rows_merged_once(tmp_path):
    inbox = put(
        tmp_path / "in",
        {"a.xlsx": book(("GEM", "A1")), "b.xlsx": book(("GEM", "B1")), "c.xlsx": book(("C1",))},
    )

    made = batch(inbox, tmp_path / "ut")

    assert told(made) == [(ConflictKind.VERSIONS, "", (), ("a.xlsx", "b.xlsx"))]
    assert merged_addressees(tmp_path / "ut") == ["GEM", "A1", "B1", "C1"]


def test_workbook_saved_anew_with_the_same_in_it_is_no_version_to_ask_about(tmp_path):
    inbox = put(
        tmp_path / "in",
        {
            "a.xlsx": book(("GEM", "A1")),
            "b.xlsx": book(("GEM", "A1"), extra="\n## Anteckningar\n| Hej |\n"),
            "c.xlsx": book(("GEM", "A1"), saved=NEW),
        },
    )

    made = batch(inbox, tmp_path / "ut")

    assert told(made) == [
        (ConflictKind.SAME_CONTENT, "", (), ("a.xlsx", "c.xlsx")),
        (ConflictKind.SAME_CONTENT, "", (), ("b.xlsx", "c.xlsx")),
    ]
    assert merged_addressees(tmp_path / "ut") == ["GEM", "A1"]


def test_faulty_newer_version_keeps_the_older_out_of_what_is_merged(tmp_path):
    faulty = (("SE162321000156-4HVX |", "SE162321000165-4HVX |"),)
    inbox = put(
        tmp_path / "in",
        {
            "a.xlsx": book(("GEM", "A1"), saved=OLD),
            "b.xlsx": book(("GEM", "B1", "4HVX"), saved=NEW, change=faulty),
        },
    )

    made = batch(inbox, tmp_path / "ut")

    assert told(made) == [(ConflictKind.OLDER, "", (), ("a.xlsx", "b.xlsx"))]
    assert made.merged == []
