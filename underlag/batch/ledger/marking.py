"""What people tell the ledger: a load is loaded or taken back, a case is closed."""

import re
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from underlag import json_text
from underlag.batch.ledger.events import Event, EventLog, user
from underlag.batch.ledger.keep import StoredLoad, stored_loads
from underlag.batch.ledger.settle import LOADED, MADE, TAKEN_BACK
from underlag.batch.register.database import RegisterError
from underlag.batch.register.store import Register
from underlag.documents.package_names import INDEX
from underlag.profiles import profiles
from underlag.tak.follow_up import FollowUp


class TakingBack(NamedTuple):
    """How a load is taken back: the undo files to load, in order, and what to know (Swedish sentences)."""

    load: StoredLoad
    files: list[str]
    notes: list[str]


def find_load(register: Register, text: str) -> StoredLoad:
    """Return a load by number ('0007', '7') or folder name ('0007-PROD').

    Raises:
        RegisterError: there is none.
    """
    found = re.fullmatch(r"0*([0-9]{1,9})(?:-[A-Z0-9-]+)?", text.strip().upper())
    loads = stored_loads(register, "number = ?", (int(found[1]),)) if found else []
    if not loads:
        raise RegisterError(
            f"Det finns ingen inläsning {text}. underlag register handelser visar vilka som finns."
        )
    return loads[0]


def mark_loaded(register: Register, text: str, now: datetime) -> tuple[StoredLoad, list[str]]:
    """Note that a load was loaded; return it and what to know.

    Raises:
        RegisterError: there is none.
    """
    load = find_load(register, text)
    if load.state == LOADED:
        return load, ["Den var redan noterad som inläst."]
    earlier = [
        f"{one.number:04d}"
        for one in stored_loads(
            register,
            "environment = ? AND number < ? AND state = ?",
            (load.environment, load.number, MADE),
        )
    ]
    notes = (
        [f"Tidigare inläsningar för {load.environment} är inte noterade som inlästa: {', '.join(earlier)}."]
        if earlier
        else []
    )
    _set_state(register, load, LOADED, Event.LOADED, now)
    return load, notes


def take_back(register: Register, text: str, now: datetime) -> TakingBack:
    """Note that a load is taken back, and return what to load for that.

    Raises:
        RegisterError: there is none, or its folder is gone.
    """
    load = find_load(register, text)
    try:
        index = json_text.parse((load.folder / INDEX).read_bytes())
        names = sorted(file["namn"] for file in index["filer"] if file["namn"].startswith("tak/aterstall-"))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RegisterError(
            f"{load.folder} saknas eller är skadad. Lägg tillbaka mappen från en säkerhetskopia."
        ) from error
    notes = []
    if load.state == MADE:
        notes.append(
            "Inläsningen var inte noterad som inläst. Är den inte inläst behöver ingenting läsas in."
        )
    if later := _later_loads(register, load):
        notes.append(
            f"Senare inläsningar gäller delvis samma adressater och kontrakt: {', '.join(later)}. "
            "Återställ dem först, "
            "den senaste först."
        )
    if load.state == TAKEN_BACK:
        notes.append("Den var redan noterad som återtagen.")
    else:
        _set_state(register, load, TAKEN_BACK, Event.TAKEN_BACK, now)
    return TakingBack(load, sorted(names, key=_order_of_steps), notes)


def _order_of_steps(name: str) -> list[tuple[int, str]]:
    """Return a key that sorts numbers in names by their value."""
    return [(int(part) if part.isdigit() else 0, part) for part in re.split(r"([0-9]+)", name)]


def _later_loads(register: Register, load: StoredLoad) -> list[str]:
    found = register.query(
        "SELECT DISTINCT later.load FROM rows AS own JOIN rows AS later ON later.unit = own.unit "
        "AND later.contract = own.contract AND later.load > own.load JOIN loads ON loads.number = later.load "
        "WHERE own.load = ? AND later.reason != 'samma-rad' AND environment = ? AND loads.state != ? "
        "ORDER BY 1 DESC",
        (load.number, load.environment, TAKEN_BACK),
    )
    return [f"{number:04d}" for (number,) in found]


def _set_state(register: Register, load: StoredLoad, state: str, event: Event, now: datetime) -> None:
    with register.transaction() as database:
        database.execute("UPDATE loads SET state = ? WHERE number = ?", (state, load.number))
        EventLog(database, now, user()).add(event, load=load.number)


def close_case(register: Register, number: int, now: datetime) -> int:
    """Close a case; return how many of its rows waited and are left out now.

    Raises:
        RegisterError: there is no such open case.
    """
    with register.transaction() as database:
        found = database.execute("SELECT closed_at FROM cases WHERE number = ?", (number,)).fetchone()
        if found is None or found[0]:
            raise RegisterError(
                f"Ärende {number} är redan stängt." if found else f"Det finns inget ärende {number}."
            )
        waiting = database.execute(
            "UPDATE rows SET state = 'utelämnad', reason = 'bortvald' WHERE state = 'väntar' "
            "AND book IN (SELECT number FROM books WHERE case_number = ?)",
            (number,),
        ).rowcount
        database.execute("UPDATE cases SET closed_at = ? WHERE number = ?", (now.isoformat(), number))
        EventLog(database, now, user()).add(
            Event.CLOSED, case=number, text=f"{waiting} väntande rader bortvalda"
        )
    return waiting


def note_follow_up(register: Register, folder: Path, found: FollowUp, now: datetime) -> bool:
    """Note which rows of a load a follow-up found live; return False for a folder that is no load."""
    load = next((one for one in stored_loads(register) if one.folder.resolve() == folder), None)
    if load is None:
        return False
    namespaces = {
        contract.title: contract.namespace.lower()
        for profile in profiles().values()
        for contract in profile.contracts
    }
    wrong = {(item.row.addressee, item.row.contract) for item in found.items if not item.is_right}
    with register.transaction() as database:
        log = EventLog(database, now, user())
        right = len(found.items) - sum(not item.is_right for item in found.items)
        log.add(Event.FOLLOWED_UP, load=load.number, text=f"{right} av {len(found.items)} som beställt")
        for number, hsa_id, contract in database.execute(
            "SELECT rows.number, hsa_id, text FROM rows JOIN units ON units.number = unit "
            "JOIN texts ON texts.number = contract WHERE load = ?",
            (load.number,),
        ).fetchall():
            if (hsa_id, namespaces.get(contract, "")) in wrong:
                log.add(Event.NOT_LIVE, load=load.number, row=number)
        if found.is_live:
            log.add(Event.VERIFIED, load=load.number)
    return True
