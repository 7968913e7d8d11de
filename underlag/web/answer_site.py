"""The addresses under /resultat that show how a workbook was read and take answers to questions about it."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from flask import Response
from werkzeug.wrappers import Response as AnyResponse

from underlag.documents.questions import Question
from underlag.web.examination.answering import Given
from underlag.web.result_site import ResultSite

_UNKNOWN: Final = (
    "Frågan finns inte längre, eller svaret passar inte den. Öppna granskningen igen och välj ett svar."
)


class AnswerSite:
    """Takes answers and examines workbooks with them.

    Args:
        results: the site of each result.
    """

    def __init__(self, results: ResultSite) -> None:
        self._results = results

    def account(self, key: str) -> Response:
        """Show what each sheet and column was read as, with forms to change it."""
        return Response(self._results.examined(key).account, content_type="text/html; charset=utf-8")

    def answer(self, key: str) -> AnyResponse:
        """Take an answer to one question or to all of a kind, or undo answers, and examine again."""
        form = self._results.form()
        result, examined = self._results.result(key), self._results.examined(key)
        asked = result.request
        if undone := form.get("angra", ""):
            left = tuple(one for one in asked.answers if undone not in {"alla", one.answer.subject})
            return self._results.examine_again(key, replace(asked, answers=left))
        questions = _meant(examined.questions.values(), form.get("fraga", ""), form.get("kod", ""))
        given = [
            Given(one.sheet, one.text, answer)
            for one in questions
            if (answer := one.answer(form.get("svar", "")))
        ]
        if not given:
            return self._results.refused(key, [_UNKNOWN])
        subjects = {one.answer.subject for one in given}
        kept = (one for one in asked.answers if one.answer.subject not in subjects)
        return self._results.examine_again(key, replace(asked, answers=(*kept, *given)))


def _meant(questions: Iterable[Question], key: str, code: str) -> list[Question]:
    """Return the question with a key, or those that findings of a kind ask."""
    return [
        one
        for one in questions
        if one.key == key or (code and any(found.code == code for found in one.findings))
    ]
