"""Batches of the command in this process."""

import pytest

from underlag.batch.processes import pool


@pytest.fixture
def one_process(monkeypatch):
    """Let `kundservice` start no processes: that takes longer than its work on a few workbooks."""
    real = pool.Pool
    monkeypatch.setattr(pool, "Pool", lambda settings, _processes: real(settings, 0))
