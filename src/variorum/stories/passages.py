"""Articles that tell several events – round-ups, live blogs, digests – and the passages in which they tell each.

An ordinary article keeps to its people, places and things from its beginning to its end; a round-up has as many casts
as it has events, and they do not meet. So paragraphs that share a word which is rare in news are bound together. An
article of which one cast fills most is ordinary; whether the others really tell several events is for the stories of
the collection to say.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

import numpy as np

from variorum.model import BODY_BLOCKS, Article, Span
from variorum.stories.profile import Profile, profile
from variorum.text.background import background
from variorum.text.shingle import Words, words

_SHORT: Final = 20  # words of a paragraph below which it is a heading, a time, an aside: part of what follows
_TELLS: Final = 25  # words that it takes to tell an event
_MOST: Final = 0.7  # of the words: an article of which one cast has more is ordinary
_RARE: Final = 0.02  # a word in no more of the background's texts than this share binds the paragraphs it stands in
_LONGEST: Final = 400  # paragraphs of an article that are looked at, the first
_PARAGRAPH: Final = re.compile(r"[^\n]*\S[^\n]*")


@dataclass(frozen=True, slots=True)
class Telling:
    """What one cast of an article has: where it stands, how many words, their share of all, and their profile if they
    are enough to tell an event."""

    spans: tuple[Span, ...]
    words: int
    share: float
    profile: Profile | None


def tellings(article: Article, found: Words | None = None) -> tuple[Telling, ...]:
    """The tellings of an article that may be a round-up, in order of their beginnings; none of an ordinary one.
    Together they hold all of its body that is looked at. ``found`` are the words of its text, if they are known."""
    paragraphs = list(islice(_paragraphs(article), _LONGEST))
    if len(paragraphs) < 2:
        return ()
    found = words(article.text) if found is None else found
    passages = _passages(found, paragraphs)
    casts = _casts(found, passages)
    sizes = [sum(last - first for first, last in cast) for cast in casts]
    total = sum(sizes)
    if sum(size >= _TELLS for size in sizes) < 2 or max(sizes) > _MOST * total:
        return ()
    return tuple(_telling(article, found, cast, size, size / total) for cast, size in zip(casts, sizes, strict=True))


def _telling(article: Article, found: Words, cast: Sequence[Span], count: int, share: float) -> Telling:
    """That of the words of a cast, given by the first and the one after the last of each passage."""
    spans = tuple((int(found.starts[a]), int(found.ends[b - 1])) for a, b in cast)
    if count < _TELLS:
        return Telling(spans, count, share, None)
    parts = (np.concatenate([column[a:b] for a, b in cast]) for column in found.columns())
    return Telling(spans, count, share, profile(replace(article, title=None, blocks=()), Words(*parts)))


def _paragraphs(article: Article) -> Iterator[Span]:
    stretches: Sequence[Span] = [block.span for block in article.blocks if block.kind in BODY_BLOCKS]
    for begin, end in stretches or [(0, len(article.text))]:
        for match in _PARAGRAPH.finditer(article.text, begin, end):
            yield match.span()


def _passages(found: Words, paragraphs: Sequence[Span]) -> list[Span]:
    """The first and last words of paragraphs, short ones with that which follows."""
    passages: list[Span] = []
    begin: int | None = None
    for first, last in np.searchsorted(found.starts, np.array(paragraphs)).tolist():
        begin = first if begin is None else begin
        if last - begin >= _SHORT:
            passages.append((begin, last))
            begin = None
    if begin is not None and passages:
        passages[-1] = (passages[-1][0], last)
    return passages


def _casts(found: Words, passages: Sequence[Span]) -> list[list[Span]]:
    """Passages bound by rare words, each group in order; one that has none goes on with the one before."""
    rare = background().texts_with(found.ids) <= _RARE * background().total
    group = list(range(len(passages)))

    def root(n: int) -> int:
        while group[n] != n:
            group[n] = group[group[n]]
            n = group[n]
        return n

    met: dict[int, int] = {}  # where each word stood first
    for n, (first, last) in enumerate(passages):
        mine = dict.fromkeys(found.ids[first:last][rare[first:last]].tolist())
        for m in {root(met.setdefault(term, n)) for term in mine} if mine else {root(max(0, n - 1))}:
            group[root(n)] = root(m)
    casts: defaultdict[int, list[Span]] = defaultdict(list)
    for n, passage in enumerate(passages):
        casts[root(n)].append(passage)
    return sorted(casts.values())
