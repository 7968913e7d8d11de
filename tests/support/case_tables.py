"""Tables of cases: a line for each, with its values between bars."""


def case_rows(table: str) -> list[tuple[str, ...]]:
    """Return the values of each line of a table, without the blanks around them."""
    lines = table.strip().split("\n")
    return [tuple(cell.strip() for cell in line.strip().strip("|").split("|")) for line in lines]
