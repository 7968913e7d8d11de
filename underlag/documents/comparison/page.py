"""The comparison of a workbook with a TAK as one self-contained page with a chart of the counts."""

from typing import TYPE_CHECKING, Final, NamedTuple

from markupsafe import Markup

from underlag.characters.cleaning import shown
from underlag.documents.comparison.rows import ShownRow, cut, parts
from underlag.documents.report.comparison import comparison_view
from underlag.documents.report.findings import findings_view
from underlag.documents.report.verdict import verdict
from underlag.documents.templates import environment
from underlag.tak.compare.comparison import AuthorizationState, RouteState
from underlag.text.file_names import shown_name
from underlag.text.numbers import counted, number

if TYPE_CHECKING:
    from underlag.checked import Checked
    from underlag.tak.compare.comparison import Comparison

#: Maximum rows of a part on the page; more would only make it slow to open.
MOST_ROWS: Final = 1000

#: CSS classes of states that the order changes, and of the others.
_CHANGED: Final = "ny"
_TONES: Final[dict[str, str]] = {
    RouteState.PRESENT: "finns",
    RouteState.ABSENT: "finns",
    RouteState.OTHER_PRODUCER: "byts",
    RouteState.OTHER_ADDRESS: "byts",
    RouteState.UNCLEAR: "byts",
    RouteState.MISSING: "byts",
    RouteState.SEVERAL: "stopp",
    RouteState.UNCLEAN: "stopp",
    AuthorizationState.SEVERAL: "stopp",
    AuthorizationState.UNCLEAN: "stopp",
    AuthorizationState.NOT_ASKED: "finns",
}

_WIDTH: Final = 720
_LABEL: Final = 190
_COUNT: Final = 70
_LINE: Final = 28
_BAR: Final = 18
_HEAD: Final = 30


class _Table(NamedTuple):
    """The rows of one sheet and contract."""

    sheet: str
    contract: str
    rows: list[ShownRow]


class _PartView(NamedTuple):
    """A part of the rows on the page; `left` is a sentence when the page omits some."""

    key: str
    heading: str
    meaning: str
    how_many: str
    tables: list[_Table]
    left: str


def render_comparison(checked: "Checked", comparison: "Comparison | None") -> bytes:
    """Return the page as UTF-8. It loads nothing from outside, and works without scripts.

    Args:
        checked: the workbook, with the comparison's findings.
        comparison: the comparison, None when no TAK could be read.
    """
    page = (
        environment()
        .get_template("jamforelse.html")
        .render(
            name=shown(shown_name(checked.underlag.source.name)),
            verdict=verdict(checked),
            comparison=comparison_view(comparison) if comparison else None,
            picture=count_picture(comparison) if comparison and comparison.rows else "",
            parts=_part_views(comparison) if comparison else [],
            findings=findings_view(checked.findings, "i resultatet av underlag jamfor --format json"),
            page=None,  # nothing is mended there
        )
    )
    return page.encode("utf-8", "replace")


def _part_views(comparison: "Comparison") -> list[_PartView]:
    """Return the parts with their rows by sheet and contract, up to the maximum."""
    views = []
    for part, members in parts(comparison):
        rows, left = cut(members, MOST_ROWS)
        note = f"Här visas de första {number(MOST_ROWS)}. Alla finns i --format json." if left else ""
        tables: dict[tuple[str, str], _Table] = {}
        for row in rows:
            table = tables.setdefault((row.sheet, row.contract), _Table(row.sheet, row.contract, []))
            table.rows.append(row)
        count = counted(len(members), "rad", "rader")
        key = part.name.lower()
        views.append(_PartView(key, part.heading, part.meaning, count, list(tables.values()), note))
    return views


class _Chart(NamedTuple):
    """One chart: its title, and for each state its name, count and CSS class."""

    title: str
    bars: list[tuple[str, int, str]]


def count_picture(comparison: "Comparison") -> Markup:
    """Draw how many routes and authorizations are in each state, as an `<svg>` element.

    Each bar has its state and number in words, so that nothing depends on colour alone.
    """
    routes, authorizations = comparison.route_counts(), comparison.authorization_counts()
    charts = [
        _Chart("Vägval", [(s.value, n, _TONES.get(s, _CHANGED)) for s, n in routes.items()]),
        _Chart(
            "Anropsbehörigheter", [(s.value, n, _TONES.get(s, _CHANGED)) for s, n in authorizations.items()]
        ),
    ]
    charts = [chart for chart in charts if chart.bars]
    most = max((count for chart in charts for _, count, _ in chart.bars), default=1)
    drawn, top = Markup(""), 0
    for chart in charts:
        drawn += _drawn(chart, top, most)
        top += _HEAD + _LINE * len(chart.bars) + 16
    note = " ".join(
        f"{chart.title}: {', '.join(f'{state} {number(count)}' for state, count, _ in chart.bars)}."
        for chart in charts
    )
    return Markup(
        '<svg class="staplar" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img"'
        ' aria-labelledby="staplar-titel staplar-text">\n'
        '<title id="staplar-titel">Så står underlaget mot TAK</title>\n'
        '<desc id="staplar-text">{note}</desc>\n{drawn}</svg>'
    ).format(width=_WIDTH, height=top, note=note, drawn=drawn)


def _drawn(chart: _Chart, top: int, most: int) -> Markup:
    """Draw one chart with its title and bars."""
    bars = Markup('<text x="0" y="{y}" class="rubrik">{title}</text>\n').format(y=top + 18, title=chart.title)
    room = _WIDTH - _LABEL - _COUNT
    for place, (state, count, tone) in enumerate(chart.bars):
        y = top + _HEAD + _LINE * place
        width = max(2.0, room * count / most)
        bars += Markup(
            '<text x="{label}" y="{text}" class="lage">{state}</text>'
            '<rect x="{x}" y="{y}" width="{width:.1f}" height="{bar}" class="{tone}"/>'
            '<text x="{end:.1f}" y="{text}" class="tal">{count}</text>\n'
        ).format(
            label=_LABEL - 12,
            text=y + 14,
            state=state,
            x=_LABEL,
            y=y,
            width=width,
            bar=_BAR,
            tone=tone,
            end=_LABEL + width + 8,
            count=number(count),
        )
    return bars
