"""Names of package files that documents refer to, and the data on files that documents receive."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from underlag.checksum import sha256_of
from underlag.files.workbook_names import ADDRESSEE_LIST, ANNOTATED_PREFIX

#: The report page.
REPORT: Final = "rapport.html"
#: The index, written last because it lists all other files; every package has one.
INDEX: Final = "rapport.json"
#: The rows that are not ordered.
LEFT_OUT: Final = "bortvalda.csv"
#: The draft of the reply to the region.
REPLY: Final = "svar.eml"
#: The draft of the mail to customer service.
MAIL: Final = "kundservice/mejl.eml"
#: The complete list of a bulk order, by its action.
LIST_FILES: Final = {
    "add": f"kundservice/{ADDRESSEE_LIST}.csv",
    "remove": f"kundservice/{ADDRESSEE_LIST}-ta-bort.csv",
}
#: All addressees as a workbook.
LIST_WORKBOOK: Final = f"kundservice/{ADDRESSEE_LIST}.xlsx"
#: The pattern of the annotated workbook's name.
ANNOTATED: Final = rf"{ANNOTATED_PREFIX}.*"


class FileEntry(NamedTuple):
    """A file of the package: its name with folder, the SHA-256 of its bytes (hex) and their number."""

    name: str
    sha256: str
    size: int

    @classmethod
    def of(cls, name: str, content: bytes) -> "FileEntry":
        """Return the entry of a file with this content."""
        return cls(name, sha256_of(content), len(content))


class ListedFile(NamedTuple):
    """A file as lists of files show it: its purpose, and its size; None when it is not made yet."""

    purpose: str
    size: int | None = None


#: The files of a package by name, in reading order.
Files = Mapping[str, ListedFile]
