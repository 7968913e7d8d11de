"""Sentences about loads, for their pages and for the commands."""

from collections.abc import Mapping

from underlag.text.lists import listed
from underlag.text.numbers import counted


def not_restored(rows: Mapping[int, int]) -> str:
    """Return sentences on what an undo does not bring back, '' if that is nothing.

    Args:
        rows: by earlier load, how many of its rows the load replaces.
    """
    if not rows:
        return ""
    loads = listed([f"{load:04d}" for load in rows])
    return (
        f"Inläsningen ersätter {counted(sum(rows.values()), 'rad', 'rader')} i inläsning {loads}. "
        "Återställningen tar bort det nya men lägger inte tillbaka det gamla, eftersom ingen TAK-export var "
        f"med när den gjordes (--tak). Ska det gamla gälla igen måste det beställas på nytt: rader.csv i "
        f"inläsning {loads} visar vad det var."
    )
