"""Bytes to text. Decode, drop a byte order mark, turn CRLF and CR into LF, and nothing else."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from typing import Final

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE: Final = 65_536  # bytes looked at to guess what they are
_CONTROLS: Final = bytes(set(range(32)) - set(b"\t\n\r\f\x1b")) + b"\x7f"
# What Windows-1252 holds beside ASCII in western text: punctuation anywhere, small letters beside a letter, capitals
# before one (or after another capital). Bytes that are damage seldom fall so.
_WESTERN: Final = re.compile(
    r"[‘’‚“”„…–—•€£©®«»·°§½¼¾²³ª¿¡\xa0]|(?<=[^\W\d_])[à-öø-üßœšž]|[à-öø-üßœšž](?=[a-z])"
    r"|[À-ÖØ-ÜŒŠŽ](?=[^\W\d_])|(?<=[A-Z])[À-ÖØ-ÜŒŠŽ]"
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text, where bytes were damaged what to tell the user, and the encoding it was read in."""

    text: str
    warning: str | None = None
    encoding: str = field(default="utf-8", compare=False)


def decode(data: bytes, declared: str | None = None) -> Decoded | str:
    """The text in ``data``, or the reason why there is none.

    A byte order mark decides; then UTF-8 if valid, UTF-16 without a mark if every other byte is zero, ``declared`` (by
    a page or a header), Windows-1252 for western text, and charset-normalizer's guess for the rest.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _lenient(data[len(mark) :], encoding)
    sample = data[:_SAMPLE]
    if wide := _wide(sample):
        return _lenient(data, wide)
    if reason := _binary(sample):
        return reason
    try:
        return Decoded(_newlines(data.decode("utf-8")))
    except UnicodeDecodeError:
        return _not_utf8(data, declared)


def mark_length(data: bytes) -> int:
    """How many bytes of ``data`` are its byte order mark."""
    return next((len(mark) for mark, _ in _MARKS if data.startswith(mark)), 0)


def encoding_of(sample: bytes) -> str | None:
    """The encoding that the beginning of a stream is read in; None where it is no text."""
    decoded = decode(sample[: max(sample.rfind(b"\n"), 0) or len(sample)])
    return None if isinstance(decoded, str) else decoded.encoding


def _not_utf8(data: bytes, declared: str | None) -> Decoded:
    repaired = data.decode("utf-8", "replace")
    damaged = repaired.count("\ufffd")
    if sum(1 for c in repaired if c > "\x7f") - damaged > damaged:  # UTF-8 sequences do not come about by chance
        return _warned(repaired, "utf-8")
    declared_text = _strict(data, declared)
    if declared_text is not None:
        return Decoded(_newlines(declared_text), encoding=declared or "utf-8")
    western = _strict(data, "cp1252")
    if western is not None and _is_western(western):
        return Decoded(_newlines(western), encoding="cp1252")
    guess = _guess(data[:_SAMPLE]) if damaged > 0.1 * len(repaired) else None
    return _lenient(data, guess) if guess else _warned(repaired, "utf-8")


def _strict(data: bytes, encoding: str | None) -> str | None:
    try:
        return data.decode(encoding) if encoding else None
    except (LookupError, ValueError):  # no encoding of that name, or no name at all; or not what the bytes are in
        return None


def _is_western(text: str) -> bool:
    """Whether what Windows-1252 makes of the bytes reads as western text: nearly all signs of such text, and
    letters with diacritics inside words of plain ones. Other alphabets give long runs of them, damage none."""
    sample = text[:_SAMPLE]
    high = sum(1 for c in sample if c > "\x7f")
    good = len(_WESTERN.findall(sample))
    return good >= 0.9 * high and high <= 0.25 * len(sample)


def _guess(sample: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    return best.encoding if best else None


def _lenient(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, "replace")
    return _warned(text, encoding) if "\ufffd" in text else Decoded(_newlines(text), encoding=encoding)


def _warned(text: str, encoding: str) -> Decoded:
    place = text.index("\ufffd")
    line = text.count("\n", 0, place) + 1
    warning = (
        f"{text.count(chr(0xFFFD))} places are not valid {encoding} (first in line {line}) and were read as U+FFFD;"
        " save the file as UTF-8 to keep every letter"
    )
    return Decoded(_newlines(text), warning, encoding)


def _newlines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _wide(sample: bytes) -> str | None:
    """UTF-16 without a mark: text of mostly ASCII characters has a zero in every other byte."""
    even, odd = sample[0::2], sample[1::2]
    if len(sample) < 4 or even.count(0) + odd.count(0) < 0.3 * len(sample):
        return None
    if odd.count(0) > 0.6 * len(odd) and even.count(0) < 0.05 * len(even):
        return "utf-16-le"
    if even.count(0) > 0.6 * len(even) and odd.count(0) < 0.05 * len(odd):
        return "utf-16-be"
    return None


def _binary(sample: bytes) -> str | None:
    if not sample.strip(b"\x00"):
        return "filled with NUL bytes: the file holds no text; it may be left over from an interrupted download"
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if b"\x00" in sample or controls > 0.02 * len(sample):
        return "binary data, not text; pass text, HTML, WARC or JSONL"
    return None
