"""How large an order is when it is sent.

Source: skltp/tak, tak-web: an order comes as a form, and the server (Tomcat) takes forms of at most 2 MB.
"""

from typing import Final

#: A form-encoded order that we write is smaller than this, in bytes.
LARGEST_BODY: Final = 2_000_000

#: Every way of form-encoding leaves these as they are and writes each other byte as three at most.
_AS_THEY_ARE: Final = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-"


def encoded_size(text: bytes) -> int:
    """Return the most bytes that a text can be form-encoded: a blank may be sent as '+' or as '%20'."""
    return len(text) + 2 * len(text.translate(None, _AS_THEY_ARE))
