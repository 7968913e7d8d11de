"""The mistakes of the faulty sample: where each stands, and what the program must say about it."""

from dataclasses import dataclass

import parties
from workbook_layout import ErrorValue, Form, Number, Table, Value

UNIT, NAME, CONTRACT = "Logisk adressat (HSAID)", "Namn", "Tjänstekontrakt"


@dataclass(frozen=True)
class Expected:
    """A finding that the program must make: code, sheet, cell, and the value that it quotes."""

    kod: str
    flik: str
    cell: str
    varde: str


class Faulty:
    """The right workbook's sheets with mistakes put in, and what must be found."""

    def __init__(self) -> None:
        self.consumer = parties.consumer_table(parties.PROD)
        self.status = parties.status_table(parties.PROD)
        self.message = parties.message_table(parties.PROD)
        self.order = parties.order_form("PROD", "LiV")
        self.expected: list[Expected] = []

    @property
    def sheets(self) -> tuple[Table | Form, ...]:
        """The sheets in their order."""
        return self.consumer, self.status, self.message, self.order

    def put(
        self, table: Table, index: int, header: str, value: Value, *codes: str, quoted: str | None = None
    ) -> None:
        """Put a value into a row (0-based), and expect findings that quote it.

        `quoted` is what the findings quote where that is not the text itself.
        """
        column = next(at for at, (title, _) in enumerate(table.headers) if title == header)
        row = list(table.rows[index])
        row[column] = value
        table.rows[index] = tuple(row)
        if quoted is None:
            quoted = value if isinstance(value, str) else ""
        self.expect(table, index, header, quoted, *codes)

    def expect(self, table: Table, index: int, header: str, quoted: str, *codes: str) -> None:
        """Expect findings at a cell whose value stays as it is."""
        self.expected += [Expected(code, table.name, table.cell(index, header), quoted) for code in codes]

    def answer(self, label: str, value: str, code: str) -> None:
        """Put a value into the form, and expect a finding."""
        at = next(number for number, (title, _) in enumerate(self.order.fields) if title == label)
        self.order.fields[at] = (label, value)
        self.expected.append(Expected(code, self.order.name, self.order.cell(label), value))

    def add(self, table: Table, unit: Value, name: str, *codes: str, quoted: str | None = None) -> None:
        """Add a row like the first for another unit, and expect findings at its HSA-ID."""
        table.rows.append((*table.rows[0][:-2], "", name))
        self.put(table, len(table.rows) - 1, UNIT, unit, *codes, quoted=quoted)


def make_faults() -> Faulty:
    """Return the right workbook with the mistakes that people make."""
    made = Faulty()
    _in_the_ids(made, made.status)
    _in_names_and_addresses(made, made.status, made.message)
    _in_contracts_and_parties(made)
    _in_rows(made, made.status)
    made.answer("Ärendenummer", "12518", "BST010")
    made.answer("Datum", "2027-11-13", "BST006")
    made.answer("Huvudansvarig e-post", "fiktiva.fiktivsson@example", "BST011")
    return made


def _in_the_ids(made: Faulty, status: Table) -> None:
    # Two neighbouring digits have changed places.
    made.put(status, 1, UNIT, "SE162321000165-4HVV", "HSA003")
    # A dash from Word and a no-break space at the end: tidied, and said.
    made.put(status, 2, UNIT, "SE162321000156\N{EN DASH}4HVX\N{NO-BREAK SPACE}", "CEL010")
    # A Cyrillic letter that looks like H.
    made.put(status, 3, UNIT, "SE162321000156-4\N{CYRILLIC CAPITAL LETTER EN}W0", "HSA006")
    # The letter O in the number.
    made.put(status, 10, UNIT, "SE232100O156-10KT", "HSA006")
    # Lower case: tidied, and said.
    made.put(made.message, 6, UNIT, "se162321000156-4hw8", "CEL010")


def _in_names_and_addresses(made: Faulty, status: Table, message: Table) -> None:
    made.put(status, 4, NAME, "", "ADR005")
    made.put(message, 5, NAME, "Barnmottagningen i Björkhaga", "ADR009")
    made.put(status, 9, NAME, ErrorValue("#REF!"), "CEL001", quoted="#REF!")
    url = parties.PROD.status_url.replace("/FormStatusUpdate/", "/Form StatusUpdate/")
    made.put(status, 7, "Anropsadress (URL)", url, "URL006")


def _in_contracts_and_parties(made: Faulty) -> None:
    made.put(made.consumer, 0, CONTRACT, "CreateDraftCertifikate v3", "KTR003")
    made.put(made.message, 9, CONTRACT, "SendMessageToCare v1", "KTR004")
    made.put(made.message, 10, CONTRACT, "SendMessagesToCare v2", "KTR003")
    made.put(made.message, 8, "Konsument", parties.PROD.journal[0], "KOM001")


def _in_rows(made: Faulty, status: Table) -> None:
    # Excel has made a number of an id without letters.
    made.add(status, Number(162321000156), "Jourmottagningen Sörby", "CEL003", quoted="162321000156")
    made.add(status, parties.PROD.units[0][0], parties.PROD.units[0][1], "ADR001")
    # A personal identity number that the tax agency keeps for tests; findings do not repeat it.
    made.add(status, "19121212-1212", "Vårdcentralen Tallmon", "HSA007", quoted="(personnummer)")
    made.add(status, parties.QA.units[0][0], parties.QA.units[0][1], "HSA008", "ADR008")
    made.add(status, "SE162321000156-4HX1", "Vårdcentralen Ekbacken", "ADR008")
