"""Phase 2, over the collection: which pairs share fingerprints, and which fingerprints are nobody's in particular.

An inverted index as one sorted table. A fingerprint of few articles pairs them all; one of many ("hot") pairs each
with the first article that has it and with its neighbours in the table, which joins all of them in a number of pairs
linear in their number: nobody is left out, and alignment decides. Articles with the same words count as one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from variorum.lineage.config import LineageConfig
from variorum.lineage.fingerprint import Sheet
from variorum.text.shingle import Hashes, Mask

Indices = npt.NDArray[np.int64]
_NEIGHBOURS = 2  # in a hot bucket each article also meets so many that follow it
_RELATED = 0.4  # share of the longer one's fingerprints from which two articles are of one group


@dataclass(frozen=True, slots=True)
class Candidates:
    """``pairs`` of article numbers (n x 2, first < second) with how many fingerprints they share outside quotations
    and ``chrome``, the sorted fingerprints that unrelated articles repeat. ``leader`` gives for each article the
    number of the first one with the same words, which stands for it in ``pairs``."""

    pairs: Indices
    shared: Indices
    chrome: Hashes
    leader: Indices


def candidates(sheets: Sequence[Sheet], config: LineageConfig) -> Candidates:
    """All pairs worth aligning. The first of several articles speaks for its twins and is what others are compared
    with in a hot bucket."""
    leader = _leaders(sheets)
    own = np.flatnonzero(leader == np.arange(len(sheets)))
    hashes = np.concatenate([sheets[i].prints for i in own.tolist()]) if len(own) else np.zeros(0, np.uint64)
    holders = np.repeat(own, [len(sheets[i].prints) for i in own.tolist()])
    order = np.argsort(hashes, kind="stable")
    hashes, holders = hashes[order], holders[order]
    chrome = np.zeros(len(hashes), np.bool_)
    for _ in range(2):
        # Twice: a chrome passage that makes up most of two short articles hides behind their likeness at first.
        pairs, shared = _pairs(hashes[~chrome], holders[~chrome], config.bucket)
        sizes = np.bincount(holders[~chrome], minlength=len(sheets))
        close = shared >= np.maximum(config.least_prints, _RELATED * np.maximum(*sizes[pairs.T]))
        chrome |= _chrome(hashes, holders, _groups(len(sheets), pairs[close]), config.strangers)
    pairs, shared = _pairs(hashes[~chrome], holders[~chrome], config.bucket)
    enough = shared >= config.least_prints
    pairs, shared = pairs[enough], shared[enough]
    best = _best(pairs, shared, len(sheets), 2 * config.parents)
    return Candidates(pairs[best], shared[best], np.unique(hashes[chrome]), leader)


def _best(pairs: Indices, shared: Indices, count: int, most: int) -> Mask:
    """Pairs that are among the ``most`` strongest of either of the two; the rest of a crowd hangs together by those."""
    kept = np.zeros(len(pairs), np.bool_)
    for side in (0, 1):
        order = np.lexsort((pairs[:, 1 - side], -shared, pairs[:, side]))
        begins = np.searchsorted(pairs[order, side], np.arange(count))
        kept[order[np.arange(len(order)) - begins[pairs[order, side]] < most]] = True
    return kept


def _leaders(sheets: Sequence[Sheet]) -> Indices:
    first: dict[bytes, int] = {}
    leader = np.arange(len(sheets))
    for i, sheet in enumerate(sheets):
        if len(sheet):
            leader[i] = first.setdefault(sheet.twin, i)
    return leader


def _pairs(hashes: Hashes, holders: Indices, bucket: int) -> tuple[Indices, Indices]:
    """Distinct pairs of holders of equal hashes, and how many hashes each shares; rows sorted by hash."""
    count = int(holders.max(initial=0)) + 1
    begins, sizes = _buckets(hashes)
    size = np.repeat(sizes, sizes)
    place = np.arange(len(hashes)) - np.repeat(begins, sizes)
    keys = []
    for step in range(1, min(bucket, int(sizes.max(initial=1)) - 1) + 1):
        left = np.flatnonzero((place + step < size) & ((size <= bucket) | (step <= _NEIGHBOURS)))
        keys.append(_key(holders[left], holders[left + step], count))
    far = np.flatnonzero((size > bucket) & (place > _NEIGHBOURS))
    keys.append(_key(holders[far - place[far]], holders[far], count))
    distinct, shared = np.unique(np.concatenate(keys), return_counts=True)
    return np.stack((distinct // count, distinct % count), axis=1), shared


def _buckets(hashes: Hashes) -> tuple[Indices, Indices]:
    """Where each run of equal hashes begins, and its length."""
    if not len(hashes):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    begins = np.flatnonzero(np.append(True, hashes[1:] != hashes[:-1]))
    return begins, np.diff(np.append(begins, len(hashes)))


def _key(one: Indices, other: Indices, count: int) -> Indices:
    return np.asarray(np.minimum(one, other) * count + np.maximum(one, other))


def _groups(count: int, pairs: Indices) -> Indices:
    """A number for each article, equal within a connected group."""
    import networkx as nx

    graph: nx.Graph[int] = nx.Graph()
    graph.add_edges_from(pairs.tolist())
    group = np.arange(count)
    for members in nx.connected_components(graph):
        group[list(members)] = min(members)
    return group


def _chrome(hashes: Hashes, holders: Indices, group: Indices, strangers: int) -> Mask:
    """Which rows hold a fingerprint that stands in articles of ``strangers`` groups or more."""
    begins, sizes = _buckets(hashes)
    number = np.repeat(np.arange(len(begins)), sizes)
    keys = np.unique(number * np.int64(len(group)) + group[holders])
    different = np.bincount(keys // max(1, len(group)), minlength=len(begins))
    return np.asarray((different >= strangers)[number])
