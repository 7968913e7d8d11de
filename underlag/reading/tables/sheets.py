"""Matches a workbook's sheets with the profile's by similarity of names, and chooses the profile.

Findings: FLI002, FLI020.
"""

import itertools
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Final, NamedTuple

from underlag.account import UnresolvedSheet
from underlag.characters.likeness import EQUALLY, NearNames, compact
from underlag.findings import Finding, finding
from underlag.profiles.profile import Profile, SheetSpec
from underlag.reading.cells.header_names import LONGEST, compact_sheet
from underlag.reading.formats.grid import Sheet
from underlag.reading.tables.header_roles import Chosen
from underlag.reading.tables.shared_sheet import divided
from underlag.text.lists import MOST_NAMED, listed

#: The platform at the end of a file name, often omitted.
_PLATFORM: Final = re.compile(r"\s*\bntjp\s*$", re.IGNORECASE)
#: Rows searched for names of contracts, to distinguish profiles with the same sheets.
_ROWS_LOOKED_AT: Final = 60
_WORDS: Final = re.compile(r"[a-z]{8,}").findall
#: Names of the sheet with the order's details.
ORDER_SHEET = ("Beställning", "Beställningsuppgifter", "Orderuppgifter", "Uppgifter om beställningen")


class MatchedSheets:
    """The workbook's sheets by the profile's keys, the sheet with the order details, and the findings.

    Several sheets have one key where the user set that they are one sheet of the profile.
    `rest` are all other sheets that are not empty. `ambiguous` are, by key, the sheets that match one of the
    profile's equally well.
    """

    def __init__(self) -> None:
        self.by_key: dict[str, list[Sheet]] = {}
        self.order: Sheet | None = None
        self.rest: list[Sheet] = []
        self.ambiguous: dict[str, list[Sheet]] = {}
        self.unresolved: list[UnresolvedSheet] = []
        self.findings: list[Finding] = []


@lru_cache(maxsize=4096)  # the workbooks of a batch have the same sheets
def likeness(name: str, spec: SheetSpec, *, borrowed: bool = False) -> float:
    """Return how well a name matches a sheet of the profile, 0 to 1, with or without borrowed names."""
    known = (spec.title, *spec.aliases, *(spec.borrowed if borrowed else ()))
    return NearNames(map(compact_sheet, known)).best(compact_sheet(name))[1]


class _Fit(NamedTuple):
    """How well a workbook matches a profile, the most important criterion first.

    Attributes:
        named: whether the file's name follows the profile's pattern.
        own: the number of sheets whose name no other profile has.
        sheets: the number of the profile's sheets that it has, by similarity.
    """

    named: bool
    own: int
    sheets: float


def _fit(profile: Profile, names: tuple[str, ...], file_name: str, own: int) -> _Fit:
    """Score a workbook against a profile by the names of its sheets and its own name."""
    stem = _stem(profile)
    is_named = bool(stem) and compact(file_name).startswith(stem)
    return _Fit(is_named, own, _likeness_of_all(profile, names))


@lru_cache(maxsize=64)  # as above
def _likeness_of_all(profile: Profile, names: tuple[str, ...]) -> float:
    return sum(max((likeness(name, spec) for name in names), default=0.0) for spec in profile.sheets)


@lru_cache(maxsize=16)
def _stem(profile: Profile) -> str:
    """Return how the names of a profile's workbooks begin, in compact form."""
    return compact(_PLATFORM.sub("", profile.file_name.partition("{")[0]))


@lru_cache(maxsize=16)
def _names_of_sheets(profile: Profile) -> frozenset[str]:
    """Return the names of a profile's sheets in compact form."""
    names = (name for sheet in profile.sheets for name in (sheet.title, *sheet.aliases))
    return frozenset(map(compact_sheet, names))


@lru_cache(maxsize=16)  # as above
def _own_sheets(known: tuple[Profile, ...], names: tuple[str, ...]) -> Mapping[str, int]:
    """Return for each profile, by key, how many of the names only its sheets have."""
    wanted = frozenset(map(compact_sheet, names))
    of_profile = {profile.key: wanted & _names_of_sheets(profile) for profile in known}
    shared = Counter(itertools.chain.from_iterable(of_profile.values()))
    return {key: sum(shared[name] == 1 for name in found) for key, found in of_profile.items()}


def _words(sheets: Sequence[Sheet]) -> set[str]:
    """Return the words of a workbook's first rows, in lower case."""
    cells = [cell for sheet in sheets for row in sheet.rows[:_ROWS_LOOKED_AT] for cell in row]
    return set(_WORDS("\n".join([cell for cell in cells if isinstance(cell, str)]).casefold()))


def choose_profile(
    known: Sequence[Profile], sheets: Sequence[Sheet], file_name: str, titles: Sequence[str] = ()
) -> Profile | None:
    """Return the profile that a workbook matches best.

    The file's name precedes the sheets, and sheets of only one profile precede others, so that a workbook
    with missing sheets is not read as one of another service. If neither decides, the contracts in the
    cells do.

    Args:
        known: the profiles.
        sheets: the workbook's sheets.
        file_name: its name.
        titles: the titles of the profile's sheets that some of them were decided to be.
    """
    every = (*titles, *(sheet.name for sheet in sheets))
    names = tuple(name for name in every if len(name) <= LONGEST)
    own = _own_sheets(tuple(known), names)
    fits = {profile: _fit(profile, names, file_name, own[profile.key]) for profile in known}
    best = max(fits.values(), default=None)
    if best is None:
        return None
    equal = [profile for profile, fit in fits.items() if fit == best]
    is_like = best.named or best.sheets > 0
    if is_like and len(equal) == 1:
        return equal[0]
    words = _words(sheets)
    contracts = {
        profile: len(words & {contract.name.casefold() for contract in profile.contracts})
        for profile in known
    }
    # With as many contracts, the service counts that has a larger share of its sheets.
    chosen = max(equal, key=lambda profile: (contracts[profile], best.sheets / len(profile.sheets)))
    most_of_others = max((contracts[profile] for profile in known if profile is not chosen), default=0)
    return chosen if is_like or contracts[chosen] > most_of_others else None


def match_sheets(
    profile: Profile,
    sheets: Sequence[Sheet],
    meant: Mapping[str, Sequence[str]] = MappingProxyType({}),
    chosen: Callable[[str], Chosen | None] = lambda _: None,
) -> MatchedSheets:
    """Match the profile's sheets with the workbook's.

    An exact name precedes a similar one. Sheets that match equally well are an error, unless all but one of
    them are empty. Sheets that the user set to be one of the profile's are all read.

    Args:
        profile: the workbook's profile.
        sheets: the workbook's sheets.
        meant: for the name of a sheet, the keys of the profile's sheets that it was decided to be.
        chosen: returns the decided roles of the columns of a sheet.
    """
    matched = MatchedSheets()
    free = list(sheets)
    for sheet in free:
        if compact(sheet.name) in map(compact, ORDER_SHEET):
            matched.order = sheet
            free.remove(sheet)
            break
    for sheet in [one for one in free if len(meant.get(one.name, ())) > 1]:
        for key, part in divided(sheet, meant[sheet.name], profile, chosen).items():
            matched.by_key.setdefault(key, []).append(part)
        free.remove(sheet)
    for spec in profile.sheets:
        fitting = _fitting(spec, profile, free, meant)
        is_decided = all(sheet.name in meant for sheet in fitting)
        if spec.key in matched.by_key and not is_decided:
            continue
        if len(fitting) > 1 and not is_decided:
            _refuse_ambiguous(spec, fitting, matched)
        elif fitting:
            matched.by_key.setdefault(spec.key, []).extend(fitting)
        for sheet in fitting:
            free.remove(sheet)
    matched.findings += _about_layout(matched)
    matched.rest = [sheet for sheet in free if _has_values(sheet)]
    return matched


def _fitting(
    spec: SheetSpec, profile: Profile, free: Sequence[Sheet], meant: Mapping[str, Sequence[str]]
) -> list[Sheet]:
    """Return the sheet that matches a sheet of the profile best; several if they match equally well."""
    ranked = [
        (1.0 if sheet.name in meant else likeness(sheet.name, spec, borrowed=True), sheet)
        for sheet in free
        if spec.key in meant.get(sheet.name, (spec.key,))
        if _belongs(sheet, spec, profile) or sheet.name in meant
    ]
    ranked = [pair for pair in ranked if pair[1].name in meant] or ranked
    best = max((score for score, _ in ranked), default=0.0)
    equal = [sheet for score, sheet in ranked if score >= best - EQUALLY and (score == 1.0) == (best == 1.0)]
    return [sheet for sheet in equal if _has_values(sheet)] or equal[:1]


def _refuse_ambiguous(spec: SheetSpec, sheets: list[Sheet], matched: MatchedSheets) -> None:
    """Report sheets that match one of the profile equally well; none of them is read."""
    matched.ambiguous[spec.key] = sheets
    names = [sheet.name for sheet in sheets]
    shown = listed([f"”{name}”" for name in names], most=MOST_NAMED)
    question = finding("FLI002", sheet=names[0], sökt=spec.title, flikar=shown)
    matched.findings.append(question)
    matched.unresolved.append(UnresolvedSheet(spec.title, names, question))


def _belongs(sheet: Sheet, spec: SheetSpec, profile: Profile) -> bool:
    """Whether a sheet matches this sheet of the profile, and no other better."""
    own = likeness(sheet.name, spec, borrowed=True)
    return own > 0 and all(likeness(sheet.name, other, borrowed=True) <= own for other in profile.sheets)


def _has_values(sheet: Sheet) -> bool:
    return any(cell != "" for row in sheet.rows for cell in row) or bool(sheet.errors or sheet.uncached)


def _about_layout(matched: MatchedSheets) -> list[Finding]:
    used = [*itertools.chain(*matched.by_key.values()), *([matched.order] if matched.order else [])]
    hidden = dict.fromkeys(sheet.name for sheet in used if not sheet.visible)
    return [finding("FLI020", sheet=name) for name in hidden]
