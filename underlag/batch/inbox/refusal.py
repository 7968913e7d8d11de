"""Why a container, or what lies in it, is not opened."""


class UnusableError(Exception):
    """A container, or a member of it, that cannot be opened; the text says why, in Swedish."""
