"""The steps that the reply asks the region to take."""

from typing import TYPE_CHECKING, Final

from underlag.checks.rules.contacts import contact_gaps
from underlag.documents.mails.private_files import TELLING, holds_private
from underlag.documents.mails.reply_outcome import Outcome, outcome
from underlag.findings import Severity

if TYPE_CHECKING:
    from underlag.checked import Checked

#: Findings about missing details, which have a step of their own.
_MISSING: Final = {"BST007": "datum för ändringen", "BST009": "förstudiens ärendenummer"}
_CONTACTS: Final = "BST013"


def steps(checked: "Checked", annotated: str, *, withheld: bool) -> list[str]:
    """Return the region's next steps, none when all is well.

    Args:
        checked: the checked workbook.
        annotated: the name of the attached annotated workbook, '' if there is none.
        withheld: whether that workbook is left out because it contains a personal identity number.
    """
    what = outcome(checked)
    private = holds_private(checked)
    is_right = what in {Outcome.ORDERED, Outcome.WAITING}
    texts = [] if is_right and not private else _opening(annotated, withheld=withheld)
    if private:
        texts.append("Ta bort personnumret ur er egen arbetsbok.")
    if what is Outcome.PARTLY:
        texts.append("Rätta raderna som kom tillbaka i er egen arbetsbok. De övriga raderna kan stå kvar.")
    elif what is Outcome.RETURNED:
        texts.append("Rätta felen i er egen arbetsbok och spara den.")
    if missing := _missing(checked):
        texts.append(
            f"Fyll i det som saknas: {'; '.join(missing)}. Skriv det i fliken Beställning och skicka in "
            "arbetsboken igen, eller svara på det här mejlet med uppgifterna."
        )
    if is_right:
        texts += _looking_over(checked, alone=not texts)
    if not is_right or private:
        ending = " Utan fel går underlaget vidare." if what is Outcome.RETURNED else ""
        texts.append(f"Skicka in arbetsboken igen genom att svara på det här mejlet.{ending}")
    if private:
        texts.append(
            "Radera mejlet som ni skickade arbetsboken med personnumret i, och äldre versioner av filen."
        )
    return texts


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
    """Return the missing details that the form requires."""
    codes = {found.code for found in checked.findings}
    missing = [title for code, title in _MISSING.items() if code in codes]
    return [*missing, *contact_gaps(checked.underlag)] if _CONTACTS in codes else missing


def _looking_over(checked: "Checked", *, alone: bool) -> list[str]:
    """Return the step about warnings that no other step covers."""
    covered = {*_MISSING, _CONTACTS, *TELLING}
    others = any(f.severity is Severity.WARNING and f.code not in covered for f in checked.findings)
    if not others:
        return []
    if alone:
        return ["Se över varningarna ovan. Stämmer uppgifterna behöver ni inte göra något."]
    return ["Se över de andra varningarna ovan. Det som stämmer behöver inte ändras."]
