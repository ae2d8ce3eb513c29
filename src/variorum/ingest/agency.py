"""What agencies send: ninjs 1 and 2 (JSON) and NewsML-G2 (XML), as the IPTC describes them."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from variorum.errors import InputError
from variorum.ingest.article import Hints
from variorum.ingest.bylines import kind_of
from variorum.ingest.records import Form, Found, Record, fragment, problem, stamp_of
from variorum.ingest.xmltree import children, first, inner_text, local, markup, parse_xml, words
from variorum.model import Problem

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_TAG: Final = re.compile(r"<[a-zA-Z!/][^>]*>")
_BODIES: Final = ("body_xhtml", "body_html", "body_text", "bodies")
_SIGNS: Final = ("uri", "versioncreated", "firstcreated", "pubstatus", "headlines", "standard", "representationtype")
_WITHDRAWN: Final = frozenset({"canceled", "cancelled", "withheld"})
_BY: Final = re.compile(r"^\s*by\s+|\s*[,;/]\s*|\s+and\s+", re.I)


def is_ninjs(row: Mapping[str, Any]) -> bool:
    """Whether a JSON object is an item of ninjs: it has two of the marks that only such an item has."""
    return sum(key in row for key in (*_SIGNS, *_BODIES)) > 1 and "text" not in row


def ninjs_record(row: Mapping[str, Any], source: str) -> Record:
    """The record of one ninjs item; raises `InputError` where it has no text or was withdrawn."""
    if row.get("pubstatus") in _WITHDRAWN:
        raise InputError(source, f"its agency marks it as {row['pubstatus']}; left out")
    body, form = _ninjs_body(row)
    if not body.strip():
        kind = row.get("type") or row.get("representationtype")
        raise InputError(source, f"a ninjs item without a text{f' (a {kind})' if isinstance(kind, str) else ''}")
    sources = [*_strings(row.get("infosources")), *_strings(row.get("source")), *_strings(row.get("provider"))]
    provider = next(iter(sources), None) or _string(row, "copyrightholder")
    url = next((v for key in ("uri", "url") if (v := _string(row, key)).startswith(("http://", "https://"))), None)
    hints = Hints(
        source,
        id=None,
        url=url,
        title=_best(row.get("headlines")) or _string(row, "headline") or None,
        site_name=provider or None,
        authors=_authors(_string(row, "byline") or _string(row, "by")),
        agencies=tuple(n for n in [*sources, _string(row, "creditline")] if n and kind_of(n) == "agency"),
        language=_string(row, "language").split("-")[0].lower() or None,
        published=stamp_of(_string(row, "firstcreated")) or stamp_of(_string(row, "versioncreated")),
        modified=stamp_of(_string(row, "versioncreated")) if row.get("firstcreated") else None,
    )
    return Record(fragment(body) if form == "fragment" else body.encode("utf-8", "replace"), hints, form, "utf-8")


def _ninjs_body(row: Mapping[str, Any]) -> tuple[str, Form]:
    for key in ("body_xhtml", "body_html"):
        if body := _string(row, key):
            return body, "fragment"
    bodies = row.get("bodies")
    for kind in ("html", "text"):
        for body in bodies if isinstance(bodies, list) else ():
            if isinstance(body, Mapping) and kind in str(body.get("contenttype", "text")) and body.get("value"):
                text = str(body["value"])
                return text, "fragment" if kind == "html" or _TAG.search(text) else "text"
    return _string(row, "body_text"), "text"


def _string(row: Mapping[str, Any], key: str) -> str:
    value = row.get(key)
    return value.strip() if isinstance(value, str) else ""


def _strings(value: object) -> list[str]:
    """The names in a ninjs value: a string, an object with a name, or a list of either."""
    if isinstance(value, str):
        return [value.strip()] if value.strip() else []
    if isinstance(value, Mapping):
        return _strings(value.get("name"))
    items = value[:50] if isinstance(value, list) else []
    return [name for item in items if not isinstance(item, list) for name in _strings(item)]


def _best(headlines: object) -> str | None:
    """Of several headlines the main one, else the first."""
    items = [h for h in headlines if isinstance(h, Mapping)] if isinstance(headlines, list) else []
    items.sort(key=lambda h: str(h.get("role", "")) not in ("main", "headline", ""))
    return next((h["value"].strip() for h in items if isinstance(h.get("value"), str) and h["value"].strip()), None)


def _authors(byline: str | None) -> tuple[str, ...]:
    names = [n.strip() for n in _BY.split(byline or "") if n.strip()]
    return tuple(dict.fromkeys(n for n in names if kind_of(n) == "person"))


# --- NewsML-G2 ----------------------------------------------------------------------------------------------------


def read_newsml(data: bytes, name: str) -> Found:
    """The news items of a document in their order; ``source`` of one in a message is ``name#guid``."""
    root, warning = parse_xml(data, name)
    items = [e for e in root.iter() if local(e) == "newsItem"]
    if not items:
        yield problem(name, f"NewsML-G2 without a news item (its root is {local(root)}); nothing to read")
    for item in items:
        yield _news_item(item, name if item is root else f"{name}#{item.get('guid') or items.index(item) + 1}")
    if warning:
        yield problem(name, warning)


def _news_item(item: Element, place: str) -> Record | Problem:
    about, content = first(item, "itemMeta"), first(item, "contentMeta")
    status = _code(first(about, "pubStatus"))
    if status in _WITHDRAWN:
        return problem(place, f"its agency marks it as {status}; left out")
    body = next(_bodies(item), None)
    if body is None:
        remote = first(item, "contentSet", "remoteContent")
        where = remote.get("href") if remote is not None else None
        return problem(place, f"a news item without a text{f'; its content is at {where}' if where else ''}")
    credit = words(first(content, "creditline"))
    provider = _name(first(about, "provider")) or _name(first(content, "infoSource")) or credit
    created, version = (words(first(about, n)) for n in ("firstCreated", "versionCreated"))
    creators = tuple(n for n in map(_name, children(content, "creator")) if n)
    language = first(content, "language")
    hints = Hints(
        place,
        url=next((w for n in ("link", "url") if (w := _href(item, n))), None),
        title=words(first(content, "headline")),
        site_name=provider,
        authors=_authors(words(first(content, "by"))) or creators,
        agencies=tuple(dict.fromkeys(n for n in (provider, credit) if n and kind_of(n) == "agency")),
        language=((language.get("tag") if language is not None else None) or "").split("-")[0].lower() or None,
        published=stamp_of(created or version),
        modified=stamp_of(version) if created else None,
    )
    if not _TAG.search(body):
        return Record(body.encode("utf-8", "replace"), hints, "text", "utf-8")
    return Record(fragment(body), hints, "fragment", "utf-8")


def _bodies(item: Element) -> Iterator[str]:
    for content in children(first(item, "contentSet"), "inlineXML", "inlineData"):
        if local(content) == "inlineXML":
            yield markup(content)
            continue
        if not (content.get("contenttype") or "text/").startswith(("text/", "application/xhtml")):
            continue
        text = inner_text(content)
        if "base64" in (content.get("encoding") or ""):
            try:
                text = base64.b64decode(text, validate=False).decode("utf-8", "replace")
            except (binascii.Error, ValueError):
                continue
        if text.strip():
            yield text


def _code(element: Element | None) -> str:
    return (element.get("qcode") or "").rpartition(":")[2] if element is not None else ""


def _name(element: Element | None) -> str | None:
    """What an element names: its name, its literal, else its code."""
    if element is None:
        return None
    return words(first(element, "name")) or element.get("literal") or _code(element) or None


def _href(item: Element, name: str) -> str | None:
    for meta in ("itemMeta", "contentMeta"):
        for link in children(first(item, meta), name):
            address, rel = link.get("href") or "", (link.get("rel") or "").rpartition(":")[2]
            if address.startswith(("http://", "https://")) and rel in ("", "canonical", "alternate"):
                return address
    return None
