"""The page that carries the program: the application's start page, the shell script, the parts."""

import base64
import hashlib
import re
from collections.abc import Iterator, Mapping
from typing import Final
from urllib.parse import quote

from werkzeug.test import Client

from underlag.documents.templates import environment
from underlag.web.app import create_app
from underlag.web.edition import IN_FILE
from underlag.web.examination.pages import document_scripts

#: Scripts of pages other than the first.
_LATER_SCRIPTS: Final = ("/resultat.js", "/flera.js")
#: Bytes of a part in one element (a multiple of 3): the browser hands over each once it has read it, and no
#: element is so long that the page stalls while it is read.
_CHUNK: Final = 240_000
_LINK: Final = re.compile(r'<link rel="(stylesheet|icon)" href="(/[^"]+)"[^>]*>\n?')
_SCRIPT: Final = re.compile(r'<script src="(/[^"]+)" defer></script>\n?')


def web_page(packed: Mapping[str, bytes]) -> bytes:
    """Return the page (UTF-8).

    Args:
        packed: the parts by name, packed with gzip, in the order in which they are needed.
    """
    client = Client(create_app(edition=IN_FILE))

    def asset(path: str) -> str:
        return client.get(path).get_data(as_text=True)

    start = asset("/")
    scripts = [asset(path) for path in _SCRIPT.findall(start)]
    later = [asset(path) for path in _LATER_SCRIPTS]
    shell, unpacker, worker = (
        environment().get_template(f"webbfil/{name}").render()
        for name in ("skal.js", "uppackare.js", "arbetare.js")
    )
    start = _SCRIPT.sub("", start)
    start = _LINK.sub(lambda link: _inline(link[1], asset(link[2])), start)
    policy = _policy([shell, *scripts, *later, *document_scripts()])
    stated = f'<meta http-equiv="Content-Security-Policy" content="{policy}" data-skal>'
    start = start.replace('<meta charset="utf-8">', f'<meta charset="utf-8" data-skal>\n{stated}', 1)
    rows = (
        environment()
        .get_template("webbfil/delar.html")
        .render(
            shell=shell,
            scripts=scripts,
            unpacker=unpacker,
            worker=worker,
            chunks=_chunks(packed),
        )
    )
    progress = environment().get_template("webbfil/start.html").render()
    start = start.replace("</header>\n", f"</header>\n{progress}", 1)
    return start.replace("</body>", f"{rows}</body>", 1).encode()


def _chunks(packed: Mapping[str, bytes]) -> Iterator[tuple[str, str, bool]]:
    """Yield name, text and whether it is the part's last one."""
    for name, content in packed.items():
        for start in range(0, len(content), _CHUNK):
            text = base64.b64encode(content[start : start + _CHUNK]).decode()
            yield name, text, start + _CHUNK >= len(content)


def _inline(kind: str, content: str) -> str:
    if kind == "stylesheet":
        return f"<style>{content}</style>\n"
    return f'<link rel="icon" href="data:image/svg+xml,{quote(content)}">\n'


def _policy(scripts: list[str]) -> str:
    """Return the page's policy: nothing from anywhere, only these scripts, Python in a worker.

    `blob:` is for the worker and what it imports, `wasm-unsafe-eval` for compiling WebAssembly.
    """
    hashes = " ".join(f"'sha256-{_digest(script)}'" for script in scripts)
    return (
        f"default-src 'none'; script-src {hashes} blob: 'wasm-unsafe-eval'; worker-src blob:; "
        "style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'"
    )


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
