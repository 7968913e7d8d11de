"""The table of a package's files: each file has its line, its purpose and its place."""

import re
from dataclasses import replace

import pytest

from tests.documents.examples import checked, entry, order, some_finding, three_orders, units
from tests.support.order_package import package_files
from underlag.checked import LeftOut
from underlag.documents.package_names import FileEntry
from underlag.package.files import FILES, described

LEFT_OUT = LeftOut("webcert-vardsystem", entry(7), [some_finding()])


def packages():
    """Packages that together have every kind of file."""
    result = checked([some_finding()])
    result.left_out = [LEFT_OUT]
    removal = order(1, action="remove", addressees=units(30), total=1)
    yield package_files(result, three_orders(25))
    yield package_files(checked(), [removal])
    yield package_files(checked(), three_orders(25), mailed=False)
    decided = checked()
    details = decided.underlag.details._replace(order_file_content=b'arende = "TSK-7"')
    decided.underlag = replace(decided.underlag, details=details)
    yield package_files(decided, three_orders(25))


def test_every_file_has_one_line_with_a_purpose():
    names = {name for files in packages() for name in files}
    lines = {name: [kind for kind in FILES if re.fullmatch(kind.name, name)] for name in names}

    assert all(len(kinds) == 1 and kinds[0].purpose for kinds in lines.values())
    assert {kind.name for kinds in lines.values() for kind in kinds} == {kind.name for kind in FILES}


def test_a_file_without_a_line_is_refused():
    with pytest.raises(LookupError, match="FILES"):
        described([FileEntry("utan-rad.txt", "", 1)])


def test_files_are_listed_in_reading_order():
    names = ["tak/bestallning-10.json", "tak/bestallning-9.json", "bortvalda.csv", "bestallning-1-x.txt"]
    files = described(FileEntry(name, "", 1) for name in names)

    assert list(files) == [
        "bortvalda.csv",
        "bestallning-1-x.txt",
        "tak/bestallning-9.json",
        "tak/bestallning-10.json",
        "rapport.json",
    ]
    assert files["rapport.json"].size is None
    assert described([]) == {}
