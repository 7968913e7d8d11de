"""What a person fills in on the page, and what it means for the program."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError, field_validator
from pydantic_core import PydanticCustomError

from underlag.options import Options
from underlag.profiles import profiles

_Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]

_TOO_LONG: Final = "Texten är för lång. Skriv högst 200 tecken."
_NOT_UNDERSTOOD: Final = "Valet går inte att tolka. Välj igen."


class Choices(BaseModel):
    """The form's fields beside the files, with the names that the commands' options have."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    miljo: _Text = ""
    profil: _Text = ""
    datum: _Text = ""
    arende: _Text = ""
    hoppa_over_fel: bool = False
    ta_bort: bool = False
    bara_nytt: bool = False
    ersatt_vagval: bool = False

    @field_validator("profil")
    @classmethod
    def _profile_exists(cls, value: str) -> str:
        if value and value not in profiles():
            raise PydanticCustomError("unknown", "Profilen finns inte. Välj en i listan.")
        return value

    @field_validator("miljo")
    @classmethod
    def _environment_exists(cls, value: str) -> str:
        if value and not any(profile.environment(value) for profile in profiles().values()):
            raise PydanticCustomError("unknown", "Miljön finns inte. Välj en i listan.")
        return value

    def options(self, *, order_file: Path | None, now: datetime) -> Options:
        """Return what is asked for, as every command takes it."""
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

    def as_query(self) -> dict[str, str]:
        """Return the choices that differ from the usual, for an address that fills in the form with them."""
        stated = self.model_dump(exclude_defaults=True)
        return {name: "1" if value is True else str(value) for name, value in stated.items()}


def read_choices(form: Mapping[str, str]) -> tuple[Choices, dict[str, str]]:
    """Read the form's fields.

    Returns:
        The choices, and a Swedish sentence for each field that cannot be used. Such fields have their usual
        value in the choices.
    """
    given = {name: value for name in Choices.model_fields if (value := form.get(name, "")).strip()}
    try:
        return Choices.model_validate(given), {}
    except ValidationError as error:
        wrong = {str(one["loc"][0]): _sentence(one["type"], one["msg"]) for one in error.errors()}
        usable = {name: value for name, value in given.items() if name not in wrong}
        return Choices.model_validate(usable), wrong


def _sentence(kind: str, message: str) -> str:
    if kind == "unknown":
        return message
    return _TOO_LONG if kind == "string_too_long" else _NOT_UNDERSTOOD
