"""The bestallning.toml that came with a workbook, in the same mail or the same folder of a zip file."""

from typing import Final

from underlag.batch.inbox.members import Members
from underlag.batch.inbox.refusal import UnusableError
from underlag.files.limits import TOML
from underlag.files.workbook_names import ADDRESSEE_LIST, WORKBOOK_ENDINGS
from underlag.reading.order_details.order_file import NAME
from underlag.reading.order_details.order_file_beside import are_one_workbook, names_workbook

#: Why one is not used, as the reason of a rejected file.
UNUSED: Final = "används inte: det framgår inte vilken arbetsbok den gäller"


def order_files(opened: Members) -> dict[int, bytes]:
    """Return the order file of each workbook of a container that has one, by the workbook's place.

    A file is a workbook's where it names it, or where no other workbook came with it.
    """
    found: dict[int, bytes] = {}
    for place, name in enumerate(opened.names):
        if not is_order_file(name):
            continue
        try:
            content = opened.content(place)
        except UnusableError:
            continue  # reported where every file is
        if len(content) > TOML.value * 1000:
            continue
        workbooks = _workbooks_with(opened, place)
        alone = are_one_workbook(workbooks.values())
        for index, workbook in workbooks.items():
            if alone or names_workbook(content, workbook):
                found.setdefault(index, content)
    return found


def is_order_file(name: str) -> bool:
    """Whether a member of a container is an order file by its name."""
    return _last(name).casefold() == NAME


def _workbooks_with(opened: Members, place: int) -> dict[int, str]:
    """Return the workbooks that came in the same folder, and the same mail, as a file."""
    mails = opened.mails
    return {
        index: _last(name)
        for index, name in enumerate(opened.names)
        if name.casefold().endswith(WORKBOOK_ENDINGS)
        and not _last(name).casefold().startswith(ADDRESSEE_LIST)
        and _folder(name) == _folder(opened.names[place])
        and (mails is None or mails[index] == mails[place])
    }


def _last(name: str) -> str:
    return name.replace("\\", "/").rpartition("/")[2]


def _folder(name: str) -> str:
    return name.replace("\\", "/").rpartition("/")[0]
