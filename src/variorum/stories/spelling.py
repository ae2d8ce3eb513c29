"""Rare names that reports spell differently, made one word: a translated report has "Okunev" where others have
"Okounev", and little else in common with them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from variorum.stories.profile import Profile
from variorum.text.sounds import sound

_SHORTEST: Final = 4  # letters of a sound; shorter ones are shared by names of different things


def chosen_spellings(profiles: Sequence[Profile]) -> dict[int, int]:
    """For each rare name that gives way, as a term, that which it becomes: the spelling that most of the profiles have
    of the names with its sound."""
    texts: Counter[int] = Counter()
    spelt: dict[int, str] = {}
    for p in profiles:
        names = p.names.tolist()
        texts.update(names)
        spelt |= zip(names, p.spelt, strict=True)
    alike: defaultdict[str, list[int]] = defaultdict(list)
    for term, name in spelt.items():
        if len(heard := sound(name)) >= _SHORTEST:
            alike[heard].append(term)
    chosen: dict[int, int] = {}
    for terms in alike.values():
        most = max(terms, key=lambda term: (texts[term], term))
        chosen |= {term: most for term in terms if term != most}
    return chosen


def respelt(one: Profile, chosen: dict[int, int]) -> Profile:
    """The profile with the spellings that were ``chosen``."""
    if chosen.keys().isdisjoint(one.names.tolist()):
        return one
    terms = np.array([chosen.get(t, t) for t in one.terms.tolist()], np.uint64)
    kept, place = np.unique(terms, return_inverse=True)
    prominence = np.zeros(len(kept))
    np.maximum.at(prominence, place, one.prominence)
    lead, numeric = (np.bincount(place, mask, len(kept)) > 0 for mask in (one.lead, one.numeric))
    names, first = np.unique(np.array([chosen.get(t, t) for t in one.names.tolist()], np.uint64), return_index=True)
    spelt = tuple(one.spelt[i] for i in first)
    return replace(one, terms=kept, prominence=prominence, names=names, spelt=spelt, lead=lead, numeric=numeric)
