"""NOTICE: what underlag.html bundles, from whom and under which licence, made from parts.toml."""

from typing import Final

from underlag.web_file.parts import Part, parts

_HEAD: Final = """underlag
Copyright The underlag authors

Licensed under the Apache License, Version 2.0; see LICENSE.

This repository holds no code of others. The file underlag.html, which `underlag webbfil` builds, bundles
the packages below. The text of each licence is inside the file, in the package's own metadata, and at the
registry that the package is fetched from. Pyodide is bundled unchanged; its source is published by the
Pyodide project. It contains CPython (PSF-2.0) and the libraries that CPython is linked with.
"""


def notice() -> str:
    """Return the text of NOTICE."""
    rows = [("Package", "Version", "Licence", "Registry"), *map(_row, parts())]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    lines = [
        "  ".join([*(cell.ljust(width) for cell, width in zip(row[:3], widths, strict=True)), row[3]])
        for row in rows
    ]
    return "\n".join([_HEAD, *lines, ""])


def _row(part: Part) -> tuple[str, str, str, str]:
    return part.name, part.version, part.licence, "npm" if part.source == "npm" else "PyPI"
