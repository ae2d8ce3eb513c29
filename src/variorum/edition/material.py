"""One compared story with everything looked up that its editor asks for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from math import log1p
from typing import Final

from variorum.edition.sentences import brief_words
from variorum.edition.series import Series, counted, values_of
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

_LATE = 0.75  # of the days of a story have passed when its last reports come
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

    def is_dated(self, article: str) -> bool:
        """Whether its day is stated, and not that of all reports."""
        return article in self._lateness

    def lateness(self, article: str) -> float:
        """Where its day lies between those of the first and the last report, in [0, 1]; of a report whose day is not
        stated, and where all are of one day, 1."""
        return self._lateness.get(article, 1.0)

    def is_late(self, article: str) -> bool:
        """Whether it is one of the last reports of several days."""
        return self._lateness.get(article, 0.0) >= _LATE

    @cached_property
    def _lateness(self) -> dict[str, float]:
        days = {article: date.fromisoformat(day) for article, day in self._days.items()}
        first, last = min(days.values(), default=date.min), max(days.values(), default=date.min)
        return {article: (day - first) / (last - first) for article, day in days.items()} if first < last else {}

    @cached_property
    def _days(self) -> dict[str, str]:
        """The day of each article of which it is stated."""
        stamps = {a.id: a.published for a in self.articles if a.published and a.published.basis != "inferred"}
        return {article: s.value[:_DAY] for article, s in stamps.items() if len(s.value) >= _DAY}

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

    def succeeded(self, claim: str, article: str) -> bool:
        """Whether another state follows that of ``claim``, told by a report that is not earlier than ``article``; what
        the last report tells is not overtaken by those before it."""
        day = self.published.get(article, "")[:_DAY]
        followers = [s for c in self.successors.get(claim, ()) for s in self.said(self.claims[c])]
        if not followers:
            return self.claims[claim].status == "superseded"
        days = [self.published.get(s.article, "")[:_DAY] for s in followers]
        return any(not day or not later or later >= day for later in days)

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

    def outdated_figures(self, statements: Sequence[Statement]) -> list[Quantity]:
        """Their figures that later reports have replaced by others, unless the newest one stands there too."""
        ruling = [row for row in self._series if not row.is_given_by(statements)]
        return [
            q for s in statements for q in s.quantities
            if any(row.replaces(s, q) for row in ruling)
        ]  # fmt: skip

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
    def _series(self) -> list[Series]:
        """The figures that changed, or that a correction put down to an earlier version of a report."""
        found = []
        for conflict in self.conflicts:
            if conflict.relation == "update" and conflict.kind == "quantity":
                found.append(self._changed(conflict.readings[:-1], conflict.readings[-1:]))
            elif withdrawn := list(filter(self._withdrawn, conflict.readings)):
                found.append(self._changed(withdrawn, ()))
        return found

    def _changed(self, before: Sequence[Reading], last: Sequence[Reading]) -> Series:
        old, newest = self._values(before), self._values(last)
        told, given = ([s for r in part for s in self._given(r)] for part in (before, last))
        return Series(
            old - newest,
            newest,
            frozenset(counted(q) for s in (given or told) for q in s.quantities) - {""},
            frozenset(s.id for s in told),
        )

    def _given(self, reading: Reading) -> list[Statement]:
        return [self.by_statement[i] for i in reading.statements if i in self.by_statement]

    def _values(self, readings: Iterable[Reading]) -> frozenset[float]:
        return frozenset().union(*(values_of(r, self._given(r)) for r in readings))

    @cached_property
    def outdated_words(self) -> frozenset[str]:
        """The first words of figures that were revised ("two" of "two people") and of no newest one."""
        newest = [s for c in self.updates() if c.kind == "quantity" for s in self._given(c.readings[-1])]
        old = ((s, q) for s in self.statements for q in self.outdated_figures([s]))
        return frozenset(self._first_word(s, q) for s, q in old) - {
            self._first_word(s, q) for s in newest for q in s.quantities if any(q.low in r.newest for r in self._series)
        }

    def _first_word(self, statement: Statement, quantity: Quantity) -> str:
        return next(iter(fold(self.by_article[statement.article].text[slice(*quantity.span)]).split()), "")

    def _withdrawn(self, reading: Reading) -> bool:
        """Whether a correction puts it down to an earlier version of a report."""
        roots = (self.by_statement[i].root.name for i in reading.statements if i in self.by_statement)
        return any(words in fold(name) for name in roots if name for words in brief_words().withdrawn)

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
    def persons(self) -> dict[str, str]:
        """The names of the persons who are named in full."""
        return {e.id: e.name for e in self.entities if e.kind == "person" and " " in e.name.strip()}

    def last_person(self, article: str, place: int) -> tuple[str | None, int]:
        """The person whom the article names last before ``place``, and where the name ends."""
        before = [m for m in self._named_persons.get(article, ()) if m[0][1] <= place]
        return (before[-1][1], before[-1][0][1]) if before else (None, 0)

    @cached_property
    def _named_persons(self) -> dict[str, list[tuple[Span, str]]]:
        """Where each article names persons, in the order of the text."""
        people = {e.id for e in self.entities if e.kind == "person"}
        found: dict[str, list[tuple[Span, str]]] = {}
        for entity in (e for e in self.entities if e.id in people):
            for mention in entity.mentions:
                found.setdefault(mention.article, []).append((mention.span, entity.id))
        return {article: sorted(rows) for article, rows in found.items()}

    @cached_property
    def reporting(self) -> frozenset[str]:
        """The entities that report: all reports name them."""
        return frozenset(e.id for e in self.entities if e.kind in ("outlet", "agency"))

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


def terms(statement: Statement) -> frozenset[str]:
    """The content words of ``statement``: those of its parse, else its longer words."""
    if statement.frame and statement.frame.terms:
        return frozenset(statement.frame.terms)
    return frozenset(w for w in fold(statement.text).split() if len(w) > 3)


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of the smaller set that the other has too, in [0, 1]."""
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 0.0
