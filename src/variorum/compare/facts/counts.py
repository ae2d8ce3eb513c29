"""Numbers as answers to "how many": which question each answers, and whether two give one figure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from variorum.compare.facts.vocabulary import words
from variorum.model import Quantity, Statement
from variorum.text.normalise import fold

#: "about" leaves this much room on either side.
_ABOUT: Final = 0.1
_INFINITE: Final = float("inf")
#: How many times its low end the high end is of what only names an order of magnitude; so much more it may be, too.
_ORDER: Final = 3
#: "A third demonstrator" makes three.
_ORDINALS: Final = {
    word: n
    for n, word in enumerate(("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"), 2)
}
#: How a part of a whole is put in words and figures: "nine out of ten", "6 in 10".
_SHARE: Final = re.compile(
    r"\b(?:in|out of|of every|in every)\s+(?:ten|10|five|5|four|4|twenty|20|(?:a )?hundred|100)\b"
)
#: Characters between two kinds that are counted in one breath.
_JOINED: Final = 30
#: Between them: nothing, or a word for the first kind.
_BREATH: Final = re.compile(r"^(?:(?! ?(?:\w+ed|died|are|is|was|were|has|had|have|lay|fell|lost|got)\b)[^.;])*\band $")
#: After the number of those who are left of a total.
_LEFT: Final = re.compile(
    r"\W*(?:(?!(?:and|but|or|as|who|while)\b)[\w'’-]+ ){0,4}?"
    r"(?:(?:are|is|were|was|have been|has been) still|still (?:are|is|were|was)|remain(?:s|ed)?)\b"
)
#: After "none" and "nobody", where it is of some of them only.
_OF_SOME: Final = re.compile(
    r"\W*(?:of (?:the|those|these|them|its|his|her|their|our)\b"
    r"|(?:[\w'’-]+ ){0,3}?(?:seriously|badly|severely|critically|gravely|fatally)\b)"
)


@dataclass(frozen=True, slots=True)
class Slot:
    """What a number counts: the role and the kind of thing; "person" stands for all general words for people."""

    role: str | None
    unit: str | None


@dataclass(frozen=True)
class Count:
    """A quantity in its slot, as an interval with open ends as infinities. ``more`` marks a number that comes on top
    of another ("three more"), ``aside`` one of another event or of a statistic, ``said`` one whose role the words next
    to it give."""

    slot: Slot
    low: float
    high: float
    quantity: Quantity
    more: bool = False
    aside: bool = False
    said: bool = False

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash((self.slot, self.low, self.high, self.quantity))

    @cached_property
    def core(self) -> float:
        """The figure that is named: 5 of "at least 5", the middle of a range."""
        low, high = self.quantity.low, self.quantity.high
        if low is not None and low == high:
            return float(low)  # nearly all
        ends = [v for v in (low, high) if v is not None]
        return sum(ends) / len(ends) if ends else 0.0

    def meets(self, other: Count) -> bool:
        """Whether one number can be both: intervals that meet, with the room that "about" gives; "thousands" may be
        twelve of them."""
        room = self._room(other)
        if self.vague or other.vague:
            return self.low <= _ORDER * other.high and other.low <= _ORDER * self.high
        return self.low <= other.high + room and other.low <= self.high + room

    @property
    def vague(self) -> bool:
        """Whether it only names an order of magnitude: "dozens", "thousands"."""
        low, high = self.quantity.low, self.quantity.high
        return low is not None and high is not None and 0 < _ORDER * low < high

    def same_figure(self, other: Count) -> bool:
        """Whether both name one figure: "at least 5" and "5", not "at least 5" and "7", though both may be true."""
        return abs(self.core - other.core) <= self._room(other)

    def same_slot(self, other: Count, *, same_predicate: bool) -> bool:
        """Whether both count the same: one unit and one role; where a role is not known, under one predicate."""
        if self.slot.unit != other.slot.unit or self.more != other.more:
            return False
        if (self.slot.role == "age") != (other.slot.role == "age"):
            return False  # "died at the age of 95", "died 30 years after the flood"
        if self.slot.role and other.slot.role:
            return self.slot.role == other.slot.role
        return same_predicate

    def _room(self, other: Count) -> float:
        about = "about" in (self.quantity.bound, other.quantity.bound)
        return _ABOUT * max(abs(self.core), abs(other.core)) if about else 0.0


def read_count(quantity: Quantity, around: str, beside: str = "", before: str = "", *, aside: bool = False) -> Count:
    """A quantity in its slot; ``around`` are its own words with a few before and after, ``beside`` with more,
    ``before`` are all of its statement before it."""
    quantity = _as_percentage(quantity, around)
    low = -_INFINITE if quantity.low is None else quantity.low
    high = _INFINITE if quantity.high is None else quantity.high
    near = fold(around).replace("more than", " ").split(" ")
    slot = _slot(quantity, around)
    if _is_age(quantity, around, before):
        return Count(Slot("age", "year"), low, high, quantity, aside=aside)
    said = _said_beside(slot, quantity, beside) or _said_before(slot, before)
    if slot.unit in ("person", None) and slot.role in (None, "carried") and _aboard(slot, quantity, beside):
        slot = Slot("aboard", "person")
    if slot.unit is None and _people_before(before):
        slot = Slot(slot.role, "person")
    if slot == Slot("carried", "passenger"):
        slot = Slot("aboard", "passenger")
    return Count(said or slot, low, high, quantity, not words().more.isdisjoint(near), aside, said is not None)


def _said_beside(slot: Slot, quantity: Quantity, beside: str) -> Slot | None:
    """What a number counts by the words next to it: "19 have not been traced", "turnout was 61 percent"."""
    folded = f" {fold(beside)} "
    for role, told in words().beside.items():
        if told.people and quantity.unit_code:
            continue  # "in hospital for three days"
        fits = (slot.role in (None, *told.over)) and (slot.unit == "percent") == told.share
        if fits and any(f" {phrase} " in folded for phrase in told.phrases):
            return Slot(role, "percent" if told.share else "person" if told.people else slot.unit)
    return None


_NUMBER_OF: Final = re.compile(
    r"(?:number|total|tally|toll|count) of (?:the )?(.{3,60}?) (?:has |have |had )?([a-z]+)(?: [a-z]+)? (?:to|at)$"
)


def _said_before(slot: Slot, before: str) -> Slot | None:
    """What a bare number counts by the words that lead to it: "the number of children ill has risen to 67"."""
    found = None if slot.unit or slot.role else _NUMBER_OF.search(fold(before).rstrip())
    if found is None or found[2] not in words().parts.falling | words().parts.rising | words().reaching:
        return None
    told = re.findall(r"\w+", found[1])
    role = next((role for role, names in words().number_of.items() if not names.isdisjoint(told)), None)
    return Slot(role, "person") if role else None


#: Nouns for so many, of which a bare number behind "of" is how many.
GROUPS: Final = (
    "number|group|dozen|couple|handful|few|total|third|quarter|half|hundred|family|party|crew|team|pair|class|staff|squad|band"
    "|minimum|maximum|average|toll|tally|majority|convoy|fleet|column|series|range|sum|population|list|set|score"
)
#: Before and behind a bare number that is how old somebody is: "a farmhand of 19 was".
_OF_AGE: Final = re.compile(rf"\b(?:an?|one|another) (?!(?:[\w-]+ )?(?:{GROUPS})\b)(?:[\w-]+ ){{0,2}}?[\w-]+ of$")
_OF_ONE: Final = re.compile(r"\b\d{2},? (?:was|is|has|had|who)\b")


def _is_age(quantity: Quantity, around: str, before: str) -> bool:
    bare = quantity.unit is None and quantity.low == quantity.high and not quantity.unit_code
    return bare and _OF_AGE.search(fold(before).rstrip()) is not None and _OF_ONE.search(fold(around)) is not None


#: "The number of people affected is", "the number of victims is not 40, as was said at first, but".
_NUMBER_IS: Final = re.compile(
    r"(?:number|total|tally|toll|count) of (?:the )?([a-z]+)\b[^.;]{0,60}? (?:is|was|stands at|stood at)"
    r"(?: (?:now|not|only|already|still|thus))*(?: \S+ (?:[^.;]*\bbut|(?:and )?not))?"
    r"(?: (?:about|around|some|at least|more than))?$"
)


def _people_before(before: str) -> bool:
    """Whether the words that lead to a bare number say that it is one of people."""
    found = _NUMBER_IS.search(fold(before).rstrip())
    return found is not None and not words().people.isdisjoint((found[1], found[1].removesuffix("s")))


def _as_percentage(quantity: Quantity, around: str) -> Quantity:
    """ "Nine out of ten drivers" is 90 percent of them."""
    low, high = quantity.low, quantity.high
    if low is None or high is None or not 0 < low <= high < 1 or not _SHARE.search(fold(around)):
        return quantity
    return replace(quantity, low=round(100 * low, 6), high=round(100 * high, 6), unit="percent", unit_code="percent")


def _aboard(slot: Slot, quantity: Quantity, beside: str) -> bool:
    """Whether a number is that of those who travel: "a ferry carrying 214 people", "210 were on the ferry"."""
    if slot.role == "carried" and slot.unit == "person":
        return True
    folded = f" {fold(beside)} "
    return (quantity.low or 0) > 1 and any(f" {phrase} " in folded for phrase in words().aboard)


def _slot(quantity: Quantity, around: str) -> Slot:
    vocabulary = words()
    years = quantity.unit_code == "year" or quantity.unit == "year"
    if years and ((quantity.unit is None and quantity.unit_code) or "-old" in around or " old" in around):
        return Slot("age", "year")
    role = fold(quantity.role.replace("_", " ")) if quantity.role else None
    role = vocabulary.roles.get(role, role) if role else None
    if unit_is_case(quantity.unit) and (
        role in (None, "confirmed") or (role == "killed" and quantity.unit == "case" and "fatal" not in around)
    ):
        role = "infected"  # "17 deaths and 460 confirmed cases"
    unit = fold(quantity.unit) if quantity.unit else None
    if (
        role in vocabulary.tolls.whoever
        or unit in vocabulary.people
        or (unit is None and role in vocabulary.tolls.of_people)
    ):
        unit = "person"
    return Slot(role, quantity.unit_code or unit)


def words_before(count: Count, statement: Statement) -> str:
    """What a statement says up to a number of it."""
    return statement.text[: max(0, count.quantity.span[0] - statement.span[0])]


def words_behind(count: Count, statement: Statement) -> str:
    """What a statement says after a number of it."""
    return statement.text[max(0, count.quantity.span[1] - statement.span[0]) :]


def still_so(count: Count, statement: Statement) -> bool:
    """Whether a number is of those who are left of a total: "ten of the injured are still in hospital"."""
    return _LEFT.match(fold(words_behind(count, statement))) is not None


def of_two_kinds(one: Count, counts: Iterable[Count], statement: Statement) -> Count:
    """The people whom a report counts by two kinds in one breath: "210 passengers and 14 crew" are 224."""
    if one.slot.unit in (None, "person") or one.low != one.high:
        return one
    for other in counts:
        between = statement.text[
            max(0, one.quantity.span[1] - statement.span[0]) : max(0, other.quantity.span[0] - statement.span[0])
        ]
        kind = other.slot.unit not in (None, "person", one.slot.unit) and other.quantity.unit_code is None
        # "A clerk died and two men were hurt": what has a verb of its own behind it is not counted with the others.
        one_breath = len(between) < _JOINED and _BREATH.search(between)
        if kind and one_breath and other.low == other.high:
            total = one.core + other.core
            told = replace(one.quantity, low=total, high=total, unit="people")
            return replace(one, slot=replace(one.slot, unit="person"), low=total, high=total, quantity=told)
    return one


def none_at_all(count: Count, statement: Statement) -> bool:
    """Whether a count of nobody says that there was nobody: not "none of the dead wore a helmet", "nobody was badly
    hurt"."""
    return count.core == 0 and _OF_SOME.match(fold(words_behind(count, statement))) is None


def unit_is_case(unit: str | None) -> bool:
    """Whether cases of an illness are counted: people who have it."""
    return unit is not None and fold(unit) in words().cases


def pairs_in_one_slot(
    left: Iterable[Count], right: Iterable[Count], *, same_predicate: bool
) -> list[tuple[Count, Count]]:
    """Numbers of two statements that answer one question."""
    return [(x, y) for x in left for y in right if x.same_slot(y, same_predicate=same_predicate)]


def whole_of(part: Count, counts: Iterable[Count]) -> Count | None:
    """The count that a part is of, if it has a figure: 48 of "forty of the 48 coins"."""
    of = part.quantity.of
    if of is None:
        return None
    spans = ((c, c.quantity.span) for c in counts if c is not part)
    return next((c for c, span in spans if of[0] <= span[0] and span[1] <= of[1]), None)


def is_whole(count: Count, counts: Sequence[Count]) -> bool:
    """Whether one of ``counts`` is a part of ``count``."""
    return any(whole_of(part, counts) is count for part in counts)


def round_of(x: Count, y: Count) -> bool:
    """One number is the other, rounded: "about 1,000" and 1,012, or 1,000 and 1,012."""
    apart = abs(x.core - y.core)
    if "about" in (x.quantity.bound, y.quantity.bound):
        return apart <= 0.15 * max(abs(x.core), abs(y.core))
    rounder, finer = sorted((x.core, y.core), key=lambda v: (-_zeros(v), v))
    return _zeros(rounder) >= 2 and _zeros(rounder) > _zeros(finer) and apart <= 0.05 * abs(finer)


def _zeros(value: float) -> int:
    """Zeros at the end of a whole number: 2 of 3,400."""
    digits = f"{value:.0f}" if value == int(value) else ""
    return len(digits) - len(digits.rstrip("0"))


def digits_named(value: float) -> int:
    """Digits that a figure names: 2 of 3,400, 3 of 38,500,000."""
    return len(f"{value:.10g}".replace(".", "").strip("0")) if value < 1e10 else 1


def last_digit(value: float) -> float:
    """One more in the last digit that a figure names: 100 of 3,400."""
    return 10.0 ** _zeros(value)


def counted_up(count: Count, statement: Statement) -> Count:
    """The total that "a third demonstrator has died" tells."""
    quantity, begin = count.quantity, statement.span[0]
    written = statement.text[quantity.span[0] - begin : quantity.span[1] - begin]
    found = re.match(r"an? (\w+) \w", fold(written))
    total = float(_ORDINALS.get(found[1], 0)) if found and count.core == 1 else 0.0
    if not total:
        return count
    return replace(count, low=total, high=total, quantity=replace(quantity, low=total, high=total))
