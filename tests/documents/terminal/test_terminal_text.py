"""Findings on a terminal: grouped, wrapped, coloured only on request, in characters that the console has."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.checks.examine import altered, examine
from tests.documents.report.made import made, made_finding, made_flows, made_with_left_out
from tests.support.growth import assert_not_quadratic
from tests.support.tables import ORDER_SHEET, STANDARD
from underlag.checked import LeftOut
from underlag.documents.report.terminal import findings_text
from underlag.findings import Severity, catalogue


def text(checked, *, width=80, color=False, encoding="utf-8", everything=False):
    return findings_text(checked, width=width, color=color, encoding=encoding, everything=everything)


def spaced(checked, **more):
    return text(checked, **more).replace("\xa0", " ")


def faulty(count=5):
    return made([made_finding(at=f"F{7 + n}", value=f"SE16232100016{n}-4HVT") for n in range(count)])


def test_the_verdict_is_shown_with_the_counts():
    lines = spaced(faulty()).splitlines()

    assert "Kan inte beställas: 5 fel." in lines
    assert lines[0].startswith("Underlag för TAKning")
    assert "Intygstjänster · miljö PROD · region LiV" in lines


def test_right_workbook_is_a_few_lines():
    assert spaced(made()).splitlines()[-2:] == [
        "Kan beställas.",
        "Inga fel och inget att se över. Hittat: inga fynd.",
    ]


def test_left_out_rows_are_reported():
    assert "Kan beställas utan de felaktiga raderna." in spaced(made_with_left_out())


def test_the_reason_why_valid_rows_are_not_ordered_is_reported():
    unit, email = "SE162321000156-4HVV", "tove@region.example.se"
    text_with_faults = altered((2, unit, "SE162321000165-4HVV"), (4, email, "tove"))

    found = " ".join(spaced(examine(text_with_faults, skip_faulty=True)).split())
    assert "Kan inte beställas: 2 fel." in found
    assert "detta hindrar hela beställningen: BST011 E-postadressen har fel form." in found


def test_rows_left_out_for_a_warning_are_reported_though_nothing_is_wrong():
    entry = made_flows()[1].entries[0]
    reason = made_finding("TAK012")
    found = " ".join(spaced(made([reason], left_out=[LeftOut("care", entry, [reason])])).split())

    assert "Kan beställas utom 1 rad." in found
    assert "1 rad är bortvald och beställs inte (TAK012 Vägval till en annan producent)" in found
    assert "felaktig" not in found


def test_kind_comes_once_with_its_first_places():
    found = spaced(faulty(40))

    assert found.count("FEL HSA003 Fel kontrollsiffra (40 ställen)") == 1
    assert found.count(", cell F") == 3
    assert "… och 37 till" in found
    assert found.splitlines()[-1] == "Lägg till --alla för att se varje ställe."


def test_everything_shows_each_place():
    found = spaced(faulty(40), everything=True)

    assert len(re.findall(r", cell F\d+:", found)) == 40
    assert " till\n" not in found
    assert "--alla" not in found


def test_command_without_the_option_says_where_the_rest_is():
    found = findings_text(
        faulty(40), width=80, color=False, encoding="utf-8", rest="Varje ställe står i rapport.html."
    )

    assert found.splitlines()[-1] == "Varje ställe står i rapport.html."
    assert "--alla" not in found


def test_information_is_a_line_for_each_kind_unless_everything_is_requested():
    infos = [made_finding("TAK011", at=f"F{n}", message=f"Finns {n}.") for n in range(7, 10)]
    found = spaced(made([*infos, made_finding("TAK012")]))

    assert "Upplysningar\n  TAK011 Finns redan i TAK (3 ställen)\n\n" in found
    assert "Finns 7." not in found
    assert "VARNING TAK012" in found
    assert "Lägg till --alla" in found
    assert "INFO TAK011" in spaced(made(infos), everything=True)
    assert "Finns 9." in spaced(made(infos), everything=True)


@pytest.mark.parametrize("count", [3, 4])
def test_no_line_says_that_a_single_place_is_left(count):
    found = spaced(faulty(count))

    assert found.count(", cell F") == count
    assert " till\n" not in found
    assert "--alla" not in found


def test_errors_come_before_warnings_and_information():
    first = {s: next(k.code for k in catalogue().values() if k.severity is s) for s in Severity}
    found = text(made([made_finding(first[s]) for s in reversed(Severity)]), everything=True)
    words = re.findall(r"^(FEL|VARNING|INFO) ", found, re.MULTILINE)

    assert words == ["FEL", "VARNING", "INFO"]


def test_shared_message_is_reported_once():
    found = text(made([made_finding(at=f"F{n}", message="Samma sak överallt.") for n in range(7, 10)]))

    assert found.count("Samma sak överallt.") == 1


def test_a_specific_suggestion_is_shown_at_its_place():
    found = text(
        made([made_finding(at="F7"), made_finding(at="F8", suggestion="Skriv SE162321000156-4HVT.")])
    )
    lines = found.splitlines()
    place = next(n for n, line in enumerate(lines) if "cell F8" in line)

    assert lines[place + 1].strip() == "Förslag: Skriv SE162321000156-4HVT."


def test_colour_comes_with_a_word_and_only_when_requested():
    checked = faulty()
    coloured = text(checked, color=True)

    assert "\x1b[31m\x1b[1mFEL\x1b[0m" in coloured
    assert "\x1b" not in text(checked)
    assert re.sub(r"\x1b\[\d+m", "", coloured) == text(checked)


@pytest.mark.parametrize("width", [60, 80, 120])
def test_lines_keep_to_the_width(width):
    assert max(map(len, text(faulty(), width=width).splitlines())) <= width


def test_long_address_stays_whole():
    url = "https://tph2.liv.sjunet.org:50001/" + "a" * 150

    assert url in text(made([made_finding(value=url, message="Adressen är för lång.")]), width=60)


@pytest.mark.parametrize("count", [1, 5])
def test_blank_in_an_address_is_named_and_never_a_place_to_break(count):
    url = "https://tph2.liv.sjunet.org:50001/Status Update/3_0/rivtabp21"
    found = [made_finding("URL006", at=f"G{n}", value=url, message=f"{url} är fel.") for n in range(count)]
    named = url.replace(" ", "‹mellanslag›")

    shown = text(made(found), width=60)

    assert f": {named}" in shown or f"  {named}" in shown
    assert f"{named} är fel" in " ".join(shown.split())
    assert "Status Update" not in shown
    assert found[0].value == url


def test_blank_in_words_where_an_address_should_be_is_a_blank():
    found = made_finding("URL002", value="kommer senare", message="kommer senare är ingen webbadress.")

    assert "kommer senare är ingen" in text(made([found]))


def test_console_without_arrows_gets_plain_ones():
    checked = made([made_finding(sheet="Webcert → Vårdsystem", at=f"F{n}") for n in range(7, 12)])
    found = text(checked, encoding="cp850")

    assert "Webcert -> Vårdsystem" in found
    assert "... och" in found
    assert found.encode("cp850")


def test_swedish_letters_stay_where_the_console_has_them():
    for encoding in ("cp1252", "cp850", "cp437", "latin-1"):
        assert "ställen" in text(faulty(), encoding=encoding)
    assert "stallen" in text(faulty(), encoding="ascii")


def test_invisible_characters_are_named():
    found = text(made([made_finding(value="SE162321000156-4HVT\u200b")]))

    assert "\u200b" not in found
    assert "SE162321000156-4HVT‹" in found


def test_workbook_cannot_steer_the_terminal():
    found = text(
        made(
            [made_finding(sheet="\x1b[2JBlad", value="\x1b]0;x\x07", message="\x9b31m")], name="\x1b[31m.xlsx"
        )
    )

    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", found)


@given(st.text(max_size=60), st.sampled_from(["utf-8", "cp1252", "cp850", "ascii"]), st.booleans())
@settings(max_examples=60)
def test_any_text_can_be_shown(anything, encoding, color):
    checked = made(
        [made_finding(value=anything, message=anything, sheet=anything, suggestion=anything)], name=anything
    )

    found = text(checked, encoding=encoding, color=color)

    assert found.encode(encoding)
    assert "HSA003" in found


@pytest.mark.parametrize("everything", [False, True])
def test_findings_are_text_in_linear_time(everything):
    assert_not_quadratic(lambda checked: text(checked, everything=everything), faulty, 40_000)


def test_of_a_text_pasted_into_a_cell_the_beginning_and_the_length_are_shown():
    pasted = "Hej! Här kommer våra enheter. " * 700
    found = text(made([made_finding(value=pasted, message=f"{pasted} är för långt.")]))

    assert " ".join(found.split()).count("… (21000 tecken)") == 2
    assert "tecken) är för långt." in " ".join(found.split())
    assert len(found) < 2_500


def test_blank_of_the_message_after_a_tidied_address_stays_a_blank():
    checked = examine((STANDARD + ORDER_SHEET).replace("https://webcert.", "http://webcert."))
    (found,) = {one.message for one in checked.findings if one.code == "URL003"}
    for one in checked.findings:
        if one.code == "URL003":
            one.value += " "

    written = " ".join(spaced(checked, width=400).split())

    assert "‹mellanslag›" in written
    assert found in written
