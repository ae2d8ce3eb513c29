"""Which articles are one text, so that copies count once: MinHash over their words, checked exactly."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from variorum.stories.profile import Profile
from variorum.text.shingle import Hashes, mix

_BANDS, _ROWS = 8, 4  # texts that share 85 % of their words meet in a band with a chance of 99.8 %
_SAME = 0.8  # of the words of both together


def distinct_texts(profiles: Sequence[Profile]) -> dict[int, list[int]]:
    """The articles of each text, itself first, by its first article; in order of the dates of these, undated ones last.

    Each article meets the first of every bucket it falls into, so a thousand copies cost no more than a thousand
    articles (locality-sensitive hashing: Broder 1997; Indyk and Motwani 1998).
    """
    first: dict[tuple[int, bytes], int] = {}
    texts: dict[int, list[int]] = {}
    for i, one in enumerate(profiles):
        bands = [(band, row.tobytes()) for band, row in enumerate(_signature(one.terms))] if len(one.terms) else []
        met = dict.fromkeys(first[band] for band in bands if band in first)
        head = next((j for j in met if _overlap(one.terms, profiles[j].terms) >= _SAME), i)
        for band in bands:
            first.setdefault(band, head)
        texts.setdefault(head, []).append(i)
    return dict(sorted(texts.items(), key=lambda text: (_date(profiles[text[0]]), text[0])))


def _date(one: Profile) -> float:
    return math.inf if one.time is None else one.time


def _signature(terms: Hashes) -> Hashes:
    """The least value of each of several permutations of the terms, in bands."""
    seeds = mix(np.arange(1, _BANDS * _ROWS + 1, dtype=np.uint64))
    return np.asarray(mix(terms[None, :] ^ seeds[:, None]).min(axis=1).reshape(_BANDS, _ROWS))


def _overlap(one: Hashes, other: Hashes) -> float:
    common = len(np.intersect1d(one, other, assume_unique=True))
    return common / (len(one) + len(other) - common)
