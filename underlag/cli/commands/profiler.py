"""`underlag profiler`: the connection profiles on the terminal."""

import click

from underlag.cli.shared.common import all_profiles, profile_named
from underlag.cli.shared.output import show, show_lines
from underlag.cli.shared.swedish import command as swedish_command
from underlag.profiles import Profile


@swedish_command("profiler")
@click.argument("profil", required=False, metavar="[PROFIL]")
def command(profil: str | None) -> None:
    """Lista anslutningsprofilerna, eller visa en: flikar, kolumner, kontrakt och fasta parter.

    \b
    Exempel:
      underlag profiler
      underlag profiler intygstjanster
    """
    if profil is None:
        for each in all_profiles().values():
            show(f"{each.key}  {each.title} – {each.description}")
        return
    show_lines(_describe(profile_named(profil, "PROFIL")))


def _describe(profile: Profile) -> list[str]:
    """Return the profile as lines of text."""
    lines = [
        f"{profile.key}: {profile.title}",
        f"  {profile.description}",
        f"  Filnamn:        {profile.file_name}",
        f"  Tjänstedomän:   {profile.domain} ({profile.domain_title})",
        f"  RIV-TA-profil:  {profile.rivta_profile}, om arbetsboken inte anger någon",
        f"  Massladdning:   från {profile.bulk_from} adressater, till {profile.mail_to}",
        f"  Miljöer:        {', '.join(f'{e.key} ({e.platform})' for e in profile.environments)}",
    ]
    for flow in profile.flows:
        kind = "tjänstekonsument" if flow.order == "consumer" else "tjänsteproducent"
        lines += ["", f"{flow.title}  (Administrera {kind})", f"  {flow.description}", "  Kontrakt:"]
        for stated, contract in zip(flow.contracts, profile.flow_contracts(flow), strict=True):
            need = "krävs" if stated.required else "valfritt"
            lines += [f"    {contract.title} ({need})", f"      {contract.namespace}"]
        if flow.fixed:
            lines.append("  Fasta värden:")
        for fixed in flow.fixed:
            where = "alla miljöer" if fixed.environment == "*" else fixed.environment
            name = f" ({fixed.name})" if fixed.name else ""
            lines.append(f"    {ROLE_NAMES[fixed.role]} i {where}: {fixed.value}{name}")
        for key in flow.sheets:
            sheet = profile.sheet(key)
            lines.append(f"  Fliken {sheet.title}, kolumner:")
            for column in sheet.columns:
                lines.append(f"    {column.title}{' (måste finnas)' if column.required else ''}")
    return lines


#: The Swedish name of each role.
ROLE_NAMES = {
    "contract": "tjänstekontrakt",
    "consumer": "tjänstekonsument",
    "consumer_name": "tjänstekonsumentens namn",
    "producer": "tjänsteproducent",
    "producer_name": "tjänsteproducentens namn",
    "url": "anropsadress",
    "rivta_profile": "RIV-TA-profil",
    "addressee": "logisk adressat",
    "addressee_name": "adressatens namn",
    "action": "åtgärd",
}
