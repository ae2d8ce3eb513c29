"""Streams of bytes whatever they come as: text streams encoded, gzip opened, long lines bounded."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from typing import IO, Final, cast

from variorum.errors import InputError

_GZIP: Final = b"\x1f\x8b"
_CHUNK: Final = 1 << 16


class _Utf8(io.RawIOBase):
    """A text stream as UTF-8 bytes."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        if not self._left:
            self._left = self._stream.read(_CHUNK).encode("utf-8", "surrogatepass")
        count = min(len(view), len(self._left))
        view[:count], self._left = self._left[:count], self._left[count:]
        return count


def is_gzip(data: bytes) -> bool:
    """Whether ``data`` begins like a gzip member."""
    return data.startswith(_GZIP)


def buffered_head(stream: IO[bytes] | IO[str], name: str, size: int) -> tuple[io.BufferedReader, bytes]:
    """The stream, none of it consumed, and about ``size`` bytes of its beginning with gzip taken off."""
    raw = _buffered(stream, name)
    head = raw.peek(size)[:size]
    if is_gzip(head):
        try:
            head = zlib.decompressobj(wbits=31).decompress(head, size)
        except zlib.error:
            head = b""
    return raw, head


def unpacked(raw: io.BufferedReader) -> io.BufferedReader:
    """``raw`` with gzip taken off. Nothing is read beyond what is asked for, so a gzip bomb costs no more than the
    reader's own limit."""
    if not is_gzip(raw.peek(2)[:2]):
        return raw
    return io.BufferedReader(cast(io.RawIOBase, gzip.GzipFile(fileobj=raw)))


def _buffered(stream: IO[bytes] | IO[str], name: str) -> io.BufferedReader:
    if isinstance(stream, io.BufferedReader):
        return stream
    if isinstance(stream, io.TextIOBase):
        return io.BufferedReader(_Utf8(cast(IO[str], stream)))
    if hasattr(stream, "readinto"):
        return io.BufferedReader(cast(io.RawIOBase, stream))
    data = stream.read()
    if not isinstance(data, bytes | str):
        raise InputError(name, "an object that gives neither bytes nor text; pass an open file")
    return io.BufferedReader(cast(io.RawIOBase, io.BytesIO(data.encode() if isinstance(data, str) else data)))


class BoundedLines:
    """Lines with their numbers from 1; None in place of a line longer than ``limit``, which is skipped, not kept."""

    def __init__(self, stream: IO[bytes], limit: int) -> None:
        self._stream = stream
        self._limit = limit

    def __iter__(self) -> Iterator[tuple[int, bytes | None]]:
        number = 0
        while line := self._stream.readline(self._limit + 1):
            number += 1
            if len(line) <= self._limit:
                yield number, line
                continue
            while line and not line.endswith(b"\n"):
                line = self._stream.readline(_CHUNK)
            yield number, None
