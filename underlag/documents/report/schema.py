"""The schema of rapport.json and of `underlag validera --format json`.

The models define and publish the schema; the writer fills plain dictionaries, because there may be tens of
thousands of findings. Names and descriptions are Swedish, for the users of the JSON.
"""

from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class CountsModel(_Part):
    """Antal fynd av varje allvar."""

    fel: int = Field(ge=0)
    varning: int = Field(ge=0)
    info: int = Field(ge=0)


class FindingModel(_Part):
    """Ett fynd. `flik` och `cell` är tomma när fyndet gäller hela filen eller beställningen."""

    kod: str = Field(pattern="^[A-Z]{3}[0-9]{3}$")
    allvar: Literal["fel", "varning", "info"]
    flik: str
    cell: str = Field(
        pattern="^([A-Z]{1,3}[1-9][0-9]*)?$", description="Cellen i den ursprungliga arbetsboken, t.ex. C7."
    )
    varde: str = Field(description="Det som står i cellen.")
    meddelande: str
    forslag: str


class ValidationModel(_Part):
    """Resultatet av en granskning: `underlag validera --format json`."""

    version: Literal[1]
    fil: str = Field(description="Arbetsbokens namn, utan mapp.")
    sha256: str = Field(pattern="^[0-9a-f]{64}$", description="Arbetsbokens kontrollsumma.")
    profil: str = Field(description="Anslutningsprofilens nyckel, tom om ingen passar.")
    miljo: str = Field(description="PROD eller QA, tom om den inte är känd.")
    region: str = Field(description="Regionens kortnamn, tomt om det inte är känt.")
    godkand: bool = Field(description="Om det inte finns något fel.")
    antal: CountsModel = Field(description="Alla fynd, också de som är utelämnade i listan.")
    fynd: list[FindingModel] = Field(description="Högst 50 000 av varje slag.")
    fynd_utelamnade: dict[str, Annotated[int, Field(ge=1)]] = Field(
        default={},
        description="Finns när listan är avkortad: för varje felkod antalet fynd som inte är med.",
    )


class PartyModel(_Part):
    """En tjänstekomponent."""

    hsaId: str  # noqa: N815 - as TAK's own JSON writes it
    namn: str


class AddressModel(_Part):
    """Vart anropen går för ett kontrakt."""

    kontrakt: str
    anropsadress: str
    rivtaprofil: str


class OrderModel(_Part):
    """En beställning."""

    nummer: int = Field(ge=1)
    av: int = Field(ge=1)
    typ: Literal["konsument", "producent"]
    atgard: Literal["lägg till", "ta bort"]
    riktning: str = Field(description="Trafikens riktning, t.ex. Tjänst -> Vårdsystem.")
    datum: str = Field(
        pattern="^([0-9]{4}-[0-9]{2}-[0-9]{2})?$", description="Tomt om inget datum är angivet."
    )
    komponent: PartyModel
    kontrakt: list[str]
    anropsadress: str = Field(description="Tom om kontrakten har olika, se adresser.")
    rivtaprofil: str = Field(description="Tom om kontrakten har olika, se adresser.")
    adresser: list[AddressModel] = Field(description="Vart anropen går för varje kontrakt.")
    konsumenter: list[PartyModel] = Field(description="De som får anropsbehörighet.")
    adressater: int = Field(ge=0, description="Antal logiska adressater.")
    bulk: bool = Field(description="Om adressaterna läses in av kundservice.")
    filer: list[str]
    noteringar: list[str] = Field(description="Vad TAK-filerna förutsätter, och vad som inte går att ångra.")


class RowsModel(_Part):
    """Rader i underlaget, räknade som en adressat för ett tjänstekontrakt: lästa = beställda + utelämnade."""

    lasta: int = Field(ge=0)
    bestallda: int = Field(ge=0)
    utelamnade: int = Field(
        ge=0,
        description="Rader som inte beställs, felaktiga eller av annat skäl, se bortvalda.csv;"
        " alla rader när fel stoppar beställningen.",
    )


class FileModel(_Part):
    """En fil i paketet."""

    namn: str = Field(
        pattern=r"^[A-Za-z0-9._/-]+$", description="Namn med mapp, t.ex. tak/bestallning-1.json."
    )
    sha256: str = Field(pattern="^[0-9a-f]{64}$")
    storlek: int = Field(ge=0, description="Antal byte.")


class SourcesModel(_Part):
    """Varifrån beställningens uppgifter kommer, t.ex. ”ur bestallning.toml”; tomt för en som saknas."""

    datum: str
    arendenummer: str
    bestallare: str
    huvudansvarig: str
    teknisk_kontaktperson: str
    teknisk_support: str
    bestallningsfil: str = Field(description="Namnet på den bestallning.toml som används, annars tomt.")


class ReportModel(ValidationModel):
    """rapport.json: granskningen, beställningarna och varje fil i paketet utom rapport.json själv."""

    skapad: str = Field(description="Tidpunkt med tidszon enligt ISO 8601.")
    kallor: SourcesModel
    svarsrader: list[str] = Field(
        description="Rader till bestallning.toml som svarar på det som inte förstås; tom när inget är öppet."
    )
    rader: RowsModel
    bestallningar: list[OrderModel]
    filer: list[FileModel]


#: Published in docs/schema/, by file name; `python -m underlag.renew` writes them.
SCHEMAS: Final[dict[str, type[BaseModel]]] = {
    "rapport.schema.json": ReportModel,
    "validering.schema.json": ValidationModel,
}
