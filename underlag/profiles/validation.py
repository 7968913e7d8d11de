"""Validates profiles from outside with pydantic."""

from dataclasses import dataclass, field
from typing import Annotated, Any, Final

from pydantic import BeforeValidator, TypeAdapter, ValidationError

from underlag.profiles.building import with_columns
from underlag.profiles.profile import ColumnSpec, Profile

__all__ = ["ValidationError", "validated_profile"]


@dataclass
class _SharedColumns:
    """The shared columns alone, so that an error names their place in the file."""

    columns: dict[str, ColumnSpec] = field(default_factory=dict)


_COLUMNS: Final = TypeAdapter(_SharedColumns)


def _share_columns(content: Any) -> Any:
    if not isinstance(content, dict) or "columns" not in content:
        return content
    _COLUMNS.validate_python({"columns": content["columns"]})
    return with_columns(content)


_PROFILE: Final = TypeAdapter(Annotated[Profile, BeforeValidator(_share_columns)])


def validated_profile(content: dict[str, Any]) -> Profile:
    """Build a profile from the tables of a TOML file.

    Raises:
        ValidationError: they are not a profile.
    """
    return _PROFILE.validate_python(content)
