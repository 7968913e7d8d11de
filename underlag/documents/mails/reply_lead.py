"""The first sentences about a workbook in a reply: how the checking went, and what happens now."""

from enum import StrEnum
from typing import Final, NamedTuple

from underlag.characters.cleaning import shown
from underlag.documents.mails.progress import Progress
from underlag.documents.mails.review import Outcome, Review
from underlag.text.numbers import counted

#: What happens to a workbook that only its mail holds back.
_HELD: Final = (
    "Men mejlet säger att något ska vänta eller vara annorlunda, så inget går vidare till inläsning förrän "
    "ni har skickat det igen."
)


class Occasion(StrEnum):
    """Why a reply is about a workbook."""

    NEW = "ny"
    AGAIN = "igen"
    NEWS = "nytt läge"


class Arrival(NamedTuple):
    """Why a reply is about a workbook, and for one that came earlier the day when it did (YYYY-MM-DD)."""

    occasion: Occasion = Occasion.NEW
    day: str = ""


def lead(review: Review, progress: Progress, arrival: Arrival, *, alone: bool) -> str:
    """Return the first sentences about a workbook.

    Args:
        review: the result of checking it.
        progress: what became of its rows.
        arrival: why the reply is about it.
        alone: whether the reply is about no other workbook.
    """
    name = shown(review.file)
    if arrival.occasion is Occasion.NEWS:
        return f"Det här gäller underlaget {name}, som vi tog emot {arrival.day}. {_news(review, progress)}"
    if arrival.occasion is Occasion.AGAIN:
        return (
            f"Underlaget {name} är detsamma som vi tog emot {arrival.day}, och räknas en gång. "
            f"{_again(review, progress)}"
        )
    if review.unread:
        thanks = f"Tack för underlaget {name}. Filen" if alone else "Filen"
        return f"{thanks} gick inte att läsa, så inget i den är granskat eller går vidare till inläsning."
    opening = f"Tack för underlaget {name}. Vi har granskat det" if alone else "Vi har granskat underlaget"
    return f"{opening} {_outcome(review, progress)}"


def _outcome(review: Review, progress: Progress) -> str:
    """Return how the checking of a readable new workbook went, as the end of a sentence and what follows."""
    errors = counted(review.error_count, "fel", "fel")
    match review.outcome:
        case Outcome.RETURNED:
            found = f"och hittat {errors}. Inget går vidare till inläsning förrän det är rättat."
            return f"utan att hitta fel i det. {_HELD}" if review.is_held_by_mail else found
        case Outcome.WAITING:
            return (
                "utan att hitta fel. Vi behöver ordna något i TAK innan det kan läsas in, och hör av oss när "
                "det är gjort."
            )
        case Outcome.PARTLY:
            back = counted(review.rows_left_out, "rad", "rader")
            return (
                f"och hittat {errors}. {_right_rows(review, progress)} {back} kommer tillbaka till er för "
                "rättning."
            )
    total = progress.total
    if progress.is_complete:
        return f"utan att hitta fel, och det går vidare till inläsning{review.target}."
    if total.read == total.left_out:
        return "utan att hitta fel, men ingen rad är kvar att beställa."
    return f"utan att hitta fel. {_some_rows(review, progress)}"


def _right_rows(review: Review, progress: Progress) -> str:
    total = progress.total
    if total.ordered and total.ordered == total.read - total.returned:
        return f"De rätta raderna går vidare till inläsning{review.target}."
    return _some_rows(review, progress)


def _some_rows(review: Review, progress: Progress) -> str:
    """Return how many rows go on."""
    total = progress.total
    if not total.ordered:
        return "Inget mer går vidare till inläsning nu. Hur det går med raderna står nedan."
    return (
        f"{total.ordered} av {counted(total.read, 'rad', 'rader')} går vidare till inläsning{review.target}. "
        "Hur det går med de andra står nedan."
    )


def _again(review: Review, progress: Progress) -> str:
    if review.unread:
        return "Filen gick inte att läsa, så inget i den är granskat eller går vidare till inläsning."
    if review.outcome is Outcome.RETURNED:
        if review.is_held_by_mail:
            return _HELD
        errors = counted(review.error_count, "fel", "fel")
        return f"Det har {errors}. Inget går vidare till inläsning förrän det är rättat."
    if progress.total.ordered:
        return _some_rows(review, progress)
    return "Hur det går med raderna står nedan."


def _news(review: Review, progress: Progress) -> str:
    if progress.total.ordered:
        rows = counted(progress.total.ordered, "rad som väntade", "rader som väntade")
        return f"{rows} går nu vidare till inläsning{review.target}."
    return "Läget för raderna har ändrats."
