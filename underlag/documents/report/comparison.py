"""The comparison with a TAK on the report page: how many rows are in each state."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final, NamedTuple

from underlag.characters.cleaning import shown
from underlag.tak.compare.comparison import AuthorizationState, RouteState
from underlag.tak.compare.whole_units import HALF
from underlag.text.file_names import shown_name
from underlag.text.numbers import counted, number

if TYPE_CHECKING:
    from underlag.tak.compare.comparison import Comparison

_ROUTES: Final = {
    RouteState.NEW: "Vägvalet finns inte i TAK och skapas av beställningen.",
    RouteState.PRESENT: "Vägvalet finns redan, till samma producent och samma anropsadress.",
    RouteState.LATER: "Vägvalet finns redan, men börjar gälla först efter datumet för ändringen.",
    RouteState.STANDARD: "Adressaten nås i dag genom ett standardvägval och får nu ett eget.",
    RouteState.OTHER_PRODUCER: "Vägvalet leder i dag till en annan producent.",
    RouteState.OTHER_ADDRESS: "Vägvalet leder i dag till rätt producent, men på en annan anropsadress.",
    RouteState.UNCLEAR: "TAK visar inte säkert vilken producent vägvalet leder till.",
    RouteState.SEVERAL: "TAK har flera vägval för samma adressat och tjänstekontrakt.",
    RouteState.MISSING: "Det finns inget vägval att följa.",
    RouteState.REMOVED: "Vägvalet finns och tas bort av beställningen.",
    RouteState.UNCLEAN: "Vägvalet är skrivet på ett annat sätt i TAK och tas inte bort av beställningen.",
    RouteState.ABSENT: "Vägvalet finns inte i TAK, så det finns inget att ta bort.",
}
_AUTHORIZATIONS: Final = {
    AuthorizationState.NEW: "Behörigheten finns inte i TAK och skapas av beställningen.",
    AuthorizationState.PRESENT: "Behörigheten finns redan.",
    AuthorizationState.LATER: "Behörigheten finns redan, men börjar gälla först efter datumet för ändringen.",
    AuthorizationState.STANDARD: "Konsumenten får i dag anropa genom en standardadress.",
    AuthorizationState.SEVERAL: "TAK har flera behörigheter för samma konsument, adressat och kontrakt.",
    AuthorizationState.REMOVED: "Behörigheten finns och tas bort av beställningen.",
    AuthorizationState.UNCLEAN: (
        "Behörigheten är skriven på ett annat sätt i TAK och tas inte bort av beställningen."
    ),
    AuthorizationState.ABSENT: "Behörigheten finns inte i TAK, så det finns inget att ta bort.",
    AuthorizationState.NOT_ASKED: "Underlaget begär ingen behörighet.",
}


class StateRow(NamedTuple):
    """A state, the number of rows in it, and its meaning."""

    state: str
    count_text: str
    meaning: str


class StateTable(NamedTuple):
    """The states of routes, or of authorizations."""

    caption: str
    rows: list[StateRow]


class ComparisonView(NamedTuple):
    """The comparison on the page.

    Attributes:
        intro: a sentence with the TAK and its day.
        tables: routes and authorizations; empty when there was nothing to compare.
        notes: further sentences.
    """

    intro: str
    tables: list[StateTable]
    notes: list[str]


def comparison_view(comparison: "Comparison") -> ComparisonView:
    """Return the comparison for the page."""
    catalogue = comparison.catalogue
    platform = f", {shown(catalogue.platform)}" if catalogue.platform else ""
    intro = (
        f"Jämfört med {shown(shown_name(catalogue.source))}{platform}, så som TAK såg ut {catalogue.taken}."
    )
    if not comparison.rows:
        return ComparisonView(intro, [], ["Det fanns inga rader att jämföra. Skälet står bland fynden."])
    tables = [
        StateTable("Vägval", _rows(comparison.route_counts(), _ROUTES)),
        StateTable("Anropsbehörigheter", _rows(comparison.authorization_counts(), _AUTHORIZATIONS)),
    ]
    return ComparisonView(intro, [table for table in tables if table.rows], list(_notes(comparison)))


def _rows(
    counts: Mapping[RouteState, int] | Mapping[AuthorizationState, int],
    meanings: Mapping[RouteState, str] | Mapping[AuthorizationState, str],
) -> list[StateRow]:
    texts = {state.value: meaning for state, meaning in meanings.items()}
    return [
        StateRow(state.value, number(count), texts[state.value]) for state, count in counts.items() if count
    ]


def _notes(comparison: "Comparison") -> Iterable[str]:
    """Yield the sentences below the tables."""
    done = sum(row.is_done for row in comparison.rows)
    if done:
        yield f"{counted(done, 'rad', 'rader')} är redan så som underlaget vill ha det."
    if comparison.other_names:
        rows = counted(comparison.other_names, "adressat", "adressater")
        yield f"{rows} har ett annat namn i TAK. Beställningen ändrar inte namnet."
    held_back = sum(row.held_back is not None and row.held_back.code != HALF for row in comparison.rows)
    if held_back and not comparison.options.replace_routes:
        rows = counted(held_back, "rad ersätter", "rader ersätter")
        yield f"{rows} ett vägval som någon annan kan använda. Vid fyndet står hur det beställs."
