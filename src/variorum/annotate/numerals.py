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
    few: dict[str, float]
    few_scaled: dict[str, float]
    sets: dict[str, float]
    rough: tuple[str, ...]
    ordinals: dict[str, int]
    fractions: dict[str, float]
    glyphs: dict[str, float]


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in a text; ``low`` and ``high`` differ only for vague words ("hundreds"). ``open`` has no upper end
    ("several"), ``about`` is a rough figure ("a couple of")."""

    span: Span
    low: float
    high: float
    form: Form
    open: bool = False
    about: bool = False


@cache
def words() -> NumberWords:
    """The number words."""
    loaded: NumberWords = vocabulary.load("numbers", NumberWords)
    return loaded


def alternatives(names: Iterable[str]) -> str:
    """A pattern that matches the longest of ``names``."""
    return "|".join(re.escape(n).replace(r"\ ", r"[ -]") for n in sorted(set(names), key=lambda n: (-len(n), n)))


#: Digits with separators: those of English, also in a text that was cut into words ("20 , 000"), what can only be the
#: continent's ("1.000,50", "1.250.000"), plain ones.
DIGITS = (
    r"\d{1,3}(?: , \d{3})+(?! ?[.,]? ?\d)|"
    r"\d{1,3}(?:[ \u202f\u2009٬'’]\d{3})+(?![\d.,]\d|\d)|\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,]\d)"
    r"|\d{1,3}(?:\.\d{3})+,\d{1,2}(?!\d)|\d{1,3}(?:\.\d{3}){2,}(?![.,]?\d)"
    r"|\d{1,3},\d{1,2}(?= ?(?:%|per ?cent\b|[mb]illions?\b|[ck]m\b|kg\b))|\d+(?:\.\d+)?|\.\d+"
)
_APART = re.compile(r"[ \u00a0\u202f\u2009٬'’]")
#: After these digits are a day or a name, and those after them another number: "May 5 300 people".
_NAMING = re.compile(r"\b(?!About|Some|Around|Over|Nearly|Almost|Roughly|Only|Just|The|All|At|Than)[A-Z][\w.]* \Z")
_CONTINENTAL = re.compile(r"\d{1,3}(?:\.\d{3})+,\d{1,2}|\d{1,3}(?:\.\d{3}){2,}|\d{1,3},\d{1,2}")


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
    plural = r"(?:s(?= [a-z]))?"  # "3 millions dollars", as others write
    twice = r"(?: (?P<scale2>million|billion|thousand|crore)\b)?"
    scaled = (
        rf"(?:[ -]?(?P<scale>{scale}){plural}\b{twice}|(?P<suffix>{alternatives(w.suffixes)})\b"
        r"|(?-i:(?P<mega>M))(?= [a-z]))?"
    )
    few, few_scaled, sets = alternatives(w.few), alternatives(w.few_scaled), alternatives(w.sets)
    return re.compile(
        rf"\b(?P<few>{few})\b(?:[ -](?P<few_scale>{scale})\b)?"
        rf"|\b(?P<some>{few_scaled})[ -](?P<some_scale>{scale})\b"
        rf"|\b(?P<part>half|an? quarter|three[ -]quarters)[ -](?:of )?an? (?P<part_of>{scale})\b"
        rf"|\b(?P<set>{sets})(?= of\b)"
        rf"|\b(?P<share>(?P<top>{small})[ -](?P<bottom>{share})|(?:an? )?(?P<bottom2>{share})(?= (?:of"
        rf"|the|a|its|their|his|her)\b))\b"
        rf"|(?<= )(?P<rest>(?:an? )?(?P<bottom3>{share}))\b(?![ -](?:{scale}|time|hour|day|year)\b)"
        rf"|\b(?P<in>(?:{small}|\d+) (?:in|out of)(?: every)? (?:{small}|\d+))\b(?![.,]\d|[ -](?:{scale})\b)"
        rf"|(?P<vague>\b(?:(?:tens|scores|dozens|hundreds|thousands) of )?(?:{vague})\b)"
        rf"|\b(?P<article>an? )?(?P<scaled>(?:{scale})(?:[ -](?:and[ -])?(?:{small}|{scale})\b){{0,12}})\b"
        rf"|\b(?P<words>{joined})\b(?P<half> and a half(?:[ -](?P<half_scale>{scale}){plural}\b)?)?"
        rf"|(?P<digits>{DIGITS})(?:(?P<glyph>[{glyph}])|\^(?P<exponent>[-−]?\d+)|[ -](?P<over>\d{{1,2}}[/⁄]\d{{"
        rf"1,3}})(?![\d/])"
        rf"|(?P<fraction>/(?=\d{{1,3}} of\b)|⁄)(?P<under>\d{{1,3}}))?"
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
    return frozenset(
        [*w.ones, *w.tens, *w.scales, *w.vague, *w.few, *w.few_scaled, *w.fractions, *tens, "a", "an", "half"]
    )


_SCAN = re.compile(r"[^\W\d_]+|\.?\d|[^\w\s.,'\"-]")


def numerals(text: str) -> Iterator[Numeral]:
    """Every number of ``text`` (with plain hyphens and spaces), in order."""
    position, pattern, begin = 0, _numeral(), beginnings()
    for word in _SCAN.finditer(text):
        start, first = word.start(), word[0]
        if start < position or (first.isalpha() and first.lower() not in begin):
            continue  # an unknown word; those of a number already read
        match = pattern.match(text, start)
        if match and match["digits"] and " " in match["digits"] and _NAMING.search(text, max(0, start - 24), start):
            match = pattern.match(text, start, start + match["digits"].index(" "))
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
    if match["few"] or match["some"] or match["part_of"] or match["set"]:
        return _few(match, w)
    if match["share"] or match["in"]:
        return _share(match, w)
    if match["rest"]:
        return _rough_share(match, w)
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
    if match["half_scale"]:
        value *= w.scales[match["half_scale"].lower()]
    return Numeral(match.span(), value, value, "words")


_PARTS = {"half": 0.5, "a": 0.25, "three": 0.75}  # of a million, by how it begins: "a quarter", "three quarters"


def _few(match: re.Match[str], w: NumberWords) -> Numeral:
    """ "several", "a few dozen", "half a million", "a quarter of a million", "a couple of"."""
    if match["part_of"]:
        part = next(share for word, share in _PARTS.items() if match["part"].lower().startswith(word))
        value = w.scales[match["part_of"].lower()] * part
        return Numeral(match.span(), value, value, "words")
    if match["set"]:
        name = match["set"].lower()
        return Numeral(match.span("set"), w.sets[name], w.sets[name], "words", about=name in w.rough)
    few = w.few[match["few"].lower()] if match["few"] else w.few_scaled[match["some"].lower()]
    scale = match["few_scale"] or match["some_scale"]
    value = few * (w.scales[scale.lower()] if scale else 1)
    return Numeral(match.span(), value, value, "words", open=True)


def _share(match: re.Match[str], w: NumberWords) -> Numeral | None:
    """ "two thirds", "half of", "one in three"."""
    if match["share"] and _RANKED.search(match.string, max(0, match.start() - 8), match.start()):
        return None  # "the final third of the pitch"
    if match["share"]:
        bottom = w.fractions[(match["bottom"] or match["bottom2"]).lower()]
        value = bottom * (word_value(match["top"]) or 1 if match["top"] else 1)
        return Numeral(match.span(), value, value, "fraction")
    if _IN_YEAR.search(match["in"]):
        return None  # "down from 38 in 2027"
    top, bottom = (_small(word) for word in re.split(r" (?:in|out of)(?: every)? ", match["in"], flags=re.I))
    return Numeral(match.span(), top / bottom, top / bottom, "fraction") if 0 < top < bottom else None


_ROUGHLY = re.compile(r"(?i)\b(?:about|around|roughly|nearly|almost|some|over|under|(?:more|less|fewer) than) \Z")
_IN_YEAR = re.compile(r" in (?:1[89]|20)\d\d\Z")
_RANKED = re.compile(r"(?i)\b(?:first|second|other|final|last|middle|top|bottom|the) \Z")
_TAKEN = re.compile(r"(?i)half,? (?:were|are|was|is|have|had|did|do|said|will)\b")


def _rough_share(match: re.Match[str], w: NumberWords) -> Numeral | None:
    """ "roughly a third refused", "half were": a share without a whole beside it; a plain "a third" is a rank."""
    text, start = match.string, match.start()
    if _RANKED.search(text, max(0, start - 8), start):
        return None
    if not (_ROUGHLY.search(text, max(0, start - 12), start) or _TAKEN.match(text, start)):
        return None
    value = w.fractions[match["bottom3"].lower()]
    return Numeral(match.span(), value, value, "fraction")


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
        top, bottom = map(int, re.split("[/⁄]", match["over"]))
        value += top / bottom if bottom else 0
    if match["under"] and float(match["under"]):
        return Numeral(match.span(), value / float(match["under"]), value / float(match["under"]), "fraction")
    if match["glyph"]:
        value += w.glyphs[match["glyph"]]
    if match["half2"]:
        value += 0.5
    if match["exponent"]:
        value = _power(value, match["exponent"])
    if match["power"]:
        value *= 10.0 ** int(match["power"].replace("−", "-"))
    if match["scale"]:
        value *= w.scales[match["scale"].lower()] * (w.scales[match["scale2"].lower()] if match["scale2"] else 1)
    elif match["mega"]:
        value *= 1e6  # "4.3M sales"; metres are "m"
    elif match["suffix"]:
        value *= w.suffixes[match["suffix"].lower()]
    return Numeral(match.span(), value, value, "digits")


def _power(base: float, exponent: str) -> float:
    """ "10^6"; infinite when no float holds it."""
    try:
        return float(base ** int(exponent.replace("−", "-")[:6]))
    except (OverflowError, ZeroDivisionError):
        return math.inf


def digits_value(written: str) -> float:
    """The value of digits with thousands separators; infinite when no float holds it."""
    written = _APART.sub("", written)
    if _CONTINENTAL.fullmatch(written):
        written = written.replace(".", "").replace(",", ".")
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
