"""Phase 4, per pair: both directions in which the text may have gone, each with its weight and its reasons."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from variorum.lineage.align import Match
from variorum.lineage.config import LineageConfig
from variorum.lineage.evidence import Signal, credit_signals, text_signal, time_signal
from variorum.lineage.fingerprint import Sheet
from variorum.model import Article
from variorum.text.align import Stretch
from variorum.text.shingle import Mask

_BASE = 10.0  # any text shared outside chrome asks for a link; only which one is open


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
    sheets: Sequence[Sheet],
    counted: Sequence[Mask],
    matches: Sequence[Match],
    config: LineageConfig,
) -> list[Edge]:
    """Two edges for each match. What a child shares with others but not with this parent lowers the weight: its
    parent should explain it."""
    covers: dict[int, list[tuple[int, Mask]]] = defaultdict(list)
    for match in matches:
        covers[match.a].append((match.b, _cover([s.a for s in match.shared], counted[match.a])))
        covers[match.b].append((match.a, _cover([s.b for s in match.shared], counted[match.b])))
    explained = {i: _together([mask for _, mask in covers[i]]) for i in covers}
    by_pair = {(i, j): mask for i, masks in covers.items() for j, mask in masks}
    mixed = _mixtures(covers, {frozenset((m.a, m.b)) for m in matches}, config)
    edges = []
    for match in matches:
        back = tuple(Stretch(s.b, s.a, s.matched) for s in match.shared)
        for parent, child, shared in ((match.a, match.b, match.shared), (match.b, match.a, back)):
            here, there = by_pair[child, parent], by_pair[parent, child]
            child_own, parent_own = (int((counted[i] & ~m).sum()) for i, m in ((child, here), (parent, there)))
            signals = _signals(articles[parent], articles[child], parent_own, child_own)
            if (child, parent) in mixed:
                signals.append(Signal(2.0, "takes other passages from another article"))
            if (parent, child) in mixed:
                signals.append(Signal(-2.0, "the parent takes passages from another article"))
            odds = sum(s.weight for s in signals)
            missing = int((explained[child] & ~here).sum())
            of_parent = _share(int(there.sum()), int(counted[parent].sum()))
            of_child = _share(int(here.sum()), int(counted[child].sum()))
            weight = _BASE + odds / 2 + 3 * of_child - 1.5 * math.log1p(missing / 4)
            edges.append(Edge(parent, child, shared, of_parent, of_child, odds, weight, match.telling, tuple(signals)))
    return edges


def identical(articles: Sequence[Article], parent: int, child: int, words: int) -> Edge:
    """The edge between two articles of the same ``words`` words."""
    signals = tuple(_signals(articles[parent], articles[child], 0, 0))
    odds = sum(s.weight for s in signals)
    return Edge(parent, child, (Stretch((0, words), (0, words), words),), 1.0, 1.0, odds, _BASE, words, signals)


def _signals(parent: Article, child: Article, parent_own: int, child_own: int) -> list[Signal]:
    """Every signal for this direction; what speaks for the other direction counts against it."""
    signals = [text_signal(parent_own, child_own), *credit_signals(parent, child)]
    signals += [Signal(-s.weight, f"against it: the parent {s.words}") for s in credit_signals(child, parent)]
    time = time_signal(parent, child)
    return signals + ([time] if time else [])


def _cover(spans: Sequence[tuple[int, int]], counted: Mask) -> Mask:
    mask = np.zeros(len(counted), np.bool_)
    for begin, end in spans:
        mask[begin:end] = True
    return mask & counted


def _together(masks: Sequence[Mask]) -> Mask:
    return np.asarray(np.logical_or.reduce(masks))


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _mixtures(
    covers: dict[int, list[tuple[int, Mask]]], linked: set[frozenset[int]], config: LineageConfig
) -> set[tuple[int, int]]:
    """(child, parent) where the child shares different passages with two articles that share nothing themselves:
    who holds both took both."""
    mixed = set()
    for child, masks in covers.items():
        for number, (one, mask) in enumerate(masks[: 2 * config.parents]):
            for other, further in masks[number + 1 : 2 * config.parents]:
                if frozenset((one, other)) in linked or (mask & further).sum() > 5:
                    continue
                if min(mask.sum(), further.sum()) >= config.least_words:
                    mixed |= {(child, one), (child, other)}
    return mixed
