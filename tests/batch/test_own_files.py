"""What the program itself made comes back in mails: its lists are no workbooks, its order file decides."""

import email
from email import policy

import orjson
import pytest
from click.testing import CliRunner

from tests.batch.books import book, put
from tests.batch.inbox.test_collect import mail, zipped
from tests.batch.replies.mails import replies
from tests.support.tables import STANDARD, workbook
from underlag.batch.inbox import Found, Rejected, collect
from underlag.cli.main import cli

HEADER = "| Logisk adressat (HSAID) | Namn |"
RUD = "| Vårdcentralen Rud |"
NOTED = book(region="LiV", change=((HEADER, f"{HEADER} Noterat |"), (RUD, f"{RUD} utgår |")))
NAME = "Underlag.xlsx"
LIST = "kundservice/logiska-adressater.csv"
TOML = f'arbetsbok = "{NAME}"\n'


def run(command, *arguments):
    return CliRunner().invoke(cli, [command, *map(str, arguments), "--tidpunkt", "2027-02-01T09:00"])


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    """The package of a workbook whose order file leaves one unit out."""
    place = put(tmp_path_factory.mktemp("region"), {NAME: NOTED})
    run("bestall", place / NAME, "--ut", place / "forst")
    asked = orjson.loads((place / "forst/rapport.json").read_bytes())["svarsrader"]
    decided = "\n".join(asked).replace('"bortse"', '"utan"')
    (place / "bestallning.toml").write_text(decided, encoding="utf-8")
    result = run("bestall", place / NAME, "--ut", place / "paket")
    assert result.exit_code == 0, result.output
    return place / "paket"


def units(folder):
    return (folder / LIST).read_bytes().splitlines()


def test_customer_service_orders_from_the_regions_mail_what_the_region_ordered(package, tmp_path):
    put(tmp_path / "in", {"mejl.eml": (package / "kundservice/mejl.eml").read_bytes()})

    result = run("kundservice", tmp_path / "in", "--ut", tmp_path / "ut", "--processer", 1)

    assert result.exit_code == 0, result.output
    (row,) = orjson.loads((tmp_path / "ut/sammanstallning.json").read_bytes())["arbetsbocker"]
    assert len(units(package)) == 2
    assert units(tmp_path / "ut" / row["mapp"]) == units(package)
    assert result.output.count("egen adressatlista") == 2
    assert all("logiska-adressater" not in reply.text for reply in replies(tmp_path / "ut"))

    again = run("kundservice", tmp_path / "in", "--ut", tmp_path / "ut", "--processer", 1)
    assert "varav 1\N{NO-BREAK SPACE}oförändrad." in again.output


def test_the_order_file_is_in_the_package_and_in_the_mail(package):
    message = email.message_from_bytes((package / "kundservice/mejl.eml").read_bytes(), policy=policy.default)
    content = (package / "bestallning.toml").read_bytes()
    attached = {part.get_filename(): part.get_payload(decode=True) for part in message.iter_attachments()}

    assert content == (package.parent / "bestallning.toml").read_bytes()
    assert attached["bestallning.toml"] == content
    assert "- bestallning.toml: uppgifter och beslut" in message.get_body(("plain",)).get_content()
    assert not (package.parent / "forst/bestallning.toml").exists()


def test_saved_attachments_in_one_folder_give_the_same_order(package, tmp_path):
    message = email.message_from_bytes((package / "kundservice/mejl.eml").read_bytes(), policy=policy.default)
    saved = {part.get_filename(): part.get_payload(decode=True) for part in message.iter_attachments()}
    put(tmp_path / "in", saved)

    result = run("kundservice", tmp_path / "in", "--ut", tmp_path / "ut", "--processer", 1)

    assert result.exit_code == 0, result.output
    (row,) = orjson.loads((tmp_path / "ut/sammanstallning.json").read_bytes())["arbetsbocker"]
    assert units(tmp_path / "ut" / row["mapp"]) == units(package)


def found_in(tmp_path, name, content):
    both = list(collect([put(tmp_path / "in", {name: content})]))
    return [f for f in both if isinstance(f, Found)], [r for r in both if isinstance(r, Rejected)]


@pytest.mark.parametrize(
    ("files", "used"),
    [
        ({NAME: b"1", "bestallning.toml": b'arende = "TSK-7"'}, {NAME}),
        ({NAME: b"1", f"granskad-{NAME}": b"2", "bestallning.toml": b"#"}, {NAME, f"granskad-{NAME}"}),
        ({NAME: b"1", "annan.xlsx": b"2", "bestallning.toml": b'arende = "TSK-7"'}, set()),
        ({NAME: b"1", "annan.xlsx": b"2", "bestallning.toml": TOML.encode()}, {NAME}),
    ],
)
@pytest.mark.parametrize("packed", [mail, zipped])
def test_an_order_file_in_a_mail_or_zip_is_that_of_the_workbook_it_names(tmp_path, packed, files, used):
    name = "a.eml" if packed is mail else "a.zip"
    found, rejected = found_in(tmp_path, name, packed(files))

    assert {one.name for one in found if one.order_file} == used
    assert [one.reason.partition(":")[0] for one in rejected] == ([] if used else ["används inte"])


def test_an_order_file_belongs_to_its_own_folder_of_a_zip(tmp_path):
    packed = zipped({"a/A.xlsx": b"1", "a/bestallning.toml": b"#a", "b/B.xlsx": b"2"})
    found, rejected = found_in(tmp_path, "a.zip", packed)

    assert {one.name: one.order_file for one in found} == {"A.xlsx": b"#a", "B.xlsx": b""}
    assert rejected == []


@pytest.mark.parametrize("name", ["logiska-adressater.xlsx", "Logiska-adressater (1).xlsx"])
def test_a_workbook_of_a_region_is_read_whatever_its_name(tmp_path, name):
    found, rejected = found_in(tmp_path, name, workbook(STANDARD))

    assert [one.name for one in found] == [name]
    assert rejected == []


def test_our_list_is_recognised_under_the_name_that_a_mail_program_gives_it(package, tmp_path):
    content = (package / "kundservice/logiska-adressater.xlsx").read_bytes()
    found, rejected = found_in(tmp_path, "logiska-adressater (1).xlsx", content)

    assert found == []
    assert [one.foreign for one in rejected] == [True]


def test_a_corrected_copy_of_another_name_says_how_the_order_file_is_used_for_it(package, tmp_path):
    decided = (package / "bestallning.toml").read_text(encoding="utf-8")
    put(tmp_path, {NAME: NOTED, "rattad.xlsx": NOTED, "bestallning.toml": decided.encode()})

    asked = run("bestall", tmp_path / "rattad.xlsx", "--ut", tmp_path / "ut")
    line = 'arbetsbok = "rattad.xlsx"'
    assert "BST038" in asked.output
    assert line in " ".join(asked.output.split())

    (tmp_path / "bestallning.toml").write_text(f"{line}\n{decided}", encoding="utf-8")
    asked = run("bestall", tmp_path / "rattad.xlsx", "--ut", tmp_path / "ut2")
    assert asked.exit_code == 0
    assert "BST038" not in asked.output


def test_an_order_file_that_names_another_workbook_is_used_by_both_where_the_user_names_it(package, tmp_path):
    decided = (package / "bestallning.toml").read_text(encoding="utf-8")
    put(tmp_path, {NAME: NOTED, "beslut.toml": f'arbetsbok = "annan.xlsx"\n{decided}'.encode()})

    made = run(
        "bestall", tmp_path / NAME, "--bestallning", tmp_path / "beslut.toml", "--ut", tmp_path / "paket"
    )

    assert made.exit_code == 0, made.output
    assert "BST040" in made.output
    assert f"beslut.toml nämner annan.xlsx, inte {NAME}. Den används ändå" in " ".join(made.output.split())
    assert units(tmp_path / "paket") == units(package)
    put(tmp_path / "in", {"mejl.eml": (tmp_path / "paket/kundservice/mejl.eml").read_bytes()})
    run("kundservice", tmp_path / "in", "--ut", tmp_path / "ut", "--processer", 1)
    (row,) = orjson.loads((tmp_path / "ut/sammanstallning.json").read_bytes())["arbetsbocker"]
    assert units(tmp_path / "ut" / row["mapp"]) == units(package)
    report = (tmp_path / "ut" / row["mapp"] / "rapport.json").read_text(encoding="utf-8")
    assert "BST038" not in report
    assert "BST040" not in report


def test_an_order_file_that_names_the_workbook_among_others_is_kept_as_it_is(package, tmp_path):
    decided = (package / "bestallning.toml").read_bytes()
    named = f'# vår\narbetsbok = ["annan.xlsx", "{NAME}"]\n'.encode() + decided
    put(tmp_path, {NAME: NOTED, "beslut.toml": named})

    made = run(
        "bestall", tmp_path / NAME, "--bestallning", tmp_path / "beslut.toml", "--ut", tmp_path / "paket"
    )

    assert "BST040" not in made.output
    assert (tmp_path / "paket/bestallning.toml").read_bytes() == named
