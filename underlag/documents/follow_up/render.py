"""A follow-up in words: a table for the terminal, JSON for programs, a page for the browser."""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple

from underlag import json_text
from underlag.characters.cleaning import shown
from underlag.documents.templates import environment
from underlag.privacy.identity import shown_identity, shown_text
from underlag.profiles import profiles
from underlag.profiles.profile import ContractSpec
from underlag.tak.follow_up import FollowUp, Item, State
from underlag.tak.holdings.catalogue import contract_key
from underlag.text.lists import listed
from underlag.text.numbers import counted, number

#: Maximum rows on the terminal that are not as ordered.
_MOST: Final = 40

#: A state that is to change on a day ahead.
_AHEAD: Final = {
    State.LATER: "börjar {day}",
    State.ENDS_LATER: "upphör {day}",
    State.MISSING: "saknas, ska börja {day}",
    State.OTHERWISE: "i drift på annat sätt, ska ändras {day}",
    State.STILL_THERE: "finns kvar, ska upphöra {day}",
}


class UnitView(NamedTuple):
    """An addressee with its rows."""

    hsa_id: str
    name: str
    is_right: bool
    rows: Sequence[dict[str, str]]


def sentence(found: FollowUp) -> str:
    """Return the result in a sentence."""
    total = len(found.items)
    if found.is_live:
        return f"Allt är i drift som det beställdes: {counted(total, 'rad', 'rader')}."
    wrong = Counter(item.state for item in found.items if not item.is_right)
    counts = [f"{number(count)} {state.value}" for state, count in sorted(wrong.items())]
    ahead = sorted({item.row.day for item in found.items if item.changes})
    begins = f" Beställningen börjar gälla {listed([day.isoformat() for day in ahead])}." if ahead else ""
    return (
        f"{number(wrong.total())} av {counted(total, 'rad', 'rader')} är inte i drift som det beställdes: "
        f"{listed(counts)}.{begins}"
    )


def source_line(found: FollowUp) -> str:
    """Return which TAK was read, of which day, and for which day it was judged.

    What is not as ordered may have been loaded after that day.
    """
    taken, day = found.taken.isoformat(), found.day.isoformat()
    older = (
        ""
        if found.is_live or found.taken >= found.day
        else (f" Det som har lästs in efter {taken} syns inte: hämta en ny export och följ upp igen.")
    )
    return f"TAK: {shown(found.source)}, så som TAK såg ut {taken}. Bedömd för {day}.{older}"


def follow_up_text(found: FollowUp, *, everything: bool) -> str:
    """Return a table; of many rows that are not right the first, unless everything is asked for."""
    chosen = [item for item in found.items if everything or not item.is_right]
    shown_items = chosen if everything else chosen[:_MOST]
    lines = [_line(item) for item in shown_items]
    if len(chosen) > len(shown_items):
        lines.append(
            f"… och {counted(len(chosen) - len(shown_items), 'rad', 'rader')} till. --alla visar alla."
        )
    return "\n".join([*lines, sentence(found), source_line(found)])


def follow_up_json(found: FollowUp) -> bytes:
    """Return one object of the form that `schema.py` publishes."""
    return json_text.document(
        {
            "version": 1,
            "iDrift": found.is_live,
            "tak": found.source,
            "takDag": found.taken.isoformat(),
            "dag": found.day.isoformat(),
            "antal": {state.value: count for state, count in sorted(found.counts.items())},
            "enheter": [
                {
                    "hsaId": unit.hsa_id,
                    "namn": unit.name,
                    "iDrift": unit.is_right,
                    "rader": list(unit.rows),
                }
                for unit in _units(found)
            ],
        }
    )


def follow_up_html(found: FollowUp) -> bytes:
    """Return the page as UTF-8; it asks for nothing from outside."""
    page = (
        environment()
        .get_template("uppfoljning.html")
        .render(
            tone="ratt" if found.is_live else "varning",
            sentence=sentence(found),
            source=source_line(found),
            units=sorted(_units(found), key=lambda unit: unit.is_right),
        )
    )
    return page.encode("utf-8", "replace")


def _units(found: FollowUp) -> list[UnitView]:
    return [
        UnitView(
            shown_identity(hsa_id),
            shown_text(found.names.get(hsa_id, "")),
            all(item.is_right for item in items),
            [_row(item) for item in items],
        )
        for hsa_id, items in found.units.items()
    ]


@lru_cache(maxsize=1)
def _contracts() -> dict[str, ContractSpec]:
    """Return the contracts of the profiles by their keys of a Catalogue."""
    return {
        contract_key(contract.namespace): contract
        for profile in profiles().values()
        for contract in profile.contracts
    }


def _row(item: Item) -> dict[str, Any]:
    row = item.row
    contract = _contracts().get(row.contract)
    return {
        "slag": "vägval" if row.is_route else "anropsbehörighet",
        "atgard": "ta bort" if row.removes else "lägg till",
        "kontrakt": contract.namespace if contract else row.contract,
        "kontraktsnamn": contract.title if contract else row.contract,
        "system": row.party,
        "anropsadress": row.url,
        "fran": row.day.isoformat(),
        "lage": item.state.value,
        "lageText": state_text(item),
        "istallet": shown_text(item.instead),
    }


def state_text(item: Item) -> str:
    """Return the state of a row with the day on which it changes: 'börjar 2027-02-15'."""
    if item.changes is None:
        return item.state.value
    day = item.changes.isoformat()
    return _AHEAD[item.state].format(day=day)


def full_state(item: Item) -> str:
    """Return the state of a row with what the TAK has instead: 'i drift på annat sätt: SE… på https://…'."""
    return state_text(item) + (f": {shown(item.instead)}" if item.instead else "")


def _line(item: Item) -> str:
    row = item.row
    kind = "vägval till" if row.is_route else "anropsbehörighet för"
    verb = "Ta bort " if row.removes else ""
    contract = _contracts().get(row.contract)
    name = contract.title if contract else row.contract
    return f"{shown_identity(row.addressee)}  {verb}{kind} {row.party}, {name}  {full_state(item)}"
