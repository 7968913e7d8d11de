"""Judges a TAK order step by step, in tak-web's order."""

from datetime import date, timedelta
from typing import Final

from underlag.files.limits import TAK_ITEMS, TAK_ORDER, how_to_raise
from underlag.tak.holdings.catalogue import Catalogue
from underlag.tak.judge.document import LISTS, PLAIN_LISTS, SECTIONS, Document, read_document
from underlag.tak.judge.duplicates import check_duplicates
from underlag.tak.judge.effects import Effects
from underlag.tak.judge.existing import Known
from underlag.tak.judge.moment import Moment, days_of, swedish_time
from underlag.tak.judge.objects import check_objects
from underlag.tak.judge.references import References, check_null_items, check_required
from underlag.tak.judge.storage import check_storage, check_transport
from underlag.tak.judge.text import read_object, read_text
from underlag.tak.judge.verdict import Remark, TakVerdict, remark

#: From this number of objects of a kind, loading takes too long.
_MANY: Final = 20_000
#: A day this far away is usually a slip; an added row lasts this many years from its day.
_FAR: Final = timedelta(days=366)
_YEARS: Final = 100
_USUAL_SITES: Final = ("NTJP", "SLL")
_USUAL_ENVIRONMENTS: Final = ("DEV", "TEST", "QA", "PROD")


def judge(
    source: bytes | str, catalogue: Catalogue | None = None, platform: str = "", today: date | None = None
) -> TakVerdict:
    """Predict what tak-web does with an order from any source.

    Args:
        source: the file's bytes, or its text.
        catalogue: the content of the TAK; without it, references outside the order are listed, not checked.
        platform: the platform to load the order in; '' for the catalogue's or, without one, the order's own.
        today: the day of loading; None for the day on which the order states that it was placed.

    Returns:
        The verdict. No text makes this function raise.
    """
    verdict = TakVerdict()
    document = _read(source, verdict)
    if document is not None:
        known = Known(catalogue) if catalogue else None
        _judge_times(document, today, verdict)
        _judge_header(document, platform or (catalogue.platform if catalogue else ""), verdict.remarks)
        _judge_items(document, known, verdict)
        _judge_whole(document, verdict.remarks)
        verdict.remarks.append_left_out()
        verdict.remarks.sort(key=lambda r: r.step)
    return verdict


def _read(source: bytes | str, verdict: TakVerdict) -> Document | None:
    """Read an order; None, with a remark that says why, if it cannot be read or is too large to judge."""
    remarks = verdict.remarks
    if len(source) > TAK_ORDER.value * 1_000_000:
        size = f"{len(source) / 1_000_000:.0f}"
        remarks.append(remark("granskas-inte-stor", "", size, grans=TAK_ORDER.value, hoj=how_to_raise()))
        return None
    text = read_text(source, remarks)
    check_transport(text, remarks)
    found = read_object(text, remarks)
    if found is None:
        return None
    verdict.order = found
    document = read_document(found, remarks)
    verdict.platform = document.platform or ""
    verdict.counts = {
        f"{section}.{name}": len(items) for (section, name), items in document.items.items() if items
    }
    if (items := sum(map(len, document.items.values()))) > TAK_ITEMS.value:
        most, how = TAK_ITEMS.value, how_to_raise()
        remarks.append(remark("granskas-inte-poster", "", str(items), grans=most, hoj=how))
        return None
    return document


def _judge_times(document: Document, today: date | None, verdict: TakVerdict) -> None:
    """Judge the order's day against the day of loading, by default the day on which it was placed."""
    remarks = verdict.remarks
    verdict.day = _day(document.carried_out, remarks)
    ordered = days_of(document.ordered) if document.ordered else None
    today = today or (ordered[1] if ordered else None)
    if verdict.day and today and verdict.day.isoformat() not in document.comment:
        _judge_day(verdict.day, today, remarks)


def _judge_items(document: Document, known: Known | None, verdict: TakVerdict) -> None:
    """Judge the items one by one, their references, and what they change in a known TAK."""
    remarks = verdict.remarks
    check_duplicates(document, remarks)
    check_null_items(document, remarks)
    new = check_objects(document, known, remarks)
    check_required(document, remarks)
    References(new, known).check(document, remarks)
    if known and verdict.day and verdict.loads:
        verdict.effects = Effects(known, verdict.day, remarks).of(document, new)
    check_storage(document, new, verdict.day, remarks)


def _day(moment: Moment | None, remarks: list[Remark]) -> date | None:
    """Return the order's first day on a server that runs on UTC, as they usually do."""
    if moment is None:
        return None
    where = "genomforandeTidpunkt"
    days = days_of(moment)
    if days is None:
        remarks.append(remark("ar-for-stort", where, moment.text))
        return None
    utc, stockholm = days
    if moment.from_text and moment.written is None:
        remarks.append(remark("tid-omraknad", where, moment.text, blir=swedish_time(moment)))
    if utc != stockholm:
        remarks.append(
            remark("tid-flyttas", where, moment.text, utc=utc.isoformat(), stockholm=stockholm.isoformat())
        )
    return utc


def _judge_day(day: date, today: date, remarks: list[Remark]) -> None:
    """Remark on a day far from the day of loading: usually a slip in the year.

    A comment that states the day, as in the steps of an undo, shows that it is intended.
    """
    where, away = "genomforandeTidpunkt", day - today
    if away > _FAR:
        remarks.append(remark("genomforande-langt-fram", where, day.isoformat(), dagar=away.days))
    elif away < -_FAR:
        until = f"{day.year + _YEARS:04d}{day.isoformat()[4:]}"
        rule = "genomforande-forflutet" if until >= today.isoformat() else "genomforande-utan-verkan"
        remarks.append(remark(rule, where, day.isoformat(), slut=until))


def _judge_header(document: Document, platform: str, remarks: list[Remark]) -> None:
    """Remark on missing times and on a missing, wrong or unusual platform."""
    readable = not any(r.rule == "tid-ogiltig" for r in remarks)
    if document.carried_out is None and readable:
        remarks.append(remark("genomforande-saknas", "genomforandeTidpunkt", ""))
    if document.ordered is None and readable:
        remarks.append(remark("bestallning-saknas", "bestallningsTidpunkt", ""))
    stated = document.platform
    if stated is None:
        remarks.append(remark("plattform-saknas", "plattform", ""))
    elif platform and stated != platform:
        remarks.append(remark("plattform-annan", "plattform", stated, ratt=platform))
    elif not platform and not _is_usual(stated):
        remarks.append(remark("plattform-ovanlig", "plattform", stated))


def _is_usual(platform: str) -> bool:
    site, _, environment = platform.partition("-")
    return site in _USUAL_SITES and environment in _USUAL_ENVIRONMENTS


def _judge_whole(document: Document, remarks: list[Remark]) -> None:
    """Remark on an order that is too large or empty."""
    most = max(
        (sum(len(document.items.get((section, name), ())) for section in SECTIONS) for name in LISTS),
        default=0,
    )
    if most > _MANY:
        remarks.append(remark("for-manga", "", str(most)))
    changing = [*document.of("anropsbehorigheter"), *document.of("vagval")]
    created = [item for name in PLAIN_LISTS for item in document.of(name, "inkludera")]
    if not changing and not created:
        remarks.append(remark("tom-bestallning", "", ""))
