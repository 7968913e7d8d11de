"""The next steps on sammanstallning.html."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from underlag.batch.records.ledger import HELD_BACK
from underlag.batch.records.load_texts import about_stop, register_command
from underlag.characters.cleaning import shown
from underlag.text.lists import MOST_NAMED, listed
from underlag.text.numbers import counted


def next_steps(summary: Mapping[str, Any], place: str) -> list[tuple[str, list[str]]]:
    """Return what to do, each with the commands for it.

    Args:
        summary: the content of sammanstallning.json.
        place: the path of the register, or of its folder, as it is typed in a command.
    """
    total = summary["summa"]
    found = list(_stopped(summary, place))
    if unanswered := [case["nummer"] for case in summary["arenden"] if case["mejl"]]:
        read_them = (
            "Läs mejlen som har kommit i öppna ärenden utan någon arbetsbok, innan något läses in: de kan "
            "ändra eller återkalla en beställning. Notera svaret när det är skickat:"
        )
        found.append((read_them, [register_command("svarat", place, str(one)) for one in unanswered]))
    steps: list[str] = []
    if summary["konflikter"]:
        steps.append(
            "Avgör konflikterna nedan: adressaterna väntar, i alla sina tjänstekontrakt, tills någon har "
            "valt. De ligger kvar till nästa körning."
        )
    if held_back := total["rader"]["skal"].get(HELD_BACK):
        rows = counted(held_back, "rad skulle", "rader skulle")
        steps.append(
            f"Fråga om vägvalen: {rows} ändra det som finns i TAK och beställs inte. Är det rätt, kör igen "
            "med --ersatt-vagval och samma --tak."
        )
    found += [(step, []) for step in steps]
    found += _sending(summary, place)
    steps = []
    others = [one for one in summary["ej_arbetsbocker"] if not one["mejl"]]
    if total["avvisade"] or others:
        steps.append(
            "Se över det som avvisades och filerna som inte är arbetsböcker: inget av det har granskats."
        )
    if len(others) < len(summary["ej_arbetsbocker"]) and not unanswered:
        steps.append("Läs mejlen utan arbetsbok nedan: de kan ändra eller återkalla en beställning.")
    found += [(step, []) for step in steps]
    found += _pending(summary, place)
    found += [(step, []) for step in _loading(summary)]
    if summary["inlasningar"]:
        commands = [
            register_command("inlast", place, f"{one['nummer']:04d}") for one in summary["inlasningar"]
        ]
        found.append(
            ("Notera det som är inläst, när det är gjort. Skriv i mappen där sidan ligger:", commands)
        )
    return found


def _sending(summary: Mapping[str, Any], place: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the steps about the drafts of this run, and about earlier ones that are not noted as sent."""
    new = {reply["fil"] for reply in summary["svar"]}
    if new:
        cases = [case["nummer"] for case in summary["arenden"] if case["utkast"] in new]
        step = (
            "Skicka svaren: utkasten nedan, ett för varje avsändare, säger vad som ska rättas, vad som "
            "väntar och vad som går vidare till inläsning."
        )
        if cases:
            step += " Notera i varje ärende att svaret är skickat:"
        yield step, _commands("svarat", place, map(str, cases), "ÄRENDE")
    earlier = [case for case in summary["arenden"] if case["utkast"] and case["utkast"] not in new]
    if earlier:
        drafts = counted(len({case["utkast"] for case in earlier}), "utkast", "utkast")
        step = (
            f"Skicka {drafts} från tidigare körningar, med länk under Öppna ärenden: inget svar är noterat. "
            "Är det redan skickat räcker det att notera det:"
        )
        yield step, _commands("svarat", place, (str(case["nummer"]) for case in earlier), "ÄRENDE")


def _pending(summary: Mapping[str, Any], place: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the step about earlier loads that are not noted as loaded and that no mail speaks against."""
    numbers = [f"{one['nummer']:04d}" for one in summary["ej_inlasta"] if not one["mejl_emot"]]
    if numbers:
        loads = counted(len(numbers), "inläsning", "inläsningar")
        step = (
            f"Läs in {loads} från tidigare körningar i TAK, i nummerordning och före de nya. Notera det "
            "sedan, eller nu om det redan är gjort:"
        )
        yield step, _commands("inlast", place, numbers, "NUMMER")


def _commands(what: str, place: str, numbers: Iterable[str], form: str) -> list[str]:
    """Return the commands about loads or cases; one with a word for the number in place of too many."""
    commands = [register_command(what, place, one) for one in numbers]
    return commands if len(commands) <= MOST_NAMED else [register_command(what, place, form)]


def stop_sentence(stop: Mapping[str, Any]) -> str:
    """Return what the unanswered mails of a case say against a load."""
    return about_stop(stop["arende"], map(shown, stop["skriver"]))


def _stopped(summary: Mapping[str, Any], place: str) -> Iterator[tuple[str, list[str]]]:
    """Yield what to do about each load that mails speak against, before anything else."""
    for load in (*summary["ej_inlasta"], *summary["inlasningar"]):
        if not load["mejl_emot"]:
            continue
        name = f"{load['nummer']:04d}"
        cases = listed([str(stop["arende"]) for stop in load["mejl_emot"]])
        texts = " ".join(map(stop_sentence, load["mejl_emot"]))
        step = (
            f"Läs inte in inläsning {name} förrän det är avgjort vad som gäller i ärende {cases}. {texts} "
            "Ska den inte läsas in, ta tillbaka den med register angra. Ska den läsas in ändå, svara "
            "beställaren och notera svaret med register svarat:"
        )
        answers = [register_command("svarat", place, str(stop["arende"])) for stop in load["mejl_emot"]]
        yield step, [register_command("angra", place, name), *answers]


def _loading(summary: Mapping[str, Any]) -> list[str]:
    """Return what to do with new loads, and what to read before."""
    steps = []
    if not summary["inlasningar"]:
        return []
    if any(book["skriver"] and book["rader"]["klara"] for book in summary["arbetsbocker"]):
        steps.append(
            "Läs före inläsningen vad beställarna skriver, och om datum saknas: det står vid arbetsböckerna "
            "nedan och på inläsningens sida."
        )
    return [
        *steps,
        (
            "Läs in beställningarna i inläsningarna nedan i TAK, i nummerordning. Läs inte in "
            "arbetsböckernas egna också: de beställer samma rader."
        ),
    ]
