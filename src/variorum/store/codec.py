"""Records to compressed bytes and back."""

from __future__ import annotations

import zlib
from typing import Any, Final, TypeVar

import msgspec

T = TypeVar("T")
_LEVEL: Final = 6


def squeezed(data: bytes, level: int = _LEVEL) -> bytes:
    """Compressed; a lower ``level`` is quicker and larger."""
    return zlib.compress(data, level)


def expanded(data: bytes) -> bytes:
    """What `squeezed` was given."""
    return zlib.decompress(data)


def pack(record: object, level: int = _LEVEL) -> bytes:
    """A record as compressed JSON."""
    return squeezed(msgspec.json.encode(record), level)


def unpack(data: bytes, shape: type[T]) -> T:
    """The record that `pack` was given."""
    decoded: T = _DECODERS[shape].decode(expanded(data))
    return decoded


class _Decoders(dict[type[Any], msgspec.json.Decoder[Any]]):
    """One decoder a shape."""

    def __missing__(self, shape: type[Any]) -> msgspec.json.Decoder[Any]:
        return self.setdefault(shape, msgspec.json.Decoder(shape))


_DECODERS: Final = _Decoders()


def plain(text: str | None) -> str | None:
    """A text as every database can hold it in a column: no half surrogate pair, no NUL."""
    return None if text is None else text.encode("utf-8", "replace").decode().replace("\x00", "\ufffd")


def json_text(values: object) -> str:
    """JSON for a text column."""
    return msgspec.json.encode(values).decode()


def texts(column: str) -> tuple[str, ...]:
    """The texts of a JSON column."""
    return msgspec.json.decode(column, type=tuple[str, ...])
