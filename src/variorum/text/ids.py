"""Ids made of content, never of counters, so that runs and machines agree."""

from __future__ import annotations

from hashlib import sha256


def content_id(prefix: str, *parts: object) -> str:
    """``prefix-`` and 12 hexadecimal digits of the SHA-256 of ``parts``, joined by a separator no text contains."""
    joined = "\x1f".join(map(str, parts))
    return f"{prefix}-{sha256(joined.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"
