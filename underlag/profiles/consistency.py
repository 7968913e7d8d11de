"""Whether the parts of a profile agree: references, keys, and the columns that each direction needs."""

from collections import Counter
from collections.abc import Iterable, Iterator
from string import Formatter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from underlag.profiles.profile import FlowSpec, Profile, SheetSpec

#: What a pattern of a workbook's name may contain.
_PLACEHOLDERS: Final = {"miljo", "region"}
#: The parts without which an order of each kind cannot be made, with their Swedish names.
_NEEDED: Final = {
    "producer": {"producer": "producenten", "url": "anropsadressen", "addressee": "adressaten"},
    "consumer": {"consumer": "konsumenten", "addressee": "adressaten"},
}


def inconsistencies(profile: "Profile") -> Iterator[str]:
    """Yield a Swedish phrase for each fault: an unknown reference, a repeated name, a missing column."""
    yield from _unknown_placeholders(profile.file_name)
    named = {
        "miljön": [environment.key for environment in profile.environments],
        "kontraktet": [contract.title for contract in profile.contracts],
        "fliken": [sheet.key for sheet in profile.sheets],
        "riktningen": [flow.key for flow in profile.flows],
    }
    for what, keys in named.items():
        yield from (f"{what} {key} finns två gånger" for key in _twice(keys))
    for sheet in profile.sheets:
        yield from _of_sheet(sheet)
    for flow in profile.flows:
        yield from _of_flow(profile, flow)
    for rule in profile.same_addressees:
        yield from _missing("same_addressees hänvisar till riktningar", rule.flows, named["riktningen"])


def _unknown_placeholders(pattern: str) -> Iterator[str]:
    try:
        names = [name for _, name, _, _ in Formatter().parse(pattern) if name is not None]
    except ValueError:
        yield f"file_name {pattern} har en klammer för mycket"
        return
    for name in names:
        if name not in _PLACEHOLDERS:
            yield f"file_name har {{{name}}}; bara {{miljo}} och {{region}} fylls i"


def _of_sheet(sheet: "SheetSpec") -> Iterator[str]:
    roles = _twice(column.role for column in sheet.columns)
    yield from (f"fliken {sheet.key} har två kolumner med rollen {role}" for role in roles)
    titles = _twice(column.title.casefold() for column in sheet.columns)
    yield from (f"fliken {sheet.key} har två kolumner som heter {title}" for title in titles)


def _of_flow(profile: "Profile", flow: "FlowSpec") -> Iterator[str]:
    environments = {environment.key for environment in profile.environments}
    lead = f"riktningen {flow.key} hänvisar till något som profilen inte har"
    yield from _missing(lead, flow.sheets, [sheet.key for sheet in profile.sheets])
    yield from _missing(
        lead,
        [contract.title for contract in flow.contracts],
        [contract.title for contract in profile.contracts],
    )
    others = [other.key for other in profile.flows if other.key != flow.key]
    yield from _missing(lead, [flow.addressees_from] if flow.addressees_from else [], others)
    yield from _missing(lead, [spec.environment for spec in flow.fixed], [*environments, "*"])
    roles = {column.role for sheet in profile.sheets if sheet.key in flow.sheets for column in sheet.columns}
    for role, name in _NEEDED[flow.order].items():
        everywhere = all(flow.fixed_value(role, key) for key in environments)
        if role not in roles and not everywhere and not (role == "addressee" and flow.addressees_from):
            yield f'riktningen {flow.key} har varken kolumn eller fast värde för {name} (role = "{role}")'


def _missing(lead: str, stated: Iterable[str], known: Iterable[str]) -> Iterator[str]:
    there = set(known)
    if missing := [name for name in stated if name not in there]:
        yield f"{lead}: {', '.join(missing)}"


def _twice(names: Iterable[str]) -> list[str]:
    return [name for name, count in Counter(names).items() if count > 1]
