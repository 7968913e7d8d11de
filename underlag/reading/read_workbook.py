"""Reading as one function: file -> grid of cells -> tables -> Underlag, with findings.

Findings: FIL009, FLI006, FLI035, FLI060.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from underlag.account import Account
from underlag.files.regular import read_regular
from underlag.files.time_limit import OverTimeError, limited_time
from underlag.findings import Finding, finding
from underlag.gc_pause import garbage_collection_paused
from underlag.options import Options
from underlag.profiles import find_profile, recognised_profiles
from underlag.profiles.profile import FlowSpec, Profile
from underlag.reading.account.build import Accounts
from underlag.reading.account.context import Context
from underlag.reading.cells.dates import day_of
from underlag.reading.decisions.decisions import Decisions
from underlag.reading.decisions.sources import decided, titles_meant
from underlag.reading.flows import build_flow, same_as_another, take_addressees
from underlag.reading.formats.grid import Grid
from underlag.reading.formats.limits import MAX_FILE
from underlag.reading.formats.refusal import UnreadableError, too_costly
from underlag.reading.guarded import open_guarded
from underlag.reading.order_details import order_file
from underlag.reading.order_details.details import read_details
from underlag.reading.order_details.file_name import read_file_name
from underlag.reading.read_sheets import ESSENTIAL, has_rows, read_sheets
from underlag.reading.same_addresses import unify_addresses
from underlag.reading.tables.sheets import choose_profile, match_sheets
from underlag.reading.tables.table import Table
from underlag.text.lists import MOST_NAMED, listed
from underlag.workbook import Entries, Field, Flow, OrderDetails, Source, Underlag


@dataclass(slots=True, eq=False, repr=False)
class Reading:
    """The Underlag and the findings of reading.

    If the file cannot be read, the Underlag is empty and a FIL finding says why.
    """

    underlag: Underlag
    findings: list[Finding]
    account: Account = field(default_factory=Account)


def read(source: Path | str | bytes, options: Options | None = None, *, name: str = "") -> Reading:
    """Read a filled-in workbook.

    Args:
        source: the file's path, or its bytes.
        options: what the caller asks for; environment, profile, date, case number, order file and removal are
            used here.
        name: file name, if `source` is bytes.

    Invalid content never raises; it gives findings.

    Raises:
        OSError: the file cannot be opened at all (missing, no permission).
    """
    with garbage_collection_paused():
        return _read(Path(source) if isinstance(source, str) else source, options or Options(), name)


def _read(source: Path | bytes, options: Options, name: str) -> Reading:
    if isinstance(source, Path):
        name = name or source.name
        if options.order_file is None and (beside := source.with_name(order_file.NAME)).is_file():
            options = replace(options, order_file_beside=beside)
        content = read_regular(source, MAX_FILE + 1)
    else:
        content = source
    about = Source(name, "", content)
    try:
        with limited_time(len(content)):
            grid = open_guarded(content)
            about = about._replace(format=grid.format)
            return _read_grid(grid, about, _profile(grid, options, name), options)
    except UnreadableError as error:
        refused = error.finding()  # without the error, whose frames would keep all that was read
    except OverTimeError:
        refused = too_costly(len(content)).finding()
    details = read_details(_profile_of_name(options, name), options, None, name)
    return Reading(Underlag(about, None, details.details), [refused, *details.findings])


def _profile(grid: Grid, options: Options, name: str) -> Profile:
    known = recognised_profiles()
    if options.profile:
        chosen = find_profile(options.profile)
    else:
        meant = titles_meant(options.order_file or options.order_file_beside)
        chosen = choose_profile(list(known.values()), grid.sheets, name, meant)
    if chosen is None:
        sheets = listed([f"”{sheet.name}”" for sheet in grid.sheets], most=MOST_NAMED)
        raise UnreadableError(
            "FIL009", flikar=sheets, profiler=listed([one.title for one in known.values()], most=MOST_NAMED)
        )
    return chosen


def _profile_of_name(options: Options, name: str) -> Profile | None:
    """Return a profile that understands the name of a file, for one whose content says nothing."""
    if options.profile:
        return find_profile(options.profile)
    return next((one for one in recognised_profiles().values() if read_file_name(name, one)), None)


def _read_grid(grid: Grid, about: Source, profile: Profile, options: Options) -> Reading:
    matched = match_sheets(profile, grid.sheets)
    details = read_details(profile, options, matched.order, about.name)
    region = details.details.region.text if details.details.region else ""
    decisions = decided(options, details.details.order_file, region)
    unknown = details.unknown
    if labels := decisions.details_meant(unknown):
        details = read_details(profile, options, matched.order, about.name, labels)
    context = _context(profile, details.details, options, about.name, decisions)
    context = context._replace(names=grid.names, mails=options.remarks)
    if meant := context.decisions.sheets_meant(profile, [sheet.name for sheet in grid.sheets]):
        matched = match_sheets(profile, grid.sheets, meant, context.decisions.chosen)
    underlag = Underlag(about, profile, details.details, unreadable=details.unreadable)
    findings = [*matched.findings, *details.findings]
    # A removal does not affect a system's own authorization, so the sheets about it may be missing.
    spared = _consumers_sheets(profile) if details.details.removes else frozenset()
    accounts = Accounts(context)
    tables = read_sheets(profile, matched, accounts, spared, findings)
    for table in tables.values():
        underlag.unreadable |= table.rows.unreadable
    for spec in profile.flows:
        own = _own_tables(profile, spec, tables)
        if not own:
            there = [tables[key].sheet for key in spec.sheets if key in tables]
            underlag.flows.append(Flow(spec, sheet=there[0] if there else ""))
            continue
        flow, of_flow = build_flow(profile, spec, own, underlag.environment)
        underlag.flows.append(flow)
        findings += of_flow
        fixed = spec.fixed_value("url", underlag.environment)
        findings += unify_addresses(flow, fixed.value if fixed else "")
    for flow in underlag.flows:
        if spared.isdisjoint(flow.spec.sheets):
            findings += _complete(profile, flow, underlag, tables, findings)
    account, of_account = accounts.finish(matched, underlag.flows, unknown, spared)
    return Reading(underlag, _each_once([*_without_questioned(findings, of_account), *of_account]), account)


def _without_questioned(findings: Iterable[Finding], of_account: Iterable[Finding]) -> Iterator[Finding]:
    """Yield findings, without how a reference to another sheet is read where that is an error (FLI060)."""
    questioned = {one.position for one in of_account if one.code == "FLI060"}
    return (one for one in findings if one.code != "FLI035" or one.position not in questioned)


def _each_once(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings without duplicates: several sheets of the profile may be read from one."""
    return list({(one.code, one.position, one.value, one.message): one for one in findings}.values())


def _context(
    profile: Profile, details: OrderDetails, options: Options, name: str, decisions: Decisions
) -> Context:
    """Return what the account of the workbook is judged against."""
    environment = details.environment.text if details.environment else ""
    if profile.environment(environment) is None:
        environment = ""  # reported as no environment, which other texts cannot contradict
    return Context(
        profile,
        environment=environment,
        day=day_of(details.date.text) if details.date else None,
        today=options.now.date(),
        removes=details.removes,
        decisions=decisions,
        region=details.region.text if details.region else "",
        file_name=Path(name).stem,
    )


def _own_tables(profile: Profile, spec: FlowSpec, tables: dict[str, Table]) -> list[Table]:
    """Return the tables of a flow; none if a required one was not found.

    A sheet that need not be there counts only where it has rows.
    """
    keys = [key for key in spec.sheets if profile.sheet(key).required or has_rows(tables.get(key))]
    own = [tables[key] for key in keys if key in tables]
    return own if len(own) == len(keys) and all(table.found for table in own) else []


def _consumers_sheets(profile: Profile) -> frozenset[str]:
    """Return the keys of the sheets that only consumers' orders use."""
    others = {key for flow in profile.flows if flow.order != "consumer" for key in flow.sheets}
    return frozenset(key for flow in profile.flows for key in flow.sheets if key not in others)


def _complete(
    profile: Profile, flow: Flow, underlag: Underlag, tables: dict[str, Table], earlier: list[Finding]
) -> list[Finding]:
    """Add the addressees of another sheet if this one has none; report sheets without any rows.

    Findings about a text such as 'samma som fliken …' are removed from `earlier`: it is not read as an id.
    """
    own = _own_tables(profile, flow.spec, tables)
    if not own:
        return []
    if any("addressee" in table.ambiguous for table in own):
        flow.entries = Entries()  # their column is unknown, so there are no findings about them
        return []
    other = underlag.flow(flow.spec.addressees_from) if flow.spec.addressees_from else None
    same: Field | None = None
    if flow.entries.has("addressee") and any(entry.addressee for entry in flow.entries):
        same = same_as_another(flow)
        if not same or not other or not other.entries:
            return []
        raw = next((one.value for one in earlier if one.position == same.position), same.text)
        roles = ("addressee", "addressee_name")
        cells = {one.position for role in roles for one in flow.entries.cells(role).distinct()}
        earlier[:] = [one for one in earlier if one.position not in cells]
        same = same._replace(text=raw)
    if other and (same or (other.entries and not _lacks_values(flow, own[-1], underlag.environment))):
        found = take_addressees(profile, flow, other, own[-1], underlag.environment, same=same)
        # Values that the profile fills in may have findings on these rows already.
        return [one for one in found if one not in earlier]
    return [finding("FLI006", sheet=table.sheet) for table in own if not table.rows.numbers]


def _lacks_values(flow: Flow, table: Table, environment: str) -> bool:
    """Whether a sheet has columns to fill in, no row filled in, and no fixed values instead."""
    if table.rows.numbers or table.rows.loose:
        return False
    asked = [role for role in ESSENTIAL[flow.spec.order] if role in table.columns]
    return any(flow.spec.fixed_value(role, environment) is None for role in asked)
