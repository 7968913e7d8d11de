"""Report pages of right and faulty workbooks."""

from lxml import html

from tests.documents.report.made import (
    made,
    made_finding,
)
from underlag.documents.report.page import render_report
from underlag.findings import Severity, catalogue


def page(checked, orders=(), files=None, **more):
    """Return the report as a document."""
    return html.document_fromstring(render_report(checked, orders, files or {}, **more).decode())


def text_of(node):
    """Return the text below a node with single blanks."""
    return " ".join(node.text_content().replace("\xa0", " ").split())


def codes_of(severity, count):
    """Return the first codes of a severity."""
    return [k.code for k in catalogue().values() if k.severity is severity][:count]


def faulty(count=5):
    """Return a checked workbook with errors, a warning and an info."""
    return made(
        [
            *(made_finding(at=f"F{7 + n}", value=f"SE16232100016{n}-4HVT") for n in range(count)),
            made_finding(codes_of(Severity.WARNING, 1)[0], "G8", sheet="Intygstjänsten -> Webcert"),
            made_finding(codes_of(Severity.INFO, 1)[0], "", sheet="", value=""),
        ]
    )
