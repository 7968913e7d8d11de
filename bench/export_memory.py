"""How much time and memory a large TAK export takes, beside what only parsing its JSON takes.

    python bench/export_memory.py [--megabyte 100] [--arbetskatalog KATALOG]

Each reading runs in a process of its own, for the peak of memory is that of a process (Linux and macOS). The
budget is 1 GB for an export of 100 MB.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path

BUDGET_MB = 1000
_DATES = {"fromTidpunkt": "2014-08-13T00:00:00+0200", "tomTidpunkt": "2114-08-13T00:00:00+0200"}

_PROBE = """
import orjson, sys
orjson.loads(open(sys.argv[1], "rb").read())
"""
_READING = """
import sys
from datetime import date
from pathlib import Path
from underlag.tak.holdings.export import read_catalogue
found = read_catalogue(Path(sys.argv[1]), day=date(2027, 3, 1))
assert found.catalogue is not None, found.findings
"""
_MEASURE = """
import resource, time
start = time.perf_counter()
{code}
seconds = time.perf_counter() - start
scale = 1 if sys.platform == "darwin" else 1024
print(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * scale / 1e6)
"""


def make_export(path: Path, megabytes: float) -> None:
    """Write a PubVersion file of about this size, without blanks: so it takes most memory for its size."""
    chance = random.Random(1)  # noqa: S311 - a made-up catalogue, the same each time
    units, contracts, components, addresses = 20_000, 300, 400, 1_500
    # A route and an authorization take some 400 bytes together; the rest of the file is a few megabytes.
    rows = int((megabytes * 1_000_000 - units * 100) / 415)
    profile = _row(5, namn="RIVTABP21", beskrivning="RIV TA BP 2.1")
    data = {
        "rivtaprofil": [profile],
        "tjanstekontrakt": [_contract(n) for n in range(contracts)],
        "logiskadress": [_party(n, f"SE2321000156-{n:05X}", "Enhet") for n in range(units)],
        "tjanstekomponent": [_party(n, f"SE5565594230-{n:04X}", "System") for n in range(components)],
        "anropsadress": [
            _row(
                n,
                adress=f"https://tjanst{n}.example.se/rivtabp21",
                relationships={"rivtaprofil": 5, "tjanstekomponent": n % components},
            )
            for n in range(addresses)
        ],
        "anropsbehorighet": [
            _row(
                n,
                integrationsavtal="AUTOTAKNING",
                **_DATES,
                relationships={
                    "logiskAdress": chance.randrange(units),
                    "tjanstekomponent": chance.randrange(components),
                    "tjanstekontrakt": chance.randrange(contracts),
                },
            )
            for n in range(rows)
        ],
        "vagval": [
            _row(
                n,
                **_DATES,
                relationships={
                    "anropsadress": chance.randrange(addresses),
                    "logiskadress": chance.randrange(units),
                    "tjanstekontrakt": chance.randrange(contracts),
                },
            )
            for n in range(rows)
        ],
        "filter": [],
        "filtercategorization": [],
    }
    header = {
        "formatVersion": "1",
        "version": "64",
        "tidpunkt": "2027-02-01T09:00:00+0100",
        "utforare": "bench",
        "kommentar": "",
    }
    path.write_text(json.dumps({**header, "data": data}, separators=(",", ":")), encoding="utf-8")


def _contract(number: int) -> dict[str, object]:
    major = 1 + number % 4
    namespace = f"urn:riv:clinicalprocess:healthcond:certificate:Contract{number}Responder:{major}"
    return _row(number, namnrymd=namespace, beskrivning="", majorVersion=major, minorVersion=0)


def _party(number: int, hsa_id: str, name: str) -> dict[str, object]:
    return _row(number, hsaId=hsa_id, beskrivning=f"{name} {number}")


def _row(number: int, **fields: object) -> dict[str, object]:
    return {"id": number, **fields, "pubversion": "64"}


def measure(code: str, path: Path) -> tuple[float, float]:
    """Run code on a file in a process of its own; return the seconds it took and its peak of memory in MB."""
    script = _MEASURE.format(code=code.strip())
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True
    )
    seconds, peak = map(float, done.stdout.split())
    return seconds, peak


def main() -> int:
    """Make the file, measure, and print; return 0 when the memory is within the budget."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--megabyte", type=float, default=100, help="exportens storlek")
    parser.add_argument("--arbetskatalog", type=Path, help="var filen skrivs; annars en tillfällig katalog")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=asked.arbetskatalog) as folder:
        path = Path(folder) / "takdump_ntjp_prod.json"
        make_export(path, asked.megabyte)
        size = path.stat().st_size / 1_000_000
        probe = measure(_PROBE, path)
        reading = measure(_READING, path)
    budget = BUDGET_MB * asked.megabyte / 100
    print(f"export           {size:8.1f} MB")
    print(f"orjson.loads     {probe[0]:8.2f} s  {probe[1]:8.0f} MB")
    print(f"read_catalogue   {reading[0]:8.2f} s  {reading[1]:8.0f} MB")
    print(f"ratio            {reading[0] / probe[0]:8.2f}    {reading[1] / probe[1]:8.2f}")
    print(f"budget                       {budget:8.0f} MB  {'ok' if reading[1] <= budget else 'EXCEEDED'}")
    return 0 if reading[1] <= budget else 1


if __name__ == "__main__":
    sys.exit(main())
