"""Failures and kills at each step that changes the disk."""

import os
from contextlib import contextmanager
from pathlib import Path

import pytest

STEPS = ("replace", "rename", "unlink", "mkdir", "rmdir", "link", "open")


@contextmanager
def stopped_at(number, stop, within=""):
    """Call `stop` before the step of this number that changes the disk, or what has `within` in its name."""
    passed, real = [], {name: getattr(os, name) for name in STEPS if name != "open"} | {"open": Path.open}

    def counted(name):
        def step(*args, **kwargs):
            if any(within in os.fspath(arg) for arg in args if isinstance(arg, str | Path)):
                passed.append(name)
                if len(passed) == number:
                    stop()
            return real[name](*args, **kwargs)

        return step

    with pytest.MonkeyPatch.context() as patch:
        for name in STEPS:
            patch.setattr(Path if name == "open" else os, name, counted(name))
        yield passed
