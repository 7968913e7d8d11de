"""Writes text tables as .ods."""

from typing import Any
from xml.sax.saxutils import escape, quoteattr

from tests.support.packages import zip_package

_ODS_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
    ' xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
    ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3">'
    '<office:automatic-styles><style:style style:name="ta1" style:family="table"><style:table-properties'
    ' table:display="true"/></style:style><style:style style:name="ta2" style:family="table">'
    '<style:table-properties table:display="false"/></style:style>'
    '<style:style style:name="ta3" style:family="table" style:master-page-name="Sida">'
    '<style:table-properties table:display="true"/></style:style>'
    '<style:style style:name="ce1" style:family="table-cell">'
    '<style:text-properties style:text-line-through-style="solid"/></style:style>'
    '<style:style style:name="ce2" style:family="table-cell">'
    '<style:text-properties fo:color="#ffffff"/></style:style>'
    '<style:style style:name="T1" style:family="text">'
    '<style:text-properties style:text-line-through-style="solid"/></style:style></office:automatic-styles>'
    "<office:body><office:spreadsheet>"
)


def ods(sheets: list[Any]) -> bytes:
    """Write .ods as LibreOffice does: equal columns and blank rows once, with a count."""
    parts = [_ODS_HEAD, _ods_validations(sheets)]
    for text in sheets:
        width = max((len(row) for row in text.rows), default=1)
        parts.append(
            f'<table:table table:name={quoteattr(text.name)} table:style-name="ta{1 + text.hidden + 2 * bool(text.header)}">'
        )
        for column in range(1, width + 1):
            hidden = ' table:visibility="collapse"' if column in text.hidden_columns else ""
            parts.append(f"<table:table-column{hidden}/>")
        blank = 0
        for number, row in enumerate(text.rows, 1):
            hidden = ' table:visibility="collapse"' if number in text.hidden_rows else ""
            if not hidden and not any(row):
                blank += 1
                continue
            parts.append(_ods_blank(blank) + f"<table:table-row{hidden}>")
            blank = 0
            cells = (_ods_cell(text, number, column, cell) for column, cell in enumerate(row, 1))
            at = f"val-{sheets.index(text)}"
            parts += (
                one.replace(
                    "<table:table-cell", f'<table:table-cell table:content-validation-name="{at}-{cell}"'
                )
                if (cell := f"{chr(64 + column)}{number}") in text.prompts
                else one
                for column, one in enumerate(cells, 1)
            )
            parts.append("</table:table-row>")
        parts.append(_ods_blank(1048576 - len(text.rows)) + "</table:table>")
    names = [(name, stated) for text in sheets for name, stated in text.names.items()]
    parts += (
        f'<table:named-expression table:name="{name}" table:expression={quoteattr(f"of:={chr(34)}{stated}{chr(34)}")}/>'
        for name, stated in names
    )
    parts.append("</office:spreadsheet></office:body></office:document-content>")
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest'
        ' xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">'
        '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    return zip_package(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": "".join(parts).encode(),
            "styles.xml": _ods_pages(sheets),
            "META-INF/manifest.xml": manifest.encode(),
        }
    )


def _ods_validations(sheets: list[Any]) -> str:
    return "".join(
        f'<table:content-validation table:name="val-{number}-{cell}"><table:help-message table:title="OBS">'
        f"<text:p>{escape(shown)}</text:p></table:help-message></table:content-validation>"
        for number, text in enumerate(sheets)
        for cell, shown in text.prompts.items()
    )


def _ods_pages(sheets: list[Any]) -> bytes:
    shown = next((text.header for text in sheets if text.header), "")
    return (
        f"{_ODS_HEAD.partition('<office:automatic-styles>')[0].replace('document-content', 'document-styles')}"
        '<office:master-styles><style:master-page style:name="Default"/><style:master-page style:name="Sida">'
        f"<style:header><style:region-left><text:p>{escape(shown)}</text:p></style:region-left></style:header>"
        "</style:master-page></office:master-styles></office:document-styles>"
    ).encode()


def _ods_blank(count: int) -> str:
    return (
        f'<table:table-row table:number-rows-repeated="{count}"><table:table-cell/></table:table-row>'
        if count
        else ""
    )


def _ods_cell(text: Any, row: int, column: int, cell: Any) -> str:
    span = ""
    for first_row, first_column, last_row, last_column in text.merged:
        if (row, column) == (first_row, first_column):
            span = (
                f' table:number-columns-spanned="{last_column - first_column + 1}"'
                f' table:number-rows-spanned="{last_row - first_row + 1}"'
            )
        elif first_row <= row <= last_row and first_column <= column <= last_column:
            return "<table:covered-table-cell/>"
    note = ""
    if (row, column) in text.notes:
        lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in text.notes[row, column].split("\n"))
        note = f"<office:annotation><dc:creator>Någon</dc:creator>{lines}</office:annotation>"
    if (row, column) in text.boxes:
        shown = escape(text.boxes[row, column])
        note += f"<draw:frame><draw:text-box><text:p>{shown}</text:p></draw:text-box></draw:frame>"
    if (row, column) in text.struck | text.white:
        span += f' table:style-name="ce{1 if (row, column) in text.struck else 2}"'
    if isinstance(cell, str):
        lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in cell.split("\n"))
        if (row, column) in text.partly_struck:
            rest = f'<text:span text:style-name="T1">{escape(cell[1:])}</text:span>'
            lines = f"<text:p>{escape(cell[:1])}{rest}</text:p>"
        return (
            f'<table:table-cell office:value-type="string"{span}>{note}{lines}</table:table-cell>'
            if cell
            else f"<table:table-cell{span}>{note}</table:table-cell>"
        )
    if cell.kind == "formula" and cell.stored is None:
        return f"<table:table-cell table:formula={quoteattr(cell.value)}{span}/>"
    attributes, shown = {
        "number": lambda: (f'office:value-type="float" office:value="{cell.value!r}"', f"{cell.value:g}"),
        "date": lambda: (f'office:value-type="date" office:date-value="{cell.value}"', f"{cell.value}"),
        "bool": lambda: (
            f'office:value-type="boolean" office:boolean-value="{str(cell.value).lower()}"',
            str(cell.value),
        ),
        "error": lambda: (
            f'table:formula="of:={cell.value}" office:value-type="string" office:string-value="" calcext:value-type="error"',
            cell.value,
        ),
        "formula": lambda: (f'table:formula={quoteattr(cell.value)} office:value-type="string"', cell.stored),
    }[cell.kind]()
    return f"<table:table-cell {attributes}{span}><text:p>{escape(shown)}</text:p></table:table-cell>"
