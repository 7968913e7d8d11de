"""Lets a worker process end with the process that started it."""

import multiprocessing
import os
import signal
import threading


def end_with_parent() -> None:
    """Leave Ctrl-C to the parent process, and exit when it is gone instead of waiting for jobs forever."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_wait, daemon=True).start()


def _wait() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
