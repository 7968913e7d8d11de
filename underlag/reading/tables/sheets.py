"""Which sheet is which, by likeness of their names, and which profile fits a workbook.

Findings: FLI002, FLI010, FLI020.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from underlag.findings import Finding, finding
from underlag.profiles.profile import Profile, SheetSpec
from underlag.reading.cells.likeness import EQUALLY, LONGEST, compact, compact_sheet, ratio
from underlag.reading.formats.grid import Sheet
from underlag.text.lists import MOST_NAMED, listed

#: Names of the sheet with the order's details.
ORDER_SHEET = ("Beställning", "Beställningsuppgifter", "Orderuppgifter", "Uppgifter om beställningen")


@dataclass(slots=True)
class MatchedSheets:
    """The workbook's sheets by the profile's keys, the sheet with the order's details, and what was found."""

    by_key: dict[str, Sheet] = field(default_factory=dict)
    order: Sheet | None = None
    ambiguous: set[str] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)


def likeness(name: str, spec: SheetSpec) -> float:
    """Return how well a sheet's name fits a sheet of the profile, 0 to 1."""
    wanted = compact_sheet(name)
    return max(ratio(wanted, compact_sheet(known)) for known in (spec.title, *spec.aliases))


def fit(profile: Profile, names: Sequence[str], file_name: str) -> tuple[float, bool]:
    """Return how well a workbook fits a profile: by its sheets, and whether the file's name speaks for it."""
    names = [name for name in names if len(name) <= LONGEST]
    found = sum(max((likeness(name, spec) for name in names), default=0.0) for spec in profile.sheets)
    stem = compact(profile.file_name.partition("{")[0])
    return found / len(profile.sheets), bool(stem) and compact(file_name).startswith(stem)


def choose_profile(known: Sequence[Profile], names: Sequence[str], file_name: str) -> Profile | None:
    """Return the profile that the sheets fit best; the file's name decides between equals."""
    ranked = sorted(known, key=lambda profile: fit(profile, names, file_name), reverse=True)
    return ranked[0] if ranked and any(fit(ranked[0], names, file_name)) else None


def match_sheets(profile: Profile, sheets: Sequence[Sheet]) -> MatchedSheets:
    """Find each sheet of the profile in the workbook; what is left over is said.

    A name that fits exactly goes before one that only resembles. Two that fit equally well are refused,
    unless all but one of them are empty.
    """
    matched = MatchedSheets()
    free = list(sheets)
    for sheet in free:
        if compact(sheet.name) in map(compact, ORDER_SHEET):
            matched.order = sheet
            free.remove(sheet)
            break
    for spec in profile.sheets:
        ranked = [(likeness(sheet.name, spec), sheet) for sheet in free if _belongs(sheet, spec, profile)]
        if not ranked:
            continue
        best = max(score for score, _ in ranked)
        equal = [
            sheet for score, sheet in ranked if score >= best - EQUALLY and (score == 1.0) == (best == 1.0)
        ]
        filled = [sheet for sheet in equal if _has_values(sheet)] or equal[:1]
        if len(filled) > 1:
            matched.ambiguous.add(spec.key)
            names = listed([f"”{sheet.name}”" for sheet in filled], most=MOST_NAMED)
            matched.findings.append(finding("FLI002", sheet=filled[0].name, sökt=spec.title, flikar=names))
            for sheet in filled:
                free.remove(sheet)
            continue
        matched.by_key[spec.key] = filled[0]
        free.remove(filled[0])
    matched.findings += _about_layout(matched)
    matched.findings += _left_over(free)
    return matched


def _belongs(sheet: Sheet, spec: SheetSpec, profile: Profile) -> bool:
    """Whether a sheet fits this part of the profile, and no other part better."""
    own = likeness(sheet.name, spec)
    return own > 0 and all(likeness(sheet.name, other) <= own for other in profile.sheets)


def _has_values(sheet: Sheet) -> bool:
    return any(cell != "" for row in sheet.rows for cell in row) or bool(sheet.errors or sheet.uncached)


def _about_layout(matched: MatchedSheets) -> list[Finding]:
    used = [*matched.by_key.values(), *([matched.order] if matched.order else [])]
    return [finding("FLI020", sheet=sheet.name) for sheet in used if not sheet.visible]


def _left_over(sheets: list[Sheet]) -> list[Finding]:
    return [finding("FLI010", sheet=sheet.name) for sheet in sheets if _has_values(sheet)]
