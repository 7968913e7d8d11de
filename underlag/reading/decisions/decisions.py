"""Decisions about columns, texts and rows ([kolumner], [beslut], [flikar], --kolumn), and whether they apply.

Findings: FIL016, FIL017, FIL018, FIL019, FIL023, FLI051, FLI057.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from underlag.account import DECISIONS
from underlag.characters.likeness import compact
from underlag.findings import Finding, finding
from underlag.profiles.profile import Profile
from underlag.profiles.words import IGNORE, words
from underlag.reading.cells.header_names import compact_sheet
from underlag.reading.decisions.keys import (
    SHEET_SIGN,
    answer_identity,
    column_identity,
    column_of,
    role_of,
    title_of,
)
from underlag.reading.order_details.statements import OF_ROLES
from underlag.reading.tables.header_roles import Chosen
from underlag.text.lists import MOST_NAMED, listed
from underlag.workbook import ROLES, Field

#: The word of [beslut] for each decision.
_WORDS: Final = {decision: word for word, decision in DECISIONS.items()}


class Answered(NamedTuple):
    """A decision about an item, its source, and its key as written."""

    decision: str
    source: str
    key: str


class ColumnChoice(NamedTuple):
    """What a column means: `key` as it was written ('Ska TAKas', 'Fliken!Ska TAKas', 'Fliken!K')."""

    key: str
    role: str
    source: str

    def is_meant(self, sheet: str, header: str, column: int) -> bool:
        """Whether it applies to a column: by header on any sheet, or by header or letter on one sheet."""
        if compact(self.key) and compact(self.key) == compact(header):
            return True
        there, sign, rest = self.key.rpartition(SHEET_SIGN)
        if not sign or compact(there) != compact(sheet):
            return False
        return (bool(compact(rest)) and compact(rest) == compact(header)) or column_of(rest) == column


class Decisions:
    """All decisions of one run, and which of them were used.

    Attributes:
        columns: meanings of columns; the first that applies to a column counts.
        answers: decisions about texts, values, marks and sheets, by the identity of their keys.
        sheets: for the name of a sheet, the profile's sheets that it is read as, and the source.
        findings: errors in the decisions.
        lenient: sources that may also be about other workbooks; unused decisions in them are no errors.
    """

    def __init__(self) -> None:
        self.columns: list[ColumnChoice] = []
        self.answers: dict[str, Answered] = {}
        self.sheets: dict[str, tuple[tuple[str, ...], str]] = {}
        self.findings: list[Finding] = []
        self.lenient: set[str] = set()
        self._used: set[str] = set()
        self._sheets_used: set[str] = set()
        self._headers: dict[str, None] = {}

    def add_columns(self, stated: Iterable[tuple[str, object]], source: str) -> None:
        """Add a source's meanings of columns. Errors: unknown role (FIL016), contradiction (FIL018)."""
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
        """Add a source's decisions about texts, values, marks and sheets. Error: unknown word (FIL019)."""
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
        """Return the role that a column was given, '' for none; the decision counts as used.

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
        """Return the decided roles of a sheet's columns, for reading its headers; None if there are none."""
        if not self.columns:
            return None
        by_header: dict[str, str] = {}
        by_column: dict[int, str] = {}
        for choice in self.columns:
            role = choice.role if choice.role in ROLES else ""
            there, sign, rest = choice.key.rpartition(SHEET_SIGN)
            here = bool(sign) and compact(there) == compact(sheet)
            if column := column_of(rest) if here else 0:
                by_column.setdefault(column - 1, role)
            by_header.setdefault(compact(rest if here else choice.key), role)
        return Chosen(by_header, by_column)

    def details_meant(self, labels: Iterable[tuple[Field, Field]]) -> dict[str, str]:
        """Return the details of the order that labels mean by decision, by the labels' texts."""
        roles = {label.text: self.role(label.sheet, label.text, label.column) for label, _ in labels}
        return {text: OF_ROLES[role] for text, role in roles.items() if role in OF_ROLES}

    def sheets_meant(self, profile: Profile, names: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """Return, by name of a sheet, the keys of the profile's sheets that it was decided to be.

        A sheet that does not exist and a title that the profile does not have are errors (FIL023).

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
        """Add headers of the workbook, to be listed in errors about columns that it does not have."""
        self._headers.update(dict.fromkeys(header for header in headers if header))

    def answer(self, key: str, *, of_rows: bool = True) -> str:
        """Return the decision about an item, '' for none; it counts as used.

        A decision about rows has no effect on an item that concerns none, and is an error (FIL019).
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
        """Return for each source the finding that lists its decisions that were used (FLI057)."""
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
        """Return the findings about decisions that apply to nothing in the workbook (FIL017, FLI051)."""
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
        """The number of decisions that were used."""
        return len(self._used)


def _line(key: str, answer: str) -> str:
    return f"”{key}” = ”{answer}”"
