import csv
import re
import zipfile
from io import BytesIO, StringIO

import openpyxl
import python_calamine
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.documents.examples import NOW, order, three_orders, units
from underlag.documents.lists.addressees import addressees_csv, addressees_workbook, listed, sheet_names
from underlag.orders.order import Addressee

TEXT = st.text(max_size=20)
HSA = "SE162321000156-"


def sheets(data: bytes) -> dict[str, list[list]]:
    book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(data))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_csv_is_what_todays_script_takes():
    data = addressees_csv(
        [Addressee("SE162321000156-4HVT", "Tolkcentralen Värmland"), Addressee(HSA + "B", "=1+1")]
    )

    assert data == "\ufeffSE162321000156-4HVT;Tolkcentralen Värmland\r\nSE162321000156-B;=1+1\r\n".encode()


@given(st.lists(st.tuples(st.from_regex(r"SE[0-9]{10}-[A-Z0-9]{1,8}", fullmatch=True), TEXT), max_size=5))
@settings(max_examples=60)
def test_csv_gives_every_value_back(pairs):
    text = addressees_csv([Addressee(*pair) for pair in pairs]).decode("utf-8-sig")

    assert [tuple(row) for row in csv.reader(StringIO(text, newline=""), delimiter=";")] == pairs


def test_each_addressee_is_listed_once_and_the_services_own_system_not_at_all():
    orders = [*three_orders(3), order(4, addressees=units(2, start=2))]

    assert listed(orders, "add") == list(units(4))
    assert listed(orders, "remove") == []


def test_units_to_remove_are_never_among_units_to_load():
    orders = [order(1, addressees=units(2)), order(2, addressees=units(2, start=5), action="remove")]

    assert listed(orders, "add") == list(units(2))
    assert listed(orders, "remove") == list(units(2, start=5))


def test_workbook_prints_one_page_wide_with_its_headers_on_each():
    book = openpyxl.load_workbook(BytesIO(addressees_workbook(three_orders(2), NOW)))

    for sheet in book:
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.print_title_rows == "$1:$1"


def test_workbook_has_a_sheet_per_contract_and_says_where_each_order_goes():
    read = sheets(addressees_workbook(three_orders(2), NOW))

    assert list(read) == ["CertificateStatusUpdateFor… v3", "SendMessageToCare v2", "Beställningar"]
    assert read["SendMessageToCare v2"] == [
        ["HSA-ID", "Namn", "Beställning"],
        [HSA + "00000", "Vårdenhet 0 & Söner", 3],
        [HSA + "00001", "Vårdenhet 1 & Söner", 3],
    ]
    assert [row[:5] for row in read["Beställningar"][1:]] == [
        [
            2,
            "CertificateStatusUpdateForCare v3",
            "Lägg till",
            2,
            "Landstinget i Värmland -- Proxy (SE162321000156-B3K)",
        ],
        [
            3,
            "SendMessageToCare v2",
            "Lägg till",
            2,
            "Inera AB -- Intygstjänster -- Webcert (SE5565594230-B8N)",
        ],
    ]


def test_orders_for_one_contract_share_its_sheet():
    orders = [
        order(1, addressees=units(2)),
        order(2, addressees=units(1, start=9), url="https://annan.example.se/x"),
    ]

    assert [
        row[2] for row in sheets(addressees_workbook(orders, NOW))["CertificateStatusUpdateFor… v3"][1:]
    ] == [1, 1, 2]


@given(
    st.lists(
        st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\r"), min_size=1, max_size=12),
        min_size=1,
        max_size=6,
    )
)
@settings(max_examples=60)
def test_texts_stay_texts_whatever_they_look_like(names):
    names = [*names, "=1+1", "_x0041_", "00012", "<b>&amp;", " blank "]
    addressees = tuple(Addressee(f"{HSA}{i}", name) for i, name in enumerate(names))
    book = openpyxl.load_workbook(BytesIO(addressees_workbook([order(addressees=addressees)], NOW)))
    cells = [row[1] for row in book.worksheets[0].iter_rows(min_row=2)]

    assert [cell.data_type for cell in cells if cell.value is not None] == ["s"] * sum(
        c.value is not None for c in cells
    )
    assert [as_excel_reads(cell.value or "") for cell in cells] == names


def as_excel_reads(text: str) -> str:
    """Undo _xHHHH_, which openpyxl leaves for the caller in inline texts."""
    return re.sub(r"_x([0-9A-F]{4})_", lambda m: chr(int(m[1], 16)), text)


def test_workbook_is_whole_and_the_same_at_each_making():
    first, second = (addressees_workbook(three_orders(50), NOW) for _ in range(2))
    with zipfile.ZipFile(BytesIO(first)) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()

    assert first == second
    assert '<dimension ref="A1:C51"/>' in sheet
    assert '<autoFilter ref="A1:C51"/>' in sheet
    assert openpyxl.load_workbook(BytesIO(first)).properties.created == NOW.replace(tzinfo=None)


def test_a_long_sheet_name_is_cut_after_a_word():
    titles = ["CertificateStatusUpdateForCare v3", "SendMessageToCare v2", "a" * 40 + " v1"]

    assert list(sheet_names(titles).values()) == [
        "CertificateStatusUpdateFor… v3",
        "SendMessageToCare v2",
        "a" * 27 + "… v1",
    ]


def test_sheet_names_are_such_as_excel_accepts():
    titles = ["A" * 40 + " v1", "A" * 40 + "B v1", "a:b/c v2", "Beställningar v1"]
    names = list(sheet_names(titles).values())

    assert len({name.casefold() for name in names}) == 4
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\'") for name in names)
    assert all(" v" in name for name in names)
