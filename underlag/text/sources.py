"""The source of a value, in Swedish text."""

from underlag.workbook import Field


def source_text(value: Field | None) -> str:
    """Return the source of a value: 'flik Beställning, cell B7', 'ur bestallning.toml'; '' for none."""
    if value is None or not value.text:
        return ""
    if value.column:
        return f"flik {value.sheet}, cell {value.cell}"
    return f"ur {value.sheet}" if value.sheet.endswith(".toml") else value.sheet


def with_source(value: Field | None) -> str:
    """Return a value and its source: '2027-03-01 (ur bestallning.toml)'; '' for none."""
    return f"{value.text} ({source_text(value)})" if value is not None and value.text else ""
