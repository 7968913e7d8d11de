"""The published schemas of sammanstallning.json and of rapport.json in a load.

The names are Swedish because users of the JSON see them.
"""

from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from underlag.documents.report.schema import AddressModel, CountsModel, FileModel, PartyModel


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class LedgerRowsModel(_Part):
    """Raderna, en för varje adressat och tjänstekontrakt: lästa = inlästa + klara + väntar + utelämnade."""

    lasta: int = Field(ge=0)
    inlasta: int = Field(ge=0, description="Är med i inläsningar som är noterade som inlästa.")
    klara: int = Field(ge=0, description="Är med i inläsningar som ska läsas in.")
    vantar: int = Field(ge=0, description="Väntar på att någon avgör en konflikt.")
    utelamnade: int = Field(ge=0)
    skal: dict[str, int] = Field(description="Utelämnade rader per skäl, t.ex. fel, ersatt eller dubblett.")


class WorkbookModel(_Part):
    """En arbetsbok."""

    nummer: int = Field(ge=0, description="Arbetsbokens nummer i registret; 0 om den inte är med där.")
    arende_nummer: int = Field(ge=0, description="Numret på ärendet i registret.")
    fil: str = Field(description="Arbetsbokens namn, utan mapp.")
    ursprung: str = Field(description="Var den låg, t.ex. mejl.eml › Underlag.xlsx.")
    sha256: str = Field(pattern="^[0-9a-f]{64}$")
    tillstand: Literal["klar", "väntar", "delvis", "fel", "avvisad", "dubblett"] = Field(
        description="klar: utan fel. väntar: utan fel, men rader väntar på ett beslut. delvis: rader med fel "
        "är utelämnade."
    )
    oforandrad: bool = Field(description="Om den gjordes i en tidigare körning och inget behövde göras om.")
    skal: str = Field(description="Varför den avvisades, eller något annat att veta om den. Oftast tomt.")
    skriver: str = Field(
        description="Övrig information, meningar ur mejl och om datum saknas, så länge ärendet är öppet."
    )
    profil: str
    miljo: str
    region: str
    arende: str
    datum: str = Field(pattern="^([0-9]{4}-[0-9]{2}-[0-9]{2})?$", description="Datum för ändringen.")
    enheter: int = Field(ge=0, description="Antal logiska adressater i producenternas flikar.")
    antal: CountsModel
    rader: LedgerRowsModel
    bestallningar: int = Field(ge=0)
    mapp: str = Field(description="Paketets mapp, relativt den här filen. Tom för en avvisad arbetsbok.")
    svar: str = Field(
        description="Det senaste svarsutkastet om den, relativt den här filen. Tomt om inget finns."
    )


class RejectedModel(_Part):
    """Något som inte är en arbetsbok, eller inte gick att öppna."""

    ursprung: str
    skal: str
    mejl: bool = Field(description="Ett mejl utan arbetsbok, som någon ska läsa.")


class RowPlaceModel(_Part):
    """En rad i en arbetsbok."""

    adressat: str
    kontrakt: str
    nummer: int = Field(ge=1, description="Arbetsbokens nummer.")
    arbetsbok: str
    flik: str
    cell: str
    anger: str = Field(description="Vad raden begär, med ord.")
    inlasning: int = Field(ge=0, description="Numret på inläsningen som raden är med i; 0 om ingen.")


class ChosenModel(_Part):
    """En arbetsbok som är vald med --valj, för en adressat eller (tomt) för alla där den väntade."""

    nummer: int = Field(ge=1)
    arbetsbok: str
    adressat: str


class ConflictModel(_Part):
    """Något som arbetsböcker säger emot varandra om, och som väntar på att någon avgör det."""

    slag: Literal["annan-producent", "flera-regioner", "olika-vagval", "flera-versioner", "nyare-med-fel"]
    miljo: str
    kontrakt: list[str]
    adressater: list[str]
    arbetsbocker: list[str]
    rader: list[RowPlaceModel]
    beskrivning: str
    valj: list[str] = Field(
        description="Vad man lägger till kommandot för att välja någon av arbetsböckerna."
    )


class ReplacedModel(_Part):
    """En rad som en annan har ersatt, är nyare än, eller valdes framför."""

    adressat: str
    kontrakt: str
    miljo: str
    skal: Literal["ersatt", "äldre", "bortvald"]
    rad: RowPlaceModel
    av: RowPlaceModel


class CaseBookModel(_Part):
    """En arbetsbok i ett ärende."""

    nummer: int = Field(ge=1)
    fil: str


class CaseModel(_Part):
    """Ett ärende som inte är stängt."""

    nummer: int = Field(ge=1)
    miljo: str
    region: str
    arenden: list[str] = Field(description="Ärendenummer som är kända.")
    oppnat: str
    besvarat: str = Field(
        description="När svaret noterades med register svarat. Tomt när den senaste arbetsboken eller det "
        "senaste mejlet är obesvarat."
    )
    arbetsbocker: list[CaseBookModel]
    rader: LedgerRowsModel
    inlasningar: list[int]
    mejl: list[str] = Field(
        description="Mejl utan arbetsbok som har kommit sedan svaret noterades: ämne, avsändare och tid."
    )
    utkast: str = Field(
        description="Det senaste svarsutkastet, relativt den här filen. Tomt när svaret är noterat sedan "
        "dess."
    )


class ReplyModel(_Part):
    """Ett svarsutkast som körningen gjorde."""

    nummer: int = Field(ge=1)
    fil: str = Field(description="svar.eml, relativt den här filen.")
    till: str = Field(description="Mottagarens e-postadress, tom om den är okänd.")
    amne: str
    arbetsbocker: list[CaseBookModel] = Field(description="Arbetsböckerna som svaret gäller.")


class TotalModel(_Part):
    """Allt tillsammans."""

    arbetsbocker: int = Field(ge=0)
    klara: int = Field(ge=0)
    vantar: int = Field(ge=0, description="Arbetsböcker utan fel som har rader som väntar.")
    delvis: int = Field(ge=0)
    med_fel: int = Field(ge=0)
    avvisade: int = Field(ge=0)
    dubbletter: int = Field(ge=0)
    oforandrade: int = Field(ge=0)
    enheter: int = Field(ge=0, description="Summan av arbetsböckernas enheter.")
    antal: CountsModel
    rader: LedgerRowsModel
    bestallningar: int = Field(ge=0)


class StopModel(_Part):
    """Obesvarade mejl i ett ärende som säger att något i en inläsning ska vänta eller vara annorlunda."""

    arende: int = Field(ge=1)
    skriver: list[str] = Field(min_length=1, description="Mejlens meningar.")


class LoadFolderModel(_Part):
    """En numrerad inläsning."""

    nummer: int = Field(ge=1)
    miljo: str
    mapp: str
    bestallningar: int = Field(ge=0)
    adressater: int = Field(ge=0)
    rader: int = Field(ge=1)
    mejl_emot: list[StopModel] = Field(
        description="Läs inte in den förrän det är avgjort vad som gäller. Tom när inga obesvarade mejl "
        "säger emot den."
    )


class SummaryModel(_Part):
    """sammanstallning.json."""

    version: Literal[2]
    skapad: str = Field(description="Tidpunkt med tidszon enligt ISO 8601.")
    summa: TotalModel
    arbetsbocker: list[WorkbookModel]
    ej_arbetsbocker: list[RejectedModel]
    valda: list[ChosenModel]
    konflikter: list[ConflictModel]
    ersatta: list[ReplacedModel]
    svar: list[ReplyModel]
    inlasningar: list[LoadFolderModel] = Field(description="De som den här körningen gjorde.")
    ej_inlasta: list[LoadFolderModel] = Field(
        description="Tidigare inläsningar som ingen har noterat som inlästa eller återtagna."
    )
    arenden: list[CaseModel]
    att_veta: list[str]


class MergedOrderModel(_Part):
    """En beställning, sammanslagen ur en eller flera arbetsböcker."""

    nummer: int = Field(ge=1)
    av: int = Field(ge=1)
    typ: Literal["konsument", "producent"]
    atgard: Literal["lägg till", "ta bort"]
    riktning: str
    datum: str = Field(pattern="^([0-9]{4}-[0-9]{2}-[0-9]{2})?$")
    komponent: PartyModel
    kontrakt: list[str]
    anropsadress: str = Field(description="Tom om kontrakten har olika, se adresser.")
    rivtaprofil: str = Field(description="Tom om kontrakten har olika, se adresser.")
    adresser: list[AddressModel] = Field(description="Vart anropen går för varje kontrakt.")
    konsumenter: list[PartyModel]
    adressater: int = Field(ge=0)
    arbetsbocker: list[str] = Field(description="Arbetsböckerna som den kommer av.")
    arenden: list[int] = Field(description="Deras ärenden.")
    filer: list[str]


class LoadTimeModel(_Part):
    """Hur många sekunder tak-web omkring behöver för att läsa in beställningarna."""

    ny: int = Field(ge=1, description="När allt är nytt.")
    igen: int = Field(ge=1, description="När samma filer läses in en gång till.")


class NotRestoredModel(_Part):
    """Rader i en tidigare inläsning som den här ersätter, och som återställningen inte lägger tillbaka."""

    inlasning: int = Field(ge=1)
    rader: int = Field(ge=1)


class LoadModel(_Part):
    """rapport.json i inlasningar/<nummer>-<miljö>."""

    version: Literal[1]
    nummer: int = Field(ge=1)
    miljo: str
    skapad: str
    rader: int = Field(ge=1)
    adressater: int = Field(ge=1)
    aterstalls_inte: list[NotRestoredModel] = Field(
        description="Tom när en TAK-export var med: då lägger återställningen tillbaka det som ersattes."
    )
    inlasningstid: LoadTimeModel
    bestallningar: list[MergedOrderModel]
    filer: list[FileModel]


#: Published in docs/schema/, by file name; `python -m underlag.renew` writes them.
SCHEMAS: Final[dict[str, type[BaseModel]]] = {
    "sammanstallning.schema.json": SummaryModel,
    "inlasning.schema.json": LoadModel,
}
