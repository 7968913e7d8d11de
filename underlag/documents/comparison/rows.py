"""The rows of a comparison for display: first those that need a decision, then the new ones."""

from collections.abc import Sequence
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from underlag.characters.cleaning import visible
from underlag.privacy.masking import masked
from underlag.tak.compare.comparison import RouteState, since, target
from underlag.tak.compare.whole_units import HALF

if TYPE_CHECKING:
    from underlag.tak.compare.comparison import Comparison, Row


class Part(Enum):
    """What a row requires of its reader: heading and explanation."""

    STOPPED = (
        "Går inte att beställa",
        "TAK skulle neka raden, avsluta någon annans vägval eller inte träffa det som ska tas bort.",
    )
    HELD_BACK = (
        "Ersätter ett vägval (beställs inte utan --ersatt-vagval)",
        "TAK har ett enda vägval för varje adressat och kontrakt och byter ut det utan att fråga.",
    )
    WAITS = (
        "Väntar på vägvalet i den andra riktningen (beställs inte utan --ersatt-vagval)",
        "Enheten skulle annars få trafik i den ena riktningen men inte i den andra.",
    )
    CHANGES = (
        "Ändras av beställningen",
        "Det här skapas, förlängs eller tas bort när beställningen läses in.",
    )
    DONE = ("Redan som underlaget vill", "Här finns inget kvar att beställa.")

    @property
    def heading(self) -> str:
        """The part's heading."""
        return self.value[0]

    @property
    def meaning(self) -> str:
        """A sentence that explains the part."""
        return self.value[1]


class ShownRow(NamedTuple):
    """A row as text. `cell` is its addressee's cell; `in_tak` describes the TAK's route."""

    sheet: str
    cell: str
    addressee: str
    name: str
    contract: str
    route: str
    authorization: str
    in_tak: str


def parts(comparison: "Comparison") -> list[tuple[Part, list["Row"]]]:
    """Group the rows by what they require of the reader; omit parts without rows."""
    found: dict[Part, list[Row]] = {part: [] for part in Part}
    for row in comparison.rows:
        found[_part(row)].append(row)
    return [(part, rows) for part, rows in found.items() if rows]


def _part(row: "Row") -> Part:
    if row.error or (row.is_done and row.is_unclean):
        return Part.STOPPED
    if row.held_back:
        return Part.WAITS if row.held_back.code == HALF else Part.HELD_BACK
    return Part.DONE if row.is_done else Part.CHANGES


def shown_row(row: "Row") -> ShownRow:
    """Return a row as text, with invisible characters made visible."""
    addressee = row.entry.addressee
    return ShownRow(
        sheet=row.entry.sheet,
        cell=(addressee.cell if addressee else "") or f"rad {row.entry.row}",
        addressee=visible(row.addressee),
        name=visible(masked(row.name)),
        contract=row.request.contract.title,
        route=row.route.value if row.request.asks_route else f"{row.route.value} (beställs inte)",
        authorization=row.authorization.value,
        in_tak=_in_tak(row),
    )


def _in_tak(row: "Row") -> str:
    """Describe the TAK's route for a row: its producer, its start and the addressee's name."""
    word = "standardvägval" if row.route is RouteState.STANDARD else "vägval"
    texts = [f"{word} till {visible(target(route))}{since(route)}" for route in row.existing]
    if row.name_in_tak:
        texts.append(f"heter {masked(row.name_in_tak)}")
    return "; ".join(texts)


def cut(rows: Sequence["Row"], most: int) -> tuple[list[ShownRow], int]:
    """Return the first rows as text, and the number of the others."""
    return [shown_row(row) for row in rows[:most]], max(0, len(rows) - most)
