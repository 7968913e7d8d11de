"""Sends a workbook with the form of the start page, and gets the package of its result."""

import io
import re
import zipfile
from datetime import datetime

from tests.support.tables import NAME, ORDER_SHEET, STANDARD, workbook
from underlag.options import STOCKHOLM

NOW = datetime(2027, 2, 1, 9, 0, tzinfo=STOCKHOLM)
RIGHT = workbook(STANDARD + ORDER_SHEET)
FAULTY = workbook((STANDARD + ORDER_SHEET).replace("SE162321000156-4HVT", "SE162321000165-4HVT"))


def token_of(client) -> str:
    """Return the key that a form must send back."""
    return re.search(r'name="nyckel" value="([^"]+)"', client.get("/").text)[1]


def send(client, content: bytes | None = RIGHT, *, name: str = NAME, **fields):
    """Send the form; fields may be files as (bytes, name)."""
    data = {"nyckel": token_of(client)}
    if content is not None:
        data["arbetsbok"] = (io.BytesIO(content), name)
    for key, value in fields.items():
        data[key] = (io.BytesIO(value[0]), value[1]) if isinstance(value, tuple) else value
    return client.post("/granska", data=data, content_type="multipart/form-data")


def result_of(client, *args, **fields) -> str:
    """Send the form and return the address of the result."""
    answer = send(client, *args, **fields)
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"]


def unpacked(client, address: str) -> dict[str, bytes]:
    """Return the files of a result's package."""
    answer = client.get(f"{address}paket.zip")
    assert answer.status_code == 200
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
