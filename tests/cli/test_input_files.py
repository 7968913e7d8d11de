"""Every option for a file to read rejects pipes and devices, which may have no end."""

import os
import socket
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from tests.batch.books import book
from underlag.cli.main import SUMMARIES, cli
from underlag.cli.shared.common import InputPath
from underlag.files.regular import NotAFileError, read_regular

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no such files")


def right(folder):
    path = folder / "a.xlsx"
    path.write_bytes(book())
    return path


OPTIONS = ("", "--bestallning", "--tak", "--hsa-lista", "--profil")


def validated(book, option, path):
    arguments = ["validera", str(book), option, str(path)] if option else ["validera", str(path)]
    return CliRunner().invoke(cli, arguments)


def file_parameters():
    for name in SUMMARIES:
        command = cli.get_command(None, name)
        for parameter in command.params:
            if isinstance(parameter.type, click.Path):
                yield name, parameter


def test_every_parameter_that_takes_a_file_refuses_pipes_and_devices():
    read = [(name, p) for name, p in file_parameters() if p.type.exists]

    assert len(read) > 10
    assert [(name, p.name) for name, p in read if not isinstance(p.type, InputPath)] == []


def bind(path):
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(path))


@pytest.mark.parametrize("make", [os.mkfifo, lambda path: path.symlink_to("/dev/zero"), bind])
@pytest.mark.parametrize("option", OPTIONS)
def test_a_pipe_or_device_is_reported_at_once(tmp_path, monkeypatch, make, option):
    monkeypatch.chdir(tmp_path)  # the name of a socket is short
    odd = Path("odd.toml")
    make(odd)
    result = validated(right(tmp_path), option, odd)

    assert result.exit_code == 2
    assert "ingen vanlig fil utan ett rör eller en enhet" in result.output or (
        option == "--profil" and "går inte att läsa" in result.output
    )


@pytest.mark.parametrize("option", [option for option in OPTIONS if option != "--tak"])
def test_a_folder_is_no_file(tmp_path, option):
    folder = tmp_path / "mapp.toml"
    folder.mkdir()
    result = validated(right(tmp_path), option, folder)

    assert result.exit_code == 2
    assert "katalog" in result.output or "går inte att läsa" in result.output


@pytest.mark.parametrize("option", OPTIONS)
def test_a_file_that_vanishes_before_it_is_read_is_reported(tmp_path, monkeypatch, option):
    book, other = right(tmp_path), tmp_path / "other.toml"
    other.write_bytes(book.read_bytes())
    vanishing = other if option else book
    real = os.open

    def opening(path, *rest, **more):
        if Path(os.fsdecode(path)) == vanishing:
            vanishing.unlink(missing_ok=True)
        return real(path, *rest, **more)

    monkeypatch.setattr(os, "open", opening)
    result = validated(book, option, vanishing)

    assert not vanishing.exists()
    assert result.exit_code
    assert "gick inte att" in result.output or "går inte att" in result.output
    assert "i programmet" not in result.output


@pytest.mark.parametrize("size", [0, 1, 500, 5_000])
def test_a_file_that_shrinks_while_it_is_read_is_a_damaged_or_empty_one(tmp_path, monkeypatch, size):
    book = right(tmp_path)
    real = os.fdopen

    def opening(*arguments):
        os.truncate(book, size)
        return real(*arguments)

    monkeypatch.setattr(os, "fdopen", opening)
    result = validated(book, "", book)

    assert result.exit_code == 1
    assert "FIL00" in result.output


def test_a_pipe_in_a_folder_is_reported_and_not_waited_for(tmp_path):
    inbox = tmp_path / "in"
    inbox.mkdir()
    os.mkfifo(inbox / "a.xlsx")
    result = CliRunner().invoke(
        cli, ["kundservice", str(inbox), "--ut", str(tmp_path / "ut"), "--processer", "1"]
    )

    assert "a.xlsx är ingen vanlig fil" in result.output


def test_only_files_are_read(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "file").write_bytes(b"content")

    assert read_regular(tmp_path / "file") == b"content"
    assert read_regular(tmp_path / "file", 3) == b"con"
    for odd in (tmp_path / "pipe", Path("/dev/zero")):
        with pytest.raises(NotAFileError, match="ingen vanlig fil"):
            read_regular(odd)
    with pytest.raises(IsADirectoryError):
        read_regular(tmp_path)
