"""The pages as text, from the templates in webb/."""

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from underlag.documents.templates import environment
from underlag.profiles import profiles, standard_profile
from underlag.text.file_names import ascii_stem
from underlag.web.details import form_fields
from underlag.web.form import Choices

_SCRIPT: Final = re.compile(r"<script>(.*?)</script>", re.DOTALL)
#: What is said where a choice needs an export to compare with.
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
    wrong: Mapping[str, str] | None = None,
    empty: Mapping[str, str] | None = None,
    machine: str = "",
) -> str:
    """Return the page with the forms.

    Args:
        choices: what is filled in already.
        token: what the form carries back.
        limit: bytes that the files may have together.
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
        wrong=dict(wrong or {}),
        empty={"profil": standard_profile().key, "miljo": "", "region": "", **(empty or {})},
        machine=machine,
        profiles=known,
        environments={spec.key: spec.form_title for profile in known for spec in profile.environments},
    )


def message_page(title: str, text: str, *, back: str = "/") -> str:
    """Return a page that says what is the matter, and leads back."""
    return _render("besked.html", title=title, text=text, back=back)


def accessibility_page() -> str:
    """Return the accessibility statement."""
    return _render("tillganglighet.html")


def batch_page(rows: Sequence[Row], *, done: bool) -> str:
    """Return the list of workbooks that were sent together."""
    return _render("flera.html", rows=rows, done=done)


def batch_row(row: Row) -> str:
    """Return one line of that list."""
    return _render("flera_rad.html", row=row)


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
