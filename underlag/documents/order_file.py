"""Writes bestallning.toml: an order's details and the answers to questions about its workbook."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from underlag.characters.likeness import compact
from underlag.documents.questions import COLUMNS, DECIDED, SHEETS, Answer
from underlag.files.toml import parse_toml, toml_string
from underlag.reading.decisions.keys import answer_identity, column_identity
from underlag.reading.order_details.order_file import KEYS, PARTS, TABLES

#: When two keys of a table are about the same thing.
_IDENTITIES: Final[Mapping[str, Callable[[str], str]]] = {
    COLUMNS: column_identity,
    DECIDED: answer_identity,
    SHEETS: compact,
}


def order_file(details: Mapping[str, str], answers: Iterable[Answer] = (), before: bytes = b"") -> bytes:
    """Return a bestallning.toml with these details and answers, and whatever else an earlier one stated.

    Args:
        details: by their keys ('date', 'orderer.email'). Environment and region are the workbook's own and
            are left out.
        answers: replace earlier lines about the same column, text or sheet; of several, the last counts.
        before: the earlier file.

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
    for answer in answers:
        same = _IDENTITIES[answer.table]
        kept = {k: v for k, v in _table(content, answer.table).items() if same(k) != same(answer.key)}
        # The first line about a column counts.
        content[answer.table] = {answer.key: _stated(answer.value), **kept}
    return "\n".join(_lines(content)).encode("utf-8", "replace")


def _stated(value: str | tuple[str, ...]) -> object:
    if isinstance(value, str):
        return value
    return value[0] if len(value) == 1 else list(value)


def _table(content: Mapping[str, object], name: str) -> dict[str, object]:
    table = content.get(name)
    return table if isinstance(table, dict) else {}


def _lines(content: Mapping[str, object], path: str = "") -> Iterator[str]:
    """Yield the lines of a TOML document; tables come last, as the format demands."""
    tables = {key: value for key, value in content.items() if isinstance(value, dict)}
    for key, value in content.items():
        if key not in tables:
            yield f"{_key(key)} = {_value(value)}"
    for key, table in tables.items():
        name = f"{path}.{_key(key)}" if path else _key(key)
        yield f"\n[{name}]"
        yield from _lines(table, name)
    if not path:
        yield ""


def _key(key: str) -> str:
    return key if key.isascii() and key.replace("_", "").replace("-", "").isalnum() else toml_string(key)


def _value(value: object) -> str:
    if isinstance(value, str):
        return toml_string(value)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_key(key)} = {_value(inner)}" for key, inner in value.items()) + " }"
    return str(value)
