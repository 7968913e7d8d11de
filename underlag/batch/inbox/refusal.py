"""The exception for containers and members that cannot be opened."""


class UnusableError(Exception):
    """A container, or a member of one, cannot be opened; the Swedish text states the reason."""
