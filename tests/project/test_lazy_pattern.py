"""Patterns that are compiled when they are first used."""

import re
from importlib import import_module
from pathlib import Path

import pytest

from underlag.lazy_pattern import LazyPattern

ROOT = Path(__file__).resolve().parents[2]


def test_the_methods_do_what_those_of_a_compiled_pattern_do():
    lazy, compiled = (make(r"(b)(c?)", re.IGNORECASE) for make in (LazyPattern, re.compile))

    for text in ("", "b", "aBcb", "abcbc"):
        assert spans(lazy.match(text)) == spans(compiled.match(text))
        assert spans(lazy.match(text, 1)) == spans(compiled.match(text, 1))
        assert spans(lazy.fullmatch(text)) == spans(compiled.fullmatch(text))
        assert spans(lazy.search(text)) == spans(compiled.search(text))
        assert spans(lazy.search(text, 1, 3)) == spans(compiled.search(text, 1, 3))
        assert lazy.split(text) == compiled.split(text)
        assert lazy.findall(text) == compiled.findall(text)
        assert [*map(spans, lazy.finditer(text))] == [*map(spans, compiled.finditer(text))]
        assert lazy.sub("x", text) == compiled.sub("x", text)
    assert lazy.pattern == compiled.pattern


def spans(match):
    return match and match.regs


def test_a_faulty_pattern_is_reported_at_its_first_use():
    pattern = LazyPattern("(")

    with pytest.raises(re.error):
        pattern.search("x")


def test_every_lazy_pattern_of_the_program_compiles():
    sources = (path for path in (ROOT / "underlag").rglob("*.py") if path.name != "lazy_pattern.py")
    modules = (
        import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
        for path in sources
        if "LazyPattern(" in path.read_text(encoding="utf-8")
    )
    # A module may keep a method of a pattern, rather than the pattern.
    values = (getattr(value, "__self__", value) for module in modules for value in vars(module).values())
    patterns = [value for value in values if isinstance(value, LazyPattern)]

    assert patterns
    for pattern in patterns:
        pattern.search(pattern.pattern)
