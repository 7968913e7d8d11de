"""What somebody has decided about columns, texts and rows: [kolumner], [beslut] and --kolumn.

Findings: FIL016, FIL017, FIL018, FIL019, FIL023, FLI051, FLI057.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from underlag.account import DECISIONS
from underlag.characters.likeness import compact
from underlag.findings import Finding, finding
from underlag.lazy_pattern import LazyPattern
from underlag.options import Options
from underlag.profiles.profile import Profile
from underlag.profiles.words import IGNORE, words
from underlag.reading.cells.header_names import compact_sheet
from underlag.reading.order_details.order_file import OrderFile, read_order_file
from underlag.reading.tables.headers import Chosen
from underlag.regions.region import region_key
from underlag.text.lists import MOST_NAMED, listed
from underlag.workbook import ROLES

#: Where a decision comes from that the caller asked for.
FROM_OPTION: Final = "valet i programmet"
#: How [beslut] calls each decision.
_WORDS: Final = {decision: word for word, decision in DECISIONS.items()}
#: Between a sheet's name and what is meant on it.
_SHEET_SIGN: Final = "!"
#: A longer text is cut in a key, and a checksum of the whole takes the place of the rest.
_LONGEST_TEXT: Final = 60
_CUT_TEXT: Final = 44
_PLACE: Final = LazyPattern(r"([A-Z]{1,3})[0-9]{0,7}").fullmatch


class Answered(NamedTuple):
    """What was decided about an item, where, and its key as it was written."""

    decision: str
    source: str
    key: str


class ColumnChoice(NamedTuple):
    """What a column means: `key` as it was written ('Ska TAKas', 'Fliken!Ska TAKas', 'Fliken!K')."""

    key: str
    role: str
    source: str

    def is_meant(self, sheet: str, header: str, column: int) -> bool:
        """Whether it speaks of a column: by its header on any sheet, or by header or place on one sheet."""
        if compact(self.key) and compact(self.key) == compact(header):
            return True
        there, sign, rest = self.key.rpartition(_SHEET_SIGN)
        if not sign or compact(there) != compact(sheet):
            return False
        return (bool(compact(rest)) and compact(rest) == compact(header)) or _column(rest) == column


def decided(options: Options, order_file: Path | None, region: str) -> "Decisions":
    """Return what was decided: by option first, then in the order file, then for the region.

    Args:
        options: columns and the folder of decisions are used.
        order_file: bestallning.toml, None if there is none.
        region: the region of the workbook, '' when unknown.
    """
    found = Decisions()
    found.add_columns(options.columns, FROM_OPTION)
    if order_file is not None:
        # What is wrong with that file, the reading of the order's details tells.
        _take(found, order_file, read_order_file(order_file))
    for path in _of_region(options.decisions, region):
        stated = read_order_file(path)
        found.lenient.add(path.name)
        found.findings += stated.findings
        _take(found, path, stated)
    return found


def titles_meant(order_file: Path | None) -> list[str]:
    """Return the titles under [flikar] of an order file: what its author takes the workbook's sheets for."""
    stated = read_order_file(order_file).sheets.values() if order_file is not None else ()
    return [str(title) for one in stated for title in (one if isinstance(one, list) else [one])]


def _take(found: "Decisions", path: Path, stated: OrderFile) -> None:
    found.add_columns(stated.columns.items(), path.name)
    found.add_answers(stated.answers, path.name)
    for name, titles in stated.sheets.items():
        several = titles if isinstance(titles, list) else [titles]
        found.sheets.setdefault(name, (tuple(map(str, several)), path.name))


def _of_region(folder: Path | None, region: str) -> list[Path]:
    """Return the files of a folder that are named for a region, by any of its usual names."""
    if folder is None or not compact(region) or not folder.is_dir():
        return []
    key = region_key(region)
    return [path for path in sorted(folder.glob("*.toml")) if region_key(path.stem) == key]


@dataclass(slots=True)
class Decisions:
    """All decisions of one run, and which of them were used.

    Attributes:
        columns: what columns mean; the first that speaks of a column counts.
        answers: by the identity of its key what was decided about a text, value, mark or sheet.
        sheets: by name which sheets of the profile a sheet is, and where that was decided.
        findings: what is wrong with them.
        lenient: sources whose decisions may be about other workbooks of the same region.
    """

    columns: list[ColumnChoice] = field(default_factory=list)
    answers: dict[str, Answered] = field(default_factory=dict)
    sheets: dict[str, tuple[tuple[str, ...], str]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    lenient: set[str] = field(default_factory=set)
    _used: set[str] = field(default_factory=set)
    _sheets_used: set[str] = field(default_factory=set)
    _headers: dict[str, None] = field(default_factory=dict)

    def add_columns(self, stated: Iterable[tuple[str, object]], source: str) -> None:
        """Take what a source says of columns; an unknown role is an error, and so is a contradiction."""
        own: dict[str, tuple[str, str]] = {}
        for key, meaning in stated:
            role = role_of(meaning)
            if not role:
                roles = ", ".join(f"”{names[0]}”" for names in words().roles.values())
                self.findings.append(
                    finding("FIL016", value=key, fil=source, kolumn=key, betydelse=str(meaning), roller=roles)
                )
                continue
            earlier = own.setdefault(column_identity(key), (key, role))
            if earlier[1] != role:
                self.findings.append(
                    finding(
                        "FIL018",
                        value=key,
                        fil=source,
                        kolumn=key,
                        ena=title_of(earlier[1]),
                        andra=title_of(role),
                    )
                )
            self.columns.append(ColumnChoice(key, role, source))

    def add_answers(self, stated: Mapping[str, object], source: str) -> None:
        """Take what a source decides about texts, values, marks and sheets."""
        for key, answer in stated.items():
            decision = DECISIONS.get(" ".join(str(answer).split()).casefold(), "")
            if not decision:
                self._refuse(str(answer), key, source, "", tuple(DECISIONS))
            else:
                self.answers.setdefault(answer_identity(key), Answered(decision, source, key))

    def _refuse(self, answer: str, key: str, source: str, why: str, known: Sequence[str]) -> None:
        words_known = listed([f"”{word}”" for word in known])
        self.findings.append(
            finding("FIL019", value=key, fil=source, nyckel=key, beslut=answer, orsak=why, kända=words_known)
        )

    def role(self, sheet: str, header: str, column: int) -> str:
        """Return the role that somebody gave a column, '' for none.

        Args:
            sheet: the sheet's name.
            header: its header on one line, '' without one.
            column: its number, from 1.
        """
        choice = next((one for one in self.columns if one.is_meant(sheet, header, column)), None)
        if choice is None:
            return ""
        self._used.add(choice.key)
        return choice.role

    def chosen(self, sheet: str) -> Chosen | None:
        """Return what is decided about the columns of a sheet, for reading its headers; None for nothing."""
        if not self.columns:
            return None
        by_header: dict[str, str] = {}
        by_column: dict[int, str] = {}
        for choice in self.columns:
            role = choice.role if choice.role in ROLES else ""
            there, sign, rest = choice.key.rpartition(_SHEET_SIGN)
            here = bool(sign) and compact(there) == compact(sheet)
            if column := _column(rest) if here else 0:
                by_column.setdefault(column - 1, role)
            by_header.setdefault(compact(rest if here else choice.key), role)
        return Chosen(by_header, by_column)

    def sheets_meant(self, profile: Profile, names: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """Return the keys of the profile's sheets for each sheet that somebody decided about.

        A sheet that is not there, and a title that the profile does not have, are errors.

        Args:
            profile: the workbook's profile.
            names: the names of the workbook's sheets.
        """
        keys = {compact_sheet(spec.title): spec.key for spec in profile.sheets}
        there = {compact(name): name for name in names} | {name: name for name in names}
        meant: dict[str, tuple[str, ...]] = {}
        for name, (titles, source) in self.sheets.items():
            found = [keys.get(compact_sheet(title)) for title in titles]
            own = [key for key in found if key is not None]
            sheet = there.get(name) or there.get(compact(name))
            if own and len(own) == len(found) and sheet is not None:
                meant[sheet] = tuple(dict.fromkeys(own))
                self._sheets_used.add(name)
                continue
            if sheet is None and source in self.lenient:
                continue
            titles_known = [spec.title for spec in profile.sheets]
            known = list(dict.fromkeys(there.values())) if sheet is None else titles_known
            unknown = listed([f"”{title}”" for title, key in zip(titles, found, strict=True) if key is None])
            why = (
                "finns inte i arbetsboken, som har"
                if sheet is None
                else f"kan inte läsas som {unknown or 'ingenting'}, bara som"
            )
            named = listed([f"”{one}”" for one in known], most=MOST_NAMED)
            self.findings.append(finding("FIL023", value=name, fil=source, flik=name, orsak=f"{why} {named}"))
        return meant

    def seen(self, headers: Iterable[str]) -> None:
        """Note headers that the workbook has: an error names them where a column is not there."""
        self._headers.update(dict.fromkeys(header for header in headers if header))

    def answer(self, key: str, *, of_rows: bool = True) -> str:
        """Return what was decided about an item, '' for nothing.

        A decision about rows is refused with an error where the item speaks of none: it would do nothing.
        """
        identity = answer_identity(key)
        answered = self.answers.get(identity)
        if answered is None:
            return ""
        if answered.decision != IGNORE and not of_rows:
            del self.answers[identity]
            why = ": det gäller inga bestämda rader"
            self._refuse(_WORDS[answered.decision], answered.key, answered.source, why, (_WORDS[IGNORE],))
            return ""
        self._used.add(identity)
        return answered.decision

    def applied(self) -> list[Finding]:
        """Return for each source which of its answers about columns, texts and sheets were used."""
        used: dict[str, dict[str, None]] = {}
        for name, (titles, source) in self.sheets.items():
            if name in self._sheets_used:
                used.setdefault(source, {})[_line(name, ", ".join(titles))] = None
        for choice in self.columns:
            if choice.key in self._used:
                used.setdefault(choice.source, {})[_line(choice.key, title_of(choice.role))] = None
        for identity, answered in self.answers.items():
            if identity in self._used:
                line = _line(answered.key, _WORDS[answered.decision])
                used.setdefault(answered.source, {})[line] = None
        return [
            finding("FLI057", value="", fil=source, svar=listed(list(lines)))
            for source, lines in used.items()
        ]

    def unused(self) -> list[Finding]:
        """Return what to say of decisions about columns that are not there, and of lapsed ones."""
        found: list[Finding] = []
        for choice in self.columns:
            if choice.key in self._used or choice.source in self.lenient:
                continue
            there = listed([f"”{header}”" for header in self._headers], most=MOST_NAMED) or "inga"
            found.append(
                finding("FIL017", value=choice.key, fil=choice.source, kolumn=choice.key, finns=there)
            )
            self._used.add(choice.key)
        for identity, (_, source, key) in self.answers.items():
            if identity not in self._used and source not in self.lenient:
                found.append(finding("FLI051", value=key, fil=source, nyckel=key))
        return found

    @property
    def used(self) -> int:
        """How many decisions have counted."""
        return len(self._used)


def _line(key: str, answer: str) -> str:
    return f"”{key}” = ”{answer}”"


def role_of(meaning: object) -> str:
    """Return the role that people call so, '' for none."""
    return _roles().get(compact(meaning), "") if isinstance(meaning, str) else ""


def title_of(role: str) -> str:
    """Return what people call a role."""
    return words().roles[role][0] if role in words().roles else role


@lru_cache(maxsize=1)
def _roles() -> dict[str, str]:
    return {compact(name): role for role, names in words().roles.items() for name in names}


def key_of(sheet: str, place: str, text: str) -> str:
    """Return what [beslut] calls an item: sheet, place and text; it lapses when one of them changes.

    Args:
        sheet: the sheet's name.
        place: a cell, several ('K8–9') or 'dolda rader'; '' for the whole sheet.
        text: what stands there.
    """
    shown = " ".join(text.split())
    if len(shown) > _LONGEST_TEXT:
        digest = hashlib.sha256(shown.encode()).hexdigest()[:6]
        shown = f"{shown[:_CUT_TEXT].rstrip()}… #{digest}"
    return f"{sheet}{_SHEET_SIGN}{place}: {shown}" if place else f"{sheet}{_SHEET_SIGN} {shown}"


def answer_identity(key: str) -> str:
    """Return the form in which two keys of [beslut] about the same item are equal."""
    return " ".join(key.replace("–", "-").split()).casefold()


def column_identity(key: str) -> str:
    """Return the form in which two keys of [kolumner] about the same columns are equal."""
    there, _, rest = key.rpartition(_SHEET_SIGN)
    return f"{compact(there)}!{compact(rest)}"


def _column(place: str) -> int:
    match = _PLACE(place.strip().upper())
    column = 0
    for letter in match[1] if match else "":
        column = column * 26 + ord(letter) - 64
    return column
