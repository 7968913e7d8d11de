"""Trees of XML parts preserve the file's content, and expand nothing."""

from xml.etree import ElementTree as ET

import pytest

from underlag import xml_tree

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET = f"""<?xml version="1.0" encoding="UTF-8"?>
<worksheet xmlns="{MAIN}" xmlns:mc="urn:mc" mc:Ignorable="x14ac xr" xmlns:x14ac="urn:ac" xmlns:xr="urn:xr">
  <?keep this?><!-- note --><cols><col min="1" x14ac:b="a&#10;b&amp;&quot;&lt;å"/></cols>
  <f>1&lt;2&#13;</f><e></e>tail
</worksheet>"""


def canonical(data: bytes) -> str:
    return ET.canonicalize(data.decode(), with_comments=True)


def test_a_part_comes_back_with_prefixes_declarations_comments_and_order():
    made = xml_tree.serialize(xml_tree.parse(SHEET.encode()))

    assert canonical(made) == canonical(SHEET.encode())
    assert made.startswith(b"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n<worksheet ")
    assert b'xmlns:mc="urn:mc" mc:Ignorable="x14ac xr" xmlns:x14ac="urn:ac" xmlns:xr="urn:xr"' in made
    assert b"<?keep this?><!-- note -->" in made


def test_comments_can_be_left_out_and_the_text_around_them_stays():
    made = xml_tree.text_of(xml_tree.parse(b"<a>1<!-- x -->2<b/><!-- y -->3</a>", comments=False))

    assert made == "<a>12<b/>3</a>"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "windows-1252"])
def test_a_part_in_another_encoding_becomes_utf_8(encoding):
    declared = encoding.removesuffix("-sig")
    data = f'<?xml version="1.0" encoding="{declared}"?><a b="å">ö</a>'.encode(encoding)

    assert xml_tree.serialize(xml_tree.parse(data)).decode().endswith('\n<a b="å">ö</a>')


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<a>",
        b"<a></b>",
        b"<a/><b/>",
        b"<a>&unknown;</a>",
        b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        b'<?xml version="1.0" encoding="no-such"?><a/>',
        b"<a>" * 100_000 + b"</a>" * 100_000,
        b"<a>\xff</a>",
        f'<a xmlns="{MAIN}"><x:b xmlns:x="{MAIN}" xmlns="urn:other"/></a>'.encode(),
    ],
)
def test_what_cannot_be_edited_safely_is_refused(data):
    with pytest.raises(xml_tree.XmlError):
        xml_tree.parse(data)


def test_a_second_prefix_is_harmless_where_nothing_uses_it_or_within_an_extension():
    text = f'<a xmlns="{MAIN}" xmlns:y="{MAIN}"><ext xmlns:x="{MAIN}"><x:b/></ext></a>'

    assert xml_tree.text_of(xml_tree.parse(text.encode())) == text


@pytest.mark.parametrize(
    ("text", "unified"),
    [
        (
            f'<x:a xmlns:x="{MAIN}" xmlns="{MAIN}"><b/></x:a>',
            f'<x:a xmlns:x="{MAIN}" xmlns="{MAIN}"><x:b/></x:a>',
        ),
        (
            f'<a xmlns="{MAIN}"><x:b xmlns:x="{MAIN}"><x:c>t</x:c><y:d xmlns:y="urn:y"/></x:b></a>',
            f'<a xmlns="{MAIN}"><b xmlns:x="{MAIN}"><c>t</c><y:d xmlns:y="urn:y"/></b></a>',
        ),
        (
            f'<a xmlns="{MAIN}"><x:b xmlns:x="{MAIN}"/><x:b xmlns:x="urn:other"/></a>',
            f'<a xmlns="{MAIN}"><b xmlns:x="{MAIN}"/><x:b xmlns:x="urn:other"/></a>',
        ),
    ],
)
def test_elements_with_a_second_prefix_of_the_roots_namespace_get_the_first(text, unified):
    assert xml_tree.text_of(xml_tree.parse(text.encode())) == unified


@pytest.mark.parametrize(("declared", "prefix"), [(f'xmlns="{MAIN}"', ""), (f'xmlns:x="{MAIN}"', "x:")])
def test_names_follow_the_prefix_of_the_root(declared, prefix):
    root = xml_tree.parse(f'<{prefix}a {declared} xmlns:r="urn:r"><{prefix}b/><r:b/></{prefix}a>'.encode())
    root.extend(xml_tree.elements(root, '<c d="1"><e/></c>'))

    assert xml_tree.namespace(root) == MAIN
    assert xml_tree.prefix_of(root, "urn:r") == "r"
    assert xml_tree.name(root, "b") == f"{prefix}b"
    assert [one.tag for one in xml_tree.children(root, "b", "c")] == [f"{prefix}b", "r:b", f"{prefix}c"]
    assert xml_tree.child(root, "c", "e").tag == f"{prefix}e"
    assert xml_tree.child(root, "none", "e") is None
