"""Sentences of a mail with several workbooks: which of them each is about."""

import pytest

from underlag.reading.order_details.companions import own_remarks

PROD = "Underlag för TAKning Intygstjänster NTjP PROD-LiV.xlsx"
QA = "Underlag för TAKning Intygstjänster NTjP QA-NMT-LiV.xlsx"
NAMES = (PROD, QA, "image001.png")


@pytest.mark.parametrize(
    ("remarks", "of_prod", "of_qa"),
    [
        (("Den första avser QA.", "Den andra avser PROD."), [1], [0]),
        (("QA-filen har två enheter.", "PROD-filen har fyra enheter."), [1], [0]),
        (("Antal enheter: 4", "Den ena gäller QA.", "Den andra gäller PROD."), [0, 2], [0, 1]),
        (("Den ena är för QA och den andra för PROD.",), [0], [0]),
        # Without a sentence about its own environment a workbook may be what another denies.
        (("Beställningen gäller QA.",), [0], [0]),
        (("Bara QA ska göras nu.", "PROD är bifogad."), [0, 1], [0, 1]),
        (("Vänta med QA.", "PROD är klar."), [0, 1], [0]),
        (("QA är fel.", "PROD gäller."), [0, 1], [0]),
        (("PROD tas senare.", "QA kan göras nu."), [0], [0, 1]),
        (("QA först, sedan PROD.",), [0], [0]),
    ],
)
def test_a_sentence_about_another_workbook_alone_is_left_out(remarks, of_prod, of_qa):
    assert own_remarks(remarks, PROD, NAMES) == tuple(remarks[at] for at in of_prod)
    assert own_remarks(remarks, QA, NAMES) == tuple(remarks[at] for at in of_qa)


@pytest.mark.parametrize(
    "names",
    [(PROD,), (PROD, "image001.png"), (PROD, PROD.replace("LiV", "RD")), (PROD, "Underlag LiV.xlsx")],
)
def test_without_a_workbook_for_another_environment_every_sentence_counts(names):
    remarks = ("Den första avser QA.", "Den andra avser PROD.")

    assert own_remarks(remarks, PROD, names) == remarks
