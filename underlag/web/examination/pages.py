"""The pages as text, from the templates in webb/."""

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from markupsafe import Markup

from underlag.documents.questions import Question
from underlag.documents.templates import environment
from underlag.profiles import profiles, standard_profile
from underlag.text.file_names import ascii_stem
from underlag.web.examination.answering import SheetView
from underlag.web.examination.details import form_fields
from underlag.web.examination.form import Choices

#: A guide to an order, its headings, and its links to the others.
_GUIDE: Final = re.compile(r"bestallning-\d+-\w+\.html").fullmatch
_HEADINGS: Final = re.compile(r"(</?h)([1-5])(?=[ >])")
_NAV: Final = re.compile(r"  <nav .*?</nav>\n", re.DOTALL)
_SCRIPT: Final = re.compile(r"<script>(.*?)</script>", re.DOTALL)
#: Error where a choice needs a TAK export to compare with.
EXPORT_NEEDED: Final = (
    "Valen under TAK-exporten kräver en export att jämföra med. Välj en, eller ta bort dem."
)


class Row(NamedTuple):
    """A workbook in the list of several: its result's key, its name, and its verdict once there is one."""

    key: str
    name: str
    size: str
    sentence: str = ""
    tone: str = ""
    counts: str = ""


def start_page(
    choices: Choices,
    *,
    token: str,
    limit: int,
    too_large: str,
    forgotten: str,
    wrong: Mapping[str, str] | None = None,
    empty: Mapping[str, str] | None = None,
    machine: str = "",
) -> str:
    """Return the page with the forms.

    Args:
        choices: what is filled in already.
        token: what the form carries back.
        limit: maximum bytes of all files.
        too_large: what the page's script says of larger ones; `{}` is the limit in MB.
        forgotten: when results are forgotten, as a sentence.
        wrong: a Swedish sentence for each field that has to be filled in again.
        empty: what the empty workbook was asked to be: profil, miljo and region.
        machine: the name of the machine that reads the workbook, '' when it is the visitor's own.
    """
    known = profiles().values()
    return _render(
        "start.html",
        choices=choices,
        token=token,
        limit=limit,
        too_large=too_large.format(limit // 1_000_000),
        forgotten=forgotten,
        wrong=dict(wrong or {}),
        empty={"profil": standard_profile().key, "miljo": "", "region": "", **(empty or {})},
        machine=machine,
        profiles=known,
        environments={spec.key: spec.form_title for profile in known for spec in profile.environments},
    )


def message_page(title: str, text: str, *, back: str = "/") -> str:
    """Return a page with a message and a link back."""
    return _render("besked.html", title=title, text=text, back=back)


def accessibility_page() -> str:
    """Return the accessibility statement."""
    return _render("tillganglighet.html")


def batch_page(rows: Sequence[Row], *, done: bool, all_files: str, forgotten: str) -> str:
    """Return the list of workbooks that were sent together.

    Args:
        rows: the workbooks.
        done: whether all of them are examined.
        all_files: the address of all their packages as one file.
        forgotten: when results are forgotten, as a sentence.
    """
    return _render("flera.html", rows=rows, done=done, all_files=all_files, forgotten=forgotten)


def batch_row(row: Row) -> str:
    """Return one line of that list."""
    return _render("flera_rad.html", row=row)


def account_page(sheets: Sequence[SheetView], unresolved: Sequence[Question], token: str) -> bytes:
    """Return the page that lists what each sheet and column was read as, with forms to change it."""
    page = _render("kolumner.html", sheets=sheets, unresolved=unresolved, token=token)
    return page.encode("utf-8", "replace")


def detail_keys() -> list[str]:
    """Return the keys of the details that the page's form has fields for."""
    return [field.key for fields in form_fields().values() for field in fields]


def with_filter(page: bytes, severity: str, sheet: str) -> bytes:
    """Return a result's page with other choices of the findings' filter, where it has them."""
    for group, chosen in (("allvar", severity), ("flik", sheet)):
        wanted = f'id="{group}-{chosen}" value="{chosen}"'.encode()
        if chosen and wanted + b">" in page:
            usual = f'id="{group}-alla" value="alla" checked'.encode()
            page = page.replace(usual, usual.removesuffix(b" checked"), 1)
            page = page.replace(wanted, wanted + b" checked", 1)
    return page


def guides_page(files: Mapping[str, bytes]) -> bytes | None:
    """Return the guides of a package on one page, None where it has none.

    Args:
        files: the package's files by name.
    """
    guides = [files[name].decode() for name in sorted(files, key=_natural) if _GUIDE(name)]
    if not guides:
        return None
    style = guides[0].partition("<style>")[2].partition("</style>")[0]
    bodies = [
        _HEADINGS.sub(_lower, guide.partition('<main class="sida">')[2].partition("</main>")[0])
        for guide in guides
    ]
    titles = [guide.partition("<h1>")[2].partition("</h1>")[0] for guide in guides]
    return _render(
        "vagledning.html",
        style=Markup(style),  # noqa: S704 - a document of the package, escaped where it was made
        guides=[(title, Markup(_NAV.sub("", body))) for title, body in zip(titles, bodies, strict=True)],  # noqa: S704 - as above
        script=Markup(document_scripts()[0]),  # noqa: S704 - the program's own
    ).encode()


def _natural(name: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdigit() else (0, part) for part in re.split(r"(\d+)", name)]


def _lower(heading: re.Match[str]) -> str:
    """Return a heading one level lower, for the page has one above them."""
    return f"{heading[1]}{int(heading[2]) + 1}"


def package_name(workbook: str) -> str:
    """Return the name of the file that holds a whole package."""
    return f"paket-{ascii_stem(workbook)}.zip"


def asset(name: str) -> str:
    """Return the style, script or icon of the pages."""
    return _render(name)


@lru_cache(maxsize=1)
def document_scripts() -> tuple[str, ...]:
    """Return the scripts that documents of a package carry inside."""
    macros = environment().get_template("_kopiera.html").make_module({})
    found = _SCRIPT.search(str(macros.script()))  # type: ignore[attr-defined] # a macro of the template
    if found is None:
        raise ValueError("templates/_kopiera.html holds no script")
    return (found[1],)


@lru_cache(maxsize=1)
def copy_script_hash() -> str:
    """Return the hash of the script for copy buttons, the only one that documents of a package may run."""
    digest = hashlib.sha256(document_scripts()[0].encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


def _render(template: str, **values: object) -> str:
    return environment().get_template(f"webb/{template}").render(values)
