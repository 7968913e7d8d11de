"""Finds sentences in the text of a mail that speak against the order it brings: 'Vänta med denna'."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Final

from underlag.lazy_pattern import LazyPattern
from underlag.reading.remarks.mail_sentences import weight_in_mail

#: Where the text of an earlier mail begins, which a reply quotes and a forwarded mail passes on.
_EARLIER: Final = LazyPattern(
    r"(?im)^[ \t]*(?:>|-{2,} ?(?:ursprungligt|vidarebefordrat|original|forwarded)|_{10,}\s*$"
    r"|\*?(?:från|from|avsändare)\*? ?:|(?:den|on) .{5,120}(?:skrev|wrote)\b.*:\s*$)"
)
_FORWARDED: Final = LazyPattern(r"(?i)\s*(?:vb|vs|fw|fwd|wg|vidarebefordra[td])\s*:").match
_BLOCKS: Final = LazyPattern(r"(?i)<(?:br|/p|/div|/li|/tr|/h\d)\b[^<>]*>")
_HIDDEN: Final = LazyPattern(r"(?is)<(style|script|head)\b.*?</\1\s*>")
_TAGS: Final = LazyPattern(r"<[^<>]*>")
_PARAGRAPHS: Final = re.compile(r"\n\s*\n")
_SENTENCES: Final = re.compile(r"(?<=[.!?])\s+")
#: Maximum characters of a mail that are looked at, sentences that count, and characters of one.
_MOST_CHARACTERS: Final = 20_000
_MOST_SENTENCES: Final = 5
_LONGEST: Final = 300


def against_order(text: str, subject: str) -> tuple[str, ...]:
    """Return the sentences of a mail that deny, postpone or limit the order, each once.

    Those that withdraw or postpone it come first; of many sentences the last are left out.

    Quoted mails do not count, except the one that a forwarded mail passes on.

    Args:
        text: the text of the mail.
        subject: its subject.
    """
    withdraws: dict[str, None] = {}
    changes: dict[str, None] = {}
    for sentence in _sentences(_own(text[:_MOST_CHARACTERS], forwarded=_FORWARDED(subject) is not None)):
        if len(sentence) <= _LONGEST and (weight := weight_in_mail(sentence)):
            (withdraws if weight == "withdraws" else changes).setdefault(sentence)
    return tuple([*withdraws, *changes][:_MOST_SENTENCES])


def plain_text(html: str) -> str:
    """Return the text of a mail in HTML, a line for each block."""
    shown = _HIDDEN.sub(" ", html[: 10 * _MOST_CHARACTERS])
    return unescape(_TAGS.sub(" ", _BLOCKS.sub("\n\n", shown)))


def _own(text: str, *, forwarded: bool) -> str:
    """Return what a mail says itself, without the earlier mails below it."""
    starts = [match.start() for match in _EARLIER.finditer(text)]
    if forwarded:  # its own headers come first
        starts = [start for start in starts[1:] if text.find("\n\n", starts[0], start) >= 0]
    return text[: starts[0]] if starts else text


def _sentences(text: str) -> Iterator[str]:
    """Yield the sentences; lines that mail programs break are one."""
    for paragraph in _PARAGRAPHS.split(text.replace("\r\n", "\n")):
        for sentence in _SENTENCES.split(" ".join(paragraph.split())):
            if sentence:
                yield sentence
