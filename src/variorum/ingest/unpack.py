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
_FREE, _RATIO = 64_000_000, 200  # bytes that any stream may unpack to; beyond, no more than this many times its size


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


def unpacked(raw: io.BufferedReader, name: str) -> io.BufferedReader:
    """``raw`` with gzip taken off. Nothing is read beyond what is asked for, and a stream that unpacks to many times
    its size raises `InputError`, so that a gzip bomb costs little."""
    return io.BufferedReader(_Gunzip(raw, name)) if is_gzip(raw.peek(2)[:2]) else raw


class _Gunzip(io.RawIOBase):
    """What a gzip stream unpacks to, within bounds."""

    def __init__(self, raw: io.BufferedReader, name: str) -> None:
        self._packed = _Counted(raw)
        self._gzip = gzip.GzipFile(fileobj=cast(IO[bytes], self._packed))
        self._size = 0
        self._name = name

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        try:
            count = self._gzip.readinto(memoryview(buffer))  # type: ignore[arg-type]
        except zlib.error as exc:
            raise OSError(str(exc)) from exc
        self._size += count
        if self._size > _FREE and self._size > _RATIO * self._packed.count:
            raise InputError(self._name, f"it unpacks to more than {_RATIO} times its size, as no text does; left out")
        return count


class _Counted:
    """A stream that knows how much of it was read."""

    def __init__(self, raw: io.BufferedReader) -> None:
        self._raw = raw
        self.count = 0

    def read(self, size: int = -1) -> bytes:
        """As the stream's own."""
        data = self._raw.read(size)
        self.count += len(data)
        return data


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
    """Lines with their numbers from 1 and their sizes; None in place of a line longer than ``limit``, which is passed
    over, not kept."""

    def __init__(self, stream: IO[bytes], limit: int) -> None:
        self._stream = stream
        self._limit = limit

    def __iter__(self) -> Iterator[tuple[int, bytes | None, int]]:
        number = 0
        while line := self._stream.readline(self._limit + 1):
            number += 1
            size = len(line)
            if size <= self._limit:
                yield number, line, size
                continue
            while line and not line.endswith(b"\n"):
                line = self._stream.readline(_CHUNK)
                size += len(line)
            yield number, None, size
