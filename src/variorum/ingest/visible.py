"""What a page shows its readers about the article: headings, lines of names and of dates, its section.

Only elements near the headline and in the text are looked at, none in navigation, comments, lists of other articles or
boxes about the author.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Final

from variorum.ingest.markup import names, other_part, page_words, text_of
from variorum.ingest.pagedata import Said
from variorum.model import MetadataField
from variorum.text.dates import WrittenDate, written_dates

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_OUTSIDE: Final = frozenset(
    {"nav", "aside", "script", "style", "noscript", "svg", "head", "template", "dialog", "select"}
)
_BIG: Final = re.compile(r"\b[5-7]\b|\+[2-4]")  # <font size> of headlines before there were style sheets
_MAX_LINE: Final = 250  # characters of a line of names or dates
_MAX_HEADING: Final = 400
_YEAR: Final = re.compile(r"(?:19|20|21)\d\d|\d[./]\d\d\b")
_MAX_DATES: Final = 12  # those that come later are other articles'
_NEAR: Final = 60  # elements after the headline in which an unmarked line of names may stand


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading and how much its markup makes of it: 3 for ``h1`` and marked headlines, 2 and 1 for less. ``parts`` are
    the words of its children, one of which may be the headline and another what stands over it."""

    text: str
    weight: int
    order: int
    element: HtmlElement
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows. ``dates`` are written ones with whether a label says that they are a change's; ``stamps``
    the machine-readable ones of ``time`` elements, likewise; ``bylines`` whole lines, those behind links last."""

    headings: tuple[Heading, ...]
    said: tuple[Said, ...]


def shown(tree: HtmlElement) -> Shown:
    """What ``tree`` shows outside its running text."""
    elements = list(_inside(tree))
    headings = tuple(_headings(elements))
    said = [*_bylines(elements, headings), *_dates(elements, headings), *_sections(tree, elements, headings)]
    return Shown(headings, tuple(dict.fromkeys(said)))


def _inside(tree: HtmlElement) -> Iterator[HtmlElement]:
    """The elements of the page in order without those that stand in parts that are no article's."""
    much = len(tree.findall(".//p")) / 3
    waiting = [tree]
    while waiting:
        element = waiting.pop()
        if not isinstance(element.tag, str) or element.tag in _OUTSIDE or _is_site_footer(element):
            continue
        called = names(element)
        is_other = called and element.tag not in ("body", "html", "main", "article") and _is_other(called)
        # A name says little about an element that holds the headline or much of the text ("page has-ads").
        signed = is_other and page_words().by.match(text_of(element)[:60]) and other_part(called) != "related"
        if is_other and not signed and element.find(".//h1") is None and len(element.findall(".//p")) <= much:
            continue
        yield element
        waiting.extend(reversed(element))


def _is_site_footer(element: HtmlElement) -> bool:
    return element.tag == "footer" and next(element.iterancestors("article"), None) is None


def _is_other(called: str) -> bool:
    other = other_part(called)
    return other == "related" or (other is not None and not page_words().byline.search(called))


def dates_in(line: str, *, day_first: bool = True) -> list[WrittenDate]:
    """The dates of a line that is known to have one: months need no capital ("1 dec 2031")."""
    found = list(written_dates(line, day_first=day_first))
    titled = line.title()
    return found or (list(written_dates(titled, day_first=day_first)) if len(titled) == len(line) else [])


# --- headings -----------------------------------------------------------------------------------------------------


def _headings(elements: Sequence[HtmlElement]) -> Iterator[Heading]:
    for order, element in enumerate(elements):
        weight = _weight(element)
        if not weight:
            continue
        text = text_of(element, apart=True)
        if text and len(text) <= _MAX_HEADING:
            children = [c for c in element.iter() if c is not element and isinstance(c.tag, str)]
            parts = tuple(t for c in children[:8] if (t := text_of(c, apart=True)) and t != text)
            yield Heading(text, weight, order, element, parts)


def _weight(element: HtmlElement) -> int:
    tag = element.tag
    if tag == "font":
        return 1 if _BIG.search(element.get("size") or "") else 0
    marked = "headline" in (element.get("itemprop") or "").split()
    if tag == "h1" or marked:
        return 3
    named = bool(page_words().headline.search(names(element)))
    if tag in ("h2", "h3"):
        return 2 if named else 1
    return 1 if named and tag in ("div", "p", "span", "h4") and len(element) <= 3 else 0


# --- names --------------------------------------------------------------------------------------------------------


def _bylines(elements: Sequence[HtmlElement], headings: Sequence[Heading]) -> Iterator[Said]:
    """Lines of names: elements called bylines, links to authors, and lines near the headline that open with "By"."""
    words = page_words()
    start = headings[0].order if headings else 0
    taken: set[HtmlElement] = set()
    for order, element in enumerate(elements):
        if element.tag in ("body", "html", "main", "article", "section") or len(element) > 12:
            continue
        author_link = "author" in (element.get("rel") or "").split()
        called = words.byline.search(names(element)) or element.tag == "address" or author_link
        if not called and not start < order <= start + _NEAR:
            continue
        if element in taken:
            continue
        line = text_of(element, apart=True)
        if not line or len(line) > _MAX_LINE or not (called or (len(line) < 120 and words.by.match(line))):
            continue
        if called:
            taken.update(element.iter())
        yield Said("author", line, "visible", (0 if called else 5) + (0 if order > start else 2))


# --- dates --------------------------------------------------------------------------------------------------------


_BY_NAME: Final = "by name"  # the kind of a change that only a class name tells


def _dates(elements: Sequence[HtmlElement], headings: Sequence[Heading]) -> list[Said]:
    """``time`` elements and lines of dates, each with its label before it ("Updated: 5 May 2031"). Where a page shows
    one date and only a class name calls it that of a change, it is that of the publication: themes say "updated" of
    both."""
    found = list(islice(_stamps(elements, headings), _MAX_DATES))
    if any(s.field == "published" for s in found):
        return found
    return [replace(s, field="published") if s.kind == _BY_NAME else s for s in found]


def _stamps(elements: Sequence[HtmlElement], headings: Sequence[Heading]) -> Iterator[Said]:
    words, start = page_words(), next((h.order for h in headings if h.weight == 3), 0)
    taken: set[HtmlElement] = set()
    for order, element in enumerate(elements):
        if element in taken:
            continue
        machine = element.get("datetime") if element.tag == "time" else _titled(element)
        called = element.tag == "time" or words.date.search(names(element))
        near = start <= order <= start + _NEAR and len(element) <= 3
        if not (machine or called or near) or element.tag in ("body", "main", "article"):
            continue
        if not machine and any(c.get("datetime") or _titled(c) for c in element.iterdescendants("time", "abbr")):
            continue
        line = text_of(element, apart=True)
        if len(line) > _MAX_LINE or (not machine and not _YEAR.search(line)):
            continue
        place = (0 if machine else 2 if called else 4) + (8 if order < start else 0)
        if machine:
            taken.update(element.iter())
            told = words.modified.search(f"{line} {_before(element)}")
            called_so = words.modified.search(names(element)) and not words.published.search(names(element))
            yield _stamp_said(bool(told), bool(called_so), machine, place)
        elif called or _is_date_line(line):
            taken.update(element.iter())
            yield from _labelled(line, names(element), place)


def _stamp_said(told: bool, by_name: bool, value: str, place: int) -> Said:
    field: MetadataField = "modified" if told or by_name else "published"
    return Said(field, value, "visible", place, _BY_NAME if by_name and not told else "")


def _titled(element: HtmlElement) -> str | None:
    """The machine-readable time that ``abbr`` elements have for a title."""
    title = element.get("title") if element.tag in ("abbr", "span") else None
    return title if title and re.match(r"\d{4}-\d\d-\d\dT", title) else None


def _before(element: HtmlElement) -> str:
    """The label in front of an element in its line."""
    previous = element.getprevious()
    tail = (
        previous.tail if previous is not None else element.getparent().text if element.getparent() is not None else ""
    )
    label = (tail or "").strip() or (text_of(previous) if previous is not None and len(previous) < 3 else "")
    return label[-40:]


def _is_date_line(line: str) -> bool:
    """Whether dates and their labels are most of a line."""
    dates = dates_in(line)
    rest = line
    for date in reversed(dates):
        rest = rest[: date.span[0]] + rest[date.span[1] :]
    rest = page_words().published.sub("", page_words().modified.sub("", rest))
    return bool(dates) and len(re.findall(r"[^\W\d_]{2,}", rest)) <= 6


def _labelled(line: str, called: str, place: int) -> Iterator[Said]:
    words, position = page_words(), 0
    for date in dates_in(line):
        told = bool(words.modified.search(line[position : date.span[0]]))
        by_name = position == 0 and bool(words.modified.search(called)) and not words.published.search(called)
        if date.year is not None and date.day is not None:
            yield _stamp_said(told, by_name, line[slice(*date.span)], place + (position > 0))
        position = date.span[1]


# --- section ------------------------------------------------------------------------------------------------------


def _sections(tree: HtmlElement, elements: Sequence[HtmlElement], headings: Sequence[Heading]) -> Iterator[Said]:
    """Categories that the page links to, the last step of its breadcrumbs but the article, labels over the headline."""
    for link in tree.iter("a"):
        if "category" in (link.get("rel") or "").split() and (text := text_of(link)):
            yield Said("section", text, "visible", 0)
    trail = _trail(tree)
    known = {h.text.casefold() for h in headings}
    steps = [t for t in trail if t.casefold() not in known and len(t) < 40]
    if len(steps) > 1:
        yield Said("section", steps[-1], "visible", 1)
    start = next((h.order for h in headings if h.weight == 3), None)
    for element in elements[max(0, start - 15) : start] if start else ():
        if element.tag == "a" or page_words().kicker.search(names(element)):
            text = text_of(element)
            if 0 < len(text) < 40 and element.tag == "a":
                yield Said("section", text, "visible", 2)


def _trail(tree: HtmlElement) -> list[str]:
    for element in tree.iter("nav", "div", "ol", "ul", "p"):
        if re.search(r"\bbreadcrumbs?\b|\bariane\b", names(element)):
            return [text for a in element.iter("a") if (text := text_of(a))]
    return []
