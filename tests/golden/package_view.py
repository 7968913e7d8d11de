"""What the right sample's package says, file by file, as text that a person can compare.

Renew the expected files after a change that is meant:  python -m tests.golden.package_view
and look at `git diff tests/golden` before committing.
"""

import email
import email.policy
import re
import shutil
from datetime import datetime
from io import BytesIO
from pathlib import Path

import orjson
import python_calamine

from underlag.checks import check
from underlag.options import STOCKHOLM, Options
from underlag.orders import make_orders
from underlag.package.write import package_files
from underlag.reading import read

EXPECTED = Path(__file__).parent / "expected"
SAMPLE = Path(__file__).parents[2] / "sample_data" / "Underlag-for-TAKning-Intygstjanster-NTJP-PROD-LiV.xlsx"
NOW = datetime(2027, 2, 15, 12, 0, tzinfo=STOCKHOLM)


def views() -> dict[str, str]:
    """Return a text for each file of the package, by the name under which it is expected."""
    options = Options(now=NOW)
    checked = check(read(SAMPLE, options), options)
    files = package_files(checked, make_orders(checked))
    return {f"{name}.txt" if _is_binary(name) else name: view(name, data) for name, data in files.items()}


def view(name: str, data: bytes) -> str:
    """Return a file's content without what differs between right machines: line ends, compression and what follows of it."""
    if name.endswith(".xlsx"):
        return _workbook(data)
    if name.endswith(".eml"):
        return _mail(data)
    text = data.decode("utf-8-sig").replace("\r\n", "\n")
    if name == "rapport.json":
        return _without_checksums(text)
    if name == "rapport.html":
        # The sizes of compressed files.
        return re.sub(r"\d[\d,\N{NO-BREAK SPACE}]*\N{NO-BREAK SPACE}(?:byte|kB|MB)\b", "N kB", text)
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


def _mail(data: bytes) -> str:
    message = email.message_from_bytes(data, policy=email.policy.default)
    headers = [f"{key}: {value}" for key, value in message.items() if key != "Content-Type"]
    bodies = [message.get_body((kind,)).get_content() for kind in ("plain", "html")]
    attached = [
        f"Bilaga: {part.get_filename()} ({part.get_content_type()})" for part in message.iter_attachments()
    ]
    return "\n".join([*headers, "", *bodies, *attached, ""]).replace("\r\n", "\n")


def _without_checksums(text: str) -> str:
    report = orjson.loads(text)
    for file in report["filer"]:
        if _is_binary(file["namn"]) or file["namn"] == "rapport.html":
            file |= {"sha256": "", "storlek": 0}
    return orjson.dumps(report, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE).decode()


def renew() -> None:
    """Write what the program gives now as what is expected."""
    shutil.rmtree(EXPECTED, ignore_errors=True)
    for name, text in views().items():
        path = EXPECTED / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    renew()
