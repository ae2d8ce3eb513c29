"""A web page to an article: trafilatura says which words are the main text, the page's own tree where they stand.

The text is made of the page's paragraphs in their order: those that trafilatura takes for main text, and with them
the headline, the caption under a picture, and the lines of names and dates between headline and text, which an
extractor leaves out. Scripts, navigation and footers never get in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Final

from variorum.ingest.anchors import Markup, anchored
from variorum.ingest.article import Hints, build
from variorum.ingest.decode import decode
from variorum.ingest.pagedata import page_data
from variorum.ingest.paragraphs import Paragraph, flatten, paragraph
from variorum.model import Article, BlockKind, Problem
from variorum.text.normalise import fold, squeeze

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_DECLARED: Final = re.compile(rb"""charset\s*=\s*["']?\s*([\w-]{2,20})|encoding=["']([\w-]{2,20})""", re.I)
_XML_HEADER: Final = re.compile(r"\A\s*<\?xml[^>]*>", re.I)
_BLOCKS: Final = frozenset(
    {"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "figcaption", "pre", "td", "th", "dt", "dd"}
    | {"div", "section", "article", "header", "main", "time", "address", "span", "caption"}
)
_INLINE: Final = frozenset({"span", "time"})  # blocks only where no paragraph holds them
_SKIPPED: Final = frozenset(
    {"script", "style", "noscript", "template", "svg", "nav", "aside", "footer", "form", "button", "select"}
    | {"iframe", "object", "head", "textarea", "dialog", "menu"}
)
_HEADER_NAMES: Final = re.compile(
    r"byline|author|dateline|pub-?date|publish|posted|timestamp|\bdate\b|standfirst|\bdek\b|subtitle|sub-?head|\blede?\b|strapline|"
    r"correction|clarification|credit|agency|source",
    re.I,
)
_SITE_NAMES: Final = frozenset(  # classes of elements in which the page speaks for itself
    [
        "promo",
        "appeal",
        "newsletter",
        "paywall",
        "consent",
        "cookie",
        "cookies",
        "subscribe",
        "signup",
        "donate",
        "donation",
        "membership",
        "ad",
        "ads",
        "advert",
        "advertisement",
        "share",
        "sharing",
        "social",
        "related",
        "recommended",
        "read-more",
        "most-read",
    ]
)
_SPACE: Final = re.compile(r"\s+")
_MIN_WORDS: Final = 20  # in the longest paragraph of a page that has a text
_MIN_TOTAL: Final = 60  # words: a page of many short paragraphs has a text too
_MOST_ELEMENTS: Final = 20_000
_MATCHED: Final = 0.7  # of the main text must be found in the tree, else the extractor's own paragraphs are taken


@dataclass(frozen=True, slots=True)
class _Piece:
    """One paragraph of the page."""

    text: str
    tag: str
    path: str | None
    names: str = ""


def read_page(
    data: bytes,
    hints: Hints,
    *,
    declared: str | None = None,
    keep_short: bool = False,
    plain: bool = False,
    whole: bool = False,
) -> Iterator[Article | Problem]:
    """The article of a page, or the reason why there is none; ``whole`` takes all of it for main text."""
    decoded = decode(data, declared or _declared(data))
    if isinstance(decoded, str):
        yield Problem(hints.source, "ingest", decoded)
        return
    markup = Markup(data, decoded.encoding, name=hints.source)
    tree = _tree(decoded.text)
    if tree is None:
        yield Problem(hints.source, "ingest", "an HTML page without any markup that can be read")
        return
    if next(islice(tree.iter(), _MOST_ELEMENTS, None), None) is not None:
        yield Problem(
            hints.source, "ingest", f"a page of over {_MOST_ELEMENTS} elements, more than any article; left out"
        )
        return
    hints = page_data(tree, hints)
    pieces = list(_leaves(tree)) if whole else _pieces(tree, hints.title)
    lengths = [len(p.text.split()) for p in pieces]
    short = max(lengths, default=0) <= _MIN_WORDS and sum(lengths) < _MIN_TOTAL
    if not pieces or (short and not keep_short):
        yield Problem(hints.source, "ingest", _no_text(hints.source, len(data), bool(pieces)))
        return
    text, parts = _laid_out(pieces)
    yield anchored(build(text, hints, plain=plain, parts=parts), tree, markup)
    if decoded.warning:
        yield Problem(hints.source, "ingest", decoded.warning)


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


def _pieces(tree: HtmlElement, title: str | None) -> list[_Piece]:
    all_pieces = list(_leaves(tree))  # before the extractor, which changes the tree it is given
    main = _main_text(tree)
    if not main:
        return []
    lines = {_bare(line).lstrip("-•*") for line in main.split("\n")} - {""}
    whole = _bare(main)
    chosen = [p for p in all_pieces if _is_main(p, lines, whole)]
    if sum(len(_bare(p.text)) for p in chosen) < _MATCHED * len(whole):
        return [_Piece(line.strip("- |"), "p", None) for line in main.split("\n") if line.strip("- |")]
    return _with_surroundings(all_pieces, chosen, title)


def _main_text(tree: HtmlElement) -> str:
    from copy import deepcopy

    from trafilatura import bare_extraction

    document = bare_extraction(deepcopy(tree), include_comments=False, include_tables=True, with_metadata=False)
    return getattr(document, "text", None) or ""


def _bare(text: str) -> str:
    return _SPACE.sub("", text)


def _is_main(piece: _Piece, lines: set[str], whole: str) -> bool:
    bare = _bare(piece.text)
    return bare.lstrip("-•*") in lines or (len(bare) > 40 and bare in whole)


def _with_surroundings(pieces: list[_Piece], chosen: list[_Piece], title: str | None) -> list[_Piece]:
    """The chosen paragraphs with headline, header lines and captions in the order of the page."""
    main = {id(p) for p in chosen}
    first = next(i for i, p in enumerate(pieces) if id(p) in main)
    lead = next((i for i, p in enumerate(pieces) if id(p) in main and len(p.text.split()) > _MIN_WORDS), first)
    last = max(i for i, p in enumerate(pieces) if id(p) in main)
    head = _headline(pieces, title, last)
    begin = min(first, head) if head is not None else first
    kept: list[_Piece] = []
    for index in range(begin, min(len(pieces), last + 4)):
        piece = pieces[index]
        is_head = index == head or (piece.tag == "h1" and index < last)
        in_header = index < lead and _HEADER_NAMES.search(piece.names) and len(piece.text.split()) < 60
        around = piece.tag == "figcaption" or _correction_after(piece)
        if id(piece) in main or is_head or in_header or around:
            kept.append(piece)
    return _without_repeats(kept)


def _headline(pieces: list[_Piece], title: str | None, last: int) -> int | None:
    """The heading that the page's title repeats, else its first ``h1``."""
    heads = [i for i, p in enumerate(pieces[: last + 1]) if p.tag in ("h1", "h2")]
    if title:
        for index in heads:
            text = fold(pieces[index].text)
            if text and (text in fold(title) or fold(title) in text):
                return index
    return next((i for i in heads if pieces[i].tag == "h1"), None)


def _correction_after(piece: _Piece) -> bool:
    return bool(re.search(r"correction|clarification|erratum", piece.names, re.I))


def _without_repeats(pieces: Iterable[_Piece]) -> list[_Piece]:
    kept: list[_Piece] = []
    for piece in pieces:
        if not kept or kept[-1].text != piece.text:
            kept.append(piece)
    return kept


def _leaves(tree: HtmlElement) -> Iterator[_Piece]:
    """Paragraphs of the page in order: block elements that hold no other, and words standing between blocks."""
    elements = [e for e in tree.iter() if isinstance(e.tag, str)]
    skipped, holders = _skipped(elements), _holders(elements)
    root = tree.getroottree()
    for element in elements:
        if element in skipped or element.tag not in _BLOCKS:
            continue
        if element.tag in _INLINE and not _stands_alone(element, holders):
            continue
        if element in holders:
            for text in _loose_texts(element):
                yield _Piece(text, "p", root.getpath(element), _names(element))
            continue
        for text in _texts(element, skipped):
            yield _Piece(text, _tag(element), root.getpath(element), _names(element))


def _skipped(elements: list[HtmlElement]) -> set[HtmlElement]:
    skipped: set[HtmlElement] = set()
    for element in elements:
        hidden = "hidden" in element.attrib or "display:none" in (element.get("style") or "").replace(" ", "")
        if element.tag in _SKIPPED or hidden or element.getparent() in skipped:
            skipped.add(element)
    return skipped


def _holders(elements: list[HtmlElement]) -> set[HtmlElement]:
    """Elements with a block inside them."""
    holders: set[HtmlElement] = set()
    for element in reversed(elements):
        if (element.tag in _BLOCKS and element.tag not in _INLINE) or element in holders:
            parent = element.getparent()
            if parent is not None:
                holders.add(parent)
    return holders


def _stands_alone(element: HtmlElement, holders: set[HtmlElement]) -> bool:
    """Whether a span or time is a line of its own: its parent holds blocks and is no paragraph."""
    parent = element.getparent()
    return parent is not None and parent in holders and parent.tag in ("div", "section", "article", "header", "body")


def _texts(element: HtmlElement, skipped: set[HtmlElement]) -> Iterator[str]:
    """Its words, one text for each stretch between two ``<br>``."""
    pieces: list[str] = [element.text or ""]
    for child in element.iterdescendants():
        if child.tag == "br":
            pieces.append("\n")
        elif isinstance(child.tag, str) and child not in skipped:
            pieces.append(child.text or "")
        pieces.append(child.tail or "") if child.getparent() not in skipped else None
    for line in "".join(p if p == "\n" else _SPACE.sub(" ", p) for p in pieces).split("\n"):
        if text := squeeze(line):
            yield text


def _loose_texts(element: HtmlElement) -> Iterator[str]:
    """Words that stand in a container beside its blocks, with the inline elements among them."""
    run = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str) and (child.tag in _BLOCKS or child.tag in _SKIPPED or child.tag == "br"):
            if text := squeeze("".join(run)):
                yield text
            run = []
        elif isinstance(child.tag, str) and len(child) == 0:
            run.append(child.text or "")
        run.append(child.tail or "")
    if text := squeeze("".join(run)):
        yield text


def _tag(element: HtmlElement) -> str:
    """The nearest element that says what a paragraph is."""
    for ancestor in (element, *element.iterancestors("blockquote", "figcaption", "table", "li", "h1")):
        if ancestor.tag in ("figcaption", "blockquote", "li", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6"):
            return str(ancestor.tag)
    return str(element.tag)


def _names(element: HtmlElement) -> str:
    """What classes and attributes of the element and its parents call it."""
    found = []
    for node in (element, *list(element.iterancestors())[:2]):
        found += [node.get("class") or "", node.get("itemprop") or "", node.get("id") or "", node.get("rel") or ""]
    return " ".join(found) + (" date" if element.tag == "time" else "")


# --- the text -----------------------------------------------------------------------------------------------------

_HINTS: Final[dict[str, BlockKind]] = {
    "h1": "title", "h2": "title", "h3": "title", "h4": "title", "h5": "title", "h6": "title",
    "figcaption": "caption", "blockquote": "quote", "li": "list", "td": "table", "th": "table",
}  # fmt: skip


def _laid_out(pieces: list[_Piece]) -> tuple[str, list[Paragraph]]:
    """One paragraph a line with a blank line between, and where each stands."""
    text = "\n\n".join(p.text for p in pieces)
    flat, parts, start = flatten(text), [], 0
    for piece in pieces:
        part = paragraph(text, flat, start, start + len(piece.text))
        part.path, part.hint = piece.path, _HINTS.get(piece.tag)
        if part.hint is None and re.search(r"standfirst|\bdek\b|subtitle|strapline", piece.names, re.I):
            part.hint = "standfirst"
        if not _SITE_NAMES.isdisjoint(piece.names.lower().split()) and len(part.words) < 60:
            part.hint = "boilerplate"
        parts.append(part)
        start += len(piece.text) + 2
    return text, [replace(p) for p in parts]
