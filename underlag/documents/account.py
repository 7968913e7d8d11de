"""The account of a workbook as text: what was understood, what is open, and lines to paste as answers."""

from collections.abc import Collection, Iterator
from itertools import islice
from typing import Final

from underlag.account import LEAVE_OUT, NEUTRAL, OPEN, REMOVE, REPEATED, Account, Item, Kind
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
#: Characters to escape in a quoted TOML key.
_ESCAPED: Final = str.maketrans({"\\": "\\\\", '"': '\\"'})


def account_lines(account: Account) -> Iterator[str]:
    """Yield the meaning of each sheet and column, and what is open, as lines of text."""
    for sheet in account.sheets:
        title = f"läses som {sheet.title}" if sheet.title else "läses inte"
        yield f"{sheet.sheet}: {title}"
        for item in sheet.items:
            mark = "?" if item.asked else " "
            place = item.at.letters if item.kind is Kind.COLUMN else item.at.cell
            text = masked(" ".join(item.at.text.split())) or "(utan rubrik)"
            yield f"  {mark} {item.kind.value} {place} ”{text}”: {meaning_title(item)}".replace("  ”", " ”")


def meaning_title(item: Item) -> str:
    """Return the meaning of an item in Swedish."""
    if item.meaning in _MEANINGS:
        return _MEANINGS[item.meaning]
    decided = " (beslut)" if item.decided else ""
    return f"{words().roles[item.meaning][0]}{decided}"


#: Answers that are listed of each kind; nobody pastes more before asking again.
_MOST_ANSWERS: Final = 200


def answer_lines(account: Account) -> list[str]:
    """Return lines to paste into bestallning.toml that answer open questions; none when nothing is open.

    Each line sets 'bortse'; a comment lists the alternatives. The first 200 columns and texts are listed.
    """
    asked = [(sheet, item) for sheet, item in account.items() if item.asked and not item.decided]
    columns = dict.fromkeys(
        f'{_quoted(item.at.text or f"{sheet.sheet}!{item.at.letters}")} = "bortse"'
        for sheet, item in asked
        if not item.key
    )
    answers = dict.fromkeys(f'{_quoted(item.key)} = "bortse"' for _, item in asked if item.key)
    lines: list[str] = []
    if columns:
        roles = ", ".join(names[0] for names in words().roles.values())
        lines += ["[kolumner]", f"# En kolumn kan betyda: {roles}.", *_first(columns)]
    if answers:
        blank = [""] if lines else []
        lines += [
            *blank,
            "[beslut]",
            "# bortse, utan (beställ inte raderna) eller ta bort (ur TAK).",
            *_first(answers),
        ]
    return lines


def _first(answers: Collection[str]) -> list[str]:
    rest = len(answers) - _MOST_ANSWERS
    return [*islice(answers, _MOST_ANSWERS), *([f"# … och {number(rest)} till"] if rest > 0 else [])]


def _quoted(key: str) -> str:
    return f'"{key.translate(_ESCAPED)}"'
