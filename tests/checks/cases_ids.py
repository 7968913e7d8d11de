"""What provokes each finding about HSA-IDs and addresses, and what nearly does: edits of the standard workbook."""

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


#: code, edits, and all errors and warnings that they give
PROVOKED = [
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
    ("HSA004", unit("SE162321000156-4HVV NY"), both("HSA004")),
    ("HSA004", unit("SE162321000156-4H.V"), both("HSA004")),
    ("HSA004", unit("SE162321000156-4HÖV"), both("HSA004")),
    ("HSA005", unit("SE162321000156-4HVVABCDEFGHIJKLMNOP"), both("HSA005")),
    ("HSA006", unit("SE162321000156-4HVА"), both("HSA006")),
    ("HSA006", unit("SE16232100O156-4HVV"), both("HSA006")),
    ("HSA007", unit("19121212-1212"), both("HSA007")),
    ("HSA008", unit("TSTNMT2321000156-B02"), both("HSA008")),
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
    ("HSA005", unit("SE162321000156-4HVVABCDEFGHIJKL")),
    ("HSA006", unit("SE162321000156-O0I1")),
    ("HSA007", unit("SE162321000156-1212121212")),
    ("HSA008", unit("SE162321000156-TSTNMT")),
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
