"""Findings and orders as JSON: `underlag validera --format json` and the package's rapport.json."""

from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from underlag import json_text
from underlag.checked import Checked
from underlag.documents.account import answer_lines
from underlag.documents.package_names import FileEntry
from underlag.findings import Finding, Severity
from underlag.orders.order import Order, Party
from underlag.text.file_names import shown_name
from underlag.text.sources import sources_text, values_by_detail

if TYPE_CHECKING:
    from underlag.tak.orders.files import TakNotes
    from underlag.workbook import OrderDetails

#: Maximum findings listed for each kind; a workbook that is no Underlag may have a million.
MOST_OF_A_KIND: Final = 50_000

_WORDS: Final = {severity: severity.value for severity in Severity}
_KINDS: Final = {"consumer": "konsument", "producer": "producent"}
_ACTIONS: Final = {"add": "lägg till", "remove": "ta bort"}


def validation_object(checked: Checked) -> dict[str, Any]:
    """Return the object of `validera --format json` for one workbook; its schema is `ValidationModel`."""
    listed = _listed(checked)
    return _without_findings(checked) | listed | {"fynd": list(map(_finding, listed["fynd"]))}


def _listed(checked: Checked) -> dict[str, Any]:
    """Return the listed findings and, if any are left out, their number by kind."""
    findings = checked.findings
    if len(findings) <= MOST_OF_A_KIND:
        return {"fynd": findings}
    numbers: Counter[str] = Counter()
    listed = []
    for found in findings:
        numbers[found.code] += 1
        if numbers[found.code] <= MOST_OF_A_KIND:
            listed.append(found)
    left_out = {code: count - MOST_OF_A_KIND for code, count in numbers.items() if count > MOST_OF_A_KIND}
    return {"fynd": listed} | ({"fynd_utelamnade": left_out} if left_out else {})


def _finding(found: Finding) -> dict[str, str]:
    """Return one finding."""
    return {
        "kod": found.code,
        "allvar": _WORDS[found.severity],
        "flik": found.sheet,
        "cell": found.cell,
        "varde": found.value,
        "meddelande": found.message,
        "forslag": found.suggestion,
    }


def _without_findings(checked: Checked) -> dict[str, Any]:
    """Return the object's properties other than findings."""
    underlag = checked.underlag
    return {
        "version": 1,
        "fil": shown_name(underlag.source.name),
        "sha256": underlag.source.sha256,
        "profil": underlag.profile.key if underlag.profile else "",
        "miljo": underlag.environment,
        "region": underlag.region,
        "godkand": checked.approved,
        "antal": {word: checked.count(severity) for severity, word in _WORDS.items()},
    }


def _dumped(value: object) -> bytes:
    """Serialise to JSON. Findings are converted one at a time: there may be hundreds of thousands."""
    return json_text.document(value, default=_finding)


def validation_json(results: Sequence[Checked]) -> bytes:
    """Return the object of one workbook, or the list of several, as UTF-8 with a line feed at the end."""
    objects = [_without_findings(checked) | _listed(checked) for checked in results]
    return _dumped(objects[0] if len(objects) == 1 else objects)


def report_json(
    checked: Checked,
    orders: Sequence[Order],
    files: Sequence[FileEntry],
    notes: Mapping[int, "TakNotes"] = MappingProxyType({}),
) -> bytes:
    """Return rapport.json; its schema is `ReportModel`.

    Args:
        checked: the checked workbook.
        orders: its orders; empty when errors block.
        files: all other files of the package.
        notes: by the order's number, the notes on its TAK files.
    """
    names = [file.name for file in files]
    read = sum(len(flow.entries) for flow in checked.underlag.flows)
    ordered = sum(map(len, checked.entries.values())) if not checked.blocked else 0
    report = {
        **_without_findings(checked),
        **_listed(checked),
        "skapad": checked.options.now.isoformat(),
        "kallor": _sources(checked.underlag.details),
        "svarsrader": answer_lines(checked.account),
        "rader": {"lasta": read, "bestallda": ordered, "utelamnade": read - ordered},
        "bestallningar": [_order(order, names, notes.get(order.number)) for order in orders],
        "filer": [{"namn": file.name, "sha256": file.sha256, "storlek": file.size} for file in files],
    }
    return _dumped(report)


def _sources(details: "OrderDetails") -> dict[str, str]:
    """Return the source of each detail of the order, and the name of the order file, '' for none."""
    sources = {name: sources_text(values) for name, values in values_by_detail(details).items()}
    ascii_names = str.maketrans({"ä": "a", "å": "a", "ö": "o", " ": "_"})
    file = details.order_file
    return {name.translate(ascii_names): source for name, source in sources.items()} | {
        "bestallningsfil": file.name if file else ""
    }


def _order(order: Order, names: Sequence[str], notes: "TakNotes | None") -> Mapping[str, Any]:
    """Return one order with its files and notes."""
    own = (f"{order.file_stem}.", *tak_file_starts(order.number))
    return {
        **order_object(order),
        "bulk": order.bulk,
        "filer": [name for name in names if name.startswith(own)],
        "noteringar": list(notes.sentences) if notes else [],
    }


def tak_file_starts(number: int) -> tuple[str, ...]:
    """Return the prefixes of the names of an order's TAK files."""
    return tuple(f"tak/{stem}-{number}{end}" for stem in ("bestallning", "aterstall") for end in ".-")


def order_object(order: Order) -> dict[str, Any]:
    """Return an order as JSON object, without its files and addressees."""
    return {
        "nummer": order.number,
        "av": order.total,
        "typ": _KINDS[order.kind],
        "atgard": _ACTIONS[order.action],
        "riktning": order.flow.title,
        "datum": order.day.isoformat() if order.day else "",
        "komponent": _party(order.component),
        "kontrakt": [contract.title for contract in order.contracts],
        "anropsadress": order.shared_address.url,
        "rivtaprofil": order.shared_address.rivta_profile,
        "adresser": [
            {"kontrakt": contract.title, "anropsadress": url, "rivtaprofil": profile}
            for contract, (url, profile) in zip(order.contracts, order.addresses, strict=False)
        ],
        "konsumenter": [_party(party) for party in order.consumers],
        "adressater": len(order.addressees),
    }


def _party(party: Party) -> dict[str, str]:
    return {"hsaId": party.hsa_id, "namn": party.name}
