"""Edits of the standard workbook that provoke each finding about HSA-IDs and addresses, and edits that nearly do."""

UNIT = "SE162321000156-4HVV"
URL = "https://tph2.liv.sjunet.org:50001/WebCertFormStatusUpdateWebService/FormStatusUpdate/3_0/rivtabp21"

FIXED_URL = "https://webcert.ntjp.intygstjanster.se/services/send-message-to-care/v2.0"


def with_profile(url, profile):
    """Put a column for the RIV-TA profile after the address in sheet 2; it becomes D."""
    return [
        (2, "| Anropsadress (URL) |", "| Anropsadress (URL) | RIV-TA-profil |"),
        (2, f"{URL} |", f"{url} | {profile} |"),
        (2, "|  |  |  |  |  | SE", "|  |  |  |  |  |  | SE"),
    ]


def unit(new):
    """Replace the second unit in both sheets."""
    return [(2, UNIT, new), (3, UNIT, new)]


def both(code):
    return [(code, 2, "F3"), (code, 3, "E3")]


def url(new):
    return [(2, URL, new)]


def second_url(new):
    """Give the second unit an address of its own."""
    return [(2, "|  |  |  |  |  | SE162321000156-4HVV", f"|  |  | {new} |  |  | SE162321000156-4HVV")]


def counting(pattern, column=2):
    """Give the three units values that count up."""
    old = (URL, "SE162321000156-B3K")[column == 0]
    rows = [(2, old, pattern % 1)]
    for number, suffix in ((2, "4HVV"), (3, "4HVX")):
        cells = ["", "", "", "", ""]
        cells[column] = pattern % number
        rows.append(
            (
                2,
                f"|  |  |  |  |  | SE162321000156-{suffix}",
                f"| {' | '.join(cells)} | SE162321000156-{suffix}",
            )
        )
    return rows


def stray(last):
    """Add four units to both sheets, the last one with this id."""
    return of_regions(last)


def of_regions(*others):
    """Add units to both sheets, the last ones with these ids."""
    units = [*(f"SE162321000156-4HW{n}" for n in range(5 - len(others))), *others]
    names = (
        "Vårdcentralen Gripen",
        "Vårdcentralen Ed",
        "Vårdcentralen Årjäng",
        "Vårdcentralen Kil",
        "Ekshäradshälsan",
    )
    rows = list(zip(units, names, strict=True))
    return [
        (
            2,
            "|  |  |  |  |  | SE162321000156-4HVX | Vårdcentralen Gripen |",
            "\n".join(f"|  |  |  |  |  | {u} | {n} |" for u, n in rows),
        ),
        (
            3,
            "|  |  |  |  | SE162321000156-4HVX | Vårdcentralen Gripen |",
            "\n".join(f"|  |  |  |  | {u} | {n} |" for u, n in rows),
        ),
    ]


#: code, edits, and all resulting errors and warnings
PROVOKED = [
    ("HSA040", unit("SE162321000156-4HVV ersätter SE162321000156-4HZZ"), both("HSA040")),
    ("HSA040", unit("SE162321000156-4HVV -> SE162321000156-4HZZ"), both("HSA040")),
    ("HSA040", unit("SE162321000156-4HVV\\n(ersätter SE162321000156-4HZZ)"), both("HSA040")),
    ("HSA040", unit("SE162321000156-4HVV (tidigare SE162321000156-4HZZ)"), both("HSA040")),
    ("URL017", second_url(URL + "/"), [("URL017", 2, "C2")]),
    (
        "URL017",
        [(2, URL, "https://a.sjunet.org/x"), *second_url("https://a.sjunet.org:443/x")],
        [("URL017", 2, "C2")],
    ),
    ("URL018", url("https://tph2.liv.sjunet.org/tjanst?wsdl"), [("URL018", 2, "C2")]),
    ("URL018", url("https://tph2.liv.sjunet.org/tjanst.WSDL"), [("URL018", 2, "C2")]),
    ("URL019", url("https://tph2.liv.sjunet.org//x/rivtabp21"), [("URL019", 2, "C2")]),
    ("URL022", url("https://tph2.liv.sjunet.org/x/rivtabp21."), [("URL022", 2, "C2")]),
    ("URL023", url("https://tph2.liv.sjunet.org:80/x/rivtabp21"), [("URL023", 2, "C2")]),
    ("URL020", url("https://qa.esb.ntjp.se/vp/rivtabp21"), [("URL020", 2, "C2")]),
    ("URL020", url("https://a.ntjp.sjunet.org/vp/rivtabp21"), [("URL020", 2, "C2")]),
    (
        "URL021",
        counting("https://tph2.liv.sjunet.org:5000%d/x"),
        [("URL021", 2, "C2")],
    ),
    ("KOM012", counting("SE162321000156-B%dK", 0), [("KOM012", 2, "A2"), ("URL001", 2, "C3")]),
    ("HSA041", stray("SE2321000131-4HVX"), []),
    ("HSA042", of_regions("SE2321000131-4HW0", "SE2321000131-4HW1"), [("HSA042", 2, "")]),
    ("HSA045", [(4, "| LiV ", "| Dalarna ")], [("HSA045", 2, ""), ("BST015", 4, "B2")]),
    (
        "HSA045",
        [(4, "| LiV ", "| Dalarna "), *stray("SE5560360793-4HVX")],
        [("HSA045", 2, ""), ("BST015", 4, "B2")],
    ),
    (
        "HSA045",
        [(4, "| LiV ", "| Dalarna "), *stray("SE2321000180-4HVX")],
        [("HSA045", 2, ""), ("BST015", 4, "B2")],
    ),
    ("CEL018", [(2, "SE162321000156-4HV", "'SE162321000156-4HV")], []),
    ("CEL018", [(3, "SE162321000156-4HV", "se162321000156-4HV")], []),
    ("CEL019", [(2, "Vårdcentralen Rud", "Vårdcentralen Rud 🏥")], [("CEL019", 2, "G3")]),
    ("HSA001", unit(""), both("HSA001")),
    ("HSA001", [(1, "SE162321000156-4H4F", "")], [("HSA001", 1, "A2")]),
    ("HSA002", unit("SE1623210001564HVV-"), both("HSA002")),
    ("HSA002", unit("VÅRDENHET"), both("HSA002")),
    ("HSA002", unit("Vårdcentralen Rud (norr)"), both("HSA002")),
    ("HSA003", unit("SE162321000165-4HVV"), both("HSA003")),
    ("HSA004", unit("SE162321000156 4HVV-"), both("HSA004")),
    ("HSA044", unit("SE162321000156-4HVV NY"), both("HSA044")),
    ("HSA044", unit("SE162321000156-4HVV (ej Cosmic)"), both("HSA044")),
    ("HSA044", unit("SE162321000156-4HVV*"), both("HSA044")),
    ("HSA044", [(3, "SE5565594230-B8N", "SE5565594230-B8N?")], [("HSA044", 3, "A2")]),
    ("URL024", url(f"{URL} (from 1/12)"), [("URL024", 2, "C2")]),
    ("URL024", url(f"{URL} NY"), [("URL024", 2, "C2")]),
    ("URL024", url(f"{URL}*"), [("URL024", 2, "C2")]),
    ("URL022", url(f"{URL}?"), [("URL022", 2, "C2")]),
    ("URL022", url(f"{URL}?wait"), [("URL022", 2, "C2")]),
    ("HSA004", unit("SE162321000156-4H.V"), both("HSA004")),
    ("HSA004", unit("SE162321000156-4HÖV"), both("HSA004")),
    ("HSA005", unit("SE162321000156-4HVVABCDEFGHIJKLMNOP"), both("HSA005")),
    ("HSA006", unit("SE162321000156-4HVА"), both("HSA006")),
    ("HSA006", unit("SE16232100O156-4HVV"), both("HSA006")),
    ("HSA007", unit("19121212-1212"), both("HSA007")),
    ("HSA008", unit("TSTNMT2321000156-B02"), both("HSA008")),
    ("HSA043", unit("SE2321000156-ABCD"), both("HSA043")),
    ("HSA043", [(1, "SE162321000156-4H4F", "SE2321000156-4HVT")], [("HSA009", 2, "F2"), ("HSA043", 1, "A2")]),
    ("HSA009", [(3, UNIT, "SE2321000156-4HVV")], [("HSA009", 3, "E3")]),
    ("URL001", url(""), [("URL001", 2, "C2")]),
    ("URL002", url("tjänsten hos oss"), [("URL002", 2, "C2")]),
    ("URL002", url("https://server/rivtabp21"), [("URL002", 2, "C2")]),
    ("URL003", url("http://tph2.liv.sjunet.org/rivtabp21"), [("URL003", 2, "C2")]),
    ("URL004", url("https://tph2.liv.sjunet.org/a=b/rivtabp21"), [("URL004", 2, "C2")]),
    ("URL005", url("https://tph2.liv.sjunet.org/" + "a" * 240), [("URL005", 2, "C2")]),
    ("URL006", url("https://tph2.liv.sjunet.org/a b/rivtabp21"), [("URL006", 2, "C2")]),
    ("URL007", url("https://10.1.2.3/rivtabp21"), [("URL007", 2, "C2")]),
    ("URL008", url("https://localhost/rivtabp21"), [("URL008", 2, "C2")]),
    ("URL009", url("https://tph2-test.liv.sjunet.org/rivtabp21"), [("URL009", 2, "C2")]),
    ("URL010", with_profile(URL, "RIVTABP20"), [("URL010", 2, "C2")]),
    ("URL011", url("https://tph2.liv.sjunet.org/send-message-to-care/rivtabp21"), [("URL011", 2, "C2")]),
    ("URL012", url("https://tph2.liv.sjunet.org/CertificateStatusUpdateForCare/v1"), [("URL012", 2, "C2")]),
    ("URL012", url("https://tph2.liv.sjunet.org/CertificateStatusUpdateForCareV2"), [("URL012", 2, "C2")]),
    (
        "URL013",
        [
            (
                2,
                "|  |  |  |  |  | SE162321000156-4HVV",
                "|  |  | https://b.liv.sjunet.org/x |  |  | SE162321000156-4HVV",
            )
        ],
        [("URL013", 2, "C3")],
    ),
    (
        "URL014",
        [(2, URL, "https://a.sjunet.org/x"), (3, FIXED_URL, "https://a.sjunet.org/x")],
        [("KOM007", 3, "B2"), ("URL014", 3, "B2")],
    ),
    ("URL015", with_profile(URL, "RIVTABP99"), [("URL015", 2, "D2")]),
    ("URL016", url("https://tph2.liv.sjunet.org/rivtabp20"), [("URL016", 2, "C2")]),
    ("URL016", url("https://tph2.liv.sjunet.org/rivtabp22"), [("URL016", 2, "C2")]),
    ("URL016", with_profile("https://tph2.liv.sjunet.org/rivtabp20", ""), [("URL016", 2, "C2")]),
]

#: code, and edits after which it must not be found
NEARLY = [
    ("HSA040", unit("SE162321000156-4HVV (ny)")),
    ("HSA040", [(2, UNIT, "SE162321000156-4HVV\\nSE162321000156-4HZZ")]),
    ("URL017", second_url(URL.upper().replace("HTTPS://TPH2.LIV.SJUNET.ORG", "https://tph2.liv.sjunet.org"))),
    ("URL018", url("https://tph2.liv.sjunet.org/wsdl/tjanst")),
    ("URL019", url("https://tph2.liv.sjunet.org/a/b/rivtabp21/")),
    ("URL022", url("https://tph2.liv.sjunet.org/a.b/rivtabp21/")),
    ("URL022", url(f"{URL}?miljo=prod")),
    ("URL023", url("https://tph2.liv.sjunet.org:8080/x/rivtabp21")),
    ("URL020", url("https://webcert.ntjp.intygstjanster.se/rivtabp21")),
    ("URL020", url("https://minesb.ntjp.se.example.se/rivtabp21")),
    ("URL021", second_url("https://tph2.liv.sjunet.org:50002/x")),
    (
        "KOM012",
        [
            (
                2,
                "|  |  |  |  |  | SE162321000156-4HVV",
                "| SE162321000156-B4K |  |  |  |  | SE162321000156-4HVV",
            )
        ],
    ),
    ("HSA041", stray("SE162321000156-4HVX")),
    ("HSA042", of_regions("SE2321000156-4HW0", "SE2321000156-4HW1")),
    ("HSA042", of_regions("SE5560360793-4HW0", "SE5560360793-4HW1")),
    ("HSA045", [(4, "| LiV ", "| Region Värmland ")]),
    ("HSA045", [(4, "| LiV ", "| Capio ")]),
    ("HSA045", stray("SE2321000180-4HVX")),
    ("HSA045", of_regions(*(f"SE5560360793-4HW{n}" for n in range(5)))),
    (
        "CEL018",
        [
            (2, "SE162321000156-4HVT", "'SE162321000156-4HVT"),
            (2, "SE162321000156-4HVV", "'SE162321000156-4HVV"),
        ],
    ),
    ("CEL019", [(2, "Vårdcentralen Rud", "Vårdcentralen Rud ☎")]),
    ("HSA001", unit("SE2321000156-4HVV")),
    ("HSA002", unit("SE162321000156-1")),
    ("HSA003", unit("SE165565594230-4HVV")),
    ("HSA004", unit("se162321000156-4hvv")),
    ("HSA044", unit("SE 162321000156-4HVV")),
    ("URL024", url("https://tph2.liv.sjunet.org/a?b")),
    ("HSA005", unit("SE162321000156-4HVVABCDEFGHIJKL")),
    ("HSA006", unit("SE162321000156-O0I1")),
    ("HSA007", unit("SE162321000156-1212121212")),
    ("HSA008", unit("SE162321000156-TSTNMT")),
    ("HSA043", unit("SE2321000156-4ABC")),
    ("HSA043", unit("SE2321000156-4HVT")),
    ("HSA009", [(3, UNIT, "SE165565594230-4HVV")]),
    ("URL001", url("https://a.se/rivtabp21")),
    ("URL002", url("https://server.example.se")),
    ("URL003", url("HTTPS://tph2.liv.sjunet.org/rivtabp21")),
    ("URL004", url("https://tph2.liv.sjunet.org/a_b.c:d?e&f-g/rivtabp21")),
    ("URL005", url("https://tph2.liv.sjunet.org/" + "a" * 227)),
    ("URL006", url("  " + "https://tph2.liv.sjunet.org/a/rivtabp21")),
    ("URL007", url("https://10-1-2-3.sjunet.org/rivtabp21")),
    ("URL008", url("https://localhost.sjunet.org/rivtabp21")),
    ("URL009", url("https://protest.liv.sjunet.org/qa/rivtabp21")),
    ("URL010", url("https://tph2.liv.sjunet.org/rivtabp20/rivtabp21")),
    ("URL011", url("https://tph2.liv.sjunet.org/send-message-to-care/certificate-status-update-for-care")),
    ("URL012", url("https://tph2.liv.sjunet.org/CertificateStatusUpdateForCare/v3.1")),
    ("URL013", [(2, "|  |  |  |  |  | SE162321000156-4HVV", f"|  |  | {URL} |  |  | SE162321000156-4HVV")]),
    ("URL014", url("https://webcert.ntjp.intygstjanster.se/services/certificate-status-update-for-care/v3")),
    ("URL015", with_profile(URL, "rivtabp21")),
    ("URL016", with_profile("https://tph2.liv.sjunet.org/rivtabp20", "RIVTABP20")),
    ("URL016", url("https://tph2.liv.sjunet.org/a")),
]
