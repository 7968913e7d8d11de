"""The work on one workbook, done in a process of its own: from its bytes to its package."""

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from underlag.batch.model import Counts, Made, Settings, State
from underlag.findings import Severity
from underlag.inbox import Found, UnusableError, load
from underlag.system_errors import why

if TYPE_CHECKING:
    from underlag.checks import Checked


@dataclass(slots=True, frozen=True)
class Failure:
    """Why nothing could be made of a workbook: a Swedish sentence."""

    reason: str


@dataclass(slots=True, frozen=True)
class WorkbookJob:
    """A workbook to work on, and the place, not there yet, where its package is to be put together."""

    found: Found
    fingerprint: str
    order_file: Path | None
    folder: Path

    def run(self, settings: Settings) -> Made | Failure:
        """Make the package; never raises."""
        return _guarded(self, settings)


def _guarded(job: WorkbookJob, settings: Settings) -> Made | Failure:
    try:
        return _make(job, settings)
    except UnusableError as error:
        return Failure(f"Filen {error}.")
    except OSError as error:
        return Failure(f"Filen gick inte att läsa, eller paketet att skriva: {why(error)}.")
    except MemoryError:
        return Failure("Arbetsboken är för stor för datorns minne. Kör den för sig, på en större dator.")
    except Exception as error:  # noqa: BLE001 - whatever goes wrong with one workbook must not stop the others
        return Failure(unexpected(error))


def unexpected(error: Exception) -> str:
    """Return the sentence about an error that is the program's own."""
    return (
        f"Ett oväntat fel i programmet ({type(error).__name__}) hindrade granskningen. "
        "Granska arbetsboken för sig med underlag bestall, och anmäl felet om det är kvar."
    )


def _make(job: WorkbookJob, settings: Settings) -> Made | Failure:
    from underlag.batch.saved import last_saved  # noqa: PLC0415 - only the workers need these
    from underlag.batch.stored import pack, units_of  # noqa: PLC0415
    from underlag.batch.tak import beside_export  # noqa: PLC0415
    from underlag.checks import check  # noqa: PLC0415
    from underlag.orders import make_orders  # noqa: PLC0415
    from underlag.reading import read  # noqa: PLC0415
    from underlag.writing.package import PackageError, write_package  # noqa: PLC0415

    content = load(job.found)
    if hashlib.sha256(content).hexdigest() != job.found.sha256:
        return Failure("Filen ändrades medan kommandot kördes. Kör igen.")
    options = replace(settings.options, order_file=job.order_file)
    reading = read(content, options, name=job.found.name)
    checked = check(reading, options, reference=settings.reference)
    checked, catalogue, comparison = beside_export(checked, settings.export)
    orders = [] if checked.blocked else make_orders(checked)
    try:
        package = write_package(
            checked,
            orders,
            job.folder,
            catalogue=catalogue,
            comparison=comparison,
            reply_to=job.found.sender,
        )
    except PackageError as error:
        return Failure(str(error))
    underlag = checked.underlag
    units = units_of(checked)
    return Made(
        fingerprint=job.fingerprint,
        sha256=job.found.sha256,
        name=job.found.name,
        profile=underlag.profile.key if underlag.profile else "",
        environment=underlag.environment,
        region=underlag.region,
        case_number=underlag.details.case_number.text if underlag.details.case_number else "",
        day=next((order.day.isoformat() for order in orders if order.day), _stated_day(checked)),
        saved=last_saved(content),
        state=_state(checked),
        counts=_counts(checked, len(units), len(orders)),
        files=package.files,
        content=pack(units, orders),
        made_at=options.now,
    )


def _stated_day(checked: "Checked") -> str:
    from underlag.values.calendar import parse_date  # noqa: PLC0415 - as above
    from underlag.values.refusal import Refusal  # noqa: PLC0415 - as above

    stated = checked.underlag.details.date
    day = parse_date(stated.text) if stated else None
    return "" if day is None or isinstance(day, Refusal) else day.isoformat()


def _state(checked: "Checked") -> State:
    if checked.blocked:
        return State.FAULTY
    return State.PARTLY if checked.rows_left_out else State.DONE


def _counts(checked: "Checked", units: int, orders: int) -> Counts:
    read = sum(len(flow.entries) for flow in checked.underlag.flows)
    return Counts(
        units=units,
        errors=checked.count(Severity.ERROR),
        warnings=checked.count(Severity.WARNING),
        infos=checked.count(Severity.INFO),
        orders=orders,
        read=read,
        ordered=0 if checked.blocked else sum(map(len, checked.entries.values())),
        left_out=read if checked.blocked else len(checked.left_out),
    )
