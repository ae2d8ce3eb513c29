"""A story of many reports, recombined from the statements of an edition: for what has to hold however large a story."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import Final

from variorum.edition import to_json
from variorum.model import (
    Article,
    BriefSentence,
    Claim,
    ClaimStatus,
    Conflict,
    Edition,
    Lineage,
    Link,
    Location,
    Mention,
    Origin,
    Passage,
    Reading,
    Span,
    Stamp,
    Statement,
    Story,
    Support,
    TimelineEntry,
)
from variorum.ports import Store
from variorum.text.ids import content_id

_STATUSES: Final[tuple[ClaimStatus, ...]] = (
    "corroborated", "single_origin", "single_origin", "disputed", "single_origin", "corroborated", "denied",
    "single_origin", "planned", "single_origin", "superseded",
)  # fmt: skip


def crowd(model: Edition, articles: int = 200, said: int = 15, claims: int = 600, seed: int = 1) -> Edition:
    """An edition of one story: ``articles`` reports of ``said`` sentences each, from about a third as many origins. The
    few claims at the head are in many reports, the many at the tail in one or two, as in real stories; one claim in
    nine is disputed or denied, and there are conflicts, dates and a brief."""
    chance = random.Random(seed)
    crowded = _Crowd(model, chance, claims)
    for n in range(articles):
        crowded.report(n, said)
    return crowded.edition()


@dataclass
class _Crowd:
    model: Edition
    chance: random.Random
    claims: int

    def __post_init__(self) -> None:
        self.articles: list[Article] = []
        self.statements: list[Statement] = []
        self.told: dict[int, list[Statement]] = defaultdict(list)
        self.named: dict[str, list[Location]] = defaultdict(list)
        self.weights = [1 / (3 + n) for n in range(self.claims)]

    def report(self, n: int, said: int) -> None:
        """One more report. Every third is the first of its origin; the others have its sentences."""
        first = n - n % 3
        chosen = random.Random(first).choices(range(self.claims), self.weights, k=said)
        key, text = content_id("art", "crowd", n), ""
        own = [self.chance.randrange(self.claims) if n % 3 and i % 5 == 4 else c for i, c in enumerate(chosen)]
        for number in own:
            source = self.model.statements[number % len(self.model.statements)]
            words = f"{source.text.rstrip('.')}, berth {number}. "
            made = self._moved(source, key, len(text), words.rstrip())
            self.statements.append(made)
            self.told[number].append(made)
            text += words
        stamp = Stamp(f"2031-05-{1 + n * 27 // 250:02d}T{n % 24:02d}:00", "minute", "stated")
        title = f"Report {n}: {text[:60].rsplit(' ', 1)[0]}"
        outlet = f"Outlet {n} of {('Harwick', 'Orrin', 'Velda')[n % 3]}"
        self.articles.append(Article(key, f"{n}.txt", text, title=title, publisher=outlet, published=stamp))

    def _moved(self, source: Statement, article: str, begin: int, words: str) -> Statement:
        """The statement as if its sentence stood at ``begin`` of another article."""
        by, end = begin - source.span[0], begin + len(words)

        def there(span: Span) -> Span:
            return span[0] + by, min(span[1] + by, end)

        mentions = tuple(Mention(m.entity, there(m.span)) for m in source.mentions)
        for mention in mentions:
            self.named[mention.entity].append(Location(article, mention.span))
        return replace(
            source,
            id=content_id("stm", article, begin),
            article=article,
            span=(begin, end),
            text=words,
            content=((begin, end),),
            quote=replace(source.quote, spans=tuple(map(there, source.quote.spans))),
            times=tuple(replace(t, span=there(t.span)) for t in source.times),
            quantities=tuple(replace(q, span=there(q.span), of=None) for q in source.quantities),
            mentions=mentions,
            frame=None,
        )

    def edition(self) -> Edition:
        """What has been reported."""
        claims = [self._claim(number, said) for number, said in sorted(self.told.items())]
        ids = tuple(a.id for a in self.articles)
        story = Story(
            content_id("story", *ids), "A crowd of reports", ids, dict.fromkeys(ids, 1.0), "2031-05-01", "2031-05-28",
            ("Harwick", "Orrin"), tuple(e.id for e in self.model.entities if e.kind == "person"), tuple(claims),
            tuple(self._conflict(n, *claims[2 * n : 2 * n + 2]) for n in range(len(claims) // 24)), (),
            tuple(self._event(n, claim) for n, claim in enumerate(claims[::12])),
            tuple(self._sentence(claim) for claim in claims[:12]),
        )  # fmt: skip
        links = [self._link(n) for n in range(len(self.articles)) if n % 3]
        origins = [
            Origin(
                content_id("origin", ids[n]), f"{self.articles[n].publisher} report", "newsroom", True, ids[n : n + 3]
            )
            for n in range(0, len(ids), 3)
        ]
        entities = tuple(replace(e, mentions=tuple(self.named[e.id])) for e in self.model.entities)
        return Edition(
            self.model.producer, tuple(self.articles), entities, tuple(self.statements),
            Lineage(tuple(links), tuple(origins)), (story,),
        )  # fmt: skip

    def _claim(self, number: int, said: list[Statement]) -> Claim:
        homes = {s.article for s in said}
        many = min(len(homes), 9)
        reasons = tuple(
            f"{many} newsrooms tell it by themselves, and nothing says that they share a source" for _ in "ab"
        )
        support = Support(len(homes), (max(1, many // 2), many), (1, many), reasons)
        days = sorted(a.published.value for a in self.articles if a.id in homes and a.published)
        status = _STATUSES[number % len(_STATUSES)]
        return Claim(
            content_id("c", number), said[0].text, tuple(s.id for s in said), status, support,
            denied_by=(said[-1].id,) if status == "denied" and len(said) > 1 else (),
            first_reported=days[0], last_reported=days[-1],
        )  # fmt: skip

    def _conflict(self, n: int, one: Claim, other: Claim) -> Conflict:
        readings = tuple(Reading(c.text[:60], (c.id,), c.statements) for c in (one, other))
        told = f"Some reports say one thing of berth {n}, others another, and nothing settles it"
        kind = "contradiction" if n % 2 else "update"
        return Conflict(content_id("x", n), kind, "category", f"What happened at berth {n}", readings, told, 0.8)  # type: ignore[arg-type]

    def _event(self, n: int, claim: Claim) -> TimelineEntry:
        day = f"2031-05-{n % 28 + 1:02d}"
        return TimelineEntry(day, day, "day", claim.text, (claim.id,), "happened")

    def _sentence(self, claim: Claim) -> BriefSentence:
        said = next(s for s in self.statements if s.id == claim.statements[0])
        return BriefSentence(said.text, (Location(said.article, said.span),), (claim.id,))

    def _link(self, n: int) -> Link:
        parent, child = self.articles[n - n % 3], self.articles[n]
        whole = (0, min(len(parent.text), len(child.text)) // 2)
        why = (f"{50 + n % 40} % of its words stand there in the same order", f"published {n % 24} h later")
        return Link(parent.id, child.id, "copy", 0.8, 0.8, 0.9, (Passage(whole, whole, 1.0),), why)


def shelve(store: Store, collection: str, edition: Edition) -> str:
    """Put an edition of one story into a library as if it had been collated there; the story's id."""
    story = edition.stories[0].id
    store.create(collection)
    store.add(collection, edition.articles)
    key = content_id("key", collection, story)
    store.keep("story", {key: to_json(edition).encode()})
    store.publish(store.collection(collection).version, collection, edition, {story: key}, ())
    return story
