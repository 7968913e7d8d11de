"""Names of the package's files that documents refer to, and what a document is given to know of each file."""

import hashlib
from collections.abc import Mapping
from typing import Final, NamedTuple

#: The report page.
REPORT: Final = "rapport.html"
#: The file that is written last, for it lists all the others: it belongs to each package.
INDEX: Final = "rapport.json"
#: The rows that are not ordered.
LEFT_OUT: Final = "bortvalda.csv"
#: The draft of the reply to the region.
REPLY: Final = "svar.eml"
#: The draft of the mail to customer service.
MAIL: Final = "kundservice/mejl.eml"
#: Where the whole list of a bulk order stands, by what is to be done with it.
LIST_FILES: Final = {
    "add": "kundservice/logiska-adressater.csv",
    "remove": "kundservice/logiska-adressater-ta-bort.csv",
}
#: All addressees as a workbook.
LIST_WORKBOOK: Final = "kundservice/logiska-adressater.xlsx"
#: The pattern of the annotated workbook's name.
ANNOTATED: Final = r"granskad-.*"


class FileEntry(NamedTuple):
    """A file of the package: its name with folder, the SHA-256 of its bytes (hex) and their number."""

    name: str
    sha256: str
    size: int

    @classmethod
    def of(cls, name: str, content: bytes) -> "FileEntry":
        """Return the entry of a file with this content."""
        return cls(name, hashlib.sha256(content).hexdigest(), len(content))


class ListedFile(NamedTuple):
    """A file as a list of files shows it: what it is for, and its size; None where it is not made yet."""

    purpose: str
    size: int | None = None


#: The files of a package by name, in the order in which a list of them is read.
Files = Mapping[str, ListedFile]
