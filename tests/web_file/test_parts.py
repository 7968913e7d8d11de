import re
from pathlib import Path

from underlag.web_file.parts import parts

ROOT = Path(__file__).resolve().parents[2]
PINNED = dict(
    line.lower().replace("_", "-").split("==")
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    if "==" in line
)


def test_each_part_has_a_checksum_and_a_licence():
    for part in parts():
        assert re.fullmatch(r"[0-9a-f]{64}", part.sha256), part.name
        assert part.licence


def test_the_file_runs_the_versions_that_the_tests_pass_with():
    for part in parts():
        name = part.name.lower().replace("_", "-")
        if part.source == "pip":
            assert PINNED[name] == part.version, name
