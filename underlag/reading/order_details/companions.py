"""Tells apart what a mail says of its workbooks: 'Den andra avser PROD' is not about the one for QA."""

from collections.abc import Iterable, Sequence
from typing import Final

from underlag.files.workbook_names import WORKBOOK_ENDINGS
from underlag.lazy_pattern import LazyPattern
from underlag.profiles import recognised_profiles
from underlag.profiles.profile import Profile
from underlag.profiles.words import words
from underlag.reading.order_details.file_name import read_file_name
from underlag.reading.remarks.environments import environments_named
from underlag.reading.remarks.mail_sentences import weight_in_mail

#: What is called after its environment: 'QA-filen'.
_FILE: Final = LazyPattern(r"(?<=\w)[- ](?:fil|underlag|arbetsbok)\w*").sub


def own_remarks(remarks: tuple[str, ...], name: str, names: Iterable[str]) -> tuple[str, ...]:
    """Return the sentences of a mail that may be about one of its workbooks.

    Left out are those that name only the environment of another of the workbooks, if a further sentence names
    the workbook's own, and they deny, limit, postpone or change nothing: 'Bara QA ska göras' is about each.

    Args:
        remarks: the sentences.
        name: the workbook's name.
        names: the names of all files of the mail.
    """
    books = [one for one in names if one.casefold().endswith(WORKBOOK_ENDINGS)]
    if not remarks or len(books) < 2 or name not in books:  # noqa: PLR2004 - alone it has no companion
        return remarks
    for profile in recognised_profiles().values():
        own = _environments(name, profile)
        others = frozenset().union(*(_environments(one, profile) for one in books)) - own
        if len(own) == 1 and others:
            return _without_others(remarks, profile, own, others)
    return remarks


def _without_others(
    remarks: Sequence[str], profile: Profile, own: frozenset[str], others: frozenset[str]
) -> tuple[str, ...]:
    named = {text: environments_named(_FILE("", text), profile) for text in remarks}
    if not any(own <= found for found in named.values()):
        return tuple(remarks)
    return tuple(
        text
        for text, found in named.items()
        if not found or not found <= others or weight_in_mail(text) or words().remarks.changes_order(text)
    )


def _environments(name: str, profile: Profile) -> frozenset[str]:
    """Return the keys of the environments in the name of a workbook."""
    stated = (one.value.text for one in read_file_name(name, profile) if one.key == "environment")
    found = map(profile.environment, stated)
    return frozenset(spec.key for spec in found if spec)
