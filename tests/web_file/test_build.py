import io
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from underlag.web_file.build import program_archive

ROOT = Path(__file__).resolve().parents[2]

#: Writes the archive of the package in the first folder of the import path.
_WRITE = (
    "import sys; from underlag.web_file.build import program_archive; "
    "sys.stdout.buffer.write(program_archive())"
)


def test_an_installed_package_gives_the_same_archive_as_its_source_tree(tmp_path):
    shutil.copytree(ROOT / "underlag", tmp_path / "underlag", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "templates", tmp_path / "underlag/templates")

    made = subprocess.run(
        [sys.executable, "-c", _WRITE],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        check=True,
        capture_output=True,
    )

    assert made.stdout == program_archive()
    names = zipfile.ZipFile(io.BytesIO(made.stdout)).namelist()
    assert "underlag/templates/rapport.html" in names
    assert sorted(set(names)) == names
    assert not [name for name in names if name.startswith(("underlag/cli/", "underlag/batch/"))]
