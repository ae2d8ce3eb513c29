"""The few layers that the taggers need, in NumPy: bidirectional LSTMs over texts of different lengths, dense layers,
the best path through a linear chain. Arrays are float32; texts stand one behind the other in one array."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from variorum.annotate.products import Floats, product

Ints = NDArray[np.intp]
Weights = Mapping[str, Floats]
_TILE: Final = 16  #: rows of a product: about as many texts run in step


def dense(x: Floats, weights: Weights, name: str) -> Floats:
    """``x`` (tokens, inputs) times the layer's weights (outputs, inputs) plus its bias, if it has one."""
    y = product(x, weights[f"{name}.weight"].T, _TILE)
    bias = weights.get(f"{name}.bias")
    if bias is not None:
        y += bias
    return y


def relu(x: Floats) -> Floats:
    """``x`` without its negative values, in place."""
    return np.maximum(x, 0, out=x)


def sigmoid(x: Floats) -> Floats:
    """Between 0 and 1, in place. By the hyperbolic tangent, which NumPy computes faster and which cannot overflow."""
    x *= 0.5
    np.tanh(x, out=x)
    x += 1
    x *= 0.5
    return x


def lstm(x: Floats, lengths: Ints, weights: Weights, name: str) -> Floats:
    """Both directions of an LSTM, side by side: (tokens, inputs) to (tokens, 2 × units). The texts run in step, the
    longest first, so that a step is one product for all texts that are still running."""
    order = np.argsort(-lengths, kind="stable")
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])[order]
    sizes = lengths[order]
    running = np.searchsorted(-sizes, -np.arange(sizes[0] if len(sizes) else 0), side="left")
    steps = np.repeat(np.arange(len(running)), running)
    texts = np.concatenate([np.arange(count) for count in running]) if len(running) else steps
    ways = (("", starts[texts] + steps), ("_reverse", starts[texts] + sizes[texts] - 1 - steps))
    units = weights[f"{name}.weight_hh_l0"].shape[1]
    y = np.empty((len(x), 2 * units), np.float32)
    for side, (suffix, places) in enumerate(ways):
        gates = product(x[places], weights[f"{name}.weight_ih_l0{suffix}"].T, _TILE)
        gates += weights[f"{name}.bias_l0{suffix}"]
        y[places, side * units : (side + 1) * units] = _run(gates, running, weights[f"{name}.weight_hh_l0{suffix}"])
    return y


def _run(gates: Floats, running: Ints, recurrent: Floats) -> Floats:
    """One direction over the inputs of all gates in order of steps, (tokens, 4 × units) in the order in, forget, cell,
    out; the outputs in the same order."""
    units = recurrent.shape[1]
    back = np.ascontiguousarray(recurrent.T)
    outputs = np.empty((len(gates), units), np.float32)
    most = running[0] if len(running) else 0
    hidden = np.zeros((most + -most % _TILE, units), np.float32)  # rows at the end, of texts that are over, are filling
    cell = np.zeros((most, units), np.float32)
    begin = 0
    for count in running:
        gate = gates[begin : begin + count]
        if begin:
            gate += product(hidden[: count + -count % _TILE], back, _TILE)[:count]
        candidate = np.tanh(gate[:, 2 * units : 3 * units])
        sigmoid(gate)
        kept = cell[:count]
        kept *= gate[:, units : 2 * units]
        kept += gate[:, :units] * candidate
        np.multiply(np.tanh(kept), gate[:, 3 * units :], out=hidden[:count])
        outputs[begin : begin + count] = hidden[:count]
        begin += count
    return outputs


def best_paths(scores: Floats, lengths: Ints, weights: Weights) -> list[NDArray[Any]]:
    """The likeliest labels of each text by Viterbi's algorithm, from ``scores`` (tokens, labels), the weights ``first``
    (labels) and ``step`` (label before, label)."""
    step, labels = weights["step"], scores.shape[1]
    longest = int(lengths.max(initial=0))
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    texts = np.arange(len(lengths))
    came = np.zeros((longest, len(lengths), labels), np.int8)
    best = scores[starts] + weights["first"]
    for position in range(1, longest):
        ways = best[:, :, None] + step
        came[position] = ways.argmax(axis=1)
        runs = position < lengths
        reached = ways.max(axis=1) + scores[np.minimum(starts + position, len(scores) - 1)]
        best = np.where(runs[:, None], reached, best)
    label = best.argmax(axis=1)
    paths = np.zeros((longest, len(lengths)), np.int8)
    for position in range(longest - 1, -1, -1):
        runs = position < lengths
        paths[position] = np.where(runs, label, 0)
        if position:
            label = np.where(runs, came[position, texts, label], label)
    return [paths[:length, number] for number, length in enumerate(lengths)]
