"""Renders sammanstallning.html: workbooks, conflicts, replies, loads, open cases and the next steps."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple
from urllib.parse import quote

from underlag.batch.records.load_texts import register_command
from underlag.batch.summary.steps import next_steps, stop_sentence
from underlag.characters.cleaning import shown
from underlag.documents.templates import environment
from underlag.text.lists import MOST_NAMED, listed
from underlag.text.moments import when, with_local_times
from underlag.text.numbers import counted, number

#: Tone and word of a workbook's state.
STATES: Final = {
    "klar": ("ratt", "Klar"),
    "väntar": ("varning", "Väntar"),
    "delvis": ("varning", "Delvis"),
    "fel": ("fel", "Fel"),
    "avvisad": ("fel", "Avvisad"),
    "dubblett": ("ratt", "Dubblett"),
}
#: Titles of the kinds of conflicts.
CONFLICTS: Final = {
    "annan-producent": "Olika producenter för samma adressat",
    "olika-vagval": "Olika vägval för samma adressat",
    "flera-regioner": "Samma adressat från flera regioner",
    "flera-versioner": "Flera versioner",
    "nyare-med-fel": "Nyare version med fel",
}
#: What stands for the date of orders without one.
_NO_DAY: Final = "inget datum"
#: Maximum addressees of a conflict on the page; the workbook and the JSON have all.
_MOST_ADDRESSEES: Final = 10


class RowView(NamedTuple):
    """A workbook on the page."""

    name: str
    origin: str
    tone: str
    state: str
    notes: Sequence[str]
    reason: str
    region: str
    environment: str
    case_number: str
    day: str
    href: str
    folder: str
    reply: str
    numbers: Mapping[str, str]


class ConflictView(NamedTuple):
    """A conflict on the page; `more` is a note on addressees that are not listed, '' if all are."""

    title: str
    environment: str
    contract: str
    message: str
    addressees: Sequence[str]
    more: str


class ReplyRow(NamedTuple):
    """A draft of a reply on the page."""

    href: str
    file: str
    to: str
    subject: str
    books: str


class LoadRow(NamedTuple):
    """A load on the page; `stopped` is why it is not to be loaded yet, '' if nothing speaks against it."""

    href: str
    folder: str
    text: str
    stopped: str


class CaseView(NamedTuple):
    """A case that is not closed, on the page."""

    number: str
    opened: str
    answered: str
    draft: str
    region: str
    environment: str
    tickets: str
    books: Sequence[str]
    messages: Sequence[str]
    loads: str
    numbers: Mapping[str, str]


def summary_html(summary: Mapping[str, Any], now: datetime, place: str) -> bytes:
    """Return the page as UTF-8; it loads nothing from outside.

    Args:
        summary: the object of sammanstallning.json.
        now: the time of the run.
        place: the path of the register from the folder of the page.
    """
    total = summary["summa"]
    page = (
        environment()
        .get_template("sammanstallning.html")
        .render(
            tone=_tone(summary),
            sentence=_sentence(summary),
            counts_text=_counts_text(summary),
            steps=next_steps(summary, place),
            total=_row_numbers(total),
            rows=[_row(book) for book in summary["arbetsbocker"]],
            conflicts=[_conflict(conflict) for conflict in summary["konflikter"]],
            rejected=_rejected(summary, messages=False),
            messages=_rejected(summary, messages=True),
            replies=[_reply(one) for one in summary["svar"]],
            loads=[_folder(one) for one in summary["inlasningar"]],
            pending=[
                (_folder(one), register_command("inlast", place, f"{one['nummer']:04d}"))
                for one in summary["ej_inlasta"]
            ],
            cases=[_case(one) for one in summary["arenden"]],
            replaced=len(summary["ersatta"]),
            notices=[shown(notice) for notice in summary["att_veta"]],
            made=when(now),
        )
    )
    return page.encode("utf-8", "replace")


def _rejected(summary: Mapping[str, Any], *, messages: bool) -> list[tuple[str, str]]:
    """Return what is no workbook, with the reason: mails without a workbook, or everything else."""
    found = (one for one in summary["ej_arbetsbocker"] if one["mejl"] == messages)
    return [(shown(one["ursprung"]), one["skal"]) for one in found]


def _tone(summary: Mapping[str, Any]) -> str:
    total = summary["summa"]
    wrong = total["med_fel"] or total["avvisade"]
    if wrong and not (total["klara"] or total["vantar"] or total["delvis"]):
        return "fel"
    look = (
        wrong
        or total["delvis"]
        or summary["konflikter"]
        or _stopped(summary)
        or summary["ej_arbetsbocker"]
        or not (total["arbetsbocker"] or summary["inlasningar"] or summary["valda"])
    )
    return "varning" if look else "ratt"


def _sentence(summary: Mapping[str, Any]) -> str:
    total = summary["summa"]
    if not total["arbetsbocker"]:
        return _chosen(summary["valda"]) or "Inga arbetsböcker hittades"
    stopped = [f"{one['nummer']:04d}" for one in _stopped(summary)]
    waits = {stop["arende"] for one in _stopped(summary) for stop in one["mejl_emot"]}
    done = sum(
        book["tillstand"] in {"klar", "delvis"} and book["arende_nummer"] not in waits
        for book in summary["arbetsbocker"]
    )
    orders = f"{number(done)} av {counted(total['arbetsbocker'], 'arbetsbok', 'arbetsböcker')} kan beställas"
    if waiting := total["vantar"]:
        orders += f", {number(waiting)} har rader som väntar på ett beslut"
    return f"{orders}. Läs inte in inläsning {listed(stopped)} än" if stopped else orders


def _stopped(summary: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the loads that unanswered mails speak against."""
    return [one for one in (*summary["ej_inlasta"], *summary["inlasningar"]) if one["mejl_emot"]]


def _chosen(chosen: Sequence[Mapping[str, Any]]) -> str:
    """Return what was chosen, '' for nothing: 'Valt: arbetsbok 2 (b.xlsx)'."""
    texts = [
        f"arbetsbok {one['nummer']} ({shown(one['arbetsbok'])})"
        + (f" för {one['adressat']}" if one["adressat"] else "")
        for one in chosen
    ]
    return f"Valt: {listed(texts, most=MOST_NAMED)}" if texts else ""


def _counts_text(summary: Mapping[str, Any]) -> str:
    total = summary["summa"]
    words = (
        ("klara", "klar", "klara"),
        ("vantar", "väntar", "väntar"),
        ("delvis", "delvis klar", "delvis klara"),
        ("med_fel", "med fel", "med fel"),
        ("avvisade", "avvisad", "avvisade"),
        ("dubbletter", "dubblett", "dubbletter"),
    )
    text = listed([counted(total[key], one, many) for key, one, many in words if total[key]])
    if total["oforandrade"]:
        text += (
            f". {counted(total['oforandrade'], 'är oförändrad', 'är oförändrade')} sedan en tidigare körning"
        )
    sentences = [text, _chosen(summary["valda"]) if total["arbetsbocker"] else ""]
    return " ".join(f"{one}." for one in sentences if one)


def _row(book: Mapping[str, Any]) -> RowView:
    tone, state = STATES[book["tillstand"]]
    folder = book["mapp"]
    base = quote(folder)
    return RowView(
        name=shown(book["fil"]),
        origin=shown(book["ursprung"]) if book["ursprung"] != book["fil"] else "",
        tone=tone,
        state=state,
        notes=_notes(book),
        reason=book["skal"],
        region=shown(book["region"]),
        environment=book["miljo"],
        case_number=shown(book["arende"]),
        day=book["datum"] or (_NO_DAY if folder and book["bestallningar"] else ""),
        href=f"{base}/rapport.html" if folder else "",
        folder=folder,
        reply=quote(book["svar"]),
        numbers=_row_numbers(book),
    )


def _notes(book: Mapping[str, Any]) -> list[str]:
    waiting = book["rader"]["vantar"]
    notes = [f"{counted(waiting, 'rad', 'rader')} väntar"] if waiting else []
    return [*notes, "oförändrad"] if book["oforandrad"] else notes


def _row_numbers(counts: Mapping[str, Any]) -> dict[str, str]:
    return {
        "units": number(counts["enheter"]),
        "errors": number(counts["antal"]["fel"]),
        "warnings": number(counts["antal"]["varning"]),
        "orders": number(counts["bestallningar"]),
        **_sums(counts["rader"]),
    }


def _sums(rows: Mapping[str, Any]) -> dict[str, str]:
    keys = {
        "read": "lasta",
        "loaded": "inlasta",
        "ready": "klara",
        "waiting": "vantar",
        "left_out": "utelamnade",
    }
    return {name: number(rows[key]) for name, key in keys.items()}


def _conflict(conflict: Mapping[str, Any]) -> ConflictView:
    addressees = conflict["adressater"]
    rest = len(addressees) - _MOST_ADDRESSEES
    return ConflictView(
        title=CONFLICTS[conflict["slag"]],
        environment=conflict["miljo"],
        contract=", ".join(conflict["kontrakt"]),
        message=shown(conflict["beskrivning"]),
        addressees=[shown(one) for one in addressees[:_MOST_ADDRESSEES]],
        more=f"och {counted(rest, 'till', 'till')}, alla i sammanstallning.xlsx" if rest > 0 else "",
    )


def _reply(reply: Mapping[str, Any]) -> ReplyRow:
    return ReplyRow(
        quote(reply["fil"]),
        reply["fil"],
        shown(reply["till"]),
        shown(reply["amne"]),
        ", ".join(shown(book["fil"]) for book in reply["arbetsbocker"]),
    )


def _folder(one: Mapping[str, Any]) -> LoadRow:
    orders = counted(one["bestallningar"], "beställning", "beställningar")
    addressees = counted(one["adressater"], "adressat", "adressater")
    rows = counted(one["rader"], "rad", "rader")
    against = [stop_sentence(stop) for stop in one["mejl_emot"]]
    cases = listed([str(stop["arende"]) for stop in one["mejl_emot"]])
    return LoadRow(
        f"{quote(one['mapp'])}/sida.html",
        one["mapp"],
        f"{orders}, {addressees}, {rows}",
        f"Läs inte in den förrän det är avgjort vad som gäller i ärende {cases}. {' '.join(against)}"
        if against
        else "",
    )


def _case(case: Mapping[str, Any]) -> CaseView:
    return CaseView(
        number=str(case["nummer"]),
        opened=when(case["oppnat"]),
        answered=when(case["besvarat"]) if case["besvarat"] else "",
        draft=quote(case["utkast"]),
        region=shown(case["region"]),
        environment=case["miljo"],
        tickets=", ".join(map(shown, case["arenden"])),
        books=[f"{book['nummer']}: {shown(book['fil'])}" for book in case["arbetsbocker"]],
        messages=[with_local_times(shown(one)) for one in case["mejl"]],
        loads=", ".join(f"{one:04d}" for one in case["inlasningar"]),
        numbers=_sums(case["rader"]),
    )
