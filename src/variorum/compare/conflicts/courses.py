"""States that follow each other: the road that is closed and reopened, the search that was suspended and resumed.

Sentences on two states of one thing share but its name, and none of them says "not". Which states things of a kind go
through is known (``data/courses.toml``), so that the later report tells a later state, if both speak of one thing.
Outcomes of one moment (shot dead, survived) are in dispute where two sources are named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Final

from variorum.compare.claims.align import Alignment
from variorum.compare.conflicts.plans import is_plan
from variorum.compare.conflicts.tell import STATE_OF
from variorum.compare.facts.fact import Fact
from variorum.compare.facts.names import Names
from variorum.compare.facts.order import order_of, same_root
from variorum.compare.facts.scope import other_scope
from variorum.compare.facts.telling import shortened
from variorum.compare.facts.things import Grammar, Reader, Thing, plural
from variorum.compare.finding import Finding
from variorum.model import Relation
from variorum.text.normalise import fold
from variorum.text.vocabulary import load

_SURE: Final = 0.78
#: Statements on things of one course that are compared each with each at most.
_MOST: Final = 60
#: Texts of which is remembered what they tell.
_REMEMBERED: Final = 20_000
#: Days before its report on which what is told there may have come about.
_RECENT: Final = timedelta(days=45)
#: Behind a verb these say that it is done to something: "the school closed its library".
_DONE_TO: Final = (
    r"(?:(?<= into)|(?<= from)|(?<= with)|(?<= of)"
    r"|(?! (?:the|its|their|his|her|an?|all|some|two|three|several|off the|down the)\b"
    r"(?! (?:day|week|night|morning|fortnight|month|year|second time))))"
)
_AGED: Final = re.compile(r"\b(\d{1,3})[- ]years?[- ]old\b|(?:\b(?:of|aged)|,) (\d{1,3})\b")
_AGED_BEHIND: Final = re.compile(r"(?:,? (?:of|aged) |, )(\d{1,3})\b(?! (?!years)\w)")
#: What says that it is not so, and tells a state by that.
_NO: Final = re.compile(r"\b(?:no|without|not)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _State:
    """A state and the words for it; ``past``: they may be in the past tense and still tell the state of the report's
    day."""

    name: str
    after: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()
    level: int | None = None
    anew: bool = False
    past: bool = True
    only_planned: bool = False


@dataclass(frozen=True, slots=True)
class _Alone:
    """Words that tell a state of a thing which they do not name."""

    thing: str
    state: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Course:
    name: str
    things: tuple[tuple[str, ...], ...]
    states: tuple[_State, ...]
    alone: tuple[_Alone, ...] = ()
    people: bool = False
    once: bool = False
    any: bool = False
    anywhere: bool = False
    anyone: bool = False


@dataclass(frozen=True, slots=True)
class _Courses:
    """``data/courses.toml``. ``people`` are whom a course is also of that may be of ``anyone``; those of ``whoever``
    are somebody only by their age."""

    words: Grammar
    people: tuple[tuple[str, ...], ...]
    whoever: frozenset[str]
    courses: tuple[_Course, ...]


@dataclass(frozen=True, slots=True)
class _Told:
    """A state that a statement tells of a thing, or of a person by the id."""

    n: int
    fact: Fact
    thing: Thing
    state: _State
    level: int
    person: str | None = None
    age: str | None = None


@dataclass(frozen=True, slots=True)
class _Patterns:
    state: _State
    level: int
    after: re.Pattern[str] | None
    before: re.Pattern[str] | None
    alone: tuple[tuple[int, re.Pattern[str]], ...] = field(default=())


@cache
def _known() -> tuple[tuple[_Course, Reader, tuple[_Patterns, ...]], ...]:
    courses: _Courses = load("courses", _Courses)
    own = (_with_anyone(c, courses.people) if c.anyone else c for c in courses.courses)
    return tuple((c, Reader(c.things, courses.words, any_noun=c.any), _patterns(c)) for c in own)


def _with_anyone(course: _Course, people: Sequence[tuple[str, ...]]) -> _Course:
    known = {name for names in course.things for name in names}
    return replace(course, things=(*course.things, *(names for names in people if known.isdisjoint(names))))


def _patterns(course: _Course) -> tuple[_Patterns, ...]:
    kinds = {name: n for n, names in enumerate(course.things) for name in names}
    return tuple(
        _Patterns(
            state,
            n if state.level is None else state.level,
            _pattern(state.after, behind=_DONE_TO),
            _pattern(state.before),
            tuple(
                (kind, pattern)
                for kind, words in (
                    (0, state.alone),
                    *((kinds[a.thing], a.words) for a in course.alone if a.state == state.name),
                )
                if (pattern := _pattern(words)) is not None
            ),
        )
        for n, state in enumerate(course.states)
    )


def _pattern(words: Sequence[str], behind: str = "") -> re.Pattern[str] | None:
    return re.compile(rf"(?<![\w-])(?:{'|'.join(words)})(?![\w-]){behind}", re.IGNORECASE) if words else None


def find_courses(alignment: Alignment, found: Iterable[Finding]) -> Iterator[Finding]:
    """All that is found so, but for pairs that are ``found`` already."""
    told_already = {frozenset((f.a, f.b)) for f in found}
    told: dict[int, list[_Told]] = {}
    for n, fact in enumerate(alignment.facts):
        for number, state in _states(n, fact, alignment.scale.names) if _may_tell(fact) else ():
            told.setdefault(number, []).append(state)
    for number, states in sorted(told.items()):
        if len({t.fact.statement.article for t in states}) > 1:
            course, reader, _ = _known()[number]
            story = _Story(course, reader, alignment, states)
            for finding in story.findings(_last_of_reports(states[:_MOST], story)):
                if frozenset((finding.a, finding.b)) not in told_already:
                    yield finding


def _may_tell(fact: Fact) -> bool:
    """Whether a statement says that something is, was or is to be, and of these days."""
    statement = fact.statement
    if statement.certainty in ("unknown", "possible"):
        return False
    reported = (fact.reported or "")[:10]
    if not (reported and fact.dated and fact.days and "0002" < fact.days[1] < "9999"):
        return True
    return date.fromisoformat(fact.days[1]) >= date.fromisoformat(reported) - _RECENT


def _states(n: int, fact: Fact, names: Names) -> Iterator[tuple[int, _Told]]:
    """The states that a statement tells, each with the number of its course."""
    for number, place, words, thing in _read(fact.statement.text):
        course, _, patterns = _known()[number]
        known = patterns[place]
        person = _person(fact, thing, names) if course.people else None
        told = _asserts(fact, words) and (known.state.past or not thing.past)
        if told and (thing.kind is not None or person or not course.people):
            age = _age(fact.statement.text, thing) if course.people else None
            yield number, _Told(n, fact, thing, known.state, known.level, person, age)


def _age(text: str, thing: Thing) -> str | None:
    """How old who is called so is: "the 29-year-old driver", "a man of 29", "the driver, 29,"."""
    found = _AGED.search(text[slice(*thing.span)]) or _AGED_BEHIND.match(text, thing.span[1])
    return next(filter(None, found.groups())) if found else None


@lru_cache(_REMEMBERED)
def _read(text: str) -> tuple[tuple[int, int, str, Thing], ...]:
    """All that a text may tell: the numbers of a course and of a state of it, the words for it, and the thing."""
    return tuple(
        (number, place, words, thing)
        for number, (_, reader, patterns) in enumerate(_known())
        for place, known in enumerate(patterns)
        for words, thing in _things(text, known, reader)
    )


def _asserts(fact: Fact, words: str) -> bool:
    """Whether a statement has words among what it says itself, and says no only by them: "had no power"."""
    own = fold(words) in fold(fact.words)
    return own and (fact.statement.polarity != "negated" or _NO.search(words) is not None)


def _things(text: str, known: _Patterns, reader: Reader) -> Iterator[tuple[str, Thing]]:
    """The words of a state in a text, and the thing that is in it."""
    for match in known.after.finditer(text) if known.after else ():
        thing = reader.before(text, match.start())
        if thing:
            yield match[0], thing
    for match in known.before.finditer(text) if known.before else ():
        thing = reader.behind(text, match.end())
        if thing:
            yield match[0], thing
    for kind, pattern in known.alone:
        for match in pattern.finditer(text):
            yield match[0], Thing(kind, frozenset(), frozenset(), many=False, span=match.span())


def _person(fact: Fact, thing: Thing, names: Names) -> str | None:
    """The one person who is named among the words for a thing."""
    begin = fact.statement.span[0]
    people = {
        names.thing(m.entity)
        for m in fact.statement.mentions
        if thing.span[0] <= m.span[0] - begin < thing.span[1] and names.kind(m.entity) == "person"
    }
    return people.pop() if len(people) == 1 else None


def _last_of_reports(told: Sequence[_Told], story: _Story) -> list[_Told]:
    """Of the states that one report tells of a thing the last: "closed for six hours, it has since reopened"."""
    return [
        t for t in told
        if not any(
            o.fact.statement.article == t.fact.statement.article and o.level > t.level and story.one_thing(t, o)
            for o in told
        )
    ]  # fmt: skip


class _Story:
    """What there is of a course in one story."""

    def __init__(self, course: _Course, reader: Reader, alignment: Alignment, told: Sequence[_Told]) -> None:
        self._course = course
        self._names = alignment.scale.names
        texts = list(dict.fromkeys(f.statement.text for f in alignment.facts))
        self._named: Mapping[int, list[frozenset[str]]] = reader.named(texts)
        self._several = _several(course, texts) if course.people else frozenset()
        self._bearers: dict[int | str, set[str]] = {}
        for t in told:
            if t.person and t.thing.kind is not None:
                self._bearers.setdefault(t.thing.kind, set()).add(t.person)
        for kind, person in self._called(reader, alignment.facts) if course.people else ():
            self._bearers.setdefault(kind, set()).add(person)

    def _called(self, reader: Reader, facts: Sequence[Fact]) -> Iterator[tuple[int, str]]:
        """Whom reports call what: "the missing hiker Ada Holm"."""
        for fact in facts:
            for mention in fact.statement.mentions:
                kind = reader.kind_before(fact.statement.text, mention.span[0] - fact.statement.span[0])
                if kind is not None and self._names.kind(mention.entity) == "person":
                    yield kind, self._names.thing(mention.entity)

    def findings(self, told: Sequence[_Told]) -> Iterator[Finding]:
        """Each state with the one before it, and outcomes of one moment with each other; one state in one wording."""
        values: dict[tuple[str, int], str] = {}
        for later in sorted(told, key=lambda t: (t.fact.reported or "", t.n)):
            before = [t for t in told if self._may_precede(t, later)]
            newest = max(before, key=lambda t: (t.fact.reported or "", t.level), default=None)
            for t in before:
                if newest and t.level == newest.level:
                    yield self._finding(t, later, values)

    def _may_precede(self, a: _Told, b: _Told) -> bool:
        if a.level == b.level or a.fact.statement.article == b.fact.statement.article or not self.one_thing(a, b):
            return False
        named = self._course.anywhere or (a.person is not None and b.person is not None)
        if not named and other_scope(a.fact, b.fact):
            return False
        order = order_of(a.fact, b.fact)
        if self._course.once and _disputed(a.fact, b.fact):
            return order == 1 or (order is None and a.n < b.n)
        follows = a.level < b.level or (b.state.anew and is_plan(a.fact))
        return follows and order == 1 and not is_plan(b.fact) and not _is_of_before(a.fact, b.fact)

    def _finding(self, a: _Told, b: _Told, values: dict[tuple[str, int], str]) -> Finding:
        relation: Relation = "contradiction" if self._course.once and _disputed(a.fact, b.fact) else "update"
        about = self._about(a, b)
        first, last = (values.setdefault((about, t.level), shortened(t.fact.words)) for t in (a, b))
        places = (a.level, b.level) if a.level < b.level else (0, 1)
        return Finding("status", relation, about, a.n, b.n, first, last, _SURE, places=places)

    def _about(self, a: _Told, b: _Told) -> str:
        kinds = [t.thing.kind for t in (a, b) if t.thing.kind is not None]
        if person := a.person or b.person:
            return STATE_OF + self._names.name(person, "somebody")
        if not kinds:
            called = " ".join(word.capitalize() for word in sorted(b.thing.names))
            return f"{STATE_OF}{called}"
        kind = kinds[0]
        return f"{STATE_OF}the {kind if isinstance(kind, str) else self._course.things[kind][0]}"

    def one_thing(self, a: _Told, b: _Told) -> bool:
        """Whether both are of one thing: by kind and name, or because there is but one of its kind."""
        one, other = a.thing, b.thing
        if a.person and b.person:
            return a.person == b.person
        if a.age and b.age:
            return a.age == b.age and not _set_apart(one, other) and self._may_be_called(one, other)
        if one.kind is None or other.kind is None:
            return self._by_name_alone(a, b)
        if one.kind != other.kind or one.many != other.many or _set_apart(one, other):
            return False
        if one.names and other.names:
            return bool(one.names & other.names)
        if not isinstance(one.kind, int):
            return True
        if self._course.people:
            alone = one.kind not in self._several and len(self._bearers.get(one.kind, ())) <= 1
            return alone and not self._is_anybody(one)
        return len(self._named.get(one.kind, ())) <= 1

    def _may_be_called(self, one: Thing, other: Thing) -> bool:
        """Whether two of one age may be one: of one kind, or one of them is called a man, a woman or a suspect."""
        return one.many == other.many and (one.kind == other.kind or self._is_anybody(one) or self._is_anybody(other))

    def _is_anybody(self, thing: Thing) -> bool:
        whoever = load("courses", _Courses).whoever
        return isinstance(thing.kind, int) and not whoever.isdisjoint(self._course.things[thing.kind])

    def _by_name_alone(self, a: _Told, b: _Told) -> bool:
        """ "The Grand Alban" is the Grand Alban Hotel, and Ada Holm the hiker, if somebody calls her so."""
        bare, whole = (a, b) if a.thing.kind is None else (b, a)
        kind = whole.thing.kind
        if kind is None:
            return False
        if self._course.people:
            return kind not in self._several and bare.person is not None and self._bearers.get(kind) == {bare.person}
        return bool(bare.thing.names) and bare.thing.names <= whole.thing.names


def _disputed(a: Fact, b: Fact) -> bool:
    """Whether two sources are named who tell of what has happened."""
    sources = all(f.statement.attribution or f.continues for f in (a, b))
    return sources and not same_root(a, b) and not is_plan(a) and not is_plan(b)


def _set_apart(one: Thing, other: Thing) -> bool:
    """Whether words narrow both, and none is common."""
    return bool(one.narrowed and other.narrowed) and one.narrowed.isdisjoint(other.narrowed)


def _is_of_before(a: Fact, b: Fact) -> bool:
    """Whether the later report tells of a day before the earlier one: what it says is no later state."""
    told = (a.reported or "")[:10]
    return bool(told) and b.dated and b.days is not None and "0002" < b.days[1] < told


def _several(course: _Course, texts: Sequence[str]) -> frozenset[int]:
    """Kinds of people of which a story has several: "the two drivers", "another driver"."""
    folded = [fold(text) for text in texts]
    others = "|".join(sorted(load("courses", _Courses).words.others))
    found: set[int] = set()
    for number, kind in enumerate(course.things):
        many = "|".join(map(re.escape, (plural(name) for name in kind)))
        one = "|".join(map(re.escape, kind))
        pattern = re.compile(rf"\b(?:{many})\b|(?<![\w-])(?:{others})(?: [\w-]+)? (?:{one})\b")
        if any(pattern.search(text) for text in folded):
            found.add(number)
    return frozenset(found)
