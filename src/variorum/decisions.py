"""What humans ruled, applied where the stages find things, and what the machine finds by itself beside it.

A ruling is applied on every run that has its subject. Its `Outcome` says what the machine found alone: nothing is
silently overruled, neither the human nor the machine.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from variorum.annotate import Aliases, default_root, link_entities, plain, with_rulings
from variorum.lineage import LineageConfig, trace
from variorum.model import (
    Annotation,
    Article,
    Attribution,
    Decision,
    Entity,
    EntityKind,
    Lineage,
    Outcome,
    Problem,
    Root,
    Ruling,
    SourceKind,
    Statement,
    Story,
)
from variorum.stories import merged, parted
from variorum.text.ids import content_id

_SOURCES: dict[EntityKind, SourceKind] = {
    "person": "person",
    "outlet": "outlet",
    "agency": "agency",
    "organisation": "organisation",
    "place": "organisation",  # a country or a town that speaks
}


@dataclass(frozen=True, slots=True)
class Decisions:
    """Those that stand, in the order in which they were made."""

    made: tuple[Decision, ...] = ()

    def of(self, *kinds: str) -> tuple[Decision, ...]:
        """Those of some kinds."""
        return tuple(d for d in self.made if d.kind in kinds)

    # --- lineage --------------------------------------------------------------------------------------------------

    def traced(self, articles: Sequence[Article], config: LineageConfig) -> tuple[Lineage, list[Outcome]]:
        """Who copied whom, as ruled."""
        ruled = [d for d in self.of("copy", "not_copy") if {*d.subjects, *d.others} <= {a.id for a in articles}]
        if not ruled:
            return trace(articles, config), []
        alone = {(link.parent, link.child): link.kind for link in trace(articles, config).links}
        found = [(d, alone.get((d.subjects[0], d.others[0]))) for d in ruled]
        rulings = [Ruling(d.subjects[0], d.others[0], d.kind == "copy") for d in ruled]
        # Who says that it is no copy does not mean that it is the original.
        rulings += [Ruling(d.others[0], d.subjects[0], False) for d in ruled if d.kind == "not_copy"]
        return trace(articles, config, rulings), [
            _outcome(d, kind or "no link", (kind is not None) is (d.kind == "copy")) for d, kind in found
        ]

    # --- stories --------------------------------------------------------------------------------------------------

    def grouped(self, stories: Sequence[Story], articles: Sequence[Article]) -> tuple[tuple[Story, ...], list[Outcome]]:
        """The stories, as ruled."""
        home: dict[str, set[str]] = {}  # an article that tells several events is in each of their stories
        for story in stories:
            for i in story.articles:
                home.setdefault(i, set()).add(story.id)
        outcomes, now = [], tuple(stories)
        for d in self.of("merge_stories", "split_stories"):
            merging = d.kind == "merge_stories"
            ones, others = ({i for i in side if i in home} for side in (d.subjects, d.others))
            if merging:
                ones |= others
            if not ones or not (merging or others) or (merging and len(ones) < 2):
                continue
            mine, theirs = ([home[i] for i in side] for side in (ones, others))
            together = set.intersection(*mine) if merging else set().union(*mine) & set().union(*theirs)
            now = merged(now, articles, ones) if merging else parted(now, articles, ones, others)
            outcomes.append(_outcome(d, "one story" if together else "several stories", bool(together) is merging))
        return now, outcomes

    # --- entities -------------------------------------------------------------------------------------------------

    def linked(
        self, annotations: Sequence[Annotation], articles: Sequence[Article], aliases: Aliases
    ) -> tuple[tuple[Entity, ...], dict[str, str], list[Outcome]]:
        """The entities, as ruled."""
        ruled = self.of("same_entity", "other_entity")
        if not ruled:
            return *link_entities(annotations, articles, aliases), []
        votes: dict[str, Counter[EntityKind]] = {}
        for entity in (e for annotation in annotations for e in annotation.entities):
            for name in (entity.name, *entity.aliases):
                votes.setdefault(plain(name), Counter())[entity.kind] += max(1, len(entity.mentions))
        kinds = {name: min(told, key=lambda k: (-told[k], k)) for name, told in votes.items()}
        same, apart = (
            [(d.subjects[0], d.others[0]) for d in ruled if d.kind == kind] for kind in ("same_entity", "other_entity")
        )
        alone, _ = link_entities(annotations, articles, aliases)
        outcomes = []
        for d in ruled:
            if plain(d.subjects[0]) in kinds and plain(d.others[0]) in kinds:
                one = any(_is_called(e, d.subjects[0]) and _is_called(e, d.others[0]) for e in alone)
                found = "one" if one else "two"
                outcomes.append(_outcome(d, found, one is (d.kind == "same_entity")))
        return *link_entities(annotations, articles, with_rulings(aliases, same, apart, kinds)), outcomes

    # --- attributions ---------------------------------------------------------------------------------------------

    def attributed(
        self,
        annotations: Sequence[Annotation],
        articles: Sequence[Article],
        entities: Sequence[Entity],
        name: Callable[[Root], Root],
    ) -> tuple[tuple[Annotation, ...], list[Outcome]]:
        """The annotations, statements given to those who are ruled to have said them; ``name`` gives a newsroom its
        one name."""
        ruled = self.of("attribution")
        if not ruled:
            return tuple(annotations), []
        by_id = {article.id: article for article in articles}
        value = {i: d for d in ruled for i in d.subjects}  # of two about one statement the later holds
        found: dict[str, list[tuple[Statement, Statement]]] = {}
        given = []
        for annotation in annotations:
            statements = []
            for statement in annotation.statements:
                d = value.get(statement.id)
                told = _given(statement, d, name(default_root(by_id[annotation.id])), entities) if d else statement
                statements.append(told)
                if d:
                    found.setdefault(d.id, []).append((statement, told))
            given.append(replace(annotation, statements=tuple(statements)))
        outcomes = [
            _outcome(d, _named(pairs), all(_same_root(was.root, now.root) for was, now in pairs))
            for d in ruled
            if (pairs := found.get(d.id))
        ]
        return tuple(given), outcomes

    # --- all of them ----------------------------------------------------------------------------------------------

    def about(self, story: Story, statements: Iterable[Statement]) -> tuple[Decision, ...]:
        """Those about claims of a story, without what the machine once found (which changes nothing in it)."""
        ids = {s.id for s in statements}
        kinds = ("merge_claims", "split_claims", "claim_status")
        return tuple(replace(d, found=None) for d in self.of(*kinds) if not ids.isdisjoint((*d.subjects, *d.others)))

    def settled(self, outcomes: Iterable[Outcome]) -> tuple[Outcome, ...]:
        """One outcome for each decision: what the machine found, whether that is news, or that its subject is lost."""
        by_id: dict[str, Outcome] = {}
        for outcome in outcomes:
            held = by_id.get(outcome.decision)
            if held is None or held.state != "overrides":  # a ruling may concern several stories
                by_id[outcome.decision] = outcome
        return tuple(_settled(d, by_id.get(d.id)) for d in self.made)

    def told(self, outcomes: Sequence[Outcome]) -> Iterator[Problem]:
        """What the desk has to hear of."""
        by_id = {d.id: d for d in self.made}
        for outcome in outcomes:
            d = by_id[outcome.decision]
            ruled = f"{d.author} ruled {_said(d)!r} ({d.reason})"
            if outcome.state == "disagrees":
                news = f"the reports then gave {d.found!r} and now give {outcome.found!r}; the ruling holds: look again"
                yield Problem(f"decision {d.id}", "decide", f"{ruled}; {news}")
            elif outcome.state == "lost":
                yield Problem(
                    f"decision {d.id}",
                    "decide",
                    f"{ruled}, but what it is about is not here any more; undo it or decide anew",
                )


NO_DECISIONS: Final = Decisions()


def _said(decision: Decision) -> str:
    return decision.kind.replace("_", " ") + (f": {decision.value}" if decision.value else "")


def _outcome(decision: Decision, found: str, agrees: bool) -> Outcome:
    return Outcome(decision.id, "agrees" if agrees else "overrides", found)


def _settled(decision: Decision, outcome: Outcome | None) -> Outcome:
    if outcome is None:
        return Outcome(decision.id, "lost", "")
    news = outcome.state == "overrides" and decision.found not in (None, outcome.found)
    return replace(outcome, state="disagrees") if news else outcome


def _is_called(entity: Entity, name: str) -> bool:
    return plain(name) in {plain(n) for n in (entity.name, *entity.aliases)}


def _given(statement: Statement, decision: Decision, newsroom: Root, entities: Sequence[Entity]) -> Statement:
    """The statement with its innermost source replaced, or with none at all."""
    if decision.value is None:
        return replace(statement, attribution=(), root=newsroom)
    entity = next((e for e in entities if _is_called(e, decision.value)), None)
    kind: SourceKind = _SOURCES.get(entity.kind, "organisation") if entity else "unnamed"
    root = Root(entity.name if entity else decision.value, entity.id if entity else None, kind)
    if statement.attribution:
        *outer, last = statement.attribution
        row = replace(last, name=root.name or "", entity=root.entity, kind=kind)
        return replace(statement, attribution=(*outer, row), root=root)
    row = Attribution(
        id=content_id("att", decision.id, statement.id),
        name=root.name or "",
        kind=kind,
        entity=root.entity,
        span=None,
        cue=None,
        cue_lemma="",
        content=statement.content,
        stance="report",
    )
    return replace(statement, attribution=(row,), root=root)


def _named(pairs: Sequence[tuple[Statement, Statement]]) -> str:
    return "; ".join(dict.fromkeys(was.root.name or "the newsroom" for was, _ in pairs))


def _same_root(one: Root, other: Root) -> bool:
    if one.entity is not None and one.entity == other.entity:
        return True
    return plain(one.name or "") == plain(other.name or "")
