"""Reading terminates on any workbook, and every finding quotes the content of an existing cell."""

import sys
from copy import deepcopy
from datetime import date, datetime, timedelta
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.tables import NAME, ORDER_SHEET, STANDARD, parse, workbook
from underlag.characters.cleaning import clean_hsa_id, clean_identifier, clean_text
from underlag.column_letters import column_letters
from underlag.findings import catalogue
from underlag.options import Options
from underlag.profiles import profiles
from underlag.reading import read
from underlag.reading.cells.cell_text import shown
from underlag.reading.formats.grid import Grid, Sheet
from underlag.reading.tables import odd_rows

PROFILES = profiles()
WORDS = sorted(
    {
        *(c.title for p in PROFILES.values() for s in p.sheets for c in s.columns),
        *(c.title for p in PROFILES.values() for c in p.contracts),
        *(cell for sheet in parse(STANDARD) for row in sheet.rows for cell in row if isinstance(cell, str) and cell),
        "Namn", "Exempel", "<<namn>>", "Antal enheter: 4", "Summa", "OBS! Fler enheter kommer.", "Beställare", "E-post", "Miljö", "PROD",
        "SE162321000156-4HVT\nSE162321000156-4HVV", "A, B; C", "\u00a0", "\u2028", "ta bort", "2027-03-01", "TSK-12518",
    }
)  # fmt: skip

texts = st.one_of(
    st.sampled_from(WORDS), st.text(max_size=12), st.sampled_from(WORDS).map(lambda w: f" {w.lower()}\u00a0")
)
values = st.one_of(
    st.just(""),
    texts,
    st.integers(-(10**15), 10**15),
    st.floats(),
    st.booleans(),
    st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)),  # noqa: DTZ001 - a workbook's times have no zone
    st.dates(date(1900, 1, 1), date(2100, 1, 1)),
    st.times(),
    st.timedeltas(timedelta(0), timedelta(days=9)),
)
names = st.one_of(
    st.sampled_from(
        sorted({s.title for p in PROFILES.values() for s in p.sheets} | {"Beställning", "Blad1"})
    ),
    st.text(min_size=1, max_size=31),
)


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    width, height = draw(st.integers(0, 9)), draw(st.integers(0, 9))
    rows = draw(st.lists(st.lists(values, min_size=width, max_size=width), min_size=height, max_size=height))
    if width and draw(st.booleans()):
        headers = draw(st.lists(st.sampled_from(WORDS), min_size=width, max_size=width))
        rows.insert(draw(st.integers(0, len(rows))), headers)
    sheet = Sheet(draw(names), rows, visible=draw(st.booleans()))
    if width and rows:
        positions = st.tuples(st.integers(1, len(rows)), st.integers(1, width))
        for at in draw(st.sets(positions, max_size=3)):
            rows[at[0] - 1][at[1] - 1] = ""
            if draw(st.booleans()):
                sheet.errors[at] = "#REF!"
            else:
                sheet.uncached.add(at)
        sheet.hidden_rows = draw(st.sets(st.integers(1, 12), max_size=3))
        sheet.hidden_columns = draw(st.sets(st.integers(1, 12), max_size=3))
        corners = draw(st.lists(st.tuples(positions, positions), max_size=2))
        sheet.merged = [(min(a, c), min(b, d), max(a, c), max(b, d)) for (a, b), (c, d) in corners]
    return sheet


@st.composite
def grids(draw):
    found = {sheet.name: sheet for sheet in draw(st.lists(sheets(), max_size=6))}
    return Grid("xlsx", list(found.values()))


def holds(sheet, finding):
    """Whether the cell of a finding exists and has the quoted content, raw or tidied."""
    at = finding.row, finding.column
    if at in sheet.errors or at in sheet.uncached:
        return finding.value == sheet.errors.get(at, "")
    raw = shown(sheet.rows[finding.row - 1][finding.column - 1])
    collapsed = " ".join(raw.split())
    tidied = (
        raw,
        raw.strip(),
        collapsed,
        *(clean(raw).text for clean in (clean_text, clean_identifier, clean_hsa_id)),
    )
    return any(finding.value in text for text in tidied)


@settings(max_examples=150)
@given(
    grids(),
    st.sampled_from(["", "PROD", "QA", "?"]),
    st.sampled_from(["", *PROFILES]),
    st.sampled_from([NAME, ""]),
)
def test_reading_terminates_and_quotes_the_cells(grid, environment, profile, name):
    with mock.patch.object(
        sys.modules["underlag.reading.read_workbook"], "open_guarded", return_value=deepcopy(grid)
    ):
        reading = read(b"x", Options(environment=environment, profile=profile), name=name)
    by_name = {sheet.name: sheet for sheet in grid.sheets}
    for finding in reading.findings:
        assert finding.code in catalogue()
        if finding.row:
            assert finding.cell == f"{column_letters(finding.column)}{finding.row}"
            assert holds(by_name[finding.sheet], finding), finding
        else:
            assert finding.cell == ""
    for flow in reading.underlag.flows:
        for entry in flow.entries:
            for part in entry.fields():
                if part.column and part.text:
                    assert 1 <= part.row <= len(by_name[part.sheet].rows)
    for sheet, row, column in reading.underlag.unreadable:
        assert row <= len(by_name[sheet].rows)
        assert column <= len(by_name[sheet].rows[row - 1])


@settings(max_examples=60)
@given(grids())
def test_no_filled_cell_of_a_table_is_lost_without_a_note(grid):
    """Every filled cell directly below headers is in an entry, carried by one, or in a finding of its row or sheet.

    In a form the values are next to the label: what is below it are other labels. Sentences for people and
    totals are no content of a table, nor is what is between its headers and the labels above them.
    """
    with mock.patch.object(
        sys.modules["underlag.reading.read_workbook"], "open_guarded", return_value=deepcopy(grid)
    ):
        reading = read(b"x", Options(environment="PROD"), name=NAME)
    spoken = {(f.sheet, f.row) for f in reading.findings if f.row}
    whole = {f.sheet for f in reading.findings if (not f.row and f.code != "FLI032") or f.code == "FLI004"}
    used = {part.position[:2] for flow in reading.underlag.flows for e in flow.entries for part in e.fields()}
    for flow in reading.underlag.flows:
        sheet = next((sheet for sheet in grid.sheets if sheet.name == flow.sheet), None)
        addressee = flow.columns.get("addressee")
        if sheet is None or addressee is None or flow.sheet in whole or len(flow.spec.sheets) > 1:
            continue
        entries = [part for e in flow.entries for part in e.fields() if part.sheet == flow.sheet]
        is_form = any(part.row == addressee.row for part in entries)
        if is_form:
            continue
        headers = max(header.row for header in flow.columns.values())
        for row in range(headers + 1, len(sheet.rows) + 1):
            text = clean_text(shown(sheet.rows[row - 1][addressee.column - 1])).text
            cells = [("addressee", text)]
            if text and not odd_rows.is_remark(cells) and not odd_rows.is_total(cells):
                assert (flow.sheet, row) in used | spoken


@settings(max_examples=25)
@given(
    st.lists(
        st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=15), max_size=7), max_size=8
    ),
    st.sampled_from(["xlsx", "xls", "xlsb", "ods"]),
)
def test_any_text_in_any_format_is_read(rows, kind):
    lines = (
        "| " + " | ".join(cell.replace("|", "/").replace("\\", "/") for cell in row) + " |" for row in rows
    )
    reading = read(workbook(STANDARD + "\n".join(lines) + "\n", format=kind), name=NAME)
    assert reading.underlag.source.format == kind


CONTENTS = {kind: workbook(STANDARD + ORDER_SHEET, format=kind) for kind in ("xlsx", "xls", "xlsb", "ods")}


@pytest.mark.parametrize("kind", CONTENTS)
@settings(max_examples=30)
@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=6))
def test_changed_bytes_never_raise(kind, changes):
    content = bytearray(CONTENTS[kind])
    for at, byte in changes:
        content[at % len(content)] = byte
    reading = read(bytes(content), name=NAME)
    assert reading.underlag.profile is not None or reading.findings


@settings(max_examples=100)
@given(st.one_of(st.binary(max_size=400), st.binary(max_size=400).map(lambda b: b"PK\x03\x04" + b)))
def test_any_bytes_end_with_a_finding(content):
    (finding,) = read(content, name="x").findings
    assert finding.code.startswith("FIL")
