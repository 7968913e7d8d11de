"""What can fail outside tak-web's own validation: the transport of an order, and the database.

Source: measured on a running tak-web: the server rejects a form above 2 MB; jsonbestallning.sh sends the text
as the name of a parameter, in which Spring's firewall rejects control and unassigned characters; the columns
are 3-byte utf8, and a date ends with the year 9999.
"""

import re
import unicodedata
from datetime import date
from typing import Final

from underlag.tak.judge.cleaning import is_beyond_bmp
from underlag.tak.judge.document import Document, Item
from underlag.tak.judge.verdict import Remark, remark
from underlag.tak.orders.size import FORM_LIMIT, encoded_size, smallest_encoded_size

_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_LAST_YEAR: Final = 9999
_YEARS: Final = 100
#: Characters that the script cannot transport, by their Swedish names; others are shown by their code.
_NAMES: Final = {"\n": "radbrytningar", "\r": "radbrytningar", "\t": "tabbtecken"}


def check_transport(text: str, remarks: list[Remark]) -> None:
    """Judge what the server and its firewall accept.

    Args:
        text: the whole file.
        remarks: receives the remarks.
    """
    content = text.encode("utf-8", "replace")
    if (size := smallest_encoded_size(content)) > FORM_LIMIT:
        remarks.append(remark("for-stor", "", str(size)))
    elif (size := encoded_size(content)) > FORM_LIMIT:
        remarks.append(remark("nara-gransen", "", str(size)))
    refused = set(_CONTROL.findall(text))
    if not text.isascii():
        refused |= {character for character in set(text) if unicodedata.category(character) == "Cn"}
    if refused:
        named = sorted({_NAMES.get(character, f"U+{ord(character):04X}") for character in refused})
        remarks.append(remark("skriptet-styrtecken", "", ", ".join(named)))


def check_storage(
    document: Document, new: dict[str, dict[str, Item]], day: date | None, remarks: list[Remark]
) -> None:
    """Judge what the database can store.

    Args:
        document: the order.
        new: the objects that it creates, by list and key.
        day: the order's day.
        remarks: receives the remarks.
    """
    for items in new.values():
        for item in items.values():
            text = item.get("beskrivning")
            if text and is_beyond_bmp(text):
                remarks.append(remark("tecken-i-text", f"{item.where}.beskrivning", text))
    lasting = [*document.of("anropsbehorigheter", "inkludera"), *document.of("vagval", "inkludera")]
    if day is not None and day.year + _YEARS > _LAST_YEAR and lasting:
        remarks.append(remark("slutdatum-ryms-inte", "genomforandeTidpunkt", day.isoformat()))
