"""The progress of a run in the terminal, and Ctrl-C."""

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Self

from click.termui import progressbar

from underlag.characters.cleaning import shown
from underlag.cli.shared.output import say

if TYPE_CHECKING:
    from types import FrameType

    from click._termui_impl import ProgressBar


@contextmanager
def stop_on_ctrl_c() -> Iterator[Callable[[], bool]]:
    """Let Ctrl-C stop after the current workbooks; a second one stops at once."""
    stop = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield stop.is_set
        return

    def note(_signal: int, _frame: "FrameType | None") -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()
        say("")  # below the bar
        say("Avbryter: det som är påbörjat görs klart. Tryck Ctrl-C igen för att avbryta genast.")

    earlier = signal.signal(signal.SIGINT, note)
    try:
        yield stop.is_set
    finally:
        signal.signal(signal.SIGINT, earlier)


class Bar:
    """A progress bar with count and name, shown only if standard error is a terminal."""

    def __init__(self) -> None:
        self._bar: ProgressBar[str] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.render_finish()

    def show(self, done: int, total: int, name: str) -> None:
        """Show the progress."""
        stream = sys.stderr
        if not stream.isatty():
            return
        if self._bar is None:
            self._bar = progressbar(
                length=total,
                label="Granskar",
                show_pos=True,
                file=stream,
                item_show_func=_shown,
            )
        bar = self._bar
        bar.update(done - bar.pos, name)


def _shown(name: object) -> str:
    return shown(str(name or ""))[-40:]
