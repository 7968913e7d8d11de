"""Growth of processor time, a measure that is independent of the machine's speed and load."""

import time
from collections.abc import Callable
from typing import Any

#: Size of the large round relative to the small one, and its maximum relative time; quadratic work takes 64 times as long.
FACTOR, MOST = 8, 24


def assert_not_quadratic(work: Callable[[Any], Any], prepare: Callable[[int], Any], large: int) -> None:
    """Assert that eight times the work takes less than 24 times the processor time.

    Args:
        work: the function to measure; it receives the result of `prepare`.
        prepare: makes the input for a size.
        large: size of the large round.
    """
    small_input, large_input = prepare(large // FACTOR), prepare(large)
    work(small_input)  # performs one-time loading
    small = min(_seconds(work, small_input) for _ in range(3))
    spent = _seconds(work, large_input)
    assert spent < MOST * small, f"{large}: {spent:.3f} s, {large // FACTOR}: {small:.3f} s"


def _seconds(work: Callable[[Any], Any], value: Any) -> float:
    start = time.process_time()
    work(value)
    return time.process_time() - start
