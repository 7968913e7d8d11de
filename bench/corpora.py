"""Judge how a folder of workbooks is read and annotated: no crash, the same texts, nothing lost.

Usage: python bench/corpora.py FOLDER [--skillnader N]
Each workbook is opened in a process of its own, with 10 seconds of processor time and 1 GB of addresses
(where the system has such limits), and judged three times:

1. It is read, or refused with a finding.
2. Texts and their places are those that openpyxl reads (.xlsx, .xlsm), xlrd (.xls) or odfpy (.ods), where
   that library is installed and can read the file.
3. Its annotated copy has all other parts byte for byte and all comments, and openpyxl opens it.

Ends with 1 where a workbook failed. The folder may hold anything; other files are passed over.
"""

import argparse
import contextlib
import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from underlag.checked import Checked  # noqa: E402 - the folder of the sources comes first
from underlag.documents.annotated_workbook import annotated_workbook  # noqa: E402
from underlag.files.time_limit import OverTimeError, limited_time  # noqa: E402
from underlag.findings import Finding, Severity  # noqa: E402
from underlag.options import Options  # noqa: E402
from underlag.reading.formats.grid import Grid  # noqa: E402
from underlag.reading.formats.refusal import UnreadableError  # noqa: E402
from underlag.reading.formats.xlsx.texts import unescaped  # noqa: E402
from underlag.reading.opening import open_workbook  # noqa: E402
from underlag.workbook import OrderDetails, Source, Underlag  # noqa: E402

EXTENSIONS = {".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"}
SECONDS, BYTES = 10, 1_000_000_000
#: Cells that an .ods writes once; more are styles down to the last row.
_MOST_REPEATED = 100_000

Texts = dict[tuple[str, int, int], str]


def main() -> int:
    """Judge every workbook below the folder; print failures and a summary."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("mapp", type=Path)
    parser.add_argument("--skillnader", type=int, default=3, help="shown of each workbook")
    parser.add_argument("--en", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.en:
        with contextlib.redirect_stdout(sys.stderr):  # other libraries print what they think of a file
            verdict = judge(asked.mapp)
        print(json.dumps(verdict, ensure_ascii=False))
        return 0
    files = sorted(path for path in asked.mapp.rglob("*") if path.suffix.lower() in EXTENSIONS)
    counts: Counter[str] = Counter()
    for path in files:
        verdict = judged_apart(path)
        for key in ("lasning", "jamforelse", "kopia"):
            counts[f"{key}: {verdict.get(key, '-')}"] += 1
        if problems := verdict["problem"]:
            counts["underkända"] += 1
            print(f"{path.relative_to(asked.mapp)}  ({len(problems)})")
            print(*(f"    {problem}" for problem in problems[: asked.skillnader]), sep="\n", flush=True)
    print(
        f"{len(files)} arbetsböcker",
        *(f"  {count:6} {name}" for name, count in sorted(counts.items())),
        sep="\n",
    )
    return int(counts["underkända"] > 0)


def judged_apart(path: Path) -> dict[str, Any]:
    """Judge a workbook in a process of its own; a crash is a problem of the workbook."""
    start = time.perf_counter()
    command = [sys.executable, __file__, "--en", str(path)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=120, check=False, preexec_fn=_limits())
    except subprocess.TimeoutExpired:
        return {"problem": ["120 sekunder räckte inte"]}
    if done.returncode:
        last = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
        return {
            "problem": [f"slutade med {done.returncode} efter {time.perf_counter() - start:.1f} s", *last]
        }
    verdict: dict[str, Any] = json.loads(done.stdout)
    return verdict


def _limits() -> Any:
    """Return what limits a new process, None where the system has no such limits."""
    try:
        import resource  # noqa: PLC0415 - Windows has none
    except ImportError:
        return None

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))

    return limit


def judge(path: Path) -> dict[str, Any]:
    """Return the verdicts about a workbook, and its problems."""
    content = path.read_bytes()
    verdict: dict[str, Any] = {"problem": []}
    start = time.process_time()
    try:
        grid = open_workbook(content)
        verdict["lasning"] = grid.format
    except UnreadableError as error:
        verdict["lasning"] = f"{error.code} {error.texts.get('problem', '')}"
    if (seconds := time.process_time() - start) > SECONDS:
        verdict["problem"].append(f"läsningen tog {seconds:.1f} s")
    if " " in verdict["lasning"]:
        return verdict
    theirs = other_texts(grid.format, content)
    if theirs is None:
        verdict["jamforelse"] = "läses inte av något annat bibliotek"
    else:
        ours = our_texts(grid, theirs)
        differences = list(compare(ours, theirs, {sheet.name for sheet in grid.sheets}))
        verdict["jamforelse"] = "olika" if differences else "lika"
        verdict["problem"] += differences
    if grid.format in ("xlsx", "xlsm"):
        verdict["kopia"], problems = judge_copy(content, grid)
        verdict["problem"] += problems
    return verdict


def our_texts(grid: Grid, theirs: Texts) -> Texts:
    """Return the texts and errors of a workbook, as far as another library can have them, too."""
    ours = {
        (sheet.name, row, column): value
        for sheet in grid.sheets
        for row, cells in enumerate(sheet.rows, 1)
        for column, value in enumerate(cells, 1)
        if isinstance(value, str) and value.strip()
    }
    for sheet in grid.sheets:
        for place, error in sheet.errors.items():
            if grid.format == "ods":  # odfpy reads the text that some errors have
                theirs.pop((sheet.name, *place), None)
            else:
                ours[sheet.name, *place] = error
        for place in _covered(sheet.merged):  # openpyxl leaves out what a merged area hides
            if (sheet.name, *place) not in theirs:
                ours.pop((sheet.name, *place), None)
    return ours


def _covered(areas: list[tuple[int, int, int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the cells of merged areas but for the first of each."""
    for top, left, bottom, right in areas:
        places = ((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))
        yield from (place for place in places if place != (top, left))


def compare(ours: Texts, theirs: Texts, sheets: set[str]) -> Iterator[str]:
    """Yield where texts or their places differ; white space around a text is left to Excel."""
    for place in sorted({*ours, *theirs}):
        if place[0] not in sheets:
            continue
        one, other = (_plain(texts.get(place, "")) for texts in (ours, theirs))
        if one != other:
            yield f"{place[0]}!R{place[1]}C{place[2]}: {one[:60]!r}, det andra biblioteket {other[:60]!r}"


def _plain(text: str) -> str:
    return " ".join(unescaped(text).split())


def other_texts(kind: str, content: bytes) -> Texts | None:
    """Return the texts and error values that another library reads, None where none can."""
    readers = {"xlsx": _openpyxl, "xlsm": _openpyxl, "xls": _xlrd, "ods": _odfpy}
    try:
        with limited_time(len(content)):
            return readers[kind](content)
    except (Exception, OverTimeError):  # noqa: BLE001 - whatever another library stumbles on is not judged here
        return None


def _openpyxl(content: bytes) -> Texts:
    import openpyxl  # noqa: PLC0415 - only the workbook's own process needs it
    from openpyxl.worksheet import _reader  # noqa: PLC0415 - as above

    # It would put the targets of links into empty cells.
    _reader.WorksheetReader.bind_hyperlinks = lambda _: None
    if _is_strict(content):
        raise ValueError("openpyxl reads such workbooks as empty")
    book = openpyxl.load_workbook(BytesIO(content), data_only=True)
    return {
        (sheet.title, cell.row, cell.column): cell.value
        for sheet in book.worksheets
        for cell in _cells(sheet)
        if isinstance(cell.value, str) and cell.value.strip()
    }


def _is_strict(content: bytes) -> bool:
    """Whether a workbook is of the strict kind (ISO/IEC 29500-1), with namespaces of its own."""
    with ZipFile(BytesIO(content)) as package:
        return any(
            b"purl.oclc.org/ooxml" in package.read(name)
            for name in package.namelist()
            if name.endswith("workbook.xml")
        )


def _cells(sheet: Any) -> Iterator[Any]:
    """Return the cells that a sheet of openpyxl has; its public iterators make those between them, too."""
    return iter(list(sheet._cells.values()))  # noqa: SLF001 - see above


def _xlrd(content: bytes) -> Texts:
    import xlrd  # noqa: PLC0415 - may be missing

    book = xlrd.open_workbook(file_contents=content, logfile=BytesIO())
    found: Texts = {}
    for sheet in book.sheets():
        for row in range(sheet.nrows):
            for column, cell in enumerate(sheet.row(row), 1):
                if cell.ctype == xlrd.XL_CELL_TEXT and cell.value.strip():
                    found[sheet.name, row + 1, column] = cell.value
                elif cell.ctype == xlrd.XL_CELL_ERROR:
                    found[sheet.name, row + 1, column] = xlrd.error_text_from_code.get(cell.value, "#N/A")
    return found


def _odfpy(content: bytes) -> Texts:
    from odf import opendocument, table, teletype  # noqa: PLC0415 - may be missing
    from odf.text import P  # noqa: PLC0415 - as above

    found: Texts = {}
    for sheet in opendocument.load(BytesIO(content)).getElementsByType(table.Table):
        row = 0
        for line in sheet.getElementsByType(table.TableRow):
            rows = int(line.getAttribute("numberrowsrepeated") or 1)
            column = 0
            for cell in line.childNodes:
                columns = int(cell.getAttribute("numbercolumnsrepeated") or 1)
                if cell.getAttribute("valuetype") == "string" and rows * columns <= _MOST_REPEATED:
                    paragraphs = [one for one in cell.childNodes if one.qname == P().qname]
                    text = cell.getAttribute("stringvalue") or "\n".join(
                        map(teletype.extractText, paragraphs)
                    )
                    for at in range(rows * columns):
                        if text.strip():
                            place = row + at // columns + 1, column + at % columns + 1
                            found[sheet.getAttribute("name"), *place] = text
                column += columns
            row += rows
    return found


def judge_copy(content: bytes, grid: Grid) -> tuple[str, list[str]]:
    """Annotate the first cell with content of each sheet; return the verdict and what was lost."""
    findings = [
        Finding("CEL001", Severity.ERROR, sheet.name, "B2", "x", "Fel.", "Rätta.", 2, 2)
        for sheet in grid.sheets
    ]
    source = Source("bok.xlsx", grid.format, content)
    checked = Checked(Underlag(source, None, OrderDetails()), Options(), findings)
    made = annotated_workbook(checked)
    if made is None:
        return "ingen", ["ingen granskad kopia"]
    before, after = _parts(content), _parts(made[1])
    if len(set(before) & set(after)) < len(before) / 2:
        return "bara listan", []
    changed = [name for name in before if before[name] != after.get(name)]
    problems = [f"delen {name} är en annan" for name in changed if not _may_change(name)]
    try:
        with limited_time(len(content)):
            problems += _lost_comments(content, made[1])
    except OverTimeError:
        pass
    except Exception as error:  # noqa: BLE001 - openpyxl could read the original, or nothing is said of the copy
        problems.append(f"openpyxl öppnar inte kopian: {error}")
    return "hel" if not problems else "fel", problems


def _parts(content: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist() if not name.endswith("/")}


def _may_change(name: str) -> bool:
    """Whether the annotated copy changes a part: sheets, formats, notes, lists of parts and of sheets."""
    name = name.lower().replace("\\", "/")
    places = (
        "sheet",
        "styles",
        "comments",
        "vmldrawing",
        "workbook",
        "[content_types]",
        "docprops/app",
        "_xmlsignatures",
    )
    return name.endswith(".rels") or any(place in name for place in places)


def _lost_comments(before: bytes, after: bytes) -> list[str]:
    import openpyxl  # noqa: PLC0415 - only the workbook's own process needs it

    try:
        old = openpyxl.load_workbook(BytesIO(before))
    except Exception:  # noqa: BLE001 - then it cannot judge the copy either
        return []
    new = openpyxl.load_workbook(BytesIO(after))
    return [
        f"kommentaren i {sheet.title}!{cell.coordinate} är borta"
        for sheet in old.worksheets
        for cell in _cells(sheet)
        if cell.comment
        and cell.comment.text not in getattr(new[sheet.title][cell.coordinate].comment, "text", "")
    ]


if __name__ == "__main__":
    sys.exit(main())
