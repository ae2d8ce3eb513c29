"""WARC files record by record, as ISO 28500 lays them down and as crawlers write them.

Nothing in a file is believed: header lines and blocks are bounded, a wrong length or a damaged gzip member costs its
own record and no other, and reading goes on at the next one that can be found. The ready-made readers give up at
the first damage, hold header lines of any length, or unpack bombs to pass over them, so this one is ours.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, Final

from variorum.model import Span

_CHUNK: Final = 1 << 16
_HEAD: Final = 1 << 16  # bytes of the header fields of a record, and of a block before anybody decides on it
_LINE: Final = 1 << 13
_VERSION: Final = re.compile(rb"WARC/\d\.\d+\r?\n")
# A record begins a line, unless damage took the end of the one before; then its first field must follow.
_NEXT: Final = re.compile(rb"(?<=\n)WARC/\d\.\d+\r?\n|WARC/\d\.\d+\r?\n(?=WARC-[A-Z])")
_MAGIC: Final = b"\x1f\x8b\x08"
_FREE, _RATIO = 64_000_000, 200  # bytes that any member may unpack to; beyond, no more than this many times its size
_REWOUND: Final = 500_000_000  # bytes read a second time to find what wrong lengths swallowed; no more in one file

#: Whether the rest of a block is wanted, from the fields of its record and its first bytes.
Wanted = Callable[[dict[str, str], bytes], bool]


@dataclass(slots=True)
class WarcRecord:
    """One record: its fields (names in lower case), as much of its block as was wanted and allowed, the length it
    states, where it stands in the file (from byte to byte), and what is wrong with it."""

    fields: dict[str, str]
    block: bytes
    length: int
    at: Span
    fault: str | None = None


def read_warc(stream: IO[bytes], wanted: Wanted, limit: int) -> Iterator[WarcRecord | str]:
    """The records in their order, blocks up to ``limit`` bytes and one more; a reason in place of what is none."""
    head = stream.peek(3)[:3] if isinstance(stream, io.BufferedReader) else b""
    source = _Members(stream) if head == _MAGIC else _Plain(stream)
    while source.begin():
        start = source.offset
        if before := source.take_fault():
            yield f"damaged before byte {start} ({before}); reading went on there"
        line = source.line(32)
        if not _VERSION.fullmatch(line):
            fault = source.take_fault() or "no WARC record there"
            after = "reading went on after it" if source.resync() else "nothing more was found there"
            yield f"damaged at byte {start} ({fault}); {after}"
            continue
        record = _record(source, start, wanted, limit)
        yield record if record is not None else f"a record at byte {start} whose header cannot be read; left out"
    if last := source.take_fault():
        yield f"damaged at byte {source.offset} ({last}); what came before it was kept"


def _record(source: _Plain, start: int, wanted: Wanted, limit: int) -> WarcRecord | None:
    fields = _fields(source)
    stated = (fields or {}).get("content-length", "")
    if fields is None or not (stated.isascii() and stated.isdigit() and len(stated) < 16):
        source.resync()
        return None
    length, begin = int(stated), source.offset
    block = source.take(min(length, _HEAD))
    if length > len(block) == _HEAD:
        if wanted(fields, block):
            block += source.take(min(length, limit + 1) - _HEAD)
        source.skip(length - len(block))
    return _closed(source, WarcRecord(fields, block, length, (start, start)), begin)


def _closed(source: _Plain, record: WarcRecord, begin: int) -> WarcRecord:
    """The record with its end, or with what is wrong where no end of a record follows its block."""
    ended = source.ended()
    if fault := source.take_fault():
        record.fault = f"the record is damaged ({fault}); the text may be cut short"
    elif len(record.block) < min(record.length, _HEAD) or source.short:
        record.fault = "the record ends before its stated length; the text may be cut short"
    elif not ended:
        record.fault = "the record does not end at its stated length; the text may be cut short"
    if not ended or (record.fault and source.rewinds):
        inside = _NEXT.search(record.block)
        swallowed = record.block[inside.start() :] if inside else b""
        record.block = record.block[: len(record.block) - len(swallowed)]
        source.rewind(begin, swallowed)
        source.resync()
    record.at = (record.at[0], source.offset)
    return record


def _fields(source: _Plain) -> dict[str, str] | None:
    """The header fields up to the blank line; None where they never end."""
    fields: dict[str, str] = {}
    size, last = 0, ""
    while line := source.line(_LINE):
        size += len(line)
        if line in (b"\r\n", b"\n"):
            return fields
        if not line.endswith(b"\n") or size > _HEAD:
            return None
        text = line.decode("utf-8", "replace").rstrip("\r\n")
        if text[:1] in " \t" and last:
            fields[last] += " " + text.strip()
            continue
        name, _, value = text.partition(":")
        last = name.strip().lower()
        fields[last] = value.strip()
    return None


class _Plain:
    """The bytes of a file that is not compressed."""

    rewinds = True

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._seekable = stream.seekable()
        self._base = stream.tell() if self._seekable else 0
        self._read = 0  # bytes taken from the stream
        self._buffer = b""
        self._rewound = 0
        self._fault: str | None = None
        self.short = False  # the last block ended before its length

    @property
    def offset(self) -> int:
        """Where the next byte stands in the file."""
        return self._read - len(self._buffer)

    def begin(self) -> bool:
        """Go to the beginning of what may be a record; false at the end of the file."""
        while True:
            self._buffer = self._buffer.lstrip(b"\r\n")
            if self._buffer:
                return True
            if not self._more() and not self._next():
                return False

    def line(self, limit: int) -> bytes:
        """Up to and with the next line end, no more than ``limit`` bytes."""
        end = self._buffer.find(b"\n")
        while end < 0 and len(self._buffer) < limit and self._more():
            end = self._buffer.find(b"\n")
        return self._cut(min(limit, end + 1 if end >= 0 else len(self._buffer)))

    def take(self, count: int) -> bytes:
        """The next ``count`` bytes, fewer at the end of the file or gzip member."""
        pieces = []
        wanted = count
        while wanted > 0 and (self._buffer or self._more()):
            pieces.append(self._cut(wanted))
            wanted -= len(pieces[-1])
        self.short = wanted > 0
        return b"".join(pieces)

    def skip(self, count: int) -> None:
        """Pass over ``count`` bytes."""
        while count > 0 and (self._buffer or self._more()):
            count -= len(self._cut(count))
        self.short = self.short or count > 0

    def ended(self) -> bool:
        """Whether a record could end here: nothing follows but line ends, or the next record. After two line ends the
        record has ended, whatever damage comes after it."""
        while len(self._buffer) < 4 and self._more():
            pass
        closed = self._buffer.startswith(b"\r\n\r\n")
        while True:
            self._buffer = self._buffer.lstrip(b"\r\n")
            if len(self._buffer) >= 5:
                return closed or self._buffer.startswith(b"WARC/")
            if not self._more():
                return closed or not self._buffer

    def resync(self) -> bool:
        """Go to the next record that can be seen; false where there is none in the file or gzip member."""
        while not (match := _NEXT.search(self._buffer)):
            self._buffer = self._buffer[-32:]
            if not self._more():
                self._buffer = b""
                return False
        self._buffer = self._buffer[match.start() :]
        return True

    def rewind(self, offset: int, swallowed: bytes) -> None:
        """Go back to ``offset``, if the file can, and has not often done so; else give back what was ``swallowed``."""
        self._rewound += self._read - offset
        if self._seekable and self.rewinds and self._rewound < _REWOUND:
            self._stream.seek(self._base + offset)
            self._read, self._buffer = offset, b""
        elif swallowed:
            self._buffer = b"\n" + swallowed + self._buffer

    def take_fault(self) -> str | None:
        """What went wrong since it was last asked."""
        fault, self._fault = self._fault, None
        return fault

    def _cut(self, count: int) -> bytes:
        piece, self._buffer = self._buffer[:count], self._buffer[count:]
        return piece

    def _more(self) -> bool:
        chunk = self._stream.read(_CHUNK)
        self._read += len(chunk)
        self._buffer += chunk
        return bool(chunk)

    def _next(self) -> bool:
        return False


class _Members(_Plain):
    """The bytes of a file of gzip members, one record in each (or all in one); a member is an end of its own."""

    rewinds = False

    def __init__(self, stream: IO[bytes]) -> None:
        super().__init__(stream)
        self._packed = b""  # read, not yet unpacked
        self._member = 0  # where the current member begins
        self._inflate: zlib._Decompress | None = None
        self._size = 0  # bytes it has unpacked to

    @property
    def offset(self) -> int:
        """Where the current member begins; after its end, where the next one does."""
        return self._member if self._inflate is not None or self._buffer else self._read - len(self._packed)

    def _more(self) -> bool:
        while self._inflate is not None:
            if not self._packed and not self._refill():
                self._broken("the file ends within it")
                return False
            try:
                out = self._inflate.decompress(self._packed, _CHUNK)
            except zlib.error as exc:
                self._broken(" ".join(str(exc).split()))
                return False
            self._packed = self._inflate.unconsumed_tail or self._inflate.unused_data
            self._size += len(out)
            ended = self._inflate.eof
            if self._size > _FREE and self._size > _RATIO * (self._read - len(self._packed) - self._member):
                self._broken(f"it unpacks to more than {_RATIO} times its size")
                return False
            if ended:
                self._inflate = None
            if out:
                self._buffer += out
                return True
        return False

    def _broken(self, fault: str) -> None:
        self._fault = fault
        self._inflate = None
        self._rewound += self._read - self._member
        if self._seekable and self._rewound < _REWOUND:  # damage can make a member swallow those after it
            self._stream.seek(self._base + self._member + 1)
            self._read, self._packed = self._member + 1, b""
        else:
            self._packed = self._packed[1:]  # never the same place again
        self._find()

    def _next(self) -> bool:
        """Open the next member; garbage between members is passed over."""
        if len(self._packed) < 3:
            self._refill()
        if not self._packed:
            return False
        if not self._packed.startswith(_MAGIC):
            if self._packed.strip(b"\x00"):  # padding is no damage
                self._fault = self._fault or "bytes between the gzip members"
            if not self._find():
                return False
        self._member = self._read - len(self._packed)
        self._inflate, self._size = zlib.decompressobj(wbits=31), 0
        return True

    def _find(self) -> bool:
        """Go to the next bytes that begin a gzip member with a record in it."""
        while True:
            place = self._packed.find(_MAGIC)
            while place >= 0:
                if place + 512 > len(self._packed):
                    self._packed = self._packed[place:]
                    place = 0
                    self._refill()
                if _begins_record(self._packed[place : place + 4096]):
                    self._packed = self._packed[place:]
                    return True
                place = self._packed.find(_MAGIC, place + 1)
            self._packed = self._packed[-2:] if self._packed.endswith((b"\x1f", b"\x1f\x8b")) else b""
            if not self._refill():
                self._packed = b""
                return False

    def _refill(self) -> bool:
        chunk = self._stream.read(_CHUNK)
        self._read += len(chunk)
        self._packed += chunk
        return bool(chunk)


def _begins_record(data: bytes) -> bool:
    try:
        return zlib.decompressobj(wbits=31).decompress(data, 16).startswith(b"WARC/")
    except zlib.error:
        return False
