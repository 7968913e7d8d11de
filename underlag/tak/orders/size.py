"""The size of an order when it is sent.

Source: skltp/tak, tak-web: an order is sent as a form, and the server (Tomcat) accepts forms of up to 2 MB.
"""

from typing import Final

#: The server's limit in bytes, for the page and REST alike.
FORM_LIMIT: Final = 2 * 1024 * 1024

#: Every form encoding leaves these bytes as they are, and writes each other byte as at most three.
_AS_THEY_ARE: Final = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-"
#: Bytes that some encoding writes as one byte.
_MAYBE_ONE: Final = _AS_THEY_ARE + b" *~"


def encoded_size(text: bytes) -> int:
    """Return the largest form-encoded size of a text: a blank may be sent as '+' or as '%20'."""
    return len(text) + 2 * len(text.translate(None, _AS_THEY_ARE))


def largest_encoded_size(length: int) -> int:
    """Return the form-encoded size that no text of a length exceeds."""
    return 3 * length


def smallest_encoded_size(text: bytes) -> int:
    """Return the smallest form-encoded size of a text."""
    return len(text) + 2 * len(text.translate(None, _MAYBE_ONE))
