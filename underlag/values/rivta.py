"""RIV-TA profiles of routes.

Source: skltp/tak, `rivtaprofil`. That an anropsadress ends in its RIV-TA profile is usage: Inera, "Lathund
beställning av TAKning Intygstjänster" 0.91, examples.
"""

from typing import Final

from underlag.values.url import Url, parse_url

#: RIV-TA profiles of a TAK; orders cannot create others.
RIVTA_PROFILES: Final = ("RIVTABP20", "RIVTABP21")


def resolve_rivta_profile(stated: str, url: str, usual: str) -> str:
    """Return the RIV-TA profile of a row, as TAK writes it.

    Args:
        stated: the row's own profile, which takes precedence; '' when it states none.
        url: its anropsadress; a profile at its end takes second precedence.
        usual: the default.
    """
    if stated:
        return stated.upper()
    parsed = parse_url(url) if url else None
    named = parsed.rivta_suffix.upper() if isinstance(parsed, Url) else ""
    return named if named in RIVTA_PROFILES else usual
