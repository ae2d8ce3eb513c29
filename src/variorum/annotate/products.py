"""Matrix products whose rows do not depend on each other, not even in a last digit.

What is read along with a text may not show in what is read out of it: parts, batches and processes differ from run to
run and from machine to machine. But libraries sum in another order for another shape. So every product here is made of
tiles of one shape: in one shape all rows are summed alike, wherever in it they stand.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController

if TYPE_CHECKING:
    from spacy.language import Language

Floats = NDArray[np.float32]
_TILE: Final = 64  #: rows of spaCy's products, which has many paragraphs at once


def product(x: Floats, matrix: Floats, tile: int) -> Floats:
    """``x`` (rows, inputs) times ``matrix`` (inputs, outputs), so many rows at a time."""
    count, inputs = x.shape
    if short := -count % tile:
        x = np.concatenate([x, np.zeros((short, inputs), np.float32)])
    tiled: Floats = np.matmul(np.ascontiguousarray(x).reshape(-1, tile, inputs), matrix)
    return tiled.reshape(-1, matrix.shape[1])[:count]


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
