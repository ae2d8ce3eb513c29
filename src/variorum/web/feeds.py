"""Atom feeds (RFC 4287): what came into a story, and what a search finds, the newest first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from lxml import etree

from variorum.edition import wording
from variorum.model import ArticleCard, Conflict, Edition, Hit

MEDIA: Final = "application/atom+xml"
_ATOM: Final = "http://www.w3.org/2005/Atom"
_MOST: Final = 100  # entries of a feed
_NEVER: Final = "1970-01-01T00:00:00Z"
_STAMP: Final = re.compile(r"(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d)(:\d\d(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?")
_UNSAID: Final = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # no XML may hold these


@dataclass(frozen=True, slots=True)
class Entry:
    """What a feed tells. ``id`` lasts; ``page`` is a path of the reading room."""

    id: str
    title: str
    page: str
    updated: str
    published: str | None
    authors: tuple[str, ...]
    summary: str


def story_feed(part: Edition, cards: Mapping[str, ArticleCard], base: str, here: str, collection: str) -> bytes:
    """The reports of a story as they came into the library, and what they contradict each other in."""
    (story,) = part.stories
    home = _page(collection, "stories", story.id)
    texts = {article.id: article.text for article in part.articles}
    entries = [_of_card(cards[i], wording.shortened(texts[i], 280)) for i in story.articles if i in cards]
    home_of = {statement.id: statement.article for statement in part.statements}
    disputes = [conflict for conflict in story.conflicts if conflict.relation == "contradiction"]
    entries += [_of_conflict(conflict, home_of, cards, home) for conflict in disputes]
    return _feed(f"story:{collection}/{story.id}", story.title, entries, base, home, here)


def search_feed(query: str, hits: Sequence[Hit], base: str, page: str, here: str) -> bytes:
    """What a search finds, with the words around it."""
    entries = [_of_card(hit.card, hit.snippet) for hit in hits]
    return _feed(f"search:{query}", f"Search: {query}", entries, base, page, here)


def _of_card(card: ArticleCard, summary: str) -> Entry:
    page = _page(card.collection, "articles", card.id)
    names = card.authors or ((card.publisher,) if card.publisher else ())
    return Entry(
        f"article:{card.collection}/{card.id}", card.title or card.source, page, _moment(card.added) or _NEVER,
        _moment(card.published), names, summary,
    )  # fmt: skip


def _of_conflict(conflict: Conflict, home_of: Mapping[str, str], cards: Mapping[str, ArticleCard], home: str) -> Entry:
    said = {home_of[s] for reading in conflict.readings for s in reading.statements if s in home_of}
    came = [moment for i in said if i in cards and (moment := _moment(cards[i].added))]
    title = f"Reports differ: {wording.headline(conflict)}"
    when = max(came, default=_NEVER)
    return Entry(f"conflict:{home}/{conflict.id}", title, home, when, None, (), conflict.explanation)


def _feed(identity: str, title: str, entries: Iterable[Entry], base: str, page: str, here: str) -> bytes:
    told = sorted(entries, key=lambda e: (e.updated, e.published or "", e.id), reverse=True)[:_MOST]
    spaces: Any = {None: _ATOM}
    root: Any = etree.Element(f"{{{_ATOM}}}feed", nsmap=spaces)
    _put(root, "id", _urn(identity))
    _put(root, "title", title)
    _put(root, "updated", max((e.updated for e in told), default=_NEVER))
    _put(_put(root, "author"), "name", "Variorum")
    _put(root, "generator", "Variorum")
    _put(root, "link", rel="self", type=MEDIA, href=here)
    _put(root, "link", rel="alternate", type="text/html", href=base + page)
    for entry in told:
        one = _put(root, "entry")
        _put(one, "id", _urn(entry.id))
        _put(one, "title", entry.title)
        _put(one, "updated", entry.updated)
        if entry.published:
            _put(one, "published", entry.published)
        for name in entry.authors:
            _put(_put(one, "author"), "name", name)
        _put(one, "link", rel="alternate", type="text/html", href=base + entry.page)
        _put(one, "summary", entry.summary)
    found: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8")
    return found


def _put(parent: Any, name: str, text: str | None = None, **attributes: str) -> Any:
    child = etree.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
    if text is not None:
        child.text = _UNSAID.sub("\ufffd", text)
    return child


def _moment(value: str | None) -> str | None:
    """An ISO date as RFC 3339 has it; what names no zone is taken as UTC, what names no time as its first minute."""
    match = _STAMP.fullmatch(value or "")
    if match is None:
        return None
    return f"{match[1]}T{match[2] or '00:00'}{match[3] or ':00'}{match[4] or 'Z'}"


def _urn(identity: str) -> str:
    return uuid5(NAMESPACE_URL, f"variorum:{identity}").urn


def _page(collection: str, *rest: str) -> str:
    return "/c/" + "/".join(quote(one, safe="") for one in (collection, *rest))
