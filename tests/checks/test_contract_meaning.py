"""The meaning of a contract text in a flow."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.checks.examine import NOW
from tests.support.rows import changed
from tests.support.tables import NAME, STANDARD, workbook
from underlag.checks import check
from underlag.options import Options
from underlag.profiles import profiles
from underlag.profiles.contract_table import contract_table, resolve_contract
from underlag.profiles.profile import ContractSpec, FlowContract
from underlag.reading import read
from underlag.workbook import Field

PROFILE = profiles()["intygstjanster"]
TO_WEBCERT, TO_CARE, MESSAGES = PROFILE.flows
CREATE, LIST, STATUS, MESSAGE = PROFILE.contracts


def namespace(name, major):
    return f"urn:riv:clinicalprocess:healthcond:certificate:{name}Responder:{major}"


@pytest.mark.parametrize(
    ("flow", "text", "expected"),
    [
        (TO_WEBCERT, "CreateDraftCertificate v3", CREATE),
        (TO_WEBCERT, "ListCertificatesForCareWithQA, version 3", LIST),
        (TO_WEBCERT, "CreateDraftCertifikate v3", CREATE),
        (TO_WEBCERT, "CreateDraftCertificate v1", None),
        (TO_WEBCERT, "SendMessageToCare v2", None),
        (TO_WEBCERT, "", CREATE),
        (TO_CARE, "", STATUS),
        (TO_CARE, "certificatestatusupdateforcare", STATUS),
        (TO_CARE, namespace("CertificateStatusUpdateForCare", 3), STATUS),
        (TO_CARE, "urn:riv:annan:doman:CertificateStatusUpdateForCareResponder:3", None),
        (TO_CARE, "CertificateStatusUpdateForeCare 3.0", STATUS),
        (TO_CARE, "CertificateUpdate v3", None),
        (MESSAGES, "SendMessageToCare:2", MESSAGE),
        (MESSAGES, "SendMessageToCare v3", None),
    ],
)
def test_text_is_resolved(flow, text, expected):
    assert resolve_contract(PROFILE, flow, text) == expected


def two_versions():
    """Return a profile with one contract in two versions, and a flow that orders both."""
    older = ContractSpec(name=STATUS.name, major=2, namespace=namespace(STATUS.name, 2))
    both = tuple(FlowContract(title=spec.title, required=False) for spec in (older, STATUS))
    flow = TO_CARE._replace(contracts=both)
    return (
        PROFILE._replace(contracts=(*PROFILE.contracts, older), flows=(flow,), same_addressees=()),
        flow,
        older,
    )


def test_versions_are_kept_apart():
    profile, flow, older = two_versions()

    assert resolve_contract(profile, flow, f"{STATUS.name} v2") == older
    assert resolve_contract(profile, flow, f"{STATUS.name} v3") == STATUS
    assert resolve_contract(profile, flow, STATUS.name) is None
    assert contract_table(profile, flow).match(STATUS.name).fault == "version"
    assert resolve_contract(profile, flow, "") is None


@pytest.mark.parametrize("text", [STATUS.name, f"{STATUS.name} v1"])
def test_every_version_that_may_be_meant_is_named(text):
    profile, flow, _ = two_versions()
    options = Options(now=NOW)
    reading = read(workbook(STANDARD.replace(STATUS.title, text)), options, name=NAME)
    reading.underlag.profile = profile
    reading.underlag.flow(flow.key).spec = flow

    (found,) = [f for f in check(reading, options).findings if f.code == "KTR004"]

    assert f"{text} är ingen version" in found.message
    assert found.suggestion == f"Skriv {STATUS.name} v2 eller {STATUS.name} v3 i cellen."


def test_another_flow_of_the_same_key_is_judged_by_its_own_contracts():
    profile, flow, _ = two_versions()
    other = flow._replace(contracts=flow.contracts[1:])

    assert resolve_contract(profile, flow, STATUS.name) is None
    assert resolve_contract(profile, other, STATUS.name) == STATUS


def test_rows_without_contract_are_reported_where_none_must_be_ordered():
    options = Options(now=NOW)
    reading = read(workbook(STANDARD), options, name=NAME)
    flow = reading.underlag.flow(TO_WEBCERT.key)
    optional = tuple(contract._replace(required=False) for contract in flow.spec.contracts)
    flow.spec = flow.spec._replace(contracts=optional)
    for at, entry in enumerate(flow.entries):
        flow.entries = changed(flow.entries, at, contract=Field("", flow.sheet, entry.row, 3))

    (found,) = [f for f in check(reading, options).findings if f.code == "KTR001"]

    assert (found.cell, found.related) == ("C2", ((flow.sheet, 3, 3),))
    assert found.suggestion.startswith(
        "Skriv in ett av flikens kontrakt: CreateDraftCertificate v3 eller List"
    )


def test_a_column_of_other_things_is_judged_in_time():
    table = contract_table(PROFILE._replace(), TO_CARE)

    matches = [table.match(f"Vårdcentralen nummer {number}") for number in range(20_000)]

    assert {match.fault for match in matches} == {"unknown"}


@given(
    st.text(max_size=60)
    | st.builds(lambda a, b: f"{a}{STATUS.name}{b}", st.text(max_size=5), st.text(max_size=8))
)
def test_any_text_means_a_contract_of_the_flow_or_has_a_fault(text):
    match = contract_table(PROFILE, TO_CARE).match(text)

    assert match.spec in {None, STATUS}
    assert (match.spec is None) <= (match.fault != "")
