"""The form of sammanstallning.json and of rapport.json in samlad/, for programs that read them.

The names are those that users of the JSON see, so they are Swedish.
"""

from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from underlag.documents.report.schema import CountsModel, FileModel, PartyModel, RowsModel


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class WorkbookModel(_Part):
    """En arbetsbok."""

    fil: str = Field(description="Arbetsbokens namn, utan mapp.")
    ursprung: str = Field(description="Var den låg, t.ex. mejl.eml › Underlag.xlsx.")
    sha256: str = Field(pattern="^[0-9a-f]{64}$")
    tillstand: Literal["klar", "delvis", "fel", "avvisad"]
    oforandrad: bool = Field(description="Om den gjordes i en tidigare körning och inget behövde göras om.")
    skal: str = Field(description="Varför den avvisades, eller något annat att veta om den. Oftast tomt.")
    profil: str
    miljo: str
    region: str
    arende: str
    datum: str = Field(pattern="^([0-9]{4}-[0-9]{2}-[0-9]{2})?$", description="Datum för ändringen.")
    enheter: int = Field(ge=0, description="Antal logiska adressater i producenternas flikar.")
    antal: CountsModel
    rader: RowsModel
    bestallningar: int = Field(ge=0)
    mapp: str = Field(description="Paketets mapp, relativt den här filen. Tom för en avvisad arbetsbok.")
    samlad: bool = Field(description="Om beställningarna är med i samlad.")


class RejectedModel(_Part):
    """Något som inte är en arbetsbok, eller inte gick att öppna."""

    ursprung: str
    skal: str


class ConflictModel(_Part):
    """Något som arbetsböcker säger emot varandra om."""

    slag: Literal["olika-vagval", "flera-regioner", "samma-innehall", "aldre-version", "flera-versioner"]
    miljo: str
    kontrakt: str
    adressater: list[str]
    arbetsbocker: list[str]
    beskrivning: str


class TotalModel(_Part):
    """Allt tillsammans."""

    arbetsbocker: int = Field(ge=0)
    klara: int = Field(ge=0)
    delvis: int = Field(ge=0)
    med_fel: int = Field(ge=0)
    avvisade: int = Field(ge=0)
    oforandrade: int = Field(ge=0)
    enheter: int = Field(ge=0, description="Summan av arbetsböckernas enheter.")
    antal: CountsModel
    rader: RowsModel
    bestallningar: int = Field(ge=0)


class MergedFolderModel(_Part):
    """En miljös mapp i samlad."""

    miljo: str
    mapp: str
    bestallningar: int = Field(ge=0)
    adressater: int = Field(ge=0)


class SummaryModel(_Part):
    """sammanstallning.json."""

    version: Literal[1]
    skapad: str = Field(description="Tidpunkt med tidszon enligt ISO 8601.")
    summa: TotalModel
    arbetsbocker: list[WorkbookModel]
    ej_arbetsbocker: list[RejectedModel]
    konflikter: list[ConflictModel]
    samlad: list[MergedFolderModel]


class MergedOrderModel(_Part):
    """En beställning, sammanslagen av en eller flera arbetsböckers."""

    nummer: int = Field(ge=1)
    av: int = Field(ge=1)
    typ: Literal["konsument", "producent"]
    atgard: Literal["lägg till", "ta bort"]
    riktning: str
    datum: str = Field(pattern="^([0-9]{4}-[0-9]{2}-[0-9]{2})?$")
    komponent: PartyModel
    kontrakt: list[str]
    anropsadress: str
    rivtaprofil: str
    konsumenter: list[PartyModel]
    adressater: int = Field(ge=0)
    arbetsbocker: list[str] = Field(description="Arbetsböckerna som den kommer av.")
    filer: list[str]


class MergedModel(_Part):
    """rapport.json i samlad/<miljö>."""

    version: Literal[1]
    miljo: str
    skapad: str
    bestallningar: list[MergedOrderModel]
    filer: list[FileModel]


#: Published in docs/schema/, by file name; `python -m underlag.renew` writes them.
SCHEMAS: Final[dict[str, type[BaseModel]]] = {
    "sammanstallning.schema.json": SummaryModel,
    "samlad.schema.json": MergedModel,
}
