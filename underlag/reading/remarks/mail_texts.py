"""Finds sentences in the text of a mail that may contradict its workbook: 'Vänta med denna'."""

import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from underlag.lazy_pattern import LazyPattern
from underlag.reading.remarks.mail_facts import may_state_fact
from underlag.reading.remarks.mail_html import shown_text
from underlag.reading.remarks.mail_sentences import weight_in_mail, with_replacement

#: Lines before the text of an earlier mail, which a reply quotes and a forwarded mail passes on.
_SEPARATES: Final = LazyPattern(
    r"(?i)-{2,} ?(?:ursprungligt|vidarebefordrat|original|forwarded)|(?:vidarebefordrat brev|begin forwarded)"
).match
_INTRODUCES: Final = LazyPattern(
    r"(?i)(?:den|on) .{5,200}\b(?:skrev|wrote)\b.*:$|(?:.{1,60}\bkl\b.{1,20})\bskrev\b.*:$"
    r"|.{1,120}\b(?:skrev|wrote) (?:den|on|följande|kl)\b.*:$"
).match
_FROM: Final = LazyPattern(r"(?i)\*?(?:från|from|avsändare)\*? ?:").match
_HEADER: Final = LazyPattern(r"(?i)\*?(?:skickat|sent|till|to|ämne|subject|datum|date|kopia|cc)\*? ?:").match
#: Maximum lines between the first and the second line of quoted headers.
_HEADERS_WITHIN: Final = 3
_PREFIXES: Final = LazyPattern(r"\s*(?:\[[^\]]{0,30}\]\s*|[A-Za-zÅÄÖåäö]{2,14}\s*:\s*)*").match
_FORWARDED: Final = LazyPattern(r"(?i)\b(?:vb|vs|fw|fwd|wg|vidarebefordra[td])\s*:").search
_REPLY: Final = LazyPattern(
    r"(?i)\s*(?:\[[^\]]{0,30}\]\s*)*(?:sv|re|aw|vb|vs|fw|fwd|wg|vidarebefordra[td])\s*:"
).match
#: Where a mail ends: below are the writer's name, title and addresses.
_CLOSES: Final = LazyPattern(
    r"(?i)(?:med )?(?:vänlig(?:a|en)?|bästa|varma|många|hjärtliga) ?hälsn|hälsningar\b(?! från)"
    r"|vänligen\W*$|mvh\b|vh\b|/ ?[a-zåäö]|-{2,}\W*$|_{4,}|(?:best|kind|warm) regards|regards\b"
    r"|sent from|skickat från|hämta outlook"
).match
#: Where it goes on below that.
_GOES_ON: Final = LazyPattern(r"(?i)(?:p\.? ?s\b|obs\b|nb\b|n\.b\.)").match
#: Lines that a sentence does not go on to.
_GREETING: Final = LazyPattern(
    r"(?i)(?:med vänlig|vänlig|bästa|varma|hälsning|mvh|vh\b|/|hej\W*$|tack\W*$"
    r"|--|best regards|kind regards|regards)"
).match
#: A line that is no more than a greeting.
_GREETS: Final = LazyPattern(
    r"(?i)(?:hej(?:san)?|god (?:morgon|dag|kväll|eftermiddag)|tjena|hallå)(?: [\wåäö]+){0,3}\W*"
).fullmatch
_UNSEEN: Final = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_SENTENCES: Final = re.compile(r"(?<=[.!?])\s+")
_QUOTE: Final = re.compile(r"^(?:>\s*)+")
#: Maximum characters of a mail that are looked at, sentences that count, and characters of one.
_MOST_CHARACTERS: Final = 20_000
_MOST_SENTENCES: Final = 5
_LONGEST: Final = 300
#: Maximum sentences with facts to compare with the workbook.
_MOST_FACTS: Final = 10
#: Minimum characters of a line that a mail program breaks.
_BROKEN: Final = 60


def against_order(text: str, subject: str) -> tuple[str, ...]:
    """Return the sentences of a mail that deny, postpone or limit the order, each once.

    Those that withdraw or postpone it come first; of many sentences the last are left out. Quoted mails do
    not count, except the one that a forwarded mail passes on. A subject counts if it withdraws the order, and
    is the mail's own.

    Args:
        text: the text of the mail.
        subject: its subject.
    """
    withdraws: dict[str, None] = {}
    changes: dict[str, None] = {}
    plain = _UNSEEN.sub("", subject).strip()
    if not _REPLY(plain) and weight_in_mail(plain) == "withdraws":
        withdraws.setdefault(plain[:_LONGEST])
    shown = _UNSEEN.sub("", text[:_MOST_CHARACTERS])
    lines = _own(shown, forwarded=_is_forwarded(plain))
    sentences = list(_sentences(lines))
    unsigned = frozenset(_sentences(_unsigned(lines)))
    for sentence in sentences:
        signed = sentence not in unsigned
        for part in textwrap.wrap(with_replacement(sentence, sentences), _LONGEST):
            if weight := weight_in_mail(part, signed=signed):
                (withdraws if weight == "withdraws" else changes).setdefault(part)
    return tuple([*withdraws, *changes][:_MOST_SENTENCES])


def remarks_in(text: str, subject: str) -> tuple[str, ...]:
    """Return the sentences of a mail that may contradict its workbook, each once.

    Those of `against_order` come first, then those with a fact to compare with the workbook, but none of the
    writer's signature.

    Args:
        text: the text of the mail.
        subject: its subject.
    """
    shown = _UNSEEN.sub("", text[:_MOST_CHARACTERS])
    lines = _unsigned(_own(shown, forwarded=_is_forwarded(_UNSEEN.sub("", subject).strip())))
    against = against_order(text, subject)
    parts = (part for sentence in _sentences(lines) for part in textwrap.wrap(sentence, _LONGEST))
    facts = [part for part in dict.fromkeys(parts) if part not in against and may_state_fact(part)]
    return (*against, *facts[:_MOST_FACTS])


def own_text(text: str, subject: str) -> str:
    """Return what a mail says itself, on one line: without greeting, signature and quoted mails."""
    shown = _UNSEEN.sub("", text[:_MOST_CHARACTERS])
    lines = _unsigned(_own(shown, forwarded=_is_forwarded(_UNSEEN.sub("", subject).strip())))
    return " ".join(line for line in lines if line and not _GREETS(line))


def _unsigned(lines: Iterable[str]) -> Iterator[str]:
    """Yield lines without signatures and the headers of a mail that is passed on."""
    closed = False
    for line in lines:
        is_header = _FROM(line) is not None or _HEADER(line) is not None
        if is_header or _SEPARATES(line) or _GOES_ON(line):
            closed = False
        elif _CLOSES(line):
            closed = True
        if not closed and not is_header:
            yield line


def plain_text(html: str) -> str:
    """Return the text of a mail in HTML as people see it."""
    return shown_text(html[: 10 * _MOST_CHARACTERS])


def _is_forwarded(subject: str) -> bool:
    prefixes = _PREFIXES(subject)
    return prefixes is not None and _FORWARDED(prefixes[0]) is not None


def _own(text: str, *, forwarded: bool) -> list[str]:
    """Return the lines that a mail says itself, without quoted ones and the earlier mails below it."""
    lines = [" ".join(line.split()) for line in text.splitlines()]
    if forwarded:  # what it passes on may be quoted
        lines = [_QUOTE.sub("", line) for line in lines]
    starts = list(_starts(lines))
    end = next(iter(starts[1:] if forwarded else starts), len(lines))
    return [line if not line.startswith(">") and not _INTRODUCES(line) else "" for line in lines[:end]]


def _starts(lines: Sequence[str]) -> Iterator[int]:
    """Yield the lines where earlier mails begin; one line of several that begin the same mail."""
    filled = [at for at, line in enumerate(lines) if line]
    latest = -_HEADERS_WITHIN - 1
    for place, at in enumerate(filled):
        following = [lines[other] for other in filled[place + 1 : place + 1 + _HEADERS_WITHIN]]
        line = lines[at]
        if _SEPARATES(line) or (_FROM(line) and any(map(_HEADER, following))):
            begins = True
        else:  # an answer may be below the lines that it quotes
            begins = _INTRODUCES(line) is not None and not (following and following[0].startswith(">"))
        if begins and place - latest > _HEADERS_WITHIN:
            yield at
        if begins:
            latest = place


def _sentences(lines: Iterable[str]) -> Iterator[str]:
    """Yield the sentences; lines that mail programs break are one."""
    joined: list[str] = []
    before = ""
    for line in lines:
        goes_on = (
            before and line and before[-1] not in ".!?:" and not _GREETING(line) and _GREETING(before) is None
        )
        if goes_on and (line[0].islower() or len(before) >= _BROKEN):
            joined[-1] += f" {line}"
        else:
            joined.append(line)
        before = line
    for whole in joined:
        yield from filter(None, _SENTENCES.split(whole))
