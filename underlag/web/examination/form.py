"""The fields of the page's form, and the options that they become."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Final

from underlag.options import Options
from underlag.profiles import profiles

_LONGEST: Final = 200
_TOO_LONG: Final = f"Texten är för lång. Skriv högst {_LONGEST} tecken."
_NO_PROFILE: Final = "Profilen finns inte. Välj en i listan."
_NO_ENVIRONMENT: Final = "Miljön finns inte. Välj en i listan."
_NOT_UNDERSTOOD: Final = "Valet går inte att tolka. Välj igen."


@dataclass(slots=True, frozen=True)
class Choices:
    """The form's fields other than files, named as the options of the commands."""

    miljo: str = ""
    profil: str = ""
    datum: str = ""
    arende: str = ""
    hoppa_over_fel: bool = False
    ta_bort: bool = False
    bara_nytt: bool = False
    ersatt_vagval: bool = False

    def options(self, *, order_file: Path | None, now: datetime) -> Options:
        """Return the options, as every command takes them."""
        return Options(
            environment=self.miljo,
            profile=self.profil,
            date=self.datum,
            case_number=self.arende,
            order_file=order_file,
            skip_faulty=self.hoppa_over_fel,
            remove=self.ta_bort,
            only_new=self.bara_nytt,
            replace_routes=self.ersatt_vagval,
            now=now,
        )


_TICKS: Final = {field.name for field in fields(Choices) if field.type is bool}


def read_choices(form: Mapping[str, str]) -> tuple[Choices, dict[str, str]]:
    """Read the form's fields.

    Returns:
        The choices, and a Swedish sentence for each field that cannot be used. Such fields have their usual
        value in the choices.
    """
    given = {field.name: value for field in fields(Choices) if (value := form.get(field.name, "").strip())}
    wrong = {name: sentence for name, value in given.items() if (sentence := _refusal(name, value))}
    usable = {name: True if name in _TICKS else value for name, value in given.items() if name not in wrong}
    return Choices(**usable), wrong  # type: ignore[arg-type] # ticks are bool, the others text


def _refusal(name: str, value: str) -> str:
    """Return why a value cannot be used, '' if it can."""
    if name in _TICKS:
        return "" if value == "1" else _NOT_UNDERSTOOD
    if len(value) > _LONGEST:
        return _TOO_LONG
    if name == "profil" and value not in profiles():
        return _NO_PROFILE
    if name == "miljo" and not any(profile.environment(value) for profile in profiles().values()):
        return _NO_ENVIRONMENT
    return ""
