"""An inbox of two workbooks."""

from pathlib import Path

import pytest

from tests.batch.books import book, put


@pytest.fixture
def inbox(tmp_path) -> Path:
    return put(tmp_path / "in", {"a.xlsx": book(("A1",)), "b.xlsx": book(("B1",), region="VGR")})
