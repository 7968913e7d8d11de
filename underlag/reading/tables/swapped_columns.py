"""Columns whose contents have changed places: addresses or HSA-IDs where names belong, and the reverse.

Findings: FLI052.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from underlag.findings import Finding, finding
from underlag.profiles.profile import SheetSpec
from underlag.reading.cells.cell_text import one_value
from underlag.workbook import Field, column_letters

#: Pairs that people mix up: what has a form, and the name.
_NAMES: Final = ("producer_name", "consumer_name", "addressee_name")
_FORMED: Final = ("url", "producer", "consumer", "addressee")


def about_swapped(
    sheet: str, spec: SheetSpec, parts: Mapping[str, Sequence[Field]]
) -> tuple[list[Finding], set[tuple[str, int, int]]]:
    """Say which two columns hold what belongs in the other.

    Args:
        sheet: the sheet's name.
        spec: what the profile says of it.
        parts: the Fields that were read of it, by role.

    Returns:
        One finding for each pair, and the positions of their cells, of which nothing more can be said.
    """
    findings: list[Finding] = []
    cells: set[tuple[str, int, int]] = set()
    for name_role in _NAMES:
        names = parts.get(name_role, ())
        for role in _FORMED:
            values = parts.get(role, ())
            has_form = one_value(role)
            if not _all_have(names, has_form) or not _none_has(values, has_form):
                continue
            first, other = values[0], names[0]
            titles = [column.title for one in (role, name_role) if (column := spec.column(one))]
            letters = [column_letters(value.column) for value in (first, other)]
            findings.append(
                finding(
                    "FLI052",
                    sheet=sheet,
                    kolumner=" och ".join(f"”{t}” ({c})" for t, c in zip(titles, letters, strict=False)),
                    exempel=f"”{first.text}” står i {first.cell} och ”{other.text}” i {other.cell}",
                )
            )
            cells.update(value.position for value in (*values, *names))
            break
    return findings, cells


def _all_have(values: Sequence[Field], has_form: Callable[[str], object]) -> bool:
    """Whether every filled cell has a form; mostly the first has not, and that is enough."""
    filled = (value.text for value in values if value.text)
    first = next(filled, "")
    return bool(first) and bool(has_form(first)) and all(map(has_form, set(filled)))


def _none_has(values: Sequence[Field], has_form: Callable[[str], object]) -> bool:
    texts = {value.text for value in values if value.text and value.column}
    return bool(texts) and not any(map(has_form, texts))
