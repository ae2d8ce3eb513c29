"""How many are distinct at least and at most, where each may be one of several."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def distinct_range(options: Iterable[frozenset[str]]) -> tuple[int, int]:
    """The fewest and the most distinct keys when each set of options stands for one of its keys.

    >>> distinct_range([frozenset("a"), frozenset("ab"), frozenset("c")])
    (2, 3)
    """
    sets = sorted({frozenset(o) for o in options if o}, key=lambda o: (len(o), sorted(o)))
    return _fewest(sets), _most(sets)


def _fewest(sets: Sequence[frozenset[str]]) -> int:
    """How many sets share no key with each other, taken greedily: never more than the smallest number of keys that
    meets all sets, for the low end must not be too high."""
    taken: set[str] = set()
    count = 0
    for options in sets:
        if not taken & options:
            taken |= options
            count += 1
    return count


def _most(sets: Sequence[frozenset[str]]) -> int:
    """Size of a maximum matching of sets to keys (augmenting paths: Kuhn 1955)."""
    holder: dict[str, int] = {}

    def place(n: int, tried: set[str]) -> bool:
        for key in sorted(sets[n] - tried):
            tried.add(key)
            if key not in holder or place(holder[key], tried):
                holder[key] = n
                return True
        return False

    return sum(place(n, set()) for n in range(len(sets)))
