"""Contracts in any usual spelling."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from underlag.values import Refusal
from underlag.values.contract import ContractName, parse_contract

URN = "urn:riv:clinicalprocess:healthcond:certificate:CreateDraftCertificateResponder:3"


@pytest.mark.parametrize(
    "text",
    [
        "CreateDraftCertificate v3",
        "CreateDraftCertificate v.3",
        "CreateDraftCertificate v 3",
        "CreateDraftCertificate version 3",
        "CreateDraftCertificate, version 3",
        "CreateDraftCertificate version: 3",
        "CreateDraftCertificate:3",
        "CreateDraftCertificate 3",
        "CreateDraftCertificate 3.0",
        "CreateDraftCertificate 3.1",
        "CreateDraftCertificate v3.x",
        "CreateDraftCertificate V3",
        "CreateDraftCertificateV3",
        "CreateDraftCertificate_3",
        "CreateDraftCertificate-v3",
        "CreateDraftCertificate - version 3.0",
        "CreateDraftCertificate (v3)",
        "CreateDraftCertificate (version 3)",
        "CreateDraftCertificate [3]",
        "CreateDraftCertificateResponder:3",
        "CreateDraftCertificateResponder v3",
        "CreateDraftCertificateInteraction v3",
        "Create Draft Certificate v3",
        "  CreateDraftCertificate\n v3. ",
        "clinicalprocess:healthcond:certificate:CreateDraftCertificate:3",
    ],
)
def test_name_and_version_in_any_usual_writing(text):
    assert parse_contract(text) == ContractName("CreateDraftCertificate", 3)


@pytest.mark.parametrize(
    "text",
    [
        URN,
        f" {URN} ",
        f"{URN} v3",
        f"{URN}, version 3",
        "urn:riv:clinicalprocess:healthcond:certificate:CreateDraftCertificateInteraction:3",
        "urn:riv:clinicalprocess:healthcond:certificate:CreateDraftCertificate:3",
        "urn:riv:clinicalprocess:healthcond:certificate:CreateDraftCertificate:3:rivtabp21",
        "urn:riv:clinicalprocess: healthcond :certificate:CreateDraftCertificateResponder:3",
        "urn:riv:clinicalprocess:healthcond:certificate:CreateDraftCertificateResponder v3",
    ],
)
def test_a_urn_gives_the_responders_namespace(text):
    assert parse_contract(text) == ContractName("CreateDraftCertificate", 3, URN)


@pytest.mark.parametrize(
    "text",
    [
        "CreateDraftCertificate",
        "CreateDraftCertificateInteraction",
        "CreateDraftCertificateResponder",
        "Create Draft Certificate",
    ],
)
def test_a_name_alone_has_no_version(text):
    assert parse_contract(text) == ContractName("CreateDraftCertificate")


def test_letters_at_the_end_of_a_name_are_no_version():
    assert parse_contract("ListCertificatesForCareWithQA v3") == ContractName(
        "ListCertificatesForCareWithQA", 3
    )
    assert parse_contract("ListCertificatesForCareWithQA") == ContractName("ListCertificatesForCareWithQA")
    assert parse_contract("GetOverV2") == ContractName("GetOver", 2)


def test_a_urn_that_another_version_contradicts_is_refused():
    assert parse_contract(f"{URN}, version 2") == Refusal("form", detail="version 3 och version 2")


@pytest.mark.parametrize("text", ["", " ", "...", "\t\n"])
def test_nothing_is_missing(text):
    assert parse_contract(text) == Refusal("missing")


@pytest.mark.parametrize(
    "text",
    [
        "3",
        "v3",
        "Intyg å v3",
        "CreateDraftCertificate v0",
        "a/b",
        "urn:riv",
        f"{URN} enligt avtal",
        "X" * 501,
        "CreateDraftCertificate v3 och v2",
    ],
)
def test_what_is_no_contract_is_refused(text):
    assert parse_contract(text).reason == "form"


@given(text=st.one_of(st.text(max_size=60), st.text("CreateDraft:v3. ,(Responder)urn:riv", max_size=80)))
@settings(max_examples=300)
def test_no_text_raises(text):
    parsed = parse_contract(text)

    if isinstance(parsed, ContractName):
        assert parsed.name.isascii()
        assert parsed.name.isalnum()
        assert parsed.major is None or 1 <= parsed.major <= 999
    else:
        assert parsed.reason in {"missing", "form"}
