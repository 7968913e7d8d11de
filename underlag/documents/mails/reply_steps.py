"""The steps that a reply asks the region to take."""

from collections.abc import Sequence

from underlag.characters.cleaning import shown
from underlag.documents.mails.review import Outcome, Review


def steps(review: Review, annotated: str, *, withheld: bool, waits: bool, confirms: bool) -> list[str]:
    """Return the region's next steps for a workbook, none when all is well.

    Args:
        review: the result of checking it.
        annotated: the name of the attached annotated workbook, '' if there is none.
        withheld: whether that workbook is left out because it contains a personal identity number.
        waits: whether rows wait for the region's answer.
        confirms: whether rows are left out until the region confirms that they may change the TAK.
    """
    if review.unread:
        return [
            "Gör det som står vid felet ovan.",
            "Skicka in arbetsboken igen genom att svara på det här mejlet.",
        ]
    is_right = review.outcome in {Outcome.APPROVED, Outcome.WAITING}
    nothing_marked = is_right or review.is_held_by_mail
    texts = [] if nothing_marked and not review.private else _opening(annotated, withheld=withheld)
    if review.private:
        texts.append("Ta bort personnumret ur er egen arbetsbok.")
    if review.outcome is Outcome.PARTLY:
        texts.append("Rätta raderna som kom tillbaka i er egen arbetsbok. De övriga raderna kan stå kvar.")
    elif review.is_held_by_mail:
        texts.append(
            "Ska något i arbetsboken inte beställas, eller en annan dag än den som står där, ändra det i er "
            "egen arbetsbok. Annars behöver den inte ändras."
        )
    elif review.outcome is Outcome.RETURNED:
        texts.append("Rätta felen i er egen arbetsbok och spara den.")
    if review.missing:
        texts.append(
            f"Fyll i det som saknas: {'; '.join(review.missing)}. Skriv det i fliken Beställning och skicka "
            "in arbetsboken igen, eller svara på det här mejlet med uppgifterna."
        )
    texts += _answers(review.mailed if is_right else (), waits=waits, confirms=confirms)
    if is_right and review.other_warnings:
        texts.append(_looking_over(alone=not texts))
    if not is_right or review.private:
        texts.append(_sending_again(review))
    if review.private:
        texts.append(
            "Radera mejlet som ni skickade arbetsboken med personnumret i, och äldre versioner av filen."
        )
    return texts


def _sending_again(review: Review) -> str:
    if review.is_held_by_mail:
        how = ", utan att be oss vänta" if review.asks_to_wait else " som det står"
        return (
            "Skicka arbetsboken igen som svar på det här mejlet när allt i den ska beställas"
            f"{how}. Då går underlaget vidare."
        )
    ending = " Utan fel går underlaget vidare." if review.outcome is Outcome.RETURNED else ""
    return f"Skicka in arbetsboken igen genom att svara på det här mejlet.{ending}"


def _answers(mailed: Sequence[str], *, waits: bool, confirms: bool) -> list[str]:
    """Return the steps about what the region is asked, also about sentences of its mail."""
    texts = []
    if mailed:
        quoted = " ".join(f"”{shown(one)}”" for one in mailed)
        texts.append(f"Svara på det här mejlet om något av det ni skriver ska ändra beställningen: {quoted}")
    if waits:
        texts.append("Svara på det här mejlet med vad som gäller för adressaterna som väntar.")
    if confirms:
        texts.append("Svara på det här mejlet om raderna som kom tillbaka ska ändra det som finns i TAK.")
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


def _looking_over(*, alone: bool) -> str:
    """Return the step about warnings that no other step covers."""
    if alone:
        return "Se över varningarna ovan. Stämmer uppgifterna behöver ni inte göra något."
    return "Se över de andra varningarna ovan. Det som stämmer behöver inte ändras."
