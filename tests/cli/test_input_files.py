"""Every option for a file to read rejects pipes and devices, which may have no end."""

import os
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


@pytest.mark.parametrize("make", [os.mkfifo, lambda path: path.symlink_to("/dev/zero")])
@pytest.mark.parametrize("option", ["", "--bestallning", "--tak", "--hsa-lista"])
def test_a_pipe_or_device_is_reported_at_once(tmp_path, make, option):
    odd = tmp_path / "odd"
    make(odd)
    book = right(tmp_path)
    arguments = ["validera", str(book), option, str(odd)] if option else ["validera", str(odd)]
    result = CliRunner().invoke(cli, arguments)

    assert result.exit_code == 2
    assert "ingen vanlig fil utan ett rör eller en enhet" in result.output


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
