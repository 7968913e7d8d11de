"""puppeteer-core drives Firefox over WebDriver BiDi; npm fetches it, in one version for tests and benchmarks."""

import shutil
import subprocess
from pathlib import Path

VERSION = "24.43.1"


def install(folder: Path) -> bool:
    """Install the driver in a folder; return whether that succeeded."""
    npm = shutil.which("npm")
    if npm is None:
        return False
    command = [
        npm,
        "install",
        "--silent",
        "--ignore-scripts",
        "--prefix",
        str(folder),
        f"puppeteer-core@{VERSION}",
    ]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0
