import json
import os
from pathlib import Path

import pytest

from tests.documents.examples import files_below
from underlag import json_text
from underlag.documents.package_names import INDEX
from underlag.package.folder import PackageError, PackageExists, fill_folder, write_folder

FILES = {"rapport.html": b"<html>", "tak/bestallning-1.json": b"{}", "tak/aterstall-1.json": b"{}"}


def package(files: dict[str, bytes]) -> dict[str, bytes]:
    return {**files, INDEX: json.dumps({"filer": [{"namn": name} for name in files]}).encode()}


OLD = package({**FILES, "bestallning-4.html": b"old", "kundservice/lista.csv": b"old"})
NEW = package({**FILES, "rapport.html": b"<html>new"})


def test_new_folder_is_made_with_its_parents(tmp_path):
    write_folder(tmp_path / "a" / "b", OLD.items())

    assert files_below(tmp_path / "a" / "b") == OLD
    assert [p.name for p in (tmp_path / "a").iterdir()] == ["b"]


def test_empty_folder_is_filled(tmp_path):
    write_folder(tmp_path, OLD.items())

    assert files_below(tmp_path) == OLD


def test_the_current_folder_is_filled_and_not_replaced(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    before = tmp_path.stat().st_ino
    write_folder(Path(), OLD.items())

    assert files_below(tmp_path) == OLD
    assert tmp_path.stat().st_ino == before


def test_nothing_is_written_over_unasked(tmp_path):
    (tmp_path / "min.txt").write_bytes(b"mine")
    unasked = iter(NEW.items())
    with pytest.raises(PackageExists, match="--skriv-over"):
        write_folder(tmp_path, unasked)

    assert len(list(unasked)) == len(NEW)

    assert files_below(tmp_path) == {"min.txt": b"mine"}


def test_an_earlier_package_is_replaced_and_other_files_stay(tmp_path):
    write_folder(tmp_path, OLD.items())
    (tmp_path / "min.txt").write_bytes(b"mine")
    (tmp_path / "tak" / "egen.json").write_bytes(b"mine")
    write_folder(tmp_path, NEW.items(), overwrite=True)

    assert files_below(tmp_path) == {**NEW, "min.txt": b"mine", "tak/egen.json": b"mine"}
    assert not (tmp_path / "kundservice").exists()


@pytest.mark.parametrize(
    "name", ["../offer.txt", "/etc/hosts", "tak/../../offer.txt", "a/b/c", ".dold", 7, None]
)
def test_an_index_that_points_elsewhere_is_not_followed(tmp_path, name):
    victim = tmp_path / "offer.txt"
    victim.write_bytes(b"mine")
    folder = tmp_path / "paket"
    folder.mkdir()
    (folder / ".dold").write_bytes(b"mine")
    (folder / INDEX).write_text(json.dumps({"filer": [{"namn": name}]}))
    write_folder(folder, NEW.items(), overwrite=True)

    assert files_below(folder) == {**NEW, ".dold": b"mine"}
    assert victim.exists()


@pytest.mark.parametrize("later", [{}, {"svarsrader": []}], ids=["last", "not last"])
def test_files_are_found_in_an_index_as_the_report_is_written(tmp_path, later):
    quoting = [{"varde": '\n  "filer": [{"namn": "min.txt"}]'}]
    listed = {"fynd": quoting, "filer": [{"namn": "rapport.html"}], **later}
    old = {"rapport.html": b"old", INDEX: json_text.document(listed)}
    write_folder(tmp_path, old.items())
    (tmp_path / "min.txt").write_bytes(b"mine")

    write_folder(tmp_path, package({"bestallning-1.html": b"new"}).items(), overwrite=True)

    assert files_below(tmp_path) == package({"bestallning-1.html": b"new"}) | {"min.txt": b"mine"}


@pytest.mark.parametrize("index", [b"", b"[]", b'{"filer": 3}', b'{"filer": [1]}', b"\xff\xfe"])
def test_an_index_of_something_else_is_only_replaced(tmp_path, index):
    (tmp_path / INDEX).write_bytes(index)
    write_folder(tmp_path, NEW.items(), overwrite=True)

    assert files_below(tmp_path) == NEW


@pytest.mark.parametrize("stop", [KeyboardInterrupt, OSError(28, "No space left on device")])
def test_an_interrupted_writing_leaves_nothing(tmp_path, stop):
    def files():
        yield "halv.txt", b"half"
        raise stop

    with pytest.raises((KeyboardInterrupt, PackageError)):
        write_folder(tmp_path / "ut", files())

    assert list(tmp_path.iterdir()) == []


def test_a_folder_for_a_caller_is_filled_and_nothing_else(tmp_path):
    fill_folder(tmp_path / "a" / "b", OLD.items())

    assert files_below(tmp_path) == {f"a/b/{name}": content for name, content in OLD.items()}


def test_a_folder_for_a_caller_is_never_one_that_exists(tmp_path):
    unasked = iter(NEW.items())
    with pytest.raises(PackageError, match="står i vägen"):
        fill_folder(tmp_path, unasked)

    assert len(list(unasked)) == len(NEW)


def test_a_file_in_the_way_is_reported_in_swedish(tmp_path):
    (tmp_path / "fil").write_bytes(b"")
    with pytest.raises(PackageError, match="står i vägen"):
        write_folder(tmp_path / "fil", NEW.items())


def test_a_folder_in_the_way_of_a_file_changes_nothing(tmp_path):
    (tmp_path / "rapport.html").mkdir()
    (tmp_path / "rapport.html" / "x").write_bytes(b"mine")
    with pytest.raises(PackageError, match="Inget har ändrats"):
        write_folder(tmp_path, NEW.items(), overwrite=True)

    assert files_below(tmp_path) == {"rapport.html/x": b"mine"}


@pytest.mark.skipif(
    os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere; Windows has other permissions"
)
def test_a_folder_without_permission_is_reported_in_swedish(tmp_path):
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(PackageError, match="får skriva"):
            write_folder(tmp_path / "ut", NEW.items())
    finally:
        tmp_path.chmod(0o700)
