"""The tables that a batch publishes: one row a finding, and the whole record beside it as JSON.

Offsets are ``[begin, end)`` in code points of the article's text.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import replace
from itertools import chain
from typing import Any, Final, NamedTuple

import msgspec
import pyarrow as pa

from variorum.batch.folders import shape
from variorum.model import Edition

Row = tuple[Any, ...]
Own = Container[str]


class Published(NamedTuple):
    """A table: its columns, and its rows of one story with all that concerns it. Of an article that is in several
    stories, the one that has most of it gives what is not a story's: ``own`` are those that are here."""

    columns: pa.Schema
    rows: Callable[[Edition, Own], Iterable[Row]]


def _json(thing: object) -> str:
    return msgspec.json.encode(thing).decode()


def _articles(e: Edition, own: Own) -> Iterator[Row]:
    (story,) = e.stories
    for a in (a for a in e.articles if a.id in own):
        yield (
            a.id, a.source, a.url, a.title, a.publisher, a.language, a.published.value if a.published else None,
            a.published.basis if a.published else None, list(a.agencies), story.id, a.text,
            _json(replace(a, text="")),
        )  # fmt: skip


def _links(e: Edition, own: Own) -> Iterator[Row]:
    for link in (x for x in e.lineage.links if x.child in own):
        yield (
            link.parent, link.child, link.kind, link.share_of_child, link.share_of_parent, link.confidence,
            len(link.passages), list(link.evidence), _json(link),
        )  # fmt: skip


def _origins(e: Edition, own: Own) -> Iterator[Row]:
    for o in e.lineage.origins:
        for name in (i for i in o.articles if i in own):
            spans = [p.span for p in o.passages if p.article == name]
            yield o.id, o.label, o.kind, o.in_collection, name, [a for a, _ in spans], [b for _, b in spans]


def _stories(e: Edition, own: Own) -> Iterator[Row]:
    for s in e.stories:
        yield s.id, s.title, list(s.articles), s.begin, s.end, list(s.places), len(s.claims), len(s.conflicts), _json(s)


def _statements(e: Edition, own: Own) -> Iterator[Row]:
    (story,) = e.stories
    claim_of = {i: c.id for c in story.claims for i in c.statements}
    for s in e.statements:
        when = s.event_time
        yield (
            s.id, s.article, story.id, claim_of.get(s.id), *s.span, s.text, s.root.name, s.root.kind, s.root.entity,
            s.quote.kind, s.polarity, s.certainty, s.reality, when.begin if when else None, when.end if when else None,
            _json(s),
        )  # fmt: skip


def _quotes(e: Edition, own: Own) -> Iterator[Row]:
    texts = {a.id: a.text for a in e.articles}
    for s in e.statements:
        for begin, end in s.quote.spans:
            yield (
                s.id, s.article, begin, end, texts[s.article][begin:end], s.quote.kind, s.root.name, s.root.kind,
                s.root.entity,
            )  # fmt: skip


def _attributions(e: Edition, own: Own) -> Iterator[Row]:
    for s in e.statements:
        for depth, row in enumerate(s.attribution):
            yield s.id, s.article, depth, row.id, row.name, row.kind, row.entity, row.cue_lemma, row.stance, row.relay


def _claims(e: Edition, own: Own) -> Iterator[Row]:
    for story in e.stories:
        for c in story.claims:
            yield (
                c.id, story.id, c.status, c.text, c.support.articles, *c.support.newsrooms, *c.support.roots,
                list(c.support.reasons), c.first_reported, c.last_reported, list(c.statements), list(c.refines),
                list(c.denied_by),
            )  # fmt: skip


def _conflicts(e: Edition, own: Own) -> Iterator[Row]:
    for story in e.stories:
        for c in story.conflicts:
            values = [reading.value for reading in c.readings]
            said = list(chain.from_iterable(reading.statements for reading in c.readings))
            yield c.id, story.id, c.relation, c.kind, c.about, values, said, c.explanation, c.confidence, _json(c)


def _mentions(e: Edition, own: Own) -> Iterator[Row]:
    (story,) = e.stories
    for thing in e.entities:
        for m in (m for m in thing.mentions if m.article in own):
            yield thing.id, thing.name, thing.kind, thing.role, story.id, m.article, *m.span


#: Every table but ``fingerprints``, which is not made of stories.
PUBLISHED: Final = {
    "articles": Published(
        shape(
            id="string", source="string", url="string", title="string", publisher="string", language="string",
            published="string", published_basis="string", agencies="list:string", story="string", text="string",
            record="string",
        ),
        _articles,
    ),
    "links": Published(
        shape(
            parent="string", child="string", kind="string", share_of_child="double", share_of_parent="double",
            confidence="double", passages="int32", evidence="list:string", record="string",
        ),
        _links,
    ),
    "origins": Published(
        shape(
            id="string", label="string", kind="string", in_collection="bool", article="string", begins="list:int32",
            ends="list:int32",
        ),
        _origins,
    ),
    "stories": Published(
        shape(
            id="string", title="string", articles="list:string", begin="string", end="string", places="list:string",
            claims="int32", conflicts="int32", record="string",
        ),
        _stories,
    ),
    "statements": Published(
        shape(
            id="string", article="string", story="string", claim="string", begin="int32", end="int32", text="string",
            root="string", root_kind="string", root_entity="string", quote="string", polarity="string",
            certainty="string", reality="string", event_begin="string", event_end="string", record="string",
        ),
        _statements,
    ),
    "quotes": Published(
        shape(
            statement="string", article="string", begin="int32", end="int32", text="string", kind="string",
            speaker="string", speaker_kind="string", speaker_entity="string",
        ),
        _quotes,
    ),
    "attributions": Published(
        shape(
            statement="string", article="string", depth="int32", id="string", name="string", kind="string",
            entity="string", cue="string", stance="string", relay="bool",
        ),
        _attributions,
    ),
    "claims": Published(
        shape(
            id="string", story="string", status="string", text="string", articles="int32", newsrooms_low="int32",
            newsrooms_high="int32", roots_low="int32", roots_high="int32", reasons="list:string",
            first_reported="string", last_reported="string", statements="list:string", refines="list:string",
            denied_by="list:string",
        ),
        _claims,
    ),
    "conflicts": Published(
        shape(
            id="string", story="string", relation="string", kind="string", about="string", values="list:string",
            statements="list:string", explanation="string", confidence="double", record="string",
        ),
        _conflicts,
    ),
    "mentions": Published(
        shape(
            entity="string", name="string", kind="string", role="string", story="string", article="string",
            begin="int32", end="int32",
        ),
        _mentions,
    ),
}  # fmt: skip
