import jinja2
import pytest

from underlag.documents.template_cache import TemplateCache
from underlag.documents.templates import environment, template_folder


def test_templates_are_found_in_the_source_tree():
    assert template_folder().is_dir()
    assert environment() is environment()


def test_html_is_escaped_and_text_is_not():
    env = environment().overlay(
        loader=jinja2.DictLoader({"a.html": "{{ x }}", "a.txt": "{{ x }}", "_macro.html": "{{ x }}"})
    )

    rendered = [env.get_template(name).render(x="<b>&</b>") for name in ("a.html", "_macro.html", "a.txt")]

    assert rendered == ["&lt;b&gt;&amp;&lt;/b&gt;"] * 2 + ["<b>&</b>"]


def test_a_missing_name_is_an_error():
    with pytest.raises(jinja2.UndefinedError):
        environment().from_string("{{ saknas }}").render()


def test_block_lines_leave_nothing_behind():
    text = environment().from_string("a\n  {% if true %}\nb\n  {% endif %}\nc\n").render()

    assert text == "a\nb\nc\n"


@pytest.fixture
def cached(tmp_path, monkeypatch):
    """Return a function that renders a template anew and counts how often it was compiled."""
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    (tmp_path / "a.html").write_text("ett {{ x }}", encoding="utf-8")
    compiled = []

    def render(options=""):
        env = environment().overlay(
            loader=jinja2.FileSystemLoader(tmp_path), bytecode_cache=TemplateCache(options), cache_size=0
        )
        generate = env._generate
        monkeypatch.setattr(env, "_generate", lambda *a, **k: compiled.append(1) or generate(*a, **k))
        return env.get_template("a.html").render(x="<"), len(compiled)

    return render


def test_a_template_is_compiled_once(cached):
    assert [cached(), cached()] == [("ett &lt;", 1), ("ett &lt;", 1)]


def test_a_changed_template_is_compiled_anew(cached, tmp_path):
    cached()
    (tmp_path / "a.html").write_text("två {{ x }}", encoding="utf-8")

    assert cached() == ("två &lt;", 2)


def test_other_options_make_other_code(cached):
    cached()

    assert cached(options="andra") == ("ett &lt;", 2)


@pytest.mark.parametrize("content", [b"", b"x" * 100, None])
def test_a_damaged_file_is_compiled_anew(cached, tmp_path, content):
    cached()
    (file,) = (tmp_path / "__pycache__").iterdir()
    whole = file.read_bytes()
    file.write_bytes(whole[:-20] if content is None else content)

    assert [cached(), cached()] == [("ett &lt;", 2), ("ett &lt;", 2)]


def test_where_nothing_can_be_written_templates_work(cached, tmp_path):
    (tmp_path / "__pycache__").write_bytes(b"in the way")

    assert [cached(), cached()] == [("ett &lt;", 1), ("ett &lt;", 2)]


def test_a_python_that_writes_no_bytecode_writes_none(cached, tmp_path, monkeypatch):
    monkeypatch.setattr("sys.dont_write_bytecode", True)
    cached()

    assert [path.name for path in tmp_path.iterdir()] == ["a.html"]
