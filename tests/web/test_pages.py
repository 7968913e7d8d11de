"""The pages through the WSGI test client, as a browser without scripts gets them."""

import io
import re
import zipfile
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest

import underlag
from tests.support.order_package import package_files
from tests.support.tables import NAME, ORDER_SHEET, STANDARD, workbook
from underlag.options import STOCKHOLM, Options
from underlag.web import app as web_app
from underlag.web import results

NOW = datetime(2027, 2, 1, 9, 0, tzinfo=STOCKHOLM)
RIGHT = workbook(STANDARD + ORDER_SHEET)
FAULTY = workbook((STANDARD + ORDER_SHEET).replace("SE162321000156-4HVT", "SE162321000165-4HVT"))
SAMPLES = Path(__file__).resolve().parents[2] / "sample_data"


class Clock:
    """A clock that a test can advance."""

    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def client(clock):
    return web_app.create_app(now=lambda: NOW, clock=clock).test_client()


def token_of(client) -> str:
    return re.search(r'name="nyckel" value="([^"]+)"', client.get("/").text)[1]


def send(client, content: bytes | None = RIGHT, *, name: str = NAME, **fields):
    """Send the form; fields may be files as (bytes, name)."""
    data = {"nyckel": token_of(client)}
    if content is not None:
        data["arbetsbok"] = (io.BytesIO(content), name)
    for key, value in fields.items():
        data[key] = (io.BytesIO(value[0]), value[1]) if isinstance(value, tuple) else value
    return client.post("/granska", data=data, content_type="multipart/form-data")


def result_of(client, *args, **fields) -> str:
    """Send the form and return the address of the result."""
    answer = send(client, *args, **fields)
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"]


def unpacked(client, address: str) -> dict[str, bytes]:
    answer = client.get(f"{address}paket.zip")
    assert answer.status_code == 200
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def expected_files(content: bytes, **options) -> dict[str, bytes]:
    asked = Options(now=NOW, **options)
    checked = underlag.check(underlag.read(content, asked, name=NAME), asked)
    return package_files(checked, [] if checked.blocked else underlag.make_orders(checked))


class Links(HTMLParser):
    """Collects the links of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):  # noqa: ARG002 - html.parser calls it so
        self.found += [
            value for name, value in attrs if name in ("href", "src") and not value.startswith("#")
        ]


def test_package_is_the_same_as_the_commands(client):
    address = result_of(client)

    assert unpacked(client, address) == expected_files(RIGHT)


def test_faulty_workbook_gives_report_and_marked_workbook_and_no_orders(client):
    address = result_of(client, FAULTY)

    files = unpacked(client, address)
    assert set(files) == {
        "rapport.html",
        "rapport.json",
        "granskad-Underlag-for-TAKning-Intygstjanster-NTjP-PROD-LiV.xlsx",
    }
    assert "Kan inte beställas" in client.get(address).text


def test_every_choice_reaches_the_program(client):
    choices = {"miljo": "PROD", "profil": "intygstjanster", "datum": "2027-04-06", "arende": "TSK-99"}

    address = result_of(client, FAULTY, **choices, hoppa_over_fel="1", ta_bort="1")

    files = unpacked(client, address)
    expected = expected_files(
        FAULTY,
        environment="PROD",
        profile="intygstjanster",
        date="2027-04-06",
        case_number="TSK-99",
        skip_faulty=True,
        remove=True,
    )
    assert "bortvalda.csv" in files
    assert files["tak/bestallning-2.json"] == expected["tak/bestallning-2.json"]
    assert files["bortvalda.csv"] == expected["bortvalda.csv"]


def test_order_file_is_read_and_not_kept(client, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    toml = b'arende = "TSK-777"\n[bestallare]\nnamn = "Beda Exempelsson"\n'

    address = result_of(client, workbook(STANDARD), bestallning=(toml, "../../bestallning.toml"))

    guide = unpacked(client, address)["bestallning-1-konsument.txt"].decode()
    assert "TSK-777" in guide
    assert "Beda Exempelsson" in guide
    assert list(tmp_path.iterdir()) == []


def test_tak_export_is_compared_with(client):
    content = (SAMPLES / "Underlag-for-TAKning-Intygstjanster-NTJP-PROD-LiV.xlsx").read_bytes()
    export = (SAMPLES / "takdump_ntjp_prod.json").read_bytes()

    address = result_of(client, content, tak=(export, "takdump_ntjp_prod.json"), bara_nytt="1")

    assert "Jämförelse med TAK" in client.get(address).text
    plain = result_of(client, content)
    assert len(unpacked(client, address)["kundservice/logiska-adressater.csv"]) < len(
        unpacked(client, plain)["kundservice/logiska-adressater.csv"]
    )


def test_tak_export_that_cannot_be_read_is_a_finding(client):
    address = result_of(client, tak=(b"{", "takdump.json"))

    page = client.get(address).text
    assert "TAK0" in page
    assert "Kan inte beställas" in page


def test_units_are_looked_up_in_a_list_from_the_hsa_catalogue(client):
    known = "HSA-ID;Namn\nSE162321000156-4HVT;Tolkcentralen Värmland\nSE162321000156-4HVV;Vårdcentralen Rud\n"

    page = client.get(result_of(client, hsa_lista=(known.encode(), "lista.csv"))).text

    assert "HSA03" in page
    assert "SE162321000156-4HVX" in page


def test_a_list_that_cannot_be_used_is_reported(client):
    answer = send(client, hsa_lista=(b"", "lista.csv"))

    assert answer.status_code == 400
    assert "lista.csv" in answer.text or "tom" in answer.text


def test_removal_without_an_export_is_warned_of(client):
    files = unpacked(client, result_of(client, ta_bort="1"))

    assert b"TAK051" in files["rapport.json"]


@pytest.mark.parametrize("content", [b"", b"ingen arbetsbok", b"PK\x03\x04 trasig", RIGHT[:3000]])
def test_what_is_no_workbook_is_a_finding_and_no_traceback(client, content):
    address = result_of(client, content)

    page = client.get(address).text
    assert "FIL0" in page
    assert "Traceback" not in page


def test_every_link_of_the_result_leads_somewhere(client):
    address = result_of(client)

    links = Links(client.get(address).text).found
    assert "paket.zip" in links
    assert "bestallning-1-konsument.html" in links
    for link in links:
        if not link.startswith("mailto:"):
            assert client.get(link if link.startswith("/") else address + link).status_code == 200, link


def test_files_are_sent_for_what_they_are(client):
    address = result_of(client)
    expected = {
        "rapport.html": ("text/html; charset=utf-8", "inline"),
        "bestallning-1-konsument.txt": ("text/plain; charset=utf-8", "inline"),
        "tak/bestallning-1.json": ("application/json", 'attachment; filename="bestallning-1.json"'),
        "kundservice/mejl.eml": ("message/rfc822", 'attachment; filename="mejl.eml"'),
    }

    for name, (kind, disposition) in expected.items():
        answer = client.get(address + name)
        assert answer.headers["Content-Type"] == kind
        assert answer.headers["Content-Disposition"].startswith(disposition)


def test_report_on_the_page_says_what_the_report_says(client):
    address = result_of(client)

    shown = client.get(address).text
    plain = unpacked(client, address)["rapport.html"].decode()
    texts = re.findall(r"<(?:h1|h2|h3|h4|p|li|dd)[^>]*>([^<]{3,})<", plain)
    assert texts
    assert [text for text in texts if text not in shown] == []


def test_only_the_copy_script_may_run_in_documents(client):
    address = result_of(client)

    answer = client.get(address + "bestallning-1-konsument.html")

    policy = answer.headers["Content-Security-Policy"]
    (script,) = re.findall(r"<script>(.*?)</script>", answer.text, re.DOTALL)
    assert "'unsafe-inline'" not in policy.partition("script-src")[2]
    assert sha256(script) in policy


def sha256(script: str) -> str:
    import base64  # noqa: PLC0415 - for this judge alone
    import hashlib  # noqa: PLC0415 - as above

    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def test_a_form_without_workbook_is_rejected_with_a_reason(client):
    answer = send(client, None)

    assert answer.status_code == 400
    assert "Välj den ifyllda arbetsboken." in answer.text


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"miljo": "UTBILDNING"}, "Miljön finns inte"),
        ({"profil": "x"}, "Profilen finns inte"),
        ({"arende": "x" * 201}, "högst 200 tecken"),
        ({"ta_bort": "kanske"}, "går inte att tolka"),
        ({"bara_nytt": "1"}, "kräver en export"),
    ],
)
def test_fields_that_cannot_be_used_are_reported_in_swedish(client, fields, said):
    answer = send(client, **fields)

    assert answer.status_code == 400
    assert said in answer.text


def test_what_a_visitor_writes_is_text_on_every_page(client):
    nasty = '"><script>alert(1)</script>'

    pages = [
        client.get("/", query_string={"arende": nasty}).text,
        client.get("/mall", query_string={"miljo": "PROD", "region": nasty}).text,
        client.get(result_of(client, name="<script>alert(1)< PROD-LiV.xlsx")).text,
    ]

    for page in pages:
        assert "<script>alert" not in page


@pytest.mark.parametrize(
    ("sent", "named"),
    [
        ("C:\\\\Exempel\\\\Underlag PROD-LiV.xlsx", "granskad-Underlag-PROD-LiV.xlsx"),
        ("../../etc/Underlag PROD-LiV.xlsx", "granskad-Underlag-PROD-LiV.xlsx"),
        ("Under\x00lag\u202e PROD-LiV.xlsx", "granskad-Underlag-PROD-LiV.xlsx"),
    ],
)
def test_names_lose_their_paths_and_what_cannot_be_seen(client, sent, named):
    address = result_of(client, FAULTY, name=sent)

    assert named in unpacked(client, address)


def test_empty_workbook_is_handed_out(client):
    answer = client.get("/mall", query_string={"miljo": "QA", "region": "LiV"})

    assert answer.status_code == 200
    assert "NTjP%20QA-LiV.xlsx" in answer.headers["Content-Disposition"]
    reading = underlag.read(answer.data, name="x.xlsx")
    assert (reading.underlag.environment, reading.underlag.region) == ("QA", "LiV")


def test_empty_workbook_of_another_profile(client):
    answer = client.get("/mall", query_string={"miljo": "PROD", "region": "LiV", "profil": "bulktakning"})

    assert underlag.read(answer.data, name="x.xlsx").underlag.profile.key == "bulktakning"


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"miljo": "PROD"}, "Regionens kortnamn"),
        ({"miljo": "PROD", "region": "a/b"}, "går inte att använda"),
        ({"region": "LiV"}, "Välj miljö"),
        ({"miljo": "X", "region": "LiV"}, "Miljön finns inte"),
    ],
)
def test_empty_workbook_that_cannot_be_made_is_reported(client, query, said):
    answer = client.get("/mall", query_string=query)

    assert answer.status_code == 400
    assert said in answer.text


def test_results_are_forgotten_after_an_hour(client, clock):
    address = result_of(client)
    assert client.get(address).status_code == 200

    clock.seconds += results.LIFETIME + 1

    answer = client.get(address)
    assert answer.status_code == 404
    assert "glöms efter en timme" in answer.text


def test_unknown_addresses_get_a_swedish_page(client):
    for address in ("/finns-inte", "/resultat/x/", "/paket/x.zip", result_of(client) + "finns-inte.txt"):
        answer = client.get(address)
        assert answer.status_code == 404
        assert "Sidan finns inte" in answer.text
    assert client.put("/granska").status_code == 405


@pytest.mark.parametrize("form", ["svara", "ratta", "val"])
def test_what_a_form_is_sent_to_leads_to_the_form_when_it_is_opened(client, form):
    result = result_of(client)

    assert client.get("/granska", follow_redirects=True).request.path == "/"
    shown = client.get(f"{result}{form}", follow_redirects=True)
    assert (shown.status_code, shown.request.path) == (200, result)


def test_too_large_a_form_gets_a_swedish_page(client, monkeypatch):
    monkeypatch.setitem(client.application.config, "MAX_CONTENT_LENGTH", 1000)

    answer = send(client)

    assert answer.status_code == 413
    assert "Filerna är för stora" in answer.text


def test_a_form_cut_short_gets_a_swedish_page(client):
    answer = client.post(
        "/granska", data=b"--x\r\nContent-Dis", content_type="multipart/form-data; boundary=x"
    )

    assert answer.status_code in (400, 403)
    assert "startsidan" in answer.text.lower()


def test_a_fault_of_the_program_shows_no_traceback_and_no_values(caplog):
    def broken(*_args):
        raise RuntimeError("hemligt 070-174 06 05")

    answer = send(web_app.create_app(work=broken).test_client())

    assert answer.status_code == 500
    assert "Felet ligger i programmet" in answer.text
    assert "Traceback" not in answer.text
    assert "hemligt" not in answer.text + caplog.text
    assert "RuntimeError" in caplog.text


def test_pages_request_nothing_from_elsewhere(client):
    for address in ("/", "/finns-inte"):
        for link in Links(client.get(address).text).found:
            assert link.startswith("/")
            assert client.get(link).status_code == 200
    for asset in ("/stil.css", "/sida.js", "/ikon.svg"):
        assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)", client.get(asset).text)


def test_fields_have_labels(client):
    result = client.get(result_of(client)).text

    for page in (client.get("/").text, result):
        ids = re.findall(r'<(?:input|select)[^>]* id="([^"]+)"', page)
        assert len(ids) > 3
        for each in ids:
            assert f'<label for="{each}">' in page
        assert "<script>" not in page
        assert " style=" not in page
