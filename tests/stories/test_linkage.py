"""Average linkage, and what it may leave out: held against all pairs, on random ones."""

from __future__ import annotations

import numpy as np
import pytest

from variorum.model import Article
from variorum.stories.config import StoriesConfig
from variorum.stories.linkage import Outline, groups_of, linked, noted, outline, within_reach
from variorum.stories.profile import profile
from variorum.stories.resemblance import Table, met
from variorum.stories.views import VIEWS

TEXTS = 60
CONFIG = StoriesConfig()


def _pairs(seed: int):
    """Random pairs with how sure they are: most hardly, of some texts much."""
    dice = np.random.default_rng(seed)
    ones, others = np.triu_indices(TEXTS, 1)
    seen = dice.random(len(ones)) < 0.3
    ones, others = ones[seen], others[seen]
    of = dice.integers(0, 15, TEXTS)
    sure = np.where(of[ones] == of[others], dice.beta(4, 2, len(ones)), dice.beta(0.7, 6, len(ones)))
    names = [frozenset(dice.integers(0, 30, 5).tolist()) for _ in range(TEXTS)]
    texts = [Outline(held, np.array(sorted(held), np.uint64), np.array(sorted(held), np.uint64)) for held in names]
    return texts, ones, others, sure


def _all(ones, others, sure):
    table = {i: {} for i in range(TEXTS)}
    for i, j, value in zip(ones.tolist(), others.tolist(), sure.tolist(), strict=True):
        table[i][j] = table[j][i] = value
    return table


def _as_sets(groups):
    return sorted(sorted(group) for group in groups)


@pytest.mark.parametrize("seed", range(20))
def test_pairs_between_parts_change_no_group(seed):
    """What no chain of likely pairs connects is left out, and the stories are those of all pairs."""
    texts, ones, others, sure = _pairs(seed)
    kept = noted(range(TEXTS), ones, others, sure, CONFIG)
    assert sum(map(len, kept.values())) < 2 * len(ones)
    everything = linked(_all(ones, others, sure), dict(enumerate(texts)), CONFIG)
    assert _as_sets(groups_of(texts, ones, others, sure, CONFIG)) == _as_sets(everything)


@pytest.mark.parametrize("seed", range(20))
def test_only_what_is_in_reach_of_a_text_depends_on_it(seed):
    """Groups out of a text's reach are the same without it."""
    texts, ones, others, sure = _pairs(seed)
    table = noted(range(TEXTS), ones, others, sure, CONFIG)
    reach = within_reach([seed], table, CONFIG)
    without = {i: {j: v for j, v in row.items() if j != seed} for i, row in table.items() if i != seed}
    before = {tuple(g) for g in _as_sets(linked(table, dict(enumerate(texts)), CONFIG)) if g[0] not in reach}
    after = {tuple(g) for g in _as_sets(linked(without, dict(enumerate(texts)), CONFIG)) if g[0] not in reach}
    assert before == after
    assert len(before) > 1


def _reports(count: int) -> list[Article]:
    dice = np.random.default_rng(7)
    stock = [f"{a}{b}{c}" for a in "bdfgk" for b in ("ara", "oli", "enu") for c in ("m", "st", "ck", "rd")]
    texts = [" ".join(dice.choice(stock, 20)) for _ in range(count)]
    return [Article(f"t{n}", "made", text) for n, text in enumerate(texts)]


def test_a_text_meets_the_earlier_ones_alone_wherever_one_begins():
    """Parts of a collection met apart are what the whole meets, and no text meets a later one."""
    table = Table([profile(article) for article in _reports(40)], CONFIG)
    whole = list(met(table, 0, 40))
    apart = [*met(table, 0, 13), *met(table, 13, 40)]
    for row, (one, other) in enumerate(zip(whole, apart, strict=True)):
        assert (one.near < row).all()
        np.testing.assert_array_equal(one.near, other.near)
        np.testing.assert_array_equal(one.seen, other.seen)
    assert sum(len(one.near) for one in whole) > 100


def test_likenesses_are_products_of_the_vectors():
    """Every view of a pair is the sum over shared terms that a plain loop finds."""
    table = Table([profile(article) for article in _reports(25)], CONFIG)
    for row, found in enumerate(met(table, 0, 25)):
        terms, weights = table.row(row)
        mine = dict(zip(terms.tolist(), weights.T.tolist(), strict=True))
        for column, j in enumerate(found.near.tolist()):
            theirs, heavy = table.row(j)
            want = np.zeros(len(VIEWS))
            for term, each in zip(theirs.tolist(), heavy.T.tolist(), strict=True):
                want += np.array(mine.get(term, np.zeros(len(VIEWS)))) * np.array(each)
            np.testing.assert_allclose(found.seen[:, column], want, atol=1e-5)


def _outlines(count: int, lead: str, body: str) -> list[Outline]:
    found = [profile(Article(f"{lead}{n}", "made", lead + " and said more of it. " * 12 + body)) for n in range(count)]
    return [outline(one) for one in found]


STRIKE = "Dockers at the harbour of Brevik stopped work over pay. "
REST = "The harbour of Brevik and its dockers have been in dispute with the owner Halvorsen Line for years."


@pytest.mark.parametrize(
    ("ones", "others", "stories"),
    [
        (STRIKE + "Crane drivers marched on Friday.", STRIKE + "Tugboat pilots blocked a lock on Monday.", 2),
        (STRIKE, STRIKE + "Tugboat pilots blocked a lock on Monday.", 1),
    ],
)
def test_two_events_of_a_kind_have_words_of_their_own_on_both_sides(ones, others, stories):
    """Groups of reports, each with several words at the beginning that the other lacks, are two stories unless it is
    very sure; where only one side has new words, the story has grown."""
    texts = _outlines(6, ones, REST) + _outlines(6, others, REST)
    first, second = np.triu_indices(12, 1)
    sure = np.where((first < 6) == (second < 6), 0.9, 0.5)
    assert len(groups_of(texts, first, second, sure, CONFIG)) == stories
    assert len(groups_of(texts, first, second, np.where(sure == 0.5, 0.85, sure), CONFIG)) == 1
