"""Pauses the collector of cyclic garbage while many objects are created and none is freed."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def garbage_collection_paused() -> Iterator[None]:
    """Pause the collector: it would search the objects already made, again and again, and find no cycles.

    Measured on 20,000 rows in each of two sheets: a third of the time of reading.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            # All that was made counts as young, and the next collection would search it. Freezing and thawing
            # moves it, without a search, among the old objects, which are left in peace.
            gc.freeze()
            gc.unfreeze()
            gc.enable()
