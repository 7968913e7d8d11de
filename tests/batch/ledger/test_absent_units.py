"""Units that a corrected workbook no longer has stay ordered, and are named to both sides."""

import orjson
import pytest

from tests.batch.books import batch, book, put
from tests.batch.replies.mails import mail, replies

pytestmark = pytest.mark.usefixtures("one_process")

FIRST = mail({"A.xlsx": book(("G1", "G2", "G3"), region="Gotland")}, Message_ID="<1@example.se>")


def later(*units: str, **headers: str) -> bytes:
    return mail(
        {"B.xlsx": book(units, region="Gotland")},
        Message_ID="<2@example.se>",
        In_Reply_To="<1@example.se>",
        **headers,
    )


def notices(out) -> str:
    found = orjson.loads((out / "sammanstallning.json").read_bytes())["att_veta"]
    return " ".join(found).replace("\xa0", " ")


def test_a_unit_that_a_corrected_workbook_no_longer_has_is_named(tmp_path):
    out = tmp_path / "ut"
    batch(put(tmp_path / "1", {"1.eml": FIRST}), out)
    assert "finns bara i den tidigare" not in notices(out)
    batch(put(tmp_path / "2", {"2.eml": later("G1", "G2")}), out)

    assert (
        "upprepar 2 enheter i arbetsbok 1 (1.eml › A.xlsx), men 1 enhet finns bara i den tidigare"
        in notices(out)
    )
    assert "SE162321000156-G3" in notices(out)
    reply = replies(out)[-1].text
    assert "1 enhet i underlaget A.xlsx, som kom" in reply
    assert "Den är fortfarande beställd. Svara på det här mejlet om den inte ska anslutas." in reply
    batch(put(tmp_path / "3", {}), out)
    assert notices(out) == ""


@pytest.mark.parametrize(
    "second",
    [
        later("G1", "G2", "G3", "G4"),
        later("G4", "G5"),
        later("G1", "G4", "G5"),
        later("G1", "G2", Date="Mon, 01 Jan 2024 10:00:00 +0100"),
    ],
    ids=["all of them", "others", "a supplement that repeats one", "an older mail"],
)
def test_supplements_and_older_workbooks_leave_out_nothing(tmp_path, second):
    first = FIRST.replace(b"Message-ID", b"Date: Mon, 01 Feb 2026 10:00:00 +0100\nMessage-ID")
    out = tmp_path / "ut"
    batch(put(tmp_path / "1", {"1.eml": first}), out)
    batch(put(tmp_path / "2", {"2.eml": second}), out)

    assert "finns bara i den tidigare" not in notices(out)


def test_a_unit_that_was_removed_is_not_absent(tmp_path):
    out = tmp_path / "ut"
    batch(put(tmp_path / "1", {"1.eml": FIRST}), out)
    remove = book(("G3",), region="Gotland", change=(("| Datum ", "| Åtgärd | Ta bort |\n| Datum "),))
    batch(put(tmp_path / "2", {"2.eml": mail({"R.xlsx": remove}, In_Reply_To="<1@example.se>")}), out)
    batch(put(tmp_path / "3", {"3.eml": later("G1", "G2")}), out)

    assert "finns bara i den tidigare" not in notices(out)
