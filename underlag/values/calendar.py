"""Dates as orders need them: Swedish working days."""

from datetime import date

from underlag.values.refusal import Refusal


def parse_date(text: str) -> date | Refusal:
    """Parse YYYY-MM-DD (also YYYYMMDD and '1 mars 2027'); reasons 'missing', 'form'. An ambiguous form such as 03/04/2027 is refused."""
    raise NotImplementedError


def why_not_working_day(day: date) -> str:
    """Return '' for a working day in Sweden, else the Swedish reason: 'lördag', 'söndag', 'midsommarafton', ..."""
    raise NotImplementedError
