"""Makes the table of Sweden's public holidays from the library `holidays`, which knows the law.

Source: lag (1989:253) om allmänna helgdagar, as `holidays.countries.Sweden` applies it.
"""

import csv
import io
from typing import Final

from holidays.countries.sweden import Sweden

#: The years of the table: from the law's last change to the last year that the library computes.
YEARS: Final = range(2005, 2101)


def as_csv() -> str:
    """Return the table: a row for each year with the dates (month and day) of its holidays.

    The first line holds their Swedish names as they are written within a sentence. Of two holidays on one day
    only the first has it.
    """
    table = {year: _holidays(year) for year in YEARS}
    names = list(dict.fromkeys(name for found in table.values() for name in found))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["år", *names])
    writer.writerows([year, *(found.get(name, "") for name in names)] for year, found in table.items())
    return text.getvalue()


def _holidays(year: int) -> dict[str, str]:
    """Return the dates of a year's holidays, by name."""
    days = Sweden(years=year, include_sundays=False, language="sv")
    return {_within_a_sentence(days[day].split(";")[0].strip()): f"{day:%m-%d}" for day in sorted(days)}


def _within_a_sentence(name: str) -> str:
    """Return a holiday's name in lower case except for a person's name: Kristi himmelsfärdsdag."""
    return name.lower().replace("kristi ", "Kristi ")
