"""Questions about what a workbook means, with the lines of bestallning.toml that answer them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Final, NamedTuple

from underlag.account import DECISIONS, Account, Item, Kind, SheetAccount, UnresolvedColumn, UnresolvedSheet
from underlag.characters.likeness import compact
from underlag.checksum import sha256_of
from underlag.findings import Finding
from underlag.privacy.quoting import quoted_text
from underlag.profiles.profile import Profile
from underlag.profiles.words import IGNORE, words
from underlag.reading.decisions.keys import title_of
from underlag.text.lists import listed

#: Tables of bestallning.toml: what columns mean, what applies to texts and rows, which sheet a sheet is.
COLUMNS: Final = "kolumner"
DECIDED: Final = "beslut"
SHEETS: Final = "flikar"

#: The rows with a mark, as words in a question.
_MARKED: Final = {
    Kind.HIDDEN: "de dolda raderna",
    Kind.STRUCK: "de överstrukna raderna",
    Kind.UNSEEN: "raderna med text som inte syns",
}
#: How people choose a decision, by the word that [beslut] has for it.
_DECISION_LABELS: Final = {
    "bortse": "bortse: det ändrar inget i beställningen",
    "utan": "utan: beställ inte raderna",
    "ta bort": "ta bort: ta bort raderna ur TAK",
}


class Answer(NamedTuple):
    """A line of bestallning.toml, and the label by which people choose it.

    The value of a line in [flikar] is a tuple of titles, since a sheet may be several of the profile's.
    """

    table: str
    key: str
    value: str | tuple[str, ...]
    label: str

    @property
    def subject(self) -> str:
        """A name for the column, text or sheet that it is about, without its text."""
        return _digest(f"{self.table}\n{self.key}")


class Question(NamedTuple):
    """A question about a column, a text, a mark or a sheet.

    Attributes:
        text: the question.
        answers: the answers to choose from.
        sheet: the sheet that it is about, '' for a sheet that is missing.
        findings: the findings that ask it; none for what is understood already.
        meaning: the label of the answer that applies now, '' for none.
    """

    text: str
    answers: tuple[Answer, ...]
    sheet: str = ""
    findings: tuple[Finding, ...] = ()
    meaning: str = ""

    @property
    def key(self) -> str:
        """A name for forms that changes when the question or its answers change."""
        return _digest("\n".join(f"{one.table} {one.key} {one.value}" for one in self.answers))

    def answer(self, label: str) -> Answer | None:
        """Return the answer with a label, None if there is none."""
        return next((one for one in self.answers if one.label == label), None)


class Questions:
    """The questions about a workbook: by the id() of the account's item, and those about what it lacks."""

    def __init__(self, by_item: Mapping[int, Question], unresolved: Sequence[Question]) -> None:
        self.by_item = by_item
        self.unresolved = unresolved

    def __iter__(self) -> Iterator[Question]:
        """Yield all questions."""
        yield from self.unresolved
        yield from self.by_item.values()


def questions_of(account: Account, profile: Profile, *, most: int) -> Questions:
    """Return a question for each column, text and mark of a workbook, and for each column and sheet it lacks.

    Args:
        account: the interpretation of the workbook.
        profile: its profile, whose sheets a sheet may be.
        most: maximum questions; columns come first.
    """
    unresolved = [*map(_about_missing_sheet, account.unresolved)]
    unresolved += (_about_unresolved(sheet, one) for sheet in account.sheets for one in sheet.unresolved)
    keys = column_keys(account)
    columns = ((id(item), _about_column(item, keys[id(item)])) for _, item in _items(account, column=True))
    texts = (
        (id(item), _about_text(account, sheet, item, profile))
        for sheet, item in _items(account, column=False)
        if item.key
    )
    by_item = dict(islice(chain(columns, texts), most))
    return Questions(by_item, [one for one in unresolved if one.answers])


def _items(account: Account, *, column: bool) -> Iterator[tuple[SheetAccount, Item]]:
    """Yield the columns, or the other items; columns only of sheets that are read."""
    for sheet, item in account.items():
        is_column = item.kind is Kind.COLUMN
        if is_column is column and (sheet.title or not is_column):
            yield sheet, item


def column_keys(account: Account) -> Mapping[int, str]:
    """Return for each column's item, by its id(), what [kolumner] calls the column.

    The header alone where all columns with it mean the same; otherwise the sheet goes first, and for a header
    that its sheet has twice, or for none, the column's letter takes its place. The labels of a form stand in
    one column and have no letter of their own.
    """
    alike: dict[str, list[Item]] = defaultdict(list)
    at_letter: dict[tuple[str, int], set[str]] = defaultdict(set)
    columns = [item for _, item in _items(account, column=True)]
    for item in columns:
        header = compact(item.at.text)
        alike[header].append(item)
        at_letter[item.at.sheet, item.at.column].add(header)
    keys: dict[int, str] = {}
    for item in columns:
        header = compact(item.at.text)
        same = alike[header]
        within = {other.at.column for other in same if other.at.sheet == item.at.sheet}
        has_letter = len(at_letter[item.at.sheet, item.at.column]) == 1
        if has_letter and (not header or len(within) > 1):
            keys[id(item)] = f"{item.at.sheet}!{item.at.letters}"
        elif len({other.meaning for other in same}) > 1:
            keys[id(item)] = f"{item.at.sheet}!{item.at.text}"
        else:
            keys[id(item)] = item.at.text
    return keys


def _about_column(item: Item, key: str) -> Question:
    name = f"kolumnen ”{quoted_text(item.at.text)}”" if item.at.text else f"kolumn {item.at.letters}"
    answers = tuple(Answer(COLUMNS, key, names[0], names[0]) for names in _ordered_roles())
    meaning = words().roles[item.meaning][0] if item.meaning in words().roles else ""
    return Question(f"Vad betyder {name}?", answers, item.at.sheet, tuple(item.questions), meaning)


def _ordered_roles() -> Iterator[tuple[str, ...]]:
    """Yield the names of each role; the answer that a column says nothing comes first."""
    roles = words().roles
    yield tuple(roles[IGNORE])
    yield from (tuple(names) for role, names in roles.items() if role != IGNORE)


def _about_text(account: Account, sheet: SheetAccount, item: Item, profile: Profile) -> Question:
    found = tuple(item.questions)
    decisions = DECISIONS if item.rows else {"bortse": IGNORE}
    answers = [Answer(DECIDED, item.key, word, _DECISION_LABELS[word]) for word in decisions]
    decided = [word for word, decision in DECISIONS.items() if item.decided and decision == item.meaning]
    meaning = _DECISION_LABELS[decided[0]] if decided else ""
    if item.kind is Kind.SHEET:
        answers += [
            Answer(SHEETS, sheet.sheet, (spec.title,), f"läs den som ”{spec.title}”")
            for spec in profile.sheets
        ]
        if len(account.missing) > 1:
            titles = listed([f"”{title}”" for title in account.missing])
            answers.append(Answer(SHEETS, sheet.sheet, account.missing, f"läs den som {titles}"))
        return Question(
            f"Vad är fliken ”{quoted_text(sheet.sheet)}”?", tuple(answers), sheet.sheet, found, meaning
        )
    if item.marks_rows:
        text = f"Vad gäller för {_MARKED[item.kind]}?"
    else:
        where = f" i {item.at.cell}" if item.at.column else ""
        text = f"Vad gäller för ”{quoted_text(item.at.text)}”{where}?"
    return Question(text, tuple(answers), sheet.sheet, found, meaning)


def _about_unresolved(sheet: SheetAccount, unresolved: UnresolvedColumn) -> Question:
    title = title_of(unresolved.role)
    answers = tuple(
        Answer(
            COLUMNS,
            f"{sheet.sheet}!{at.letters}",
            title,
            f"kolumn {at.letters}, ”{quoted_text(at.text)}”" if at.text else f"kolumn {at.letters}",
        )
        for at in unresolved.columns
    )
    return Question(f"Vilken kolumn har {title}?", answers, sheet.sheet, (unresolved.question,))


def _about_missing_sheet(unresolved: UnresolvedSheet) -> Question:
    answers = tuple(
        Answer(SHEETS, name, (unresolved.title,), f"fliken ”{name}”") for name in unresolved.sheets
    )
    return Question(f"Vilken flik är ”{unresolved.title}”?", answers, findings=(unresolved.question,))


def _digest(text: str) -> str:
    return sha256_of(text.encode("utf-8", "replace"))[:20]
