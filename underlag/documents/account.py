"""The account of a workbook as text: interpretations, open questions, and lines to paste as answers."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from itertools import islice
from typing import Final

from underlag.account import LEAVE_OUT, NEUTRAL, OPEN, REMOVE, REPEATED, Account, Item, Kind
from underlag.checked import Checked
from underlag.files.toml import toml_string
from underlag.findings import Finding, Severity, kind
from underlag.privacy.masking import masked
from underlag.profiles.words import IGNORE, words
from underlag.text.numbers import number

#: Swedish names of meanings that are no role of a column.
_MEANINGS: Final = {
    OPEN: "inte förstådd",
    NEUTRAL: "läses inte, säger inget om beställningen",
    REPEATED: "upprepar en annan kolumn",
    IGNORE: "bortse (beslut)",
    LEAVE_OUT: "utan (beslut)",
    REMOVE: "ta bort (beslut)",
}
#: The categories of findings about the file and what it was read as.
_OF_READING: Final = ("FIL", "FLI")
#: Questions about denials of rows, and about columns that take effect.
_AGAINST_ROWS: Final = frozenset(
    {"ADR034", "FLI024", "FLI037", "FLI039", "FLI044", "FLI045", "FLI046", "FLI047", "FLI062"}
)
_OBEYED: Final = frozenset({"FLI042", "FLI043"})


def account_lines(account: Account) -> Iterator[str]:
    """Yield the meaning of each sheet and column, and what is open, as lines of text."""
    for sheet in account.sheets:
        title = f"läses som {sheet.title}" if sheet.title else "läses inte"
        yield f"{sheet.sheet}: {title}"
        for item in sheet.items:
            mark = "?" if item.asked else " "
            place = item.at.letters if item.kind is Kind.COLUMN else item.at.cell
            text = masked(" ".join(item.at.text.split())) or "(utan rubrik)"
            meaning = meaning_title(item)
            if item.kind is Kind.COLUMN and not sheet.title:
                meaning = f"skulle läsas som {meaning}" if item.meaning else meaning
            yield f"  {mark} {item.kind.value} {place} ”{text}”: {meaning}".replace("  ”", " ”")


def meaning_title(item: Item) -> str:
    """Return the meaning of an item in Swedish; for a text that is asked about, what it may mean."""
    if item.asked and item.meaning == OPEN and item.kind is not Kind.COLUMN:
        asked = kind(item.questions[0].code)
        return f"{asked.title[:1].lower()}{asked.title[1:]} ({asked.code})"
    if item.meaning in _MEANINGS:
        return _MEANINGS[item.meaning]
    decided = " (beslut)" if item.decided else ""
    return f"{words().roles[item.meaning][0]}{decided}"


def reading_errors(checked: Checked) -> list[Finding]:
    """Return the errors about the file, its sheets and their columns, which no single cell has."""
    return [
        found
        for found in checked.findings
        if found.severity is Severity.ERROR and found.code.startswith(_OF_READING) and not found.row
    ]


#: Maximum answers listed of each kind; people paste some and run the command again.
_MOST_ANSWERS: Final = 200


def answer_lines(account: Account) -> list[str]:
    """Return lines to paste into bestallning.toml that answer open questions; none when nothing is open.

    A line leaves the rows out ('utan') if a text denies them, and keeps the meaning of a column
    that is obeyed; other lines set 'bortse'. A comment lists the alternatives. The first 200 columns and
    texts are listed.
    """
    asked = [(sheet, item) for sheet, item in account.items() if item.asked and not item.decided]
    keys: Mapping[int, str] = {}
    if asked:
        from underlag.documents.questions import column_keys  # noqa: PLC0415 - only open questions need it

        keys = column_keys(account)
    columns = dict.fromkeys(
        f'{toml_string(keys[id(item)])} = "{_proposed(item)}"' for _, item in asked if not item.key
    )
    proposed: dict[str, tuple[str, bool]] = {}
    for sheet, item in asked:
        # A sheet that may be one of the missing has a line of its own.
        if item.key and not (item.kind is Kind.SHEET and sheet.may_be):
            # A key occurs once in the file: of two questions about one text, the first decides.
            proposed.setdefault(toml_string(item.key), (_proposed(item), bool(item.rows)))
    answers, of_all = (
        [f'{key} = "{answer}"' for key, (answer, of_rows) in proposed.items() if of_rows is wanted]
        for wanted in (True, False)
    )
    lines = _sheet_lines(account)
    if columns:
        roles = ", ".join(names[0] for names in words().roles.values())
        lines += [*_gap(lines), "[kolumner]", f"# En kolumn kan betyda: {roles}.", *_first(columns)]
    if proposed:
        lines += [*_gap(lines), "[beslut]"]
    if answers:
        lines += ["# bortse, utan (beställ inte raderna) eller ta bort (ur TAK).", *_first(answers)]
    if of_all:
        lines += [
            "# bortse: allt beställs som det står på flikarna. Ska något inte med: ta bort det där.",
            *_first(of_all),
        ]
    return lines


def _proposed(item: Item) -> str:
    """Return the answer in a line to paste; it never orders rows that the workbook denies."""
    codes = {found.code for found in item.questions}
    if item.rows and item.key and codes & _AGAINST_ROWS:
        return "utan"
    if item.rows and item.key and "FLI040" in codes and _may_deny(item.at.text):
        return "utan"
    if not item.key and codes & _OBEYED:
        return words().roles[item.meaning][0]
    return "bortse"


def _may_deny(comment: str) -> bool:
    """Whether a comment on rows may mean that they are not to be ordered as they are."""
    known = words()
    return (
        "?" in comment or known.remarks.changes_order(comment) or known.denials.in_rows(comment) is not None
    )


def _sheet_lines(account: Account) -> list[str]:
    """Return the lines of [flikar]: which unread sheets may be those that are missing.

    Lines of sheets that may have the same title are comments: the author removes the sign.
    """
    unread = [sheet for sheet in account.sheets if not sheet.title]
    if not account.missing or not unread:
        return []
    missing = ", ".join(f"”{title}”" for title in account.missing)
    lines = [
        "[flikar]",
        f"# Saknas: {missing}.",
        '# En flik som är flera: ["…", "…"]. Flera flikar som är samma läses alla: ge var och en sin rad.',
    ]
    claims = Counter(title for sheet in unread for title in sheet.may_be)
    for sheet in unread[:_MOST_ANSWERS]:
        titles = [toml_string(title) for title in sheet.may_be or account.missing[:1]]
        value = titles[0] if len(titles) == 1 else f"[{', '.join(titles)}]"
        is_certain = bool(sheet.may_be) and all(claims[title] == 1 for title in sheet.may_be)
        lines.append(f"{'' if is_certain else '# '}{toml_string(sheet.sheet)} = {value}")
    return lines


def _gap(lines: list[str]) -> list[str]:
    return [""] if lines else []


def _first(answers: Collection[str]) -> list[str]:
    rest = len(answers) - _MOST_ANSWERS
    return [*islice(answers, _MOST_ANSWERS), *([f"# … och {number(rest)} till"] if rest > 0 else [])]
