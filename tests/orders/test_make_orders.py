"""The orders of a checked workbook: their number, content, and "Övrig information"."""

import json
from dataclasses import replace
from datetime import date, datetime

import pytest

from tests.support.rows import entries_of, with_parts
from tests.support.tables import NAME, ORDER_SHEET, STANDARD, workbook
from underlag.checks import check
from underlag.options import STOCKHOLM, Options
from underlag.orders.build import make_orders
from underlag.orders.removal import check_removal
from underlag.reading import read
from underlag.requests import resolve_requests
from underlag.tak.orders.files import tak_files

OPTIONS = Options(now=datetime(2027, 2, 1, 9, tzinfo=STOCKHOLM))
UNITS = ["SE162321000156-4HVT", "SE162321000156-4HVV", "SE162321000156-4HVX"]
PROXY_URL = (
    "https://tph2.liv.sjunet.org:50001/WebCertFormStatusUpdateWebService/FormStatusUpdate/3_0/rivtabp21"
)


def checked(text=STANDARD + ORDER_SHEET, options=OPTIONS, name=NAME):
    result = check(read(workbook(text), options, name=name), options)
    assert not result.blocked, [(f.code, f.cell, f.message) for f in result.findings]
    return result


def set_rows(result, key, entries):
    """Replace the rows of a flow that are ordered."""
    flow = replace(result.underlag.flow(key), entries=entries_of(entries))
    result.rows[key] = resolve_requests(replace(result.underlag, flows=[flow]), "add")[key]


def ids(order):
    return [addressee.hsa_id for addressee in order.addressees]


def test_the_ordinary_workbook_gives_three_orders():
    orders = make_orders(checked())

    assert [order.file_stem for order in orders] == [
        "bestallning-1-konsument",
        "bestallning-2-producent",
        "bestallning-3-producent",
    ]
    assert [order.ordinal for order in orders] == ["1 av 3", "2 av 3", "3 av 3"]
    assert [order.component.hsa_id for order in orders] == [
        "SE162321000156-4H4F",
        "SE162321000156-B3K",
        "SE5565594230-B8N",
    ]
    assert [[contract.title for contract in order.contracts] for order in orders] == [
        ["CreateDraftCertificate v3", "ListCertificatesForCareWithQA v3"],
        ["CertificateStatusUpdateForCare v3"],
        ["SendMessageToCare v2"],
    ]
    assert [ids(order) for order in orders] == [["5565594230-WEBCERT"], UNITS, UNITS]
    assert {order.day for order in orders} == {date(2027, 3, 1)}
    assert {order.action for order in orders} == {"add"}
    assert [order.shared_address.rivta_profile for order in orders] == ["", "RIVTABP21", "RIVTABP21"]


def test_names_come_from_the_workbook_and_fixed_ones_from_the_profile():
    consumer, producer, message = make_orders(checked())

    assert consumer.component == ("SE162321000156-4H4F", "Landstinget i Värmland -- Cosmic", False)
    assert consumer.consumers == (consumer.component,)
    assert producer.consumers == (("SE5565594230-B8N", "Inera AB -- Intygstjänster -- Webcert", True),)
    assert message.component == producer.consumers[0]
    assert consumer.addressees == (("5565594230-WEBCERT", "Inera - Webcert"),)


def test_another_producer_is_another_order():
    text = (STANDARD + ORDER_SHEET).replace(
        "|  |  |  |  |  | SE162321000156-4HVX | Vårdcentralen Gripen |",
        "| SE162321000156-B9K | Annan proxy | https://annan.sjunet.org:50001/status/rivtabp21 | SE5565594230-B8N | CertificateStatusUpdateForCare v3 | SE162321000156-4HVX | Vårdcentralen Gripen |",
    )
    orders = make_orders(checked(text))

    assert [order.component.hsa_id for order in orders] == [
        "SE162321000156-4H4F",
        "SE162321000156-B3K",
        "SE162321000156-B9K",
        "SE5565594230-B8N",
    ]
    assert [ids(order) for order in orders[1:3]] == [UNITS[:2], UNITS[2:]]
    assert orders[2].component.name == "Annan proxy"
    assert orders[0].remark.startswith("Det här är den första av fyra beställningar för förstudie TSK-12518.")


def test_contracts_with_other_addressees_are_orders_of_their_own():
    result = checked()
    flow = list(result.entries["vardsystem-webcert"])
    at = next(at for at, entry in enumerate(flow) if entry.contract.text.startswith("List"))
    flow[at] = with_parts(flow[at], addressee=flow[at].addressee._replace(text="5565594230-ANNAN"))
    set_rows(result, "vardsystem-webcert", flow)
    orders = make_orders(result)

    assert [len(order.contracts) for order in orders] == [1, 1, 1, 1]
    assert [ids(order) for order in orders[:2]] == [["5565594230-WEBCERT"], ["5565594230-ANNAN"]]


def test_no_consumer_is_authorised_beyond_its_rows():
    result = checked()
    entries = result.entries["webcert-vardsystem"]
    second = with_parts(entries[0], consumer=entries[0].consumer._replace(text="se5565594230-b31"))
    set_rows(result, "webcert-vardsystem", [*entries, second])
    orders = [order for order in make_orders(result) if order.flow.key == "webcert-vardsystem"]

    asked = {(e.consumer.text.upper(), e.addressee.text) for e in (*entries, second)}
    made = {(c.hsa_id, a) for order in orders for c in order.consumers for a in ids(order)}
    assert made == asked
    assert [len(order.consumers) for order in orders] == [2, 1]


def test_an_addressee_is_listed_once_with_the_first_name_given():
    result = checked()
    entries = result.entries["webcert-vardsystem"]
    nameless = with_parts(entries[0], addressee_name=entries[0].addressee_name._replace(text=""))
    again = with_parts(entries[0], addressee=entries[0].addressee._replace(text=UNITS[0].lower()))
    set_rows(result, "webcert-vardsystem", [nameless, again, *entries[1:]])
    order = make_orders(result)[1]

    assert ids(order) == UNITS
    assert order.addressees[0].name == "Tolkcentralen Värmland"


def test_of_two_spellings_of_a_name_the_order_takes_the_first_rows():
    row = "|  |  |  |  |  | SE162321000156-4HVV | Vårdcentralen Rud |"
    text = STANDARD.replace(row, row.replace("Rud", "RUD") + "\n" + row, 1)
    result = checked(text + ORDER_SHEET)

    assert [dict(order.addressees)[UNITS[1]] for order in make_orders(result)[1:]] == [
        "Vårdcentralen RUD",
        "Vårdcentralen Rud",
    ]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [("INERA - Webcert", "Inera - Webcert", "INERA - Webcert"), ("", "Inera - Webcert", "Inera - Webcert")],
)
def test_of_two_contracts_names_of_a_unit_their_order_takes_the_first_stated(first, second, expected):
    head, tail = STANDARD.split("|                     |", 1)
    text = head.replace("Inera - Webcert", first) + "|                     |" + tail
    result = checked(text.replace("Inera - Webcert", second) + ORDER_SHEET)

    assert [a.name for a in make_orders(result)[0].addressees] == [expected]


def test_a_name_from_another_sheet_is_ordered_as_the_finding_states():
    head, sheet = STANDARD.split("## Intygstjänsten -> Webcert")
    text = f"{head}## Intygstjänsten -> Webcert{sheet.replace('Vårdcentralen Rud', '')}" + ORDER_SHEET
    result = checked(text)

    assert [f.cell for f in result.findings if f.code == "ADR005"] == ["F3"]
    assert make_orders(result)[2].addressees[1] == (UNITS[1], "Vårdcentralen Rud")


def test_removal_by_option_and_by_row():
    removal = make_orders(checked(options=replace(OPTIONS, remove=True)))
    assert {order.action for order in removal} == {"remove"}
    assert [order.ordinal for order in removal] == ["1 av 2", "2 av 2"]
    assert {order.kind for order in removal} == {"producer"}
    assert "tas logiska adressater" in removal[0].remark
    assert "TAK jämför inte producenten" in removal[0].remark

    result = checked()
    first = result.entries["webcert-vardsystem"][0]
    removed = with_parts(first, action=first.addressee._replace(text="Ta bort"))
    set_rows(result, "webcert-vardsystem", [removed, *result.entries["webcert-vardsystem"][1:]])
    mixed = [order for order in make_orders(result) if order.flow.key == "webcert-vardsystem"]
    assert [(order.action, ids(order)) for order in mixed] == [("remove", UNITS[:1]), ("add", UNITS[1:])]


REMOVED_BY_SHEET = STANDARD + ORDER_SHEET + "| Åtgärd | Ta bort |\n"


@pytest.mark.parametrize(
    ("text", "options"),
    [(STANDARD + ORDER_SHEET, replace(OPTIONS, remove=True)), (REMOVED_BY_SHEET, OPTIONS)],
)
def test_a_removal_leaves_the_systems_own_authorization_alone(text, options):
    result = checked(text, options)
    told = [f for f in result.findings if f.code == "BST021"]

    assert [order.flow.key for order in make_orders(result)] == [
        "webcert-vardsystem",
        "intygstjansten-webcert",
    ]
    assert [(f.severity, f.sheet) for f in told] == [("info", "Vårdsystem -> Webcert")]
    assert "CreateDraftCertificate v3 och ListCertificatesForCareWithQA v3" in told[0].message
    assert [left.entry.row for left in result.left_out] == [2, 3]
    assert result.rows_left_out == 0
    assert not any(
        "WEBCERT" in item["logiskAdress"]
        for order in make_orders(result)
        for content in tak_files(order, options).files.values()
        for section in ("inkludera", "exkludera")
        for item in json.loads(content)[section]["anropsbehorigheter"]
    )


@pytest.mark.parametrize(
    "sheet", ["", "\n## Vårdsystem -> Webcert\n", STANDARD.split("| SE162321000156-4H4F")[0]]
)
def test_a_removal_needs_no_sheet_of_the_systems_own_authorization(sheet):
    rest = STANDARD[STANDARD.index("\n## Webcert -> Vårdsystem") :]
    result = checked(sheet + rest + ORDER_SHEET, replace(OPTIONS, remove=True))

    assert [order.ordinal for order in make_orders(result)] == ["1 av 2", "2 av 2"]
    assert [f.code for f in result.findings if f.code in {"BST021", "FLI001", "FLI006"}] == ["BST021"]
    assert check(read(workbook(sheet + rest + ORDER_SHEET), OPTIONS, name=NAME), OPTIONS).blocked


def with_actions(*actions):
    """The standard workbook with a column Åtgärd in the consumers' sheet."""
    first, *rest = STANDARD.strip().split("\n\n")
    heading, head, *rows = first.split("\n")
    lines = [f"{line} {action} |" for line, action in zip([head, *rows], ["Åtgärd", *actions], strict=True)]
    return "\n\n".join(["\n".join([heading, *lines]), *rest]) + "\n" + ORDER_SHEET


def test_a_row_may_say_that_the_systems_own_authorization_is_removed():
    result = checked(with_actions("Ta bort", "Ta bort"), replace(OPTIONS, remove=True))
    orders = make_orders(result)

    assert [(order.ordinal, order.kind, order.action) for order in orders] == [
        ("1 av 3", "consumer", "remove"),
        ("2 av 3", "producer", "remove"),
        ("3 av 3", "producer", "remove"),
    ]
    assert len(orders[0].contracts) == 2
    assert "BST021" not in {f.code for f in result.findings}


def test_rows_next_to_an_excluded_one_stay():
    text = with_actions("", "Ta bort")
    result = checked(text, replace(OPTIONS, remove=True))

    assert [contract.title for contract in make_orders(result)[0].contracts] == [
        "ListCertificatesForCareWithQA v3"
    ]
    assert [(left.entry.row, left.reasons[0].code) for left in result.left_out] == [(2, "BST021")]


def test_removal_without_an_export_is_warned_of_once_for_each_sheet():
    result = checked(options=replace(OPTIONS, remove=True))

    assert [(f.code, f.sheet) for f in check_removal(result)] == [
        ("TAK051", "Webcert -> Vårdsystem"),
        ("TAK051", "Intygstjänsten -> Webcert"),
    ]
    assert list(check_removal(checked())) == []


def test_the_remark_of_an_order_with_many_addressees_and_words_of_the_user():
    result = checked()
    first = result.entries["webcert-vardsystem"][0]
    units = (first.addressee._replace(text=f"SE162321000156-{n:04d}") for n in range(20))
    set_rows(result, "webcert-vardsystem", [with_parts(first, addressee=unit) for unit in units])
    details = result.underlag.details
    result.underlag.details = details._replace(remark=first.addressee._replace(text="Ring före klockan tio."))
    order = make_orders(result)[1]
    lines = order.remark.split("\n")

    assert order.bulk
    assert lines[0] == "Det här är den andra av tre beställningar för förstudie TSK-12518."
    assert (
        f"svarar för CertificateStatusUpdateForCare v3 på {PROXY_URL} (RIVTABP21) för 20 logiska adressater."
        in lines[1]
    )
    assert lines[-2] == (
        "Adressaterna är 20. Underlaget skickas till kundservice@inera.se för massinläsning av logiska adressater."
    )
    assert lines[-1] == "Ring före klockan tio."


def test_orders_that_belong_together_name_each_other():
    first, second, third = make_orders(checked())

    assert "hör ihop" not in first.remark
    assert "hör ihop med beställning 3 (SendMessageToCare v2): utför båda." in second.remark
    assert "hör ihop med beställning 2 (CertificateStatusUpdateForCare v3): utför båda." in third.remark


def test_an_order_without_its_counterpart_names_none():
    result = checked()
    set_rows(result, "intygstjansten-webcert", [])

    assert not [order for order in make_orders(result) if "hör ihop" in order.remark]


def test_a_missing_case_number_and_date_are_gaps_and_not_made_up():
    orders = make_orders(checked(STANDARD))

    assert orders[0].day is None
    assert "för förstudie [FYLL I ÄRENDENUMMER]." in orders[0].remark


def test_without_rows_there_are_no_orders():
    result = checked()
    result.rows = {}

    assert make_orders(result) == []


def test_a_blocked_workbook_is_not_ordered():
    result = checked()
    result.blocked = True

    with pytest.raises(ValueError, match="fel som måste rättas"):
        make_orders(result)


def test_an_address_that_ends_in_a_rivta_profile_decides_where_the_row_says_none():
    result = checked((STANDARD + ORDER_SHEET).replace("3_0/rivtabp21", "3_0/rivtabp20"))
    orders = make_orders(result)

    assert [f.code for f in result.findings if f.code.startswith("URL")] == ["URL016"]
    assert [order.shared_address.rivta_profile for order in orders] == ["", "RIVTABP20", "RIVTABP21"]
    assert "rivtabp20 (RIVTABP20)" in orders[1].remark
    made = tak_files(orders[1], OPTIONS).files["bestallning-2.json"]
    assert {route["rivtaprofil"] for route in json.loads(made)["inkludera"]["vagval"]} == {"RIVTABP20"}
