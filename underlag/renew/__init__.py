"""Generated files: their expected content, and which of those in the repository are stale."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from underlag.batch.summary import schema as summary
from underlag.documents.comparison import schema as comparison
from underlag.documents.follow_up import schema as follow_up
from underlag.documents.report import schema as report
from underlag.findings.document import as_markdown
from underlag.published_schema import published
from underlag.renew import check_digits, prepared_tables, public_holidays
from underlag.renew.message_catalogue import compiled
from underlag.tak.orders import order
from underlag.web_file.notice import notice

#: Modules with a table SCHEMAS of published models by file name.
_MODULES: Final = (summary, comparison, follow_up, report, order)


def generated(root: Path) -> dict[str, bytes]:
    """Return the content of every generated file, by its path in the repository at `root`."""
    texts = (root / "underlag/cli/texts/click.toml").read_text(encoding="utf-8")
    schemas = {name: model for module in _MODULES for name, model in module.SCHEMAS.items()}
    return {
        "NOTICE": notice().encode(),
        "docs/felkoder.md": as_markdown().encode(),
        **{f"docs/schema/{name}": published(model) for name, model in schemas.items()},
        "underlag/values/check_digits.txt": check_digits.as_text(root / "underlag").encode(),
        "underlag/values/public_holidays.csv": public_holidays.as_csv().encode(),
        **prepared_tables.copies(root),
        "underlag/cli/texts/sv/LC_MESSAGES/messages.mo": compiled(texts),
    }


def stale(root: Path) -> dict[str, bytes | None]:
    """Return the files that differ from their expected content, with that content.

    None marks a schema that is published but no longer generated.
    """
    wanted: dict[str, bytes | None] = {**generated(root)}
    for path in (root / "docs/schema").glob("*.json"):
        wanted.setdefault(path.relative_to(root).as_posix(), None)
    return {name: content for name, content in wanted.items() if _content(root / name) != content}


def renew(root: Path) -> list[str]:
    """Write the stale files, remove those that are no longer generated, and return their names.

    The copies of tables are first: other files are made from what they say.
    """
    copies = {
        name: content
        for name, content in prepared_tables.copies(root).items()
        if _content(root / name) != content
    }
    _write(root, copies)
    changed = stale(root)
    _write(root, changed)
    return sorted({*copies, *changed})


def _write(root: Path, changed: Mapping[str, bytes | None]) -> None:
    for name, content in changed.items():
        path = root / name
        if content is None:
            path.unlink()
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None
