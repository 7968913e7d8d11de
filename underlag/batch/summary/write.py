"""Writes the summary of a batch: sammanstallning.html, .xlsx and .json."""

from pathlib import Path
from typing import TYPE_CHECKING

from underlag.batch.records.load_texts import relative
from underlag.batch.summary.json_document import summary_json
from underlag.batch.summary.page import summary_html
from underlag.batch.summary.spreadsheet import summary_xlsx
from underlag.package.folder import PackageError
from underlag.text.system_errors import why

if TYPE_CHECKING:
    from underlag.batch.records.workbooks import Batch


def write_summary(batch: "Batch", out: Path, register: Path) -> None:
    """Write the three files into the output folder, each atomically.

    Args:
        batch: the results.
        out: the output folder.
        register: its file, or its folder where the file has the usual name.

    Raises:
        PackageError: the operating system reports an error, e.g. because a file is open in Excel.
    """
    summary = summary_json(batch, out)
    for name, content in (
        ("sammanstallning.json", summary.content),
        ("sammanstallning.xlsx", summary_xlsx(summary.object, batch.now)),
        ("sammanstallning.html", summary_html(summary.object, batch.now, relative(register, out))),
    ):
        fresh = out / f".{name}.ny"
        try:
            fresh.write_bytes(content)
            fresh.replace(out / name)
        except OSError as error:
            fresh.unlink(missing_ok=True)
            raise PackageError(
                f"Det gick inte att skriva {out / name}: {why(error)}. "
                "Är den öppen i ett annat program? Stäng den."
            ) from error
