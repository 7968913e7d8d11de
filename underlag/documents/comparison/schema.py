"""The schema of `underlag jamfor --format json` and `underlag granska-tak --format json`.

The models define and publish the schema; the writers fill plain dictionaries. Names and descriptions are
Swedish, for the users of the JSON.
"""

from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, RootModel

from underlag.documents.report.schema import ValidationModel
from underlag.tak.compare.comparison import AuthorizationState, RouteState
from underlag.tak.judge import Weight

_DAY: Final = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_DAY_OR_NONE: Final = "^([0-9]{4}-[0-9]{2}-[0-9]{2})?$"
_Number = Annotated[int, Field(ge=0)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class TakModel(_Part):
    """TAK:en som underlaget jämfördes med."""

    kalla: str = Field(description="Exportens filnamn, eller TAK-API:ets adress.")
    plattform: str = Field(description="T.ex. NTJP-PROD, tom om den inte är känd.")
    taget: str = Field(pattern=_DAY, description="Dagen då TAK såg ut så här.")
    kan_visa_raderade: bool = Field(description="Om rader som är raderade i TAK kan se ut att finnas.")


class TakCountsModel(_Part):
    """Antal rader i varje läge; lägen utan rader står inte med."""

    vagval: dict[RouteState, _Number] = Field(description="Rader som beställer ett vägval.")
    behorigheter: dict[AuthorizationState, _Number]
    andra_namn: _Number = Field(description="Rader vars adressat heter något annat i TAK.")


class RouteModel(_Part):
    """Ett vägval i TAK."""

    logisk_adress: str = Field(description="Så som TAK skriver den.")
    producenter: list[str] = Field(
        min_length=1, description="Flera när exporten bara visar en adress som flera producenter delar."
    )
    anropsadress: str
    rivtaprofil: str
    fran: str = Field(pattern=_DAY_OR_NONE, description="Tomt när källan inte säger det.")
    till: str = Field(pattern=_DAY_OR_NONE, description="Sista dagen; tomt när källan inte säger det.")


class RowModel(_Part):
    """En adressat för ett tjänstekontrakt."""

    flik: str
    rad: _Number
    cell: str = Field(pattern="^([A-Z]{1,3}[1-9][0-9]*)?$", description="Adressatens cell.")
    hsaId: str  # noqa: N815 - as TAK's own JSON writes it
    namn: str
    kontrakt: str
    atgard: Literal["lägg till", "ta bort"]
    vagval: RouteState
    behorighet: AuthorizationState
    namn_i_tak: str = Field(description="Tomt när namnet är detsamma, eller adressaten inte finns i TAK.")
    i_tak: list[RouteModel] = Field(description="Vägvalen som beställningen möter, eller standardvägvalet.")
    bestalls: bool
    skal: str = Field(
        pattern="^([A-Z]{3}[0-9]{3})?$", description="Koden för fyndet som gör att raden inte beställs."
    )


class ComparisonModel(ValidationModel):
    """Underlaget jämfört med en TAK: `underlag jamfor --format json`."""

    tak: TakModel | None = Field(description="null när ingen TAK gick att läsa; fynden säger varför.")
    antal_i_tak: TakCountsModel
    rader: list[RowModel]


class RemarkModel(_Part):
    """Något om en TAK-beställning."""

    regel: str = Field(pattern="^[a-z-]+$", description="Regelns nyckel.")
    allvar: Weight = Field(
        description="avvisas: tak-web tar inte emot beställningen. tyst: något annat sker än det som står."
    )
    steg: int = Field(ge=1, description="tak-webs steg; fel i ett steg döljer alla senare.")
    plats: str = Field(description="Platsen i beställningen, t.ex. inkludera.vagval[3].adress.")
    varde: str
    meddelande: str
    svar: str = Field(description="Vad tak-web skulle svara, tomt när den inget säger.")


class TakVerdictModel(_Part):
    """Vad tak-web skulle göra med en beställning."""

    version: Literal[1]
    fil: str
    lases_in: bool = Field(description="Om den läses in både från sidan i tak-web och över REST.")
    vagar: dict[Literal["sida", "json", "skript"], bool] = Field(
        description="Om den läses in på sidan i tak-web, över REST med json= och med jsonbestallning.sh."
    )
    plattform: str
    genomforande: str | None = Field(description="Dagen som beställningen gäller från, ÅÅÅÅ-MM-DD.")
    antal: dict[str, _Number] = Field(description="Antal poster i varje lista, t.ex. inkludera.vagval.")
    effekter: dict[str, _Number] = Field(description="Med --tak: vad tak-webs rapport skulle räkna.")
    svar: list[str] = Field(description="Raderna som tak-web skulle svara; inga när den läser in.")
    anmarkningar: list[RemarkModel]


class TakVerdictsModel(RootModel[TakVerdictModel | list[TakVerdictModel]]):
    """Resultatet av `underlag granska-tak --format json`: en lista när flera filer granskas."""


#: Published in docs/schema/, by file name; `python -m underlag.renew` writes them.
SCHEMAS: Final[dict[str, type[BaseModel]]] = {
    "jamforelse.schema.json": ComparisonModel,
    "tak-granskning.schema.json": TakVerdictsModel,
}
