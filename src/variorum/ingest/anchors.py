"""Where the words of a page stand in the bytes it came in, proven twice: by two parsers that do not know each other.

The page's tree gives the element and the offsets in its text; a scanner of the markup, which only tells tags from
words, gives the bytes. Both leave white space out of account, as the clean text has its own. `raw_span` does the same
for any span of an article, given its raw record.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from variorum.ingest.decode import mark_length
from variorum.ingest.scan import UNSEEN, seen_words
from variorum.model import Anchor, Article, Block, RawRecord, Span

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_SPACE: Final = re.compile(r"\s+")
_WORD: Final = re.compile(r"\S+")


def anchored(article: Article, tree: HtmlElement, markup: Markup) -> Article:
    """``article`` with the offsets and bytes of its blocks, which already have the paths of their elements in ``tree``.
    What cannot be found for certain stays null."""
    texts: dict[str, tuple[_Bare, int]] = {}
    places = _Places(tree, markup)
    root = tree.getroottree()
    blocks, last = [], 0
    for block in article.blocks:
        words = _bare(article.text[slice(*block.span)])
        path = block.raw.path if block.raw is not None else None
        element = _element(root, path)
        span = None
        if path is not None and element is not None:
            text, begin = texts.get(path) or (_Bare([(0, None, "".join(map(str, element.itertext())))]), 0)
            found = text.words.find(words, begin)
            texts[path] = (text, found + len(words) if found >= 0 else begin)
            span = text.span(found, found + len(words)) if found >= 0 else None
        place = places.of(words, last, element)
        if place is not None:
            last = place + len(words)
        where = markup.bytes(place, place + len(words)) if place is not None else None
        blocks.append(replace(block, raw=Anchor(path, span, where)) if path or where else block)
    raw = RawRecord(sha256(markup.data).hexdigest(), encoding=markup.encoding)
    return replace(article, blocks=tuple(blocks), raw=raw)


def raw_span(article: Article, span: Span, data: bytes) -> Span | None:
    """The range of bytes in ``data``, the raw record of ``article``, that holds the words at ``span``; None where the
    block they stand in has no bytes, or where the span covers no words."""
    block = _block_at(article, span)
    if block is None or block.raw is None or block.raw.bytes is None or article.raw is None:
        return None
    begin, end = block.raw.bytes
    markup = Markup(data[begin:end], article.raw.encoding or "utf-8", whole=False)
    before = len(_bare(article.text[block.span[0] : span[0]]))
    count = len(_bare(article.text[slice(*span)]))
    if not count or markup.words != _bare(article.text[slice(*block.span)]):
        return None
    found = markup.bytes(before, before + count)
    return (begin + found[0], begin + found[1]) if found else None


def words_at(data: bytes, span: Span, encoding: str) -> str:
    """The words, without their white space, that the markup at ``span`` of ``data`` shows."""
    return Markup(data[slice(*span)], encoding, whole=False).words


def _block_at(article: Article, span: Span) -> Block | None:
    return next((b for b in article.blocks if b.span[0] <= span[0] and span[1] <= b.span[1]), None)


def _element(root: object, path: str | None) -> HtmlElement | None:
    from lxml import etree

    try:
        found = root.xpath(path) if path else []  # type: ignore[attr-defined]
    except (etree.XPathError, ValueError):  # a name that HTML bears and XPath does not: <fb:like>, <p="x">, <p\x01>
        return None
    return found[0] if isinstance(found, list) and len(found) == 1 else None


def _bare(text: str) -> str:
    return _SPACE.sub("", text)


class _Bare:
    """Stretches of a text with their white space left out: ``words`` in one, and where each of them came from.

    A stretch is where it begins, where it ends if it does not stand for itself (an entity), and its text.
    """

    def __init__(self, stretches: Iterable[tuple[int, int | None, str]]) -> None:
        self._stretches: list[tuple[int, int | None, str]] = []
        self._starts: list[int] = []
        pieces, size = [], 0
        for stretch in stretches:
            if bare := _bare(stretch[2]):
                self._stretches.append(stretch)
                self._starts.append(size)
                pieces.append(bare)
                size += len(bare)
        self.words = "".join(pieces)

    def span(self, begin: int, end: int) -> Span:
        """Where the words at ``[begin, end)`` stand in the text itself."""
        return self._at(begin)[0], self._at(end - 1)[1]

    def _at(self, index: int) -> Span:
        number = bisect_right(self._starts, index) - 1
        start, end, text = self._stretches[number]
        if end is not None:
            return start, end
        left = index - self._starts[number]
        for match in _WORD.finditer(text):
            if left < len(match[0]):
                place = start + match.start() + left
                return place, place + 1
            left -= len(match[0])
        raise IndexError(index)


class Markup(_Bare):
    """The words of a page's source, tags and what is between some of them left out. ``whole`` is false of a piece of a
    page, which may begin or end anywhere between two characters of its words.

    Raises `InputError` for tags that no parser should be given."""

    def __init__(self, data: bytes, encoding: str, whole: bool = True, name: str = "page") -> None:
        self.data, self.encoding = data, encoding
        self._skip = mark_length(data) if whole else 0
        self._errors = "surrogateescape" if encoding.lower() in ("utf-8", "ascii") else "strict"
        try:
            self._source = data[self._skip :].decode(encoding, self._errors)
        except UnicodeDecodeError:  # damage in an encoding in which no offset can be counted
            self._source, self._skip = data[self._skip :].decode(encoding, "replace"), -1
        super().__init__(seen_words(self._source, name))

    def bytes(self, begin: int, end: int) -> Span | None:
        """The range of bytes that holds the words at ``[begin, end)``."""
        if self._skip < 0:
            return None
        first, last = self.span(begin, end)
        try:
            start = self._skip + self._size(0, first)
            return start, start + self._size(first, last)
        except UnicodeEncodeError:
            return None

    def _size(self, begin: int, end: int) -> int:
        piece = self._source[begin:end]
        return len(piece) if piece.isascii() and self._narrow else len(piece.encode(self.encoding, self._errors))

    @property
    def _narrow(self) -> bool:
        return not self.encoding.lower().startswith(("utf-16", "utf-32", "utf_16", "utf_32"))


class _Places:
    """Finds words in a page's source. Where they stand there more than once, the tree tells which they are."""

    def __init__(self, tree: HtmlElement, markup: Markup) -> None:
        self._tree = tree
        self._markup = markup
        self._offsets: dict[HtmlElement, int] | None = None

    def of(self, words: str, last: int, element: HtmlElement | None) -> int | None:
        """Where ``words`` stand, looked for after ``last`` first; None where nobody can tell."""
        source = self._markup.words
        first = source.find(words) if words else -1
        if first < 0:
            return None
        if source.find(words, first + 1) < 0:
            return first
        if element is None:
            return next((p for p in (source.find(words, last),) if p >= 0), None)
        start = self._start(element)
        if start is None:
            return next((p for p in (source.find(words, last),) if p >= 0), None)
        found = source.find(words, max(start, last) if last - start < len(words) + _ELSEWHERE else start)
        return found if found >= 0 else None

    def _start(self, element: HtmlElement) -> int | None:
        """How many characters of words the tree has before an element, if it has the same words as the source."""
        if self._offsets is None:
            self._offsets, size = _offsets(self._tree)
            if size != len(self._markup.words):
                self._offsets = {}
        return self._offsets.get(element)


_ELSEWHERE: Final = 2000  # characters: two blocks of one element are no further apart


def _offsets(tree: HtmlElement) -> tuple[dict[HtmlElement, int], int]:
    """How many characters of words stand before each element, and in all."""
    from lxml import etree

    offsets: dict[HtmlElement, int] = {}
    size, unseen = 0, 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if event == "start":
            offsets[element] = size
            unseen += element.tag in UNSEEN
            text = element.text if not unseen else None
        else:
            unseen -= element.tag in UNSEEN
            text = element.tail if not unseen else None
        size += len(_bare(text)) if text else 0
    return offsets, size
