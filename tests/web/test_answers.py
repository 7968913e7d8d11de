"""Questions about a workbook are answered on its page; the answers count as those in bestallning.toml do."""

import re
from html import unescape

import pytest

import underlag
from tests.checks.examine import altered, column, layout
from tests.support.order_package import package_files
from tests.support.tables import NAME, ORDER_SHEET, STANDARD, workbook
from tests.web.visitor import NOW, Visitor
from underlag.options import Options
from underlag.tak.compare.compared import compare_with_tak

SHEET = "Webcert -> Vårdsystem"


@pytest.fixture
def visitor():
    return Visitor()


def questions(page: str) -> dict[str, str]:
    """Return the keys of the questions on a page by their texts."""
    forms = re.findall(r'<form method="post" action="svara" class="svar">.*?</form>', page)
    return {
        unescape(re.search(r"(?:Svara<span class=\"dolt\">: )(.*?)</span>", form)[1]): re.search(
            r'name="fraga" value="([^"]+)"', form
        )[1]
        for form in forms
    }


def answer(visitor, address, question, label, page=""):
    key = questions(visitor.page(address + page))[question]
    return visitor.post(address + "svara", fraga=key, svar=label)


def send(visitor, *edits, form="xlsx", **files):
    name = NAME.replace("xlsx", form)
    return visitor.send((workbook(altered(*edits), format=form), name), *files.values())


def of_the_command(visitor, address, content, tmp_path):
    """Return the package that `bestall` makes with the bestallning.toml that the page offers."""
    path = tmp_path / "bestallning.toml"
    path.write_bytes(visitor.client.get(address + "bestallning.toml").data)
    options = Options(now=NOW, order_file=path)
    checked, *_ = compare_with_tak(underlag.check(underlag.read(content, options, name=NAME), options), None)
    return package_files(checked, [] if checked.blocked else underlag.make_orders(checked))


@pytest.mark.parametrize("form", ["xlsx", "ods"])
def test_the_meaning_of_a_column_is_chosen_at_its_finding(form, visitor):
    address = send(visitor, *column("Noterat", "nytt", "", "flyttad"), form=form)

    response = answer(visitor, address, "Vad betyder kolumnen ”Noterat”?", "bortse")

    assert response.headers["Location"].endswith("#andrat")
    page = visitor.page(address)
    assert "1 fråga är besvarad. Arbetsboken är granskad igen." in page
    assert "Inga fel och inget att se över." in page
    assert '"Noterat"' not in questions(page)
    assert 'Noterat = "bortse"' in visitor.client.get(address + "bestallning.toml").text


def test_advice_names_the_form_beside_it_and_no_file(visitor):
    edits = (*layout("textbox B9 Beställ inte än"), *column("Kommentar", "", "utgår", ""))
    page = visitor.page(send(visitor, *edits))
    advice = " ".join(re.findall(r"<strong>Gör så här:</strong>.*?</p>", page))

    assert "svara här nedanför" in advice
    assert "bestallning.toml" not in advice
    assert "Vad gäller för ”Beställ inte än”?" in questions(page)


def test_a_column_that_decides_which_rows_are_ordered(visitor, tmp_path):
    content = workbook(altered(*column("Noterat", "ja", "nej", "ja")))
    address = visitor.send((content, NAME))

    answer(visitor, address, "Vad betyder kolumnen ”Noterat”?", "tas med")

    expected = of_the_command(visitor, address, content, tmp_path)
    assert "bortvalda.csv" in expected
    for name, made in expected.items():
        assert visitor.client.get(address + name).data == made, name


@pytest.mark.parametrize(
    "asked",
    [
        (column("Kommentar", "", "utgår", ""), "Vad gäller för ”utgår” i H3?"),
        (layout("note G3 Ska inte med!"), "Vad gäller för ”Ska inte med!” i G3?"),
        (layout("hide rows 3"), "Vad gäller för de dolda raderna?"),
        (layout("strike F3 G3"), "Vad gäller för de överstrukna raderna?"),
    ],
)
@pytest.mark.parametrize(
    ("label", "units"),
    [
        ("bortse: det ändrar inget i beställningen", 3),
        ("utan: beställ inte raderna", 2),
        ("ta bort: ta bort raderna ur TAK", 2),
    ],
)
def test_rows_are_ordered_left_out_or_removed_as_answered(asked, label, units, visitor, tmp_path):
    edits, question = asked
    content = workbook(altered(*edits))
    address = visitor.send((content, NAME))

    answer(visitor, address, question, label)

    expected = of_the_command(visitor, address, content, tmp_path)
    files = {name: visitor.client.get(address + name).data for name in expected}
    assert files == expected
    guides = [text.decode() for name, text in files.items() if re.fullmatch(r"bestallning-\d-p.*txt", name)]
    adding = next(text for text in guides if "CertificateStatusUpdateForCare" in text and "Lägg till" in text)
    assert len(set(re.findall(r"SE162321000156-4HV\w", adding))) == units
    assert any("Ta bort" in text for text in guides) == label.startswith("ta bort")


def test_a_text_without_rows_can_only_be_ignored(visitor):
    address = visitor.send((workbook(altered() + "\n| Beställ inte förrän i mars. |\n"), NAME))

    page = visitor.page(address)
    form = re.search(r'<form method="post" action="svara" class="svar">.*?</form>', page)[0]

    assert "bortse: " in form
    assert "utan: " not in form
    answer(visitor, address, next(iter(questions(page))), "bortse: det ändrar inget i beställningen")
    assert "Inga fel och inget att se över." in visitor.page(address)


def test_a_sheet_that_is_not_read_is_ignored_or_read(visitor):
    text = altered().replace("## Webcert -> Vårdsystem", "## Status till oss")
    address = visitor.send((workbook(text), NAME))

    answer(visitor, address, "Vilken flik är ”Webcert -> Vårdsystem”?", "fliken ”Status till oss”")

    assert "Inga fel och inget att se över." in visitor.page(address)
    assert (
        '"Status till oss" = "Webcert -> Vårdsystem"' in visitor.client.get(address + "bestallning.toml").text
    )
    other = altered() + "\n## Fler enheter\n| SE162321000156-4HVZ |\n"
    address = visitor.send((workbook(other), NAME))
    answer(visitor, address, "Vad är fliken ”Fler enheter”?", "bortse: det ändrar inget i beställningen")
    assert "Inga fel och inget att se över." in visitor.page(address)


@pytest.mark.parametrize("header", ["Anropsadress (URL)", "Gick åt"])
def test_a_column_that_is_missing_or_found_twice_is_chosen(header, visitor):
    first = (
        "https://tph2.liv.sjunet.org:50001/WebCertFormStatusUpdateWebService/FormStatusUpdate/3_0/rivtabp21"
    )
    edits = column(header, first.replace("tph2", "tph3"), "", "")
    if header == "Gick åt":
        edits = [*edits, (2, "| Anropsadress (URL) |", "| Hit |")]
    address = send(visitor, *edits)
    assert "Kan inte beställas" in visitor.page(address)

    (question,) = [one for one in questions(visitor.page(address)) if one.startswith("Vilken")]
    answer(visitor, address, question, f"kolumn H, ”{header}”")

    assert question not in questions(visitor.page(address))
    assert "https://tph3." in visitor.page(address)


def test_all_questions_of_a_kind_have_one_answer(visitor):
    address = send(visitor, *layout("note G2 Byter namn\n! note G3 Bytte adress\n! note G4 Ny"))
    page = visitor.page(address)
    assert "Svara på alla 3" in page

    visitor.post(address + "svara", kod="FLI040", svar="bortse: det ändrar inget i beställningen")

    page = visitor.page(address)
    assert "3 frågor är besvarade" in page
    assert "Inga fel och inget att se över." in page


def test_an_answer_is_changed_and_undone(visitor):
    address = send(visitor, *column("Noterat", "ja", "nej", "ja"))
    answer(visitor, address, "Vad betyder kolumnen ”Noterat”?", "tas med")

    answer(visitor, address, "Vad betyder kolumnen ”Noterat”?", "bortse", page="kolumner")

    toml = visitor.client.get(address + "bestallning.toml").text
    assert toml.count("Noterat") == 1
    assert 'Noterat = "bortse"' in toml
    subject = re.search(r'name="angra" value="(\w{20})"', visitor.page(address))[1]
    visitor.post(address + "svara", angra=subject)
    assert "Vad betyder kolumnen ”Noterat”?" in questions(visitor.page(address))


def test_an_answer_replaces_the_line_of_the_uploaded_file_and_keeps_the_rest(visitor):
    before = 'arende = "TSK-9"\n[kolumner]\n"noterat:" = "tas med"\n"Övrigt" = "bortse"\n'.encode()
    content = workbook(altered(*column("Noterat", "ja", "nej", "ja")))
    address = visitor.send((content, NAME), (before, "bestallning.toml"))

    answer(visitor, address, "Vad betyder kolumnen ”Noterat”?", "bortse", page="kolumner")

    toml = visitor.client.get(address + "bestallning.toml").text
    assert 'arende = "TSK-9"' in toml
    assert '"Övrigt" = "bortse"' in toml
    assert "tas med" not in toml
    again = visitor.send((content, NAME), (toml.encode(), "bestallning.toml"))
    assert "Vad betyder kolumnen ”Noterat”?" not in questions(visitor.page(again))


def test_every_column_is_listed_and_can_be_given_another_meaning(visitor):
    address = send(visitor)

    page = visitor.page(address + "kolumner")

    assert page.index('<h2 id="flik-1">Vårdsystem') < page.index("Läses som Vårdsystem")
    answer(visitor, address, "Vad betyder kolumnen ”Konsument (namn)”?", "bortse", page="kolumner")
    assert "bortse (beslut)" in visitor.page(address + "kolumner")


def test_a_header_with_another_meaning_elsewhere_is_answered_for_its_sheet_alone(visitor):
    text = altered(*column("Namn på kontakt", "Åsa", "", ""))
    text = text.replace("| Namn            |", "| Namn på kontakt |", 1)
    address = visitor.send((workbook(text), NAME))
    asked = [one for one in questions(visitor.page(address + "kolumner")) if "Namn på kontakt" in one]

    assert asked
    answer(visitor, address, asked[-1], "bortse", page="kolumner")

    toml = visitor.client.get(address + "bestallning.toml").text
    assert "!Namn på kontakt" in toml or 'Namn på kontakt" = "bortse"' in toml


@pytest.mark.parametrize(
    "fields", [{"fraga": "okänd", "svar": "bortse"}, {"kod": "FLI040", "svar": "x"}, {}, {"svar": "bortse"}]
)
def test_an_answer_to_no_question_is_refused(fields, visitor):
    address = send(visitor, *column("Noterat", "nytt", "", ""))

    response = visitor.post(address + "svara", **fields)

    assert response.status_code == 400
    assert "Frågan finns inte längre" in response.text
    assert f'href="{address}"' in response.text


def test_an_order_file_that_cannot_be_parsed_takes_no_answers(visitor):
    content = workbook(altered(*column("Noterat", "nytt", "", "")))
    address = visitor.send((content, NAME), (b"= trasig", "bestallning.toml"))

    response = answer(visitor, address, "Vad betyder kolumnen ”Noterat”?", "bortse")

    assert response.status_code == 400
    assert "går inte att läsa" in response.text
    assert visitor.client.get(address + "bestallning.toml?alla=1").status_code == 400


def test_answers_need_this_runs_token(visitor):
    address = send(visitor, *column("Noterat", "nytt", "", ""))

    assert visitor.client.post(address + "svara", data={"kod": "FLI036", "svar": "bortse"}).status_code == 403


def test_answers_and_corrections_are_combined(visitor):
    text = altered(*column("Noterat", "nytt", "", "")).replace(
        "-4HVV | Vårdcentralen Rud | |", "-4HVV | VC | |"
    )
    address = visitor.send((workbook(text.replace("SE162321000156-4HVX", "SE162321000165-4HVX")), NAME))

    visitor.post(address + "ratta", kod="alla")
    answer(visitor, address, "Vad betyder kolumnen ”Noterat”?", "bortse")

    assert "2 celler är rättade och 1 fråga är besvarad." in visitor.page(address)


def test_a_workbook_without_questions_has_none_on_its_page(visitor):
    address = visitor.send((workbook(STANDARD + ORDER_SHEET), NAME))

    assert questions(visitor.page(address)) == {}


def test_one_sheet_is_read_as_all_that_are_missing(visitor):
    address = visitor.send(
        (workbook("## Alla enheter\n| HSA-id | Namn |\n| SE162321000156-4HVT | Rud |\n"), NAME)
    )
    page = visitor.page(address + "kolumner")

    (label,) = {unescape(one) for one in re.findall(r"<option>(läs den som [^<]* och [^<]*)</option>", page)}
    answer(visitor, address, "Vad är fliken ”Alla enheter”?", label, page="kolumner")

    toml = visitor.client.get(address + "bestallning.toml").text
    assert '"Alla enheter" = ["Vårdsystem -> Webcert", "Webcert -> Vårdsystem"' in toml
    assert "Flik saknas" not in visitor.page(address)


def test_no_cell_is_typed_over_for_a_comment(visitor):
    page = visitor.page(send(visitor, *layout("note G4 Ska ej vara med")))

    assert "kommentaren i G4" in page
    assert "rätta här" not in page.casefold()


def test_a_cell_is_typed_over_for_its_own_text(visitor):
    page = visitor.page(send(visitor, *column("Noterat", "ska inte med", "", "")))

    assert "rätta här" in page.casefold()
