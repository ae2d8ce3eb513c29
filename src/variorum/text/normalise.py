"""Normal forms for comparing and parsing. Those named ``flat_*`` keep the length, so that offsets hold."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_FLAT = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u00b4\u0060\u02bc", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
        **dict.fromkeys("\u2010\u2011\u2012", "-"),
        **dict.fromkeys("\u00a0\u2007\u202f\u2009\u200a\u2002\u2003\u3000\t\n\r\x0b\x0c\u2028\u2029", " "),
        **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u202a\u202b\u202c\u202d\u202e", " "),
        **dict.fromkeys("\u2066\u2067\u2068\u2069\u061c\u180e\x7f", " "),
        **dict.fromkeys(map(chr, range(0x20)), " "),
    }
)
_FLAT_CHARS = re.compile(f"[{re.escape(''.join(map(chr, _FLAT)))}]")
_LINK = re.compile(r"(!?\[)([^\[\]\n]{0,500})(\]\([^()\s]{0,2000}\))")
_STARS = re.compile(r"(?<!\w)(\*{1,3}|_{2,3})(?=\S)|(?<=\S)(\*{1,3}|_{2,3})(?!\w)")
_HASHES = re.compile(r"^[ \t]*(#{1,6}(?=\s)|>+(?=\s))", re.M)
_ANGLED_URL = re.compile(r"<https?://[^<>\s]{1,2000}>")
_SPACES = re.compile(r"\s+")


def flat_quotes(text: str) -> str:
    """One code point for each: straight quotes and hyphens, plain spaces, and spaces for what cannot be seen."""
    for char in sorted(set(_FLAT_CHARS.findall(text))):  # a few of them: many times as fast as str.translate
        text = text.replace(char, _FLAT[ord(char)])
    return text


def flat_markup(text: str) -> str:
    """Leftover Markdown (links, emphasis, headings) blanked out with spaces; the words keep their places."""
    if "](" in text:
        text = _LINK.sub(lambda m: " " * len(m[1]) + m[2] + " " * len(m[3]), text)
    for marks, pattern in ((("<http",), _ANGLED_URL), (("#", ">"), _HASHES), (("*", "__"), _STARS)):
        if any(mark in text for mark in marks):
            text = pattern.sub(lambda m: " " * len(m[0]), text)
    return text


def squeeze(text: str) -> str:
    """White space runs as one space, ends stripped."""
    return _SPACES.sub(" ", text).strip()


def fold(text: str) -> str:
    """For comparing names and lines: no accents, straight quotes, one space, lower case."""
    return _fold_short(text) if len(text) <= _SHORT else _fold(text)


def _fold(text: str) -> str:
    if text.isascii():  # nearly all there is, and ten times as fast
        return " ".join(flat_quotes(text).split()).lower()
    decomposed = unicodedata.normalize("NFKD", flat_quotes(text))
    return squeeze("".join(c for c in decomposed if not unicodedata.combining(c))).casefold()


#: Names and words come again and again; longer texts are not worth keeping.
_SHORT = 60
_fold_short = lru_cache(maxsize=100_000)(_fold)
