"""The output of a run as texts that a person can compare.

A view omits legitimate differences between machines: line ends, compression, and sizes and checksums of
compressed files.
"""

import email
import email.policy
import json
import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import python_calamine

#: What the command prints.
PRINTED = "utskrift.txt"
#: The names of the files that have no view of their own.
OTHERS = "ovriga-filer.txt"

#: The sizes of A view omits legitimate differences between machines: line ends, compression, and sizes and checksums of
_SIZE = re.compile(r"\d[\d,\N{NO-BREAK SPACE}]*\N{NO-BREAK SPACE}(?:byte|kB|MB)\b")
_CHECKSUM = re.compile(r"\b[0-9a-f]{64}\b")
#: The package `ratt` shows styles and scripts; the others would repeat them.
_REPEATED = re.compile(r"(<(style|script)>).*?(</\2>)", re.DOTALL)


def views(case: str, fill: Callable[[Path], str], folder: Path) -> dict[str, str]:
    """Run a case into a folder; return a text for each file, by the name under which it is expected."""
    printed = fill(folder).replace(str(folder), "KATALOG").replace("KATALOG\\", "KATALOG/")
    found, others = {PRINTED: printed}, []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_dir() or path.name.startswith("register.sqlite"):
            continue
        if case == "sats" and not _matters_in_a_batch(name):
            others.append(f"{name}\n")
            continue
        text = view(name, path.read_bytes())
        if case != "ratt" and name.endswith(".html"):
            text = _REPEATED.sub(r"\1…\3", text)
        found[f"{name}.txt" if _is_binary(name) else name] = text
    return found | ({OTHERS: "".join(others)} if others else {})


def _matters_in_a_batch(name: str) -> bool:
    """Whether a file is the batch's own: the other cases show single packages."""
    return name.startswith(("sammanstallning", "inlasningar/")) or name.endswith(
        ("svar.eml", "bortvalda.csv")
    )


def view(name: str, data: bytes) -> str:
    """Return a file's content as text."""
    if "granskad-" in name:
        return _workbook(data) + _parts(data)
    if name.endswith(".xlsx"):
        return _workbook(data)
    if name.endswith(".eml"):
        return _mail(data)
    text = data.decode("utf-8-sig").replace("\r\n", "\n")
    if name.endswith("rapport.json"):
        return _without_checksums(text)
    if name.endswith(("rapport.html", "sammanstallning.html")):
        return _SIZE.sub("N kB", text)
    return text


def _is_binary(name: str) -> bool:
    return name.endswith((".xlsx", ".eml"))


def _workbook(data: bytes) -> str:
    book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(data))
    lines = []
    for name in book.sheet_names:
        lines.append(f"[{name}]")
        lines += [" | ".join(map(str, row)) for row in book.get_sheet_by_name(name).to_python()]
    return "\n".join(lines) + "\n"


def _parts(data: bytes) -> str:
    """Return the XML of a workbook's parts, an element a line."""
    lines = []
    with zipfile.ZipFile(BytesIO(data)) as package:
        for name in package.namelist():
            xml = package.read(name).decode("utf-8").replace("\r\n", "\n").replace("><", ">\n<")
            lines.append(f"[{name}]\n{xml}")
    return "\n".join(lines) + "\n"


def _mail(data: bytes) -> str:
    message = email.message_from_bytes(data, policy=email.policy.default)
    headers = [f"{key}: {value}" for key, value in message.items() if key != "Content-Type"]
    bodies = [part.get_content() for kind in ("plain", "html") if (part := message.get_body((kind,)))]
    attached = [
        f"Bilaga: {part.get_filename()} ({part.get_content_type()})" for part in message.iter_attachments()
    ]
    return "\n".join([*headers, "", *bodies, *attached, ""]).replace("\r\n", "\n")


def _without_checksums(text: str) -> str:
    report = json.loads(text)
    for file in report["filer"]:
        if _is_binary(file["namn"]) or file["namn"] == "rapport.html":
            file |= {"sha256": "", "storlek": 0}
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"
