"""How common words are in news at large, so that five articles can be weighed as well as five thousand.

The table holds numbers alone: the upper half of the word's id and in how many of ``total`` texts it stands. Words in
fewer than a handful of texts are left out; most of those are names. Made by ``bench/make_background.py``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from variorum.errors import VocabularyError
from variorum.text.shingle import Hashes

_FILE = "frequencies.npz"
_UNSEEN = 2.5  # texts that a word missing from the table is taken to stand in: half the least that is noted


@dataclass(frozen=True, slots=True)
class Background:
    """``keys`` are sorted, ``counts`` belong to them."""

    keys: npt.NDArray[np.uint32]
    counts: npt.NDArray[np.uint16]
    total: int

    def texts_with(self, ids: Hashes) -> npt.NDArray[np.float64]:
        """In how many of ``total`` texts each word stands."""
        keys = (ids >> np.uint64(32)).astype(np.uint32)
        place = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        return np.where(self.keys[place] == keys, self.counts[place], _UNSEEN)


@cache
def background() -> Background:
    """The shipped table."""
    try:
        with files("variorum").joinpath("data", _FILE).open("rb") as file, np.load(file) as table:
            return Background(table["keys"], table["counts"], int(table["total"]))
    except (OSError, KeyError, ValueError) as exc:
        raise VocabularyError(f"data/{_FILE}: {exc}; make it again with bench/make_background.py") from exc
