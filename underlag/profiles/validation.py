"""Validates profiles from outside with pydantic."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Annotated, Any, Final, get_args, get_origin

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    TypeAdapter,
    ValidationError,
    create_model,
)

from underlag.profiles.building import is_part, with_columns
from underlag.profiles.consistency import inconsistencies
from underlag.profiles.profile import ColumnSpec, ContractSpec, Profile

__all__ = ["ValidationError", "validated_profile"]


def _validated(kind: Any) -> Any:
    """Return the type by which pydantic validates a field: for a part of a profile, a table."""
    plain: Any = get_origin(kind)
    if is_part(kind):
        fields: dict[str, Any] = {
            name: (_validated(of_field), kind._field_defaults.get(name, ...))
            for name, of_field in kind.__annotations__.items()
        }
        table: Any = create_model(kind.__name__, __config__=ConfigDict(extra="forbid"), **fields)
        return Annotated[table, AfterValidator(partial(_part, kind))]
    if plain is Annotated:
        first, *limits = get_args(kind)
        return Annotated[_validated(first), *limits]
    return plain[_validated(get_args(kind)[0]), ...] if plain is tuple else kind


def _part(kind: Any, table: BaseModel) -> Any:
    """Make a part of a profile from a valid table.

    Raises:
        ValueError: it does not agree with itself; the message names each fault.
    """
    part = kind(**{name: getattr(table, name) for name in kind._fields})
    if faults := list(_CHECKS[kind](part)) if kind in _CHECKS else []:
        raise ValueError("; ".join(faults))
    return part


def _other_namespace(contract: ContractSpec) -> Iterator[str]:
    tail = f":{contract.name}Responder:{contract.major}"
    if not contract.namespace.endswith(tail):
        yield f"namnrymden {contract.namespace} slutar inte på {tail}"


#: What a table alone does not show: Swedish phrases for the faults of a part.
_CHECKS: Final[dict[Any, Callable[[Any], Iterator[str]]]] = {
    ContractSpec: _other_namespace,
    Profile: inconsistencies,
}


def _share_columns(content: Any) -> Any:
    if not isinstance(content, dict) or "columns" not in content:
        return content
    _COLUMNS.validate_python({"columns": content["columns"]})
    return with_columns(content)


_COLUMN: Any = _validated(ColumnSpec)
#: The shared columns alone, in a table so that an error names their place in the file.
_COLUMNS: Final[TypeAdapter[Any]] = TypeAdapter(create_model("_COLUMNS", columns=(dict[str, _COLUMN], {})))
_WHOLE: Any = Annotated[_validated(Profile), BeforeValidator(_share_columns)]
_PROFILE: Final[TypeAdapter[Profile]] = TypeAdapter(_WHOLE)


def validated_profile(content: dict[str, Any]) -> Profile:
    """Build a profile from the tables of a TOML file.

    Raises:
        ValidationError: they are not a profile.
    """
    return _PROFILE.validate_python(content)
