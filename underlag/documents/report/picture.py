"""The picture of who calls whom, as inline SVG: a lane for each call, left to right through the platform."""

from collections.abc import Sequence
from typing import Final

from markupsafe import Markup, escape

from underlag.documents.report.calls import Call, Node
from underlag.text.numbers import counted

_WIDTH: Final = 1000
_BOX: Final = 262
_BUS_LEFT: Final = 560
_BUS_WIDTH: Final = 64
_RIGHT: Final = _WIDTH - _BOX - 1
_HEAD: Final = 34
_LANE: Final = 118
_BOX_HEIGHT: Final = 84
_MOST_CONTRACTS: Final = 3

#: Characters that fit in a line of a box, on the safe side: names are set in a proportional font.
_NAME_WIDTH: Final = 30
_CONTRACT_WIDTH: Final = 37
_ID_WIDTH: Final = 31


def picture(calls: Sequence[Call], *, platform: str = "") -> Markup:
    """Draw the calls.

    The picture has a title and a description for users who do not see it; `Call.text` states the same in
    full.

    Args:
        calls: at least one.
        platform: the platform, e.g. NTJP-PROD; '' if unknown.

    Returns:
        An `<svg>` element, with all text escaped.
    """
    height = _HEAD + _LANE * len(calls) + 2
    lanes = "".join(_lane(call, _HEAD + _LANE * place) for place, call in enumerate(calls))
    description = " ".join(f"{call.consumer.name} anropar {call.producer.name}." for call in calls)
    return Markup(  # noqa: S704 - all text is escaped where it is drawn
        f'<svg class="bild" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img"'
        ' aria-labelledby="bild-titel bild-text">\n'
        '<title id="bild-titel">Vem anropar vem genom Tjänsteplattformen</title>\n'
        f'<desc id="bild-text">{escape(description)}</desc>\n'
        '<defs><marker id="spets" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8"'
        ' orient="auto"><path d="M0 1 9 5 0 9z" class="spets"/></marker></defs>\n'
        f"{_heads()}{_bus(height, platform)}{lanes}</svg>"
    )


def _heads() -> str:
    return (
        '<text x="1" y="15" class="rubrik">Anropar (tjänstekonsument)</text>'
        f'<text x="{_RIGHT}" y="15" class="rubrik">Svarar</text>\n'
    )


def _bus(height: int, platform: str) -> str:
    """Draw the platform."""
    middle = _BUS_LEFT + _BUS_WIDTH / 2
    centre = (_HEAD + height) / 2
    name = f"Tjänsteplattformen {platform}".strip() if height > _HEAD + 2 * _LANE else "Tjänsteplattformen"
    return (
        f'<rect x="{_BUS_LEFT}" y="{_HEAD - 8}" width="{_BUS_WIDTH}" height="{height - _HEAD + 6}" rx="6"'
        ' class="plattform"/>'
        f'<text transform="translate({middle:.0f} {centre:.0f}) rotate(-90)" dy="5" class="plattform-namn">'
        f"{escape(name)}</text>\n"
    )


def _lane(call: Call, top: int) -> str:
    """Draw one call: consumer, arrows, producer, contracts and addressees."""
    middle = top + _BOX_HEIGHT // 2 + 6
    kind = "anrop bort" if call.removed else "anrop"
    gap = 6
    arrows = "".join(
        f'<line x1="{start}" y1="{middle}" x2="{end}" y2="{middle}" class="{kind}" marker-end="url(#spets)"/>'
        for start, end in (
            (1 + _BOX + gap, _BUS_LEFT - gap),
            (_BUS_LEFT + _BUS_WIDTH + gap, _RIGHT - gap),
        )
    )
    boxes = _box(call.consumer, 1, top + 6) + _box(call.producer, _RIGHT, top + 6)
    return f"<g>{boxes}{arrows}{_contracts(call, middle)}{_addressees(call, middle)}</g>\n"


def _box(node: Node, left: int, top: int) -> str:
    """Draw a party."""
    lines = _folded(node.name, _NAME_WIDTH, 2)
    kind = "part fast" if node.fixed else "part"
    label = "" if node.label == node.name else node.label
    rows = len(lines) + bool(label)
    start = top + _BOX_HEIGHT / 2 - (rows - 1) * 10 + 5
    texts = [_text(left + 14, start + 20 * place, "namn", line) for place, line in enumerate(lines)]
    if label:
        texts.append(_text(left + 14, start + 20 * len(lines), "hsa", _cut(label, _ID_WIDTH)))
    return (
        f'<g><title>{escape(node.text)}</title><rect x="{left}" y="{top}" width="{_BOX}"'
        f' height="{_BOX_HEIGHT}" rx="5" class="{kind}"/>{"".join(texts)}</g>'
    )


def _contracts(call: Call, middle: int) -> str:
    """Draw the contracts at the line; with several, the line passes between the first and the others."""
    titles = list(call.contracts)
    shown = titles if len(titles) <= _MOST_CONTRACTS else titles[: _MOST_CONTRACTS - 1]
    if len(shown) < len(titles):
        shown.append(f"och {len(titles) - len(shown)} kontrakt till")
    x = (1 + _BOX + _BUS_LEFT) // 2
    return "".join(
        _text(
            x, middle - 9 if place == 0 else middle + 4 + 17 * place, "kontrakt", _cut(title, _CONTRACT_WIDTH)
        )
        for place, title in enumerate(shown)
    )


def _addressees(call: Call, middle: int) -> str:
    x = (_BUS_LEFT + _BUS_WIDTH + _RIGHT) // 2
    text = _text(x, middle - 9, "antal", counted(call.addressees, "adressat", "adressater"))
    return text + _text(x, middle + 21, "antal", "tas bort") if call.removed else text


def _text(x: float, y: float, kind: str, text: str) -> str:
    """Draw a line of text, which is escaped."""
    return f'<text x="{x:g}" y="{y:g}" class="{kind}">{escape(text)}</text>'


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: width - 1].rstrip()}…"


def _folded(text: str, width: int, most: int) -> list[str]:
    """Return a name in at most `most` lines, broken at blanks if possible."""
    lines: list[str] = []
    rest = text.strip()
    while rest and len(lines) < most - 1 and len(rest) > width:
        cut = rest.rfind(" ", 1, width + 1)
        cut = width if cut < 0 else cut
        # The usual form is 'organisation -- system'; a line break in that place makes the dashes redundant.
        lines.append(rest[:cut].rstrip().removesuffix(" --"))
        rest = rest[cut:].lstrip().removeprefix("-- ")
    return [*lines, _cut(rest, width)]
