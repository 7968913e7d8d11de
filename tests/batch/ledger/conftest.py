"""What tests of the ledger's commands share."""

from pathlib import Path

import pytest

from tests.batch.ledger.register_commands import two_days


@pytest.fixture
def out(tmp_path) -> Path:
    """Return the output folder of two days, in which two regions order the same unit."""
    return two_days(tmp_path)
