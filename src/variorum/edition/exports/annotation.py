"""The edition as W3C Web Annotations (JSON-LD): every citation and every statement of a claim, each on its words.

The target is the article's text as the edition holds it, not the page it was taken from (``via``): only there do the
offsets hold. https://www.w3.org/TR/annotation-model/
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from variorum.edition.exports.writing import json_bytes, urn, web
from variorum.edition.wording import MASK, STATUS, Wording, elided, support
from variorum.model import Article, Claim, Edition, Location, Span, Statement
from variorum.text.ids import content_id

_CONTEXT: Final = 32  # characters before and after the words, as other annotators store them


def to_annotations(edition: Edition) -> bytes:
    """One `AnnotationCollection` with all annotations on one page. Positions count Unicode code points. Words that an
    edition without texts leaves out are selected by their position alone."""
    wording = Wording(edition)
    items = [*_citations(wording), *_claims(wording)]
    collection = urn(content_id("w", *(item["id"] for item in items)))
    page = {"id": collection + ":1", "type": "AnnotationPage", "partOf": collection, "startIndex": 0, "items": items}
    titles = [elided(story.title) for story in edition.stories if story.title]
    return json_bytes({
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": collection,
        "type": "AnnotationCollection",
        "label": "; ".join(titles) or "Edition",
        "generator": {"id": urn("software"), "type": "Software", "name": f"Variorum {edition.producer.version}"},
        "total": len(items),
        "first": page,
    })  # fmt: skip


def _citations(wording: Wording) -> Iterator[dict[str, Any]]:
    """Each sentence of a brief on each of the words it rests on."""
    for story in wording.edition.stories:
        for number, sentence in enumerate(story.brief):
            for place in sentence.citations:
                if place.article in wording.articles:
                    body = [_text(sentence.text, "describing"), *(_claim(c) for c in sentence.claims)]
                    key = (story.id, number, place.article, *place.span)
                    yield _annotation(wording, key, "linking", body, place)


def _claims(wording: Wording) -> Iterator[dict[str, Any]]:
    """Each claim on the words of each of its statements, and of those that deny it."""
    for claim in wording.claims.values():
        for role, ids in (("states", claim.statements), ("denies", claim.denied_by)):
            for said in wording.said(ids):
                body = [_claim(claim.id), *_standing(wording, claim, said, role)]
                place = Location(said.article, said.span)
                yield _annotation(wording, (claim.id, role, said.id), "assessing", body, place)


def _standing(wording: Wording, claim: Claim, said: Statement, role: str) -> Iterator[dict[str, Any]]:
    yield _text(role, "classifying")
    yield _text(claim.status, "tagging")
    yield _text(f"{STATUS[claim.status][0]}: {support(claim)}", "commenting")
    yield _text(" → ".join(wording.chain(said)), "identifying")


def _annotation(
    wording: Wording, key: tuple[object, ...], motivation: str, body: list[dict[str, Any]], place: Location
) -> dict[str, Any]:
    article = wording.articles[place.article]
    return {
        "id": urn(content_id("w", *key)),
        "type": "Annotation",
        "motivation": motivation,
        "body": body,
        "target": {"type": "SpecificResource", "source": _source(article), "selector": selectors(article, place.span)},
    }


def selectors(article: Article, span: Span) -> list[dict[str, Any]]:
    """Where ``span`` stands, and its words with as many of those around them as tell it from other places; each selects
    the same."""
    text, (begin, end) = article.text, span
    position = {"type": "TextPositionSelector", "start": begin, "end": end}
    exact = text[begin:end]
    if not exact or MASK in exact:
        return [position]
    reach = _CONTEXT
    while _again(text, (max(0, begin - reach), end + reach)):
        reach *= 2
    prefix, suffix = text[max(0, begin - reach) : begin], text[end : end + reach]
    around = {"prefix": prefix.rpartition(MASK)[2], "suffix": suffix.partition(MASK)[0]}
    return [
        position,
        {"type": "TextQuoteSelector", "exact": exact} | {k: words for k, words in around.items() if words},
    ]


def _again(text: str, span: Span) -> bool:
    """Whether the words at ``span`` stand elsewhere too."""
    words = text[slice(*span)]
    return text.find(words) != span[0] or text.find(words, span[0] + 1) != -1


def _source(article: Article) -> dict[str, Any]:
    source: dict[str, Any] = {"id": urn(article.id), "type": "Text", "format": "text/plain"}
    if article.language:
        source["language"] = article.language
    return source | ({"via": page} if (page := web(article.canonical_url) or web(article.url)) else {})


def _claim(identity: str) -> dict[str, Any]:
    return {"type": "SpecificResource", "source": urn(identity), "purpose": "linking"}


def _text(words: str, purpose: str) -> dict[str, Any]:
    return {"type": "TextualBody", "value": elided(words), "format": "text/plain", "purpose": purpose}
