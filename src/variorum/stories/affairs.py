"""Which stories belong to one longer affair: accident and trial, strike and settlement, told by other reports weeks
apart. They are not one event; the people and places at the heart of both are the same."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import combinations
from typing import Final

import numpy as np

from variorum.model import Affair, Article, Story
from variorum.stories.profile import Profile, profile, rarities
from variorum.stories.spelling import chosen_spellings, respelt

_READ: Final = 8  # articles of a story whose names are looked at
_HEART: Final = 0.5  # of them have a name at the heart of it
_COMMON: Final = 3  # words of names of both that it takes: a town of two words is one thing …
_ALIKE: Final = 0.25  # … and how much of what they say: a cosine
_EVERYWHERE: Final = 40  # stories with one name; a name of more relates nothing


def affairs(stories: Sequence[Story], articles: Sequence[Article]) -> tuple[Affair, ...]:
    """Pairs of ``stories`` that are of one affair, with the names that they share, the surest first."""
    hearts = _hearts(stories, articles)
    with_name: defaultdict[int, list[int]] = defaultdict(list)
    for n, (terms, _) in enumerate(hearts):
        for term in terms:
            with_name[term].append(n)
    every = np.array(sorted(with_name), np.uint64)
    _, says = rarities(every, np.array([len(with_name[t]) for t in every.tolist()], np.float64), len(stories))
    weight = dict(zip(every.tolist(), np.maximum(says, 0.0).tolist(), strict=True))
    common: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for term, holders in with_name.items():
        if len(holders) <= _EVERYWHERE:
            for pair in combinations(holders, 2):
                common[pair].append(term)
    lengths = [sum(weight[t] ** 2 for t in terms) ** 0.5 for terms, _ in hearts]
    found = []
    for (n, m), shared in common.items():
        alike = sum(weight[t] ** 2 for t in shared) / (lengths[n] * lengths[m])
        if len(shared) >= _COMMON and alike >= _ALIKE:
            names = [hearts[n][1][t] for t in sorted(shared, key=lambda t: (-weight[t], t))]
            ids = sorted((stories[n].id, stories[m].id))
            found.append(Affair((ids[0], ids[1]), tuple(names), round(alike, 3)))
    return tuple(sorted(found, key=lambda one: (-one.alike, one.stories)))


def _hearts(stories: Sequence[Story], articles: Sequence[Article]) -> list[tuple[set[int], dict[int, str]]]:
    """For each story the names at its heart, as terms, and how they are written."""
    by_id = {article.id: article for article in articles}
    # An article that tells several stories would relate them all to each other.
    own = [[by_id[i] for i in s.articles if i not in s.passages][:: max(1, len(s.articles) // _READ)] for s in stories]
    read = [[profile(article) for article in some[:_READ]] for some in own]
    spelling = chosen_spellings([one for some in read for one in some])
    return [_heart([respelt(one, spelling) for one in some]) for some in read]


def _heart(told: Sequence[Profile]) -> tuple[set[int], dict[int, str]]:
    """Names that half of the articles have, and one of them in its lead: what is only mentioned is not meant."""
    held: Counter[int] = Counter()
    leading: set[int] = set()
    spelt: dict[int, str] = {}
    for one in told:
        names = one.names.tolist()
        held.update(names)
        leading |= set(one.terms[one.lead].tolist())
        spelt |= dict(zip(names, one.spelt, strict=True))
    return {t for t, n in held.items() if n >= _HEART * len(told) and t in leading}, spelt
