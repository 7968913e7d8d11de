"""Opens zip files; their members are unpacked one at a time."""

import io
import zipfile

from underlag.batch.inbox.members import Members, Spent
from underlag.batch.inbox.refusal import UnusableError
from underlag.reading.formats.limits import MAX_FILE, MAX_UNPACKED


def zip_members(content: bytes, spent: Spent) -> Members:
    """Open a zip file.

    Raises:
        UnusableError: it is damaged.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise UnusableError("är en skadad zip-fil") from error
    infos = [info for info in archive.infolist() if not info.filename.endswith("/")]
    unpacked = _Unpacked(archive, infos, spent)
    return Members([_zip_name(info) for info in infos], unpacked.content)


def _zip_name(info: zipfile.ZipInfo) -> str:
    """Return the member's name; without the UTF-8 flag it is in the code page of a Swedish Windows."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("cp850")
    except UnicodeError:
        return info.filename


class _Unpacked:
    """The files of an archive, unpacked up to a total size."""

    def __init__(self, archive: zipfile.ZipFile, infos: list[zipfile.ZipInfo], spent: Spent) -> None:
        self._archive = archive
        self._infos = infos
        self._spent = spent

    def content(self, index: int) -> bytes:
        info = self._infos[index]
        if info.flag_bits & 0x1:
            raise UnusableError("är skyddad med lösenord i zip-filen")
        if self._spent.total > MAX_UNPACKED:
            raise UnusableError(f"ryms inte: zip-filen är större än {MAX_UNPACKED // 1_000_000} MB uppackad")
        try:
            with self._archive.open(info) as member:
                data = member.read(MAX_FILE + 1)
        except Exception as error:  # each method of packing has failures of its own
            raise UnusableError("är skadad i zip-filen") from error
        self._spent.total += len(data)
        if len(data) > MAX_FILE:
            raise UnusableError(f"är för stor uppackad (gränsen är {MAX_FILE // 1_000_000} MB)")
        return data
