"""What a correction notice withdraws, a figure, a name, a date or a whole statement, and who still carries it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from variorum.compare.conflicts.outcomes import content
from variorum.compare.conflicts.untrue import tells_the_same
from variorum.compare.facts.asked import kind_of_unit
from variorum.compare.facts.counts import Count
from variorum.compare.facts.fact import Fact, stem
from variorum.compare.facts.order import order_of
from variorum.compare.facts.telling import count_value, question, shortened, shortened_state
from variorum.compare.facts.vocabulary import words
from variorum.compare.finding import Finding
from variorum.model import ConflictKind, Timex
from variorum.text.normalise import fold

#: Characters before a number in which "not" or "instead of" makes it the withdrawn one.
_BEFORE: Final = 16
#: How many times the withdrawn figure the one that stands may be, where it has no unit.
_OF_ONE_SIZE: Final = 20
#: How sure it is that what a notice takes back is withdrawn.
_SURE: Final = 0.95
#: Terms of what is withdrawn, but for the name that was wrong, that who tells it has too.
_SHARED: Final = 2
#: Smallest figure that reports of other words are taken to have from the withdrawn version.
_TELLING: Final = 10

Alike = Callable[[int, int], bool]


@dataclass(frozen=True, slots=True)
class Correction:
    """What is withdrawn and what stands instead, in words and as counts (none but for figures); ``old`` and ``new``:
    the facts, by index, that have them."""

    about: str
    withdrawn: str
    stands: str
    old: tuple[int, ...]
    new: tuple[int, ...]
    counts: tuple[Count, Count] | None = None
    kind: ConflictKind = "quantity"

    def findings(self) -> Iterator[Finding]:
        """A figure that was withdrawn is an earlier state of the one that stands, and no dispute."""
        edges = [(n, self.new[0]) for n in self.old] + [(self.old[0], m) for m in self.new[1:]]
        for n, m in edges:
            yield Finding(
                self.kind, "update", self.about, n, m, self.withdrawn, self.stands, _SURE, places=(0, 1), corrected=True
            )

    def has_what_stands(self, fact: Fact) -> bool:
        """Whether a fact has the figure that the notice gives instead."""
        return self.counts is not None and _has(fact, self.counts[1])

    def settles(self, a: Fact, b: Fact) -> bool:
        """Whether two facts differ in nothing but what was corrected."""
        if self.counts is None:
            return False
        x, y = self.counts
        return (_has(a, x) and _has(b, y)) or (_has(a, y) and _has(b, x))


def find_corrections(
    facts: Sequence[Fact], texts: Callable[[Fact], str], alike: Alike, outlets: Mapping[str, str]
) -> Iterator[Correction]:
    """What each notice withdraws, item by item; ``texts`` gives a fact's words, ``alike`` says whether two facts speak
    of one thing, ``outlets`` whose report an article is. Reports with the withdrawn version count only where they name
    the corrected report as their source, or speak of what the notice or the corrected report speaks of."""
    notices = ((n, fact) for n, fact in enumerate(facts) if fact.corrects)
    for _, page in groupby(notices, key=lambda pair: pair[1].statement.article):
        notice = list(page)
        items = [list(told) for _, told in groupby(notice, key=lambda pair: pair[1].notice)]
        for item in items if any(map(_takes_back, items)) else [notice]:
            found = [*_figures(item, facts, texts, alike), *_dates(item, facts, alike)] or [*_names(item, facts)]
            yield from found or _statements(item, facts, alike, outlets)


def _takes_back(item: Sequence[tuple[int, Fact]]) -> bool:
    return any(fact.withdrawn for _, fact in item)


def _statements(
    item: Sequence[tuple[int, Fact]], facts: Sequence[Fact], alike: Alike, outlets: Mapping[str, str]
) -> Iterator[Correction]:
    """What an item takes back where no figure, date or name is what was wrong in it, beside what it says instead, else
    that it was wrong: as the outlet itself had told it, and others still do."""
    for n, fact in item:
        m = _instead(fact, item) if fact.withdrawn else None
        if m is None:
            continue
        outlet = outlets.get(fact.statement.article)
        told = [
            i for i, f in enumerate(facts)
            if not f.corrects and _later(fact, f)
            and ((outlets.get(f.statement.article) == outlet and alike(n, i)) or tells_the_same(f, fact, alike(n, i)))
        ]  # fmt: skip
        if told or _of_the_story(fact, facts):
            words_of = shortened(fact.words), shortened_state(facts[m].words)
            yield Correction(words_of[0], *words_of, tuple(told or [n]), (m,), kind="status")


def _instead(fact: Fact, item: Sequence[tuple[int, Fact]]) -> int | None:
    """What an item says in the place of what it takes back: that something is not so, what it says of the same, else
    only that it was wrong."""
    stands = [(m, f) for m, f in item if not f.withdrawn]
    said = [(m, f) for m, f in stands if f.id != fact.untrue_by]
    negated = [m for m, f in said if f.statement.polarity == "negated"]
    same = [m for m, f in said if f.names & fact.names or content(f.terms) & content(fact.terms)]
    wrong = [m for m, f in stands if f.id == fact.untrue_by]
    return next(iter((*negated, *same, *wrong)), None)


def _of_the_story(fact: Fact, facts: Sequence[Fact]) -> bool:
    """Whether a report of the story, and not only a page of notices, speaks of what is taken back."""
    said = fact.terms | fact.names
    return any(len(said & (f.terms | f.names)) >= _SHARED for f in facts if not f.corrects)


def _names(notice: Sequence[tuple[int, Fact]], facts: Sequence[Fact]) -> Iterator[Correction]:
    """ "An earlier version said that the barge belonged to Northline. It belongs to Tidewater.": one name in the place
    of another. What has it only in passing ("a barge belonging to Northline struck the bridge") is not taken back."""
    pairs = ((a, b) for a in notice if a[1].withdrawn and a[1].predicate for b in notice if not b[1].withdrawn)
    for (_, wrong), (m, right) in pairs:
        gone, stands = wrong.names - right.names, right.names - wrong.names
        if wrong.predicate != right.predicate or len(gone) != 1 or len(stands) != 1:
            continue
        values = _called(wrong, right), _called(right, wrong)
        said = wrong.terms - set(map(stem, fold(values[0]).split()))
        others = [
            i for i, f in enumerate(facts)
            if gone <= f.names and not stands & f.names and wrong.predicate == f.predicate
            and len(said & f.terms) >= _SHARED and not f.corrects and _later(wrong, f)
        ]  # fmt: skip
        new = [i for i, f in enumerate(facts) if stands <= f.names and said <= f.terms and not f.corrects]
        if others and all(values):
            kind: ConflictKind = "place" if gone <= wrong.scene.places else "agent"
            yield Correction(shortened(wrong.words), *values, tuple(others), (m, *new), kind=kind)
            return


def _called(fact: Fact, other: Fact) -> str:
    """What a statement calls whom the other does not name."""
    known = _names_in(other)
    return next((name for name in _names_in(fact) if name not in known and name in fact.words), "")


def _names_in(fact: Fact) -> list[str]:
    begin = fact.statement.span[0]
    return [fact.statement.text[m.span[0] - begin : m.span[1] - begin] for m in fact.statement.mentions]


def _later(notice: Fact, told: Fact) -> bool:
    return order_of(told, notice) != -1


def _figures(
    notice: Sequence[tuple[int, Fact]], facts: Sequence[Fact], texts: Callable[[Fact], str], alike: Alike
) -> Iterator[Correction]:
    found = _two_figures([(n, fact, count) for n, fact in notice for count in fact.counts], texts)
    if found is None:
        return
    (n, x), (m, y) = found
    own = [i for i, f in enumerate(facts) if f.statement.article == facts[n].statement.article and not f.corrects]
    new = [i for i in own if _has(facts[i], y)]
    ties = [*(i for i, _ in notice), *new]
    others = [i for i, f in enumerate(facts) if not f.corrects and _has(f, x)]
    old = tuple(i for i in others if _tied(i, ties, facts, alike, telling=abs(x.core) >= _TELLING))
    if not old and facts[n].withdrawn and _of_the_story(facts[n], facts):
        old = (n,)
    if old:
        said = [i for i, f in notice if i >= m and f.scene.sentence == facts[m].scene.sentence]
        yield Correction(question(x), count_value(x), count_value(y), old, (*new, *said), (x, y))


def _dates(notice: Sequence[tuple[int, Fact]], facts: Sequence[Fact], alike: Alike) -> Iterator[Correction]:
    """ "The fire was dated to November 2029. It happened in November 2031.": two dates to one precision."""
    told = [(n, time) for n, fact in notice for time in fact.statement.times if time.type == "DATE" and time.begin]
    for place, (n, first) in enumerate(told):
        later = (t for t in told[place + 1 :] if len(t[1].value) == len(first.value) and t[1].value != first.value)
        found = next(later, None)
        if found is None:
            continue
        m, second = found
        others = [i for i, f in enumerate(facts) if not f.corrects and _on(f, first)]
        old = tuple(i for i in others if _tied(i, [i for i, _ in notice], facts, alike, telling=True))
        if old:
            yield Correction(facts[n].words, first.value, second.value, old, (m,), kind="date")
            return


def _on(fact: Fact, time: Timex) -> bool:
    return any(own.value == time.value for own in fact.statement.times)


def _two_figures(
    counted: Sequence[tuple[int, Fact, Count]], texts: Callable[[Fact], str]
) -> tuple[tuple[int, Count], tuple[int, Count]] | None:
    """The withdrawn figure of a notice and the one that stands: the first two of one unit, or the second bare."""
    for place, (n, _, x) in enumerate(counted):
        found = next((c for c in counted[place + 1 :] if _answers(x, c[2])), None)
        if found is not None and x.slot.unit:
            m, other, y = found
            return ((m, y), (n, x)) if _taken_back(other, y, texts) else ((n, x), (m, y))
    return None


def _answers(x: Count, y: Count) -> bool:
    if x.core == y.core or "age" in (x.slot.role, y.slot.role):
        return False
    if y.quantity.unit:  # else it is bare: "gave the number as nine"
        return kind_of_unit(x.slot.unit) == kind_of_unit(y.slot.unit)
    return abs(x.core) <= _OF_ONE_SIZE * abs(y.core) and abs(y.core) <= _OF_ONE_SIZE * abs(x.core)


def _has(fact: Fact, figure: Count) -> bool:
    return any(c.core == figure.core and _of_one_unit(c, figure) for c in fact.counts)


def _of_one_unit(count: Count, figure: Count) -> bool:
    """Whether both count things of one kind; a bare figure says only what befell them: "the dead as nine"."""
    bare = not figure.quantity.unit and figure.slot.role is not None
    return kind_of_unit(count.slot.unit) == kind_of_unit(figure.slot.unit) or (
        bare and count.slot.role == figure.slot.role
    )


def _tied(n: int, others: Sequence[int], facts: Sequence[Fact], alike: Alike, *, telling: bool) -> bool:
    """Whether a fact speaks of what one of the others does, or has it from the outlet that corrected itself."""
    if any(alike(n, other) for other in others):
        return True
    fact, outlet = facts[n], facts[others[0]].statement.root.name
    sources = [row.name for row in fact.statement.attribution]
    if outlet and any(source and _one_name(source, outlet) for source in sources):
        return True
    told = {t for i in others for t in facts[i].terms if not t.startswith("#")} | {
        t for i in others for t in facts[i].names
    }
    return telling and bool((fact.terms | fact.names) & told)


def _one_name(one: str, other: str) -> bool:
    """Whether two names are one but for an article: "The Islander", "Islander"."""
    left, right = ({w for w in fold(name).split() if w not in ("the", "a")} for name in (one, other))
    return bool(left) and (left <= right or right <= left)


def _taken_back(fact: Fact, count: Count, texts: Callable[[Fact], str]) -> bool:
    """ "It was 1.4 metres, not 3.4": the second figure is the withdrawn one."""
    begin = count.quantity.span[0] - fact.statement.span[0]
    before = f" {fold(texts(fact)[max(0, begin - _BEFORE) : begin])} "
    return any(f" {cue} " in before for cue in words().taken_back)
