"""Families and their tables: who may have whom for a parent, and the numbers that decide it, in two passes.

The second pass looks at each article beside those only that, by the first, do not descend from it: what its own copies
repeat is no sign that it took anything from elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from variorum.lineage.branching import branching
from variorum.lineage.forest import Forest
from variorum.lineage.kinship import NAMES, Family, Floats, Ints, Looked, Views, facts, tables
from variorum.text.shingle import Mask

#: Columns that the second pass adds: what the first thought of both directions, and of others.
_AGAIN = ("odds", "odds_back", "odds_rank", "behind_odds", "above", "below", "chosen", "child_below", "parent_below")
_CHILD = (
    "best", "second", "margin", "total", "back", "options", "members", "size", "novel", "novel_share", "known_share",
    "best_share", "best_missing", "best_missing_two", "best_edited_known", "best_block_known", "earlier", "timed",
    "absent_credits", "own_agency", "titles", "best_title", "best_size_ratio", "best_only", "likeliest_child",
    "best_own_edited", "best_own_edited_alone", "best_own_block_alone", "best_own_missing", "best_novel",
    "least_own_edited", "least_missing", "second_own_edited_alone", "strange", "best_strange", "lead_fits",
)  # fmt: skip
_FURTHER = (
    "gain", "gain_share", "gain_only", "odds", "behind_main", "related", "above_main", "below_main", "main_share",
    "share", "unexplained", "gain_of_unexplained", "time", "size_ratio", "names", "rank", "options", "root_odds",
    "gain_run", "gain_over_ancestors", "main_gain", "main_gain_share", "gain_runs", "parent_kept",
    "above_other", "odds_back",
)  # fmt: skip
EDGE_NAMES = NAMES
AGAIN_NAMES = (*NAMES, *_AGAIN)
CHILD_NAMES = _CHILD
FURTHER_NAMES = _FURTHER


@dataclass(slots=True)
class Kin:
    """One family at work: article ``numbers``, candidate ``pairs`` (parent, child) by place in it, and what each pass
    found: log-odds of each pair, of each member having no parent here, and the parent of each or -1."""

    numbers: list[int]
    pairs: Ints
    family: Family
    facts: Floats
    full: Views
    outside: Mask
    odds: Floats
    roots: Floats
    parents: list[int]
    seen: Views | None = None
    first: Floats | None = None
    further: tuple[Ints, Floats, Floats] | None = None

    def parts(self) -> Floats:
        """(members x members): how much any two share of the smaller; 0 of themselves."""
        shared, size = self.full.runs[:, :, 1], self.full.runs[:, 0, 0]
        parts = np.minimum(shared, shared.T) / np.maximum(1, np.minimum(size[:, None], size))
        np.fill_diagonal(parts, 0)
        return np.asarray(parts)


def kin(numbers: Sequence[int], pairs: Ints, family: Family) -> Kin:
    """A family before the first pass."""
    count = len(numbers)
    outside = ~np.eye(count, dtype=np.bool_)
    none = np.zeros(len(pairs), np.float32)
    known = facts(family.members, pairs)
    return Kin(
        list(numbers), pairs, family, known, family.views(outside), outside, none, np.zeros(count, np.float32), []
    )


def first_tables(kins: Sequence[Kin]) -> list[Floats]:
    """For each (pairs x `EDGE_NAMES`), made once."""
    fresh = [one for one in kins if one.first is None]
    looked = [Looked(one.family, one.full, one.full, one.facts, one.pairs) for one in fresh]
    for one, made in zip(fresh, tables(looked), strict=True):
        one.first = made.copy()  # a view would keep what was made together
    return [first_table(one) for one in kins]


def first_table(one: Kin) -> Floats:
    """(pairs x `EDGE_NAMES`), made once."""
    if one.first is None:
        first_tables([one])
    assert one.first is not None
    return one.first


def weigh(one: Kin, odds: Floats, roots: Floats) -> None:
    """Take over what the scorer says and draw the best tree from it."""
    one.odds, one.roots = odds, roots
    count = len(one.numbers)
    weights = np.full((count, count), -np.inf)
    weights[one.pairs[:, 0], one.pairs[:, 1]] = odds
    parents = branching(weights, roots.astype(np.float64))
    if parents == one.parents and one.seen is not None:
        return
    one.parents = parents
    below = descent(parents)
    one.outside = ~below & ~np.eye(count, dtype=np.bool_)
    one.seen = one.family.views(one.outside, one.full)


def descent(parents: Sequence[int]) -> Mask:
    """(members x members): whether the second descends from the first."""
    below = np.zeros((len(parents), len(parents)), np.bool_)
    for node in range(len(parents)):
        above = parents[node]
        while above >= 0:
            below[above, node] = True
            above = parents[above]
    return below


def second_tables(kins: Sequence[Kin]) -> list[Floats]:
    """For each (pairs x `AGAIN_NAMES`)."""
    looked = [Looked(one.family, one.seen or one.full, one.full, one.facts, one.pairs) for one in kins]
    return [np.concatenate([made, _again(one)], axis=1) for made, one in zip(tables(looked), kins, strict=True)]


def second_table(one: Kin) -> Floats:
    """(pairs x `AGAIN_NAMES`)."""
    return second_tables([one])[0]


def _again(one: Kin) -> Floats:
    """(pairs x `_AGAIN`)."""
    parent, child = one.pairs.T
    grid = _grid(one)
    below = descent(one.parents)
    chosen = np.array(one.parents)
    mine = one.odds
    return np.stack(
        [
            mine,
            grid[child, parent],
            (grid[:, child] > mine).sum(0),
            mine - grid[:, child].max(0),
            below[parent, child],
            below[child, parent],
            chosen[child] == parent,
            below.sum(1)[child],
            below.sum(1)[parent],
        ],
        axis=1,
    ).astype(np.float32)


def _grid(one: Kin) -> Floats:
    count = len(one.numbers)
    grid = np.full((count, count), -12, np.float32)
    grid[one.pairs[:, 0], one.pairs[:, 1]] = one.odds
    return grid


def child_table(one: Kin) -> Floats:
    """(members x `CHILD_NAMES`): what tells whether a member has any parent in the family."""
    view, view_back = one.seen or one.full, one.full.runs
    grid = _grid(one)
    count = len(one.numbers)
    ranked = np.sort(grid, axis=0)[::-1]
    best = grid.argmax(0)
    me = np.arange(count)
    size = view.runs[me, 0, 0]
    runs = view.runs[me, best]
    members = one.family.members
    middles = np.array([np.nan if m.when is None else sum(m.when) / 2 for m in members])
    owns = frozenset(m.own for m in members if m.own) | frozenset(m.newsroom for m in members if m.newsroom)
    titles = [m.title for m in members]
    second = ranked[1] if count > 1 else np.full(count, -12, np.float32)
    columns = [
        ranked[0],
        second,
        ranked[0] - second,
        np.log(np.exp(grid).sum(0)),
        grid[me, best],
        (grid > -12).sum(0),
        np.full(count, np.log(count)),
        np.log1p(size),
        np.log1p(runs[:, 4]),
        runs[:, 4] / np.maximum(size, 1),
        1 - runs[:, 4] / np.maximum(size, 1),
        runs[:, 1] / np.maximum(size, 1),
        np.log1p(runs[:, 2]),
        np.log1p(runs[:, 14]),
        np.log1p(runs[:, 10]),
        np.log1p(runs[:, 13]),
        np.array([np.nan if np.isnan(t) else (middles < t).sum() for t in middles]),
        np.array([(~np.isnan(middles)).sum()] * count),
        np.array([len(m.credited - owns) for m in members]),
        np.array([m.own is not None for m in members]),
        np.array([titles.count(t) if t else np.nan for t in titles]),
        np.array([float(titles[i] == titles[b]) for i, b in enumerate(best)]),
        np.log((size + 5) / (size[best] + 5)),
        np.log1p(runs[:, 3]),
        grid.max(1),
    ]
    back = view_back[best, me]
    other = grid.copy()
    other[best, me] = -np.inf
    second_back = view_back[other.argmax(0), me]
    candidate = grid > -12
    columns += [
        np.log1p(back[:, 9]),
        np.log1p(back[:, 9] - back[:, 10]),
        np.log1p(back[:, 12] - back[:, 13]),
        np.log1p(back[:, 2]),
        np.log1p(back[:, 4]),
        np.log1p(_least(view_back[:, :, 9], candidate)),
        np.log1p(_least(view.runs[:, :, 2].T, candidate)),
        np.log1p(second_back[:, 9] - second_back[:, 10]),
        np.log1p(runs[:, 15]),
        np.log1p(back[:, 15]),
        np.array([m.fits[0] for m in members]),
    ]
    return np.stack(columns, axis=1).astype(np.float32)


def _least(values: Floats, candidate: Mask) -> Floats:
    """The least value of each column among its candidates, 0 without any."""
    least = np.where(candidate, values, np.inf).min(0)
    return np.asarray(np.where(np.isfinite(least), least, 0), np.float32)


def further_table(one: Kin) -> tuple[Ints, Floats]:
    """The pairs of members with a parent and another candidate, and (pairs x `FURTHER_NAMES`): what tells whether it
    took text from that one, too."""
    if len(one.numbers) == 2:
        return np.zeros((0, 2), np.int64), np.zeros((0, len(_FURTHER)), np.float32)
    view = one.seen or one.full
    grid = _grid(one)
    below = descent(one.parents)
    keep = [
        i
        for i, (p, c) in enumerate(one.pairs.tolist())
        if one.parents[c] >= 0 and one.parents[c] != p and not below[c, p]
    ]
    pairs = one.pairs[keep]
    out = np.zeros((len(pairs), len(_FURTHER)), np.float32)
    layer = one.family.runs
    time_column = NAMES.index("time") - NAMES.index("title_same")
    name_column = NAMES.index("names_parent") - NAMES.index("title_same")
    ancestors = [np.flatnonzero(below[:, c]) for c in range(len(one.numbers))]
    for row, (p, c) in enumerate(pairs.tolist()):
        main = one.parents[c]
        cells = layer.rows(c)
        back = cells[:, main] & ~cells[:, p]
        open_ = ~cells[:, main]
        gain = open_ & cells[:, p]
        elsewhere = cells[:, one.outside[c]].sum(1)
        rest = (open_ & (elsewhere > 0)).sum()
        shared = view.runs[p, main, 1] / max(1, min(view.runs[p, 0, 0], view.runs[main, 0, 0]))
        size = max(1, len(cells))
        fact = one.facts[keep[row]]
        steps = np.diff(np.concatenate(([0], gain.astype(np.int8), [0])))
        longest = (np.flatnonzero(steps < 0) - np.flatnonzero(steps > 0)).max(initial=0)
        fresh = gain & ~cells[:, ancestors[c][ancestors[c] != p]].any(1)
        out[row] = (
            np.log1p(gain.sum()), gain.sum() / size, np.log1p((gain & (elsewhere == 1)).sum()), grid[p, c],
            grid[p, c] - grid[main, c], shared, below[p, main], below[main, p], view.runs[c, main, 1] / size,
            view.runs[c, p, 1] / size, np.log1p(rest), gain.sum() / max(1, rest), fact[time_column],
            np.log((size + 5) / (view.runs[p, 0, 0] + 5)), fact[name_column], (grid[:, c] > grid[p, c]).sum(),
            (grid[:, c] > -12).sum(), one.roots[c], np.log1p(longest), np.log1p(fresh.sum()), np.log1p(back.sum()),
            back.sum() / size, (steps > 0).sum(), view.runs[p, c, 1] / max(1, view.runs[p, 0, 0]),
            one.parents[p] == one.parents[main], grid[c, p],
        )  # fmt: skip
    return pairs, out


def in_one_go(forest: Forest, tables: Sequence[Floats]) -> list[Floats]:
    """The log-odds of the rows of several tables, asked for together."""
    if not tables:
        return []
    odds = forest.odds(np.concatenate(tables))
    return np.split(odds, np.cumsum([len(t) for t in tables])[:-1])
