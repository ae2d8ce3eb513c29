"""Which question a figure answers, whatever its sentence: by the role of what it counts, by its unit, or by the words
beside it (``data/questions.toml``)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from variorum.compare.facts.asked import asked, has_any, kind_of_unit
from variorum.compare.facts.counts import Count, none_at_all, still_so
from variorum.compare.facts.fact import Fact
from variorum.compare.facts.told import Told
from variorum.text.normalise import fold
from variorum.text.people import is_person_word, people_words
from variorum.text.vocabulary import load

Way = Literal["grows", "moves", "settled", "revised"]

#: Characters on either side of a number, up to the next number, in which words say what it is of.
_BESIDE: Final = 72
_NEXT: Final = 3
#: "A 150-seat assembly" has so many in all.
_SIZED: Final = re.compile(r"\d+-[a-z]")
#: Before a number that is a part of another, and after one that is a rate.
_PART: Final = re.compile(
    r"(?:\b(?:including|among (?:them|the \w+)|of whom|of which|of them|of these|amongst them)\W+(?:\w+\W+){0,2}"
    r"|\b(?:each|average of|every) (?:\w+ )?)$"
)
_RATE: Final = re.compile(
    r"^\W*(?:[\w-]+ ){0,4}?(?:(?:a|an|per|each|every) (?:day|week|month|year|hour|minute|head|night|share|barrel|tonne"
    r"|ton|square|piece|kilo|litre|liter|person|household)|daily|weekly|monthly|yearly|annually|alone|each|apiece)\b"
)
#: "The highest since 2009" says of a figure that it is a record, and not that it is of 2009.
_RECORD: Final = re.compile(r"\b(?:\w+est|most|least|best|worst|first|record)\b[^.;]{0,40}\b(?:since|in|for|ever)\b")
_LONG_AGO: Final = re.compile(
    r"\b(?:ago|(?:19|20)\d\d"
    r"|(?:last|previous|earlier|past|same) (?:year|month|century|decade|week|time|election|vote)s?"
    r"|(?:up|down) from|compared (?:with|to)|average|normally|usually|typical)\b"
)
#: The least that is a sum of a currency that is not known.
_SUM: Final = 1000
_CURRENCY: Final = re.compile(r"[A-Z]{3}|[$€£¥]")


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked (``about``), and what answers it: ``people``, ``money`` or things of ``units`` in one of ``roles``
    or beside one of ``words``.

    ``alone``: units that say it by themselves; ``called``: words say it of people of any kind; ``over``: roles that a
    word outdoes; ``needs``: no role says it without a word; ``bare``: a number without a unit answers, too; ``parts``:
    so do parts of a whole; ``plans``: so does what is yet to come; ``held``: by whom must be named; ``loose``:
    something else must say that both are of one thing; ``things``: whatever is counted but people, of one unit;
    ``but``: words of the sentence that say that it is of something else; ``times``: how many times one answer another
    may be; ``negated``: so does what says no by its words ("had no power"); ``anytime``: so does what is told in
    passing, if nothing before it dates it long ago; ``strange``: money of a currency that is not known, too;
    ``next``: the words must stand within three of the number.
    """

    about: str
    way: Way
    people: bool = False
    money: bool = False
    units: frozenset[str] = frozenset()
    alone: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    words: tuple[str, ...] = ()
    over: frozenset[str] = frozenset()
    needs: bool = False
    called: bool = False
    bare: bool = False
    parts: bool = False
    plans: bool = False
    held: bool = False
    loose: bool = False
    things: bool = False
    but: tuple[str, ...] = ()
    times: float = 0.0
    negated: bool = False
    anytime: bool = False
    strange: bool = False
    next: bool = False

    @property
    def total(self) -> bool:
        """Whether it is a running total."""
        return self.way in ("grows", "moves")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """``data/questions.toml``."""

    questions: tuple[Question, ...]


@cache
def questions() -> Sequence[Question]:
    """The questions, in the order in which they are tried."""
    vocabulary: Vocabulary = load("questions", Vocabulary)
    return vocabulary.questions


def question_of(told: Told) -> Question | None:
    """The first question that a figure answers as a whole, by its statement; None if it answers none."""
    before, after = _sides(told)
    if told.count.more or _PART.search(before) or _RATE.match(after):
        return None
    beside = f"{before} {after}"
    aside = _aside(told)
    found = next(
        (
            q
            for q in questions()
            if not (aside and not (q.anytime and _of_now(told)))
            and _fits(q, told, beside)
            and _said(q, told.fact, told)
        ),
        None,
    )
    left = found is not None and found.way in ("grows", "revised") and still_so(told.count, told.fact.statement)
    return None if left else found


def one_question(x: Told, y: Told) -> Question | None:
    """The question that both figures answer, if they answer one."""
    question = question_of(x)
    return question if question is not None and question is question_of(y) else None


def _sides(told: Told) -> tuple[str, str]:
    """The folded words before and after a number in its statement, up to the next numbers."""
    statement, others = told.fact.statement, [c.quantity.span for c in told.fact.counts]
    begin, end = (place - statement.span[0] for place in told.count.quantity.span)
    first = max([e - statement.span[0] for _, e in others if e - statement.span[0] <= begin] + [begin - _BESIDE, 0])
    last = min([b - statement.span[0] for b, _ in others if b - statement.span[0] >= end] + [end + _BESIDE])
    return fold(statement.text[first:begin]), fold(statement.text[end:last])


def _aside(told: Told) -> bool:
    return told.count.aside and not is_record(told.fact)


def _of_now(told: Told) -> bool:
    """Whether nothing in the clause of a number, or before it, dates it long ago: "up from 54 four years ago" is of
    the number behind it."""
    begin = told.count.quantity.span[0] - told.fact.statement.span[0]
    text = told.fact.folded
    end = re.search(r"[,;](?!\d)|$", text[begin:])
    return _LONG_AGO.search(text[: begin + (end.start() if end else 0)]) is None


def is_record(fact: Fact) -> bool:
    """Whether a statement says that its figure is a record since a year."""
    return _RECORD.search(fact.folded) is not None


def _fits(question: Question, told: Told, beside: str) -> bool:
    """Whether what is counted is of the question's kind and its role, or a word beside it, says what it is of."""
    role, unit = told.count.slot.role, told.count.slot.unit
    if question.held and _SIZED.match(
        told.fact.statement.text[told.count.quantity.span[0] - told.fact.statement.span[0] :]
    ):
        return False
    if not _of_kind(question, told) or (question.but and has_any(told.fact.statement.text, question.but)):
        return False
    may_be = role is None or role in question.roles | question.over
    worded = may_be and bool(question.words) and has_any(_next_to(told) if question.next else beside, question.words)
    if question.needs:
        return worded
    if role in question.roles:
        return True
    if question.people and not question.called and unit not in (None, "person"):
        return False  # "five officers look into the deaths"
    return worded or kind_of_unit(unit) in _kinds(question.alone) or not (question.words or question.roles)


def _next_to(told: Told) -> str:
    """The three words before a number and the three behind it."""
    before, after = _sides(told)
    return " ".join((*before.split()[-_NEXT:], *after.split()[:_NEXT]))


def _of_kind(question: Question, told: Told) -> bool:
    unit, code = told.count.slot.unit, told.count.quantity.unit_code
    if question.money:
        bare = told.count.quantity.unit is None and not code
        strange = (
            question.strange and bool(unit) and not code and told.count.core >= _SUM and not names_people(unit or "")
        )
        return bare or strange or is_money(told.count)
    if question.people:
        return code is None and (unit is None or names_people(unit))
    if question.things:
        return bool(unit) and code is None and unit not in asked().lengths and not names_people(unit)
    return (unit is None and question.bare) or kind_of_unit(unit) in _kinds(question.units)


def is_money(count: Count) -> bool:
    """Whether its unit is a currency."""
    unit = count.slot.unit
    return bool(unit and (_CURRENCY.search(unit) or (unit in _currencies() and not count.quantity.unit_code)))


@cache
def _kinds(units: frozenset[str]) -> frozenset[str | None]:
    return frozenset(map(kind_of_unit, units))


@dataclass(frozen=True, slots=True)
class _Money:
    """What ``data/counting.toml`` says of money."""

    currencies: frozenset[str]


def _currencies() -> frozenset[str]:
    money: _Money = load("counting", _Money)
    return money.currencies


@cache
def names_people(unit: str) -> bool:
    """Whether a unit names people, by the list or by its ending; families and crews are none."""
    return kind_of_unit(unit) != "household" and (unit in people_words().beings or is_person_word(unit))


def _said(question: Question, fact: Fact, told: Told) -> bool:
    """Whether the statement holds it, of the whole and of what is or was."""
    real = fact.statement.reality in ("happened", "ongoing", "unknown") or question.plans
    whole = told.count.quantity.of is None or question.parts or told.count.said
    if not told.count.core and not none_at_all(told.count, fact.statement):
        return False
    if not told.count.core:  # "nobody was hurt"
        whole, real = question.people and told.count.slot.unit in (None, "person"), fact.statement.reality != "planned"
        return whole and real and question.total and not fact.corrects
    affirmed = question.negated or fact.statement.polarity == "affirmed"
    return real and whole and affirmed and not fact.corrects
