"""Whatever is handed in, day after day: nothing lost, nothing twice, no unit by halves, and sums that add up."""

from datetime import timedelta

import orjson
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.batch.books import NOW, URL, batch, book, put, tree
from underlag.batch.inbox.mail import Mail
from underlag.batch.ledger.carry_over import add_run
from underlag.batch.ledger.decide import Choice, choose
from underlag.batch.ledger.events import EventLog
from underlag.batch.ledger.intake import Intake, Received
from underlag.batch.ledger.notes.cases import close_case, reopen_case
from underlag.batch.ledger.notes.loads import mark_loaded
from underlag.batch.ledger.packed_rows import Head, PackedBook, PackedRow, PackedRows
from underlag.batch.ledger.settle import make_loads, settle
from underlag.batch.ledger.sums import book_sums
from underlag.batch.records.workbooks import Counts, PackageRecord, State
from underlag.batch.register.store import Register
from underlag.regions.region import known_regions

REGIONS = known_regions()

ROWS = st.lists(
    st.tuples(
        st.sampled_from(["producer", "producer", "consumer"]),
        st.sampled_from(["K1", "K2"]),
        st.sampled_from(["E1", "E2", "E3"]),
        st.sampled_from(["P1", "P2"]),
        st.sampled_from(["add", "add", "remove"]),
        st.sampled_from(["", "", "", "HSA001"]),
    ),
    max_size=6,
)
BOOKS = st.lists(
    st.tuples(
        st.sampled_from(["Gotland", "Dalarna", ""]),
        st.sampled_from(["", "2027-01-01", "2027-01-02"]),
        st.sampled_from(["", "<a@example.se>", "<b@example.se>"]),
        st.sampled_from(["PROD", "QA"]),
        ROWS,
    ),
    max_size=3,
)
#: What people note in a day: a decision, a load that is loaded or taken back, a case that is closed or opened.
NOTES = st.lists(st.sampled_from(["choose", "loaded", "taken back", "closed", "reopened"]), max_size=2)
DAYS = st.lists(st.tuples(BOOKS, NOTES), min_size=1, max_size=5)


def packed(rows) -> PackedBook:
    return PackedBook(
        PackedRows.of(
            PackedRow(
                Head("p", "f", kind, action, component, "", "", "", "2027-03-01"),
                contract,
                unit,
                "Namn",
                "Flik",
                f"A{number}",
                fault,
                bool(fault),
            )
            for number, (kind, contract, unit, component, action, fault) in enumerate(rows, start=1)
        ),
        [],
    )


def received(number: int, kind) -> Received:
    region, saved, thread, environment, rows = kind
    counts = Counts(read=len(rows))
    mark = f"{number}-{kind!r}"
    made = PackageRecord(
        mark, mark, "a.xlsx", "p", environment, region, "", "", saved, State.DONE, counts, (), b"", NOW
    )
    return Received(made, "a.xlsx", Mail(message_id=thread), packed(rows))


def note(register: Register, kind: str) -> None:
    """Note something about the first load or case that it can be noted of."""

    def first(query: str) -> int:
        return register.query(query)[0][0] or 0

    if kind == "loaded" and (load := first("SELECT min(number) FROM loads WHERE state = 'gjord'")):
        mark_loaded(register, str(load), NOW)
    if kind == "taken back" and (load := first("SELECT max(number) FROM loads WHERE state != 'återtagen'")):
        register.connection.execute("UPDATE loads SET state = 'återtagen' WHERE number = ?", (load,))
    if kind == "closed" and (case := first("SELECT min(number) FROM cases WHERE closed_at = ''")):
        close_case(register, case, NOW)
    if kind == "reopened" and (case := first("SELECT max(number) FROM cases WHERE closed_at != ''")):
        reopen_case(register, case, NOW)


def one_day(register: Register, day: int, books, *, decides: bool) -> int:
    """Do with the ledger what a run does; return the run's number."""
    with register.transaction() as database:
        run = add_run(database, (NOW + timedelta(days=day)).isoformat())
        log = EventLog(database, NOW, "test")
        waits = database.execute("SELECT min(book) FROM rows WHERE state = 'väntar'").fetchone()[0]
        if decides and waits:
            choose(database, run, log, Choice(waits, ""))
        intake = Intake(database, run, log, REGIONS)
        new = [intake.receive(received(day * 100 + at, kind)) for at, kind in enumerate(books)]
        make_loads(
            database, run, log, settle(database, log, new, intake.touched), lambda number, _: f"{number:04d}"
        )
    return run


def held(register: Register) -> None:
    """Assert what must hold after every day."""
    query = (
        "SELECT rows.number, cases.environment, unit, kind, contract, component, action, rows.state, load, other, fault, "
        "reason, loads.state FROM rows JOIN books ON books.number = book JOIN cases ON cases.number = case_number "
        "JOIN heads ON heads.number = head LEFT JOIN loads ON loads.number = load"
    )
    rows = {row[0]: row for row in register.query(query)}
    states = {number: row[7] for number, row in rows.items()}
    assert set(states.values()) <= {"inläsning", "väntar", "utelämnad"}
    alive = set()
    for number, *about, state, load, other, fault, reason, load_state in rows.values():
        assert (state == "inläsning") == (load > 0)
        if fault:
            assert (state, reason) == ("utelämnad", "fel")
        elif state == "utelämnad" and reason not in {"bortvald", "stängt"}:
            # It is left out for another, and in the end for one that is loaded, waits, or was decided about.
            seen = {number}
            while states[other] == "utelämnad" and other not in seen and rows[other][9]:
                seen.add(other)
                other = rows[other][9]  # noqa: PLW2901 - the next of the chain
            assert states[other] in {"inläsning", "väntar"} or rows[other][11] in {
                "fel",
                "stängt",
                "bortvald",
            }
        elif state == "inläsning" and not other and load_state != "återtagen":
            assert tuple(about) not in alive
            alive.add(tuple(about))
    for number, sums in book_sums(
        register.connection, [row[0] for row in register.query("SELECT number FROM books")]
    ).items():
        read = register.query("SELECT count(*) FROM rows WHERE book = ?", (number,))[0][0]
        assert sums.read == read == sums.loaded + sums.ready + sums.waiting + sums.left_out


@given(DAYS)
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_ledger_loses_nothing_orders_nothing_twice_and_no_unit_by_halves(tmp_path_factory, days):
    before: dict[int, tuple] = {}
    with Register(tmp_path_factory.mktemp("r") / "r.sqlite") as register:
        register.connection.execute("PRAGMA synchronous = OFF")
        for day, (books, notes) in enumerate(days, start=1):
            for one in notes:
                note(register, one)
            run = one_day(register, day, books, decides="choose" in notes)
            held(register)
            halves = register.query(
                "SELECT 1 FROM rows AS waiting JOIN heads ON heads.number = waiting.head AND heads.kind = 'producer' "
                "JOIN books ON books.number = waiting.book JOIN cases ON cases.number = case_number "
                "JOIN rows AS loaded ON loaded.unit = waiting.unit JOIN heads AS h ON h.number = loaded.head "
                "AND h.kind = 'producer' JOIN loads ON loads.number = loaded.load AND loads.run = ? "
                "AND loads.environment = cases.environment WHERE waiting.state = 'väntar'",
                (run,),
            )
            assert halves == []
            now = dict(register.query("SELECT number, load FROM rows WHERE load > 0"))
            assert before.items() <= now.items()
            before = now


OTHER = URL.replace("tph2", "tph9")
INBOX = st.dictionaries(
    st.sampled_from(["a.xlsx", "b.xlsx", "c.xlsx"]),
    st.builds(
        book,
        st.lists(st.sampled_from(["A1", "A2", "B1"]), min_size=1, max_size=3, unique=True).map(tuple),
        region=st.sampled_from(["LiV", "Gotland"]),
        environment=st.sampled_from(["PROD", "QA"]),
        url=st.sampled_from([URL, OTHER]),
        saved=st.sampled_from(["", "2027-01-10T08:00:00Z"]),
        change=st.sampled_from([(), (("SE162321000156-4H4F", "SE162321000165-4H4F"),)]),
    ),
    max_size=3,
)


@given(days=st.lists(INBOX, min_size=1, max_size=3))
@settings(max_examples=10, deadline=None)
def test_summary_adds_up_and_every_ordered_unit_is_in_a_load_or_waits(tmp_path_factory, days):
    place = tmp_path_factory.mktemp("dagar")
    loads: dict[str, bytes] = {}
    for day, files in enumerate(days):
        batch(put(place / f"in{day}", files), place / "ut", now=NOW + timedelta(days=day))
        assert loads.items() <= tree(place / "ut/inlasningar").items()
        loads = tree(place / "ut/inlasningar")
        summary = orjson.loads((place / "ut/sammanstallning.json").read_bytes())
        for one in (summary["summa"], *summary["arbetsbocker"], *summary["arenden"]):
            rows = one["rader"]
            assert rows["lasta"] == rows["inlasta"] + rows["klara"] + rows["vantar"] + rows["utelamnade"]
            assert rows["utelamnade"] == sum(rows["skal"].values())
        for key in ("lasta", "inlasta", "klara", "vantar", "utelamnade"):
            total = sum(one["rader"][key] for one in summary["arbetsbocker"])
            assert summary["summa"]["rader"][key] == total
        waiting = sum(one["rader"]["vantar"] for one in summary["arenden"])
        places = {
            (row["nummer"], row["flik"], row["cell"])
            for conflict in summary["konflikter"]
            for row in conflict["rader"]
            if not row["inlasning"]
        }
        assert waiting <= len(places)
        assert bool(waiting) == bool(summary["konflikter"])
