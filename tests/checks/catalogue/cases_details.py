"""Cases that provoke each finding about the order's details, and cases that nearly do."""

from tests.support.tables import NAME

PHONE = "070-174 06 05"


def detail(old, new):
    return [(4, old, new)]


#: code, file name, edits of the sheet with details, all errors and warnings
PROVOKED = [
    ("BST001", "Underlag LiV.xlsx", detail("| PROD ", "|  "), [("BST001", 4, "B1")]),
    ("BST002", NAME.replace("PROD-", ""), detail("| PROD ", "| Utbildning "), [("BST002", 4, "B1")]),
    ("BST002", NAME.replace("PROD-", ""), detail("| PROD ", "| PROD? "), [("BST002", 4, "B1")]),
    ("BST003", NAME, detail("| PROD ", "| QA "), [("BST003", 4, "B1")]),
    ("BST004", NAME, detail("2027-03-01", "vecka 9"), [("BST004", 4, "B3")]),
    ("BST033", NAME, detail("2027-03-01", "01/03/2027"), [("BST033", 4, "B3")]),
    ("BST039", NAME, detail("2027-03-01", "tisdag 1/3-2027"), [("BST039", 4, "B3")]),
    ("BST005", NAME, detail("2027-03-01", "2027-01-14"), [("BST005", 4, "B3")]),
    ("BST006", NAME, detail("2027-03-01", "2027-06-25"), [("BST006", 4, "B3")]),
    ("BST007", NAME, detail("2027-03-01", ""), [("BST007", 4, "B3")]),
    ("BST008", NAME, detail("2027-03-01", "2028-03-01"), [("BST008", 4, "B3")]),
    ("BST041", NAME, detail("2027-03-01", "2027-03-01 kl. 10.00"), [("BST041", 4, "B3")]),
    ("BST041", NAME, detail("2027-03-01", "2027-03-01 10:00:00"), [("BST041", 4, "B3")]),
    ("BST009", NAME, detail("TSK-12518", ""), [("BST009", 4, "B4")]),
    ("BST010", NAME, detail("TSK-12518", "12518"), [("BST010", 4, "B4")]),
    ("BST032", NAME, detail("TSK-12518", "XXXXX"), [("BST032", 4, "B4")]),
    ("BST032", NAME, detail(PHONE, "se ovan"), [("BST032", 4, "B7")]),
    ("BST032", NAME, detail("Tove Exempelsson", "kontakta IT"), [("BST032", 4, "B5")]),
    (
        "BST013",
        NAME,
        [*detail("Tove Exempelsson", "se ovan"), *detail(PHONE, "")],
        [("BST013", 4, "B7"), ("BST032", 4, "B5")],
    ),
    ("BST011", NAME, detail("tove@region.example.se", "tove(at)region.example.se"), [("BST011", 4, "B6")]),
    ("BST012", NAME, detail(PHONE, "ankn 7"), [("BST012", 4, "B7")]),
    ("BST013", NAME, detail(PHONE, ""), [("BST013", 4, "B7")]),
    ("BST014", "Underlag PROD.xlsx", detail("| LiV ", "|  "), [("BST014", 4, "B2")]),
    ("BST015", NAME, detail("| LiV ", "| RVN "), [("BST015", 4, "B2"), ("HSA045", 2, "")]),
    ("BST015", NAME.replace("LiV", "RVN Karlstad"), [], [("BST015", 4, "B2")]),
    ("BST015", NAME.replace("LiV", "LiV kommun"), [], [("BST015", 4, "B2")]),
]

NEARLY = [
    ("BST010", NAME, detail("TSK-12518", "cs 0123456 och TFF-12")),
    ("BST001", "Underlag LiV.xlsx", detail("| PROD ", "| Produktion ")),
    ("BST002", NAME, detail("| PROD ", "| NTJP PROD ")),
    ("BST003", NAME, detail("| PROD ", "| Produktion ")),
    ("BST004", NAME, detail("2027-03-01", "1 mars 2027")),
    ("BST004", NAME, detail("2027-03-01", "Ordinarie handläggningstid")),
    ("BST007", NAME, detail("2027-03-01", "ordinarie handläggningstid")),
    ("BST033", NAME, detail("2027-03-01", "15/11/2027")),
    ("BST033", NAME, detail("2027-03-01", "mån 1/3 2027")),
    ("BST039", NAME, detail("2027-03-01", "måndag 1/3-2027")),
    ("BST032", NAME, detail("Tove Exempelsson", "Samma Exempelsson")),
    ("BST005", NAME, detail("2027-03-01", "2027-01-15")),
    ("BST006", NAME, detail("2027-03-01", "2027-06-24")),
    ("BST007", NAME, detail("2027-03-01", "20270301")),
    ("BST008", NAME, detail("2027-03-01", "2028-01-14")),
    ("BST041", NAME, detail("2027-03-01", "2027-03-01 00:00:00")),
    ("BST009", NAME, detail("TSK-12518", "TSK-1")),
    ("BST010", NAME, detail("TSK-12518", "TSK-12519")),
    ("BST011", NAME, detail("tove@region.example.se", "tove.exempelsson@it.region.example.se")),
    ("BST012", NAME, detail(PHONE, "+46 (0)70 174 06 05")),
    ("BST013", NAME, detail("Tove Exempelsson", "T. Exempelsson")),
    ("BST014", "Underlag PROD.xlsx", detail("| LiV ", "| RVN ")),
    ("BST015", NAME, detail("| LiV ", "| liv ")),
    ("BST015", NAME.replace("LiV", "LiV bort"), []),
    ("BST015", NAME.replace("LiV", "Värmland vårdcentraler namn"), []),
]
