"""Why a TAK-API gave no usable answer."""


class UnansweredError(Exception):
    """The TAK-API gives no usable answer; the text is Swedish, without a full stop."""
