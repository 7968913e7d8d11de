"""Finds columns with swapped contents, such as addresses or HSA-IDs where names belong.

Findings: FLI052, FLI053.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from underlag.findings import Finding, finding
from underlag.profiles.profile import SheetSpec
from underlag.reading.cells.identifiers import (
    ONE_ID,
    any_begins_with_address,
    any_begins_with_value,
    is_address,
)
from underlag.reading.cells.same_columns import remembered_column
from underlag.text.lists import MOST_NAMED, listed, spans
from underlag.workbook import Cells, Field

#: The form of each role's values. Roles of the same form cannot be distinguished; names have no form.
_FORMS: Final = {
    "url": "url",
    "producer": "id",
    "consumer": "id",
    "addressee": "id",
    "contract": "contract",
    "producer_name": "",
    "consumer_name": "",
    "addressee_name": "",
}
_FEWEST_ROTATED: Final = 3

Position = tuple[str, int, int]


def about_swapped(
    sheet: str, spec: SheetSpec, parts: Mapping[str, Cells], contracts: Collection[str]
) -> tuple[list[Finding], set[Position]]:
    """Find columns, or rows of two columns, whose values belong in another column.

    Args:
        sheet: the sheet's name.
        spec: the profile's description of it.
        parts: the values read from it, by role; all of one length.
        contracts: names of contracts in lower case.

    Returns:
        Findings about swapped columns (FLI052) and about swapped cells in some rows (FLI053), and the
        positions of their cells, which need no other finding.
    """
    odd = [role for role in _FORMS if role in parts and _looks_odd(role, tuple(parts[role].unique_texts()))]
    if not odd:
        return [], set()
    columns = {
        role: {value.position: value for value in parts[role] if value.text and value.column}
        for role in _FORMS
        if parts.get(role)
    }
    swap = _Swap(sheet, spec, columns, contracts)
    swap.find_columns()
    swap.find_rows(odd, parts)
    return swap.findings, swap.cells


@remembered_column
def _looks_odd(role: str, texts: tuple[str, ...]) -> bool:
    """Whether a text of a column begins like an id or an address although the column has another form."""
    if _FORMS[role] == "id":
        return any_begins_with_address(texts)
    if _FORMS[role] == "url":
        return any_begins_with_value([text for text in texts if text[:4] != "http"])
    return any_begins_with_value(texts)


class _Swap:
    """The search for swapped contents on one sheet."""

    def __init__(
        self,
        sheet: str,
        spec: SheetSpec,
        columns: Mapping[str, Mapping[Position, Field]],
        contracts: Collection[str],
    ) -> None:
        self.findings: list[Finding] = []
        self.cells: set[Position] = set()
        self._sheet, self._spec = sheet, spec
        self._columns, self._contracts = columns, contracts

    def find_columns(self) -> None:
        """Find columns whose cells all have the form of another column: pairs, or all columns rotated."""
        actual = {role: self._only_form(values.values()) for role, values in self._columns.items()}
        left = [role for role, form in actual.items() if form not in {None, _FORMS[role]}]
        for role in list(left):
            for other in left[left.index(role) + 1 :] if role in left else ():
                if actual[role] == _FORMS[other] and actual[other] == _FORMS[role]:
                    self._report_columns([role, other])
                    left = [one for one in left if one not in {role, other}]
                    break
        own, held = Counter(_FORMS[role] for role in left), Counter(actual[role] for role in left)
        if len(left) >= _FEWEST_ROTATED and own == held:
            self._report_columns(left)

    def find_rows(self, odd: Sequence[str], parts: Mapping[str, Sequence[Field]]) -> None:
        """Find rows with two swapped cells in columns that are not swapped as a whole."""
        for role in odd:
            for other in (one for one in self._columns if _FORMS[one] != _FORMS[role]):
                pairs = {
                    (value.position, further.position): (value, further)
                    for value, further in zip(parts[role], parts[other], strict=True)
                    if value.row == further.row and self._are_swapped(role, value, other, further)
                }
                if pairs:
                    self._report_rows((role, other), list(pairs.values()))

    def _are_swapped(self, role: str, value: Field, other: str, further: Field) -> bool:
        if not (value.text and further.text and value.column and further.column):
            return False
        return (
            self._form(value.text) == _FORMS[other]
            and self._form(further.text) == _FORMS[role]
            and self.cells.isdisjoint((value.position, further.position))
        )

    def _only_form(self, values: Collection[Field]) -> str | None:
        """Return the form that all cells of a column have, '' for no form, None if they differ."""
        forms = {self._form(text) for text in dict.fromkeys(value.text for value in values)}
        return forms.pop() if len(forms) == 1 else None

    def _form(self, text: str) -> str:
        if is_address(text):
            return "url"
        if ONE_ID.fullmatch(text.upper()):
            return "id"
        folded = text.casefold()
        named = folded.startswith("urn:riv:") or any(map(folded.startswith, self._contracts))
        return "contract" if named else ""

    def _report_columns(self, roles: Sequence[str]) -> None:
        first = [next(iter(self._columns[role].values())) for role in roles]
        self.findings.append(
            finding(
                "FLI052",
                sheet=self._sheet,
                kolumner=self._titles(roles, first),
                exempel=listed([f"”{value.text}” står i {value.cell}" for value in first]),
            )
        )
        self.cells.update(position for role in roles for position in self._columns[role])

    def _report_rows(self, roles: tuple[str, str], pairs: Sequence[tuple[Field, Field]]) -> None:
        value, further = pairs[0]
        cells = [position for pair in pairs for position in (pair[0].position, pair[1].position)]
        self.findings.append(
            finding(
                "FLI053",
                value,
                kolumner=self._titles(roles, pairs[0]),
                rader=spans(one.row for one, _ in pairs),
                exempel=f"”{value.text}” står i {value.cell} och ”{further.text}” i {further.cell}",
                related=tuple(cells[1:]),
            )
        )
        self.cells.update(cells)

    def _titles(self, roles: Sequence[str], first: Sequence[Field]) -> str:
        titles = [column.title for role in roles if (column := self._spec.column(role))]
        return listed(
            [f"”{title}” ({value.letters})" for title, value in zip(titles, first, strict=False)],
            most=MOST_NAMED,
        )
