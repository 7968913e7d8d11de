"""How large an order is when it is sent.

Source: skltp/tak, tak-web: an order comes as a form, and the server (Tomcat) takes forms of at most 2 MB.
"""

from typing import Final

#: What the server takes, in bytes, page and REST alike.
FORM_LIMIT: Final = 2 * 1024 * 1024

#: Every way of form-encoding leaves these as they are and writes each other byte as three at most.
_AS_THEY_ARE: Final = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-"
#: What some way writes as one byte.
_MAYBE_ONE: Final = _AS_THEY_ARE + b" *~"


def encoded_size(text: bytes) -> int:
    """Return the most bytes that a text can be form-encoded: a blank may be sent as '+' or as '%20'."""
    return len(text) + 2 * len(text.translate(None, _AS_THEY_ARE))


def smallest_encoded_size(text: bytes) -> int:
    """Return the fewest bytes that a text can be form-encoded."""
    return len(text) + 2 * len(text.translate(None, _MAYBE_ONE))
