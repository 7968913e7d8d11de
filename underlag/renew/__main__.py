"""`python -m underlag.renew` writes every generated file; with `--check` it only names stale ones.

Exit codes: 0 nothing is stale (any more), 1 something is, 2 wrong usage. Golden packages are renewed by
`pytest tests/golden --renew-golden`.
"""

import sys
from pathlib import Path

from underlag.renew import renew, stale

_ROOT = Path(__file__).resolve().parents[2]
_USAGE = "usage: python -m underlag.renew [--check]"


def main(arguments: list[str], root: Path = _ROOT) -> int:
    """Run the command; return its exit code."""
    if arguments not in ([], ["--check"]):
        sys.stderr.write(f"{_USAGE}\n")
        return 2
    if not (root / "docs/schema").is_dir():
        sys.stderr.write(f"{root} is no clone of the repository: there is nothing to renew.\n")
        return 2
    if arguments:
        names = sorted(stale(root))
        sys.stdout.writelines(f"stale: {name}\n" for name in names)
        return 1 if names else 0
    sys.stdout.writelines(f"renewed: {name}\n" for name in renew(root))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
