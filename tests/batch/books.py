"""Valid workbooks of several regions, and batches of them."""

from datetime import datetime
from pathlib import Path

from tests.support.packages import change_part
from tests.support.tables import ORDER_SHEET, STANDARD, workbook
from underlag.batch.processes.pool import Pool
from underlag.batch.records.workbooks import Batch, Settings
from underlag.batch.run import run_batch
from underlag.options import STOCKHOLM, Options

NOW = datetime(2027, 2, 1, 9, 0, tzinfo=STOCKHOLM)
URL = "https://tph2.liv.sjunet.org:50001/WebCertFormStatusUpdateWebService/FormStatusUpdate/3_0/rivtabp21"
#: The units of STANDARD end so.
UNITS = ("4HVT", "4HVV", "4HVX")


def book(
    units: tuple[str, ...] = UNITS,
    *,
    region: str = "LiV",
    environment: str = "PROD",
    url: str = URL,
    saved: str = "",
    change: tuple[tuple[str, str], ...] = (),
    extra: str = "",
) -> bytes:
    """Make a workbook for units of LiV's organisation, with everything that an order needs."""
    text = STANDARD.replace(URL, url)
    for old, new in zip(UNITS, units, strict=False):
        text = text.replace(f"-{old} ", f"-{new} ")
    for old in UNITS[len(units) :]:
        text = "\n".join(line for line in text.split("\n") if f"-{old} " not in line)
    order = ORDER_SHEET.replace("| LiV ", f"| {region} ").replace("| PROD ", f"| {environment} ")
    for old, new in change:
        assert old in text + order
        text, order = text.replace(old, new), order.replace(old, new)
    content = workbook(text + order + extra)
    if saved:
        content = change_part(
            content, "docProps/core.xml", lambda part: part.replace(b"2027-01-01T00:00:00Z", saved.encode())
        )
    return content


def put(folder: Path, files: dict[str, bytes]) -> Path:
    """Write files into a folder; create it if it does not exist."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def batch(
    inbox: Path,
    out: Path,
    *,
    processes: int = 0,
    now: datetime = NOW,
    choices=(),
    regions=None,
    apis=None,
    **options,
) -> Batch:
    """Work on a folder; `apis` as of Settings."""
    with Pool(Settings(Options(now=now, **options), apis=apis or {}), processes) as pool:
        return run_batch(
            [inbox], out, pool, register=out / "register.sqlite", choices=choices, regions=regions
        )


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder except the register, which has row numbers of its own."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith("register.sqlite")
    }
