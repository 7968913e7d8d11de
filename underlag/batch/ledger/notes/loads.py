"""Notes about loads: one is loaded, was not loaded after all, or is taken back."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple

from underlag import json_text
from underlag.batch.ledger.events import NOT_RESTORED, Event, EventLog, user
from underlag.batch.ledger.keep import StoredLoad, stored_loads
from underlag.batch.ledger.notes.stops import stops
from underlag.batch.ledger.settle import LOADED, MADE, TAKEN_BACK
from underlag.batch.records.load_texts import about_stop, not_restored
from underlag.batch.register.database import RegisterError
from underlag.batch.register.store import Register
from underlag.characters.cleaning import shown
from underlag.documents.package_names import INDEX
from underlag.text.file_names import natural
from underlag.text.lists import MOST_NAMED, listed
from underlag.text.numbers import counted, counted_in_notice

_TAKEN_BACK: Final = "Den är redan noterad som återtagen. Är återställningen inläst ska inget mer läsas in."


class TakingBack(NamedTuple):
    """How a load is taken back.

    Attributes:
        load: the load.
        files: the undo files to load, in order.
        notes: what to know (Swedish sentences).
        restores: whether the TAK then has what the load replaced: always, if the load was never loaded.
    """

    load: StoredLoad
    files: list[str]
    notes: list[str]
    restores: bool

    @property
    def was_loaded(self) -> bool:
        """Whether the load was noted as loaded, so that there is something to take back in the TAK."""
        return self.load.state != MADE

    @property
    def was_taken_back(self) -> bool:
        """Whether it was noted as taken back before."""
        return self.load.state == TAKEN_BACK


def find_load(register: Register, text: str) -> StoredLoad:
    """Return a load by number ('0007', '7') or folder name ('0007-PROD').

    Raises:
        RegisterError: there is none.
    """
    found = re.fullmatch(r"0*([0-9]{1,9})(?:-([A-Z0-9-]+))?", text.strip().upper())
    loads = stored_loads(register, "number = ?", (int(found[1]),)) if found else []
    if not found or not loads or found[2] not in {None, loads[0].environment.upper()}:
        raise RegisterError(
            f"Det finns ingen inläsning {text}. underlag register handelser visar vilka som finns."
        )
    return loads[0]


def mark_loaded(register: Register, text: str, now: datetime) -> tuple[StoredLoad, list[str]]:
    """Note that a load was loaded; return it and notes for the user (Swedish sentences).

    Raises:
        RegisterError: there is none.
    """
    load = find_load(register, text)
    if load.state == LOADED:
        return load, ["Den var redan noterad som inläst."]
    notes = []
    earlier = stored_loads(
        register, "environment = ? AND number < ? AND state = ?", (load.environment, load.number, MADE)
    )
    if earlier:
        notes.append(
            f"Tidigare inläsningar för {load.environment} är inte noterade som inlästa: {_numbers(earlier)}."
        )
    if load.state == TAKEN_BACK and (later := _later_loads(register, load)):
        notes.append(
            f"Senare inläsningar gäller delvis samma adressater och kontrakt: {', '.join(later)}. Det som är "
            "inläst sist gäller i TAK."
        )
    with register.translated_errors():
        against = stops(register.connection, load.number)
    notes += [
        f"{about_stop(stop.case, map(shown, stop.sentences))} Ska inläsningen inte gälla, ta tillbaka den "
        "med underlag register angra. Svara annars beställaren och notera svaret med underlag register "
        "svarat."
        for stop in against
    ]
    _set_state(register, load, LOADED, Event.LOADED, now)
    return load, notes


def mark_not_loaded(register: Register, text: str, now: datetime) -> tuple[StoredLoad, list[str]]:
    """Correct a mistaken note that a load was loaded or taken back; return it and notes for the user.

    Raises:
        RegisterError: there is none.
    """
    load = find_load(register, text)
    if load.state == MADE:
        return load, ["Den var redan noterad så."]
    _set_state(register, load, MADE, Event.NOT_LOADED, now)
    return load, []


def _numbers(loads: Sequence[StoredLoad]) -> str:
    return ", ".join(f"{one.number:04d}" for one in loads)


def taking_back(register: Register, text: str) -> TakingBack:
    """Return what to load to take back a load, and what to know; note nothing.

    Raises:
        RegisterError: there is none, or it was loaded and its folder is gone.
    """
    load = find_load(register, text)
    names, lost = _undo_of(load)
    notes = []
    if load.state == MADE:
        notes.append(
            "Inläsningen är inte noterad som inläst och räknas som aldrig inläst: då behöver ingenting "
            "läsas in. Är den inläst, notera det först med underlag register inlast."
        )
    if len(cases := _cases_of(register, load)) > 1:
        notes.append(
            f"Inläsningen gäller flera ärenden, och alla tas tillbaka: {listed(cases, most=MOST_NAMED)}. Ska "
            "bara en regions rader tas bort: låt inläsningen vara och lämna in en arbetsbok som tar bort dem "
            "(underlag kundservice --ta-bort)."
        )
    if later := _later_loads(register, load):
        notes.append(_later_first(later))
    if lost:
        notes.append(not_restored(lost))
    if waiting := _waiting_against(register, load):
        notes.append(
            f"{counted_in_notice(waiting, 'rad som väntar gör', 'rader som väntar gör')} "
            "det mot den här inläsningen. "
            "Nästa körning bedömer dem på nytt, och de kan då bli klara att läsa in."
        )
    if repeated := _repeated_by(register, load):
        books = listed([f"arbetsbok {number} ({shown(name)})" for number, name in repeated], most=MOST_NAMED)
        notes.append(
            f"Rader i inläsningen står också i {books} och räknades där som redan beställda. De beställs "
            "inte av sig själva. Ska de beställas behövs en ny arbetsbok, eller att samma inläsning läses in "
            "igen."
        )
    if load.state == TAKEN_BACK:
        notes.append(_TAKEN_BACK)
    return TakingBack(load, sorted(names, key=natural), notes, not lost or load.state != LOADED)


def _undo_of(load: StoredLoad) -> tuple[list[str], dict[int, int]]:
    """Return the undo files of a load, and how many rows of which earlier loads they do not restore.

    A load that was never loaded needs no undo, so that it can be taken back also when its folder is lost.
    """
    if load.state == MADE and not load.folder.is_dir():
        return [], {}
    try:
        index = json_text.parse((load.folder / INDEX).read_bytes())
        names = [file["namn"] for file in index["filer"] if file["namn"].startswith("tak/aterstall-")]
        return names, {one["inlasning"]: one["rader"] for one in index.get("aterstalls_inte", ())}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RegisterError(
            f"{load.folder} saknas eller är skadad. Lägg tillbaka mappen från en säkerhetskopia."
        ) from error


def take_back(register: Register, text: str, now: datetime) -> TakingBack:
    """Note that a load is taken back, unless it was noted before, and return what to load for that.

    Raises:
        RegisterError: there is none, it was loaded and its folder is gone, or later loads are to be taken
            back before it.
    """
    found = taking_back(register, text)
    if found.load.state == TAKEN_BACK:
        return found
    if later := _later_loads(register, found.load):
        raise RegisterError(f"{_later_first(later)} Ingenting är noterat.")
    note = "" if found.restores else NOT_RESTORED
    _set_state(register, found.load, TAKEN_BACK, Event.TAKEN_BACK, now, note)
    return found


def _later_first(later: Sequence[str]) -> str:
    return (
        f"Senare inläsningar gäller delvis samma adressater och kontrakt: {', '.join(later)}. "
        "Ta tillbaka dem först, den senaste först."
    )


def _later_loads(register: Register, load: StoredLoad) -> list[str]:
    """Return the later loads, the latest first, that change a route or an authorization of this load.

    An addressee that every region orders, such as Webcert's own, is in most loads, for other consumers.
    """
    found = register.query(
        "SELECT DISTINCT later.load FROM rows AS own JOIN heads AS own_head ON own_head.number = own.head "
        "JOIN rows AS later ON later.unit = own.unit AND later.contract = own.contract "
        "AND later.load > own.load JOIN heads AS later_head ON later_head.number = later.head "
        "JOIN loads ON loads.number = later.load "
        "WHERE own.load = ? AND later.reason != 'samma-rad' AND environment = ? AND loads.state != ? "
        "AND (later_head.consumer = own_head.consumer "
        "OR (later_head.kind = 'producer' AND own_head.kind = 'producer')) ORDER BY 1 DESC",
        (load.number, load.environment, TAKEN_BACK),
    )
    return [f"{number:04d}" for (number,) in found]


def _cases_of(register: Register, load: StoredLoad) -> list[str]:
    """Return the cases whose rows are in a load, with their regions and how many rows."""
    found = register.query(
        "SELECT cases.number, region, count(*) FROM rows JOIN books ON books.number = rows.book "
        "JOIN cases ON cases.number = books.case_number WHERE rows.load = ? GROUP BY 1 ORDER BY 1",
        (load.number,),
    )
    return [
        f"ärende {number} ({', '.join(filter(None, (shown(region), counted(rows, 'rad', 'rader'))))})"
        for number, region, rows in found
    ]


def _waiting_against(register: Register, load: StoredLoad) -> int:
    """Return how many rows wait because of a row of a load."""
    (found,) = register.query(
        "SELECT count(*) FROM rows AS waiting JOIN rows AS own ON own.number = waiting.other "
        "WHERE waiting.state = 'väntar' AND own.load = ?",
        (load.number,),
    )
    return int(found[0])


def _repeated_by(register: Register, load: StoredLoad) -> list[tuple[int, str]]:
    """Return number and name of the workbooks whose rows were left out as duplicates of a load's.

    Rows of addressees that wait are judged anew with what waits.
    """
    return register.query(
        "SELECT DISTINCT books.number, books.name FROM rows AS repeated "
        "JOIN rows AS own ON own.number = repeated.other JOIN books ON books.number = repeated.book "
        "WHERE repeated.other > 0 AND repeated.reason = 'dubblett' AND own.load = ? "
        "AND repeated.book != own.book AND NOT EXISTS (SELECT 1 FROM rows AS waiting "
        "WHERE waiting.unit = repeated.unit AND waiting.state = 'väntar') ORDER BY 1",
        (load.number,),
    )


def _set_state(  # noqa: PLR0917 - the parts of a note
    register: Register, load: StoredLoad, state: str, event: Event, now: datetime, text: str = ""
) -> None:
    with register.transaction() as database:
        database.execute("UPDATE loads SET state = ? WHERE number = ?", (state, load.number))
        EventLog(database, now, user()).add(event, load=load.number, text=text)
