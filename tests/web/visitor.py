"""A visitor of the pages with a browser without scripts."""

import io
import re
from datetime import datetime

from openpyxl import load_workbook

from underlag.options import STOCKHOLM
from underlag.web.app import create_app

NOW = datetime(2027, 2, 1, 9, 0, tzinfo=STOCKHOLM)


class Visitor:
    """A browser with scripts off."""

    def __init__(self) -> None:
        self.client = create_app(now=lambda: NOW).test_client()
        self.token = re.search(r'name="nyckel" value="([^"]+)"', self.client.get("/").text)[1]

    def send(self, *files: tuple[bytes, str]) -> str:
        data = {"nyckel": self.token, "arbetsbok": [(io.BytesIO(content), name) for content, name in files]}
        answer = self.client.post("/granska", data=data, content_type="multipart/form-data")
        assert answer.status_code == 303, answer.text
        return answer.headers["Location"]

    def post(self, address: str, **fields: object):
        return self.client.post(address, data={"nyckel": self.token, **fields})

    def page(self, address: str) -> str:
        answer = self.client.get(address)
        assert answer.status_code == 200
        return answer.text

    def corrected(self, address: str):
        return load_workbook(io.BytesIO(self.client.get(address + "rattad").data))
