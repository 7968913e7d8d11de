"""The Jinja2 environment that every HTML and text file is made with."""

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment

_PACKAGE = Path(__file__).resolve().parent.parent


def template_folder() -> Path:
    """Return the folder of the templates: inside the installed package, or beside it in a source tree."""
    installed = _PACKAGE / "templates"
    return installed if installed.is_dir() else _PACKAGE.parent / "templates"


@lru_cache(maxsize=1)
def environment() -> "Environment":
    """Return the environment, the same at each call.

    Text from a workbook is escaped in `.html` templates, not in `.txt`. A name that a template uses and
    nobody gave is an error, not an empty text. Blocks on lines of their own leave no blank lines behind.
    """
    # Imported here, for most commands (help, a check on the terminal) write no documents.
    from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape  # noqa: PLC0415

    return Environment(
        loader=FileSystemLoader(template_folder(), encoding="utf-8"),
        autoescape=select_autoescape(("html", "xml", "svg"), default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
