"""One compared story with everything looked up that its editor asks for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from variorum.edition.wording import credited
from variorum.model import Article, Claim, Conflict, Entity, Lineage, Location, Statement, Story
from variorum.text.normalise import fold


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
        """Earlier and later states of one thing."""
        return [c for c in self.conflicts if c.relation == "update"]

    @cached_property
    def newsroom(self) -> dict[str, tuple[str, Location | None]]:
        """For each article whose own words its sentences are: an agency's that it credits at its head or foot (with
        the words that credit it), else the publisher's."""
        found: dict[str, tuple[str, Location | None]] = {}
        for article in self.articles:
            if credit := credited(article):
                found[article.id] = credit.agency, Location(article.id, credit.span)
            elif article.publisher:
                found[article.id] = article.publisher, None
        return found


def terms(statement: Statement) -> frozenset[str]:
    """The content words of ``statement``: those of its parse, else its longer words."""
    if statement.frame and statement.frame.terms:
        return frozenset(statement.frame.terms)
    return frozenset(w for w in fold(statement.text).split() if len(w) > 3)


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of the smaller set that the other has too, in [0, 1]."""
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 0.0
