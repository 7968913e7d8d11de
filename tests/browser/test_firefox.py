"""underlag.html in Firefox, which playwright cannot drive as Debian builds it: over WebDriver BiDi instead."""

import json
import shutil
import subprocess
from pathlib import Path

from tests.browser.conftest import missing
from tests.support import puppeteer

HERE = Path(__file__).parent
SAMPLE = HERE.parents[1] / "sample_data" / "Underlag-for-TAKning-Intygstjanster-NTJP-PROD-LiV.xlsx"


def test_the_whole_way_in_firefox(web_file, tmp_path):
    firefox = shutil.which("firefox-esr") or shutil.which("firefox")
    if firefox is None:
        missing("no Firefox on this machine")
    if not puppeteer.install(tmp_path):
        missing("the driver of Firefox cannot be fetched with npm")

    command = [shutil.which("node"), HERE / "firefox.mjs", tmp_path, firefox, web_file.as_uri(), SAMPLE]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr[-2000:]
    seen = json.loads(done.stdout)
    assert seen["report"].startswith("Kan beställas")
    assert seen["back"] == seen["report"]
