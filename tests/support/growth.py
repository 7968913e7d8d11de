"""Growth of the time that work takes: the same on any machine, however fast or busy it is."""

import time
from collections.abc import Callable
from typing import Any

#: How much more work the large round is, and how much longer it may take: quadratic work takes 64 times as long.
FACTOR, MOST = 8, 24


def assert_not_quadratic(work: Callable[[Any], Any], prepare: Callable[[int], Any], large: int) -> None:
    """Assert that eight times the work takes less than 24 times the processor time.

    Args:
        work: what is measured; it gets what `prepare` returns.
        prepare: makes the input for a size.
        large: size of the large round.
    """
    small_input, large_input = prepare(large // FACTOR), prepare(large)
    work(small_input)  # loads what is loaded once
    small = min(_seconds(work, small_input) for _ in range(3))
    spent = _seconds(work, large_input)
    assert spent < MOST * small, f"{large}: {spent:.3f} s, {large // FACTOR}: {small:.3f} s"


def _seconds(work: Callable[[Any], Any], value: Any) -> float:
    start = time.process_time()
    work(value)
    return time.process_time() - start
