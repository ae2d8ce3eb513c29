"""What holds of every edition: spans resolve, ids lead somewhere, no sentence is lost, and it fits its schema."""

import json
import re
from collections.abc import Iterator

import jsonschema
import pytest
from judge import COLLECTIONS, collated

from variorum.edition import from_json, schema, to_json
from variorum.model import ASSERTIVE_BLOCKS, Article, Edition, Span

SENTENCE = re.compile(r"[^.!?]+")


@pytest.fixture(params=sorted(COLLECTIONS))
def edition(request: pytest.FixtureRequest) -> Edition:
    """The edition of each collection."""
    return collated(request.param)


def spans(value: object) -> Iterator[Span]:
    """Every span below a record's JSON."""
    if isinstance(value, dict):
        for key, below in value.items():
            if key in {"span", "cue", "parent", "child"} and isinstance(below, list):
                yield (below[0], below[1])
            else:
                yield from spans(below)
    elif isinstance(value, list):
        for below in value:
            yield from spans(below)


def test_schema(edition: Edition) -> None:
    """The JSON is valid against the published schema, and reads back as the same edition."""
    text = to_json(edition)
    jsonschema.validate(json.loads(text), schema())
    assert from_json(text.encode()) == edition


def test_spans_lie_in_their_texts(edition: Edition) -> None:
    """Blocks are in order, apart and inside; a statement's text is its span; every other span is inside."""
    articles = {a.id: a for a in edition.articles}
    for article in edition.articles:
        ends = [0, *(b.span[1] for b in article.blocks)]
        assert all(end <= b.span[0] < b.span[1] for end, b in zip(ends, article.blocks, strict=False))
        assert ends[-1] <= len(article.text)
    for statement in edition.statements:
        text = articles[statement.article].text
        assert text[slice(*statement.span)] == statement.text
        assert statement.content
    for row in json.loads(to_json(edition))["statements"]:
        length = len(articles[row["article"]].text)
        assert all(0 <= a < b <= length for a, b in spans(row))


def test_ids_lead_somewhere(edition: Edition) -> None:
    """Ids are unique, and whatever refers to one finds it."""
    statements = [s.id for s in edition.statements]
    entities = {e.id for e in edition.entities}
    articles = {a.id for a in edition.articles}
    assert len(statements) == len(set(statements))
    for s in edition.statements:
        named = {a.entity for a in s.attribution} | {s.root.entity} | {m.entity for m in s.mentions}
        assert named - {None} <= entities
    for story in edition.stories:
        claims = {c.id for c in story.claims}
        told = [s for c in story.claims for s in c.statements]
        assert len(told) == len(set(told)), "every statement belongs to one claim"
        assert set(told) == {s.id for s in edition.statements if s.article in story.articles}
        for conflict in story.conflicts:
            assert {c for r in conflict.readings for c in r.claims} <= claims
        for entry in (*story.timeline, *story.brief):
            assert set(entry.claims) <= claims
    nodes = articles | {o.id for o in edition.lineage.origins}
    for link in edition.lineage.links:
        assert {link.parent, link.child} <= nodes
        assert link.evidence
    assert articles == {a for o in edition.lineage.origins for a in o.articles}, "every article has an origin"


def uncovered(article: Article, edition: Edition) -> list[str]:
    """Sentences of asserting blocks that no statement touches."""
    held = [s.span for s in edition.statements if s.article == article.id]
    lost = []
    for block in article.blocks:
        if block.kind not in ASSERTIVE_BLOCKS or article.language not in {"en", None}:
            continue
        for found in SENTENCE.finditer(article.text, *block.span):
            start, end = found.span()
            if len(found[0].split()) >= 4 and not any(a < end and start < b for a, b in held):
                lost.append(found[0])
    return lost


def test_no_sentence_is_lost(edition: Edition) -> None:
    """Every sentence of a block that asserts belongs to at least one statement."""
    assert not [sentence for article in edition.articles for sentence in uncovered(article, edition)]


def test_support_is_a_range(edition: Edition) -> None:
    """Low ends are not above high ends, copies never raise a count, and *corroborated* goes by the low ends."""
    for claim in (c for story in edition.stories for c in story.claims):
        support = claim.support
        assert 1 <= support.newsrooms[0] <= support.newsrooms[1] <= support.articles
        assert 1 <= support.roots[0] <= support.roots[1] <= len(claim.statements)
        assert support.reasons
        if claim.status == "corroborated":
            assert support.roots[0] >= 2 or support.newsrooms[0] >= 2


def test_brief_rests_on_words(edition: Edition) -> None:
    """Each sentence cites words that hold nearly all of its own; a source added at its end stands in brackets, and so
    does the date of a day that is only named as seen from the report's."""
    articles = {a.id: a for a in edition.articles}
    for story in edition.stories:
        assert 3 <= len(story.brief) <= 12
        for sentence in story.brief:
            cited = " ".join(articles[c.article].text[slice(*c.span)] for c in sentence.citations)
            said = re.sub(r" \([^()]*\)[.”]*$", "", sentence.text)
            words = set(re.findall(r"\w+", re.sub(r" \(\d+ \w+(?: \d{4})?\)", "", said).casefold()))
            assert len(words & set(re.findall(r"\w+", cited.casefold()))) >= 0.9 * len(words)
