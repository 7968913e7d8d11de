"""The verdict on a workbook in one sentence, the same on the page and on the terminal."""

from typing import TYPE_CHECKING, Literal, NamedTuple

from underlag.checks.skipping import blocking_errors
from underlag.documents.finding_groups import count_severities
from underlag.findings import Severity, kind
from underlag.text.numbers import counted, severity_counts

if TYPE_CHECKING:
    from underlag.checked import Checked


class WorkbookVerdict(NamedTuple):
    """Whether the workbook can be ordered.

    Attributes:
        sentence: without a full stop, e.g. 'Kan inte beställas: 3 fel'.
        detail: one or two sentences about the consequence.
        tone: the colour of the page and the terminal.
        counts: findings by severity.
    """

    sentence: str
    detail: str
    tone: Literal["fel", "varning", "ratt"]
    counts: dict[Severity, int]

    @property
    def counts_text(self) -> str:
        """The counts in words: '3 fel och 1 varning', or that there was nothing."""
        return severity_counts(self.counts) or "inga fynd"


def verdict(checked: "Checked") -> WorkbookVerdict:
    """Return the verdict on a checked workbook."""
    counts = count_severities(checked.findings)
    errors = counts.get(Severity.ERROR, 0)
    if checked.blocked or (errors and not checked.options.skip_faulty):
        return WorkbookVerdict(
            f"Kan inte beställas: {counted(errors, 'fel', 'fel')}" if errors else "Kan inte beställas",
            _what_first(checked),
            "fel",
            counts,
        )
    if checked.nothing_to_order:
        return _nothing_to_order(checked, counts)
    if errors:
        return WorkbookVerdict(
            "Kan beställas utan de felaktiga raderna", _left_out(checked), "varning", counts
        )
    if checked.rows_left_out:
        rows = counted(checked.rows_left_out, "rad", "rader")
        return WorkbookVerdict(
            f"Kan beställas utom {rows}", f"Inga fel, men {_left_out(checked)}", "varning", counts
        )
    return _without_errors(checked, counts)


def _without_errors(checked: "Checked", counts: dict[Severity, int]) -> WorkbookVerdict:
    """Return the verdict on a workbook that is ordered, without the rows that a decision leaves out."""
    warnings = counts.get(Severity.WARNING, 0)
    seen = f"Se över {counted(warnings, 'varning', 'varningar')} innan du beställer." if warnings else ""
    if checked.rows_decided:
        rows = counted(checked.rows_decided, "rad", "rader")
        detail = " ".join(filter(None, ("Inga fel.", _decided(checked), seen)))
        return WorkbookVerdict(f"Kan beställas utom {rows}", detail, "varning", counts)
    if seen:
        return WorkbookVerdict("Kan beställas", f"Inga fel. {seen}", "ratt", counts)
    return WorkbookVerdict("Kan beställas", "Inga fel och inget att se över.", "ratt", counts)


def _nothing_to_order(checked: "Checked", counts: dict[Severity, int]) -> WorkbookVerdict:
    """Return the verdict on a workbook none of whose rows is ordered."""
    if checked.rows_left_out:
        rows = _left_out(checked)
        return WorkbookVerdict("Ingenting beställs", f"{rows[:1].upper()}{rows[1:]}", "varning", counts)
    if checked.rows_decided:
        return WorkbookVerdict("Ingenting beställs", _decided(checked), "varning", counts)
    codes = sorted({reason.code for left in checked.left_out for reason in left.reasons})
    why = ", ".join(f"{code} {kind(code).title}" for code in codes)
    detail = f"Ingen rad behöver beställas ({why})."
    return WorkbookVerdict("Ingenting att beställa", detail, "ratt", counts)


def _decided(checked: "Checked") -> str:
    """Return the number of rows that are left out by decision, and which finding names them."""
    code = next(
        reason.code for left in checked.left_out for reason in left.reasons if kind(reason.code).decided
    )
    rows = counted(checked.rows_decided, "rad är bortvald", "rader är bortvalda")
    them = "Den" if checked.rows_decided == 1 else "De"
    return f"{rows} enligt beslut ({code}). {them} beställs inte."


def _left_out(checked: "Checked") -> str:
    """Return the number of rows that are not ordered and why: errors first, then their consequences."""
    reasons = {
        reason.code: reason.severity
        for left in checked.left_out
        for reason in left.reasons
        if reason.severity is not Severity.INFO
    }
    count = checked.rows_left_out
    by_weight = sorted(reasons, key=lambda code: (reasons[code] is not Severity.ERROR, code))
    why = ", ".join(f"{code} {kind(code).title}" for code in by_weight)
    them = "den" if count == 1 else "dem"
    if all(severity is Severity.ERROR for severity in reasons.values()):
        rows = counted(count, "felaktig rad är bortvald", "felaktiga rader är bortvalda")
        advice = f"Rätta {them} och beställ {them} för sig."
    else:
        rows = counted(count, "rad är bortvald", "rader är bortvalda")
        advice = f"Vid fynden står vad som krävs för att {'den' if count == 1 else 'de'} ska beställas."
    decided = f" Dessutom: {_decided(checked)}" if checked.rows_decided else ""
    return f"{rows} och beställs inte ({why}). {advice}{decided}"


def _what_first(checked: "Checked") -> str:
    """Return what must be done before anything can be ordered: errors of a TAK are not the workbook's."""
    errors = [found for found in checked.findings if found.severity is Severity.ERROR]
    whole = blocking_errors(checked.underlag, errors) if checked.options.skip_faulty else []
    if 0 < len(whole) < len(errors):
        named = ", ".join(f"{code} {kind(code).title}" for code in sorted({found.code for found in whole}))
        return f"Felaktiga rader kan lämnas utanför, men detta hindrar hela beställningen: {named}."
    of_tak = {kind(code).category == "TAK" for code in {found.code for found in errors}}
    if True not in of_tak:
        return "Felen måste rättas innan något kan beställas."
    if False in of_tak:
        return "Felen måste rättas innan något kan beställas. De som gäller TAK reds ut där; se förslagen."
    return "Felen gäller TAK och måste redas ut innan något kan beställas; se förslagen."
