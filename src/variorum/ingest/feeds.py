"""RSS 2.0, RSS 1.0 and Atom: each entry with its content is a record, each without one is listed with its address."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from variorum.ingest.article import Hints
from variorum.ingest.records import Found, Record, fragment, problem, stamp_of
from variorum.ingest.xmltree import children, first, inner_text, local, markup, parse_xml, words
from variorum.model import Problem, Stamp

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_CONTENT: Final = ("encoded", "content", "description", "summary")  # from the whole text to the least of it
_PUBLISHED: Final = ("pubDate", "published", "issued", "date", "created")
_MODIFIED: Final = ("updated", "modified")
_TAG: Final = re.compile(r"<[a-zA-Z!/][^>]*>")
_SECTION: Final = re.compile(r"\s+[-–—|:»>]\s+")
_TEASER: Final = 60  # words: an entry with fewer points at a report, it is none


def read_feed(data: bytes, name: str, *, keep_short: bool) -> Found:
    """The entries in their order; ``source`` is ``name#id``."""
    root, warning = parse_xml(data, name)
    channel = first(root, "channel")
    outer = root if channel is None else channel
    entries = [e for e in root.iter() if local(e) in ("item", "entry")]
    if not entries:
        yield problem(name, "a feed without entries; nothing to read")
    for number, entry in enumerate(entries, 1):
        yield _entry(entry, outer, name, number, keep_short)
    if warning:
        yield problem(name, warning)


def _entry(entry: Element, channel: Element, name: str, number: int, keep_short: bool) -> Record | Problem:
    link = _link(entry)
    place = f"{name}#{words(first(entry, 'guid')) or words(first(entry, 'id')) or link or number}"
    content = max((_content(e) for e in children(entry, *_CONTENT)), key=_length, default="")
    count = len(_TAG.sub(" ", content).split())
    if count < _TEASER and not (count and keep_short):
        where = f"pass its address to read it: {link}" if link else "it gives no address"
        return problem(place, f"the feed holds {f'only {count} words' if count else 'no text'} of this report; {where}")
    source = words(first(entry, "source")) or words(first(entry, "source", "title"))
    hints = Hints(
        place,
        url=link,
        title=words(first(entry, "title")),
        site_name=source or _site(words(first(channel, "title"))),
        authors=_authors(entry),
        language=_language(channel),
        published=_stamp(entry, _PUBLISHED) or _stamp(entry, _MODIFIED[:1]),
        modified=_stamp(entry, _MODIFIED) if _stamp(entry, _PUBLISHED) else None,
    )
    if not _TAG.search(content):
        return Record(content.encode("utf-8", "replace"), hints, "text", "utf-8")
    return Record(fragment(content), hints, "fragment", "utf-8")


def _length(content: str) -> int:
    return len(_TAG.sub(" ", content))


def _content(element: Element) -> str:
    if len(element) and (element.get("type") or "xhtml") in ("xhtml", "application/xhtml+xml", "html"):
        return markup(element).strip()
    return inner_text(element).strip()


def _link(entry: Element) -> str | None:
    links = list(children(entry, "link"))
    links.sort(key=lambda e: (e.get("rel") or "alternate") != "alternate")
    for link in links:
        address = (link.get("href") or words(link) or "").strip()
        if address.startswith(("http://", "https://")):
            return address
    guid = words(first(entry, "guid")) or ""
    return guid if guid.startswith(("http://", "https://")) else None


def _authors(entry: Element) -> tuple[str, ...]:
    names = [words(first(e, "name")) or words(e) or "" for e in children(entry, "author", "creator")]
    # RSS wants "address (Name)" for an author; names are what is wanted here.
    named = [m[1] if (m := re.fullmatch(r"\S+@\S+\s+\((.+)\)", n)) else n for n in names]
    return tuple(dict.fromkeys(n for n in named if n and "@" not in n))


def _site(title: str | None) -> str | None:
    """The outlet in a feed's title, which often names a section after it."""
    return _SECTION.split(title, maxsplit=1)[0] if title else None


def _language(channel: Element) -> str | None:
    code = words(first(channel, "language")) or channel.get("{http://www.w3.org/XML/1998/namespace}lang")
    return code.split("-")[0].lower() if code and re.fullmatch(r"[A-Za-z]{2,3}(-\w+)*", code) else None


def _stamp(entry: Element, names: tuple[str, ...]) -> Stamp | None:
    values = (words(first(entry, name)) for name in names)
    return next((stamp for value in values if value and (stamp := stamp_of(value))), None)
