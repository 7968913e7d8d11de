"""E-mail addresses, telephone numbers and case numbers as the order form takes them."""


def is_email(text: str) -> bool:
    """Whether a text is one e-mail address."""
    raise NotImplementedError


def is_phone(text: str) -> bool:
    """Whether a text is a telephone number as people in Sweden write it (+46 …, 08-…, with blanks, hyphens, '(0)')."""
    raise NotImplementedError


def is_case_number(text: str) -> bool:
    """Whether a text is a pre-study's case number: TSK-12518."""
    raise NotImplementedError
