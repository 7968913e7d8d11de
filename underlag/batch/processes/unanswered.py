"""Why a TAK-API is not of use."""


class UnansweredError(Exception):
    """The TAK-API gives no answer to trust; the text says so in Swedish, without a full stop."""
