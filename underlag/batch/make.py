"""Makes the package of a workbook from its bytes, in a worker process."""

from dataclasses import replace

from underlag.batch.inbox import load
from underlag.batch.ledger.packed_rows import pack
from underlag.batch.processes.tak_export import compare_with_export
from underlag.batch.records.workbooks import Counts, PackageRecord, Settings, State
from underlag.batch.saved import last_saved
from underlag.batch.workbook_job import Failure, WorkbookJob
from underlag.checked import Checked, for_region
from underlag.checks import check
from underlag.checksum import sha256_of
from underlag.documents.mails.review import review
from underlag.files.time_limit import TooLongError, limited_making
from underlag.findings import Severity
from underlag.orders.build import make_orders
from underlag.package.write import PackageError, stage_package
from underlag.reading import read
from underlag.workbook import text_of


def make(job: WorkbookJob, settings: Settings) -> PackageRecord | Failure:
    """Read and check a workbook, and put its package together.

    Raises:
        UnusableError: the file cannot be read from its container.
        OSError: the file cannot be read, or the package not be written.
        UnansweredError: the TAK-API does not answer.
    """
    content = load(job.found)
    if sha256_of(content) != job.found.sha256:
        return Failure("Filen ändrades medan kommandot kördes. Kör igen.")
    options = replace(
        settings.options,
        order_file_beside=job.order_file,
        remarks=(*settings.options.remarks, *job.found.remarks),
    )
    reading = read(content, options, name=job.found.name)
    checked = check(reading, options, reference=settings.reference)
    checked, catalogue, comparison = compare_with_export(checked, settings)
    try:
        with limited_making(len(content)):
            orders = [] if checked.blocked else make_orders(checked)
        package = stage_package(checked, orders, job.folder, catalogue=catalogue, comparison=comparison)
    except (PackageError, TooLongError) as error:
        return Failure(str(error))
    underlag = checked.underlag
    found = review(for_region(checked))
    return PackageRecord(
        fingerprint=job.fingerprint,
        sha256=job.found.sha256,
        name=job.found.name,
        profile=underlag.profile.key if underlag.profile else "",
        environment=underlag.environment,
        region=underlag.region,
        case_number=text_of(underlag.details.case_number),
        day=underlag.details.day.isoformat() if underlag.details.day else "",
        saved=last_saved(content),
        state=_state(checked),
        counts=_counts(checked, len(_units_of(checked)), len(orders)),
        files=package.files,
        content=pack(checked, orders, found),
        made_at=options.now,
        message=found.quoted,
    )


def _units_of(checked: Checked) -> set[str]:
    """Return the addressees of the producers' sheets, in upper case."""
    units = {
        unit.upper()
        for flow in checked.underlag.flows
        if flow.spec.order == "producer"
        for unit in set(flow.entries.texts("addressee"))
    }
    return units - {""}


def _state(checked: Checked) -> State:
    if checked.blocked:
        return State.FAULTY
    return State.PARTLY if checked.rows_left_out else State.DONE


def _counts(checked: Checked, units: int, orders: int) -> Counts:
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
