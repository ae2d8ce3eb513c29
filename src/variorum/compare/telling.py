"""Findings in words: who says what, when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from variorum.compare.counts import Count
from variorum.compare.facts import Fact
from variorum.compare.support import listed

#: Words of a reading's value, at most; the rest is one click away.
_LONGEST = 110


def shortened(text: str) -> str:
    """The text, cut at a word's end."""
    if len(text) <= _LONGEST:
        return text
    return text[: text.rfind(" ", 0, _LONGEST) if " " in text[:_LONGEST] else _LONGEST].rstrip(" ,;:–-") + " …"


def number(value: float) -> str:
    """An integer without its point, thousands apart."""
    return f"{int(value):,}" if value == int(value) else f"{value:g}"


def count_value(count: Count) -> str:
    """ "at least 5 people killed"."""
    quantity = count.quantity
    low, high = quantity.low, quantity.high
    if low is not None and high is not None and low != high:
        figure = f"{number(low)} to {number(high)}"
    else:
        figure = number(low if low is not None else high if high is not None else 0)
    bound = {"exact": "", "at_least": "at least ", "at_most": "at most ", "about": "about "}[quantity.bound]
    return " ".join(filter(None, [bound + figure, quantity.unit, quantity.role]))


def question(count: Count) -> str:
    """What a count answers: "the number of people killed"."""
    slot = count.slot
    return " ".join(filter(None, ["the number of", slot.unit or "things", slot.role]))


def tellers(facts: Iterable[Fact], titles: Mapping[str, str]) -> str:
    """Who says it: the roots with the outlets that carry them, "the police (Evening Post, Daily Echo)"."""
    carried: dict[str, dict[str, None]] = {}
    for fact in facts:
        root = fact.statement.root.name if fact.statement.attribution else None
        carried.setdefault(root or "", {})[titles[fact.statement.article]] = None
    return listed(_teller(root, outlets) for root, outlets in carried.items())


def _teller(root: str, outlets: Iterable[str]) -> str:
    return f"{root} ({', '.join(outlets)})" if root else listed(outlets)


def reported(facts: Sequence[Fact]) -> str | None:
    """The earliest report."""
    return min((fact.reported for fact in facts if fact.reported), default=None)
