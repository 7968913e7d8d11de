"""Writes bestallning.toml: an order's details and the answers to questions about its workbook."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

from underlag.characters.likeness import compact
from underlag.documents.questions import COLUMNS, DECIDED, SHEETS, Answer
from underlag.files.toml import TomlError, parse_toml
from underlag.reading.decisions.keys import answer_identity, column_identity
from underlag.reading.order_details.order_file import KEYS, PARTS, TABLES, WORKBOOKS_KEY
from underlag.reading.order_details.order_file_beside import is_among

if TYPE_CHECKING:
    from tomlkit.items import Table

#: When two keys of a table are about the same thing.
_IDENTITIES: Final[Mapping[str, Callable[[str], str]]] = {
    COLUMNS: column_identity,
    DECIDED: answer_identity,
    SHEETS: compact,
}


def order_file(details: Mapping[str, str], answers: Iterable[Answer] = (), before: bytes = b"") -> bytes:
    """Return a bestallning.toml with these details and answers, and whatever else an earlier one holds.

    Args:
        details: by their keys ('date', 'orderer.email'). Environment and region are the workbook's own and
            are left out.
        answers: replace earlier lines about the same column, text or sheet; of several, the last counts.
        before: the earlier file. Its comments are kept, except on a line that is taken out.

    Raises:
        TomlError: the earlier file cannot be parsed.
    """
    content = parse_toml(before)
    for name, key in KEYS.items():
        if key in details and key not in {"environment", "region"}:
            content[name] = details[key]
    for table, contact in TABLES.items():
        stated = {
            name: details[f"{contact}.{part}"]
            for name, part in PARTS.items()
            if f"{contact}.{part}" in details
        }
        if stated:
            content[table] = {**_table(content, table), **stated}
    given = list(answers)
    for answer in given:
        same = _IDENTITIES[answer.table]
        kept = {k: v for k, v in _table(content, answer.table).items() if same(k) != same(answer.key)}
        # The first line about a column counts.
        content[answer.table] = {answer.key: _stated(answer.value), **kept}
    first = {(answer.table, answer.key) for answer in given}
    return _written(before.decode("utf-8-sig"), content, first).encode("utf-8", "replace")


def naming(content: bytes, workbook: str) -> bytes:
    """Return a bestallning.toml that names a workbook, where it names others; otherwise as it is.

    It is used for a workbook that it names, and skipped next to one that it does not name.
    """
    stated = parse_toml(content)
    names = stated.get(WORKBOOKS_KEY, [])
    names = names if isinstance(names, list) else [names]
    if not names or is_among(workbook, map(str, names)):
        return content
    named = {**stated, WORKBOOKS_KEY: [*names, workbook]}
    return _written(content.decode("utf-8-sig"), named, set()).encode("utf-8", "replace")


def _stated(value: str | tuple[str, ...]) -> object:
    if isinstance(value, str):
        return value
    return value[0] if len(value) == 1 else list(value)


def _table(content: Mapping[str, object], name: str) -> dict[str, object]:
    table = content.get(name)
    return table if isinstance(table, dict) else {}


def _written(before: str, content: Mapping[str, Any], first: Collection[tuple[str, str]]) -> str:
    """Return a TOML document with this content, that keeps the comments of an earlier one.

    Args:
        before: the earlier document.
        content: what the new document states.
        first: table and key of the lines that come first in their tables.
    """
    # Imported here, because most workbooks are examined without an answer or a detail from the page.
    import tomlkit  # noqa: PLC0415
    from tomlkit.exceptions import TOMLKitError  # noqa: PLC0415

    try:
        document = tomlkit.parse(before.replace("\r\n", "\n"))
        # Before everything else: a comment at the end of the plain lines is about the table that follows.
        new = {
            name: value
            for name, value in content.items()
            if name not in document and not isinstance(value, dict)
        }
        for name, value in content.items():
            if name in new:
                continue
            earlier = document.get(name)
            if isinstance(value, dict) and isinstance(earlier, tomlkit.items.Table):
                if earlier.unwrap() != value:
                    document[name] = _edited(earlier, value, [key for table, key in first if table == name])
            elif earlier != value:
                document[name] = value
        lines, tables = tomlkit.dumps(new), tomlkit.dumps(document)
        text = f"{lines}\n{tables}" if lines and tables.startswith("[") else lines + tables
        if parse_toml(text.encode("utf-8", "replace")) == content:
            return text
    except (TOMLKitError, TomlError):
        pass
    # The values count: a table that is spread over the file, or written as dotted keys, has no one place.
    return tomlkit.dumps(content)


def _edited(earlier: "Table", value: Mapping[str, Any], first: Collection[str]) -> "Table":
    """Return a table with these values: new lines first, then those of the earlier one with its comments."""
    import tomlkit  # noqa: PLC0415 - as above

    made = tomlkit.table()
    for name in value:
        if name in first or name not in earlier:
            made.add(name, value[name])
    for key, item in earlier.value.body:
        if key is None:
            made.append(None, item)
        elif key.key in value and key.key not in made:
            made.add(key, item)
            if item != value[key.key]:
                made[key.key] = value[key.key]
    return made
