"""Matrix products whose rows do not depend on each other, not even in a last digit.

What is read along with a text may not show in what is read out of it: parts, batches and processes differ from run to
run and from machine to machine. But libraries sum in another order for another shape. So every product here is made of
tiles of one shape: in one shape all rows are summed alike, wherever in it they stand – if the tile is one that the
library's kernel for this processor does not end with odd rows, which it is asked once a shape.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController

if TYPE_CHECKING:
    from spacy.language import Language

Floats = NDArray[np.float32]
_TILE: Final = 64  #: rows of spaCy's products, which has many paragraphs at once
#: Rows of smaller tiles, for processors on which larger ones do not sum all rows alike; one row has none beside it.
_SMALLER: Final = (8, 1)
#: Rows that are tried in every place of a tile, and shapes of matrices whose tiles are remembered.
_TRIED: Final = 8
_REMEMBERED: Final = 500


def product(x: Floats, matrix: Floats, tile: int) -> Floats:
    """``x`` (rows, inputs) times ``matrix`` (inputs, outputs), so many rows at a time, or as many fewer as sums all
    rows alike."""
    count, inputs = x.shape
    tile = _even_tile(inputs, matrix.shape[1], matrix.flags.c_contiguous, tile)
    if short := -count % tile:
        x = np.concatenate([x, np.zeros((short, inputs), np.float32)])
    tiled: Floats = np.matmul(np.ascontiguousarray(x).reshape(-1, tile, inputs), matrix)
    return tiled.reshape(-1, matrix.shape[1])[:count]


@lru_cache(_REMEMBERED)
def _even_tile(inputs: int, outputs: int, by_rows: bool, wanted: int) -> int:
    """The rows of a tile in which the place of a row does not show: OpenBLAS sums the last rows of a tile by another
    kernel than those before where their number is no multiple of what the processor takes at once, 4, 8, 12 or 16."""
    dice = np.random.default_rng(inputs)
    matrix = dice.standard_normal((inputs, outputs) if by_rows else (outputs, inputs)).astype(np.float32)
    rows = dice.standard_normal((_TRIED, 1, inputs)).astype(np.float32)
    for tile in (wanted, *(t for t in _SMALLER if t < wanted)):
        with one_thread():
            sums = np.matmul(np.repeat(rows, tile, axis=1), matrix if by_rows else matrix.T)
        if np.array_equal(sums, np.repeat(sums[:, :1], tile, axis=1)):
            return tile
    return 1


@cache
def _threads() -> ThreadpoolController:
    return ThreadpoolController()


def one_thread() -> AbstractContextManager[object]:
    """While it lasts, one thread makes the products: they are small, so that threads would wait for each other longer
    than they work, and so would other workers."""
    limited: AbstractContextManager[object] = _threads().limit(limits=1, user_api="blas")
    return limited


@cache
def _ops() -> Any:
    from thinc.api import NumpyOps

    class TiledOps(NumpyOps):  # type: ignore[misc]
        """spaCy's arithmetic, with the products by NumPy's library, which takes half as long for them as spaCy's own
        does: half of a parse is products."""

        def gemm(self, x: Any, y: Any, *, out: Any = None, trans1: bool = False, trans2: bool = False) -> Any:
            """``x`` times ``y``, each of them turned over if so said."""
            if trans1 or x.dtype != np.float32 or y.dtype != np.float32:
                return super().gemm(x, y, out=out, trans1=trans1, trans2=trans2)
            result = product(x, y.T if trans2 else y, _TILE)
            if out is None:
                return result
            out[...] = result
            return out

    return TiledOps()


def tiled(pipeline: Language) -> Language:
    """The same pipeline; its networks make their products here."""
    for _, part in pipeline.pipeline:
        model = getattr(part, "model", None)
        for node in model.walk() if model is not None else ():
            node.ops = _ops()
    return pipeline
