"""The texts shown when a request is refused or fails."""

from typing import Final, NamedTuple


class Refusal(NamedTuple):
    """A title, and sentences on the reason and what to do."""

    title: str
    text: str


#: Maximum bytes of the files of one form: a workbook, and a TAK export that may be packed.
MAX_REQUEST: Final = 200_000_000

#: By HTTP status.
REFUSALS: Final = {
    403: Refusal(
        "Formuläret är för gammalt",
        "Sidan kom från en tidigare körning av programmet eller från ett annat ställe. Öppna startsidan på "
        "nytt och välj filen igen.",
    ),
    404: Refusal(
        "Sidan finns inte",
        "Ett resultat glöms efter en timme och när programmet avslutas, och bara webbläsaren som skickade "
        "arbetsboken kan öppna det. Granska arbetsboken igen, så skapas det på nytt. Webbläsaren måste "
        "tillåta kakor för sidan.",
    ),
    413: Refusal(
        "Filerna är för stora",
        f"Filerna får tillsammans vara högst {MAX_REQUEST // 1_000_000} MB. Ett underlag är sällan större "
        "än några MB: kontrollera att det är rätt fil. En stor TAK-export kan packas som .zip eller .gz.",
    ),
    421: Refusal(
        "Fel adress",
        "Sidan svarar bara på datorns egen adress. Använd adressen som programmet skrev när det startade.",
    ),
}
#: For a request without the password.
LOCKED: Final = Refusal(
    "Lösenord krävs",
    "Ladda om sidan och skriv lösenordet som den som startade programmet har valt. Användarnamnet kan vara "
    "vad som helst.",
)
#: For every other client error.
UNUSABLE: Final = Refusal(
    "Det gick inte att läsa det som skickades",
    "Webbläsarens förfrågan var inte fullständig. Gå till startsidan och försök igen.",
)
#: For a workbook whose worker process ended.
DIED: Final = Refusal(
    "Granskningen avbröts",
    "Processen som granskade arbetsboken avslutades, kanske för att minnet tog slut. Sidan fungerar: "
    "kontrollera att det är rätt fil och försök igen, helst när datorn har mindre annat att göra.",
)
#: The title for a workbook whose documents take too long to make; the error has the sentences.
NOT_MADE: Final = "Resultatet blev inte gjort"
#: For an error of the program.
UNEXPECTED: Final = Refusal(
    "Något gick fel i programmet",
    "Felet ligger i programmet och inte hos dig. Försök igen. Händer det på nytt: anmäl det med den rad som "
    "står i fönstret där programmet startades.",
)
