"""The processing of one workbook as a job for a worker process; a failure affects no other workbook."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from underlag.batch.inbox import Found, UnusableError
from underlag.batch.processes.unanswered import UnansweredError
from underlag.batch.records.workbooks import PackageRecord, Settings
from underlag.text.system_errors import why


@dataclass(slots=True, frozen=True)
class Failure:
    """The reason, a Swedish sentence, why a workbook has no package."""

    reason: str


@dataclass(slots=True, frozen=True)
class WorkbookJob:
    """A workbook to process, and the folder in which to build its package.

    The folder does not exist, unless a process that crashed has left a part of the package there.
    """

    found: Found
    fingerprint: str
    order_file: Path | None
    folder: Path

    def run(self, settings: Settings) -> PackageRecord | Failure:
        """Make the package; never raises."""
        shutil.rmtree(self.folder, ignore_errors=True)
        return _guarded(self, settings)


def _guarded(job: WorkbookJob, settings: Settings) -> PackageRecord | Failure:
    try:
        from underlag.batch.make import make  # noqa: PLC0415 - only the process that does the work needs it

        return make(job, settings)
    except UnusableError as error:
        return Failure(f"Filen {error}.")
    except UnansweredError as error:
        return Failure(
            f"{error}. Arbetsboken är därför inte jämförd med TAK och har inget paket. Kör samma kommando "
            "igen när API:et svarar."
        )
    except OSError as error:
        return Failure(f"Filen gick inte att läsa, eller paketet att skriva: {why(error)}.")
    except MemoryError:
        return Failure("Arbetsboken är för stor för datorns minne. Kör den för sig, på en större dator.")
    except Exception as error:  # noqa: BLE001 - an error in one workbook must not stop the others
        return Failure(unexpected(error))


def unexpected(error: Exception) -> str:
    """Return the sentence about an unexpected exception."""
    return (
        f"Ett oväntat fel i programmet ({type(error).__name__}) hindrade granskningen. "
        "Granska arbetsboken för sig med underlag bestall, och anmäl felet om det är kvar."
    )
