"""Validates a workbook's parts by the rules of ECMA-376, independently of the writer.

It asserts the rules whose violation makes Excel offer a repair: types, relationships, the order of elements,
indices of formats, and notes with their boxes.
"""

import posixpath
import re
from io import BytesIO
from zipfile import ZipFile

from lxml import etree

MAINS = {
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
}
REFERENCES = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
RELATIONSHIPS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
WORKSHEET_ORDER = [
    "sheetPr",
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "autoFilter",
    "sortState",
    "dataConsolidate",
    "customSheetViews",
    "mergeCells",
    "phoneticPr",
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "customProperties",
    "cellWatches",
    "ignoredErrors",
    "smartTags",
    "drawing",
    "legacyDrawing",
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
]
WORKBOOK_ORDER = [
    "fileVersion",
    "fileSharing",
    "workbookPr",
    "workbookProtection",
    "bookViews",
    "sheets",
    "functionGroups",
    "externalReferences",
    "definedNames",
    "calcPr",
    "oleSize",
    "customWorkbookViews",
    "pivotCaches",
    "smartTagPr",
    "smartTagTypes",
    "webPublishing",
    "fileRecoveryPr",
    "webPublishObjects",
    "extLst",
]


def parts(content: bytes) -> dict[str, bytes]:
    """The parts of a package by name; asserts that it can be unpacked and has each name once."""
    with ZipFile(BytesIO(content)) as package:
        names = package.namelist()
        assert package.testzip() is None
        assert len({name.casefold() for name in names}) == len(names)
        return {name: package.read(name) for name in names}


def relationships(files: dict[str, bytes], part: str) -> dict[str, tuple[str, str]]:
    """A part's relationships: id -> (type's last word, part name or address)."""
    folder, name = posixpath.split(part)
    data = files.get(f"{folder}/_rels/{name}.rels".lstrip("/"))
    if data is None:
        return {}
    found = {}
    for element in etree.fromstring(data):
        target = element.get("Target")
        if element.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            assert target in files, f"{part} refers to {target}, which is missing"
        assert element.get("Id") not in found, "an id stands twice"
        found[element.get("Id")] = (element.get("Type").rpartition("/")[2], target)
    return found


def check_package(content: bytes) -> dict[str, bytes]:
    """Assert that Excel would open the workbook without a repair; returns its parts."""
    files = parts(content)
    _check_types(files)
    book = next(t for kind, t in relationships(files, "").values() if kind == "officeDocument")
    sheets = _check_workbook(files, book)
    styles = next((t for kind, t in relationships(files, book).values() if kind == "styles"), None)
    formats = _check_styles(files[styles]) if styles else 1
    _check_titles(files, book)
    selected = [name for name in sheets if _check_sheet(files, name, formats)]
    assert selected == sheets[:1], "exactly the first sheet is selected"
    _check_blocks(files)
    return files


def _check_types(files):
    root = etree.fromstring(files["[Content_Types].xml"])
    defaults = {e.get("Extension").lower() for e in root if e.tag.endswith("}Default")}
    overrides = [e.get("PartName") for e in root if e.tag.endswith("}Override")]
    types = {e.get("PartName") or e.get("Extension").lower(): e.get("ContentType") for e in root}
    assert len(set(overrides)) == len(overrides)
    for name in overrides:
        assert name.lstrip("/") in files, f"a type for {name}, which is missing"
    for name, data in files.items():
        if name == "[Content_Types].xml":
            continue
        assert f"/{name}" in overrides or name.rpartition(".")[2].lower() in defaults, f"no type for {name}"
        if name.endswith(".rels"):
            assert types.get(f"/{name}", types.get("rels")) == RELATIONSHIPS_TYPE, f"no type for {name}"
        if name.endswith((".xml", ".rels")):
            root = etree.fromstring(data)
            own = relationships(files, name) if name.endswith(".xml") else {}
            for element in root.iter("*"):
                for attribute, value in element.attrib.items():
                    if attribute.startswith(tuple(f"{{{uri}}}" for uri in REFERENCES)) and value:
                        assert value in own, f"{name} refers to {value}"
        if name.endswith(".rels"):
            folder, leaf = posixpath.split(name)
            source = posixpath.join(posixpath.dirname(folder), leaf.removesuffix(".rels"))
            assert not leaf.removesuffix(".rels") or source in files, f"{name} belongs to nothing"


def _in_order(root, order):
    places = [
        order.index(etree.QName(e).localname)
        for e in root.iterchildren("{*}*")
        if etree.QName(e).namespace in MAINS
    ]
    assert places == sorted(places), f"elements out of order in {root.tag}"


def _check_workbook(files, book):
    root = etree.fromstring(files[book])
    assert etree.QName(root).namespace in MAINS
    _in_order(root, WORKBOOK_ORDER)
    sheets = list(root.find("{*}sheets"))
    for values in (
        [s.get("name").casefold() for s in sheets],
        [s.get("sheetId") for s in sheets],
    ):
        assert len(set(values)) == len(values)
    for name in root.iter("{*}definedName"):
        assert int(name.get("localSheetId", "0")) < len(sheets)
    pairs = [(n.get("name").casefold(), n.get("localSheetId")) for n in root.iter("{*}definedName")]
    assert len(set(pairs)) == len(pairs), "a name stands twice for one sheet"
    for view in root.iter("{*}workbookView"):
        assert int(view.get("activeTab", "0")) < len(sheets)
    own = relationships(files, book)
    return [own[next(v for k, v in s.attrib.items() if k.endswith("}id"))][1] for s in sheets]


def _check_titles(files, book):
    """The properties name the sheets that there are: worksheets first, then chart sheets, each in order."""
    kinds = relationships(files, "").values()
    part = next((target for kind, target in kinds if kind == "extended-properties"), None)
    titles = etree.fromstring(files[part]).find("{*}TitlesOfParts/{*}vector") if part else None
    if titles is None:
        return
    pairs = etree.fromstring(files[part]).find("{*}HeadingPairs/{*}vector")
    counts = [int(count.text) for count in pairs.iter("{*}i4")]
    own, named = relationships(files, book), {}
    for sheet in etree.fromstring(files[book]).find("{*}sheets"):
        kind = own[next(v for k, v in sheet.attrib.items() if k.endswith("}id"))][0]
        named.setdefault(kind, []).append(sheet.get("name"))
    listed = [title.text for title in titles]
    assert len(listed) == int(titles.get("size")) == sum(counts)
    expected = [*named["worksheet"], *named.get("chartsheet", ())]
    assert listed[: len(expected)] == expected
    assert counts[0] == len(named["worksheet"])


def _check_styles(data):
    root = etree.fromstring(data)
    _in_order(
        root,
        [
            "numFmts",
            "fonts",
            "fills",
            "borders",
            "cellStyleXfs",
            "cellXfs",
            "cellStyles",
            "dxfs",
            "tableStyles",
            "colors",
            "extLst",
        ],
    )
    number = {}
    for tag in ("fonts", "fills", "borders", "cellXfs"):
        collection = root.find(f"{{*}}{tag}")
        number[tag] = sum(1 for _ in collection.iterchildren("{*}*"))
        assert collection.get("count") in {None, str(number[tag])}
    for xf in root.find("{*}cellXfs"):
        for attribute, tag in (("fontId", "fonts"), ("fillId", "fills"), ("borderId", "borders")):
            assert int(xf.get(attribute, "0")) < number[tag]
    return number["cellXfs"]


def _check_sheet(files, name, formats):
    """Check one sheet; returns whether it is selected."""
    root = etree.fromstring(files[name])
    if root.tag.endswith("}worksheet"):
        _in_order(root, WORKSHEET_ORDER)
        assert len(list(root.iter("{*}legacyDrawing"))) <= 1  # also within an AlternateContent
        row_before = 0
        for row in root.find("{*}sheetData"):
            number = int(row.get("r", row_before + 1))
            assert number > row_before
            row_before, column_before = number, 0
            for cell in row:
                letters, digits = re.fullmatch(r"([A-Z]+)(\d+)", cell.get("r", f"A{number}")).groups()
                column = column_before + 1 if cell.get("r") is None else _column(letters)
                assert column > column_before
                assert int(digits) == number
                column_before = column
                assert int(cell.get("s", "0")) < formats
                assert sum(len(t.text or "") for t in cell.iterfind("{*}is/{*}t")) <= 32_767
        assert len(list(root.iter("{*}hyperlink"))) <= 65_530
        _check_notes(files, name, root)
    return any(v.get("tabSelected") in {"1", "true"} for v in root.iter("{*}sheetView"))


def _column(letters):
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _check_notes(files, name, root):
    own = relationships(files, name)
    comments = [target for kind, target in own.values() if kind == "comments"]
    if not comments:
        return
    assert len(comments) == 1
    tree = etree.fromstring(files[comments[0]])
    authors = len(tree.find("{*}authors"))
    cells = []
    for comment in tree.find("{*}commentList"):
        assert int(comment.get("authorId")) < authors
        letters, digits = re.fullmatch(r"([A-Z]+)(\d+)", comment.get("ref")).groups()
        cells.append((int(digits), _column(letters)))
        assert sum(len(t.text or "") for t in comment.iter("{*}t")) <= 32_767
    assert len(set(cells)) == len(cells), "two notes in one cell"
    drawing = next(root.iter("{*}legacyDrawing"), None)
    assert drawing is not None
    kind, target = own[next(iter(drawing.attrib.values()))]
    assert kind == "vmlDrawing"
    assert set(cells) == set(boxes(files[target])), "each note has its box"


def boxes(data: bytes) -> list[tuple[int, int]]:
    """Row and column of each note's box in a VML drawing."""
    found = []
    for _, shape in re.findall(rb"(?s)<(?P<p>(?:\w+:)?)shape\b(.*?)</(?P=p)shape>", data):
        if b'ObjectType="Note"' in shape:
            row, column = (
                int(re.search(rb"[<:]%s>(\d+)" % tag, shape)[1]) + 1 for tag in (b"Row", b"Column")
            )
            found.append((row, column))
            if anchor := re.search(rb"[<:]Anchor>([^<]*)<", shape):
                assert len(anchor[1].split(b",")) == 8
    assert len(set(found)) == len(found)
    return found


def _check_blocks(files):
    """Shape numbers are unique in the workbook and lie in the blocks of 1,024 that their drawing has claimed."""
    seen = []
    for name, data in files.items():
        if not name.endswith(".vml"):
            continue
        root = etree.fromstring(data)
        blocks = {int(b) for m in root.iter("{*}idmap") for b in m.get("data").split(",")}
        identities = [re.fullmatch(r"_x0000_s(\d+)", shape.get("id", "")) for shape in root.iter("{*}shape")]
        numbers = [int(identity[1]) for identity in identities if identity]
        assert {number // 1024 for number in numbers} <= blocks
        seen += numbers
    assert len(set(seen)) == len(seen)
