"""What an article is recognised by: its words with how much each of them says."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from variorum.model import BODY_BLOCKS, Article, BlockKind
from variorum.text.background import background
from variorum.text.shingle import Hashes, Mask, Positions, Words, words
from variorum.text.stamps import interval

Weights = npt.NDArray[np.float64]

#: Blocks that tell of the event; the rest is about the page, its author or other events.
_TELLING: frozenset[BlockKind] = BODY_BLOCKS | {"title", "caption"}
_LEAD = 60  # words of a headline and the paragraphs below it that tell which event it is …
_FIRST = 1.5  # … and how often each of them counts; later ones are also about what went before and elsewhere
_NAME = 1.5  # how much more a name says than another word that is as rare
_STEEP = 1.5  # rarity counts more than in proportion: a power of the inverse document frequency
_KNOWN = 0.015  # a name in more of the background's texts than this share is everybody's: a great power, a capital
_LOCAL = 5.0  # one article of a large collection tells as much about a word as five of the background
_SMALL = (
    250.0  # articles from which a collection begins to show what is common: a handful repeats its own event's names
)
_FLOOD = 0.5  # a thousand reports of one event leave its words at least so much of their weight
_PRIOR = 50.0  # articles' worth of the background that a collection's own frequencies are mixed with
_PATIENCE = 3.0  # days between two reports that say nothing against one story
_FADE = 60.0  # days after which nearly half of the likeness is gone
_LEAST_FADE = 0.5
REACH = 90.0  # days beyond which reports are not held against each other: others between them may join them


@dataclass(frozen=True, slots=True)
class Profile:
    """The distinct words of one article (``terms``, sorted), how prominent each is in it, which of them are parts of
    rare ``names`` (sorted) and how each of those is ``spelt`` where it first stands, which terms stand in its ``lead``,
    which begin with a digit (``numeric``), and when it was published (seconds since 1970; None if unknown)."""

    terms: Hashes
    prominence: Weights
    names: Hashes
    spelt: tuple[str, ...]
    lead: Mask
    numeric: Mask
    time: float | None


def profile(article: Article, found: Words | None = None) -> Profile:
    """The profile of ``article``; pure. A title that is not part of the text counts as if it stood above it. ``found``
    are the words of its text, if they are known."""
    told = _telling_words(article, words(article.text) if found is None else found)
    terms, first, place, counts = np.unique(told.ids, return_index=True, return_inverse=True, return_counts=True)
    weights = np.where(np.arange(len(told.ids)) < _LEAD, _FIRST, 1.0)
    named = np.bincount(place, weights=told.named, minlength=len(terms)) * 2 > counts
    prominence = (1 + np.log(np.bincount(place, weights, len(terms)))) * np.where(named, _NAME, 1.0)
    when = interval(article.published)
    rare = named & _are_rare(terms)
    spelt = tuple(told.spelt(i) for i in first[rare].tolist())
    lead = np.bincount(place[:_LEAD], minlength=len(terms)) > 0
    numeric = told.numeric()[first]
    return Profile(terms, prominence, terms[rare], spelt, lead, numeric, sum(when) / 2 if when else None)


def _are_rare(terms: Hashes) -> Mask:
    table = background()
    return np.asarray(table.texts_with(terms) <= _KNOWN * table.total)


@dataclass(frozen=True, slots=True)
class _Told:
    """The words of an article that tell of the event, the headline's first, and the text that each stands in."""

    ids: Hashes
    named: Mask
    starts: Positions
    ends: Positions
    text: str
    title: str = ""
    headed: int = 0

    def numeric(self) -> Mask:
        """Which words begin with a digit."""
        headed = _digits(self.title)[self.starts[: self.headed]]
        return np.concatenate((headed, _digits(self.text)[self.starts[self.headed :]]))

    def spelt(self, index: int) -> str:
        """A word as it is written."""
        text = self.title if index < self.headed else self.text
        return text[self.starts[index] : self.ends[index]]


def _digits(text: str) -> Mask:
    """Which characters are 0 to 9."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    return np.asarray((codes >= ord("0")) & (codes <= ord("9")))


def _telling_words(article: Article, found: Words) -> _Told:
    inside = np.ones(len(found), np.bool_)
    if article.blocks:
        inside[:] = False
        for block in article.blocks:
            if block.kind in _TELLING:
                inside[slice(*np.searchsorted(found.starts, block.span).tolist())] = True
    ids, named, starts, ends = found.ids[inside], found.named[inside], found.starts[inside], found.ends[inside]
    if not article.title or article.title in article.text:
        return _Told(ids, named, starts, ends, article.text)
    title = words(article.title)
    return _Told(
        np.concatenate((title.ids, ids)),
        np.concatenate((title.named, named)),
        np.concatenate((title.starts, starts)),
        np.concatenate((title.ends, ends)),
        article.text,
        article.title,
        len(title),
    )


def rarities(terms: Hashes, here: Weights, articles: int) -> tuple[Weights, Weights]:
    """How much the presence of each term says, and how much it tells one article of this collection from the others.

    The first is its inverse document frequency in the background and in the collection at hand, where it stands in
    ``here`` of so many ``articles``. The fewer articles, the less their own frequencies count: a name in all of a dozen
    reports is what binds them. By the second, what all of them have says nothing."""
    table = background()
    known = table.texts_with(terms)
    least = np.minimum(known, table.total)
    local = _LOCAL * articles / (articles + _SMALL)
    both = np.log((table.total + local * articles) / (known + local * here))
    rare = np.maximum(both, _FLOOD * np.log(table.total / least)) ** _STEEP
    return np.asarray(rare), np.asarray(np.log((articles + _PRIOR) / (here + _PRIOR * (least / table.total))))


def weigh(prominence: Weights, rare: Weights, keep: int) -> tuple[npt.NDArray[np.int64], Weights]:
    """Which terms of an article are kept (positions, ascending) and their weights, as a vector of length one."""
    weights = prominence * rare
    kept = np.arange(len(weights))
    if len(weights) > keep:
        # Stable, so that among equals every article keeps the same terms.
        kept = np.sort(np.argsort(-weights, kind="stable")[:keep])
    weights = weights[kept]
    length = float(np.sqrt((weights**2).sum()))
    return kept, weights / length if length else weights


def nearness(one: Weights, other: Weights) -> Weights:
    """A factor on the likeness of reports so far apart in time (seconds): in [0.5, 1], 1 without times (NaN), 0 beyond
    `REACH`."""
    days = np.abs(one - other) / 86400
    faded = np.maximum(_LEAST_FADE, 1 - np.maximum(0.0, days - _PATIENCE) / _FADE)
    return np.nan_to_num(np.where(days > REACH, 0.0, faded), nan=1.0)
