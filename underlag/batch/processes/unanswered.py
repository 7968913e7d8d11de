"""Why a TAK-API is not of use."""


class UnansweredError(Exception):
    """The TAK-API gives no usable answer; the text is Swedish, without a full stop."""
