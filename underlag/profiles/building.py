"""Builds a profile from the tables of a TOML file."""

from collections.abc import Callable
from functools import cache
from typing import Annotated, Any, get_args, get_origin

from underlag.profiles.profile import Profile


def build_profile(content: dict[str, Any]) -> Profile:
    """Build a profile from valid tables, such as those of the shipped profiles."""
    profile: Profile = made(Profile, with_columns(content))
    return profile


def made(kind: Any, value: Any) -> Any:
    """Build a value of a field's type: a part of a profile, a tuple, or a plain value, which is unchanged."""
    make = _maker(kind)
    return value if make is None else make(value)


def is_part(kind: Any) -> bool:
    """Return whether a type is that of a profile or of a part of one."""
    return isinstance(kind, type) and issubclass(kind, tuple)


@cache
def _maker(kind: Any) -> Callable[[Any], Any] | None:
    """Return the function that builds values of a type, None for one whose values stay as they are."""
    if is_part(kind):
        makers = {name: _maker(of_part) for name, of_part in kind.__annotations__.items()}
        return lambda table: kind(
            **{name: make(value) if (make := makers[name]) else value for name, value in table.items()}
        )
    if get_origin(kind) is Annotated:
        return _maker(get_args(kind)[0])
    if get_origin(kind) is tuple:
        item = _maker(get_args(kind)[0])
        return tuple if item is None else lambda values: tuple(map(item, values))
    return None


def with_columns(content: dict[str, Any]) -> dict[str, Any]:
    """Replace the sheets' references to shared columns (`use`) by those columns.

    Args:
        content: the tables of a profile. The shared columns are valid; the rest may have any form.

    Raises:
        ValueError: a sheet uses a column that the profile does not have.
    """
    if "columns" not in content:
        return content
    shared = content["columns"]
    rest = {name: value for name, value in content.items() if name != "columns"}
    if isinstance(sheets := content.get("sheets"), list):
        rest["sheets"] = [_sheet(sheet, shared) for sheet in sheets]
    return rest


def _sheet(sheet: Any, shared: dict[str, dict[str, Any]]) -> Any:
    """Return a sheet with its columns resolved; anything else is left for validation to reject."""
    if not isinstance(sheet, dict) or not isinstance(columns := sheet.get("columns"), list):
        return sheet
    return {**sheet, "columns": [_column(column, shared) for column in columns]}


def _column(column: Any, shared: dict[str, dict[str, Any]]) -> Any:
    """Return a sheet's column: the shared one that it uses, with the sheet's changes.

    A title of the sheet's own turns the shared title into an alias; the sheet's aliases are added.

    Raises:
        ValueError: there is no shared column of that name.
    """
    if not isinstance(column, dict) or "use" not in column:
        return column
    changes = {name: value for name, value in column.items() if name != "use"}
    if not isinstance(column["use"], str) or column["use"] not in shared:
        raise ValueError(f"en flik använder kolumnen {column['use']}, som profilen inte har")
    base = shared[column["use"]]
    title, own = changes.get("title", base["title"]), changes.get("aliases", [])
    if not isinstance(own, list) or not all(isinstance(name, str) for name in own):
        return {**base, **changes}
    names = dict.fromkeys((base["title"], *base.get("aliases", ()), *own))
    return {**base, **changes, "aliases": tuple(name for name in names if name != title)}
