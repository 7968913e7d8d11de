"""A cache of compiled templates, in `__pycache__` next to the source, as Python's compiled modules."""

import marshal
import os
import sys
from contextlib import suppress
from hashlib import sha256
from importlib.util import cache_from_source
from pathlib import Path

import jinja2
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket


class TemplateCache(BytecodeCache):
    """Keeps each compiled template in a file of its own; a folder that cannot be written to costs only time.

    Args:
        options: text that differs when the options of the environment do.
    """

    def __init__(self, options: str) -> None:
        self._made_with = f"{jinja2.__version__}\0{options}\0"

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Return the path of the file, '' for a template that is not a file."""
        del name  # the path says it
        return cache_from_source(f"{filename}.py") if filename else ""

    def get_source_checksum(self, source: str) -> str:
        """Return the checksum of everything that decides the compiled code."""
        return sha256(f"{self._made_with}{source}".encode()).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Read the file; one that is damaged or made from other source counts as missing.

        The bucket's own method reads a file in thousands of small pieces, which takes five times as long.
        """
        with suppress(OSError, EOFError, ValueError, TypeError):
            content = Path(bucket.key).read_bytes()
            checksum = bucket.checksum.encode()
            if content.startswith(checksum):
                code = memoryview(content)[len(checksum) :]
                bucket.code = marshal.loads(code)  # noqa: S302 - as Python loads its compiled modules

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Write the file, whole or not at all, unless Python is to write no bytecode either."""
        if sys.dont_write_bytecode or not bucket.key:
            return
        path = Path(bucket.key)
        unfinished = path.with_name(f"{path.name}.{os.getpid()}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            unfinished.write_bytes(bucket.checksum.encode() + marshal.dumps(bucket.code))
            unfinished.replace(path)
        except OSError:
            with suppress(OSError):
                unfinished.unlink(missing_ok=True)
