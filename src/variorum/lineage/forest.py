"""Boosted trees as arrays: how likely, and which columns made it so. Trained elsewhere (`train/lineage.py`); here only
NumPy walks them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt

MODEL = "lineage.safetensors"
_BATCH = 1 << 9  # rows walked at once

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Forest:
    """Trees side by side, (trees x nodes): each node asks whether ``column`` is at most ``limit`` (``missing``: whether
    NaN counts as that) and goes to ``low`` or ``high``; a leaf goes to itself. ``value`` is the mean log-odds below a
    node, so that the walk down a tree tells what each question changed (Saabas 2014)."""

    column: npt.NDArray[np.int16]
    limit: Floats
    missing: npt.NDArray[np.bool_]
    low: npt.NDArray[np.int16]
    high: npt.NDArray[np.int16]
    value: Floats
    base: float
    depth: int

    def odds(self, rows: Floats) -> Floats:
        """Log-odds of each of ``rows`` (rows x columns)."""
        out = np.full(len(rows), self.base, np.float32)
        trees, nodes = self.column.shape
        first = np.arange(trees) * nodes
        column, limit, missing, low, high = (
            part.ravel() for part in (self.column.astype(np.int64), self.limit, self.missing, self.low, self.high)
        )
        low, high = (np.add(part.reshape(trees, nodes), first[:, None]).ravel() for part in (low, high))
        for begin in range(0, len(rows), _BATCH):
            part = rows[begin : begin + _BATCH]
            whole, begins = part.ravel(), (np.arange(len(part)) * part.shape[1])[:, None]
            gaps = bool(np.isnan(whole).any())
            node = np.broadcast_to(first, (len(part), trees))
            for _ in range(self.depth):
                seen = whole.take(column.take(node) + begins)
                goes_low = seen <= limit.take(node)
                if gaps:
                    goes_low |= np.isnan(seen) & missing.take(node)
                node = np.where(goes_low, low.take(node), high.take(node))
            out[begin : begin + _BATCH] += self.value.ravel().take(node).sum(1)
        return out

    def reasons(self, rows: Floats) -> Floats:
        """How much each column added to the log-odds of each of ``rows`` (rows x columns)."""
        trees, width = np.arange(len(self.column)), rows.shape[1]
        node = np.zeros((len(rows), len(trees)), np.int64)
        out = np.zeros(rows.size)
        first = np.arange(len(rows))[:, None] * width
        for _ in range(self.depth):
            below = self._step(rows, node, trees)
            change = self.value[trees, below] - self.value[trees, node]
            places = (first + self.column[trees, node]).ravel()
            out += np.bincount(places, change.ravel(), rows.size)
            node = below
        return out.reshape(rows.shape).astype(np.float32)

    def _step(self, rows: Floats, node: npt.NDArray[np.int64], trees: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        seen = np.take_along_axis(rows, self.column[trees, node].astype(np.int64), axis=1)
        goes_low = (seen <= self.limit[trees, node]) | (np.isnan(seen) & self.missing[trees, node])
        return np.where(goes_low, self.low[trees, node], self.high[trees, node]).astype(np.int64)


@cache
def load_forests() -> dict[str, Forest]:
    """The forests of the shipped file, by name."""
    from safetensors.numpy import load

    path = files("variorum").joinpath("data", "models", MODEL)
    return forests(load(path.read_bytes()))


def forests(tensors: Mapping[str, Any]) -> dict[str, Forest]:
    """Forests from named arrays ("edge.column", …)."""
    names = sorted({key.split(".")[0] for key in tensors})
    out = {}
    for name in names:
        part = {key.split(".")[1]: tensors[key] for key in tensors if key.startswith(name + ".")}
        base, depth = part.pop("base"), part.pop("depth")
        part["limit"] = part["limit"].astype(np.float32)
        part["value"] = part["value"].astype(np.float32)
        out[name] = Forest(**part, base=float(base[0]), depth=int(depth[0]))
    return out
