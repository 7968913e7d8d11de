"""Names of workbooks: their endings, and the prefixes of the program's own copies."""

from typing import Final

#: Endings of workbooks that may be filled in.
WORKBOOKS: Final = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
#: Endings of all files that a person means as workbooks, with templates; their bytes may say otherwise.
WORKBOOK_ENDINGS: Final = (*WORKBOOKS, ".xltx", ".xltm", ".xlt")
#: How the name of a workbook begins whose findings are marked in it.
ANNOTATED_PREFIX: Final = "granskad-"
#: How the name of a corrected workbook begins.
CORRECTED_PREFIX: Final = "rattad-"
#: How the names of the addressee lists of a package begin, which are no workbooks to order.
ADDRESSEE_LIST: Final = "logiska-adressater"
