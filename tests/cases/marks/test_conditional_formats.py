"""Conditional formats that strike through a unit or hide it, each with its verdict."""

import io

import pytest
from openpyxl import load_workbook
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Color, Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat

from tests.checks.examine import examine_content, mentions, verdict
from tests.support.packages import change_part
from tests.support.tables import ORDER_SHEET, STANDARD, workbook

SHEET = "Webcert -> Vårdsystem"
STRIKE, WHITE = {"font": Font(strike=True)}, {"font": Font(color="FFFFFFFF")}
RED = {"font": Font(color="FF9C0006"), "fill": PatternFill(bgColor="FFFFC7CE")}
WHITE_ON_BLUE = WHITE | {"fill": PatternFill(bgColor="FF1F4E79")}
BLACKED = {"fill": PatternFill(bgColor="FF000000")}
HIDDEN = {"numFmt": NumberFormat(numFmtId=170, formatCode=";;;")}
RUD = '$G2="Vårdcentralen Rud"'


def formatted(look, area, change=lambda _: None, **rule):
    book = load_workbook(io.BytesIO(workbook(STANDARD + ORDER_SHEET)))
    formula = [rule.pop("formula")] if "formula" in rule else []
    made = Rule(dxf=DifferentialStyle(**look), formula=formula, **rule)
    book[SHEET].conditional_formatting.add(area, made)
    change(book)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def case(expected, look, formula, area="A2:G4", change=lambda _: None):
    rule = {"type": "expression", "formula": formula} if isinstance(formula, str) else formula
    return pytest.param(expected, look, area, change, rule, id=f"{expected} {rule}")


def fill_header(book):
    for row in book[SHEET]["F2:G4"]:
        for cell in row:
            cell.fill = PatternFill("solid", fgColor=Color(theme=4))


def ended(book):
    sheet = book.create_sheet("Lista")
    sheet["A1"], sheet["A2"] = "HSA-ID", "SE162321000156-4HVV"


CONTAINS = {"type": "containsText", "operator": "containsText"}


@pytest.mark.parametrize(
    ("expected", "look", "area", "change", "rule"),
    [
        case("se", STRIKE, RUD),
        case("se", HIDDEN, RUD),
        case("se", WHITE, RUD),
        case("se", BLACKED, RUD),
        case("ren", RED, RUD),
        case("ren", WHITE_ON_BLUE, RUD),
        case("se", WHITE, RUD, "F2:F4"),
        case("ren", WHITE, RUD, change=fill_header),
        case("ren", STRIKE, RUD, "H2:J4"),  # cells without text
        case("ren", STRIKE, '$G2="Vårdcentralen Byn"'),
        case("se", STRIKE, 'NOT($G2<>"vårdcentralen rud")'),
        case("se", STRIKE, 'ISNUMBER(SEARCH("rud",$G2))'),
        case("ren", STRIKE, 'ISNUMBER(SEARCH("byn",$G2))'),
        case("se", STRIKE, 'NOT(ISERROR(FIND("Rud", $G2)))'),
        case("se", STRIKE, 'OR(LEFT($G2,4)="Tolk",FALSE)'),
        case("ren", STRIKE, 'AND(LEN(TRIM($G2))>0,RIGHT($G2,3)="Byn")'),
        case("ren", STRIKE, 'AND($I2<>"",$I2<TODAY())'),
        case("se", STRIKE, "$I2<TODAY()-30"),  # not computed
        case("se", STRIKE, 'VLOOKUP($F2,$F$2:$G$4,2,FALSE)="x"'),
        case("ren", RED, 'VLOOKUP($F2,$F$2:$G$4,2,FALSE)="x"'),
        case("ren", STRIKE, 'VLOOKUP($F2,$F$2:$G$4,2,FALSE)="x"', "H2:J4"),
        case("se", STRIKE, "COUNTIF(Lista!$A:$A,$F2)>0", change=ended),
        case("ren", STRIKE, "COUNTIF(Lista!$A:$A,$G2)>0", change=ended),
        case("se", STRIKE, 'COUNTIF($G2,"*rud")=1'),
        case("se", STRIKE, "ISBLANK($I2)"),
        case("ren", STRIKE, "ISTEXT($I2)"),
        case("ren", WHITE, "A3=A2", "A3:G4"),  # repeated values shown once
        case("se", STRIKE, CONTAINS | {"text": "rud"}),
        case("ren", STRIKE, CONTAINS | {"text": "avslut"}),
        case("se", STRIKE, {"type": "beginsWith", "operator": "beginsWith", "text": "Tolk"}),
        case("se", STRIKE, {"type": "cellIs", "operator": "equal", "formula": '"Vårdcentralen Rud"'}),
        case("ren", STRIKE, {"type": "cellIs", "operator": "lessThan", "formula": "10"}),
        case("ren", STRIKE, {"type": "duplicateValues"}, "F2:F4"),
        case("se", STRIKE, {"type": "uniqueValues"}, "F2:F4"),
        case("ren", STRIKE, {"type": "top10", "rank": 3}),
    ],
)
def test_a_conditional_format_counts_where_it_applies(expected, look, area, change, rule):
    checked = examine_content(formatted(look, area, change, **rule))

    assert verdict(checked) == expected, [(f.code, f.message) for f in checked.findings]


def test_the_row_and_the_formula_are_quoted():
    assert mentions(examine_content(formatted(STRIKE, "A2:G4", type="expression", formula=RUD)), "rad 3")
    unknown = examine_content(formatted(STRIKE, "F2:F4", type="expression", formula="INDEX($A:$A,ROW())>3"))
    assert [(f.code, f.cell) for f in unknown.findings] == [("FLI056", "F2")]
    assert mentions(unknown, "INDEX($A:$A,ROW())>3")


def test_a_rule_about_another_sheet_has_its_format_in_itself():
    rule = (
        '<extLst><ext uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}"'
        ' xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
        "<x14:conditionalFormattings><x14:conditionalFormatting"
        ' xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">'
        '<x14:cfRule type="expression" priority="1" id="{A}"><xm:f>COUNTIF(\'Beställning\'!$B:$B,$G2)=0</xm:f>'
        "<x14:dxf><font><strike/></font></x14:dxf></x14:cfRule><xm:sqref>F2:G4</xm:sqref>"
        "</x14:conditionalFormatting></x14:conditionalFormattings></ext></extLst></worksheet>"
    )
    content = change_part(
        workbook(STANDARD + ORDER_SHEET),
        "xl/worksheets/sheet2.xml",
        lambda part: part.replace(b"</worksheet>", rule.encode()),
    )
    assert {f.code for f in examine_content(content).findings} == {"FLI024"}
