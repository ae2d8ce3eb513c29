"""Findings in words: who says what, when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from variorum.compare.facts.counts import Count, unit_is_case
from variorum.compare.facts.fact import Fact
from variorum.compare.facts.remembered import of_fact
from variorum.compare.facts.vocabulary import words
from variorum.text.normalise import fold
from variorum.text.vocabulary import load

_CURRENCY: Final = re.compile(r"[A-Z]{3}")
_BECAME: Final = re.compile(r"\A(?:It|She|He|They) (?:was|were|is|are|has been|have been) (?=\w+ed\b)")
#: Words of a reading's value, at most; the rest is one click away.
_LONGEST = 110


def shortened(text: str) -> str:
    """The text, cut at a word's end."""
    if len(text) <= _LONGEST:
        return text
    return text[: text.rfind(" ", 0, _LONGEST) if " " in text[:_LONGEST] else _LONGEST].rstrip(" ,;:–-") + " …"


def shortened_state(text: str) -> str:
    """As `shortened`, without a pronoun that opens a sentence on what became of something: "She was towed to Velm"."""
    return shortened(_BECAME.sub("", text))


def number(value: float) -> str:
    """An integer without its point, thousands apart."""
    return f"{int(value):,}" if value == int(value) else f"{value:g}"


@of_fact
def count_value(count: Count) -> str:
    """ "at least 5 people killed", "6 missiles fired", "no casualties"."""
    quantity, figure = count.quantity, number(count.core)
    if word := _vague().get((quantity.low, quantity.high)):
        figure = word
    elif quantity.low is not None and quantity.high is not None and quantity.low != quantity.high:
        figure = f"{number(quantity.low)} to {number(quantity.high)}"
    bound = {"exact": "", "at_least": "at least ", "at_most": "at most ", "about": "about "}[quantity.bound]
    role = (quantity.role or "").replace("_", " ")
    if count.slot.role in words().tolls.in_passing or unit_is_case(quantity.unit):
        role = count.slot.role or ""
    unit = _plural(quantity.unit) if quantity.unit and count.core != 1 else quantity.unit
    if role and unit and (unit.startswith(role[:5]) or unit in words().number_of.get(role, ())):
        role = ""  # "17 deaths" says it
    return " ".join(filter(None, [bound + ("no" if figure == "0" else figure), unit, role]))


@dataclass(frozen=True, slots=True)
class _Numbers:
    """Of ``data/numbers.toml`` the words for an unsaid number."""

    vague: dict[str, tuple[float, float]]


@cache
def _vague() -> dict[tuple[float | None, float | None], str]:
    """Words for an unsaid number by the interval that they leave open: "dozens"."""
    words: _Numbers = load("numbers", _Numbers)
    return {interval: word for word, interval in words.vague.items()}


def _plural(unit: str) -> str:
    """Good enough to be read; words that are plural or no words stay."""
    if known := words().plurals.get(unit):
        return known
    if not unit.isascii() or not unit[-1:].islower() or unit in words().people or unit.endswith(("cent", "feet")):
        return unit
    if unit.endswith("man") and unit not in words().not_men:
        return unit[:-2] + "en"
    if unit.endswith("s"):
        return unit + "es" if unit.endswith(("ss", "us")) else unit
    return unit[:-1] + "ies" if unit.endswith("y") and unit[-2:-1] not in "aeiou" else unit + "s"


def question(count: Count) -> str:
    """What a count answers: "the number of people killed", "the cost in euros", "the age"."""
    slot = count.slot
    if slot.role == "age":
        return "the age"
    if slot.unit == "percent":
        return f"the percentage ({slot.role})" if slot.role else "the percentage"
    if slot.unit and _CURRENCY.fullmatch(slot.unit):
        return f"the {slot.role or 'sum'} in {_plural(count.quantity.unit) if count.quantity.unit else slot.unit}"
    if slot.unit and "**" in slot.unit and count.quantity.unit:
        return f"the figure in {_plural(count.quantity.unit)}"  # "foot**2" is for machines
    return " ".join(
        filter(None, ["the number of", _plural(slot.unit.replace("_", " ")) if slot.unit else "things", slot.role])
    )


def tellers(facts: Iterable[Fact], titles: Mapping[str, str]) -> str:
    """Who says it: the roots with the outlets that carry them, "the police (Evening Post, Daily Echo)"."""
    carried: dict[str, dict[str, None]] = {}
    spelt: dict[str, str] = {}
    for fact in facts:
        root = fact.statement.root.name if fact.statement.attribution else None
        root = spelt.setdefault(fold(root or ""), root or "")
        carried.setdefault(root, {})[titles[fact.statement.article]] = None
    return listed(_teller(root, outlets) for root, outlets in carried.items())


def _teller(root: str, outlets: Iterable[str]) -> str:
    return f"{root} ({', '.join(outlets)})" if root else listed(outlets)


def reported(facts: Sequence[Fact]) -> str | None:
    """The earliest report."""
    return min((fact.reported for fact in facts if fact.reported), default=None)


def listed(names: Iterable[str]) -> str:
    """ "A", "A and B", "A, B and C", each name once."""
    distinct = list(dict.fromkeys(names))
    return " and ".join([", ".join(distinct[:-1]), distinct[-1]]) if len(distinct) > 1 else "".join(distinct)
