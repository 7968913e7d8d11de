"""Organisation numbers, under python-stdnum with what it would let pass refused."""


def is_valid(digits: str) -> bool:
    """Whether ten ASCII digits are an organisation number with the right check digit (not 0000000000)."""
    raise NotImplementedError
