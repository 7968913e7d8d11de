"""Which case a workbook joins: by its bytes, its mail thread, its case number, or as a loose file."""

from datetime import timedelta

from tests.batch.books import NOW, batch, book, put
from tests.batch.replies.mails import mail
from underlag.batch.records.workbooks import Batch

OTHER_NUMBER = (("TSK-12518", "TSK-20002"),)


def cases(tmp_path, *days: dict[str, bytes]) -> list[tuple[list[str], list[str]]]:
    """Return the case numbers and the files of each open case after some days."""
    made = Batch(NOW)
    for number, files in enumerate(days):
        inbox = put(tmp_path / str(number), files)
        made = batch(inbox, tmp_path / "ut", now=NOW + timedelta(days=number))
    return [
        (list(one.tickets), [origin.rpartition(" › ")[2] for _, origin in one.books]) for one in made.cases
    ]


def test_a_case_number_in_another_thread_stays_with_its_own_case(tmp_path):
    first = mail({"a.xlsx": book(("A1",))}, Message_ID="<1@example.se>")
    second = mail({"b.xlsx": book(("B1",), change=OTHER_NUMBER)}, Message_ID="<2@example.se>")
    contradicting = mail(
        {"c.xlsx": book(("C1",), change=OTHER_NUMBER)},
        Message_ID="<3@example.se>",
        References="<2@example.se>",
        Subject="SV: Underlag [TSK-12518]",
    )

    found = cases(
        tmp_path, {"1.eml": first, "2.eml": second}, {"3.eml": contradicting}, {"d.xlsx": book(("D1",))}
    )

    assert found == [
        (["TSK-12518"], ["a.xlsx", "d.xlsx"]),
        (["TSK-20002"], ["b.xlsx", "c.xlsx"]),
    ]


def test_mails_of_a_thread_and_a_loose_file_without_a_number_join_the_case(tmp_path):
    nameless = (("| TSK-12518 ", "|  "),)
    first = mail({"a.xlsx": book(("A1",))}, Message_ID="<1@example.se>")
    answer = mail(
        {"b.xlsx": book(("B1",), change=nameless)}, Message_ID="<2@example.se>", In_Reply_To="<1@example.se>"
    )

    found = cases(tmp_path, {"1.eml": first}, {"2.eml": answer, "c.xlsx": book(("C1",), change=nameless)})

    assert found == [(["TSK-12518"], ["a.xlsx", "b.xlsx", "c.xlsx"])]
