"""A web page to an article: trafilatura says which words are the main text, the page's own tree where they stand.

The text is made of the page's paragraphs in their order: those that trafilatura takes for main text, those that it
passed over although they stand among them (a first paragraph, a list, cells of a table), and the headline, the caption
under a picture, and the lines of names and dates between headline and text, which an extractor leaves out. Scripts,
navigation and footers never get in; what stands in a box inside the text gets in with its kind.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from html import unescape
from itertools import islice
from typing import TYPE_CHECKING, Final

from variorum.ingest.anchors import Markup, anchored
from variorum.ingest.article import Hints, build
from variorum.ingest.decode import decode
from variorum.ingest.markup import names, other_part, page_words
from variorum.ingest.pagedata import PageData, page_data
from variorum.ingest.paragraphs import Paragraph, flatten, paragraph
from variorum.ingest.profiles import Profile, profile_for
from variorum.ingest.visible import shown
from variorum.ingest.weigh import Weighed, people_in, weigh
from variorum.model import Article, BlockKind, Problem, Stamp
from variorum.text.dates import written_dates
from variorum.text.normalise import fold, squeeze

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_DECLARED: Final = re.compile(rb"""charset\s*=\s*["']?\s*([\w-]{2,20})|encoding=["']([\w-]{2,20})""", re.I)
_XML_HEADER: Final = re.compile(r"\A\s*<\?xml[^>]*>", re.I)
_BLOCKS: Final = frozenset(
    {"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "figcaption", "pre", "td", "th", "dt", "dd"}
    | {"div", "section", "article", "header", "footer", "main", "time", "address", "caption", "center", "figure"}
    | {"summary", "details"}
)
_SKIPPED: Final = frozenset(
    {"script", "style", "noscript", "template", "svg", "nav", "aside", "button", "select"}
    | {"iframe", "object", "head", "textarea", "dialog", "menu"}
)
_SPLIT: Final = frozenset({"div", "header", "footer", "section", "address", "figcaption", "li", "dd"})
_SPACE: Final = re.compile(r"\s+")
_TAGS: Final = re.compile(r"<[^<>]{1,500}>")
_MIN_WORDS: Final = 20  # in the longest paragraph of a page that has a text
_MIN_TOTAL: Final = 60  # words: a page of many short paragraphs has a text too
_MOST_ELEMENTS: Final = 20_000
_MATCHED: Final = 0.7  # of the main text must be found in the tree, else the extractor's own paragraphs are taken
_LEAD: Final = 20  # words of a paragraph that is no line of the header any more
_HOLDS: Final = 0.8  # of the main text stands in its container
_BOXED: Final = 0.25  # of the main text at most stands in one box
_MOSTLY_BOXED: Final = 0.4
_LINKED: Final = 0.75  # of a paragraph in links make it a pointer to something else
_LABEL: Final = 5  # words before a link: "Read also:"
_ASKS: Final = 45  # words of a paragraph that asks the reader to subscribe
_HEADER_LINE: Final = 60  # words of a line above the text at most
_TEASER: Final = 300  # words: a page with more has been given whole, whatever it says of subscribers


@dataclass(slots=True)
class _Piece:
    """One paragraph of the page. ``linked`` is the share of its characters that stands in links, ``points`` whether it
    is a few words and then a link to its end, ``main`` whether it belongs to the text, ``hint`` the kind that markup
    gives it."""

    text: str
    tag: str
    element: HtmlElement | None
    linked: float = 0.0
    points: bool = False
    main: bool = False
    hint: BlockKind | None = None


def read_page(
    data: bytes,
    hints: Hints,
    *,
    declared: str | None = None,
    keep_short: bool = False,
    plain: bool = False,
    whole: bool = False,
    profiles: Sequence[Profile] = (),
) -> Iterator[Article | Problem]:
    """The article of a page, or the reason why there is none. ``whole`` takes all of it for main text; ``profiles``
    are the user's own."""
    decoded = decode(data, declared or _declared(data))
    if isinstance(decoded, str):
        yield Problem(hints.source, "ingest", decoded)
        return
    markup = Markup(data, decoded.encoding, name=hints.source)
    tree = _tree(decoded.text)
    if tree is None:
        yield Problem(hints.source, "ingest", "an HTML page without any markup that can be read")
        return
    # lxml makes an element anew each time that nobody holds it any more
    alive = list(islice(tree.iter(), _MOST_ELEMENTS + 1))
    if len(alive) > _MOST_ELEMENTS:
        yield Problem(
            hints.source, "ingest", f"a page of over {_MOST_ELEMENTS} elements, more than any article; left out"
        )
        return
    stated, all_pieces = page_data(tree), list(_leaves(alive))
    profile = profile_for(hints.canonical_url or hints.url or _own_address(stated), profiles)
    if profile is not None:
        stated = replace(stated, said=(*profile.said(tree), *stated.said))
    found = weigh(stated, shown(tree), hints.url, hints.retrieved, _seen_words(all_pieces))
    found = _dated_at_all(found, tree, hints.retrieved)
    if profile is not None:
        found = replace(found, published=profile.zoned(found.published), modified=profile.zoned(found.modified))
    pieces = _all_main(all_pieces) if whole else _pieces(tree, all_pieces, stated, found, profile)
    if not whole and _asks_for_consent(pieces, stated):
        yield Problem(hints.source, "ingest", _CONSENT)
        return
    lengths = [len(p.text.split()) for p in pieces]
    short = max(lengths, default=0) <= _MIN_WORDS and sum(lengths) < _MIN_TOTAL
    if not pieces or (short and not keep_short):
        yield Problem(hints.source, "ingest", _no_text(hints.source, len(data), bool(pieces)))
        return
    text, parts = _laid_out(pieces)
    article = anchored(build(text, _with_found(hints, found), plain=plain, parts=parts), tree, markup)
    yield article
    if _is_teaser(article, stated, all_pieces):
        words = sum(len(p.text.split()) for p in pieces if p.main)
        yield Problem(hints.source, "ingest", f"{_PAYWALL} (about {words} words)")
    if decoded.warning:
        yield Problem(hints.source, "ingest", decoded.warning)


_CONSENT: Final = (
    "a page that asks for consent to cookies in place of the article; open it in a browser, consent, and save the page"
)
_PAYWALL: Final = "behind a paywall: only the opening of the article is on the page, and was kept"


def _with_found(hints: Hints, found: Weighed) -> Hints:
    """``hints`` with what the page states; what was known before it was read stays."""
    return replace(
        hints,
        canonical_url=hints.canonical_url or found.canonical_url,
        title=hints.title or found.title,
        headline_alone=hints.title is None and found.headline is not None,
        site_name=hints.site_name or found.publisher,
        authors=hints.authors or found.authors,
        agencies=hints.agencies or found.agencies,
        published=hints.published or found.published,
        modified=hints.modified or found.modified,
        section=hints.section or found.section,
        stated_language=found.language,
        metadata=(*hints.metadata, *found.metadata),
    )


def _dated_at_all(found: Weighed, tree: HtmlElement, retrieved: Stamp | None) -> Weighed:
    """A page that neither states a date nor shows one where dates stand gets the one that htmldate makes out in it."""
    if found.published is not None:
        return found
    from copy import deepcopy

    from htmldate import find_date

    latest = (
        retrieved.value[:10] if retrieved and len(retrieved.value) >= 10 else "2199-12-31"
    )  # not the day of the run
    try:
        day = find_date(deepcopy(tree), original_date=True, min_date="1990-01-01", max_date=latest)
    except (ValueError, TypeError, AttributeError, RecursionError):  # it is not written for every page there is
        return found
    if not day:
        return found
    reason = "a date found in the page, at no place where dates of articles stand"
    return replace(found, published=Stamp(day, "day", "inferred", reason=reason))


def _seen_words(pieces: Iterable[_Piece]) -> str:
    """The words that the page shows, in small letters, to look for names in."""
    return " ".join(p.text for p in pieces if len(p.text) < 400).casefold()


# --- pages that are not, or not all of, the article ---------------------------------------------------------------


def _asks_for_consent(pieces: Sequence[_Piece], stated: PageData) -> bool:
    """Whether most of the text that was found speaks of consent: such pages stand where the article should."""
    if stated.linked or sum(len(p.text) for p in pieces) > 4000:
        return False
    body = [p for p in pieces if len(p.text.split()) > 8]
    whole = " ".join(p.text for p in pieces)
    if not body or not all(pattern.search(whole) for pattern in page_words().consent):
        return False
    asking = sum(len(p.text) for p in body if any(pattern.search(p.text) for pattern in page_words().consent))
    return asking > 0.5 * sum(len(p.text) for p in body)


def _is_teaser(article: Article, stated: PageData, pieces: Sequence[_Piece]) -> bool:
    """Whether the page says that it shows only the beginning: in words, and by its metadata or a short text."""
    body = sum(len(article.text[slice(*b.span)].split()) for b in article.blocks if b.kind in ("body", "quote", "list"))
    if body >= (_TEASER / 2 if stated.free else _TEASER):
        return False
    return any(page_words().paywall.search(p.text) for p in pieces if len(p.text) < 400)


def _no_text(source: str, size: int, some: bool) -> str:
    name = source.rsplit("/", 1)[-1]
    advice = "pass --keep-short to keep it" if some else "the page may need a browser, or hold only links"
    return f"no text found in {name} ({size / 1000:.0f} kB of markup, no paragraph over {_MIN_WORDS} words); {advice}"


def _declared(data: bytes) -> str | None:
    match = _DECLARED.search(data, 0, 4096)
    return (match[1] or match[2]).decode("ascii") if match else None


def _tree(text: str) -> HtmlElement | None:
    from lxml import etree, html

    parser = html.HTMLParser(remove_comments=True, remove_pis=True)
    try:
        tree = html.document_fromstring(_XML_HEADER.sub("", text), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        return None
    return tree


# --- which paragraphs ---------------------------------------------------------------------------------------------


def _own_address(stated: PageData) -> str | None:
    return next((s.value for s in stated.said if s.field == "canonical_url" and "://" in s.value), None)


def _pieces(
    tree: HtmlElement, pieces: list[_Piece], stated: PageData, found: Weighed, profile: Profile | None
) -> list[_Piece]:
    """The paragraphs of the article, each with the kind that its markup gives it."""
    if profile is not None and (bodies := profile.elements(tree, profile.body)):
        _as_profiled(pieces, set(bodies), set(profile.elements(tree, profile.drop)))
        chosen = [p for p in pieces if p.main]
        if chosen:
            return _framed(pieces, chosen, stated, found)
    main = _main_text(tree)
    if not main:
        return []
    lines = {_bare(line).lstrip("-•*") for line in main.split("\n")} - {""}
    whole = _bare(main)
    for piece in pieces:
        piece.main = _is_main(piece, lines, whole)
    if _size(pieces) < _MATCHED * len(whole):
        _follow(pieces, main)
    chosen = [p for p in pieces if p.main]
    if not chosen or _size(pieces) < _MATCHED * len(whole):
        return [_Piece(line.strip("- |"), "p", None, 0, True) for line in main.split("\n") if line.strip("- |")]
    if profile is not None and profile.drop:
        _drop(pieces, set(profile.elements(tree, profile.drop)))
    return _framed(pieces, chosen, stated, found)


def _as_profiled(pieces: Sequence[_Piece], bodies: set[HtmlElement], dropped: set[HtmlElement]) -> None:
    """Marks as main text what a profile says is the body."""
    for piece in pieces:
        if piece.element is not None:
            piece.main = not bodies.isdisjoint((piece.element, *piece.element.iterancestors()))
    _drop(pieces, dropped)


def _drop(pieces: Sequence[_Piece], dropped: set[HtmlElement]) -> None:
    for piece in pieces:
        if piece.element is not None and not dropped.isdisjoint((piece.element, *piece.element.iterancestors())):
            piece.main, piece.hint = False, "boilerplate"


def _framed(pieces: list[_Piece], chosen: list[_Piece], stated: PageData, found: Weighed) -> list[_Piece]:
    held = _held(chosen)
    frame = _Frame(_container(chosen, held), held, sum(len(p.text) for p in chosen))
    boxed = sum(len(p.text) for p in chosen if p.element is not None and frame.box(p.element))
    if boxed > _MOSTLY_BOXED * frame.total:  # names that say this of most of the text mean something else
        frame = replace(frame, has_boxes=False)
    _recover(pieces, frame, stated)
    return _without_repeats(_arranged(pieces, frame, stated, found))


def _all_main(pieces: list[_Piece]) -> list[_Piece]:
    """The pieces of a page that is nothing but text, such as the content of a feed's entry."""
    for piece in pieces:
        piece.main, piece.hint = True, _HINTS.get(piece.tag)
    return _without_repeats(pieces)


def _main_text(tree: HtmlElement) -> str:
    from copy import deepcopy

    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").addHandler(logging.NullHandler())  # what it finds nothing in is our own problem
    document = bare_extraction(deepcopy(tree), include_comments=False, include_tables=True, with_metadata=False)
    return getattr(document, "text", None) or ""


_UNSEEN: Final = re.compile("[\\s\u00ad\u200b-\u200f\u2060\ufeff]+")  # the extractor drops some of them


def _bare(text: str) -> str:
    bare = _UNSEEN.sub("", text)
    return bare if bare.isprintable() else "".join(filter(str.isprintable, bare))


def _is_main(piece: _Piece, lines: set[str], whole: str) -> bool:
    bare = _bare(piece.text)
    return bare.lstrip("-•*") in lines or (len(bare) > 40 and bare in whole)


def _size(pieces: Sequence[_Piece]) -> int:
    return sum(len(_bare(p.text)) for p in pieces if p.main)


def _follow(pieces: Sequence[_Piece], main: str) -> None:
    """Takes in short paragraphs that the extractor has run together with others: those that stand in its text, as whole
    words, right after the paragraph before them."""
    whole, ends, size = _bare(main), set[int](), 0
    for word in main.split():
        size += len(_bare(word))
        ends.add(size)
    end = 0
    for piece in pieces:
        bare = _bare(piece.text)
        follows = end > 0 and whole.startswith(bare, end) and end + len(bare) in ends
        piece.main = piece.main or (bool(bare) and follows)
        if piece.main and (place := whole.find(bare, end)) >= 0:
            end = place + len(bare)


@dataclass(frozen=True, slots=True)
class _Frame:
    """The innermost element that holds nearly all of the main text, and how many of its ``total`` characters every
    element holds."""

    container: HtmlElement
    held: Mapping[HtmlElement, int]
    total: int
    has_boxes: bool = True

    def inside(self, element: HtmlElement) -> bool:
        """Whether ``element`` stands in the container."""
        return self.container in element.iterancestors()

    def box(self, element: HtmlElement) -> BlockKind | None:
        """The kind of the box inside the text that ``element`` stands in, by what its parents are called. A parent that
        holds much of the text is no box, whatever its name."""
        for node in (element, *element.iterancestors()) if self.has_boxes else ():
            if node is self.container or node.tag in ("body", "html"):
                return None
            called = names(node)
            if called and self.held.get(node, 0) <= _BOXED * self.total and (kind := other_part(called)):
                return kind
        return None


def _held(chosen: Sequence[_Piece]) -> dict[HtmlElement, int]:
    held: dict[HtmlElement, int] = {}
    for piece in chosen:
        if piece.element is not None:
            for element in (piece.element, *piece.element.iterancestors()):
                held[element] = held.get(element, 0) + len(piece.text)
    return held


def _container(chosen: Sequence[_Piece], held: Mapping[HtmlElement, int]) -> HtmlElement:
    total = sum(len(p.text) for p in chosen)
    enough = [e for e, n in held.items() if n >= _HOLDS * total]
    return min(enough, key=lambda e: (held[e], -sum(1 for _ in e.iterancestors())))


def _recover(pieces: Sequence[_Piece], frame: _Frame, stated: PageData) -> None:
    """Takes in what the extractor passed over: paragraphs that JSON-LD has in the article's body, and those that stand
    among its paragraphs, look like text, and are in no box."""
    body = _bare(unescape(_TAGS.sub(" ", stated.body)))
    places = [i for i, p in enumerate(pieces) if p.main]
    first, last = places[0], places[-1]
    parents = {p.element.getparent() for p in pieces if p.main and p.element is not None}
    tables = _data_tables(pieces)
    for index, piece in enumerate(pieces):
        if piece.main or piece.element is None or piece.hint == "boilerplate":
            continue
        bare = _bare(piece.text)
        if len(bare) >= 15 and bare in body:
            piece.main = not frame.box(piece.element)
        elif first < index < last:
            piece.main = _belongs(piece, frame, tables)
        elif index > last and piece.tag in ("p", "li", "blockquote") and piece.element.getparent() in parents:
            piece.main = piece.element.getparent() is not frame.container.getparent() and _is_text(piece, frame)


def _data_tables(pieces: Sequence[_Piece]) -> set[HtmlElement]:
    """Tables of data, those of the page's layout left out."""
    cells: dict[HtmlElement, list[_Piece]] = {}
    for piece in pieces:
        if piece.tag in ("td", "th", "caption") and piece.element is not None:
            table = next(piece.element.iterancestors("table"), None)
            if table is not None:
                cells.setdefault(table, []).append(piece)
    return {t for t, found in cells.items() if _is_data(t, found)}


def _is_data(table: HtmlElement, cells: Sequence[_Piece]) -> bool:
    """Whether a table holds data and no layout: two rows and two columns at least, short cells, few links."""
    rows, columns = len(table.findall(".//tr")), max((len(r) for r in table.iter("tr")), default=0)
    short = sum(len(c.text) for c in cells) < 80 * len(cells)
    return rows > 1 and columns > 1 and short and sum(c.linked for c in cells) < 0.5 * len(cells)


def _belongs(piece: _Piece, frame: _Frame, tables: set[HtmlElement]) -> bool:
    assert piece.element is not None
    if piece.tag in ("td", "th", "caption"):
        inside = frame.inside(piece.element) and not frame.box(piece.element)
        return inside and next(piece.element.iterancestors("table"), None) in tables
    return _is_text(piece, frame)


def _is_text(piece: _Piece, frame: _Frame) -> bool:
    """Whether a paragraph inside the container reads like one of the article's."""
    assert piece.element is not None
    if piece.linked > 0.5 or not frame.inside(piece.element) or frame.box(piece.element):
        return False
    words, ends = len(piece.text.split()), piece.text.rstrip(" \"'”’»)").endswith((".", "!", "?", "…", ":"))
    return words >= 8 and ends if piece.tag not in ("li", "blockquote") else words >= 3


# --- what stands around them --------------------------------------------------------------------------------------


def _arranged(pieces: Sequence[_Piece], frame: _Frame, stated: PageData, found: Weighed) -> list[_Piece]:
    """The main paragraphs with headline, header lines, captions and notes in the order of the page."""
    places = [i for i, p in enumerate(pieces) if p.main]
    head = _headline(pieces, found, places[-1])
    lead = next((i for i in places if i != head and len(pieces[i].text.split()) > _LEAD), None)
    lead = places[min(2, len(places) - 1)] if lead is None else lead
    begin = min(places[0], head) if head is not None else places[0]
    summaries = [fold(s) for s in stated.summaries if len(s.split()) > 3]
    kept: list[_Piece] = []
    for index in range(_before(pieces, begin), min(len(pieces), places[-1] + 4)):
        piece = pieces[index]
        if index == head:
            piece.hint = "title"
        elif piece.hint != "boilerplate":
            piece.hint = _hint(piece, frame, head_zone=index <= lead, summaries=summaries)
        header = index <= lead and piece.hint in ("byline", "dateline", "standfirst")
        around = piece.hint in ("caption", "correction", "credit") or piece.tag == "h1"
        inside = index >= begin and (header or around)
        if piece.main or index == head or inside or (index < begin and piece.hint == "dateline"):
            kept.append(piece)
    return kept


def _before(pieces: Sequence[_Piece], begin: int) -> int:
    """Where the article begins: with the headline, or with the date over it in the same part of the page."""
    if begin and (above := pieces[begin - 1]).element is not None and (head := pieces[begin].element) is not None:
        parts = {a for a in head.iterancestors() if a.tag not in ("body", "html")}
        if page_words().date.search(_called(above.element)) and parts & set(above.element.iterancestors()):
            return begin - 1
    return begin


def _headline(pieces: Sequence[_Piece], found: Weighed, last: int) -> int | None:
    """The paragraph that is the headline: the heading that was chosen, else the first that repeats the title."""
    title = fold(found.title or "")
    if found.headline is not None:
        inside = set(found.headline.element.iter())
        places = [i for i, p in enumerate(pieces[: last + 1]) if p.element in inside]
        if places:  # several if what stands over the headline is in the same element
            return next((i for i in places if _bare(fold(pieces[i].text)) == _bare(title)), places[0])
    if title:
        for index, piece in enumerate(pieces[: last + 1]):
            if fold(piece.text) == title:
                return index
    return next((i for i, p in enumerate(pieces[: last + 1]) if p.tag == "h1"), None)


def _hint(piece: _Piece, frame: _Frame, *, head_zone: bool, summaries: Sequence[str]) -> BlockKind | None:
    """The kind that markup gives a paragraph: by its element, by what it is called, by where its links are."""
    if piece.element is None:
        return None
    words, called, count = page_words(), _called(piece.element), len(piece.text.split())
    by_tag = _HINTS.get(piece.tag)
    if by_tag == "caption" or (words.caption.search(called) and piece.tag not in ("h1", "h2") and count < 100):
        return "caption"
    if words.correction.search(called) and count < 120:
        return "correction"
    if head_zone and count < _HEADER_LINE and (kind := _header_kind(piece, called, summaries)):
        return kind
    if words.credit.search(called) and count < 40:
        return "credit"
    if box := frame.box(piece.element):
        return box
    if (piece.linked >= _LINKED or piece.points) and by_tag not in ("title", "table") and not head_zone:
        return "related" if count >= 4 else "boilerplate"
    if count < _ASKS and by_tag != "title" and not head_zone and words.asks.match(piece.text):
        return "related" if piece.linked > 0.3 else "boilerplate"
    if count < _ASKS and any(words.appeal_links.search(a.get("href") or "") for a in piece.element.iter("a")):
        return "boilerplate"
    return by_tag


def _header_kind(piece: _Piece, called: str, summaries: Sequence[str]) -> BlockKind | None:
    words = page_words()
    folded, count = fold(piece.text), len(piece.text.split())
    dated = next(written_dates(piece.text), None) is not None
    opened = words.by.match(piece.text) and count < 20 and piece.text[-1:] not in ".!?:"
    names_some = opened or (words.byline.search(called) and count < 30)
    if names_some and piece.tag not in ("h1", "h2") and any(people_in(piece.text, trusted=True)):
        return "byline"
    if dated and count < 25 and (words.date.search(called) or piece.tag == "time"):
        return "dateline"
    if (
        piece.tag not in ("h1", "li")
        and count >= 3
        and (words.standfirst.search(called) or _sums_up(folded, summaries))
    ):
        return "standfirst"
    return None


def _sums_up(folded: str, summaries: Sequence[str]) -> bool:
    """Whether a line is what the page says of itself in a sentence (which may be cut short)."""
    cut = folded[:80]
    return len(folded) > 20 and any(
        s == folded or (len(folded) < 400 and s.startswith(cut) and len(s) > 0.8 * len(folded)) for s in summaries
    )


def _called(element: HtmlElement) -> str:
    """What an element and its parent are called; of a parent that holds much else only a line's worth of names."""
    parent = element.getparent()
    above = (
        names(parent)
        if parent is not None and len(parent) <= 3 and parent.tag not in ("body", "main", "article")
        else ""
    )
    return f"{names(element)} {above}".strip()


def _without_repeats(pieces: Iterable[_Piece]) -> list[_Piece]:
    kept: list[_Piece] = []
    for piece in pieces:
        if not kept or kept[-1].text != piece.text:
            kept.append(piece)
    return kept


# --- the tree to paragraphs ---------------------------------------------------------------------------------------


def _leaves(nodes: Sequence[HtmlElement]) -> Iterator[_Piece]:
    """Paragraphs of the page in order: block elements that hold no other, and words standing between blocks. ``nodes``
    are all of the page, in order."""
    elements, tree = [e for e in nodes if isinstance(e.tag, str)], nodes[0]
    skipped, holders = _skipped(elements), _holders(elements)
    waiting: list[tuple[HtmlElement, bool]] = [(tree, False)]
    while waiting:
        element, is_run = waiting.pop()
        if is_run:
            yield from _run_pieces(element)
            continue
        if element in skipped:
            continue
        if not len(element):
            if element.text and (whole := squeeze(element.text)):
                yield _Piece(whole, _tag(element, whole), element, float(element.tag == "a"), element.tag == "a")
            continue
        if element not in holders and not (element.tag in _SPLIT and any(map(_own_line, element))):
            yield from _lines(element, _fragments(element, skipped))
            continue
        waiting.extend(reversed(_parts(element, holders, skipped)))


def _parts(element: HtmlElement, holders: set[HtmlElement], skipped: set[HtmlElement]) -> list[tuple[object, bool]]:
    """The children of a container that are blocks, and between them the runs of words that stand in it alone."""
    found: list[tuple[object, bool]] = []
    run: list[tuple[str, bool]] = [(element.text or "", False)]
    for child in element:
        if isinstance(child.tag, str):
            if child in skipped:
                pass
            elif child in holders or child.tag in _BLOCKS or _own_line(child):
                found += [((element, run), True), (child, False)]
                run = []
            else:
                run += [("\n", False)] if child.tag == "br" else _fragments(child, skipped)
        run.append((child.tail or "", False))
    return [*found, ((element, run), True)]


def _own_line(element: HtmlElement) -> bool:
    """Whether an inline element is called a line of its own: a byline, a date."""
    if element.tag == "time":
        return True
    return element.tag in ("span", "a") and _is_header_name(names(element))


@lru_cache(20_000)
def _is_header_name(called: str) -> bool:
    return bool(page_words().byline.search(called) or page_words().date.search(called))


def _run_pieces(run: tuple[HtmlElement, list[tuple[str, bool]]]) -> Iterator[_Piece]:
    element, fragments = run
    for piece in _lines(element, fragments):
        piece.tag = "p" if piece.tag in ("td", "th") else piece.tag
        yield piece


def _fragments(element: HtmlElement, skipped: set[HtmlElement]) -> list[tuple[str, bool]]:
    """The words under an element in order with whether each stretch stands in a link; a new line for each ``br``."""
    found: list[tuple[str, bool]] = []
    linked, heading = element.tag == "a", element.tag in ("h1", "h2", "h3")
    found.append((element.text or "", linked))
    stack: list[tuple[Iterator[HtmlElement], bool, str]] = [(iter(element), linked, "")]
    while stack:
        children, linked, tail = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            if stack:
                found.append((tail, stack[-1][1]))
            continue
        if not isinstance(child.tag, str) or child in skipped:
            found.append((child.tail or "", linked))
            continue
        if child.tag == "br" or (heading and len(stack) == 1 and _touches(child)):
            found.append(("\n", linked))
        inside = linked or child.tag == "a"
        found.append((child.text or "", inside))
        stack.append((iter(child), inside, child.tail or ""))
    return found


def _touches(element: HtmlElement) -> bool:
    """Whether an element of a heading follows another without as much as a blank between them, each with words of its
    own: what stands over a headline, and the headline."""
    before = element.getprevious()
    if before is None or before.tail or not isinstance(before.tag, str) or before.tag == "br":
        return False
    return all(len(e.text_content().strip()) > 2 for e in (before, element))


def _lines(element: HtmlElement, fragments: Sequence[tuple[str, bool]]) -> Iterator[_Piece]:
    """One piece for each stretch of fragments between two line breaks."""
    line: list[str] = []
    linked, link_last = 0, False
    for text, in_link in (*fragments, ("\n", False)):
        if text != "\n":
            line.append(_SPACE.sub(" ", text))
            link_last = in_link if any(c.isalnum() for c in text) else link_last
            linked += len(text.strip()) if in_link else 0
            continue
        if whole := squeeze("".join(line)):
            share, ends = min(1.0, linked / len(whole)), whole.endswith((".", "!", "?"))
            points = len(whole[: len(whole) - linked].split()) <= _LABEL and link_last and share > 0.4 and not ends
            yield _Piece(whole, _tag(element, whole), element, share, points)
        line, linked, link_last = [], 0, False


def _skipped(elements: list[HtmlElement]) -> set[HtmlElement]:
    skipped: set[HtmlElement] = set()
    for element in elements:
        if element.getparent() in skipped or element.tag in _SKIPPED or _hidden(element) or _is_frame(element):
            skipped.add(element)
    return skipped


def _hidden(element: HtmlElement) -> bool:
    return "hidden" in element.attrib or "display:none" in (element.get("style") or "").replace(" ", "")


def _is_frame(element: HtmlElement) -> bool:
    """Footers of the site (an article may have its own, with names and dates in it), and forms that are not wrapped
    around the whole page, as some servers do."""
    if element.tag == "footer":
        return next(element.iterancestors("article"), None) is None
    return element.tag == "form" and element.find(".//h1") is None and len(element.findall(".//p")) < 3


def _holders(elements: list[HtmlElement]) -> set[HtmlElement]:
    """Elements with a block inside them."""
    holders: set[HtmlElement] = set()
    for element in reversed(elements):
        if (element.tag in _BLOCKS and element.tag != "time") or element in holders:
            parent = element.getparent()
            if parent is not None:
                holders.add(parent)
    return holders


_TELLING: Final = ("figcaption", "blockquote", "li", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6")
_CELL: Final = 200  # characters: a longer cell is a column of the page's layout


def _tag(element: HtmlElement, text: str) -> str:
    """The nearest element that says what a paragraph is."""
    for ancestor in (element, *element.iterancestors("blockquote", "figcaption", "li", "h1", "h2", "h3")):
        if ancestor.tag in _TELLING and not (ancestor.tag in ("td", "th") and len(text) > _CELL):
            return str(ancestor.tag)
    return "p" if element.tag in ("td", "th") else str(element.tag)


# --- the text -----------------------------------------------------------------------------------------------------

_HINTS: Final[dict[str, BlockKind]] = {
    "h1": "title", "h2": "title", "h3": "title", "h4": "title", "h5": "title", "h6": "title",
    "figcaption": "caption", "caption": "caption", "blockquote": "quote", "li": "list", "td": "table", "th": "table",
}  # fmt: skip


def _laid_out(pieces: Sequence[_Piece]) -> tuple[str, list[Paragraph]]:
    """One paragraph a line with a blank line between, and where each stands."""
    text = "\n\n".join(p.text for p in pieces)
    flat, parts, start = flatten(text), [], 0
    for piece in pieces:
        part = paragraph(text, flat, start, start + len(piece.text))
        part.hint = piece.hint
        part.path = piece.element.getroottree().getpath(piece.element) if piece.element is not None else None
        parts.append(part)
        start += len(piece.text) + 2
    return text, parts
