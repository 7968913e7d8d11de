"""Parses a TOML file into a profile, or describes its faults in Swedish."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from underlag.files.limits import TOML
from underlag.files.regular import NotAFileError, read_regular
from underlag.files.toml import TomlError, parse_toml
from underlag.files.toml_lines import TomlLines
from underlag.profiles.profile import Profile, ProfileError

if TYPE_CHECKING:
    from pydantic import ValidationError

#: Maximum faults of a file that are listed.
_MOST_FAULTS: Final = 3
#: Swedish texts of pydantic's error types; others keep the message of pydantic.
_FAULTS: Final = {
    "missing": "saknas",
    "extra_forbidden": "är okänd",
    "model_type": "ska vara en tabell",
    "string_type": "ska vara en text",
    "bool_type": "ska vara true eller false",
    "bool_parsing": "ska vara true eller false",
    "int_type": "ska vara ett heltal",
    "int_parsing": "ska vara ett heltal",
    "tuple_type": "ska vara en lista",
    "too_short": "är för kort",
    "literal_error": "har ett värde som inte finns",
    "string_pattern_mismatch": "har fel form",
}


def parse_profile(file: Path) -> Profile:
    """Read and validate a profile from outside.

    Raises:
        ProfileError: the file cannot be read, is not TOML, or is not a profile.
    """
    from underlag.profiles.validation import ValidationError, validated_profile  # noqa: PLC0415 - takes 0.1 s

    try:
        data = read_regular(file, TOML.value * 1000 + 1)
        content = parse_toml(data)
    except NotAFileError as error:
        raise ProfileError(f"{file.name} går inte att läsa: {error}.") from error
    except OSError as error:
        raise ProfileError(f"{file.name} finns inte eller går inte att läsa.") from error
    except TomlError as error:
        raise ProfileError(f"{file.name} går inte att läsa. {error}") from error
    try:
        return validated_profile(content)
    except ValidationError as error:
        raise ProfileError(f"{file.name} är ingen användbar profil: {_faults(error, data)}.") from error


def _faults(error: "ValidationError", data: bytes) -> str:
    """Describe pydantic's errors, each with its line in the file."""
    faults = error.errors(include_url=False, include_context=False, include_input=False)
    lines = TomlLines(data.decode("utf-8-sig"))
    texts = [
        f"rad {lines.number(place)}: {_fault('.'.join(map(str, place)), kind, message)}"
        for place, kind, message in ((fault["loc"], fault["type"], fault["msg"]) for fault in faults)
    ]
    rest = len(texts) - _MOST_FAULTS
    return "; ".join(texts[:_MOST_FAULTS]) + (f"; och {rest} fel till" if rest > 0 else "")


def _fault(place: str, kind: str, message: str) -> str:
    text = _FAULTS.get(kind) or message.removeprefix("Value error, ")
    return f"{place} {text}" if place else text
