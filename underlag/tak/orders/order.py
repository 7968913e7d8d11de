"""The TAK order ("JSON-beställning") that tak-web loads, as types with TAK's exact names.

Source: skltp/tak, tak-web: the classes into which an order is parsed. What tak-web accepts beyond this (other
date formats, numbers as text) belongs to `underlag.tak.judge`; this is what we write, and what we advise
others to write.
"""

from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from pydantic.alias_generators import to_camel

_HSA_ID = r"^[0-9a-zA-Z_\-]+$"
_NAMESPACE = r"^[0-9a-zA-Z_.:\-]+$"
_URL = r"^[0-9a-zA-Z_.:/\-?&]+$"
_MOMENT = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[+\-][0-9]{4}$"

HsaId = Annotated[str, StringConstraints(pattern=_HSA_ID, max_length=255)]
AddresseeId = Annotated[str, StringConstraints(pattern=r"^([0-9a-zA-Z_\-]+|\*)$", max_length=255)]
Namespace = Annotated[str, StringConstraints(pattern=_NAMESPACE, max_length=255)]
Url = Annotated[str, StringConstraints(pattern=_URL, min_length=5, max_length=255)]
Moment = Annotated[str, StringConstraints(pattern=_MOMENT)]
#: One line without outer blanks: tak-web strips anything else, and cuts longer texts.
Line = Annotated[str, StringConstraints(pattern=r"^(\S|\S[^\r\n]*\S)?$", max_length=255)]


class _Part(BaseModel):
    """Rejects unknown properties, because tak-web rejects an order that has one."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, alias_generator=to_camel, populate_by_name=True
    )


class Contract(_Part):
    """A service contract to create unless it exists."""

    namespace: Namespace = Field(alias="namnrymd")
    description: Line = Field(alias="beskrivning")
    major_version: int = Field(ge=0)


class LogicalAddress(_Part):
    """An addressee to create unless it exists; '*' is the standard address."""

    hsa_id: AddresseeId
    description: Line = Field(alias="beskrivning")


class Component(_Part):
    """A consumer or producer to create unless it exists."""

    hsa_id: HsaId
    description: Line = Field(alias="beskrivning")


class AuthorizationItem(_Part):
    """An authorization: the consumer may call the contract at the addressee."""

    addressee: str = Field(alias="logiskAdress")
    contract: str = Field(alias="tjanstekontrakt")
    consumer: str = Field(alias="tjanstekonsument")


class ClosedRoute(_Part):
    """A route to close; tak-web finds it by addressee and contract and ignores the other properties."""

    url: str | None = Field(default=None, alias="adress")
    addressee: str = Field(alias="logiskAdress")
    contract: str = Field(alias="tjanstekontrakt")
    rivta_profile: str = Field(alias="rivtaprofil")
    producer: str = Field(alias="tjanstekomponent")


class RouteItem(ClosedRoute):
    """A route: the addressee's calls of the contract go to the producer's URL."""

    url: Url = Field(alias="adress")


class Include(_Part):
    """What must exist afterwards."""

    contracts: list[Contract] = Field(default=[], alias="tjanstekontrakt")
    addressees: list[LogicalAddress] = Field(default=[], alias="logiskadresser")
    components: list[Component] = Field(default=[], alias="tjanstekomponenter")
    authorizations: list[AuthorizationItem] = Field(default=[], alias="anropsbehorigheter")
    routes: list[RouteItem] = Field(default=[], alias="vagval")


class Exclude(_Part):
    """What ends. An order cannot delete addressees, components or contracts."""

    authorizations: list[AuthorizationItem] = Field(default=[], alias="anropsbehorigheter")
    routes: list[ClosedRoute] = Field(default=[], alias="vagval")


class TakOrder(_Part):
    """A whole order. Both times are required; only the calendar day of `genomforandeTidpunkt` counts."""

    platform: str = Field(alias="plattform", min_length=1)
    format_version: float
    version: int
    ordered_at: Moment = Field(alias="bestallningsTidpunkt")
    carried_out_at: Moment = Field(alias="genomforandeTidpunkt")
    ordered_by: str = Field(alias="utforare")
    comment: Line = Field(alias="kommentar")
    include: Include = Field(alias="inkludera")
    exclude: Exclude = Field(alias="exkludera")


#: Published in docs/schema/, by file name; written by `python -m underlag.renew`.
SCHEMAS: Final[dict[str, type[BaseModel]]] = {"tak-order.schema.json": TakOrder}
