"""The steps of the order form for an order, in the form's own words.

Source of steps, headings and buttons: Inera, "Lathund beställning av TAKning Intygstjänster" 0.91, 2.1-2.3.
"""

from collections.abc import Mapping
from typing import Final

from underlag.documents.guide.form_summary import summary
from underlag.documents.guide.order_form import SHOWN_OF_BULK, SYSTEM_NAME, Form, Group, Item, Step
from underlag.documents.package_names import LIST_FILES
from underlag.orders.order import Order
from underlag.profiles.profile import Profile
from underlag.text.numbers import counted
from underlag.text.sources import contact_values, source_text, sources_text
from underlag.values.calendar import REGULAR_TIME
from underlag.workbook import Contact, Field, text_of

_FORM_TITLES: Final = {
    "consumer": "Administrera tjänstekonsument",
    "producer": "Administrera tjänsteproducent",
}


#: The heading of the form's last page.
_SUMMARY_TITLES: Final = {
    "consumer": "Bekräfta ändringar för tjänstekonsument",
    "producer": "Sammanställning för bekräftelse",
}


def form_of(order: Order, profile: Profile, *, mailed: bool = True) -> Form:
    """Return the form's steps and expected summary for an order.

    Args:
        order: the order.
        profile: the workbook's profile.
        mailed: whether the package has a draft of a mail to customer service.
    """
    in_list = order.bulk and order.kind == "producer"
    middle = (
        _consumer_steps(order)
        if order.kind == "consumer"
        else _producer_steps(order, bulk=in_list, mailed=mailed)
    )
    steps = (
        _environment_step(order),
        _component_step(order),
        _contract_step(order, profile),
        *middle,
        Step(
            "Övrig information",
            "Klistra in texten i rutan Övrig information."
            + (
                f" Ärendenumrets källa: {source}."
                if (source := source_text(order.details.case_number))
                else ""
            ),
            text=order.remark,
            text_gap="" if text_of(order.details.case_number) else "Förstudiens ärendenummer",
        ),
        _orderer_step(order.details.orderer),
    )
    return Form(
        title=_FORM_TITLES[order.kind],
        summary_title=_SUMMARY_TITLES[order.kind],
        steps=steps,
        summary=summary(order),
        shown=order.addressees[:SHOWN_OF_BULK] if in_list else order.addressees,
        list_file=LIST_FILES[order.action] if in_list and len(order.addressees) > SHOWN_OF_BULK else "",
    )


def _environment_step(order: Order) -> Step:
    """Return the step for environment and date."""
    return Step(
        "Miljö och datum för ändring",
        f"Välj miljö, och den dag då ändringen ska göras eller ”{REGULAR_TIME}”.",
        (
            Group(
                "",
                (
                    Item("Miljö", order.environment.form_title),
                    _date_item(order),
                ),
            ),
        ),
    )


def _date_item(order: Order) -> Item:
    """Return the date, the form's alternative to a date, or the choice between them."""
    label = "Datum"
    if order.day:
        return Item(label, order.day.isoformat(), note=_source({"": order.details.date}))
    if order.details.at_regular_time:
        return Item(label, REGULAR_TIME, note=_source({"": order.details.date}))
    return Item(label, "", note=f"Välj en arbetsdag, eller ”{REGULAR_TIME}”.")


def _component_step(order: Order) -> Step:
    """Return the step for the system, with its contacts unless the system is the profile's own."""
    noun = "tjänstekonsument" if order.kind == "consumer" else "tjänsteproducent"
    identity = Group(
        "",
        (
            Item("HSA-ID", order.component.hsa_id),
            Item(
                SYSTEM_NAME,
                order.component.name,
                needed=False,
                note="Jämför med det namn som formuläret visar." if order.component.name else "",
            ),
        ),
    )
    if order.component.fixed:
        lead = (
            f"Sök fram {noun}en på dess HSA-ID. Komponenten är Ineras egen: låt kontaktuppgifterna som "
            "formuläret visar stå kvar oförändrade."
        )
        return Step(f"Ange {noun}", lead, (identity,))
    details = order.details
    return Step(
        f"Ange {noun}",
        f"Sök fram {noun}en på dess HSA-ID. Jämför kontaktuppgifterna med dem nedan. Skiljer något: välj "
        "”Redigera kontaktuppgifter” och rätta.",
        (
            identity,
            _contact("Huvudansvarig", details.main_contact),
            _contact("Teknisk kontaktperson", details.technical_contact),
            _contact("Teknisk support", details.support, named=False),
        ),
    )


def _contact(title: str, contact: Contact, *, named: bool = True) -> Group:
    """Return the boxes of a contact; of support, the form asks for no name."""
    values = {"Namn": contact.name, "E-post": contact.email, "Telefon": contact.phone}
    asked = values if named else {label: values[label] for label in ("E-post", "Telefon")}
    items = tuple(Item(label, text_of(value)) for label, value in asked.items())
    return Group(title, items, _source(asked))


def _source(values: Mapping[str, Field | None]) -> str:
    """Return the source of values as a note."""
    source = sources_text({label.lower(): value for label, value in values.items()})
    return f"Källa: {source}." if source else ""


def _contract_step(order: Order, profile: Profile) -> Step:
    """Return the step for the contracts."""
    several = len(order.contracts) > 1
    which = "dessa tjänstekontrakt" if several else "detta tjänstekontrakt"
    return Step(
        "Välj tjänstekontrakt som omfattas",
        f"Välj {which} i domänen {profile.domain_title}.",
        tuple(
            Group(
                f"Tjänstekontrakt {place} av {len(order.contracts)}" if several else "",
                (Item("Tjänstekontrakt", contract.name), Item("Version", str(contract.major))),
            )
            for place, contract in enumerate(order.contracts, 1)
        ),
    )


def _consumer_steps(order: Order) -> tuple[Step, ...]:
    """Return the steps of a consumer's order."""
    which = "vart och ett av tjänstekontrakten" if len(order.contracts) > 1 else "tjänstekontraktet"
    if order.action == "remove":
        lead = f"Välj ”Ta bort” och ta bort behörigheten till dessa logiska adressater för {which}."
    else:
        lead = (
            f"Ange dessa logiska adressater för {which}. Skriv i ”Filtrera adressater” för att hitta dem och "
            "markera dem. Välj ”Välj alla” bara om listan visar just dem."
        )
    return (Step("Behörighet till följande logisk/a adressater", lead, addressees=True),)


def _producer_steps(order: Order, *, bulk: bool, mailed: bool) -> tuple[Step, ...]:
    """Return the steps of a producer's order."""
    return (
        Step("Logiska adressater", _addressee_lead(order, bulk=bulk, mailed=mailed), addressees=True),
        Step(
            "Redigera version av RIVTA-profil och URL",
            _address_lead(order),
            _address_groups(order),
        ),
        _authorization_step(order),
    )


def _address_groups(order: Order) -> tuple[Group, ...]:
    """Return profile and address: once if all contracts share them, else for each contract."""
    addresses = {contract.title: order.address(contract) for contract in order.contracts}
    if len(set(addresses.values())) == 1:
        addresses = {"": order.shared_address}
    return tuple(
        Group(title, (Item("RIV-TA-profil", address.rivta_profile), Item("Anropsadress (URL)", address.url)))
        for title, address in addresses.items()
    )


def _address_lead(order: Order) -> str:
    """Return the instruction for profile and address; the form has a heading for each contract."""
    if order.action == "remove":
        return "Adressen ändras inte: låt den stå som den är."
    several = len(order.contracts) > 1
    heading = f"”Redigera version av RIVTA-profil och URL för {'…' if several else order.contracts[0].name}”"
    where = f"Under {heading}, för vart och ett av tjänstekontrakten" if several else f"Under {heading}"
    return f"{where}: välj RIV-TA-profil och klistra in anropsadressen."


def _addressee_lead(order: Order, *, bulk: bool, mailed: bool) -> str:
    """Return the instruction for the addressees: to enter them, or that customer service loads them."""
    number = counted(len(order.addressees), "logisk adressat", "logiska adressater")
    every = "för alla tjänstekontrakt du valt"
    mail = " Skicka mejlet kundservice/mejl.eml när beställningen är lagd." if mailed else ""
    if order.action == "remove":
        if bulk:
            return (
                f"Välj ”Ta bort logiska adressater {every}”. Beställningen gäller {number}: skriv inte in "
                "dem i formuläret. "
                f"Kundservice tar bort dem efter listan {LIST_FILES['remove']} i det här paketet.{mail}"
            )
        removing = f"Välj ”Ta bort logiska adressater {every}”."
        return f"{removing} Sök fram {number} under ”Sök efter logisk adressat”."
    begin = "Välj ”Lägg till logiska adressater…” och"
    if bulk:
        return (
            f"{begin} ”Lägg till logiska adressater {every}”. Beställningen gäller {number}: skriv inte "
            f"in dem i formuläret. Kundservice läser in dem (bulkladdning) ur listan {LIST_FILES['add']} i "
            f"det här paketet.{mail}"
        )
    return (
        f"{begin} ”Lägg till logiska adressater {every}”, och lägg till "
        f"{number}. Sök på HSA-ID under ”Sök efter logisk adressat”. Finns adressaten inte: välj ”Lägg till "
        "ny logisk adressat” och skriv HSA-ID och namn. Pilen flyttar den till ”Nyvalda logiska adressater”."
    )


#: The instruction when the consumers are authorized already.
_STANDING: Final = (
    "Välj ”Adresseringsbehörighet kommer begäras via en separat beställning för konsument”. Konsumenterna "
    "har redan en stående behörighet, så någon sådan beställning behövs inte."
)


def _authorization_step(order: Order) -> Step:
    """Return the step for the consumers' authorizations."""
    several = len(order.consumers) > 1
    groups = tuple(
        Group(
            f"Tjänstekonsument {place} av {len(order.consumers)}" if several else "Tjänstekonsument",
            (Item("HSA-ID", consumer.hsa_id), Item("Namn", consumer.name, needed=False)),
        )
        for place, consumer in enumerate(order.consumers, 1)
    )
    if order.flow.standing_authorization and not order.consumers:
        return Step("Adresseringsbehörighet", _STANDING)
    if order.action == "remove":
        return Step(
            "Adresseringsbehörighet",
            "Anropsbehörigheterna till samma adressater tas också bort. De gäller denna tjänstekonsument:",
            groups,
        )
    return Step(
        "Adresseringsbehörighet",
        "Välj ”Adresseringsbehörighet ska begäras i samband med denna beställning”. Sök på HSA-ID under "
        "”Sök efter tjänstekonsument” och lägg till i ”Vald/a tjänstekonsument/er”:",
        groups or (Group("Tjänstekonsument", (Item("HSA-ID", ""),)),),
    )


def _orderer_step(orderer: Contact) -> Step:
    """Return the step for the orderer."""
    return Step(
        "Beställare",
        "Fyll i vem som beställer. Rutor med stjärna måste fyllas i. Välj sedan ”Se sammanfattning och "
        "beställ”.",
        (
            Group(
                "",
                (
                    Item("För- och efternamn*", text_of(orderer.name)),
                    Item("E-postadress*", text_of(orderer.email)),
                    Item("Telefon*", text_of(orderer.phone)),
                    Item("HSA-ID", text_of(orderer.hsa_id), needed=False),
                    Item("Roll", text_of(orderer.role), needed=False),
                ),
                _source({**contact_values(orderer), "hsa-id": orderer.hsa_id, "roll": orderer.role}),
            ),
        ),
    )
