"""Words as numbers, runs of words as fingerprints: what copying is found by.

A word is a maximal run of letters, digits and marks (one character each in scripts without spaces), compared without
case, accents, quotation marks or hyphens. Everything is vectorised, so an article costs microseconds a kilobyte.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from variorum.text.normalise import flat_markup

Hashes = npt.NDArray[np.uint64]
Positions = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
Points = npt.NDArray[np.uint8] | npt.NDArray[np.uint16] | npt.NDArray[np.uint32]

_BMP = 0x10000
_GAP, _LETTER, _ALONE, _MARK, _LINE = 0, 1, 2, 4, 8
_QUOTES = '"\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb'
_STOPS = ".!?:\n\u3002\uff01\uff1f" + _QUOTES
#: Scripts written without spaces: each character is a word. Thai, Lao, Khmer, kana, Han, compatibility Han.
_UNSPACED = ((0x0E00, 0x0EFF), (0x1780, 0x17FF), (0x3040, 0x30FF), (0x3400, 0x9FFF), (0xF900, 0xFAFF))


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text in order: a 64-bit id each, equal for words that compare equal, where each stands, and
    whether between quotation marks, and whether capitals mark it as (part of) a name: not where a sentence begins."""

    ids: Hashes
    starts: Positions
    ends: Positions
    quoted: Mask
    named: Mask

    def __len__(self) -> int:
        return len(self.ids)

    def columns(self) -> tuple[Hashes, Positions, Positions, Mask, Mask]:
        """All of it, as `Words` takes it."""
        return self.ids, self.starts, self.ends, self.quoted, self.named


@cache
def _tables() -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint64]]:
    """For every code point of the basic plane: its class, and the code it is compared by, spread over all bits."""
    kinds, codes = np.zeros(_BMP, np.uint8), np.zeros(_BMP, np.uint64)
    for point in range(_BMP):
        char = chr(point)
        if char.isalnum() or unicodedata.category(char).startswith("M"):
            kinds[point] = _LETTER
            codes[point] = ord(unicodedata.normalize("NFKD", char)[0].casefold()[0])
    for first, last in _UNSPACED:
        part = kinds[first : last + 1]
        part[part == _LETTER] = _ALONE
    kinds[[ord(mark) for mark in _QUOTES]] = _MARK
    kinds[0x0A] = _LINE
    return kinds, np.where(kinds % _MARK > 0, mix(codes), np.uint64(0))


@cache
def _climb(size: int) -> tuple[Hashes, Hashes]:
    """The powers of an odd number up to ``size``, modulo 2^64, and those of its inverse."""
    step = 0x9E3779B97F4A7C15
    out = []
    for factor in (step, pow(step, -1, 1 << 64)):
        powers = np.ones(1, np.uint64)
        while len(powers) < size:
            powers = np.concatenate((powers, powers * np.uint64(pow(factor, len(powers), 1 << 64))))
        out.append(powers)
    return out[0], out[1]


@cache
def _powers(count: int, seed: int) -> Hashes:
    """``count`` odd multipliers, the same on every machine."""
    steps = np.arange(1, count + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15) + np.uint64(seed)
    return mix(steps) | np.uint64(1)


def mix(values: Hashes) -> Hashes:
    """A bijection that spreads every bit (the finaliser of SplitMix64, Steele, Lea and Flood 2014)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def words(text: str) -> Words:
    """The words of ``text``; offsets are into ``text`` as given, leftover Markdown is not read as words."""
    points = _points(_readable(text))
    kind = _kinds(points)
    starts, ends = _bounds(kind)
    return Words(_ids(points, starts, ends), starts, ends, _quoted(kind, starts), _named(points, starts, ends))


@dataclass(frozen=True, slots=True)
class Bulk:
    """The words of several texts in a row, as in `Words`; offsets are into each text. Text ``i`` has the words
    ``[bounds[i], bounds[i + 1])``."""

    ids: Hashes
    starts: Positions
    ends: Positions
    quoted: Mask
    bounds: Positions

    def __len__(self) -> int:
        return len(self.bounds) - 1

    def words(self, number: int) -> tuple[Hashes, Positions, Positions, Mask]:
        """Ids, starts, ends and whether quoted, of the words of one text."""
        part = slice(*self.bounds[number : number + 2])
        return self.ids[part], self.starts[part], self.ends[part], self.quoted[part]

    def of(self, number: int) -> tuple[Positions, Positions]:
        """Where the words of one text stand in it."""
        part = slice(*self.bounds[number : number + 2])
        return self.starts[part], self.ends[part]


def bulk_words(texts: Sequence[str]) -> Bulk:
    """The words of many texts at once: the same as `words` of each, at a fraction of the cost of many short calls."""
    readable = [_readable(text) for text in texts]
    points = _points("\n".join(readable))
    kind = _kinds(points)
    starts, ends = _bounds(kind)
    begins = np.cumsum([0, *(len(text) + 1 for text in readable)])
    bounds = np.searchsorted(starts, begins)
    offsets = np.repeat(begins[:-1], np.diff(bounds))
    ids, quoted = _ids(points, starts, ends), _quoted(kind, starts)
    return Bulk(ids, starts - offsets, ends - offsets, quoted, bounds)


def _readable(text: str) -> str:
    # One character is looked for ten times as fast as two.
    found = ("]" in text and "](" in text) or ("<" in text and "<http" in text)
    return flat_markup(text) if found else text


def _points(text: str) -> Points:
    """The code points of ``text``, a byte or two each if that is enough."""
    if text.isascii():
        return np.frombuffer(text.encode("ascii"), np.uint8)
    units = text.encode("utf-16-le", "surrogatepass")
    if len(units) == 2 * len(text):  # nothing beyond the basic plane
        return np.frombuffer(units, "<u2")
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")


def _kinds(points: Points) -> npt.NDArray[np.uint8]:
    kinds, _ = _tables()
    if points.itemsize < 4:
        return kinds.take(points)
    return np.where(_rare_han(points), np.uint8(_ALONE), kinds[_basic(points)])


def _rare_han(points: Points) -> Mask:
    """Beyond the basic plane stand rare Han characters (words of one character) and pictures (no words)."""
    return np.asarray((points >= 0x20000) & (points < 0x40000))


def in_word(char: str) -> bool:
    """Whether ``char`` belongs to a word."""
    kinds, _ = _tables()
    point = ord(char)
    return 0x20000 <= point < 0x40000 if point >= _BMP else 0 < int(kinds[point]) < _MARK


def _bounds(kind: npt.NDArray[np.uint8]) -> tuple[Positions, Positions]:
    """Where words begin and end."""
    letter = np.zeros(len(kind) + 2, np.bool_)
    np.equal(kind, _LETTER, out=letter[1:-1])
    edges = np.flatnonzero(letter[1:] != letter[:-1])
    starts, ends = edges[::2], edges[1::2]
    alone = np.flatnonzero(kind == _ALONE)
    if not len(alone):
        return starts, ends
    return np.sort(np.concatenate((starts, alone))), np.sort(np.concatenate((ends, alone + 1)))


def _ids(points: Points, starts: Positions, ends: Positions) -> Hashes:
    """Each word as the sum of its letters' codes times powers that climb with their places (Karp and Rabin 1987), from
    the differences of one running sum."""
    if not len(starts):
        return np.zeros(0, np.uint64)
    up, down = _climb(1 << (len(points)).bit_length())
    code = _tables()[1].take(_basic(points))
    if points.itemsize == 4:
        code[_rare_han(points)] = mix(points[_rare_han(points)].astype(np.uint64))
    code *= up[: len(code)]
    # What is no letter has no code: the sum before a word is that at the end of the word before.
    upto = np.cumsum(code, out=code)[ends - 1]
    upto[1:] -= upto[:-1].copy()
    return mix(upto * down[starts])


def _basic(points: Points) -> Points:
    """The points, 0 for those beyond the basic plane."""
    return points if points.itemsize < 4 else np.where(points < _BMP, points, 0)


@cache
def _marks(chars: str) -> Mask:
    marks = np.zeros(_BMP, np.bool_)
    marks[[ord(c) for c in chars]] = True
    return marks


@cache
def _capitals() -> Mask:
    return np.array([chr(point).isupper() for point in range(_BMP)])


def _named(points: Points, starts: Positions, ends: Positions) -> Mask:
    """Which words begin with a capital inside a sentence."""
    if not len(starts):
        return np.zeros(0, np.bool_)
    basic = _basic(points)
    stops = np.concatenate(([0], np.cumsum(_marks(_STOPS)[basic])))
    before = np.concatenate(([0], ends[:-1]))
    inside = stops[starts] == stops[before]
    inside[0] = False
    return np.asarray(inside & _capitals()[basic[starts]])


def _quoted(kind: npt.NDArray[np.uint8], starts: Positions) -> Mask:
    """Which words stand between quotation marks. Marks pair up inside a line; one left open runs to its end, as in
    a quotation of several paragraphs."""
    at = np.flatnonzero(kind >= _MARK)
    if not len(at):
        return np.zeros(len(starts), np.bool_)
    line = kind[at] == _LINE
    seen = np.cumsum(~line)
    # What a line does not count: the marks before it. Few are marks or lines, many are words: these take the state of
    # the last of those before them.
    inside = ((seen - np.maximum.accumulate(np.where(line, seen, 0))) & 1).astype(np.bool_)
    ends = np.append(np.searchsorted(starts, at), len(starts))
    return np.repeat(np.append(False, inside), np.diff(ends, prepend=0))


def grams(ids: Hashes, size: int) -> Hashes:
    """A hash for each run of ``size`` words, at the position of its first word; none if there are fewer words."""
    count = len(ids) - size + 1
    if count <= 0:
        return np.zeros(0, np.uint64)
    total = np.zeros(count, np.uint64)
    for step, power in enumerate(_powers(size, 2)):
        total += ids[step : step + count] * power
    return mix(total)


def winnow(hashes: Hashes, window: int) -> Positions:
    """Positions of the hashes kept as fingerprints: those that are the least of some ``window`` consecutive ones, so
    that texts sharing ``window`` consecutive grams share a fingerprint (Schleimer, Wilkerson and Aiken 2003)."""
    if len(hashes) <= window:
        return np.arange(len(hashes))
    least = _sliding(hashes, window, np.minimum)
    # A hash is the least of some window if the greatest of these minima, over the windows it is in, is itself.
    edge = np.zeros(window - 1, np.uint64)
    highest = _sliding(np.concatenate((edge, least, edge)), window, np.maximum)
    return np.flatnonzero(highest == hashes)


def _sliding(values: Hashes, window: int, pick: np.ufunc) -> Hashes:
    """``pick`` over every ``window`` consecutive values, by doubling."""
    width = 1
    while 2 * width <= window:
        values = pick(values[:-width], values[width:])
        width *= 2
    rest = window - width
    return np.asarray(pick(values[: len(values) - rest], values[rest:]) if rest else values)


def among(values: npt.NDArray[np.integer], ranked: npt.NDArray[np.integer]) -> Mask:
    """Which of ``values`` are in ``ranked``, which is sorted."""
    if not len(ranked):
        return np.zeros(len(values), np.bool_)
    return np.asarray(ranked[np.minimum(np.searchsorted(ranked, values), len(ranked) - 1)] == values)
