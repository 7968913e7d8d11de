"""The sections of a TAK order as JSON, and laid out for display.

An undo mostly excludes what its order includes: a list that both have is serialised, measured and laid out
once.
"""

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any, Final

from underlag import json_text
from underlag.tak.orders.draft import Draft
from underlag.tak.orders.layout import LISTS, list_lines, object_lines
from underlag.tak.orders.size import encoded_size, largest_encoded_size

#: Objects of each list that are laid out for display.
_SHOWN: Final = 10


class _List:
    """A list of objects of one kind, by the name that tak-web gives the kind."""

    def __init__(self, name: str, objects: list[dict[str, Any]]) -> None:
        self.name = name
        self.objects = objects

    @cached_property
    def content(self) -> bytes:
        """The list as JSON."""
        return json_text.compact(self.objects)

    @cached_property
    def size(self) -> int:
        """The form-encoded size of the content."""
        return encoded_size(self.content)

    @cached_property
    def lines(self) -> list[str]:
        """Its first objects laid out for display."""
        return object_lines(self.name, self.objects[:_SHOWN])


class Sections:
    """What an order includes and excludes.

    Args:
        draft: its content, which is not to change afterwards.
        similar: sections that have some of the same lists.
    """

    def __init__(self, draft: Draft, similar: "Sections | None" = None) -> None:
        self._lists = {
            section: [
                (similar.find(name, objects) if similar else None) or _List(name, objects)
                for name, objects in lists.items()
            ]
            for section, lists in draft.sections().items()
        }

    def find(self, name: str, objects: list[dict[str, Any]]) -> _List | None:
        """Return the list of a name that has these objects, None without one."""
        every = (one for lists in self._lists.values() for one in lists)
        return next((one for one in every if one.name == name and one.objects == objects), None)

    @cached_property
    def content(self) -> tuple[bytes, ...]:
        """The sections as JSON, in pieces: lists that sections share are in memory once."""
        return tuple(self._pieces(lambda one: one.content))

    @property
    def size(self) -> int:
        """The form-encoded size of the content."""
        frame = encoded_size(b"".join(self._pieces(lambda _: b"")))
        return frame + sum(one.size for lists in self._lists.values() for one in lists)

    def reaches(self, limit: float) -> bool:
        """Whether the form-encoded size is a limit or more; measured only if the length leaves it open."""
        return largest_encoded_size(sum(map(len, self.content))) >= limit and self.size >= limit

    @property
    def lines(self) -> list[str]:
        """The sections laid out for display."""
        return [
            line
            for section, lists in self._lists.items()
            for one in sorted(lists, key=lambda one: LISTS.index(one.name))
            if one.objects
            for line in list_lines(f"{section}.{one.name}", len(one.objects), one.lines)
        ]

    def _pieces(self, content: Callable[[_List], bytes]) -> Iterator[bytes]:
        """Yield the JSON in pieces, with something for each list."""
        before = "{"
        for section, lists in self._lists.items():
            yield f'{before}"{section}":'.encode()
            before = "{"
            for one in lists:
                yield f'{before}"{one.name}":'.encode()
                yield content(one)
                before = ","
            before = "},"
        yield b"}}"
