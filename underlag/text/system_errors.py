"""Reasons of operating system errors in Swedish; most systems have English messages."""

import errno
from typing import Final

_REASONS: Final = {
    errno.ENOENT: "filen eller katalogen finns inte",
    errno.EACCES: "åtkomst nekas",
    errno.EPERM: "åtgärden är inte tillåten",
    errno.EEXIST: "namnet finns redan",
    errno.EISDIR: "det är en katalog",
    errno.ENOTDIR: "en del av sökvägen är en fil, inte en katalog",
    errno.ENOTEMPTY: "katalogen är inte tom",
    errno.ENOSPC: "disken är full",
    errno.EFBIG: "filen blir större än disken eller kontot tillåter",
    errno.EXDEV: "mappen ligger på en annan disk",
    errno.EROFS: "disken kan bara läsas",
    errno.EBUSY: "den används av ett annat program",
    errno.ENAMETOOLONG: "namnet är för långt",
    errno.ELOOP: "länken leder tillbaka till sig själv",
    errno.EINVAL: "namnet går inte att använda",
    errno.EMFILE: "för många filer är öppna",
    errno.EIO: "disken svarar inte som den ska",
    errno.ECONNREFUSED: "anslutningen nekas",
    errno.ECONNRESET: "anslutningen bröts",
    errno.ETIMEDOUT: "svaret dröjde för länge",
    errno.EHOSTUNREACH: "värden går inte att nå",
    errno.ENETUNREACH: "nätverket går inte att nå",
    errno.EADDRINUSE: "adressen används redan",
    errno.EADDRNOTAVAIL: "adressen finns inte på den här datorn",
}
#: What a user can do about it.
_REMEDIES: Final = {
    errno.EACCES: "Be den som äger mappen om rätt att läsa och skriva i den",
    errno.EPERM: "Be den som äger mappen om rätt att läsa och skriva i den",
    errno.EROFS: "Be den som sköter disken eller den delade mappen om rätt att skriva",
    errno.ENOSPC: "Frigör utrymme",
}
#: The error of Windows for a file that is open in, for example, Excel.
_SHARING_VIOLATION: Final = 32


def why(error: OSError) -> str:
    """Return the reason as words to follow a colon; the system's own when we have none."""
    if getattr(error, "winerror", None) == _SHARING_VIOLATION:
        return "den är öppen i ett annat program"
    return _REASONS.get(error.errno or 0) or error.strerror or str(error)


def why_and_remedy(error: OSError) -> str:
    """Return the reason of an error in writing, and what to do about it, without the last full stop."""
    if getattr(error, "winerror", None) == _SHARING_VIOLATION:
        return f"{why(error)}. Stäng den där"
    remedy = _REMEDIES.get(error.errno or 0)
    return f"{why(error)}. {remedy}" if remedy else why(error)
