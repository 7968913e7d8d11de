"""The list of sheets: ours becomes the first, and every index of a sheet is shifted."""

from typing import Final, NamedTuple

from underlag.documents.annotated_workbook.package import Package
from underlag.documents.annotated_workbook.properties import list_first_sheet
from underlag.documents.annotated_workbook.xmltext import (
    RELATIONSHIPS,
    UnfitError,
    add_reference,
    parse,
    reference,
)
from underlag.xml_tree import Element, child, children, local, name, namespace, serialize

_MAIN: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_MACRO: Final = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_SHEET_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_STYLES_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_STYLES_PART: Final = "xl/styles.xml"  # some readers look for no other name
# Parts that name the sheet by its place in the order.
_BEFORE_NAMES: Final = ("sheets", "functionGroups", "externalReferences")


class SheetEntry(NamedTuple):
    """A sheet as the workbook lists it."""

    name: str
    part: str
    visible: bool


class Workbook:
    """The workbook's main part.

    Raises:
        UnfitError: it is not what a workbook looks like.
    """

    def __init__(self, package: Package) -> None:
        self._package = package
        self.part = next((target for _, target in package.relations().of_type("/officeDocument")), "")
        self._root = parse(package.read(self.part))
        self.namespace = namespace(self._root)
        sheets = child(self._root, "sheets")
        if self.namespace not in RELATIONSHIPS or sheets is None:
            raise UnfitError("workbook")
        self._sheets = sheets
        self._relations = package.relations(self.part)

    @property
    def extension(self) -> str:
        """What Excel wants the file to be called by its content: xlsx or xlsm."""
        return "xlsm" if "macroenabled" in self._package.content_type(self.part).lower() else "xlsx"

    def sheets(self) -> list[SheetEntry]:
        """Return the sheets that have a part, in order."""
        targets = dict(self._relations.of_type(""))
        return [
            SheetEntry(sheet.get("name", ""), part, sheet.get("state", "visible") == "visible")
            for sheet in children(self._sheets, "sheet")
            if (part := targets.get(reference(sheet), ""))
        ]

    @property
    def is_1904(self) -> bool:
        """Whether its dates are counted from 1904, as in older Excel for Mac."""
        properties = child(self._root, "workbookPr")
        return properties is not None and properties.get("date1904") in ("1", "true")

    def styles_part(self) -> str:
        """Return the name of the part with formats, '' when the workbook has none."""
        return next((target for _, target in self._relations.of_type("/styles")), "")

    def put_styles(self, data: bytes) -> None:
        """Write the part with formats."""
        part = self.styles_part()
        if not part:
            part = (
                _STYLES_PART
                if _STYLES_PART not in self._package
                else self._package.free_name("xl/styles{}.xml")
            )
            self._relations.add(f"{RELATIONSHIPS[self.namespace]}/styles", part)
            self._package.declare(part, _STYLES_TYPE)
        self._package.write(part, data)

    def free_sheet_name(self, wanted: str) -> str:
        """Return the name, with a number if the workbook has such a sheet: Granskning 2."""
        taken = {sheet.get("name", "").casefold() for sheet in children(self._sheets, "sheet")}
        number, free = 1, wanted
        while free.casefold() in taken:
            number += 1
            free = f"{wanted} {number}"
        return free

    def insert_first(self, title: str) -> str:
        """Make a first, active sheet of this name; returns the name of its part, which is still to come."""
        worksheets = [each for each in self.sheets() if self._package.content_type(each.part) == _SHEET_TYPE]
        list_first_sheet(self._package, title, [each.name for each in worksheets])
        part = self._package.free_name("xl/worksheets/sheet{}.xml")
        self._package.declare(part, _SHEET_TYPE)
        element = Element(name(self._root, "sheet"), name=title)
        identities = [int(sheet.get("sheetId", "0")) for sheet in children(self._sheets, "sheet")]
        element.set("sheetId", str(max(identities, default=0) + 1))
        identity = self._relations.add(f"{RELATIONSHIPS[self.namespace]}/worksheet", part)
        add_reference(self._root, element, identity)
        self._sheets.insert(0, element)
        for defined in self._root.iter(name(self._root, "definedName")):
            if (place := defined.get("localSheetId")) is not None:
                defined.set("localSheetId", str(int(place) + 1))
        views = list(self._root.iter(name(self._root, "workbookView")))
        for number, view in enumerate(views):
            for attribute in ("activeTab", "firstSheet"):
                if number:  # a further window stays where it is
                    view.set(attribute, str(int(view.get(attribute, "0")) + 1))
                else:
                    view.attrib.pop(attribute, None)
        if not views:
            holder = Element(name(self._root, "bookViews"))
            holder.append(Element(name(self._root, "workbookView")))
            self._root.insert(list(self._root).index(self._sheets), holder)
        return part

    def define_name(self, title: str, reference: str, *, hidden: bool = False) -> None:
        """Give the first sheet a name of its own, such as its print titles."""
        names = child(self._root, "definedNames")
        if names is None:
            names = Element(name(self._root, "definedNames"))
            earlier = [at for at, part in enumerate(self._root) if local(part) in _BEFORE_NAMES]
            self._root.insert(earlier[-1] + 1, names)
        element = Element(name(self._root, "definedName"), name=title, localSheetId="0")
        names.append(element)
        if hidden:
            element.set("hidden", "1")
        element.text = reference

    def store(self) -> None:
        """Write the part; a template becomes an ordinary workbook, for so it is called."""
        self._package.write(self.part, serialize(self._root))
        self._package.declare(self.part, _MACRO if self.extension == "xlsm" else _MAIN)
