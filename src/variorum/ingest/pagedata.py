"""What a page says about itself in JSON-LD, meta elements, microdata and RDFa; none of it is trusted to be well formed,
and none of it is weighed here (see `ingest/weigh.py`)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING, Any, Final

from variorum.ingest.markup import page_words, text_of
from variorum.model import MetadataField, MetadataSource
from variorum.text.normalise import squeeze

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ARTICLE_TYPES: Final = re.compile(r"Article|Posting|Report$")
_PAGE_TYPES: Final = re.compile(r"WebPage|ItemPage|CreativeWork$")
_SITE_TYPES: Final = re.compile(r"Organization|WebSite|Newspaper|Corporation")
_MAX_JSON: Final = 500_000  # characters of one JSON-LD element
_MAX_NODES: Final = 2_000
_MAX_VALUE: Final = 2_000  # characters of one value
_MAX_VALUES: Final = 50  # of one property
_TAGS: Final = re.compile(r"<[^<>]{1,200}>")
_TRAILING_COMMA: Final = re.compile(r",\s*(?=[}\]])")
_CDATA: Final = re.compile(r"\A(?:\s|//|/\*|\*/|<!--|<!\[CDATA\[)*|(?:\s|//|/\*|\*/|-->|\]\]>|;)*\Z")

#: Names of meta elements for each field, those to be believed first before the others.
_META: Final[dict[MetadataField, tuple[str, ...]]] = {
    "title": (
        *("og:title", "twitter:title", "parsely-title", "dc.title", "dcterms.title", "citation_title", "headline"),
        *("sailthru.title", "title"),
    ),
    "author": (
        *("author", "article:author", "parsely-author", "citation_author", "dc.creator", "dcterms.creator", "byl"),
        *("sailthru.author", "article:author_name", "article.author", "cxenseparse:author", "og:article:author"),
        *("authors", "creator"),
    ),
    "published": (
        *("article:published_time", "og:article:published_time", "og:published_time", "datepublished"),
        *("article.published", "published_time", "publishdate", "publish-date", "publish_date", "publication_date"),
        *("pubdate", "parsely-pub-date", "citation_publication_date", "citation_date", "sailthru.date"),
        *("dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created", "dc.date", "dcterms.date"),
        *("cxenseparse:recs:publishtime", "article_date_original", "originalpublicationdate", "date", "created"),
        *("article:post_date", "rnews:datepublished", "prism.publicationdate", "article.created", "datecreated"),
    ),
    "modified": (
        *("article:modified_time", "og:article:modified_time", "og:updated_time", "datemodified", "last-modified"),
        *("article:updated_time", "article.updated", "dcterms.modified", "dc.date.modified", "lastmod", "revised"),
    ),
    "publisher": (
        *("og:site_name", "dc.publisher", "dcterms.publisher", "application-name", "article:publisher"),
        *("apple-mobile-web-app-title", "citation_journal_title", "twitter:site"),
    ),
    "section": (
        *("article:section", "parsely-section", "og:article:section", "section", "sailthru.section"),
        "cxenseparse:section",
    ),
    "canonical_url": ("og:url", "twitter:url", "parsely-link"),
    "language": ("og:locale", "content-language", "dc.language", "language"),
}  # fmt: skip
_JSON: Final[dict[MetadataField, tuple[str, ...]]] = {
    "title": ("headline",),
    "author": ("author", "creator"),
    "published": ("datePublished", "dateCreated"),
    "modified": ("dateModified",),
    "publisher": ("publisher",),
    "section": ("articleSection",),
    "language": ("inLanguage",),
}
_PROPERTIES: Final[dict[str, MetadataField]] = {
    "headline": "title", "author": "author", "creator": "author", "datepublished": "published", "issued": "published",
    "datecreated": "published", "created": "published", "datemodified": "modified", "modified": "modified",
    "articlesection": "section", "genre": "section", "publisher": "publisher",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """One value of a field as a source gives it. ``place`` numbers the values that belong together (the authors of one
    list) and puts those to be believed first before others of the same source; ``kind`` is what the source calls
    it ("person", "organisation"), if it says."""

    field: MetadataField
    value: str
    source: MetadataSource
    place: int = 0
    kind: str = ""


@dataclass(frozen=True, slots=True)
class PageData:
    """All that a page says of itself outside its text. ``body`` is its text as JSON-LD repeats it, ``summary`` what it
    says of it in a sentence; ``free`` is false where it says that it is behind a paywall."""

    said: tuple[Said, ...]
    summaries: tuple[str, ...] = ()
    body: str = ""
    free: bool = True
    linked: bool = False


def page_data(tree: HtmlElement) -> PageData:
    """What ``tree`` states. Values are squeezed strings, in the order in which they are to be believed."""
    nodes, index = _json_ld(tree)
    articles = _articles(nodes)
    meta = _meta(tree)
    said = [
        *_from_json(articles, nodes, index),
        *_from_meta(meta),
        *_from_labels(meta),
        *_from_properties(tree),
        *_from_links(tree),
    ]
    body = next((b for n in articles if isinstance(b := n.get("articleBody"), str) and len(b) > 200), "")
    locked = any(str(n.get("isAccessibleForFree")).lower() == "false" for n in articles)
    tiers = meta.get("article:content_tier", [])
    summaries = [d for n in articles for d in _strings(n.get("description"), index)]
    summaries += [v for name in ("og:description", "description", "twitter:description") for v in meta.get(name, ())]
    free = not (locked or any(t in ("locked", "metered") for t in tiers))
    return PageData(tuple(dict.fromkeys(said)), tuple(summaries), body, free, bool(articles))


# --- JSON-LD ------------------------------------------------------------------------------------------------------

Node = dict[str, Any]


def _json_ld(tree: HtmlElement) -> tuple[list[Node], dict[str, Node]]:
    """Every node that JSON-LD describes the page with, and those that have an ``@id``, by it."""
    nodes: list[Node] = []
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            nodes += _nodes(_loaded(script.text or ""))
    index: dict[str, Node] = {}
    for node in nodes:
        identity = node.get("@id")
        if isinstance(identity, str) and len(node) > len(index.get(identity, ())):
            index[identity] = node
    return nodes, index


def _loaded(raw: str) -> Any:
    raw = _CDATA.sub("", raw)
    if len(raw) > _MAX_JSON:
        return None
    for text in (raw, _TRAILING_COMMA.sub("", raw)):
        try:
            return json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _nodes(loaded: Any) -> list[Node]:
    waiting, found = [loaded], []
    for count, node in enumerate(waiting):
        if count >= _MAX_NODES:
            break
        if isinstance(node, dict):
            found.append(node)
            waiting += [node[k] for k in ("@graph", "mainEntity", "mainEntityOfPage", "isPartOf") if k in node]
        elif isinstance(node, list):
            waiting += node
    return found


def _types(node: Node) -> str:
    return " ".join(_strings(node.get("@type"), {}))


def _articles(nodes: Sequence[Node]) -> list[Node]:
    """The nodes that describe the article: of a type of articles, those with a headline first."""
    found = [n for n in nodes if _ARTICLE_TYPES.search(_types(n))]
    return sorted(found, key=lambda n: not n.get("headline"))


def _strings(value: Any, index: Mapping[str, Node]) -> list[str]:
    """The names in a JSON-LD value: a string, an object with a name or a reference to one, or a list of these."""
    return [name for name, _ in _named(value, index)]


def _named(value: Any, index: Mapping[str, Node]) -> list[tuple[str, str]]:
    if isinstance(value, str):
        value = value[:_MAX_VALUE]
        text = squeeze(_TAGS.sub(" ", unescape(value)) if "&" in value or "<" in value else value)
        return [(text, "")] if text else []
    if isinstance(value, int | float) and not isinstance(value, bool):
        return [(str(value), "")]
    if isinstance(value, dict):
        node = index.get(str(value.get("@id")), value) if "name" not in value else value
        name, types = node.get("name") or node.get("@value"), _types(node)
        kind = "person" if "Person" in types else "organisation" if _SITE_TYPES.search(types) else ""
        if isinstance(name, str | list) and name != []:
            return [(n, kind) for n, _ in _named(name, {})]
        return []
    if isinstance(value, list):
        return [pair for item in value[:_MAX_VALUES] if not isinstance(item, list) for pair in _named(item, index)]
    return []


def _from_json(articles: Sequence[Node], nodes: Sequence[Node], index: Mapping[str, Node]) -> Iterator[Said]:
    pages = [n for n in nodes if _PAGE_TYPES.search(_types(n)) and n not in articles]
    for place, node in enumerate([*articles, *pages]):
        for field, keys in _JSON.items():
            if place >= len(articles) and field in ("title", "author"):
                continue
            for number, key in enumerate(keys):
                for value, kind in _named(node.get(key), index):
                    yield Said(field, value, "json-ld", 10 * place + number, kind)
    for node in nodes:
        if _SITE_TYPES.search(_types(node)):
            for value in _strings(node.get("name"), index)[:1]:
                yield Said("publisher", value, "json-ld", 1000)


# --- meta and link elements ---------------------------------------------------------------------------------------


def _meta(tree: HtmlElement) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        get = element.get
        content = squeeze(unescape((get("content") or get("value") or "")[:_MAX_VALUE]))  # many pages escape twice
        for name in {get("property"), get("name"), get("http-equiv")} - {None} if content else ():
            found.setdefault((name or "").strip().lower(), []).append(content)
    return found


def _from_meta(meta: Mapping[str, Sequence[str]]) -> Iterator[Said]:
    for field, listed in _META.items():
        for place, name in enumerate(listed):
            for value in meta.get(name, ())[:_MAX_VALUES]:
                yield Said(field, value, "meta", place)


def _from_labels(meta: Mapping[str, Sequence[str]]) -> Iterator[Said]:
    """The pairs of label and value that WordPress and Ghost give to cards of Twitter."""
    for number in "12":
        label, value = (meta.get(f"twitter:{name}{number}", [""])[0] for name in ("label", "data"))
        if label and value and page_words().written_by.fullmatch(label):
            yield Said("author", value, "meta", 90)
        elif label and value and page_words().filed_under.fullmatch(label):
            yield Said("section", value, "meta", 90)


def _from_links(tree: HtmlElement) -> Iterator[Said]:
    for link in tree.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split() and (href := (link.get("href") or "").strip()):
            yield Said("canonical_url", href, "meta", -1)
    for base in tree.iter("base"):
        if href := (base.get("href") or "").strip():
            yield Said("canonical_url", href, "meta", 99)
    if language := (tree.get("lang") or tree.get("xml:lang") or "").strip():
        yield Said("language", language, "meta", -1)
    title = tree.find(".//head/title")
    if title is not None and (text := text_of(title)):
        yield Said("title", text, "meta", 99)


# --- microdata and RDFa -------------------------------------------------------------------------------------------


def _from_properties(tree: HtmlElement) -> Iterator[Said]:
    """Properties of the article that attributes of elements in the page give: those of its longest item."""
    for source, attribute, scope in (("microdata", "itemprop", "itemscope"), ("rdfa", "property", "typeof")):
        marked = [e for e in tree.xpath(f"//*[@{attribute}]") if isinstance(e.tag, str) and e.tag != "html"]
        marked = [e for e in marked if attribute == "itemprop" or not _in_head(e)]
        owners = {e: _owner(e, scope) for e in marked}
        main = _main_item([o for o in owners.values() if o is not None])
        for element in marked:
            owner = owners[element]
            if owner is None or owner is main:
                yield from _property(element, attribute, scope, source)  # type: ignore[arg-type]


def _in_head(element: HtmlElement) -> bool:
    return element.tag == "meta" and next(element.iterancestors("head"), None) is not None


def _owner(element: HtmlElement, scope: str) -> HtmlElement | None:
    return next((a for a in element.iterancestors() if scope in a.attrib), None)


def _main_item(scopes: Sequence[HtmlElement]) -> HtmlElement | None:
    """The item that describes an article and has the most text."""
    articles = [s for s in dict.fromkeys(scopes) if _ARTICLE_TYPES.search(s.get("itemtype") or s.get("typeof") or "")]
    return max(articles, key=lambda s: len(s.text_content()), default=None)


def _property(element: HtmlElement, attribute: str, scope: str, source: MetadataSource) -> Iterator[Said]:
    for name in (element.get(attribute) or "").split():
        bare = name.split(":")[-1].split("/")[-1].lower()
        field = _PROPERTIES.get(bare)
        if field is None and bare in ("name", "title") and scope in ("typeof", "itemscope") and element.tag != "meta":
            field = "title" if element.tag in ("h1", "h2", "h3") or element.getparent().tag in ("h1", "h2") else None
        if field is None:
            continue
        value, kind = _value(element, attribute, scope)
        if value:
            late = bare in ("datecreated", "created", "name", "title", "genre")
            yield Said(field, value, source, 5 if late else 0, kind)


def _value(element: HtmlElement, attribute: str, scope: str) -> tuple[str, str]:
    """What a property is: its content or machine-readable time, the name of the item it holds, or its words."""
    get = element.get
    types = " ".join(e.get("itemtype") or e.get("typeof") or "" for e in (element, *element[:1]))
    kind = "person" if "Person" in types else "organisation" if "Organization" in types else ""
    stated = get("content") or get("datetime") or (get("title") if element.tag == "abbr" else None)
    if stated:
        return squeeze(stated), kind
    if types.strip():
        for child in element.iter():
            if isinstance(child.tag, str) and (child.get(attribute) or "").split(":")[-1] == "name":
                return squeeze(child.get("content") or text_of(child)), kind
    return text_of(element)[:300], kind
