"""Runs of words in one order, by which two texts are known to have been one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence


def runs(words: Sequence[str], size: int) -> Iterator[tuple[str, ...]]:
    """All runs of ``size`` words, in order.

    >>> list(runs(["the", "mill", "burnt"], 2))
    [('the', 'mill'), ('mill', 'burnt')]
    """
    return (tuple(words[i : i + size]) for i in range(len(words) - size + 1))


def plain(run: Sequence[str]) -> int:
    """How many words of a run, as it is written, are neither names nor figures: all who tell of an event have those."""
    return sum(word[0].islower() for word in run)
