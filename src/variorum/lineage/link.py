"""Phase 4, per pair: both directions in which the text may have gone, each with its weight and its reasons."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, islice, pairwise

import numpy as np

from variorum.lineage.align import Match
from variorum.lineage.config import LineageConfig
from variorum.lineage.evidence import Signal, credit_signals, novelty_signal, text_signal, time_signal
from variorum.lineage.fingerprint import Sheet
from variorum.model import Article
from variorum.text.align import Stretch
from variorum.text.shingle import Mask
from variorum.text.stamps import interval

_BASE = 30.0  # any text shared outside chrome asks for a link; only which one is open
_BRUSH = 5  # words by which passages from two sources may overlap


@dataclass(frozen=True, slots=True)
class Edge:
    """Article number ``child`` may have taken its text from ``parent``: ``shared`` stretches (``a`` in the parent),
    shares of both bodies, ``odds`` that it went this way rather than back, ``weight`` for choosing among parents,
    and the ``signals`` behind them."""

    parent: int
    child: int
    shared: tuple[Stretch, ...]
    share_of_parent: float
    share_of_child: float
    odds: float
    weight: float
    telling: int
    signals: tuple[Signal, ...]


def link(
    articles: Sequence[Article],
    counted: Sequence[Mask],
    matches: Sequence[Match],
    own: Sequence[str | None],
    config: LineageConfig,
) -> list[Edge]:
    """Two edges for each match, with weights that fit together: see `_View.weight`."""
    view = _View(articles, counted, matches, own, config)
    edges = []
    for match in matches:
        back = tuple(Stretch(s.b, s.a, s.matched) for s in match.shared)
        edges.append(view.edge(match.a, match.b, match.shared, match.telling))
        edges.append(view.edge(match.b, match.a, back, match.telling))
    return edges


class _View:
    """All matches at once: what each article shares with whom."""

    def __init__(
        self,
        articles: Sequence[Article],
        counted: Sequence[Mask],
        matches: Sequence[Match],
        own: Sequence[str | None],
        config: LineageConfig,
    ) -> None:
        self._articles, self._counted, self._own = articles, counted, own
        self._covers: dict[int, dict[int, Mask]] = defaultdict(dict)
        for match in matches:
            self._covers[match.a][match.b] = _cover([s.a for s in match.shared], counted[match.a])
            self._covers[match.b][match.a] = _cover([s.b for s in match.shared], counted[match.b])
        self._explained = {i: np.logical_or.reduce(list(masks.values())) for i, masks in self._covers.items()}
        self._times = {i: interval(articles[i].published) for i in self._covers}
        self._mixed = _mixtures(self._covers, config)

    def edge(self, parent: int, child: int, shared: tuple[Stretch, ...], telling: int) -> Edge:
        """The edge for one direction of a match."""
        here, there = self._covers[child][parent], self._covers[parent][child]
        own_of_parent = int((self._counted[parent] & ~there).sum())
        own_of_child = int((self._counted[child] & ~here).sum())
        agencies = self._own[parent], self._own[child]
        signals = _signals(self._articles[parent], self._articles[child], own_of_parent, own_of_child, agencies)
        if self._family(parent, child):
            signals.append(novelty_signal(self._novel(parent), self._novel(child)))
        if (child, parent) in self._mixed:
            signals.append(Signal(2.0, "takes other passages from another article"))
        if (parent, child) in self._mixed:
            signals.append(Signal(-2.0, "the parent takes passages from another article"))
        odds = sum(s.weight for s in signals)
        weight = self._weight(parent, child, odds, own_of_parent + own_of_child)
        shares = _share(there, self._counted[parent]), _share(here, self._counted[child])
        return Edge(parent, child, shared, *shares, odds, weight, telling, tuple(signals))

    def _family(self, one: int, other: int) -> bool:
        """Whether a third article shares text with both."""
        return len(self._covers[one].keys() & self._covers[other].keys()) > 0

    def _novel(self, number: int) -> int:
        return int((self._counted[number] & ~self._explained[number]).sum())

    def _weight(self, parent: int, child: int, odds: float, different: int) -> float:
        """How good a parent this is beside others: it should explain all that the child shares with anybody, differ
        little, and leave no older candidate unused. Constants were set on development families."""
        missing = int((self._explained[child] & ~self._covers[child][parent]).sum())
        fit = 1.5 * math.log1p(missing / 4) + 0.5 * math.log1p(different / 10)
        return _BASE + odds - fit - 0.4 * self._older(parent, child)

    def _older(self, parent: int, child: int) -> int:
        """How many other candidates are surely older than ``parent``; three are as many as matter."""
        mine = self._times[parent]
        if mine is None:
            return 0
        others = (self._times[other] for other in self._covers[child] if other != parent)
        return len(list(islice((t for t in others if t and t[1] <= mine[0]), 3)))


def identical(
    articles: Sequence[Article], sheets: Sequence[Sheet], own: Sequence[str | None], parent: int, child: int
) -> Edge:
    """The edge between two articles of the same words."""
    one, other = sheets[parent], sheets[child]
    signals = tuple(_signals(articles[parent], articles[child], 0, 0, (own[parent], own[child])))
    odds = sum(s.weight for s in signals)
    cuts = np.flatnonzero((np.diff(one.sections) != 0) | (np.diff(other.sections) != 0)) + 1
    shared = tuple(Stretch(span, span, span[1] - span[0]) for span in pairwise([0, *cuts.tolist(), len(one)]))
    return Edge(parent, child, shared, 1.0, 1.0, odds, _BASE, len(one), signals)


def _signals(
    parent: Article, child: Article, parent_own: int, child_own: int, agencies: tuple[str | None, str | None]
) -> list[Signal]:
    """Every signal for this direction; what speaks for the other direction counts against it. ``agencies`` are those
    whose own dispatches parent and child are."""
    signals = [text_signal(parent_own, child_own), *credit_signals(parent, child, agencies[0])]
    back = credit_signals(child, parent, agencies[1])
    signals += [Signal(-s.weight, f"against it: the parent {s.words}") for s in back]
    time = time_signal(parent, child)
    return signals + ([time] if time else [])


def _cover(spans: Sequence[tuple[int, int]], counted: Mask) -> Mask:
    mask = np.zeros(len(counted), np.bool_)
    for begin, end in spans:
        mask[begin:end] = True
    return mask & counted


def _share(part: Mask, whole: Mask) -> float:
    return float(part.sum() / whole.sum()) if whole.any() else 0.0


def _mixtures(covers: dict[int, dict[int, Mask]], config: LineageConfig) -> set[tuple[int, int]]:
    """(child, parent) where the child shares different passages with two articles that share nothing themselves:
    who holds both took both."""
    mixed = set()
    for child, masks in covers.items():
        # Bounded for large families; their members share with one another, so they are no mixtures.
        for one, other in combinations(islice(masks, 2 * config.parents), 2):
            if other in covers[one] or (masks[one] & masks[other]).sum() > _BRUSH:
                continue
            if min(masks[one].sum(), masks[other].sum()) >= config.least_words:
                mixed |= {(child, one), (child, other)}
    return mixed
