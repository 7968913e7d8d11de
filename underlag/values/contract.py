"""Parses service contracts."""

import re
from typing import Final, NamedTuple

from underlag.characters.short_texts import remembered_if_short
from underlag.lazy_pattern import LazyPattern
from underlag.values.refusal import Refusal


class ContractName(NamedTuple):
    """A parsed contract: name, major version (None when not stated).

    `namespace` is the namespace of the contract's responder as in TAK; '' unless the text is a full URN.
    """

    name: str
    major: int | None = None
    namespace: str = ""


_FLAGS: Final = re.ASCII | re.IGNORECASE
#: Maximum length of a text that is searched for a name.
_LONGEST: Final = 500
_JUNK: Final = " .,;:'\"`´"

#: Service domain, name, kind, version, binding. Source: Inera, "RIV Tekniska Anvisningar, Tjänsteschema".
_URN: Final = LazyPattern(
    r"(?P<domain>urn:riv(?::[a-z][a-z0-9_.-]*)+):(?P<name>[a-z][a-z0-9]*?)(?:(?:Responder|Initiator)(?:Interface)?|Interaction)?"
    r"(?::(?P<major>[0-9]{1,3})(?:\.[0-9]+)*(?::rivtabp[0-9]{2})?)?(?P<rest>(?:[\s,;:(\[].*)?)",
    _FLAGS,
).fullmatch
#: A version, with or without a separator after the name: ', version 3', ':3', ' 3.0', 'V3'.
_NUMBER: Final = r"(?P<major>[0-9]{1,3})(?:[.,](?:[0-9]+|x))*[\s)\]]*"
_WORD: Final = r"(?:majorversion|version|vers|ver|major|v)[\s.:]*"
_VERSION: Final = LazyPattern(rf"[\s,;:_/(\[.-]*(?:{_WORD})?{_NUMBER}", _FLAGS).fullmatch
_NAME_AND_VERSION: Final = LazyPattern(
    rf"(?P<name>.*?[a-z])(?:[\s,;:_/(\[.-]+(?:{_WORD})?|(?:version|v)[\s.:]*)?{_NUMBER}", _FLAGS
).fullmatch
#: What a text begins with that states a contract, in any spelling.
_BEGINNING: Final = LazyPattern(
    rf"(?:[a-z0-9_.-]+:)*[a-z][a-z0-9]+?\b(?:[\s,;:_/(\[.-]*(?:{_WORD})?{_NUMBER})?(?::rivtabp[0-9]{{2}})?",
    re.IGNORECASE,
).match
_QUIET: Final = " .,;:'\"`´)]"
_NAME: Final = LazyPattern(
    r"(?:[a-z0-9_.-]+:)*(?P<name>[a-z][a-z0-9]+?)(?:(?:Responder|Initiator)(?:Interface)?|Interaction)?",
    _FLAGS,
).fullmatch


@remembered_if_short(4096)
def parse_contract(text: str) -> ContractName | Refusal:
    """Parse a contract in any usual spelling.

    'CreateDraftCertificate v3', '…, version 3', '…:3', '… 3.0', '…Responder:3', or a full URN. Refusal
    reasons: 'missing', 'form'. A URN with a contradicting version is refused as 'form', and so is
    version 0; `detail` names the versions.
    """
    text = " ".join(text.split()).strip(_JUNK)
    if not text:
        return Refusal("missing")
    if len(text) > _LONGEST:
        return Refusal("form")
    if text[:4].casefold() == "urn:":
        return _from_urn(re.sub(r" ?: ?", ":", text))
    found = _NAME_AND_VERSION(text)
    name, major = (found["name"], int(found["major"])) if found else (text, None)
    named = _NAME(name.replace(" ", ""))
    # Blanks within a name are ignored, but a number before one is a second statement: "… v3 och v2".
    if not named or (" " in name and any(char.isdigit() for char in named["name"])):
        return Refusal("form")
    return _versioned(named["name"], major)


def remark_beside(text: str) -> tuple[str, str]:
    """Return the contract that a text begins with, and the words or marks after it; else two empty texts."""
    text = " ".join(text.split())
    found = _BEGINNING(text) if len(text) <= _LONGEST else None
    rest = text[found.end() :].lstrip(" .,;:-–").rstrip(" .,;:") if found else ""
    return (found[0], rest) if found and rest.strip(_QUIET) else ("", "")


def parse_version(text: str) -> int | None:
    """Return the major version that a text alone states: '3', '3.0', 'v3', 'version 3'; None for none."""
    found = _VERSION(text.strip())
    return int(found["major"]) if found else None


def _from_urn(text: str) -> ContractName | Refusal:
    found = _URN(text)
    if not found:
        return Refusal("form")
    major = int(found["major"]) if found["major"] else None
    if found["rest"]:
        stated = _VERSION(found["rest"])
        if not stated:
            return Refusal("form")
        if major is not None and int(stated["major"]) != major:
            return Refusal("form", detail=f"version {major} och version {int(stated['major'])}")
        major = int(stated["major"])
    return _versioned(found["name"], major, found["domain"])


def _versioned(name: str, major: int | None, domain: str = "") -> ContractName | Refusal:
    if major == 0:
        return Refusal("form", detail="version 0")
    namespace = f"{domain}:{name}Responder:{major}" if domain and major is not None else ""
    return ContractName(name, major, namespace)
