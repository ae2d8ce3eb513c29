"""Words as numbers, runs of words as fingerprints: what copying is found by.

A word is a maximal run of letters, digits and marks (one character each in scripts without spaces), compared without
case, accents, quotation marks or hyphens. Everything is vectorised, so an article costs microseconds a kilobyte.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from variorum.text.normalise import flat_markup

Hashes = npt.NDArray[np.uint64]
Positions = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

_BMP = 0x10000
_GAP, _LETTER, _ALONE = 0, 1, 2
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


@cache
def _tables() -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint64]]:
    """For every code point of the basic plane: its class, and the code it is compared by."""
    kinds, codes = np.zeros(_BMP, np.uint8), np.zeros(_BMP, np.uint64)
    for point in range(_BMP):
        char = chr(point)
        if char.isalnum() or unicodedata.category(char).startswith("M"):
            kinds[point] = _LETTER
            codes[point] = ord(unicodedata.normalize("NFKD", char)[0].casefold()[0])
    for first, last in _UNSPACED:
        part = kinds[first : last + 1]
        part[part == _LETTER] = _ALONE
    return kinds, codes


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
    if "](" in text or "<http" in text:
        text = flat_markup(text)
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    kinds, codes = _tables()
    inside = np.where(points < _BMP, points, 0)
    # Beyond the basic plane stand rare Han characters (words of one character) and pictures (no words).
    rare_han = (points >= 0x20000) & (points < 0x40000)
    kind = np.where(rare_han, _ALONE, kinds[inside])
    code = np.where(rare_han, points, codes[inside]).astype(np.uint64)
    before = np.concatenate(([_GAP], kind[:-1])) if len(kind) else kind
    opens = (kind == _ALONE) | ((kind == _LETTER) & (before != _LETTER))
    starts = np.flatnonzero(opens)
    if not len(starts):
        nothing = np.zeros(0, np.int64)
        none = np.zeros(0, np.bool_)
        return Words(np.zeros(0, np.uint64), nothing, nothing, none, none)
    last = np.where(kind != _GAP, np.arange(len(kind)), -1)
    ends = np.concatenate((np.maximum.accumulate(last)[np.append(starts[1:], len(kind)) - 1],)) + 1
    within = np.arange(len(kind)) - starts[np.maximum(np.cumsum(opens) - 1, 0)]
    weighed = code * _powers(256, 1)[within & 255]
    ids = mix(np.add.reduceat(weighed, starts))
    return Words(ids, starts, ends, _quoted(points, starts), _named(points, starts, ends))


@cache
def _marks(chars: str) -> Mask:
    marks = np.zeros(_BMP, np.bool_)
    marks[[ord(c) for c in chars]] = True
    return marks


@cache
def _capitals() -> Mask:
    return np.array([chr(point).isupper() for point in range(_BMP)])


def _named(points: npt.NDArray[np.uint32], starts: Positions, ends: Positions) -> Mask:
    """Which words begin with a capital inside a sentence."""
    basic = np.where(points < _BMP, points, 0)
    stops = np.concatenate(([0], np.cumsum(_marks(_STOPS)[basic])))
    before = np.concatenate(([0], ends[:-1]))
    inside = stops[starts] == stops[before]
    inside[0] = False
    return np.asarray(inside & _capitals()[basic[starts]])


def _quoted(points: npt.NDArray[np.uint32], starts: Positions) -> Mask:
    """Which words stand between quotation marks. Marks pair up inside a line; one left open runs to its end, as in
    a quotation of several paragraphs."""
    marks = _marks(_QUOTES)[np.where(points < _BMP, points, 0)]
    seen = np.cumsum(marks)
    lines = points == 0x0A
    carried = np.maximum.accumulate(np.where(lines, seen, 0))
    return np.asarray((seen - carried)[starts] % 2 == 1)


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
    """Positions of the hashes kept as fingerprints: the least of every ``window`` consecutive ones, rightmost of
    equals, so that any two texts sharing ``window`` consecutive grams share a fingerprint (Schleimer, Wilkerson and
    Aiken 2003)."""
    if len(hashes) <= window:
        return np.arange(len(hashes))
    rows = np.lib.stride_tricks.sliding_window_view(hashes[::-1], window)
    least = np.argmin(rows, axis=1) + np.arange(len(rows))
    return np.unique(len(hashes) - 1 - least)
