"""The schema of `underlag folj-upp --format json`.

The models define and publish the schema; the writer fills plain dictionaries. Names and descriptions are
Swedish, for the users of the JSON.
"""

from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from underlag.tak.follow_up import State

_Day = Annotated[str, Field(pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class FollowedRowModel(_Part):
    """Ett beställt vägval eller en beställd anropsbehörighet, och vad TAK har."""

    slag: Literal["vägval", "anropsbehörighet"]
    atgard: Literal["lägg till", "ta bort"]
    kontrakt: str = Field(description="Tjänstekontraktets namnrymd.")
    kontraktsnamn: str = Field(description="Som profilen skriver det, t.ex. SendMessageToCare v2.")
    system: str = Field(description="Producenten för ett vägval, konsumenten för en anropsbehörighet.")
    anropsadress: str = Field(description="Tom för en anropsbehörighet.")
    fran: _Day = Field(description="Dagen som beställningen gäller från.")
    lage: State
    lageText: str = Field(description="Läget med dagen då det ändras.")  # noqa: N815 - a key of the JSON
    istallet: str = Field(description="Vad TAK har i stället, tomt när det inte är något.")


class FollowedUnitModel(_Part):
    """En adressat med sina beställda rader."""

    hsaId: str  # noqa: N815 - as TAK's own JSON writes it
    namn: str
    iDrift: bool = Field(description="Om alla rader är som de beställdes.")  # noqa: N815 - a key of the JSON
    rader: list[FollowedRowModel]


class FollowUpModel(_Part):
    """Om allt i ett paket eller en inläsning är i drift: `underlag folj-upp --format json`."""

    version: Literal[1]
    iDrift: bool = Field(description="Om allt är som det beställdes.")  # noqa: N815 - a key of the JSON
    tak: str = Field(description="Exportens filnamn, eller TAK-API:ets adress.")
    takDag: _Day = Field(description="Dagen då TAK såg ut så här.")  # noqa: N815 - a key of the JSON
    dag: _Day = Field(description="Dagen som bedömningen gäller.")
    antal: dict[State, Annotated[int, Field(ge=1)]] = Field(
        description="Antal rader i varje läge; lägen utan rader står inte med."
    )
    enheter: list[FollowedUnitModel]


#: Published in docs/schema/, by file name; `python -m underlag.renew` writes them.
SCHEMAS: Final[dict[str, type[BaseModel]]] = {"uppfoljning.schema.json": FollowUpModel}
