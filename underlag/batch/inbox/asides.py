"""Recognises files that are not the workbook itself, although their names or contents look like one."""

from typing import Final

from underlag.batch.inbox.containers import Kind

#: Files that are not the workbook itself, by the start and the end of their names.
_ASIDE: Final = (
    ("~$", "", "är låsfilen till en arbetsbok som är öppen i Excel, inte arbetsboken själv"),
    (".~lock.", "#", "är låsfilen till en arbetsbok som är öppen i LibreOffice, inte arbetsboken själv"),
    ("._", "", "är en systemfil från macOS, inte arbetsboken själv"),
)
TEMPORARY: Final = "är en tillfällig fil från Office, inte arbetsboken själv"
_TEMPORARY_WORKBOOK: Final = (
    "är en tillfällig fil från Office med en arbetsbok i. Är det underlaget, spara det under eget namn och "
    "kör igen"
)
_UNFINISHED: Final = "är en nedladdning som inte är klar. Hämta filen på nytt och kör igen"
_UNFINISHED_ENDINGS: Final = (".crdownload", ".part", ".partial", ".download")


def why_aside(name: str) -> str:
    """Return why a file is not the workbook itself, by its name: '' for any other file."""
    return next((why for start, end, why in _ASIDE if name.startswith(start) and name.endswith(end)), "")


def why_left_over(name: str, kind: Kind) -> str:
    """Return why a file that may be or contain a workbook is not read as one; '' for other files."""
    if name.casefold().endswith(_UNFINISHED_ENDINGS):
        return _UNFINISHED
    if name.casefold().endswith(".tmp"):
        return _TEMPORARY_WORKBOOK if kind is Kind.WORKBOOK else TEMPORARY
    return ""
