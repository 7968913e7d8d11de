"""Anropsadresser: their form, and whether they agree with their row.

Source of what TAK accepts: skltp/tak, validation of `vagval.adress`. That an address ends with its RIV-TA
profile is usage: Inera, "Lathund beställning av TAKning Intygstjänster" 0.91, examples.

Findings: URL002, URL003, URL004, URL005, URL006, URL007, URL008, URL009, URL010, URL011, URL012, URL015,
URL016, URL018, URL019, URL020, URL022, URL023, URL024.
"""

import re
from collections.abc import Container, Iterator
from functools import partial
from typing import Any, Final, NamedTuple

from underlag.characters.cleaning import visible
from underlag.checks.rules.context import CheckContext, RowsOf, apply_to_distinct
from underlag.findings import Finding, finding
from underlag.profiles.contract_table import contract_table
from underlag.profiles.profile import ContractSpec, Profile
from underlag.requests import RequestedRows
from underlag.values import Refusal
from underlag.values.hosts import is_platform_host, is_test_host
from underlag.values.rivta import RIVTA_PROFILES, resolve_rivta_profile
from underlag.values.url import Url
from underlag.workbook import Entry, Field, text_of

#: The code for each reason to reject an address; a missing one is reported elsewhere.
_CODES: Final = {
    "remark": "URL024",
    "not_url": "URL002",
    "not_https": "URL003",
    "forbidden_character": "URL004",
    "length": "URL005",
    "white_space": "URL006",
    "ip_address": "URL007",
    "localhost": "URL008",
}
#: What follows an address at the end of a sentence.
_PUNCTUATION: Final = (".", ":", "!", "'", ")")


def check_urls(context: CheckContext) -> Iterator[Finding]:
    """Judge every anropsadress on its own: report a faulty one in each cell, an unusual one once."""
    odd = {text for text in _texts(context, "url") if _is_odd(context, text)}
    cells: dict[str, list[Field]] = {}
    for value in _cells(context, "url", odd) if odd else ():
        cells.setdefault(value.text, []).append(value)
    for text, values in cells.items():
        parsed = context.url(text)
        if not isinstance(parsed, Url):
            for value in values:
                yield from _refused(value, parsed)
            continue
        related = tuple(value.position for value in values[1:])
        for code, detail in _odd(parsed, in_production=context.in_production):
            yield finding(code, values[0], vard=parsed.host, detalj=detail, related=related)


def _is_odd(context: CheckContext, text: str) -> bool:
    """Whether an address is faulty or unusual."""
    parsed = context.url(text)
    return not isinstance(parsed, Url) or any(True for _ in _odd(parsed, in_production=context.in_production))


def _odd(url: Url, *, in_production: bool) -> Iterator[tuple[str, str]]:
    """Yield the code, and a detail, of each unusual property of a valid address."""
    if is_platform_host(url.host):
        yield "URL020", ""
    elif in_production and is_test_host(url.host):
        # Only a warning: a name with test in it does not prove that the server is not in production.
        yield "URL009", ""
    if url.asks_for_description:
        yield "URL018", f"?{url.query}" if url.query else url.path.rpartition("/")[2]
    if url.has_plain_port:
        yield "URL023", str(url.port)
    if "//" in url.path:
        yield "URL019", url.path
    if url.path.endswith(_PUNCTUATION) or url.text.endswith("?"):
        yield "URL022", url.text[-1]
    elif url.query.isalpha() and not url.asks_for_description:
        yield "URL022", f"?{url.query}"


def _texts(context: CheckContext, role: str) -> list[str]:
    found = (text for _, values in context.unique_cells(role) for text in values.unique_texts())
    return list(filter(None, dict.fromkeys(found)))


def _cells(context: CheckContext, role: str, texts: Container[str]) -> Iterator[Field]:
    return (value for _, values in context.unique_cells(role) for value in values.with_text(texts))


def _refused(value: Field, refusals: tuple[Refusal, ...]) -> Iterator[Finding]:
    """Yield one finding for each reason; one that applies in several ways lists all of them."""
    shown = visible(value.text)
    for reason, code in _CODES.items():
        same = [refusal for refusal in refusals if refusal.reason == reason]
        if not same:
            continue
        detail = ", ".join(dict.fromkeys(refusal.detail for refusal in same if refusal.detail))
        guess = same[0].suggestion
        yield finding(
            code,
            value,
            suggestion=f"Menades {guess}? Rätta i så fall cellen." if guess else None,
            correction=guess,
            varde=shown,
            tecken=detail,
            antal=f"{len(value.text)} tecken",
            vard=detail,
            orsak=f": {detail}" if detail else "",
        )


def check_rivta_profiles(context: CheckContext) -> Iterator[Finding]:
    """Find RIV-TA profiles that do not exist in any TAK."""
    if unknown := {text for text in _texts(context, "rivta_profile") if text.upper() not in RIVTA_PROFILES}:
        for value in _cells(context, "rivta_profile", unknown):
            yield finding("URL015", value)


def check_urls_against_rows(context: CheckContext) -> Iterator[Finding]:
    """Find addresses whose path contradicts the row's RIV-TA profile or contract."""
    return apply_to_distinct(context, partial(_urls_against_rows, context))


def _urls_against_rows(context: CheckContext, rows: RowsOf) -> Iterator[Finding]:
    for flow in context.flows:
        if flow.spec.order != "producer":
            continue
        table = contract_table(context.profile, flow.spec)
        judged: dict[tuple[str, str, str], _Contradiction | None] = {}
        reported: set[tuple[str, Field]] = set()
        for entry in _readable(context, rows(flow)):
            url, stated = entry.url, entry.rivta_profile
            if url is None or not url.column or not url.text:
                continue
            contract = text_of(entry.contract)
            key = url.text, contract, text_of(stated)
            if key not in judged:
                judged[key] = _contradiction(context, url.text, table.match(contract).spec, key[2])
            found = judged[key]
            if found is None or (found.code, url) in reported:
                continue
            reported.add((found.code, url))
            yield finding(found.code, url, kalla=_source(stated), **found.texts)


def _source(stated: Field | None) -> str:
    if stated is None:
        return ""
    return f"cell {stated.cell}" if stated.column else stated.sheet


class _Contradiction(NamedTuple):
    code: str
    texts: dict[str, Any]


def _contradiction(
    context: CheckContext, url: str, spec: ContractSpec | None, rivta: str
) -> _Contradiction | None:
    """Return how an address contradicts a contract, or the row's RIV-TA profile ('' when it states none)."""
    parsed = context.url(url)
    if not isinstance(parsed, Url):
        return None
    usual = context.profile.rivta_profile
    meant = resolve_rivta_profile(rivta, url, usual)
    suffix = parsed.rivta_suffix
    if suffix and rivta and meant in RIVTA_PROFILES and suffix.upper() != meant:
        return _Contradiction("URL010", {"suffix": suffix, "profil": meant})
    found = _other_contract(context.profile, parsed.path, spec) if spec is not None else None
    if found is None and suffix and not rivta and suffix.upper() != usual:
        return _Contradiction("URL016", {"suffix": suffix, "profil": meant, "vanlig": usual})
    return found


def _other_contract(profile: Profile, path: str, spec: ContractSpec) -> _Contradiction | None:
    """Return how a path names another contract than the row, or another version of it."""
    letters, own = _letters(path), _letters(spec.name)
    if own in letters:
        version = _version_after(path, spec.name)
        if version in {None, spec.major}:
            return None
        return _Contradiction("URL012", {"annan": str(version), "namn": spec.name, "kontrakt": spec.title})
    # A name that is part of the row's own proves nothing.
    others = {known.name: _letters(known.name) for known in profile.contracts}
    named = [name for name, folded in others.items() if folded in letters and folded not in own]
    if not named:
        return None
    return _Contradiction("URL011", {"annat": max(named, key=len), "kontrakt": spec.title})


def names_contract(profile: Profile, url: str) -> bool:
    """Whether an address names one of the profile's contracts."""
    letters = _letters(url)
    return any(_letters(known.name) in letters for known in profile.contracts)


def _readable(context: CheckContext, rows: RequestedRows) -> Iterator[Entry]:
    """Yield the rows whose compared cells could all be read."""
    unreadable = context.underlag.unreadable
    for entry in rows.entries:
        cells = (entry.url, entry.contract, entry.rivta_profile)
        if not unreadable or not any(cell is not None and cell.position in unreadable for cell in cells):
            yield entry


def _version_after(path: str, name: str) -> int | None:
    """Return the version directly after a contract's name in a path: …/SendMessage/v2.0, …/send-messageV3."""
    spelt = r"[-_.]?".join(name)
    found = re.search(rf"{spelt}(?:responder)?(?:[/:_.-]v?|v)([0-9]{{1,3}})(?![0-9])", path, re.IGNORECASE)
    return int(found[1]) if found else None


def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "", text.casefold())
