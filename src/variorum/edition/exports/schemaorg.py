"""The edition as schema.org JSON-LD: articles, claims, and for each claim a review to be filled in. https://schema.org/ClaimReview"""

from __future__ import annotations

from typing import Any, Final

from variorum.edition.exports.writing import instant, json_bytes, urn, value_of, web
from variorum.edition.wording import Wording, elided
from variorum.model import Article, Claim, Edition

_TYPES: Final = {"person": "Person", "agency": "NewsMediaOrganization", "outlet": "NewsMediaOrganization",
                 "organisation": "Organization"}  # fmt: skip


def to_schema_org(edition: Edition) -> bytes:
    """One graph of `NewsArticle`, `Claim` and `ClaimReview`. What only a fact-checker can say – the rating, the
    reviewer, the date and the address of the review – is there as null, which JSON-LD reads as absent."""
    wording = Wording(edition)
    graph = [_article(wording, a, with_text=not wording.without_texts) for a in edition.articles]
    for claim in wording.claims.values():
        graph += [_claim(wording, claim), _review(claim)]
    return json_bytes({"@context": "https://schema.org", "@graph": graph})


def _article(wording: Wording, article: Article, *, with_text: bool) -> dict[str, Any]:
    parents = (link.parent for link in wording.edition.lineage.links if link.child == article.id)
    modified = value_of(article.modified)
    return _known({
        "@type": "NewsArticle",
        "@id": urn(article.id),
        "headline": article.title,
        "url": web(article.canonical_url) or web(article.url),
        "datePublished": _date(value_of(article.published)),
        "dateModified": _date(modified),
        "inLanguage": article.language,
        "publisher": _named("outlet", article.publisher),
        "author": [{"@type": "Person", "name": name} for name in article.authors],
        "sourceOrganization": [_named("agency", name) for name in article.agencies],
        "isBasedOn": [_parent(wording, parent) for parent in dict.fromkeys(parents)],
        "articleBody": article.text if with_text else None,
    })  # fmt: skip


def _parent(wording: Wording, identity: str) -> dict[str, str]:
    """An article as a link into this graph, what is not in the collection by its label."""
    if identity in wording.articles:
        return {"@id": urn(identity)}
    return {"@type": "CreativeWork", "name": wording.parent(identity)}


def _claim(wording: Wording, claim: Claim) -> dict[str, Any]:
    said = wording.said(claim.statements)
    articles = [{"@id": urn(article)} for article in dict.fromkeys(s.article for s in said)]
    roots = dict.fromkeys((s.root.kind, s.root.name) for s in said)
    return _known({
        "@type": "Claim",
        "@id": urn(claim.id),
        "text": elided(claim.text),
        "creativeWorkStatus": claim.status,
        "author": [named for kind, name in roots if kind in _TYPES and (named := _named(kind, name))],
        "datePublished": _date(claim.first_reported),
        "firstAppearance": articles[0] if articles else None,
        "appearance": articles,
    })  # fmt: skip


def _review(claim: Claim) -> dict[str, Any]:
    rating = {"@type": "Rating", "ratingValue": None, "bestRating": None, "worstRating": None, "alternateName": None}
    return {
        "@type": "ClaimReview",
        "@id": urn(claim.id) + ":review",
        "claimReviewed": elided(claim.text),
        "itemReviewed": {"@id": urn(claim.id)},
        "reviewRating": rating,
        "author": None,
        "datePublished": None,
        "url": None,
    }


def _named(kind: str, name: str | None) -> dict[str, str] | None:
    return {"@type": _TYPES[kind], "name": name} if name else None


def _date(value: str | None) -> str | None:
    """``value`` if it is a date: what a page gave for one may be none."""
    return value if instant(value) else None


def _known(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None and value != []}
