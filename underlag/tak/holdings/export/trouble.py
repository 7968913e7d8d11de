"""Why an export cannot be used, on its way from where it is seen to the finding that tells it."""


class Unusable(Exception):  # noqa: N818 - it is a state of the file, caught within the package, never an error of the program
    """An export that must not be compared with.

    Attributes:
        code: the finding's code.
        reason: a Swedish phrase for the finding, without a full stop; where that helps, with what was read.
    """

    def __init__(self, code: str, reason: str = "") -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason
