"""The same article seen in several ways, each a vector of length one over the same terms."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from variorum.stories.profile import Profile, Weights, weigh
from variorum.text.shingle import Hashes, Mask

Indices = npt.NDArray[np.int64]
Seen = npt.NDArray[np.float32]

#: All words by how rare they are in news and here; by how rare here; those of the lead; names; the rest; numbers.
VIEWS: Final = ("text", "here", "lead", "names", "rest", "numbers")


def views(one: Profile, rare: Weights, here: Weights, keep: int) -> tuple[Indices, Seen]:
    """Which terms of an article are kept (positions, ascending) and their weights, a row for each of `VIEWS`."""
    kept, text = weigh(one.prominence, rare, keep)
    named = _among(one.terms[kept], one.names)
    rows = np.stack(
        (
            text,
            one.prominence[kept] * here[kept],
            rare[kept] * one.lead[kept],
            text * named,
            text * ~named,
            here[kept] * one.numeric[kept],
        )
    )
    lengths = np.sqrt((rows**2).sum(axis=1, keepdims=True))
    return kept, np.asarray(rows / np.where(lengths > 0, lengths, 1.0), np.float32)


def _among(terms: Hashes, names: Hashes) -> Mask:
    """Which of the terms are names; both are sorted."""
    if not len(names):
        return np.zeros(len(terms), np.bool_)
    return np.asarray(names[np.minimum(np.searchsorted(names, terms), len(names) - 1)] == terms)
