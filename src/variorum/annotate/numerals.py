"""Numbers as written, in digits and in words; times and quantities read the same ones."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from variorum.model import Span
from variorum.text import vocabulary

Form = Literal["digits", "words", "vague", "fraction"]


@dataclass(frozen=True, slots=True)
class NumberWords:
    """`data/numbers.toml`."""

    ones: dict[str, float]
    tens: dict[str, float]
    scales: dict[str, float]
    suffixes: dict[str, float]
    money_suffixes: dict[str, float]
    vague: dict[str, tuple[float, float]]
    ordinals: dict[str, int]
    fractions: dict[str, float]
    glyphs: dict[str, float]


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in a text; ``low`` and ``high`` differ only for vague words ("hundreds")."""

    span: Span
    low: float
    high: float
    form: Form


@cache
def words() -> NumberWords:
    """The number words."""
    loaded: NumberWords = vocabulary.load("numbers", NumberWords)
    return loaded


def alternatives(names: Iterable[str]) -> str:
    """A pattern that matches the longest of ``names``."""
    return "|".join(re.escape(n).replace(r"\ ", r"[ -]") for n in sorted(set(names), key=lambda n: (-len(n), n)))


DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?|\.\d+"


@cache
def _numeral() -> re.Pattern[str]:
    w = words()
    small = alternatives([*w.ones, *w.tens])
    scale = alternatives(w.scales)
    vague = alternatives(w.vague)
    glyph = "".join(w.glyphs)
    joined = rf"(?:{small})(?:[ -](?:and[ -])?(?:{small}|{scale})\b){{0,12}}"
    share = alternatives(w.fractions)
    times_ten = r"(?: ?[×x] ?10\^?(?P<power>[-−]?\d{1,3}))?"
    scaled = rf"(?:[ -]?(?P<scale>{scale})\b|(?P<suffix>{alternatives(w.suffixes)})\b)?"
    return re.compile(
        rf"\b(?P<share>(?P<top>{small})[ -](?P<bottom>{share})|(?:an? )?(?P<bottom2>{share})(?= of\b| the\b| a\b))\b"
        rf"|\b(?P<in>(?:{small}|\d+) (?:in|out of)(?: every)? (?:{small}|\d+))\b(?![.,]\d|[ -](?:{scale})\b)"
        rf"|(?P<vague>\b(?:(?:tens|scores|dozens|hundreds|thousands) of )?(?:{vague})\b)"
        rf"|\b(?P<article>a )?(?P<scaled>(?:{scale})(?:[ -](?:and[ -])?(?:{small}|{scale})\b){{0,12}})\b"
        rf"|\b(?P<words>{joined})\b(?P<half> and a half)?"
        rf"|(?P<digits>{DIGITS})(?:(?P<glyph>[{glyph}])|[ -](?P<over>\d{{1,2}}/\d{{1,2}})(?![\d/]))?"
        rf"{times_ten}(?P<half2> and a half)?{scaled}"
        rf"|(?P<glyph2>[{glyph}])",
        re.I,
    )


@cache
def spoken() -> tuple[str, ...]:
    """The words for whole numbers up to ninety."""
    return (*words().ones, *words().tens)


@cache
def beginnings() -> frozenset[str]:
    """Words that a number may begin with; all others are skipped without a look at the pattern."""
    w = words()
    tens = ("tens", "scores", "dozens")
    return frozenset([*w.ones, *w.tens, *w.scales, *w.vague, *w.fractions, *tens, "a", "an"])


_SCAN = re.compile(r"[^\W\d_]+|\.?\d|[^\w\s.,'\"-]")


def numerals(text: str) -> Iterator[Numeral]:
    """Every number of ``text`` (with plain hyphens and spaces), in order."""
    position, pattern, begin = 0, _numeral(), beginnings()
    for word in _SCAN.finditer(text):
        start, first = word.start(), word[0]
        if start < position or (first.isalpha() and first.lower() not in begin):
            continue
        match = pattern.match(text, start)
        if match:
            position = match.end()
            if found := _read(match):
                yield found


def numeral_at(text: str, start: int, word: str) -> Numeral | None:
    """The number that begins exactly there with ``word``; null where none does, or no float holds it."""
    match = _match_at(text, start, word)
    return _read(match) if match else None


def _match_at(text: str, start: int, word: str) -> re.Match[str] | None:
    return _numeral().match(text, start) if not word.isalpha() or word in beginnings() else None


def _read(match: re.Match[str]) -> Numeral | None:
    found = _value(match)
    return found if found and math.isfinite(found.high) else None


def _value(match: re.Match[str]) -> Numeral | None:
    w = words()
    if match["share"] or match["in"]:
        return _share(match, w)
    if match["vague"]:
        return _vague(match, w)
    if match["digits"]:
        return _digits(match, w)
    if match["glyph2"]:
        value = w.glyphs[match["glyph2"]]
        return Numeral(match.span(), value, value, "fraction")
    whole = word_value(match["words"] or match["scaled"])
    if whole is None:
        return None
    value = whole + (0.5 if match["half"] else 0)
    return Numeral(match.span(), value, value, "words")


def _share(match: re.Match[str], w: NumberWords) -> Numeral | None:
    """ "two thirds", "half of", "one in three"."""
    if match["share"]:
        bottom = w.fractions[(match["bottom"] or match["bottom2"]).lower()]
        value = bottom * (word_value(match["top"]) or 1 if match["top"] else 1)
        return Numeral(match.span(), value, value, "fraction")
    top, bottom = (_small(word) for word in re.split(r" (?:in|out of)(?: every)? ", match["in"], flags=re.I))
    return Numeral(match.span(), top / bottom, top / bottom, "fraction") if 0 < top < bottom else None


def _small(word: str) -> float:
    return float(word) if word.isdigit() else word_value(word) or 0.0


def _vague(match: re.Match[str], w: NumberWords) -> Numeral:
    first, _, second = match["vague"].lower().partition(" of ")
    if not second:
        return Numeral(match.span(), *w.vague[first], "vague")
    low, high = (10.0, 100.0) if first == "tens" else w.vague[first]
    return Numeral(match.span(), low * w.vague[second][0], high * w.vague[second][0], "vague")


def _digits(match: re.Match[str], w: NumberWords) -> Numeral | None:
    value = digits_value(match["digits"])
    if match["over"]:
        top, bottom = map(int, match["over"].split("/"))
        value += top / bottom if bottom else 0
    if match["glyph"]:
        value += w.glyphs[match["glyph"]]
    if match["half2"]:
        value += 0.5
    if match["power"]:
        value *= 10.0 ** int(match["power"].replace("−", "-"))
    if match["scale"]:
        value *= w.scales[match["scale"].lower()]
    elif match["suffix"]:
        value *= w.suffixes[match["suffix"].lower()]
    return Numeral(match.span(), value, value, "digits")


def digits_value(written: str) -> float:
    """The value of digits with thousands separators; infinite when no float holds it."""
    try:
        return float(written.replace(",", ""))
    except (ValueError, OverflowError):
        return math.inf


def word_value(spoken: str) -> float | None:
    """The value of number words ("two hundred and five thousand"), or null when they do not make one number."""
    w = words()
    total = current = 0.0
    last = math.inf
    for word in re.split(r"[ -]+", spoken.lower()):
        if word == "and":
            continue
        if word in w.scales:
            scale = w.scales[word]
            if scale >= 1000:
                total, current, last = total + (current or 1) * scale, 0.0, math.inf
            else:
                current, last = (current or 1) * scale, math.inf
            continue
        value = w.ones.get(word, w.tens.get(word))
        if value is None or (last != math.inf and (last < 20 or value >= 10)):
            return None
        current, last = current + value, value
    return total + current
