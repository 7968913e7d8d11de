"""The pages as text, from the templates in webb/."""

import base64
import hashlib
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from underlag.documents.templates import environment
from underlag.profiles import profiles, standard_profile
from underlag.text.file_names import ascii_stem, shown_name
from underlag.web.form import Choices

_SCRIPT: Final = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_BODY: Final = b"<body>"


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


def message_page(title: str, text: str) -> str:
    """Return a page that says what is the matter, and leads back."""
    return _render("besked.html", title=title, text=text)


def report_page(report: bytes, *, name: str, package: str, again: str) -> bytes:
    """Return a report with a bar above it: to the whole package, and back to the form.

    Args:
        report: rapport.html of the package.
        name: the workbook's name.
        package: address of the package as one file.
        again: address of the form with the same choices.
    """
    bar = _render("rad.html", name=shown_name(name), package=package, again=again)
    return report.replace(_BODY, _BODY + bar.encode(), 1)


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
