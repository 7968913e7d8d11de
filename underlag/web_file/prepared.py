"""Records in the build what importing the program finds and compiles, so that the browser need not do it.

Runs inside Pyodide: the build writes the record, the browser uses it, with the same Python. Without it, half
of the start is spent looking for modules in the emulated file system, and compiling patterns and the methods
of dataclasses. Python has no cache for these: `re`, `dataclasses` and `collections` are given a compiler that
looks in the record first. What the record lacks is found and compiled as usual.
"""

import builtins
import collections
import dataclasses
import marshal
import re
import sys
from array import array
from collections.abc import Callable, Mapping
from importlib.machinery import ModuleSpec, SourcelessFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType, SimpleNamespace
from typing import Any, Final, TypeAlias

#: The record's file, in the folder of the program.
RECORD: Final = "prepared.marshal"
_PACKAGE_FILE: Final = "/__init__.pyc"
#: The module that compiles patterns, and the native one below it; neither is public.
_COMPILER: Final = vars(re)["_compiler"]
_NATIVE: Final = vars(_COMPILER)["_sre"]
#: What the native module takes besides the pattern, with the code as bytes.
_Compiled: TypeAlias = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]
_Key: TypeAlias = tuple[str | bytes, int]


class Recorder:
    """Records which patterns, dataclasses and named tuples Python compiles from `begin` on."""

    def __init__(self) -> None:
        self._patterns: dict[_Key, _Compiled] = {}
        self._code: dict[str, CodeType] = {}

    def begin(self) -> None:
        """Record from now on, for the rest of this process."""
        usual = _COMPILER.compile

        def compiled(pattern: str | bytes, flags: int = 0) -> object:
            def kept(_: object, all_flags: int, code: list[int], groups: int, *names: Any) -> object:
                packed = array("I", code).tobytes()
                self._patterns[pattern, int(flags)] = (int(all_flags), packed, groups, *names)
                return _NATIVE.compile(pattern, all_flags, code, groups, *names)

            vars(_COMPILER)["_sre"] = SimpleNamespace(**vars(_NATIVE) | {"compile": kept})
            try:
                return usual(pattern, flags)
            finally:
                vars(_COMPILER)["_sre"] = _NATIVE

        _COMPILER.compile = compiled
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
        """Return where a module is, None for one that is not in the record."""
        if name not in self._files:
            return None
        file = f"{self._folder}/{self._files[name]}"
        inside = [file.removesuffix(_PACKAGE_FILE)] if file.endswith(_PACKAGE_FILE) else None
        loader = SourcelessFileLoader(name, file)
        return spec_from_file_location(name, file, loader=loader, submodule_search_locations=inside)


def use(folder: str) -> None:
    """Use the record of the program in a folder, which is on the import path."""
    files, patterns, code = marshal.loads((Path(folder) / RECORD).read_bytes())  # noqa: S302 - a part of the page
    sys.meta_path.insert(0, _Finder(folder, files))
    usual = _COMPILER.compile

    # An entry is used once: `re` caches patterns, and a class is created once.
    def compiled(pattern: str | bytes, flags: int = 0) -> object:
        found: _Compiled | None = patterns.pop((pattern, flags), None)
        if found is None:
            return usual(pattern, flags)
        all_flags, packed, *rest = found
        return _NATIVE.compile(pattern, all_flags, memoryview(packed).cast("I").tolist(), *rest)

    _COMPILER.compile = compiled
    _compile_with(lambda text, _: code.pop(text, text))


def _compile_with(compiler: Callable[[str, str], CodeType | str]) -> None:
    """Let dataclasses and named tuples compile their methods with this; it may return a text as it is."""

    def run(text: str, *namespaces: dict[str, Any]) -> None:
        builtins.exec(compiler(text, "exec"), *namespaces)  # noqa: S102 - dataclasses do

    def value(text: str, *namespaces: dict[str, Any]) -> object:
        return builtins.eval(compiler(text, "eval"), *namespaces)  # noqa: S307 - named tuples do

    vars(dataclasses)["exec"] = run
    vars(collections)["eval"] = value
