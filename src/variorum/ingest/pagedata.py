"""What a page says about itself in JSON-LD, meta elements and links; none of it is trusted to be well formed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urljoin

from variorum.ingest.article import Hints, given_stamp
from variorum.ingest.bylines import kind_of
from variorum.ingest.metadata import clean_title, domain_of
from variorum.text.normalise import fold, squeeze

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ARTICLE_TYPES: Final = re.compile(r"Article|Posting|Report$")
_MAX_JSON: Final = 500_000  # characters of one JSON-LD element
_MAX_NODES: Final = 2_000
_PUBLISHED: Final = (
    *("article:published_time", "og:article:published_time", "datepublished", "article.published", "publishdate"),
    *("publish-date", "pubdate", "parsely-pub-date", "citation_publication_date", "sailthru.date", "dc.date.issued"),
    *("dcterms.created", "dc.date", "cxenseparse:recs:publishtime", "date"),
)
_MODIFIED: Final = (
    *("article:modified_time", "og:updated_time", "datemodified", "last-modified", "dcterms.modified"),
    "article.updated",
)
_AUTHOR: Final = (
    "author",
    "article:author",
    "parsely-author",
    "citation_author",
    "dc.creator",
    "dcterms.creator",
    "sailthru.author",
    "byl",
)
_TITLE: Final = ("og:title", "twitter:title", "parsely-title", "dc.title", "headline")
_URL_NAMES: Final = ("og:url", "twitter:url", "parsely-link")
_SPLIT_AUTHORS: Final = re.compile(r"\s*[,;|/&]\s*|\s+(?:and|und|et|y)\s+")


def page_data(tree: HtmlElement, hints: Hints) -> Hints:
    """``hints`` with what the page states; what was known before it was read stays."""
    meta, linked = _meta(tree), list(_json_ld(tree))
    canonical = _canonical(tree, meta, hints.url)
    site = _first(meta, ("og:site_name", "application-name")) or _publisher(linked)
    names = _author_names(meta, linked)
    return replace(
        hints,
        canonical_url=hints.canonical_url or canonical,
        title=hints.title or _title(tree, meta, linked, (site, domain_of(canonical or hints.url))),
        site_name=hints.site_name or site,
        authors=hints.authors or tuple(n for n in names if kind_of(n) == "person"),
        agencies=hints.agencies or tuple(n for n in names if kind_of(n) == "agency"),
        language=hints.language,
        published=hints.published or _stamp(linked, "datePublished", meta, _PUBLISHED, tree, "datePublished"),
        modified=hints.modified or _stamp(linked, "dateModified", meta, _MODIFIED, tree, "dateModified"),
    )


def _meta(tree: HtmlElement) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        name = (element.get("property") or element.get("name") or element.get("itemprop") or "").strip().lower()
        content = squeeze(element.get("content") or "")
        if name and content:
            found.setdefault(name, []).append(content)
    return found


def _first(meta: dict[str, list[str]], names: Sequence[str]) -> str | None:
    return next((meta[n][0] for n in names if n in meta), None)


def _json_ld(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """Objects in JSON-LD that describe an article."""
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        raw = (script.text or "").strip().removeprefix("<![CDATA[").removesuffix("]]>")
        if len(raw) > _MAX_JSON:
            continue
        try:
            loaded = json.loads(raw, strict=False)
        except (ValueError, RecursionError):
            continue
        yield from (n for n in _nodes(loaded) if _ARTICLE_TYPES.search(" ".join(_strings(n.get("@type")))))


def _nodes(loaded: Any) -> Iterator[dict[str, Any]]:
    waiting, count = [loaded], 0
    while waiting and count < _MAX_NODES:
        node = waiting.pop(0)
        count += 1
        if isinstance(node, dict):
            yield node
            waiting += [node[k] for k in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart") if k in node]
        elif isinstance(node, list):
            waiting += node


def _strings(value: Any) -> list[str]:
    """The names in a JSON-LD value: a string, an object with a name, or a list of either."""
    if isinstance(value, str):
        return [squeeze(value)] if value.strip() else []
    if isinstance(value, dict):
        return _strings(value.get("name"))
    if isinstance(value, list):
        return [name for item in value[:50] if not isinstance(item, list) for name in _strings(item)]
    return []


def _publisher(linked: Sequence[dict[str, Any]]) -> str | None:
    return next((names[0] for node in linked if (names := _strings(node.get("publisher")))), None)


def _author_names(meta: dict[str, list[str]], linked: Sequence[dict[str, Any]]) -> list[str]:
    names = next((found for node in linked if (found := _strings(node.get("author")))), [])
    names = names or next((meta[n] for n in _AUTHOR if n in meta), [])
    pieces = [p for n in names if "://" not in n for p in _SPLIT_AUTHORS.split(re.sub(r"^by\s+", "", n, flags=re.I))]
    return list(dict.fromkeys(p.strip(" .,") for p in pieces if p.strip(" .,")))


def _canonical(tree: HtmlElement, meta: dict[str, list[str]], url: str | None) -> str | None:
    for link in tree.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split() and (href := (link.get("href") or "").strip()):
            return _absolute(href, url)
    found = _first(meta, _URL_NAMES)
    return _absolute(found, url) if found else None


def _absolute(href: str, url: str | None) -> str | None:
    try:
        address = urljoin(url, href) if url else href
    except ValueError:
        return None
    return address if address.startswith(("http://", "https://")) else None


def _title(
    tree: HtmlElement, meta: dict[str, list[str]], linked: Sequence[dict[str, Any]], known: Sequence[str | None]
) -> str | None:
    """The headline as the page shows it (``h1``) where metadata repeats it; else as metadata gives it."""
    element = tree.find(".//head/title")
    stated = [*(t for n in linked for t in _strings(n.get("headline"))), *(meta[n][0] for n in _TITLE if n in meta)]
    stated += [squeeze(element.text_content())] if element is not None and element.text_content().strip() else []
    heads = [squeeze(h.text_content()) for h in list(tree.iter("h1"))[:5]]
    for head in heads:
        if head and any(fold(head) in fold(s) or fold(s) in fold(head) for s in stated):
            return head
    if stated:
        return clean_title(stated[0], known)
    return next((h for h in heads if len(h.split()) > 2), None)


def _stamp(
    linked: Sequence[dict[str, Any]],
    key: str,
    meta: dict[str, list[str]],
    names: Sequence[str],
    tree: HtmlElement,
    prop: str,
) -> Any:
    values = [v for node in linked for v in _strings(node.get(key))]
    values += [v for n in names for v in meta.get(n, ())]
    values += [
        e.get("datetime") or e.get("content") or ""
        for e in tree.iter("time")
        if e.get("itemprop") == prop or (key == "datePublished" and "pubdate" in e.attrib)
    ]
    return next((s for v in values if (s := given_stamp(v))), None)
