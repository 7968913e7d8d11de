import jinja2
import pytest

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


def test_a_name_that_nobody_gave_is_an_error():
    with pytest.raises(jinja2.UndefinedError):
        environment().from_string("{{ saknas }}").render()


def test_block_lines_leave_nothing_behind():
    text = environment().from_string("a\n  {% if true %}\nb\n  {% endif %}\nc\n").render()

    assert text == "a\nb\nc\n"
