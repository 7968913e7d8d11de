"""The order form as data: its steps, what to enter in each, and the summary that it ends with.

Source of the steps and their order: Inera, "Lathund beställning av TAKning Intygstjänster" 0.91.
"""

from dataclasses import dataclass
from typing import Final

from underlag.model import Contact, Field
from underlag.orders.model import Addressee, Order, Party
from underlag.profiles.model import Profile
from underlag.writing.swedish import counted

#: How many addressees of a bulk order a guide shows: enough to recognise the list; the CSV has them all.
SHOWN_OF_BULK: Final = 50

#: Where the whole list of a bulk order stands in the package, by what is to be done with it.
LIST_FILES: Final = {
    "add": "kundservice/logiska-adressater.csv",
    "remove": "kundservice/logiska-adressater-ta-bort.csv",
}

_FORM_TITLES: Final = {
    "consumer": "Administrera tjänstekonsument",
    "producer": "Administrera tjänsteproducent",
}


@dataclass(slots=True, frozen=True)
class Item:
    """One box of the form. An empty `value` is a gap when `needed`, else a box that may stay empty."""

    label: str
    value: str
    needed: bool = True
    note: str = ""

    @property
    def is_gap(self) -> bool:
        """Whether the user must fill this in, because nobody has stated it."""
        return self.needed and not self.value


@dataclass(slots=True, frozen=True)
class Group:
    """Boxes that the form shows together; `title` is '' for those directly under the step's heading."""

    title: str
    items: tuple[Item, ...]


@dataclass(slots=True, frozen=True)
class Step:
    """One step of the form.

    Attributes:
        title: the step's heading.
        lead: what to do.
        groups: what to enter.
        addressees: whether the order's addressees are entered here.
        text: a longer text to enter.
        text_gap: what must be filled in in that text, '' when it is complete.
    """

    title: str
    lead: str
    groups: tuple[Group, ...] = ()
    addressees: bool = False
    text: str = ""
    text_gap: str = ""

    @property
    def gaps(self) -> tuple[tuple[str, str], ...]:
        """What is missing: heading and label, to be understood out of its place: Beställare, E-post."""
        boxes = tuple(
            (group.title or self.title, item.label.rstrip("*"))
            for group in self.groups
            for item in group.items
            if item.is_gap
        )
        return (*boxes, (self.title, self.text_gap)) if self.text_gap else boxes


@dataclass(slots=True, frozen=True)
class SummaryPart:
    """A heading of the form's summary and its lines; with `addressees`, the order's addressees follow."""

    title: str
    lines: tuple[str, ...]
    addressees: bool = False


@dataclass(slots=True, frozen=True)
class Form:
    """One order as the form asks for it.

    Attributes:
        title: which form to choose.
        steps: in the form's order, without the summary.
        summary: what "Sammanställning för bekräftelse" is expected to show.
        shown: the addressees that a guide lists: all, or the first of a bulk order.
        list_file: where all addressees of a bulk order stand in the package, '' when `shown` is all of them.
    """

    title: str
    steps: tuple[Step, ...]
    summary: tuple[SummaryPart, ...]
    shown: tuple[Addressee, ...]
    list_file: str

    @property
    def gaps(self) -> tuple[tuple[str, str], ...]:
        """Everything that is missing, in the form's order."""
        return tuple(gap for step in self.steps for gap in step.gaps)

    @property
    def gaps_by_group(self) -> dict[str, list[str]]:
        """What is missing, under the headings where it belongs."""
        groups: dict[str, list[str]] = {}
        for title, label in self.gaps:
            groups.setdefault(title, []).append(label)
        return groups


def form_of(order: Order, profile: Profile) -> Form:
    """Return the form's steps and expected summary for an order."""
    in_list = order.bulk and order.kind == "producer"
    middle = _consumer_steps(order) if order.kind == "consumer" else _producer_steps(order, bulk=in_list)
    steps = (
        _environment_step(order),
        _component_step(order),
        _contract_step(order, profile),
        *middle,
        Step(
            "Övrig information",
            "Klistra in texten i rutan Övrig information.",
            text=order.remark,
            text_gap="" if _text(order.details.case_number) else "Förstudiens ärendenummer",
        ),
        _orderer_step(order.details.orderer),
    )
    return Form(
        title=_FORM_TITLES[order.kind],
        steps=steps,
        summary=_summary(order),
        shown=order.addressees[:SHOWN_OF_BULK] if in_list else order.addressees,
        list_file=LIST_FILES[order.action] if in_list and len(order.addressees) > SHOWN_OF_BULK else "",
    )


def party_text(party: Party | Addressee) -> str:
    """Return name and HSA-ID as the form's summary shows them: 'Inera - Webcert (5565594230-WEBCERT)'."""
    return f"{party.name} ({party.hsa_id})" if party.name else party.hsa_id


def _text(value: Field | None) -> str:
    return value.text if value else ""


def _environment_step(order: Order) -> Step:
    return Step(
        "Miljö och datum",
        "Välj miljö och den dag då ändringen ska göras.",
        (
            Group(
                "",
                (
                    Item("Miljö", order.environment.form_title),
                    Item(
                        "Datum för ändring",
                        order.day.isoformat() if order.day else "",
                        note="" if order.day else "Välj en arbetsdag, eller ”Ordinarie handläggningstid”.",
                    ),
                ),
            ),
        ),
    )


def _component_step(order: Order) -> Step:
    noun = "tjänstekonsument" if order.kind == "consumer" else "tjänsteproducent"
    identity = Group(
        "",
        (
            Item("HSA-ID", order.component.hsa_id),
            Item(
                "Namn",
                order.component.name,
                needed=False,
                note="Jämför med namnet som formuläret visar." if order.component.name else "",
            ),
        ),
    )
    if order.component.fixed:
        lead = (
            f"Sök fram {noun}en på dess HSA-ID. Komponenten är Ineras egen: låt kontaktuppgifterna som "
            "formuläret visar stå kvar oförändrade."
        )
        return Step(noun.capitalize(), lead, (identity,))
    details = order.details
    return Step(
        noun.capitalize(),
        f"Sök fram {noun}en på dess HSA-ID. Jämför kontaktuppgifterna med dem nedan och rätta det som "
        "skiljer.",
        (
            identity,
            Group("Huvudansvarig", _contact(details.main_contact)),
            Group("Teknisk kontaktperson", _contact(details.technical_contact)),
            Group("Teknisk support", _contact(details.support)[1:]),
        ),
    )


def _contact(contact: Contact) -> tuple[Item, ...]:
    return (
        Item("Namn", _text(contact.name)),
        Item("E-post", _text(contact.email)),
        Item("Telefon", _text(contact.phone)),
    )


def _contract_step(order: Order, profile: Profile) -> Step:
    several = len(order.contracts) > 1
    which = "dessa tjänstekontrakt" if several else "detta tjänstekontrakt"
    return Step(
        "Tjänstekontrakt",
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
    which = "vart och ett av tjänstekontrakten" if len(order.contracts) > 1 else "tjänstekontraktet"
    if order.action == "remove":
        lead = f"Välj ”Ta bort” och ta bort anropsbehörigheten till dessa logiska adressater för {which}."
    else:
        lead = f"Beställ anropsbehörighet till dessa logiska adressater för {which}."
    return (Step("Anropsbehörighet", lead, addressees=True),)


def _producer_steps(order: Order, *, bulk: bool) -> tuple[Step, ...]:
    return (
        Step("Logiska adressater", _addressee_lead(order, bulk=bulk), addressees=True),
        Step(
            "RIV-TA-profil och anropsadress",
            "Adressen ändras inte: låt den stå som den är."
            if order.action == "remove"
            else "Välj RIV-TA-profil och klistra in anropsadressen.",
            (Group("", (Item("RIV-TA-profil", order.rivta_profile), Item("Anropsadress (URL)", order.url))),),
        ),
        _authorization_step(order),
    )


def _addressee_lead(order: Order, *, bulk: bool) -> str:
    number = counted(len(order.addressees), "logisk adressat", "logiska adressater")
    every = "för samtliga valda tjänstekontrakt"
    if order.action == "remove":
        if bulk:
            return (
                f"Välj ”Ta bort” logiska adressater {every}. Beställningen gäller {number}: skriv inte in "
                "dem i formuläret. "
                f"Kundservice tar bort dem efter listan {LIST_FILES['remove']} i det här paketet."
            )
        return f"Välj ”Ta bort” logiska adressater {every}, och sök fram {number}."
    if bulk:
        return (
            f"Välj ”Lägg till” logiska adressater {every}. Beställningen gäller {number}: skriv inte in dem "
            f"i formuläret. Kundservice läser in dem (bulkladdning) ur listan {LIST_FILES['add']} i det här "
            "paketet. Skicka mejlet kundservice/mejl.eml när beställningen är lagd."
        )
    return (
        f"Välj ”Lägg till” logiska adressater {every}, och lägg till {number}. Sök först på HSA-ID. Finns "
        "adressaten inte, skriv in den som ny med HSA-ID och namn."
    )


def _authorization_step(order: Order) -> Step:
    several = len(order.consumers) > 1
    groups = tuple(
        Group(
            f"Tjänstekonsument {place} av {len(order.consumers)}" if several else "Tjänstekonsument",
            (Item("HSA-ID", consumer.hsa_id), Item("Namn", consumer.name, needed=False)),
        )
        for place, consumer in enumerate(order.consumers, 1)
    )
    if order.action == "remove":
        return Step(
            "Anropsbehörighet",
            "Anropsbehörigheterna till samma adressater tas också bort. De gäller denna tjänstekonsument:",
            groups,
        )
    return Step(
        "Anropsbehörighet",
        "Välj att anropsbehörighet beställs med den här beställningen (inte med en egen), för:",
        groups or (Group("Tjänstekonsument", (Item("HSA-ID", ""),)),),
    )


def _orderer_step(orderer: Contact) -> Step:
    return Step(
        "Beställare",
        "Fyll i vem som beställer. Rutor med stjärna måste fyllas i.",
        (
            Group(
                "",
                (
                    Item("Namn*", _text(orderer.name)),
                    Item("E-post*", _text(orderer.email)),
                    Item("Telefon*", _text(orderer.phone)),
                    Item("HSA-ID", _text(orderer.hsa_id), needed=False),
                    Item("Roll", _text(orderer.role), needed=False),
                ),
            ),
        ),
    )


def _summary(order: Order) -> tuple[SummaryPart, ...]:
    word = "tas bort" if order.action == "remove" else "läggs till"
    consumer = order.kind == "consumer"
    orderer = order.details.orderer
    person = (orderer.name, orderer.email, orderer.phone, orderer.hsa_id, orderer.role)
    address = (f"Anropsadress: {order.url}", f"RIV-TA-profil: {order.rivta_profile}")
    return (
        SummaryPart(
            "Miljö och datum",
            (
                order.environment.form_title,
                order.day.isoformat()
                if order.day
                else "Den dag som du har valt, eller Ordinarie handläggningstid",
            ),
        ),
        SummaryPart("Tjänstekonsument" if consumer else "Tjänsteproducent", (party_text(order.component),)),
        SummaryPart(
            "Tjänstekontrakt",
            (
                *(f"{contract.name}, version {contract.major}" for contract in order.contracts),
                *(() if consumer else address),
            ),
        ),
        *(
            ()
            if consumer
            else (
                SummaryPart(f"Logiska adressater som {word}, för varje tjänstekontrakt", (), addressees=True),
            )
        ),
        SummaryPart(
            f"Anropsbehörigheter som {word}",
            tuple(f"Tjänstekonsument: {party_text(party)}" for party in order.consumers)
            + (
                ("Till logiska adressater, för varje tjänstekontrakt:",)
                if consumer
                else ("Till samma logiska adressater som ovan, för varje tjänstekontrakt.",)
            ),
            addressees=consumer,
        ),
        SummaryPart("Övrig information", tuple(order.remark.splitlines())),
        SummaryPart(
            "Beställare",
            tuple(_text(value) for value in person if value and value.text)
            + (() if all(map(_text, person[:3])) else ("Det som du har fyllt i",)),
        ),
    )
