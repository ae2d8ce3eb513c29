"""How near two statements are in meaning where a rule asks, though alignment never held them to each other.

Rules ask only for pairs that structure already sets side by side (a plan and what came of it, an accusation and its
denial), so few texts are embedded, and never more than a budget.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from variorum.compare.claims.align import Alignment, common_part, off_centre
from variorum.ports import Embedder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Texts of the story that say what all have in common, where alignment embedded fewer.
_SAMPLE: Final = 30


class Reach:
    """Cosines of centred vectors, -1..1; 0 where there is no embedder or the budget of new texts is spent."""

    def __init__(self, alignment: Alignment, embedder: Embedder | None, budget: int) -> None:
        self._facts = alignment.facts
        self._known = alignment.scale.vectors.keys()
        self._embedder = embedder
        self._budget = budget
        self._vectors: dict[str, NDArray[np.float32]] = {}
        self._mean: NDArray[np.float32] | None = None

    def near(self, a: int, b: int) -> float:
        """How near two facts, by index, are in meaning."""
        left, right = self._vector(a), self._vector(b)
        return 0.0 if left is None or right is None else float(left @ right)

    def _vector(self, n: int) -> NDArray[np.float32] | None:
        key = self._facts[n].key
        if key not in self._vectors and key and self._embedder is not None and self._budget > 0:
            self._budget -= key not in self._known
            if self._mean is None:
                self._mean = self._common(self._embedder)
            self._vectors[key] = off_centre(self._embedder.embed([self._facts[n].words]), self._mean)[0]
        return self._vectors.get(key)

    def _common(self, embedder: Embedder) -> NDArray[np.float32]:
        """The part of all vectors of the story; what alignment embedded the embedder still remembers."""
        texts = {fact.key: fact.words for fact in self._facts if fact.key}
        known = [text for key, text in texts.items() if key in self._known]
        more = [text for key, text in texts.items() if key not in self._known]
        return common_part(embedder.embed([*known, *more[: max(0, _SAMPLE - len(known))]]), embedder)
