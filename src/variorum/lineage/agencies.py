"""Which origin an article's words have when nothing else is known: its agency's or its newsroom's."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from variorum.lineage.evidence import newsroom_key
from variorum.model import Article, Origin
from variorum.text import vocabulary
from variorum.text.ids import content_id


@dataclass(frozen=True, slots=True)
class _Agency:
    name: str
    also: tuple[str, ...] = ()
    domain: str | None = None


@dataclass(frozen=True, slots=True)
class _Agencies:
    agency: tuple[_Agency, ...]


@cache
def _agency_keys() -> dict[str, str]:
    """The short name of every agency, by the newsroom key of each of its names and of its domain."""
    known = vocabulary.load("agencies", _Agencies).agency
    named = ((name, a.name) for a in known for name in (a.name, *a.also, a.domain) if name)
    return {newsroom_key(name): short for name, short in named}


def agency_of(publisher: str | None) -> str | None:
    """The agency that ``publisher`` (a name or a domain) is; None if it is none."""
    return _agency_keys().get(newsroom_key(publisher)) if publisher else None


def agency_origin(agency: str, *, in_collection: bool = False) -> Origin:
    """The one origin of everything the agency sent."""
    key = content_id("origin", "agency", newsroom_key(agency))
    return Origin(key, f"{agency} dispatch", "agency", in_collection, ())


def own_origin(article: Article) -> Origin:
    """The origin of what the article's own newsroom wrote: the agency's if it is one; one for each publisher, and one
    for each article without."""
    wire = agency_of(article.publisher)
    if wire:
        return agency_origin(wire, in_collection=True)
    if article.publisher:
        key = content_id("origin", "newsroom", newsroom_key(article.publisher) or article.publisher)
        return Origin(key, f"{article.publisher} report", "newsroom", True, ())
    return Origin(content_id("origin", "newsroom of", article.id), "report without a publisher", "newsroom", True, ())
