"""How near in meaning two sentences are, by their vectors."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

import numpy as np

from variorum.ports import Embedder

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SAME: Final = 0.905  # from here on two sentences of one story tell the same, if in other words
_FAR: Final = 0.805  # below that a sentence has nothing to do with the other


class Likeness:
    """Cosines of sentences; without an embedder nothing is near or far."""

    def __init__(self, embedder: Embedder | None) -> None:
        self._embedder = embedder

    def tells_the_same(self, one: str, others: Iterable[str]) -> bool:
        """Whether it says what one of ``others`` says."""
        return any(cosine >= _SAME for cosine in self._cosines(one, others))

    def is_far(self, one: str, others: Iterable[str]) -> bool:
        """Whether it has nothing to do with any of ``others``."""
        cosines = self._cosines(one, others)
        return bool(cosines) and max(cosines) < _FAR

    def _cosines(self, one: str, others: Iterable[str]) -> list[float]:
        texts = list(others)
        if self._embedder is None or not texts:
            return []
        rows: NDArray[np.float32] = self._embedder.embed([one, *texts])
        return [float(cosine) for cosine in rows[1:] @ rows[0]]
