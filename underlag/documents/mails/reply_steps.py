"""What the reply asks the region to do."""

from typing import TYPE_CHECKING, Final

from underlag.checks.rules.contacts import contact_gaps
from underlag.documents.mails.private_files import TELLING, holds_private
from underlag.documents.mails.reply_outcome import Outcome, outcome
from underlag.findings import Severity

if TYPE_CHECKING:
    from underlag.checked import Checked

#: Findings about details that nobody stated, which the step about them lists.
_MISSING: Final = {"BST007": "datum för ändringen", "BST009": "förstudiens ärendenummer"}
_CONTACTS: Final = "BST013"


def steps(checked: "Checked", annotated: str, *, withheld: bool) -> list[str]:
    """Return what the region does next, nothing when all is well.

    Args:
        checked: the workbook with what was found.
        annotated: the name of the attached annotated workbook, '' if there is none.
        withheld: whether that workbook is left out, since a personal identity number stands in it.
    """
    what = outcome(checked)
    private = holds_private(checked)
    is_right = what in {Outcome.ORDERED, Outcome.WAITING}
    told = [] if is_right and not private else _opening(annotated, withheld=withheld)
    if private:
        told.append("Ta bort personnumret ur er egen arbetsbok.")
    if what is Outcome.PARTLY:
        told.append("Rätta raderna som kom tillbaka i er egen arbetsbok. De övriga raderna kan stå kvar.")
    elif what is Outcome.RETURNED:
        told.append("Rätta felen i er egen arbetsbok och spara den.")
    if missing := _missing(checked):
        told.append(
            f"Fyll i det som saknas: {'; '.join(missing)}. Skriv det i fliken Beställning och skicka in "
            "arbetsboken igen, eller svara på det här mejlet med uppgifterna."
        )
    if is_right:
        told += _looking_over(checked, alone=not told)
    if not is_right or private:
        ending = " Utan fel går underlaget vidare." if what is Outcome.RETURNED else ""
        told.append(f"Skicka in arbetsboken igen genom att svara på det här mejlet.{ending}")
    if private:
        told.append(
            "Radera mejlet som ni skickade arbetsboken med personnumret i, och äldre versioner av filen."
        )
    return told


def _opening(annotated: str, *, withheld: bool) -> list[str]:
    """Return the step about the annotated workbook, if there is one."""
    if withheld:
        return [
            (
                "Den granskade arbetsboken är inte bifogad: den innehåller ett personnummer och får inte "
                "skickas vidare i mejl. Den finns hos kundservice. Utgå från er egen arbetsbok: det som ska "
                "rättas står ovan, med flik och cell."
            )
        ]
    if not annotated:
        return []
    return [
        (f"Öppna den bifogade filen {annotated}. Första fliken listar allt som vi har hittat, cell för cell.")
    ]


def _missing(checked: "Checked") -> list[str]:
    """Return the details that nobody stated and the form asks for."""
    codes = {found.code for found in checked.findings}
    missing = [title for code, title in _MISSING.items() if code in codes]
    return [*missing, *contact_gaps(checked.underlag)] if _CONTACTS in codes else missing


def _looking_over(checked: "Checked", *, alone: bool) -> list[str]:
    """Return the step about the warnings that no other step is about."""
    told = {*_MISSING, _CONTACTS, *TELLING}
    others = any(f.severity is Severity.WARNING and f.code not in told for f in checked.findings)
    if not others:
        return []
    if alone:
        return ["Se över varningarna ovan. Stämmer uppgifterna behöver ni inte göra något."]
    return ["Se över de andra varningarna ovan. Det som stämmer behöver inte ändras."]
