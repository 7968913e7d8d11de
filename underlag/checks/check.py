"""Runs all checks, and decides what may be ordered.

Findings: BST020, BST036.
"""

from typing import TYPE_CHECKING, Final

from underlag.checked import Checked
from underlag.checks.applying import Rule, apply_rules
from underlag.checks.exclusions import without_excluded
from underlag.checks.half_connections import drop_half_connected, lost_by_skipping, reasons_of
from underlag.checks.kept_authorizations import keep_authorizations
from underlag.checks.quoting import hide_private, quote_raw, without_refused
from underlag.checks.rules.components import (
    check_addresses,
    check_fixed_parties,
    check_many_components,
    check_nameless_components,
    check_own_calls,
    check_urls_of_other_environments,
)
from underlag.checks.rules.contacts import check_contacts
from underlag.checks.rules.context import CheckContext
from underlag.checks.rules.contracts import check_contracts
from underlag.checks.rules.details import check_details, check_private_details
from underlag.checks.rules.duplicates import check_rows
from underlag.checks.rules.hsa import check_hsa_ids
from underlag.checks.rules.missing import check_missing
from underlag.checks.rules.names import check_addressee_names, check_component_names, check_names
from underlag.checks.rules.opposite_actions import check_opposite_actions
from underlag.checks.rules.required import check_lost_contracts, check_required
from underlag.checks.rules.units import check_same_units
from underlag.checks.rules.urls import check_rivta_profiles, check_urls, check_urls_against_rows
from underlag.checks.skipping import SortedRows, sort_rows
from underlag.checks.unlikely.organisations import check_stray_units
from underlag.checks.unlikely.series import check_series
from underlag.checks.unlikely.unit_names import check_unit_names
from underlag.files.time_limit import OverTimeError, limited_time
from underlag.findings import Finding, finding
from underlag.findings.sorting import in_order
from underlag.gc_pause import garbage_collection_paused
from underlag.options import Options
from underlag.reading.cells.cell_text import NUMBER_AS_NAME
from underlag.reading.formats.refusal import too_costly
from underlag.requests import default_action, resolve_requests
from underlag.workbook import Underlag

if TYPE_CHECKING:
    from underlag.reading import Reading
    from underlag.reference import Reference

__all__ = ["check"]

#: All rules. HSA-ID checks run first; later checks skip the ids they reject.
RULES: Final[tuple[Rule, ...]] = (
    check_hsa_ids,
    check_missing,
    check_urls,
    check_rivta_profiles,
    check_urls_against_rows,
    check_contracts,
    check_required,
    check_fixed_parties,
    check_urls_of_other_environments,
    check_many_components,
    check_own_calls,
    check_series,
    check_addresses,
    check_rows,
    check_names,
    check_addressee_names,
    check_component_names,
    check_nameless_components,
    check_unit_names,
    check_stray_units,
    check_same_units,
    check_opposite_actions,
    check_details,
    check_private_details,
    check_contacts,
)


def check(
    reading: "Reading", options: Options | None = None, *, reference: "Reference | None" = None
) -> Checked:
    """Check a reading, cell by cell and as a whole.

    Args:
        reading: the Underlag and the findings of reading it.
        options: the user's options; `skip_faulty`, `remove` and `now` matter here.
        reference: a list from the HSA catalogue in which to look up the units.

    Returns:
        The Underlag with all findings, and what of it may be ordered. A file of an unknown profile is not
        checked: it keeps the findings of reading.
    """
    options = options or Options()
    size = len(reading.underlag.source.content)
    try:
        with garbage_collection_paused(), limited_time(size):
            return _check(reading, options, reference)
    except OverTimeError:
        source, details = reading.underlag.source, reading.underlag.details
        return _unchecked(Underlag(source, None, details), options, [too_costly(size).finding()])


def _check(reading: "Reading", options: Options, reference: "Reference | None") -> Checked:
    """Resolve the rows into requests, apply the rules, and sort the rows into ordered and left out."""
    underlag = reading.underlag
    if underlag.profile is None:
        return _unchecked(underlag, options, list(reading.findings))
    default = default_action(underlag, options)
    asked, excluded = without_excluded(underlag, reading.account.exclusions)
    kept = keep_authorizations(asked, removes=default == "remove")
    requests = resolve_requests(kept.underlag, default)
    context = CheckContext(kept.underlag, underlag.profile, options, requests)
    context.numeric_names = {found.position for found in reading.findings if found.code == NUMBER_AS_NAME}
    rules: tuple[Rule, ...] = RULES
    if reference is not None:
        from underlag.checks.rules.reference import reference_findings  # noqa: PLC0415 - only with a list

        rules = (*RULES, lambda context: reference_findings(context, reference))
    found_by_rules = apply_rules(rules, context)
    quote_raw(reading.findings, found_by_rules)
    findings = hide_private(context, without_refused(reading.findings, found_by_rules), found_by_rules)
    rows = sort_rows(kept.underlag, requests, findings, skip_faulty=options.skip_faulty)
    if rows.left_out:
        _report_left_out(context, rows, findings)
    findings += kept.findings
    if not rows.blocked:
        rows.left_out = [*excluded, *kept.rows, *rows.left_out]
        if not any(rows.rows.values()) and not kept.rows:
            findings.append(finding("BST036"))
            rows.rows, rows.left_out, rows.blocked = {}, [], True
    findings = in_order(findings, underlag)
    names = context.addressee_name_texts()
    return Checked(
        underlag,
        options,
        findings,
        requests,
        rows.rows,
        rows.left_out,
        rows.blocked,
        names,
        account=reading.account,
    )


def _unchecked(underlag: Underlag, options: Options, findings: list[Finding]) -> Checked:
    """Return the result for a file of which nothing can be ordered."""
    rows = sort_rows(underlag, {}, findings, skip_faulty=options.skip_faulty)
    return Checked(underlag, options, findings, blocked=rows.blocked)


def _report_left_out(context: CheckContext, rows: SortedRows, findings: list[Finding]) -> None:
    """Add the findings that follow from leaving rows out; without any row left, nothing can be ordered."""
    if not any(rows.rows.values()):
        findings.append(finding("BST020"))
        rows.rows, rows.blocked = {}, True
        return
    halves = drop_half_connected(context, rows.rows, lost_by_skipping(context, rows.left_out, findings))
    rows.left_out += halves
    findings += reasons_of(halves)
    if not any(rows.rows.values()):
        findings.append(finding("BST020"))
        rows.rows, rows.blocked = {}, True
        return
    ordered = {key: kept.entries for key, kept in rows.rows.items()}
    findings.extend(check_lost_contracts(context, ordered, rows.left_out))
