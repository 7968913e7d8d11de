"""The reader's next steps."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from underlag.documents.package_names import ANNOTATED, LEFT_OUT, LIST_FILES, MAIL, Files
from underlag.documents.report.files import first_file, href
from underlag.findings import Severity
from underlag.text.lists import listed
from underlag.text.numbers import counted

if TYPE_CHECKING:
    from underlag.checked import Checked
    from underlag.orders.order import Order


class Step(NamedTuple):
    """A step: what to do, and the file to use as (name, address), if any."""

    text: str
    files: tuple[tuple[str, str], ...] = ()


def next_steps(
    checked: "Checked", orders: Sequence["Order"], files: Files, *, mends_here: bool = False
) -> list[Step]:
    """Return the steps that lead from this page to a working connection.

    Args:
        checked: the checked workbook.
        orders: its orders, empty when there are none.
        files: the package; empty without one.
        mends_here: whether the page has forms that correct cells.
    """
    if checked.blocked or (not orders and not checked.approved):
        return _mending_here(files) if mends_here else _mending(files)
    if checked.nothing_to_order and not orders:
        return _nothing_to_order(checked, files)
    if not orders:
        return [
            *_looking_over(checked),
            Step("Skapa beställningarna med kommandot underlag bestall."),
        ]
    return [
        *_looking_over(checked),
        *_filling_gaps(orders),
        *(_ordering(order, files) for order in orders),
        *_mailing(checked, orders, files),
        *_afterwards(checked, files),
    ]


def _nothing_to_order(checked: "Checked", files: Files) -> list[Step]:
    """Return the steps where no row is ordered."""
    reasons = _link(LEFT_OUT) if LEFT_OUT in files else ()
    where = " Skälet för varje rad står i:" if reasons else " Skälet för varje rad står här nedanför."
    return [*_looking_over(checked), Step(f"Lägg inte in något i Beställningsstödet.{where}", reasons)]


def _mending(files: Files) -> list[Step]:
    """Return the steps to correct the workbook."""
    marked = first_file(files, ANNOTATED)
    steps = []
    if marked:
        steps.append(
            Step(
                "Öppna den granskade arbetsboken. Första fliken listar allt som hittats, cell för cell:",
                _link(marked),
            )
        )
    return [
        *steps,
        Step("Rätta felen i er egen arbetsbok och spara den. Vid varje fel här nedanför står hur."),
        Step("Granska arbetsboken igen. När inget fel är kvar skapas beställningarna."),
    ]


def _mending_here(files: Files) -> list[Step]:
    """Return the steps to correct the workbook on the page."""
    marked = first_file(files, ANNOTATED)
    where = " Där listar första fliken allt, cell för cell:" if marked else ""
    return [
        Step("Rätta felen här på sidan. Vid varje fel här nedanför står hur."),
        Step(
            "Det som bara går att rätta i Excel rättas i den rättade arbetsboken, eller i er egen om inget "
            f"är rättat här. Granska den sedan igen.{where}",
            _link(marked) if marked else (),
        ),
        Step("När inget fel är kvar skapas beställningarna. Ladda ner och spara den rättade arbetsboken."),
    ]


def _looking_over(checked: "Checked") -> list[Step]:
    warnings = checked.count(Severity.WARNING)
    if not warnings:
        return []
    seen = f"de {counted(warnings, 'varning', 'varningarna')}" if warnings > 1 else "varningen"
    return [Step(f"Se över {seen} här nedanför. Stämmer uppgifterna behöver inget ändras.")]


def _filling_gaps(orders: Sequence["Order"]) -> list[Step]:
    """Return the step about details that the order form requires and that are not stated anywhere."""
    details = orders[0].details
    needed = {
        "datum för ändringen": orders[0].day or details.at_regular_time,
        "ärendenummer": details.case_number,
        "beställarens namn": details.orderer.name,
        "beställarens e-post": details.orderer.email,
        "beställarens telefon": details.orderer.phone,
    }
    missing = [label for label, value in needed.items() if not value]
    if not missing:
        return []
    return [Step(f"Ta reda på det som saknas och som Beställningsstödet frågar efter: {listed(missing)}.")]


def _ordering(order: "Order", files: Files) -> Step:
    """Return the step for one order."""
    form = "tjänstekonsument" if order.kind == "consumer" else "tjänsteproducent"
    guide = f"{order.file_stem}.html"
    link = _link(guide) if guide in files else ()
    return Step(
        f"Lägg in beställning {order.ordinal} i Beställningsstödet, formuläret Administrera {form}."
        f" Jämför med sammanställningen innan du bekräftar.{' Följ vägledningen:' if link else ''}",
        link,
    )


def _mailing(checked: "Checked", orders: Sequence["Order"], files: Files) -> list[Step]:
    """Return the step about the mail to customer service, or about their own lists."""
    profile = checked.underlag.profile
    mail = MAIL if MAIL in files else ""
    if not any(order.bulk for order in orders):
        text = "Mejlet till kundservice behövs bara om de ska läsa in eller ta bort adressaterna åt er"
        limit = f". Det gör de när adressaterna är minst {profile.bulk_from}" if profile else ""
        text = f"{text}{limit}:"
        return [Step(text, _link(mail))] if mail else []
    if profile is None:
        return []
    if files and not mail:
        # The package is customer service's own.
        todo = {"add": "Läs in", "remove": "Ta bort"}
        return [
            Step(f"{todo[action]} de logiska adressaterna i listan (bulkladdning):", _link(name))
            for action, name in LIST_FILES.items()
            if name in files
        ]
    ending = " Utkastet är klart att granska och skicka:" if mail else ""
    doing = {"add": "läser in", "remove": "tar bort"}
    asked = {order.action for order in orders if order.bulk}
    verbs = listed([verb for action, verb in doing.items() if action in asked])
    text = f"Mejla underlaget till {profile.mail_to}, som {verbs} adressaterna.{ending}"
    return [Step(text, _link(mail) if mail else ())]


def _afterwards(checked: "Checked", files: Files) -> list[Step]:
    """Return the last steps: left-out rows, and keeping the package."""
    steps = []
    if checked.rows_left_out:
        left = LEFT_OUT if LEFT_OUT in files else ""
        one = checked.rows_left_out == 1
        text = (
            "Ta hand om den bortvalda raden och beställ den för sig."
            if one
            else "Ta hand om de bortvalda raderna och beställ dem för sig."
        )
        where = f" {'Den' if one else 'De'} står med sina skäl i:" if left else ""
        steps.append(Step(f"{text}{where}", _link(left) if left else ()))
    return [*steps, Step("Spara paketet med ärendet.")]


def _link(name: str) -> tuple[tuple[str, str], ...]:
    return ((name, href(name)),)
