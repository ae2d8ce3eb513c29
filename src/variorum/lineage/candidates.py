"""Phase 2, over the collection: which pairs share fingerprints, and which fingerprints are nobody's in particular.

An inverted index as one sorted table. A fingerprint of few articles pairs them all; one of many ("hot") pairs each
with the first article that has it and with its neighbours in the table, which joins all of them in a number of pairs
linear in their number: nobody is left out, and alignment decides. Articles with the same words count as one.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from variorum.lineage.config import LineageConfig
from variorum.lineage.fingerprint import Prints
from variorum.text.components import components
from variorum.text.shingle import Hashes, Mask, among

Indices = npt.NDArray[np.int64]
Holders = npt.NDArray[np.int32]
NEIGHBOURS = 2  # in a hot bucket each article also meets so many that follow it
_RELATED = 0.25  # share of the longer one's fingerprints from which two articles are of one group
_ROWS = 1 << 18  # fingerprints looked at together
_RANGES, _SAMPLE = 6, 1 << 12  # of fingerprints, sorted one after the other; fingerprints that tell their ends
_HELD, _LONG = 0.5, 25  # or of the shorter one's, if they are more than any chrome has


@dataclass(frozen=True, slots=True)
class Candidates:
    """``pairs`` of article numbers (n x 2, first < second) with how many fingerprints they share outside quotations
    and ``chrome``, the sorted fingerprints that unrelated articles repeat. ``leader`` gives for each article the
    number of the first one with the same words, which stands for it in ``pairs``."""

    pairs: Indices
    shared: Indices
    chrome: Hashes
    leader: Indices


def candidates(prints: Prints, config: LineageConfig, known: Hashes | None = None) -> Candidates:
    """All pairs worth aligning. The first of several articles speaks for its twins and is what others are compared
    with in a hot bucket. ``known`` is chrome of before, sorted."""
    count = len(prints)
    leader = _leaders(prints)
    own = leader == np.arange(count)
    sizes = np.diff(prints.bounds)
    hashes, holders = _repeated(prints, own)
    chrome = np.zeros(len(hashes), np.bool_) if known is None else among(hashes, known)
    for _ in range(2):
        # Twice: a chrome passage that makes up most of two short articles hides behind their likeness at first.
        pairs, shared = _open_pairs(hashes, holders, chrome, config)
        open_ = sizes - np.bincount(holders[chrome], minlength=count)
        one, other = open_[pairs.T]
        close = is_close(shared, one, other, config, np.maximum, np.minimum)
        found = _chrome(hashes, holders, components(count, pairs[close]), config.strangers)
        if not (found & ~chrome).any():
            break
        chrome |= found
    else:
        pairs, shared = _open_pairs(hashes, holders, chrome, config)
    enough = shared >= config.least_prints
    pairs, shared = pairs[enough], shared[enough]
    best = _best(pairs, shared, count, 2 * config.parents)
    return Candidates(
        pairs[best],
        shared[best],
        np.union1d(hashes[chrome], np.zeros(0, np.uint64) if known is None else known),
        leader,
    )


def is_close(shared: Any, one: Any, other: Any, config: LineageConfig, most: Any, least: Any) -> Any:
    """Whether two articles with so many fingerprints each are of one group, in whatever arithmetic: ``most`` and
    ``least`` pick the greater and the smaller."""
    more, fewer = most(one, other), least(one, other)
    alike = (shared >= config.least_prints) & (shared >= _RELATED * more)
    return alike | ((shared >= _LONG) & (shared >= _HELD * fewer))


def _repeated(prints: Prints, own: Mask) -> tuple[Hashes, Holders]:
    """The hashes that two or more articles of their ``own`` words have, and who: rows sorted by hash and holder."""
    crowded, bits = _crowded(prints.hashes)
    mine = np.repeat(own, np.diff(prints.bounds))
    # A range of hashes after the other: what it takes to sort one is in memory. Winnowing keeps low ones, so the
    # ranges are those of a sample.
    sample = np.sort(_slots(prints.hashes[:: 1 + len(mine) // _SAMPLE], bits))
    ends = [0, *(int(sample[len(sample) * i // _RANGES]) for i in range(1, _RANGES) if len(sample)), 1 << bits]
    parts = [_sorted(prints, mine, crowded, bits, ends) for ends in pairwise(ends)]
    return np.concatenate([hashes for hashes, _ in parts]), np.concatenate([holders for _, holders in parts])


def _kept(hashes: Hashes, mine: Mask, crowded: Mask, bits: int, ends: tuple[int, int]) -> Indices:
    """Where in the table hashes with leading ``bits`` in a range stand that may be repeated."""
    found = []
    first, last = ends
    for begin in range(0, len(hashes), _ROWS):
        slots = _slots(hashes[begin : begin + _ROWS], bits)
        inside = mine[begin : begin + _ROWS] & crowded[slots] & (slots >= first) & (slots < last)
        found.append(begin + np.flatnonzero(inside))
    return np.concatenate([np.zeros(0, np.int64), *found])


def _sorted(prints: Prints, mine: Mask, crowded: Mask, bits: int, ends: tuple[int, int]) -> tuple[Hashes, Holders]:
    """Of a range of hashes those that two or more articles have, by hash and holder, each once."""
    kept = _kept(prints.hashes, mine, crowded, bits, ends)
    holders = (np.searchsorted(prints.bounds, kept, side="right") - 1).astype(np.int32)
    hashes = prints.hashes[kept]
    del kept
    if not len(hashes):
        return hashes, holders
    # By hash, then by holder: two quick sorts take a fifth of the time of one that keeps the order of equals.
    order = np.argsort(hashes)
    hashes = hashes[order]
    holders = holders[order]
    del order
    fresh = np.append(True, hashes[1:] != hashes[:-1])
    distinct, count = hashes[fresh], np.int64(len(prints))
    del hashes
    rows = np.cumsum(fresh)
    rows -= 1
    rows *= count
    rows += holders
    del fresh, holders
    rows.sort()
    rows = rows[np.append(True, rows[1:] != rows[:-1])]
    hash_of = rows // count
    rows -= hash_of * count
    _, sizes = _buckets(hash_of)
    many = np.repeat(sizes > 1, sizes)
    return distinct[hash_of[many]], rows[many].astype(np.int32)


def _slots(hashes: Hashes, bits: int) -> npt.NDArray[np.uint32]:
    return np.asarray(hashes >> np.uint64(64 - bits), np.uint32)


def _crowded(hashes: Hashes) -> tuple[Mask, int]:
    """For each value of the leading bits whether two or more of ``hashes`` have it, and how many bits these are. Most
    hashes stand in one article: half a dozen bytes for each tell it, and it is never sorted with the others."""
    bits = min(31, max(12, int(2 * len(hashes)).bit_length()))
    seen, crowded = np.zeros(1 << bits, np.bool_), np.zeros(1 << bits, np.bool_)
    for begin in range(0, len(hashes), _ROWS):
        slots = np.sort(_slots(hashes[begin : begin + _ROWS], bits))  # in order, memory is read in order too
        crowded[slots[1:][slots[1:] == slots[:-1]]] = True
        crowded[slots[seen[slots]]] = True
        seen[slots] = True
    return crowded, bits


def _best(pairs: Indices, shared: Indices, count: int, most: int) -> Mask:
    """Pairs that are among the ``most`` strongest of either of the two; the rest of a crowd hangs together by those."""
    kept = np.zeros(len(pairs), np.bool_)
    for side in (0, 1):
        order = np.lexsort((pairs[:, 1 - side], -shared, pairs[:, side]))
        begins = np.searchsorted(pairs[order, side], np.arange(count))
        kept[order[np.arange(len(order)) - begins[pairs[order, side]] < most]] = True
    return kept


def _leaders(prints: Prints) -> Indices:
    first: dict[bytes, int] = {}
    leader = np.arange(len(prints))
    for i, (twin, size) in enumerate(zip(prints.twins, prints.sizes.tolist(), strict=True)):
        if size:
            leader[i] = first.setdefault(twin, i)
    return leader


def _open_pairs(hashes: Hashes, holders: Holders, chrome: Mask, config: LineageConfig) -> tuple[Indices, Indices]:
    """Distinct pairs of holders of equal hashes that are no chrome, and how many of these each shares; rows sorted by
    hash."""
    count = int(holders.max(initial=0)) + 1
    keys, shared = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    begin = 0
    while begin < len(hashes):
        # To the end of a bucket. Few pairs share but one hash: what is counted part by part is soon less.
        end = int(np.searchsorted(hashes, hashes[min(begin + _ROWS, len(hashes)) - 1], side="right"))
        part = begin + np.flatnonzero(~chrome[begin:end])
        rows = _keys(hashes[part], holders[part], config.bucket, count)
        rows.sort()
        begins, times = _buckets(rows)
        keys.append(rows[begins])
        shared.append(times)
        begin = end
    rows, times = np.concatenate(keys), np.concatenate(shared)
    del keys, shared
    order = np.argsort(rows)
    rows, times = rows[order], times[order]
    begins, _ = _buckets(rows)
    distinct = rows[begins]
    total = np.add.reduceat(times, begins) if len(begins) else times
    return np.stack((distinct // count, distinct % count), axis=1), total


def _keys(hashes: Hashes, holders: Holders, bucket: int, count: int) -> Indices:
    """A key for each pair of holders of an equal hash, as often as they share one."""
    begins, sizes = _buckets(hashes)
    size = np.repeat(sizes.astype(np.int32), sizes)
    place = (np.arange(len(hashes)) - np.repeat(begins, sizes)).astype(np.int32)
    keys = []
    left = np.arange(len(hashes), dtype=np.int32)
    for step in range(1, min(bucket, int(sizes.max(initial=1)) - 1) + 1):
        # Who has no neighbour so far on has none beyond.
        wide = size[left]
        left = left[(place[left] + step < wide) & ((wide <= bucket) | (step <= NEIGHBOURS))]
        keys.append(_key(holders[left], holders[left + step], count))
    far = np.flatnonzero((size > bucket) & (place > NEIGHBOURS))
    keys.append(_key(holders[far - place[far]], holders[far], count))
    return np.concatenate(keys)


def _buckets(hashes: Hashes | Indices) -> tuple[Indices, Indices]:
    """Where each run of equal values begins, and its length."""
    if not len(hashes):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    begins = np.flatnonzero(np.append(True, hashes[1:] != hashes[:-1]))
    return begins, np.diff(np.append(begins, len(hashes)))


def _key(one: Holders, other: Holders, count: int) -> Indices:
    return np.asarray(np.minimum(one, other) * np.int64(count) + np.maximum(one, other))


def _chrome(hashes: Hashes, holders: Holders, group: Indices, strangers: int) -> Mask:
    """Which rows hold a fingerprint that stands in articles of ``strangers`` groups or more."""
    _, sizes = _buckets(hashes)
    wide = sizes >= strangers  # few are: the others need no sorting
    groups = max(1, len(group))
    keys = np.repeat(np.flatnonzero(wide), sizes[wide])
    keys *= groups
    keys += group[holders[np.repeat(wide, sizes)]]
    keys.sort()
    keys = keys[np.append(True, keys[1:] != keys[:-1])[: len(keys)]]
    keys //= groups
    return np.repeat(np.bincount(keys, minlength=len(sizes)) >= strangers, sizes)
