"""Units beside numbers: signs, words and codes of money and measures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import msgspec

from variorum.annotate.numerals import alternatives
from variorum.text import vocabulary

_SIGN_LENGTH = 3  # longer unit words are matched in any case and in the plural


@dataclass(frozen=True, slots=True)
class Unit:
    """``word`` as written, in the singular; ``code`` of ISO 4217 or pint, with what a rate is counted by; ``end`` where
    it ends in the text; ``rated`` with the words of the rate."""

    word: str
    code: str
    start: int
    end: int
    money: bool = False
    rated: str = ""


class UnitWords(msgspec.Struct, frozen=True):
    """`data/units.toml`."""

    times: tuple[str, ...]
    currencies: dict[str, tuple[str, ...]]
    units: dict[str, tuple[str, ...]]
    bounds: dict[str, tuple[str, ...]]
    bounds_after: dict[str, tuple[str, ...]]
    designations: dict[str, tuple[str, ...]]
    rates: dict[str, tuple[str, ...]]
    singular: dict[str, str]


@cache
def words() -> UnitWords:
    """The unit words."""
    loaded: UnitWords = vocabulary.load("units", UnitWords)
    return loaded


def _is_sign(form: str) -> bool:
    if len(form) == _SIGN_LENGTH and form.isalpha() and form.islower() and re.search("[aeiou]", form):
        return False  # "day", "ton", "yen": words, with plurals
    return len(form) <= _SIGN_LENGTH or "$" in form or not re.fullmatch(r"[^\W\d_]+(?:[ .-][^\W\d_]*)*", form)


@cache
def _codes() -> tuple[dict[str, str], dict[str, str]]:
    """Codes by sign (as written) and by word (lower case)."""
    signs: dict[str, str] = {}
    spelt: dict[str, str] = {}
    for table in (words().units, words().currencies):
        for code, forms in table.items():
            for form in forms:
                if _is_sign(form):
                    signs.setdefault(form, code)
                spelt.setdefault(form.lower().replace("-", " "), code)
    return signs, spelt


@cache
def _after() -> re.Pattern[str]:
    signs, spelt = _codes()
    long = alternatives(w for w in spelt if not _is_sign(w))
    return re.compile(
        r"[ -]{0,2}(?:(?:of a |of an )?(?:US |UK |imperial ))?"
        rf"(?:(?P<word>(?i:{long}))(?P<plural>s|(?<=\w\w\w\w)es)?(?!\w)"
        rf"|(?P<sign>{alternatives(signs)})(?!\w))"
    )


@cache
def _before() -> re.Pattern[str]:
    signs = [f for forms in words().currencies.values() for f in forms if _is_sign(f) and not f.islower()]
    return re.compile(rf"(?<![A-Za-z])(?P<sign>{alternatives(signs)}|Mach) ?-?\Z")


@cache
def _rate() -> re.Pattern[str]:
    per = alternatives(words().rates["per"])
    return re.compile(rf"(?i)(?P<link> per |/| an? |-an?-|-per-)(?P<of>{per})(?!\w)")


def unit_after(text: str, position: int) -> Unit | None:
    """The unit written right after a number that ends at ``position``, without its rate."""
    match = _after().match(text, position)
    if not match:
        return None
    signs, spelt = _codes()
    written = match["word"] or match["sign"]
    code = spelt[re.sub(r"-", " ", written.lower())] if match["word"] else signs[written.replace("-", " ")]
    if match["sign"] and len(written) == 1 and written.isalpha() and match.start() + 1 < match.start("sign"):
        return None
    start = match.start("word") if match["word"] else match.start("sign")
    return Unit(_singular(written), code, start, match.end(), code in words().currencies)


def _singular(written: str) -> str:
    plain = words().singular
    return (
        plain.get(written)
        or plain.get(written.lower())
        or re.sub(r"\b(degree|mile|metre|meter|kilometre|kilometer)s\b", r"\1", written)
    )


def rated(text: str, unit: Unit) -> Unit:
    """``unit`` with "per hour", "a month" or "/kg" after it."""
    match = _rate().match(text, unit.end)
    if not match:
        return unit
    link = match["link"].strip(" -").lower()
    per = match["of"].lower()
    code = f"{unit.code}/{per.replace(' ', '_')}"
    rate = f"{unit.rated or unit.word} {'per' if link == '/' else link} {per}"
    return Unit(unit.word, code, unit.start, match.end(), unit.money, rate)


def postfixed(text: str, unit: Unit) -> Unit:
    """A dollar sign whose country stands behind the number: "$76 US a barrel", "$20 Cdn"."""
    match = _COUNTRY.match(text, unit.end) if unit.word == "$" else None
    if match is None:
        return unit
    code = _codes()[1][_DOLLARS[match["country"][0]]]
    return Unit(unit.word, code, unit.start, match.end(), unit.money, f"$ {match['country']}")


_COUNTRY = re.compile(r" (?P<country>US|U\.S\.?|USD|CAD|Cdn|Canadian|AUD|Australian)(?!\w)")
_DOLLARS = {"U": "us dollar", "C": "canadian dollar", "A": "australian dollar"}


def sign_before(text: str, position: int) -> Unit | None:
    """The currency sign, or "Mach", right before a number."""
    match = _before().search(text[max(0, position - 8) : position])
    if not match:
        return None
    sign = match["sign"]
    start = max(0, position - 8) + match.start()
    if sign == "Mach":
        return Unit("Mach", "mach", start, position)
    code = next(c for c, forms in words().currencies.items() if sign in forms)
    return Unit(_singular(sign).replace(" ", ""), code, start, position, money=True)
