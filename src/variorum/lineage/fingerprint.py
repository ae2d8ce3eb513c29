"""Phase 1, per article: the fingerprints its body is found by, and its words when they are asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from variorum.lineage.config import LineageConfig
from variorum.model import BODY_BLOCKS, Article, Span
from variorum.text.shingle import Hashes, Mask, Positions, bulk_words, grams, in_word, winnow

_FEW = 16  # articles fingerprinted at once: more do not fit into the processor's cache
_REMEMBERED = 4096
_OPENING = frozenset("(['\u201c\u2018\u201e\u00ab\"")
_CLOSING = re.compile("[.,;:!?%)\\]\u2026'\"\u201d\u2019\u00bb]{0,4}")


@dataclass(frozen=True, slots=True)
class Prints:
    """What is kept of every article, about a dozen bytes for five words. Article ``i`` has the fingerprints
    ``[bounds[i], bounds[i + 1])``: ``hashes``, of runs of words that begin with its word ``at``. Those that lie wholly
    in quoted speech are not among them, for two reporters may have heard the same speech. ``sizes`` are words of body,
    ``twins`` are equal for articles with the same words."""

    hashes: Hashes
    at: npt.NDArray[np.int32]
    bounds: Positions
    sizes: Positions
    twins: tuple[bytes, ...]

    def __len__(self) -> int:
        return len(self.sizes)

    def of(self, number: int) -> tuple[Hashes, npt.NDArray[np.int32]]:
        """The fingerprints of one article, and where they are."""
        part = slice(*self.bounds[number : number + 2])
        return self.hashes[part], self.at[part]

    def some(self, numbers: Positions) -> Prints:
        """Those of some of the articles, in the order of ``numbers``."""
        lengths = np.diff(self.bounds)[numbers]
        bounds = np.concatenate(([0], np.cumsum(lengths)))
        rows = np.arange(bounds[-1]) + np.repeat(self.bounds[numbers] - bounds[:-1], lengths)
        twins = tuple(self.twins[number] for number in numbers.tolist())
        return Prints(self.hashes[rows], self.at[rows], bounds, self.sizes[numbers], twins)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The body of one article (``text`` is all of it) as words, without its chrome blocks.

    ``sections`` numbers the stretch of text each word stands in: it changes where a block was left out. ``prints``
    are the fingerprints at word positions ``at``, ``twin`` is equal for articles with the same words.
    """

    text: str
    ids: Hashes
    starts: Positions
    ends: Positions
    quoted: Mask
    sections: Positions
    prints: Hashes
    at: npt.NDArray[np.int32]
    twin: bytes

    def __len__(self) -> int:
        return len(self.ids)

    def span(self, begin: int, end: int) -> Span:
        """Where the words ``[begin, end)`` stand in the article's text, with the marks that open and close them."""
        return _with_marks(self.text, int(self.starts[begin]), int(self.ends[end - 1]))

    def runs(self, part: slice) -> Iterator[Span]:
        """The spans of the words in ``part``, apart where a block was left out."""
        cuts = np.flatnonzero(np.diff(self.sections[part])) + 1 + part.start
        for begin, end in pairwise([part.start, *cuts.tolist(), part.stop]):
            if begin < end:
                yield self.span(begin, end)

    def words_in(self, span: Span) -> slice:
        """The words that begin in ``span``."""
        return slice(*np.searchsorted(self.starts, span).tolist())


def _with_marks(text: str, first: int, last: int) -> Span:
    while first > 0 and text[first - 1] in _OPENING:
        first -= 1
    closing = _CLOSING.match(text, last)
    return first, closing.end() if closing else last


def worded(text: str, span: Span) -> Span | None:
    """From the first word in ``span`` to the last, with their marks; None without any. As `Sheet.span` of these words,
    but no words are made."""
    begin, end = span
    while begin < end and not in_word(text[begin]):
        begin += 1
    while end > begin and not in_word(text[end - 1]):
        end -= 1
    return _with_marks(text, begin, end) if begin < end else None


def body_spans(article: Article) -> tuple[Span, ...]:
    """The stretches that count as the article's own text: all of it when no blocks were found."""
    if not article.blocks:
        return ((0, len(article.text)),)
    spans: list[Span] = []
    previous_is_body = False
    for block in article.blocks:
        is_body = block.kind in BODY_BLOCKS
        if is_body and previous_is_body:
            spans[-1] = (spans[-1][0], block.span[1])
        elif is_body:
            spans.append(block.span)
        previous_is_body = is_body
    return tuple(spans)


def fingerprint(articles: Sequence[Article], config: LineageConfig) -> Prints:
    """The fingerprints of all ``articles``, a few at a time: pure, so that any part of them can be done anywhere."""
    return joined(_few(articles[i : i + _FEW], config) for i in range(0, len(articles), _FEW))


def joined(parts: Iterable[Prints]) -> Prints:
    """The fingerprints of several lots of articles, in a row; of lots that come one by one none is kept twice."""
    hashes, at = np.zeros(0, np.uint64), np.zeros(0, np.int32)
    counts, sizes, twins = [np.zeros(1, np.int64)], [np.zeros(0, np.int64)], list[bytes]()
    end = 0
    for part in parts:
        size = len(part.hashes)
        if end + size > len(hashes):
            # Grown where they are: nothing is copied, nor held twice.
            hashes.resize(end + end // 4 + size, refcheck=False)
            at.resize(end + end // 4 + size, refcheck=False)
        hashes[end : end + size], at[end : end + size] = part.hashes, part.at
        end += size
        counts.append(np.diff(part.bounds))
        sizes.append(part.sizes)
        twins += part.twins
    hashes.resize(end, refcheck=False)
    at.resize(end, refcheck=False)
    return Prints(hashes, at, np.cumsum(np.concatenate(counts)), np.concatenate(sizes), tuple(twins))


def _few(articles: Sequence[Article], config: LineageConfig) -> Prints:
    found = bulk_words([article.text for article in articles])
    ids, quoted, bounds = found.ids, found.quoted, found.bounds
    if any(article.blocks for article in articles):
        inside = np.concatenate([_sections(a, *found.of(i))[1] for i, a in enumerate(articles)])
        ids, quoted = ids[inside], quoted[inside]
        bounds = np.concatenate(([0], np.cumsum(inside)))[bounds]
    hashes, at = _prints(ids, quoted, bounds, config)
    places = np.searchsorted(at, bounds)
    twins = tuple(blake2b(ids[i:j].tobytes(), digest_size=16).digest() for i, j in pairwise(bounds.tolist()))
    return Prints(
        hashes, (at - np.repeat(bounds[:-1], np.diff(places))).astype(np.int32), places, np.diff(bounds), twins
    )


def _prints(ids: Hashes, quoted: Mask, bounds: Positions, config: LineageConfig) -> tuple[Hashes, Positions]:
    """The fingerprints and their first words: not across articles, and none that lies wholly in quoted speech."""
    hashes = grams(ids, config.gram)
    if not len(hashes):
        return hashes, np.zeros(0, np.int64)
    whose = np.repeat(np.arange(len(bounds) - 1), np.diff(bounds))
    spoken = np.concatenate(([0], np.cumsum(quoted)))
    whole = whose[: len(hashes)] == whose[config.gram - 1 :]
    whole &= spoken[config.gram :] - spoken[: len(hashes)] < config.gram
    # Apart by a window, so that none holds words of two articles: what is kept of one depends on no other.
    place = np.arange(len(hashes)) + config.window * (1 + whose[: len(hashes)])
    apart = np.full(place[-1] + config.window, np.iinfo(np.uint64).max)
    apart[place[whole]] = hashes[whole]
    chosen = np.zeros(len(apart), np.bool_)
    chosen[winnow(apart, config.window)] = True
    at = np.flatnonzero(chosen[place] & whole)
    return hashes[at], at


def _sections(article: Article, starts: Positions, ends: Positions) -> tuple[Positions, Mask]:
    """For each word of ``article`` the stretch of body text that it stands in, and whether it stands in one."""
    spans = body_spans(article)
    if not spans:
        return np.zeros(len(starts), np.int64), np.zeros(len(starts), np.bool_)
    begins = np.array([begin for begin, _ in spans], np.int64)
    limits = np.array([end for _, end in spans], np.int64)
    sections = np.searchsorted(begins, starts, side="right") - 1
    inside = sections >= 0
    inside[inside] = ends[inside] <= limits[sections[inside]]
    return sections, inside


class Shelf(Sequence[Sheet]):
    """The sheets of some articles, made when asked for; the last few thousand are remembered. An archive has more
    words than fit into memory, and few of its articles share any."""

    def __init__(self, articles: Sequence[Article], prints: Prints | None = None) -> None:
        self._articles, self._prints = articles, prints
        self._made: dict[int, Sheet] = {}

    def __len__(self) -> int:
        return len(self._articles)

    def __getitem__(self, number: int) -> Sheet:  # type: ignore[override]
        found = self._made.get(number)
        if found is None:
            if len(self._made) >= _REMEMBERED:
                self._made.clear()
            found = self._made[number] = self._sheet(number)
        return found

    def load(self, numbers: Sequence[int]) -> None:
        """Make many sheets at once, which costs a third; no more than can be remembered."""
        wanted = numbers[:_REMEMBERED]
        self._made.clear()
        for i in range(0, len(wanted), _FEW):
            few = wanted[i : i + _FEW]
            found = bulk_words([self._articles[number].text for number in few])
            for place, number in enumerate(few):
                self._made[number] = self._of_words(number, found.words(place))

    def _sheet(self, number: int) -> Sheet:
        return self._of_words(number, bulk_words([self._articles[number].text]).words(0))

    def _of_words(self, number: int, found: tuple[Hashes, Positions, Positions, Mask]) -> Sheet:
        article = self._articles[number]
        ids, starts, ends, quoted = found
        sections, inside = _sections(article, starts, ends)
        ids = ids[inside]
        prints, at = self._prints.of(number) if self._prints else (np.zeros(0, np.uint64), np.zeros(0, np.int32))
        twin = self._prints.twins[number] if self._prints else blake2b(ids.tobytes(), digest_size=16).digest()
        starts, ends = starts[inside], ends[inside]
        return Sheet(article.text, ids, starts, ends, quoted[inside], sections[inside], prints, at, twin)
