"""`underlag webb`: the commands as a web page on the user's own machine."""

import signal
from types import FrameType

import click

from underlag.cli.shared.output import say, show
from underlag.cli.shared.swedish import command as swedish_command
from underlag.text.system_errors import why


@swedish_command("webb")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=0,
    metavar="NUMMER",
    help="Porten som sidan ska ha. Annars väljs en ledig.",
)
@click.option(
    "--adress",
    default="127.0.0.1",
    metavar="ADRESS",
    show_default=True,
    help="Adressen att lyssna på. Med den vanliga nås sidan bara från den här datorn.",
)
@click.option(
    "--oppna/--ingen-webblasare",
    "oppna",
    default=True,
    help="Öppna sidan i webbläsaren genast, eller låt bli.",
)
@click.option(
    "--losenord",
    default="",
    envvar="UNDERLAG_LOSENORD",
    metavar="TEXT",
    help="Lösenordet som webbläsaren ska fråga efter. Kan också stå i miljövariabeln UNDERLAG_LOSENORD.",
)
@click.option(
    "--proxyhuvud",
    default="",
    metavar="NAMN",
    help="HTTP-huvudet som en proxy framför sidan sätter för den som har loggat in där. Proxyn måste ta "
    "bort samma huvud ur det som kommer utifrån.",
)
def command(*, port: int, adress: str, oppna: bool, losenord: str, proxyhuvud: str) -> None:
    """Granska och beställ på en webbsida i den egna datorn.

    Sidan tar emot arbetsboken, visar rapporten och lämnar ut paketet. Ingenting lämnar datorn, och allt
    glöms när programmet avslutas med Ctrl+C. En annan adress än datorns egen kräver --losenord eller
    --proxyhuvud.

    \b
    Exempel:
      underlag webb
      underlag webb --port 8080 --ingen-webblasare
    """
    from underlag.web.guard import Gate, is_local  # noqa: PLC0415 - `underlag --help` must not pay for it
    from underlag.web.server import Server, open_browser  # noqa: PLC0415 - as above

    if not is_local(adress) and not (losenord or proxyhuvud):
        raise click.UsageError(
            f"Med --adress {adress} kan andra i nätverket nå sidan. Ange ett lösenord med --losenord, eller "
            "med --proxyhuvud det huvud som en proxy sätter för den som har loggat in."
        )
    try:
        server = Server(adress, port, Gate(losenord, proxyhuvud))
    except (OSError, ValueError) as error:
        reason = why(error) if isinstance(error, OSError) else error
        raise click.UsageError(
            f"Det går inte att lyssna på {adress}, port {port}: {reason}. Välj en annan port med --port, "
            "eller en adress som datorn har."
        ) from error
    if not server.is_local:
        say(
            f"Varning: med --adress {adress} kan andra i nätverket nå sidan, och trafiken är inte krypterad. "
            "Använd det bara i ett nätverk som du litar på, eller bakom en proxy med https."
        )
    show(f"Sidan finns på {server.url}")
    show("Låt fönstret vara öppet så länge du använder sidan. Avsluta med Ctrl+C.")
    signal.signal(signal.SIGTERM, _end)
    if oppna:
        open_browser(server.url)
    server.run()
    show("Avslutat. Allt som laddades upp är borta.")


def _end(_number: int, _frame: FrameType | None) -> None:
    """End as on Ctrl-C, so that temporary files are removed."""
    raise KeyboardInterrupt
