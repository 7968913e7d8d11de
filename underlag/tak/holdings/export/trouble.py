"""Why an export cannot be used, from where it is noticed to the finding that reports it."""


class Unusable(Exception):  # noqa: N818 - it is a state of the file, caught within the package, never an error of the program
    """An export that must not be used for a comparison.

    Attributes:
        code: the finding's code.
        reason: a Swedish phrase for the finding, without a full stop; if useful, with what was read.
    """

    def __init__(self, code: str, reason: str = "") -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason
