"""Details, orders and left-out rows on the report page."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from underlag.characters.cleaning import shown
from underlag.documents.package_names import Files
from underlag.documents.report.files import guide_links
from underlag.privacy.identity import shown_identity
from underlag.privacy.quoting import quoted_text
from underlag.text.lists import listed
from underlag.text.numbers import counted, number
from underlag.text.sources import details_by_source, with_source
from underlag.workbook import Contact, text_of

if TYPE_CHECKING:
    from underlag.checked import Checked
    from underlag.orders.order import Order
    from underlag.workbook import OrderDetails

_FORM_TITLES: Final = {
    "consumer": "Administrera tjänstekonsument",
    "producer": "Administrera tjänsteproducent",
}
_ACTIONS: Final = {
    ("consumer", "add"): "Lägg till anropsbehörighet",
    ("consumer", "remove"): "Ta bort anropsbehörighet",
    ("producer", "add"): "Lägg till logiska adressater",
    ("producer", "remove"): "Ta bort logiska adressater",
}
_MOST_CONSUMERS: Final = 5
_MOST_LEFT_OUT: Final = 1000
_SHORT_HASH: Final = 12
#: Maximum characters of the further information that are quoted.
_LONGEST: Final = 1_000


class Fact(NamedTuple):
    """A label with its value; `missing` marks a gap, `code` an identifier."""

    label: str
    value: str
    missing: bool = False
    code: bool = False


class OrderView(NamedTuple):
    """An order on the page: '1 av 3', its form, its content, its guides as (text, address)."""

    number: int
    ordinal: str
    title: str
    facts: list[Fact]
    files: list[tuple[str, str]]


class LeftOutRow(NamedTuple):
    """A row that is not ordered."""

    sheet: str
    row: int
    addressee: str
    contract: str
    reasons: list[str]


class SumRow(NamedTuple):
    """The counts of rows in one direction: read, ordered and left out."""

    title: str
    read: str
    ordered: str
    left_out: str


class LeftOutView(NamedTuple):
    """The rows that are not ordered, and the sums that show that none is lost.

    Attributes:
        sums: by direction.
        total: of all.
        rows: the first thousand rows.
        cut: a note when there are more.
    """

    sums: list[SumRow]
    total: SumRow
    rows: list[LeftOutRow]
    cut: str


def facts_of(checked: "Checked", orders: Sequence["Order"]) -> list[Fact]:
    """Return the details of the workbook: environment, region, day and case, and what its orderer writes."""
    underlag, details = checked.underlag, checked.underlag.details
    profile = underlag.profile
    environment = underlag.environment_spec
    remark = shown(quoted_text(text_of(details.remark), longest=_LONGEST))
    shown_environment = environment.form_title if environment else underlag.environment
    return [
        Fact("Kontrollsumma", f"{underlag.source.sha256[:_SHORT_HASH]}…", code=True),
        _fact("Profil", profile.title if profile else ""),
        _fact("Miljö", shown_environment),
        _fact("Region", underlag.region),
        _fact("Datum för ändringen", with_source(details.date)),
        *([Fact("TAK-filerna gäller från", _day_made(checked))] if orders and not orders[0].day else []),
        _fact("Ärendenummer", with_source(details.case_number)),
        _fact("Beställare", with_source(details.orderer.name)),
        _fact("Kontaktpersoner", _contact_sources(details)),
        *([Fact("Övrig information", remark)] if remark else []),
        *([Fact("Beställningsfil", f"{file.name} (används)")] if (file := details.order_file) else []),
        Fact("Granskad", f"{checked.options.now:%Y-%m-%d kl. %H.%M}"),
    ]


def _day_made(checked: "Checked") -> str:
    return f"{checked.options.now:%Y-%m-%d}, dagen då de gjordes, för inget datum är angivet"


def _contact_sources(details: "OrderDetails") -> str:
    """Return the source of each contact, but none of their details: the orders have those."""
    contacts = details._replace(date=None, case_number=None, orderer=Contact())
    found = details_by_source(contacts)
    text = "; ".join(f"{listed(labels)} ({source})" for source, labels in found.items())
    return f"{text[:1].upper()}{text[1:]}"


def order_views(orders: Sequence["Order"], files: Files) -> list[OrderView]:
    """Return the orders as the page shows them."""
    return [
        OrderView(
            order.number,
            order.ordinal,
            _FORM_TITLES[order.kind],
            _order_facts(order),
            guide_links(order, files),
        )
        for order in orders
    ]


def _order_facts(order: "Order") -> list[Fact]:
    """Return the facts of an order: action, system, contracts, addresses, addressees and consumers."""
    component = order.component
    facts = [
        Fact("Åtgärd", _ACTIONS[order.kind, order.action]),
        Fact("Tjänstekonsument" if order.kind == "consumer" else "Tjänsteproducent", _party(*component[:2])),
        Fact("Tjänstekontrakt", ", ".join(contract.title for contract in order.contracts)),
    ]
    facts += _address_facts(order)
    if len(order.addressees) == 1:
        facts.append(Fact("Logisk adressat", _party(*order.addressees[0])))
    else:
        facts.append(Fact("Logiska adressater", number(len(order.addressees))))
    if order.kind == "producer" and order.consumers:
        callers = [_party(*consumer[:2]) for consumer in order.consumers[:_MOST_CONSUMERS]]
        if rest := len(order.consumers) - len(callers):
            callers.append(f"och {number(rest)} till")
        label = "Får inte längre anropas av" if order.action == "remove" else "Får anropas av"
        facts.append(Fact(label, ", ".join(callers)))
    if order.bulk:
        done = "tas bort" if order.action == "remove" else "läses in"
        facts.append(Fact("Kundservice", f"Adressaterna är många och {done} av kundservice"))
    return facts


def _address_facts(order: "Order") -> list[Fact]:
    """Return the address of a producer's order, or each contract's if they differ."""
    url, profile = order.shared_address
    if url or not order.addresses:
        return [
            *([Fact("Anropsadress", shown(url), code=True)] if url else []),
            *([Fact("RIV-TA-profil", profile)] if profile else []),
        ]
    return [
        Fact(f"Anropsadress för {contract.title} ({address.rivta_profile})", shown(address.url), code=True)
        for contract, address in zip(order.contracts, order.addresses, strict=True)
    ]


def left_out_view(checked: "Checked") -> LeftOutView | None:
    """Return the rows that are left out, None when there are none."""
    if not checked.left_out:
        return None
    sums = []
    totals = [0, 0, 0]
    for flow in checked.underlag.flows:
        key = flow.spec.key
        counts = (
            len(flow.entries),
            len(checked.entries.get(key, ())),
            sum(left.flow == key for left in checked.left_out),
        )
        totals = [total + count for total, count in zip(totals, counts, strict=True)]
        sums.append(SumRow(flow.spec.title, *map(number, counts)))
    rows = [
        LeftOutRow(
            shown(left.entry.sheet),
            left.entry.row,
            shown_identity(left.entry.addressee.text) if left.entry.addressee else "",
            shown(text_of(left.entry.contract)),
            [f"{reason.code}: {shown(reason.message)}" for reason in left.reasons],
        )
        for left in checked.left_out[:_MOST_LEFT_OUT]
    ]
    cut = ""
    if len(checked.left_out) > _MOST_LEFT_OUT:
        cut = (
            f"Här visas de första {number(_MOST_LEFT_OUT)} av"
            f" {counted(len(checked.left_out), 'rad', 'rader')}. Alla finns i bortvalda.csv."
        )
    return LeftOutView(sums, SumRow("Summa", *map(number, totals)), rows, cut)


def _fact(label: str, value: str) -> Fact:
    return Fact(label, shown(value)) if value else Fact(label, "Inte angivet", missing=True)


def _party(hsa_id: str, name: str) -> str:
    return f"{shown(name)} ({hsa_id})" if name else hsa_id
