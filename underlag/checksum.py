"""SHA-256, of files and of texts that are too long to be a key."""


def sha256_of(content: bytes) -> str:
    """Return the checksum (hex)."""
    import hashlib  # noqa: PLC0415 - it loads OpenSSL, and checking a workbook needs no checksum

    return hashlib.sha256(content).hexdigest()
