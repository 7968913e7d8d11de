"""Jobs for a pool of processes: they must be importable in a process of their own."""

import os
import time
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Echo:
    """Gives back its word, after a while; one with the word 'dör' takes its process down."""

    word: str
    seconds: float = 0

    def run(self, settings: Any) -> tuple[str, int]:
        """Do it."""
        del settings
        time.sleep(self.seconds)
        if self.word == "dör":
            os._exit(1)
        return self.word, os.getpid()
