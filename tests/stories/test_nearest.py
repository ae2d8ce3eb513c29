"""The nearest texts are those that a plain comparison with every text finds, to the last bit."""

from __future__ import annotations

import numpy as np

from variorum.stories.config import StoriesConfig
from variorum.stories.profile import Profile
from variorum.stories.resemblance import Table, _nearest, met
from variorum.text.shingle import mix

_TEXTS, _WORDS, _EACH = 700, 2000, 60
_VOCABULARY = np.sort(mix(np.arange(1, _WORDS + 1, dtype=np.uint64)))


def _invented(dice: np.random.Generator) -> Profile:
    """So many words, few of them in most texts and most in few, as words are."""
    share = 1 / np.arange(1, _WORDS + 1)
    chosen = np.sort(dice.choice(_WORDS, _EACH, replace=False, p=share / share.sum()))
    none = np.zeros(_EACH, np.bool_)
    return Profile(_VOCABULARY[chosen], dice.uniform(1, 3, _EACH), _VOCABULARY[:0], (), none, none, None)


def test_as_by_comparing_with_every_text() -> None:
    dice = np.random.default_rng(5)
    profiles = [_invented(dice) for _ in range(_TEXTS)]
    profiles[20:40] = profiles[:20]  # and what is as near as another is settled by its place
    profiles[-70:] = [profiles[3]] * 70
    table = Table(profiles, StoriesConfig())
    assert len(table._common().rows) > 20, "nothing of this would go by the full table"
    every = [table.row(n) for n in range(_TEXTS)]
    cut = 0
    for row, found in enumerate(met(table, 0, _TEXTS)):
        heavy = np.zeros(_WORDS, np.float32)
        heavy[every[row][0]] = every[row][1][0]
        dots = np.zeros(row)
        for other in range(row):
            terms, weights = every[other]
            for product in (heavy[terms] * weights[0]).tolist():
                dots[other] += product
        near = _nearest(dots)
        cut += len(near) < np.count_nonzero(dots)
        assert found.near.tolist() == near.tolist()
        assert found.cosines.tobytes() == dots[near].tobytes()
    assert cut > _TEXTS // 2
