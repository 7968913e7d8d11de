"""The source of a value, in Swedish text."""

from collections.abc import Mapping, Sequence

from underlag.text.lists import listed
from underlag.workbook import Contact, Field, OrderDetails


def source_text(value: Field | None) -> str:
    """Return the source of a value: 'flik Beställning, cell B7', 'ur bestallning.toml'; '' for none."""
    return sources_text({"": value})


def sources_text(values: Mapping[str, Field | None]) -> str:
    """Return the sources of values that belong together, by their labels.

    One source is named once: 'flik Beställning, cell B7–B9'. Several are named with what they give:
    'namn: ur bestallning.toml; telefon: flik Beställning, cell B9'. '' where there is no value.
    """
    found = _by_source(values)
    named = {source: _with_cells(source, list(given.values())) for source, given in found.items()}
    if len(named) == 1:
        return next(iter(named.values()))
    return "; ".join(f"{listed(list(given))}: {named[source]}" for source, given in found.items())


def details_by_source(details: OrderDetails, *, cells: bool = True) -> dict[str, list[str]]:
    """Return the details that each source states: 'ur bestallning.toml' -> 'datum', 'beställare (namn)'.

    Args:
        details: the order's details.
        cells: whether a source includes its cells.
    """
    found: dict[str, list[str]] = {}
    for detail, values in values_by_detail(details).items():
        sources = _by_source(values)
        for source, given in sources.items():
            label = detail if len(sources) == 1 else f"{detail} ({listed(list(given))})"
            named = _with_cells(source, list(given.values())) if cells else source
            found.setdefault(named, []).append(label)
    return found


def _by_source(values: Mapping[str, Field | None]) -> dict[str, dict[str, Field]]:
    found: dict[str, dict[str, Field]] = {}
    for label, value in values.items():
        if value is not None and value.text:
            found.setdefault(_source(value), {})[label] = value
    return found


def _with_cells(source: str, values: Sequence[Field]) -> str:
    return f"{source}, cell {_cells(values)}" if values[0].column else source


def _cells(values: Sequence[Field]) -> str:
    """Return the cells of values: 'B7–B9' where they lie below one another."""
    first, last = values[0], values[-1]
    below = [(value.column, value.row) for value in values]
    if below == [(first.column, first.row + step) for step in range(len(values))] and first is not last:
        return f"{first.cell}–{last.cell}"
    return listed([value.cell for value in values])


def _source(value: Field) -> str:
    if value.column:
        return f"flik {value.sheet}"
    return f"ur {value.sheet}" if value.sheet.endswith(".toml") else value.sheet


def with_source(value: Field | None) -> str:
    """Return a value and its source: '2027-03-01 (ur bestallning.toml)'; '' for none."""
    return f"{value.text} ({source_text(value)})" if value is not None and value.text else ""


def contact_values(contact: Contact) -> dict[str, Field | None]:
    """Return what the order form requires of a contact, by label."""
    return {"namn": contact.name, "e-post": contact.email, "telefon": contact.phone}


def values_by_detail(details: OrderDetails) -> dict[str, dict[str, Field | None]]:
    """Return the values of each detail whose source documents name, by the detail's name."""
    return {
        "datum": {"datum": details.date},
        "ärendenummer": {"ärendenummer": details.case_number},
        "beställare": contact_values(details.orderer),
        "huvudansvarig": contact_values(details.main_contact),
        "teknisk kontaktperson": contact_values(details.technical_contact),
        "teknisk support": contact_values(details.support),
    }
