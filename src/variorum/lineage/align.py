"""Phase 6, per link: the passages that two articles share, word for word."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from variorum.lineage.fingerprint import Sheet
from variorum.text import align as stretches
from variorum.text.shingle import Mask


@dataclass(frozen=True, slots=True)
class Match:
    """The stretches of words that a parent (``a``) and a child (``b``) share, in the child's order, and which part of
    either body that is."""

    shared: tuple[stretches.Stretch, ...]
    share_of_parent: float
    share_of_child: float


def align(parent: Sheet, child: Sheet, parent_counts: Mask, child_counts: Mask) -> Match:
    """``…_counts`` are the words that count: those outside chrome."""
    if parent.twin == child.twin:
        found = _twins(parent, child)
    else:
        found = stretches.align(parent.ids, child.ids, (parent.sections, child.sections))
        found = tuple(s for s in found if child_counts[slice(*s.b)].mean() > 0.3)
    found = tuple(sorted(found, key=lambda s: s.b))
    return Match(found, _share([s.a for s in found], parent_counts), _share([s.b for s in found], child_counts))


def _twins(parent: Sheet, child: Sheet) -> tuple[stretches.Stretch, ...]:
    """Two articles of the same words."""
    cuts = np.flatnonzero((np.diff(parent.sections) != 0) | (np.diff(child.sections) != 0)) + 1
    ends = pairwise([0, *cuts.tolist(), len(parent)])
    return tuple(stretches.Stretch(span, span, span[1] - span[0]) for span in ends if span[0] < span[1])


def _share(spans: list[tuple[int, int]], counts: Mask) -> float:
    mask = np.zeros(len(counts), np.bool_)
    for begin, end in spans:
        mask[begin:end] = True
    total = int(counts.sum())
    return float((mask & counts).sum() / total) if total else 0.0
