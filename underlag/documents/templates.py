"""The Jinja2 environment for every HTML and text file."""

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from jinja2 import Environment

#: Templates with these suffixes escape text.
_ESCAPED: Final = ("html", "xml", "svg")
_OPTIONS: Final[dict[str, Any]] = {
    "trim_blocks": True,
    "lstrip_blocks": True,
    "keep_trailing_newline": True,
}
_PACKAGE = Path(__file__).resolve().parent.parent


def template_folder() -> Path:
    """Return the folder of the templates: in the installed package, or next to it in a source tree."""
    installed = _PACKAGE / "templates"
    return installed if installed.is_dir() else _PACKAGE.parent / "templates"


@lru_cache(maxsize=1)
def environment() -> "Environment":
    """Return the environment, the same object at each call.

    Text from a workbook is escaped in `.html` templates, not in `.txt`. A template variable without a value
    is an error, not an empty text. Block tags on lines of their own leave no blank lines. A template that
    changes meanwhile is not read again.
    """
    # Imported here, because most commands (help, a check on the terminal) write no documents.
    from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape  # noqa: PLC0415

    from underlag.documents.template_cache import TemplateCache  # noqa: PLC0415 - imports Jinja2

    return Environment(
        loader=FileSystemLoader(template_folder(), encoding="utf-8"),
        autoescape=select_autoescape(_ESCAPED, default_for_string=True),
        undefined=StrictUndefined,
        auto_reload=False,
        bytecode_cache=TemplateCache(f"{_ESCAPED} {_OPTIONS}"),
        **_OPTIONS,
    )
