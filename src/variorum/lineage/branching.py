"""The heaviest tree: one parent for each, no circles (Chu and Liu 1965, Edmonds 1967), on a dense table of weights."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Weights = npt.NDArray[np.float64]


def branching(weights: Weights, roots: npt.NDArray[np.float64]) -> list[int]:
    """The parent of each of n nodes, or -1: ``weights[p, c]`` is what it is worth that p is the parent of c (-inf
    where it cannot be), ``roots[c]`` that c has none. The total is the greatest possible; ties fall to the lowest
    number. Cubic in n at worst."""
    count = len(roots)
    full = np.full((count + 1, count + 1), -np.inf)
    full[1:, 1:] = weights
    full[0, 1:] = roots
    np.fill_diagonal(full, -np.inf)
    return [parent - 1 for parent in _heaviest(full)[1:]]


def _heaviest(weights: Weights) -> list[int]:
    """Parents in the heaviest arborescence from node 0; its own entry is 0."""
    best = np.argmax(weights, axis=0)
    best[0] = 0
    circle = _circle(best.tolist())
    if not circle:
        return [int(p) for p in best]
    return _opened(weights, best, circle)


def _circle(parents: list[int]) -> list[int]:
    """The nodes of one circle, if there is one."""
    state = [0] * len(parents)
    for start in range(1, len(parents)):
        path, node = [], start
        while node and not state[node]:
            state[node] = start
            path.append(node)
            node = parents[node]
        if node and state[node] == start and node in path:
            return path[path.index(node) :]
    return []


def _opened(weights: Weights, best: npt.NDArray[np.int64], circle: list[int]) -> list[int]:
    """Contract the circle to one node, solve what is left, and open the circle where its new parent enters."""
    inside = np.zeros(len(weights), np.bool_)
    inside[circle] = True
    outer = np.flatnonzero(~inside)
    ring = np.array(circle)
    # What it costs to break the circle at each of its nodes for another parent.
    entering = weights[np.ix_(outer, ring)] - weights[best[ring], ring]
    leaving = weights[np.ix_(ring, outer)]
    small = np.full((len(outer) + 1, len(outer) + 1), -np.inf)
    small[:-1, :-1] = weights[np.ix_(outer, outer)]
    small[:-1, -1] = entering.max(1)
    small[-1, :-1] = leaving.max(0)
    solved = _heaviest(small)
    parents = best.copy()
    for new, node in enumerate(outer.tolist()):
        if node:
            above = solved[new]
            parents[node] = outer[above] if above < len(outer) else ring[leaving[:, new].argmax()]
    door = solved[-1]
    parents[ring[entering[door].argmax()]] = outer[door]
    parents[0] = 0
    return [int(p) for p in parents]
