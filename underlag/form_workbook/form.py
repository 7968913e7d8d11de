"""The sheet "Beställning": the order form's details outside the tables, under labels that reading knows.

Source of the details: Inera, "Lathund beställning av TAKning Intygstjänster" 0.91.
"""

from typing import Final

from underlag.form_workbook.content import Form, Item, Need, Section
from underlag.profiles.environments import EnvironmentSpec
from underlag.profiles.profile import Profile
from underlag.reading.order_details.statements import CONTACTS, title
from underlag.reading.tables.sheets import ORDER_SHEET
from underlag.values.action import ADD, REMOVE

#: The details of each person, and whether the order form requires them.
_ASKED: Final = {
    "orderer": ("name", "email", "phone", "hsa_id", "role"),
    "main_contact": ("name", "email", "phone"),
    "technical_contact": ("name", "email", "phone"),
    "support": ("email", "phone"),
}
_OPTIONAL: Final = {"hsa_id", "role"}

_WHO: Final = {
    "orderer": "Den som gör beställningen.",
    "main_contact": "Den som har ansvaret för systemet.",
    "technical_contact": "Den som kan svara på tekniska frågor om anslutningen.",
    "support": "Dit tekniska fel anmäls. Gärna en funktion, inte en person.",
}
_PART_HELP: Final = {
    "name": "För- och efternamn.",
    "email": "En e-postadress.",
    "phone": "Telefonnummer med riktnummer, till exempel 08-465 004 00.",
    "hsa_id": "Beställarens HSA-ID, om det finns.",
    "role": "Beställarens roll, till exempel förvaltningsledare.",
}


def order_form(profile: Profile, environment: EnvironmentSpec, region: str) -> Form:
    """Return the form, with environment and region filled in."""
    order = Section(
        "Beställningen",
        (
            Item(
                title("environment"),
                Need.GIVEN,
                f"{environment.form_title}. Övriga flikar är förberedda för den miljön: hämta en ny tom "
                "arbetsbok för en annan.",
                environment.key,
                choices=tuple(spec.key for spec in profile.environments),
            ),
            Item(title("region"), Need.GIVEN, "Regionens kortnamn, som i filnamnet.", region),
            Item(title("date"), Need.ASKED, "Arbetsdagen då ändringen ska göras, skriven ÅÅÅÅ-MM-DD."),
            Item(title("case_number"), Need.ASKED, "Förstudiens ärendenummer, till exempel TSK-12518."),
            Item(
                title("action"),
                Need.FREE,
                "Vad som ska göras med adressaterna. Står ingenting läggs de till.",
                choices=(ADD, REMOVE),
            ),
            Item(title("remark"), Need.FREE, "Det som är viktigt för den som utför ändringen.", tall=True),
        ),
    )
    persons = (
        Section(
            CONTACTS[contact][0],
            tuple(
                Item(
                    title(f"{contact}.{part}"),
                    Need.FREE if part in _OPTIONAL else Need.ASKED,
                    f"{_WHO[contact]} {_PART_HELP[part]}",
                )
                for part in parts
            ),
        )
        for contact, parts in _ASKED.items()
    )
    return Form(
        ORDER_SHEET[0],
        f"Underlag för TAKning: {profile.title}, {environment.form_title}",
        (
            f"{profile.description} Fyll i den här fliken och de andra, spara och granska med underlag.",
            "Blått fylls i (under rubriken), vitt vid behov, grått är ifyllt. Markera en cell för hjälp.",
            "Klistra in med Klistra in special och Värden: då fortsätter cellerna att vara text.",
        ),
        (order, *persons),
    )
