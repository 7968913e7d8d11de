"""What the start of the page would find and compile each time, found and compiled once, in the build.

Runs inside Pyodide: the build records, the browser uses the record, with the same Python. More than half of the start
would otherwise be spent looking for modules in the emulated file system, and compiling patterns and the methods of
dataclasses. Python itself offers no place for what is compiled so; `re`, `dataclasses` and `collections` are given a
compiler that looks in the record first. What the record lacks is found and compiled as usual.
"""

import _sre
import builtins
import collections
import dataclasses
import marshal
import re._compiler as patterns  # type: ignore[import-untyped] # the module is not public
import sys
from array import array
from collections.abc import Callable, Mapping
from importlib.machinery import ModuleSpec, SourcelessFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType, SimpleNamespace
from typing import Any, Final

#: The record's file, in the folder of the program.
RECORD: Final = "prepared.marshal"
_PACKAGE_FILE: Final = "/__init__.pyc"
#: Arguments of `_sre.compile` after the pattern, with the code as bytes.
type _Compiled = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]


class Recorder:
    """Records, once it has begun, it is in use, which patterns, dataclasses and named tuples Python compiles."""

    def __init__(self) -> None:
        self._patterns: dict[tuple[str | bytes, int], _Compiled] = {}
        self._code: dict[str, CodeType] = {}

    def begin(self) -> None:
        """Record from now on, in this process."""
        usual: Callable[..., object] = patterns.compile

        def compiled(pattern: str | bytes, flags: int = 0) -> object:
            def kept(_: object, all_flags: int, code: list[int], groups: int, *names: Any) -> object:
                self._patterns[pattern, int(flags)] = (
                    int(all_flags),
                    array("I", code).tobytes(),
                    groups,
                    *names,
                )
                return _sre.compile(pattern, all_flags, code, groups, *names)

            patterns._sre = SimpleNamespace(**vars(_sre) | {"compile": kept})  # noqa: SLF001 - see the module
            try:
                return usual(pattern, flags)
            finally:
                patterns._sre = _sre  # noqa: SLF001 - as above

        patterns.compile = compiled
        _compile_with(self._recorded)

    def _recorded(self, text: str, kind: str) -> CodeType:
        self._code[text] = code = compile(text, "<string>", kind)
        return code

    def write(self, folder: Path, names: Mapping[str, str]) -> None:
        """Write the record.

        Args:
            folder: the folder of the program.
            names: the file of each module, from that folder.
        """
        (folder / RECORD).write_bytes(marshal.dumps((dict(names), self._patterns, self._code)))


class _Finder:
    """Finds a module of the program by its name, without looking into folders."""

    def __init__(self, folder: str, files: Mapping[str, str]) -> None:
        self._folder = folder
        self._files = files

    def find_spec(self, name: str, _path: object = None, _target: object = None) -> ModuleSpec | None:
        """Return where a module is, None for one of the standard library."""
        if name not in self._files:
            return None
        file = f"{self._folder}/{self._files[name]}"
        inside = [file.removesuffix(_PACKAGE_FILE)] if file.endswith(_PACKAGE_FILE) else None
        loader = SourcelessFileLoader(name, file)
        return spec_from_file_location(name, file, loader=loader, submodule_search_locations=inside)


def use(folder: str) -> None:
    """Make the program in a folder importable, with what its record holds."""
    sys.path.insert(0, folder)
    files, recorded, code = marshal.loads((Path(folder) / RECORD).read_bytes())  # noqa: S302 - part of the page
    sys.meta_path.insert(0, _Finder(folder, files))
    usual = patterns.compile

    def compiled(pattern: str | bytes, flags: int = 0) -> object:
        found: _Compiled | None = recorded.get((pattern, flags))
        if found is None:
            return usual(pattern, flags)
        all_flags, binary, *rest = found
        return _sre.compile(pattern, all_flags, memoryview(binary).cast("I").tolist(), *rest)

    patterns.compile = compiled
    _compile_with(lambda text, _: code.get(text, text))


def _compile_with(compiler: Callable[[str, str], CodeType | str]) -> None:
    """Let dataclasses and named tuples compile their methods with this; text that it returns is compiled as usual."""

    def run(text: str, *namespaces: dict[str, Any]) -> None:
        builtins.exec(compiler(text, "exec"), *namespaces)

    def value(text: str, *namespaces: dict[str, Any]) -> object:
        return builtins.eval(compiler(text, "eval"), *namespaces)

    vars(dataclasses)["exec"] = run
    vars(collections)["eval"] = value
