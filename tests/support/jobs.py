"""Jobs for a pool of processes: they must be importable in a process of their own."""

import os
import time
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Echo:
    """Returns its word after a while; the word 'dör' kills its process."""

    word: str
    seconds: float = 0

    def run(self, settings: Any) -> tuple[str, int]:
        """Do it."""
        del settings
        time.sleep(self.seconds)
        if self.word == "dör":
            os._exit(1)
        return self.word, os.getpid()
