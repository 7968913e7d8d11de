"""The RIV-TA profile of a route: the rules for calls that its producer understands.

Source: skltp/tak, `rivtaprofil`. That an anropsadress ends in its RIV-TA profile is usage: Inera, "Lathund
beställning av TAKning Intygstjänster" 0.91, examples.
"""

from typing import Final

from underlag.values.url import Url, parse_url

#: RIV-TA profiles that a TAK has; an order cannot make new ones.
RIVTA_PROFILES: Final = ("RIVTABP20", "RIVTABP21")


def resolve_rivta_profile(stated: str, url: str, usual: str) -> str:
    """Return the profile that a row means, as TAK writes it.

    Args:
        stated: what the row says itself, which counts before all else; '' when it says nothing.
        url: its anropsadress. One that ends in a profile that a TAK has then decides.
        usual: the profile where neither says any.
    """
    if stated:
        return stated.upper()
    parsed = parse_url(url) if url else None
    named = parsed.rivta_suffix.upper() if isinstance(parsed, Url) else ""
    return named if named in RIVTA_PROFILES else usual
