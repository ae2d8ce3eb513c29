"""What pairs connect: the groups of a graph, as numbers."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int64]


def components(count: int, pairs: Numbers) -> Numbers:
    """For each of ``count`` numbers the lowest one that it is connected with; ``pairs`` has two columns."""
    label = np.arange(count)
    one, other = pairs.T if len(pairs) else np.zeros((2, 0), np.int64)
    while True:
        low = np.minimum(label[one], label[other])
        before = label.copy()
        for ends in (label[one], label[other], one, other):
            np.minimum.at(label, ends, low)
        label = label[label]
        if np.array_equal(label, before):
            return label
