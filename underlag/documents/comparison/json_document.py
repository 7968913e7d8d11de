"""The comparison of a workbook with a TAK as JSON: `underlag jamfor --format json`."""

from typing import TYPE_CHECKING, Any, Final

from underlag import json_text
from underlag.documents.report.json_document import validation_object
from underlag.privacy.masking import masked
from underlag.tak.holdings.catalogue import UNKNOWN_SINCE, UNKNOWN_UNTIL, Route
from underlag.text.file_names import shown_name

if TYPE_CHECKING:
    from underlag.checked import Checked
    from underlag.tak.compare.comparison import Comparison, Row

_ACTIONS: Final = {"add": "lägg till", "remove": "ta bort"}


def comparison_json(checked: "Checked", comparison: "Comparison | None") -> bytes:
    """Return the comparison as UTF-8.

    It extends the object of `validera --format json` with `tak`, `antal_i_tak` and `rader`.

    Args:
        checked: the workbook, with the comparison's findings.
        comparison: the comparison, None when no TAK could be read; `tak` is then null and `rader` empty.
    """
    return json_text.document({**validation_object(checked), **_comparison(comparison)})


def _comparison(comparison: "Comparison | None") -> dict[str, Any]:
    """Return the part about the TAK and the rows."""
    if comparison is None:
        return {"tak": None, "antal_i_tak": {"vagval": {}, "behorigheter": {}, "andra_namn": 0}, "rader": []}
    catalogue = comparison.catalogue
    return {
        "tak": {
            "kalla": shown_name(catalogue.source),
            "plattform": catalogue.platform,
            "taget": catalogue.taken.isoformat(),
            "kan_visa_raderade": catalogue.includes_deleted,
        },
        "antal_i_tak": {
            "vagval": {state.value: n for state, n in comparison.route_counts().items()},
            "behorigheter": {state.value: n for state, n in comparison.authorization_counts().items()},
            "andra_namn": comparison.other_names,
        },
        "rader": [_row(row, comparison) for row in comparison.rows],
    }


def _row(row: "Row", comparison: "Comparison") -> dict[str, Any]:
    """Return one row."""
    addressee = row.entry.addressee
    reason = comparison.reason(row)
    return {
        "flik": row.entry.sheet,
        "rad": row.entry.row,
        "cell": addressee.cell if addressee else "",
        "hsaId": row.addressee,
        "namn": masked(row.name),
        "kontrakt": row.request.contract.title,
        "atgard": _ACTIONS[row.request.action],
        "vagval": row.route.value,
        "behorighet": row.authorization.value,
        "namn_i_tak": masked(row.name_in_tak),
        "i_tak": [_route(route) for route in row.existing],
        "bestalls": reason is None,
        "skal": reason.code if reason else "",
    }


def _route(route: Route) -> dict[str, Any]:
    """Return one route of the TAK."""
    return {
        "logisk_adress": route.addressee,
        "producenter": [route.producer, *route.others],
        "anropsadress": route.url,
        "rivtaprofil": route.rivta_profile,
        "fran": "" if route.since == UNKNOWN_SINCE else route.since.isoformat(),
        "till": "" if route.until == UNKNOWN_UNTIL else route.until.isoformat(),
    }
