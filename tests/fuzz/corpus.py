"""The initial inputs of fuzzing: valid ones of every kind, made from the samples."""

import gzip
import io
import json
import zipfile

from tests.batch.books import book
from tests.support.compound import msg
from tests.support.tables import ORDER_SHEET, STANDARD, workbook

_MAIL = (
    b"From: =?utf-8?q?R=C3=B6d?= <rod@example.se>\r\nTo: kund@example.se\r\nSubject: Underlag\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/mixed; boundary="b1"\r\n\r\n--b1\r\nContent-Type: text/plain\r\n\r\nHej\r\n--b1\r\n'
    b"Content-Type: application/octet-stream; name*=UTF-8''Underlag%%20.xlsx\r\nContent-Transfer-Encoding: base64\r\n"
    b"Content-Disposition: attachment\r\n\r\nUEsDBA==\r\n--b1\r\nContent-Type: message/rfc822\r\n\r\nFrom: b@example.se\r\n\r\nx\r\n--b1--\r\n"
)
_ORDER = {
    "plattform": "NTJP-PROD",
    "formatVersion": 1,
    "version": 1,
    "bestallningsTidpunkt": "2027-02-01T09:00:00+0100",
    "genomforandeTidpunkt": "2027-02-15T12:00:00+0100",
    "utforare": "Region",
    "inkludera": {
        "logiskadresser": [{"hsaId": "SE2321000156-4HVT", "beskrivning": "Tolkcentralen"}],
        "vagval": [
            {
                "adress": "https://a.example.se/x",
                "logiskAdress": "SE2321000156-4HVT",
                "tjanstekontrakt": "urn:riv:a:b:CResponder:1",
                "rivtaprofil": "RIVTABP21",
                "tjanstekomponent": "SE2321000156-1",
            }
        ],
    },
    "exkludera": {"anropsbehorigheter": []},
}
_EXPORT = {
    "plattform": "NTJP-PROD",
    "tidpunkt": "2027-01-01 00:00:00",
    "version": "1",
    "data": {
        "rivtaprofil": [{"id": 1, "namn": "RIVTABP21"}],
        "tjanstekontrakt": [{"id": 1, "namnrymd": "urn:riv:a:b:CResponder:1", "majorVersion": 1}],
        "logiskadress": [{"id": 1, "hsaId": "SE2321000156-4HVT", "beskrivning": "x"}],
        "tjanstekomponent": [{"id": 1, "hsaId": "SE2321000156-1", "beskrivning": "x"}],
        "anropsadress": [
            {
                "id": 1,
                "adress": "https://a.example.se",
                "rivTaProfil": {"id": 1},
                "tjanstekomponent": {"id": 1},
            }
        ],
        "anropsbehorighet": [],
        "vagval": [
            {
                "id": 1,
                "fromTidpunkt": "2020-01-01",
                "tomTidpunkt": "2120-01-01",
                "anropsAdress": {"id": 1},
                "logiskAdress": {"id": 1},
                "tjanstekontrakt": {"id": 1},
            }
        ],
        "filter": [],
        "filtercategorization": [],
    },
}
_LIST = 'HSA-ID;Namn;Ort\r\nSE2321000156-4HVT;Tolkcentralen Värmland;Karlstad\r\nSE2321000156-4HVV;"Rud; filial";\r\n'
_TOML = 'miljo = "PROD"\narende = "TSK-12518"\ndatum = 2027-02-15\n[bestallare]\nnamn = "Åsa Ek"\nepost = "asa.ek@example.se"\n'


def corpus() -> dict[str, list[bytes]]:
    """Return the inputs by the name of their target."""
    formats = ("xlsx", "xlsm", "xls", "xlsb", "ods")
    books = [workbook(STANDARD + ORDER_SHEET, format=each) for each in formats]
    exported = json.dumps(_EXPORT).encode()
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a/Underlag å.xlsx", book())
        archive.writestr("takdump.json", exported)
    return {
        "read": books,
        "export": [exported, gzip.compress(exported), zipped.getvalue()],
        "order": [json.dumps(_ORDER).encode(), json.dumps(_ORDER, indent=1).encode("utf-16")],
        "mail": [_MAIL, zipped.getvalue(), msg({"a.xlsx": book()})],
        "hsa-list": [_LIST.encode(), _LIST.encode("utf-16"), _LIST.encode("cp1252"), books[0]],
        "toml": [_TOML.encode()],
    }
