"""The lists of dependencies agree, and pages refer to existing files only."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def plain(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def stated():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    optional = [one for extra in project["optional-dependencies"].values() for one in extra]
    program, others = (
        {plain(re.match(r"[\w.-]+", one)[0]) for one in some} - {"underlag"}
        for some in (project["dependencies"], optional)
    )
    return program, others


def locked():
    return dict(
        re.findall(
            r"^([\w.-]+)==([\w.]+)", (ROOT / "requirements.lock").read_text(encoding="utf-8"), re.MULTILINE
        )
    )


def test_each_dependency_is_listed_with_licence_and_reason():
    text = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    program, others = (
        {
            name: (licence, reason)
            for name, licence, reason in re.findall(
                r"^\| ([a-z][\w.-]*) \| (.+?) \| (.+?) \|$", part, re.MULTILINE
            )
        }
        for part in text.split("## Tests and development")
    )

    assert (set(program), set(others)) == stated()
    assert all(licence.strip() and reason.strip() for licence, reason in {**program, **others}.values())


def test_the_lock_has_the_versions_of_the_constraints_and_checksums_and_no_address():
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    constraints = dict(
        re.findall(
            r"^([\w.-]+)==(\S+)$", (ROOT / "constraints.txt").read_text(encoding="utf-8"), re.MULTILINE
        )
    )
    versions = {plain(name): version for name, version in constraints.items()}

    assert stated()[0] <= {plain(name) for name in locked()}
    assert {name: version for name, version in locked().items() if versions.get(plain(name)) != version} == {}
    for entry in re.split(r"^(?=\w)", text.partition("\n")[2], flags=re.MULTILINE)[1:]:
        assert "--hash=sha256:" in entry, entry
    assert not re.search(r"https?:|index-url|find-links", text)


def test_each_threat_names_existing_tests():
    rows = [
        line
        for line in (ROOT / "docs" / "threats.md").read_text(encoding="utf-8").splitlines()
        if line.startswith("| ")
    ][1:]

    assert len(rows) > 12
    for row in rows:
        tests = re.findall(r"`(tests/[\w/]+\.py)`", row.rsplit("|", 2)[1])
        assert tests, row
        assert [test for test in tests if not (ROOT / test).is_file()] == [], row
