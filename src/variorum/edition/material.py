"""One compared story with everything looked up that its editor asks for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from math import log1p
from typing import Final

from variorum.edition.sentences import brief_words
from variorum.edition.wording import Agencies, basename
from variorum.model import (
    Article,
    Claim,
    Conflict,
    Entity,
    Lineage,
    Link,
    Period,
    Quantity,
    Reading,
    Span,
    Statement,
    Story,
    Timex,
)
from variorum.text.normalise import fold

_DAY = len("2031-03-14")
_BEGINS: Final = {"AF": "12:00", "EV": "17:00"}  # before that there is nothing to tell of a part of a day


class Material:
    """The records of one story, by id, and the few questions that both the timeline and the brief put to them."""

    def __init__(
        self,
        story: Story,
        articles: Sequence[Article],
        statements: Sequence[Statement],
        entities: Sequence[Entity],
        lineage: Lineage,
        min_confidence: float,
    ) -> None:
        members = frozenset(story.articles)
        self.story = story
        self.articles = [a for a in articles if a.id in members]
        self.entities = entities
        self.lineage = lineage
        self.statements = [s for s in statements if s.article in members]
        self.by_article = {a.id: a for a in self.articles}
        self.by_statement = {s.id: s for s in self.statements}
        self.claims = {c.id: c for c in story.claims}
        self.claim_of = {s: c for c in story.claims for s in c.statements}
        self.conflicts = [c for c in story.conflicts if c.confidence >= min_confidence]

    def said(self, claim: Claim) -> list[Statement]:
        """The statements of ``claim`` that are there."""
        return [self.by_statement[s] for s in claim.statements if s in self.by_statement]

    @cached_property
    def by_report(self) -> dict[str, list[Statement]]:
        """The statements of each article that has any, in the order of the text."""
        found: dict[str, list[Statement]] = {}
        for statement in sorted(self.statements, key=lambda s: s.span):
            found.setdefault(statement.article, []).append(statement)
        return found

    @cached_property
    def misdated(self) -> frozenset[str]:
        """The articles that tell as gone an hour of their day that their own date, to the minute, has not reached: they
        are of the day before, or it is the clock of another part of the world."""
        return frozenset(
            a.id for a in self.articles
            if a.published and "T" in a.published.value
            and any(_is_later(t, a.published.value) for s in self.by_report.get(a.id, ()) for t in s.times)
        )  # fmt: skip

    @cached_property
    def published(self) -> dict[str, str]:
        """The date of each dated article."""
        return {a.id: a.published.value for a in self.articles if a.published}

    @cached_property
    def successors(self) -> dict[str, frozenset[str]]:
        """For each claim of an earlier state the claims of the later ones."""
        found: dict[str, set[str]] = {}
        for conflict in self.updates():
            for number, reading in enumerate(conflict.readings):
                later = {c for r in conflict.readings[number + 1 :] for c in r.claims}
                for claim in reading.claims:
                    found.setdefault(claim, set()).update(later - {claim})
        return {claim: frozenset(later) for claim, later in found.items()}

    @cached_property
    def newest(self) -> frozenset[str]:
        """Claims of a later state that nothing supersedes."""
        later = frozenset().union(*self.successors.values())
        return frozenset(c for c in later if not self.successors.get(c) and self.claims[c].status != "superseded")

    def updates(self) -> list[Conflict]:
        """Earlier and later states of one thing, the surest and most told first."""
        return sorted((c for c in self.conflicts if c.relation == "update"), key=self._rank)

    def contradictions(self) -> list[Conflict]:
        """Readings that cannot all be right, the surest and most told first; those aside that a correction settled."""
        found = [
            c for c in self.conflicts if c.relation == "contradiction" and not any(map(self._withdrawn, c.readings))
        ]
        return sorted(found, key=self._rank)

    def _rank(self, conflict: Conflict) -> tuple[float, str]:
        articles = {
            self.by_statement[s].article for r in conflict.readings for s in r.statements if s in self.by_statement
        }
        return -conflict.confidence * log1p(len(articles)), conflict.id

    @cached_property
    def altered(self) -> frozenset[str]:
        """Statements of copies that changed a figure, or more, of what they carry, where nobody else says so: they
        are no news of their own."""
        found: set[str] = set()
        for conflict in self.conflicts:
            for reading in conflict.readings if conflict.relation == "contradiction" else ():
                others = {
                    self.by_statement[s].article
                    for other in conflict.readings
                    if other is not reading
                    for s in other.statements
                    if s in self.by_statement
                }
                own = [self.by_statement[s] for s in reading.statements if s in self.by_statement]
                if own and all(self._carried(statement, others) for statement in own):
                    found.update(statement.id for statement in own)
        return frozenset(found)

    def _carried(self, statement: Statement, articles: set[str]) -> bool:
        """Whether most of it stands in a passage that its article took over from one of ``articles``, which has it in
        other words."""
        begin, end = statement.span
        articles = {a for a in articles if statement.text not in self.by_article[a].text}
        return any(
            2 * (min(end, span[1]) - max(begin, span[0])) >= end - begin
            for link in self.lineage.links
            if link.kind in ("copy", "excerpt", "rewrite")
            for spans in self._later_first(link, statement.article, articles)
            for span in spans
        )

    def _later_first(self, link: Link, article: str, others: set[str]) -> Iterator[list[Span]]:
        """The passages of a link in ``article``, if it is the later one of the two."""
        pair = (link.child, link.parent) if article == link.child else (link.parent, link.child)
        if article != pair[0] or pair[1] not in others:
            return
        later, earlier = (self.published.get(a, "") for a in pair)
        shared = min(len(later), len(earlier), 16)
        if later[:shared] > earlier[:shared] or (later[:shared] == earlier[:shared] and article == link.child):
            yield [p.child if article == link.child else p.parent for p in link.passages]

    def revised(self, quantity: Quantity) -> bool:
        """Whether it is a figure that a later report has replaced by another."""
        return _figure(quantity) in self._revised

    def misnames(self, statement: Statement) -> bool:
        """Whether it has a name that a notice took back, and is not put down to the one who has it."""
        text = statement.text
        wrong = [name for name, right in self._misnamed if name in text and right not in text]
        return any(all(name not in row.name for row in statement.attribution) for name in wrong)

    @cached_property
    def _misnamed(self) -> frozenset[tuple[str, str]]:
        """Names that later reports have replaced, with those that stand."""
        named = (c.readings for c in self.conflicts if (c.kind, c.relation) == ("agent", "update"))
        return frozenset((old.value, readings[-1].value) for readings in named for old in readings[:-1])

    @cached_property
    def _revised(self) -> frozenset[_Figure]:
        """Figures of earlier readings that count what a later reading counts otherwise, and no newest reading has."""
        older: set[_Figure] = set()
        newest: set[_Figure] = set()
        for conflict in self.conflicts:
            if conflict.relation == "update" and conflict.kind == "quantity":
                states = [self._figures(reading.statements) for reading in conflict.readings]
                counted = {figure[0] for figure in states[-1]}
                older |= {figure for state in states[:-1] for figure in state if figure[0] in counted}
                newest |= states[-1]
            for reading in filter(self._withdrawn, conflict.readings):
                older |= self._figures(reading.statements)
        return frozenset(older - newest)

    @cached_property
    def outdated_words(self) -> frozenset[str]:
        """The first words of figures that were revised ("two" of "two people") and of no newest one."""
        newest = [i for c in self.updates() if c.kind == "quantity" for i in c.readings[-1].statements]
        current = {w for i in newest if i in self.by_statement for w in self._first_words(self.by_statement[i], False)}
        return frozenset(w for s in self.statements for w in self._first_words(s, True)) - current

    def _first_words(self, statement: Statement, revised: bool) -> Iterator[str]:
        text = self.by_article[statement.article].text
        for quantity in statement.quantities:
            if self.revised(quantity) == revised:
                yield from fold(text[quantity.span[0] : quantity.span[1]]).split()[:1]

    def _withdrawn(self, reading: Reading) -> bool:
        """Whether a correction puts it down to an earlier version of a report."""
        roots = (self.by_statement[i].root.name for i in reading.statements if i in self.by_statement)
        return any(words in fold(name) for name in roots if name for words in brief_words().withdrawn)

    def _figures(self, statements: Iterable[str]) -> set[_Figure]:
        return {_figure(q) for i in statements if i in self.by_statement for q in self.by_statement[i].quantities}

    @cached_property
    def reached(self) -> dict[str, str]:
        """The last day that each article tells as gone, or names without a verb, as far as it says the year: it was not
        written before that."""
        days: dict[str, str] = {}
        for s in self.statements:
            for t in s.times:
                told = t.begin if t.begin and t.tense in (None, "past") and t.type in ("DATE", "TIME") else None
                days[s.article] = max(days.get(s.article, ""), (told or "")[:_DAY])
        return {article: day for article, day in days.items() if day}

    def is_past(self, time: Period | None) -> bool:
        """Whether it was over before the newest report was written."""
        last = max(self.published.values(), default="")[:10]
        end = (time.end or time.begin or "")[:10] if time else ""
        return len(last) == len(end) == 10 and end < last

    @cached_property
    def headlines(self) -> frozenset[str]:
        """The words of the articles' titles, those aside that only one of several has."""
        titles = [
            frozenset(w for w in re.findall(r"\w+", fold(a.title)) if len(w) > 3) for a in self.articles if a.title
        ]
        counts = Counter(word for title in titles for word in title)
        return frozenset(word for word, count in counts.items() if count > 1 or len(titles) < 3)

    @cached_property
    def places(self) -> frozenset[str]:
        """The entities that are places."""
        return frozenset(e.id for e in self.entities if e.kind == "place")

    @cached_property
    def shares(self) -> dict[str, float]:
        """For each entity the share of the articles that name it."""
        named = {e.id: {m.article for m in e.mentions} & self.by_article.keys() for e in self.entities}
        return {entity: len(articles) / len(self.articles) for entity, articles in named.items() if articles}

    def newsroom(self, statement: Statement) -> str:
        """Whose report it is: an agency's that covers it, else the publisher's."""
        article = self.by_article[statement.article]
        return self._agencies.of(statement) or article.publisher or f"unnamed outlet, {basename(article.source)}"

    @cached_property
    def _agencies(self) -> Agencies:
        return Agencies(self.articles, self.lineage)


def _is_later(time: Timex, written: str) -> bool:
    """Whether it is told as gone, of the day on which it is written, and later than that."""
    day, _, clock = time.value.partition("T")
    begins = _BEGINS.get(clock, clock)
    return time.tense == "past" and day == written[:_DAY] and begins[:1].isdigit() and begins[:5] > written[11:16]


_Figure = tuple[str, float | None, float | None]


def _figure(quantity: Quantity) -> _Figure:
    """What is counted, and how many."""
    return fold(quantity.role or quantity.unit or ""), quantity.low, quantity.high


def terms(statement: Statement) -> frozenset[str]:
    """The content words of ``statement``: those of its parse, else its longer words."""
    if statement.frame and statement.frame.terms:
        return frozenset(statement.frame.terms)
    return frozenset(w for w in fold(statement.text).split() if len(w) > 3)


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of the smaller set that the other has too, in [0, 1]."""
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 0.0
