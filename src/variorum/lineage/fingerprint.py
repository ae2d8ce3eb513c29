"""Phase 1, per article: the words of its body and the fingerprints they are found by."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from variorum.lineage.config import LineageConfig
from variorum.model import BODY_BLOCKS, Article, Span
from variorum.text.shingle import Hashes, Mask, Positions, grams, winnow, words

_OPENING = frozenset("(['\u201c\u2018\u201e\u00ab\"")
_CLOSING = re.compile("[.,;:!?%)\\]\u2026'\"\u201d\u2019\u00bb]{0,4}")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The body of one article (``text`` is all of it) as words, without its chrome blocks.

    ``sections`` numbers the stretch of text each word stands in: it changes where a block was left out. ``prints``
    are the fingerprints at word positions ``at``; those that lie wholly in quoted speech are not among them, for
    two reporters may have heard the same speech. ``twin`` is equal for articles with the same words.
    """

    text: str
    ids: Hashes
    starts: Positions
    ends: Positions
    quoted: Mask
    sections: Positions
    prints: Hashes
    at: Positions
    twin: bytes

    def __len__(self) -> int:
        return len(self.ids)

    def span(self, begin: int, end: int) -> Span:
        """Where the words ``[begin, end)`` stand in the article's text, with the marks that open and close them."""
        first, last = int(self.starts[begin]), int(self.ends[end - 1])
        while first > 0 and self.text[first - 1] in _OPENING:
            first -= 1
        closing = _CLOSING.match(self.text, last)
        return first, closing.end() if closing else last

    def runs(self, part: slice) -> Iterator[Span]:
        """The spans of the words in ``part``, apart where a block was left out."""
        cuts = np.flatnonzero(np.diff(self.sections[part])) + 1 + part.start
        for begin, end in pairwise([part.start, *cuts.tolist(), part.stop]):
            if begin < end:
                yield self.span(begin, end)

    def words_in(self, span: Span) -> slice:
        """The words that begin in ``span``."""
        return slice(*np.searchsorted(self.starts, span).tolist())


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


def fingerprint(article: Article, config: LineageConfig) -> Sheet:
    """The sheet of ``article``; pure, so that it can run anywhere."""
    found = words(article.text)
    spans = body_spans(article)
    begins = np.array([begin for begin, _ in spans], np.int64)
    ends = np.array([end for _, end in spans], np.int64)
    sections = np.searchsorted(begins, found.starts, side="right") - 1
    inside = sections >= 0
    inside[inside] = found.ends[inside] <= ends[sections[inside]]
    ids, quoted, sections = found.ids[inside], found.quoted[inside], sections[inside]
    prints, at = _prints(ids, quoted, config)
    twin = blake2b(ids.tobytes(), digest_size=16).digest()
    return Sheet(article.text, ids, found.starts[inside], found.ends[inside], quoted, sections, prints, at, twin)


def _prints(ids: Hashes, quoted: Mask, config: LineageConfig) -> tuple[Hashes, Positions]:
    """Each fingerprint once, at its first place."""
    hashes = grams(ids, config.gram)
    at = winnow(hashes, config.window)
    at = at[~_all_within(quoted, at, config.gram)]
    prints, first = np.unique(hashes[at], return_index=True)
    return prints, at[first]


def _all_within(mask: Mask, at: Positions, size: int) -> npt.NDArray[np.bool_]:
    """Whether ``mask`` holds for all ``size`` words from each position on."""
    counts = np.concatenate(([0], np.cumsum(mask)))
    return np.asarray(counts[at + size] - counts[at] == size) if len(at) else np.zeros(0, np.bool_)
