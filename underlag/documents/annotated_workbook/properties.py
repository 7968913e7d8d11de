"""The part with the document's properties (docProps/app.xml), which names every sheet.

Source: ECMA-376 part 1, 22.2.
"""

from underlag.documents.annotated_workbook.package import Package
from underlag.documents.annotated_workbook.xmltext import UnfitError, parse
from underlag.xml_tree import Element, child, children, local, serialize


def list_first_sheet(package: Package, title: str, others: list[str]) -> None:
    """Name a new first worksheet among those that are listed.

    A list that does not begin with one of the others is of a form that Excel does not write. It is taken out:
    Excel makes a new one.

    Args:
        package: its part is changed, if it has one.
        title: the new sheet's name.
        others: the names of the worksheets that were there before.
    """
    part = next((target for _, target in package.relations().of_type("/extended-properties")), "")
    try:
        root = parse(package.read(part))
    except UnfitError:  # missing or unreadable: no reason to refuse the workbook
        return
    lists = list(children(root, "HeadingPairs", "TitlesOfParts"))
    if not lists:
        return
    pairs = child(root, "HeadingPairs")
    count = None if pairs is None else next((part for part in pairs.iter() if local(part) == "i4"), None)
    names = child(root, "TitlesOfParts", "vector")
    if count is not None and names is not None and len(names) and names[0].text in others:
        names.insert(0, Element(names[0].tag))
        names[0].text = title
        names.set("size", str(len(names)))
        count.text = str(len(others) + 1)
    else:
        for element in lists:
            root.remove(element)
    package.write(part, serialize(root))
