"""What two members of a family have in common, seen beside the whole family: the numbers the scorer decides by.

The rule is the one of textual criticism: common *changes* show descent, common text does not (Lachmann; Maas 1927).
Hence the third-party view: words of a child that stand elsewhere in its family but not in this parent speak against
the parent, words that only these two have speak for it, and words that the parent alone has, amid text that the
child does share, speak against it too. Three readings of every text are compared so: runs of three words; words with
the marks between them; and where paragraphs break. Titles, times, and credits come beside them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

import numpy as np
import numpy.typing as npt

from variorum.lineage.evidence import newsroom_key, whole_credits
from variorum.lineage.revision import same_address
from variorum.model import Article
from variorum.text.background import background
from variorum.text.shingle import Hashes, Mask, grams
from variorum.text.stamps import earlier, interval

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

_EDGE = 30  # runs at either end of a text that count as its beginning and its end
_LEAD_WORDS = 40
_SHORT = 14  # absent runs in a row that still are an edit; more are a block
_TRUST = 0.92
_COMMON = 0.05  # of all texts: words in more of them say nothing of what a text is about


@dataclass(frozen=True, slots=True)
class Member:
    """What is compared of one article: its runs of three words in order (``quoted``: which stand in quotations), words
    with the marks between, paragraph breaks, the words of its title and of its lead, its time and its credits."""

    runs: Hashes
    quoted: Mask
    joints: Hashes
    breaks: Hashes
    words: Hashes
    fits: tuple[float, float]
    title: frozenset[int]
    lead: frozenset[int]
    when: tuple[float, float] | None
    newsroom: str
    credited: frozenset[str]
    own: str | None
    article: Article


def member(
    article: Article,
    title_ids: Hashes,
    ids: Hashes,
    joints: Hashes,
    breaks: Hashes,
    quoted: Mask,
    own: str | None,
) -> Member:
    """The view of one article; ``title_ids`` are the words of its title, ``ids`` those of its body that count,
    ``joints`` and ``breaks`` hashes of what lies between neighbours among them."""
    title = frozenset(title_ids.tolist())
    lead, rest = np.unique(ids[:_LEAD_WORDS]), ids[_LEAD_WORDS:]
    telling = lead[background().texts_with(lead) < _COMMON * background().total]
    known = frozenset(rest.tolist()) if len(rest) > 60 else frozenset[int]()
    lead_words = telling.tolist()
    lead_fits = sum(w in known for w in lead_words) / len(lead_words) if len(lead_words) > 3 and known else math.nan
    known = known.union(ids[:_LEAD_WORDS].tolist()) if known else frozenset(ids.tolist())
    title_fits = sum(w in known for w in title) / len(title) if title else math.nan
    return Member(
        grams(ids, 3),
        quoted[: max(0, len(ids) - 2)],
        joints,
        breaks,
        ids,
        (lead_fits, title_fits),
        title,
        frozenset(lead.tolist()),
        interval(article.published),
        newsroom_key(article.publisher) if article.publisher else "",
        frozenset(newsroom_key(c.agency) for c in whole_credits(article)),
        newsroom_key(own) if own else None,
        article,
    )


class Layer:
    """One reading of all members: which of its units stand in whom."""

    def __init__(self, units: Sequence[Hashes]) -> None:
        lengths = [len(u) for u in units]
        self.units, inverse = np.unique(np.concatenate(units), return_inverse=True)
        self.inverse = [inverse[end - length : end] for length, end in zip(lengths, accumulate(lengths), strict=True)]
        self.stands = np.zeros((int(inverse.max(initial=-1)) + 1, len(units)), np.bool_)
        for column, rows in enumerate(self.inverse):
            self.stands[rows, column] = True

    def rows(self, number: int) -> Mask:
        """For each unit of member ``number``, in order: in whom it stands (units x members)."""
        return self.stands[self.inverse[number]]


#: What `_compare` counts for a member beside each other one: units in all, shared, absent there but not elsewhere,
#: shared with that one only, that nobody else has.
_PLAIN = ("size", "shared", "missing", "only", "novel")
#: And for runs of words: at the beginning and the end, in quotations; absent in short runs and long ones, each with
#: how much of it stands elsewhere.
_FULL = (
    *_PLAIN,
    "lead",
    "tail",
    "quoted",
    "edits",
    "edited",
    "edited_known",
    "blocks",
    "block",
    "block_known",
    "two",
    "odd",
)


@dataclass(frozen=True, slots=True)
class _Seen:
    """The units of some members in a row: ``cells`` in whom each stands, in how many ``elsewhere``; where those of each
    member begin, and how many there are."""

    cells: Floats
    elsewhere: Ints
    begins: Ints
    counts: Ints

    def totals(self, *weights: Mask) -> tuple[Floats, Floats]:
        """For each member how many of its units have a weight (members x weights), and of these how many stand in
        whom (weights x members x all members)."""
        table = np.stack(weights).astype(np.float32)
        whole = np.zeros((len(self.counts), len(weights)), np.float32)
        there = np.zeros((len(weights), len(self.counts), self.cells.shape[1]), np.float32)
        for place, (begin, count) in enumerate(zip(self.begins.tolist(), self.counts.tolist(), strict=True)):
            part = table[:, begin : begin + count]
            whole[place] = part.sum(1)
            there[:, place] = part @ self.cells[begin : begin + count]
        return whole, there


def _seen(layer: Layer, allowed: Mask, which: Sequence[int]) -> _Seen:
    """``allowed`` (members x members) are those that count as elsewhere for each of ``which``."""
    parts = [layer.inverse[i] for i in which]
    counts = np.array([len(part) for part in parts])
    cells = layer.stands[np.concatenate(parts)].astype(np.float32)
    begins = np.cumsum(counts) - counts
    elsewhere = np.zeros(len(cells), np.float32)
    for i, begin, count in zip(which, begins.tolist(), counts.tolist(), strict=True):
        np.dot(cells[begin : begin + count], allowed[i].astype(np.float32), out=elsewhere[begin : begin + count])
    return _Seen(cells, elsewhere.astype(np.int64), begins, counts)


def _compare(layer: Layer, allowed: Mask, which: Sequence[int]) -> Floats:
    """(``which`` x members x `_PLAIN`): how each of them sees every member."""
    seen = _seen(layer, allowed, which)
    return _plain(seen.counts, allowed[which], *seen.totals(*_weights(seen.elsewhere)))


def _weights(elsewhere: Ints) -> tuple[Mask, Mask, Mask, Mask]:
    return elsewhere >= 0, elsewhere > 0, elsewhere == 1, elsewhere == 0


def _plain(counts: Ints, allowed: Mask, whole: Floats, there: Floats) -> Floats:
    """From the totals of `_weights`."""
    out = np.empty((*there.shape[1:], len(_PLAIN)), np.float32)
    out[:, :, 0] = counts[:, None]
    out[:, :, 1] = there[0]
    out[:, :, 2] = whole[:, 1, None] - there[1]
    out[:, :, 3] = np.where(allowed, there[2], there[3])
    out[:, :, 4] = whole[:, 3, None]
    return out


def _compare_runs(
    layer: Layer, quoted: Sequence[Mask], strange: Sequence[Mask], allowed: Mask, which: Sequence[int]
) -> Floats:
    """(``which`` x members x `_FULL`)."""
    seen = _seen(layer, allowed, which)
    cells, elsewhere, begins, counts = seen.cells, seen.elsewhere, seen.begins, seen.counts
    members = cells.shape[1]
    out = np.zeros((len(which), members, len(_FULL)), np.float32)
    spoken = np.concatenate([quoted[i] for i in which])
    whole, inside = seen.totals(*_weights(elsewhere), elsewhere >= 2, spoken)
    out[:, :, : len(_PLAIN)] = _plain(counts, allowed[which], whole, inside)
    if not len(cells):
        return out
    for place, (begin, count) in enumerate(zip(begins.tolist(), counts.tolist(), strict=True)):
        ends = min(_EDGE, count)
        if ends:
            out[place, :, 5] = cells[begin : begin + ends].sum(0) / ends
            out[place, :, 6] = cells[begin + count - ends : begin + count].sum(0) / ends
    out[:, :, 7] = inside[5]
    out[:, :, 14] = whole[:, 4, None] - inside[4]
    # Runs absent from a member, a blank between one child's and the next's.
    whose = np.repeat(np.arange(len(which)), counts)
    padded = np.zeros((members, len(cells) + len(which) + 1), np.int8)
    padded[:, np.arange(len(cells)) + whose + 1] = cells.T == 0
    steps = np.diff(padded, axis=1)
    column, begin = np.nonzero(steps == 1)
    _, end = np.nonzero(steps == -1)
    length = end - begin
    child = np.searchsorted(begins + np.arange(len(which)), begin, side="right") - 1
    begin, end = begin - child, end - child
    known = np.concatenate(([0], np.cumsum(elsewhere > 0)))
    there = known[end] - known[begin]
    # An edit at one word takes the three runs that it is in: what changed are the words from the last of the first run
    # to the first of the last.
    odd = np.concatenate(([0], np.cumsum(np.concatenate([strange[i][: len(layer.inverse[i])] for i in which]))))
    changed = np.maximum(0, odd[end] - odd[np.minimum(begin + 2, (begins + counts)[child])])
    cell = child * members + column

    def summed(part: Mask, weights: Ints | None = None) -> Floats:
        found = np.bincount(cell[part], None if weights is None else weights[part], len(which) * members)
        return np.asarray(found.reshape(len(which), members), np.float32)

    short = length <= _SHORT
    for offset, part in ((8, short), (11, ~short)):
        out[:, :, offset], out[:, :, offset + 1] = summed(part), summed(part, length)
        out[:, :, offset + 2] = summed(part, there)
    out[:, :, 15] = summed(short, changed)
    return out


_OF_OTHERS = [_FULL.index(name) for name in ("edited_known", "block_known", "two")]


def _with_nobody(view: Floats, which: Mask) -> None:
    """Make of the view beside all others the one beside none, for those of ``which``: nothing stands elsewhere."""
    view[which, :, 2], view[which, :, 3], view[which, :, 4] = 0, view[which, :, 1], view[which, :, 0]
    if view.shape[2] == len(_FULL):
        for column in _OF_OTHERS:
            view[which, :, column] = 0


@dataclass(frozen=True, slots=True)
class Views:
    """The comparisons of a family, a row for each (child, other): of runs, joints and breaks."""

    runs: Floats
    joints: Floats
    breaks: Floats


class Lexicon:
    """Which words are words: those of news at large, and those that stand in other articles of the collection. A
    misprint is none, and it is copied as a misprint. ``texts`` are the words of a sample of the articles, by number."""

    def __init__(self, texts: Mapping[int, Hashes]) -> None:
        self._sampled = frozenset(texts)
        every = np.concatenate([np.unique(ids) for ids in texts.values()]) if texts else np.zeros(0, np.uint64)
        self._words, self._texts = np.unique(every, return_counts=True)

    def known(self, words: Hashes, stands: Mask, numbers: Sequence[int]) -> Mask:
        """For each of ``words``, which ``stands`` in whom of the family with these ``numbers``."""
        inside = stands[:, [n in self._sampled for n in numbers]].sum(1)
        if not len(self._words):
            return np.zeros(len(words), np.bool_)
        place = np.minimum(np.searchsorted(self._words, words), len(self._words) - 1)
        texts = np.where(self._words[place] == words, self._texts[place], 0)
        return np.asarray((texts > inside) | (background().texts_with(words) > 3))


class Family:
    """The members of one family, which have these ``numbers`` in the collection, and their layers."""

    def __init__(self, members: Sequence[Member], numbers: Sequence[int], lexicon: Lexicon) -> None:
        self.members = members
        self.words = Layer([m.words for m in members])
        strange = ~lexicon.known(self.words.units, self.words.stands, numbers)
        cells = self.words.stands.astype(np.float32)
        #: [c, p]: words of c that p lacks.
        self.lacking = cells.sum(0)[:, None] - cells.T @ cells
        #: For each word of each member whether it is none.
        self.strange = [strange[rows] for rows in self.words.inverse]
        self.runs = Layer([m.runs for m in members])
        self.joints = Layer([m.joints for m in members])
        self.breaks = Layer([m.breaks for m in members])

    def views(self, allowed: Mask, full: Views | None = None) -> Views:
        """``allowed`` is (members x members): which others count as elsewhere for each child. ``full`` is the view in
        which all others do: it holds for all that it holds for."""
        if full is not None:
            return self._less(allowed, full)
        return Views(*self._compared(allowed, range(len(self.members))))

    def _compared(self, allowed: Mask, which: Sequence[int]) -> tuple[Floats, Floats, Floats]:
        quoted = [m.quoted for m in self.members]
        return (
            _compare_runs(self.runs, quoted, self.strange, allowed, which),
            _compare(self.joints, allowed, which),
            _compare(self.breaks, allowed, which),
        )

    def forget(self) -> None:
        """Let go of all that only views are made from."""
        nothing = Layer([np.zeros(0, np.uint64)] * len(self.members))
        self.words = self.runs = self.joints = self.breaks = nothing
        none = np.zeros(0, np.uint64)
        self.members = [
            replace(m, runs=none, joints=none, breaks=none, words=none, quoted=np.zeros(0, np.bool_))
            for m in self.members
        ]
        self.strange = []
        self.lacking = np.zeros((0, 0), np.float32)

    def _less(self, allowed: Mask, full: Views) -> Views:
        runs, joints, breaks = full.runs.copy(), full.joints.copy(), full.breaks.copy()
        others = allowed.sum(1)
        for view in (runs, joints, breaks):
            _with_nobody(view, others == 0)
        which = np.flatnonzero((others > 0) & (others < len(self.members) - 1)).tolist()
        if which:
            runs[which], joints[which], breaks[which] = self._compared(allowed, which)
        return Views(runs, joints, breaks)


# --- features -----------------------------------------------------------------------------------------------------

_RUN_NAMES = [
    "share", "missing", "missing_share", "only", "only_share", "novel", "novel_share", "lead", "tail", "quoted",
    "edits", "edited", "edited_known", "edited_alone", "blocks", "block", "block_known", "block_alone", "missing_two",
]  # fmt: skip
_PLAIN_NAMES = ["share", "missing", "missing_share", "only", "novel"]
_FACT_NAMES = [
    "title_same", "title_likeness", "title_from_lead", "lead_in_title", "title_shared", "time", "gap", "tied", "before",
    "between", "timed_parent", "timed_child", "names_parent", "names_child", "common_credits", "lost_credits",
    "new_credits", "parent_is_agency", "child_is_agency", "credits_parent", "credits_child", "same_newsroom",
    "same_address", "mentions_parent", "mentions_child",
]  # fmt: skip
_TIME_NAMES = ("time", "gap", "tied", "before", "between")
_WORD_NAMES = [
    "c_words", "c_strange", "c_strange_share", "p_words", "p_strange", "p_strange_share", "c_lead_fits", "p_lead_fits",
    "c_title_fits", "p_title_fits",
]  # fmt: skip
_FAMILY_NAMES = ["members", "child_size", "parent_size", "size_ratio", "rank", "behind_best", "containers"]
_OWN_NAMES = tuple(
    [f"c_{n}" for n in _RUN_NAMES]
    + [f"p_{n}" for n in _RUN_NAMES]
    + [f"c_joint_{n}" for n in _PLAIN_NAMES]
    + [f"p_joint_{n}" for n in _PLAIN_NAMES]
    + [f"c_break_{n}" for n in _PLAIN_NAMES]
    + [f"p_break_{n}" for n in _PLAIN_NAMES]
    + _FACT_NAMES
    + _WORD_NAMES
    + _FAMILY_NAMES
    + ["differences", "odd_differences"]
)
#: Columns of which it matters, too, how far they are from the best that any candidate of the same child has.
_LOW = [
    "differences", "odd_differences", "c_missing", "c_missing_two", "c_edited", "c_edited_known", "c_block_known",
    "p_edited", "p_edited_alone", "p_block", "c_joint_missing", "p_joint_missing", "c_break_missing", "p_break_missing",
    "gap",
]  # fmt: skip
_HIGH = ["c_share", "c_only", "c_joint_share", "c_break_share", "p_share", "title_likeness", "time"]
#: The columns of a table of pairs.
NAMES: tuple[str, ...] = (*_OWN_NAMES, *(f"over_least_{n}" for n in _LOW), *(f"under_most_{n}" for n in _HIGH))
#: Those of them that times make.
TIMES = [
    i for i, name in enumerate(NAMES) if name.removeprefix("over_least_").removeprefix("under_most_") in _TIME_NAMES
]


def _log(values: Floats) -> Floats:
    return np.asarray(np.log1p(values), np.float32)


def _run_columns(view: Floats) -> Floats:
    """(… x `_FULL`) counts as (… x `_RUN_NAMES`) signals."""
    size, shared, missing, only, novel, *rest = np.moveaxis(view, -1, 0)
    lead, tail, quoted, edits, edited, known, blocks, block, there, two, _ = rest
    whole = np.maximum(size, 1)
    return np.stack(
        [
            shared / whole, _log(missing), missing / whole, _log(only), only / whole, _log(novel), novel / whole,
            lead, tail, quoted / np.maximum(shared, 1), _log(edits), _log(edited), _log(known), _log(edited - known),
            _log(blocks), _log(block), _log(there), _log(block - there), _log(two),
        ],
        axis=-1,
    )  # fmt: skip


def _plain_columns(view: Floats) -> Floats:
    size, shared, missing, only, novel = np.moveaxis(view, -1, 0)
    whole = np.maximum(size, 1)
    return np.stack([shared / whole, _log(missing), missing / whole, _log(only), _log(novel)], axis=-1)


@dataclass(frozen=True, slots=True)
class Looked:
    """What `tables` are made from. ``pairs`` are rows (parent, child) of member numbers of ``family``; ``here`` is how
    children see their family, ``there`` how parents do; ``facts`` are those of `facts`."""

    family: Family
    here: Views
    there: Views
    facts: Floats
    pairs: Ints


def tables(given: Sequence[Looked]) -> list[Floats]:
    """For each family (pairs x `NAMES`), made together."""
    if not given:
        return []
    parents = [one.pairs[:, 0] for one in given]
    children = [one.pairs[:, 1] for one in given]
    sizes = np.array([len(one.family.members) for one in given])
    firsts = np.cumsum(sizes) - sizes

    def cells(views: Sequence[Floats], rows: Sequence[Ints], columns: Sequence[Ints]) -> Floats:
        return np.concatenate([v[r, c] for v, r, c in zip(views, rows, columns, strict=True)])

    here = cells([one.here.runs for one in given], children, parents)
    there = cells([one.there.runs for one in given], parents, children)
    plain = [
        _plain_columns(part)
        for part in (
            cells([one.here.joints for one in given], children, parents),
            cells([one.there.joints for one in given], parents, children),
            cells([one.here.breaks for one in given], children, parents),
            cells([one.there.breaks for one in given], parents, children),
        )
    ]
    own = np.concatenate(
        [
            _run_columns(here),
            _run_columns(there),
            *plain,
            np.concatenate([one.facts for one in given]),
            _word_columns(given, here, there),
            np.concatenate([_family_columns(one) for one in given]),
            _differences(here, there),
        ],
        axis=1,
        dtype=np.float32,
    )
    low, high = (own[:, [_OWN_NAMES.index(n) for n in part]] for part in (_LOW, _HIGH))
    child = np.concatenate([mine + first for mine, first in zip(children, firsts.tolist(), strict=True)])
    count = int(sizes.sum())
    whole = np.concatenate([own, _beside(low, child, count), _beside(-high, child, count)], axis=1)
    return np.split(whole, np.cumsum([len(one.pairs) for one in given])[:-1])


def _family_columns(one: Looked) -> Floats:
    """(pairs x `_FAMILY_NAMES`)."""
    parent, child = one.pairs.T
    size = one.here.runs[:, 0, 0]
    shared = one.here.runs[:, :, 1].copy()
    np.fill_diagonal(shared, 0)
    mine = shared[child, parent]
    best = shared[child].max(1)
    rank = (shared[child] > mine[:, None]).sum(1)
    containers = (shared > 0.9 * size[:, None]).sum(1)
    return np.stack(
        [
            np.full(len(one.pairs), math.log(len(one.family.members))), _log(size[child]), _log(size[parent]),
            np.log((size[child] + 5) / (size[parent] + 5)), rank, mine / np.maximum(best, 1), containers[child],
        ],
        axis=1,
    )  # fmt: skip


def _differences(here: Floats, there: Floats) -> Floats:
    """How many words in all the two differ by, and how many edits that nobody else in the family has in the parent or
    somebody else has in the child: those speak against descent."""
    both = here[:, 9] + here[:, 12] + there[:, 9] + there[:, 12]
    odd = here[:, 10] + here[:, 13] + there[:, 9] - there[:, 10]
    return np.stack([_log(both), _log(odd)], axis=1)


def _word_columns(given: Sequence[Looked], here: Floats, there: Floats) -> Floats:
    """(pairs x `_WORD_NAMES`)."""
    lacking = [one.family.lacking[one.pairs[:, 1], one.pairs[:, 0]] for one in given]
    lacking_back = [one.family.lacking[one.pairs[:, 0], one.pairs[:, 1]] for one in given]
    fits = [np.array([m.fits for m in one.family.members], np.float32) for one in given]
    of_child = np.concatenate([f[one.pairs[:, 1]] for f, one in zip(fits, given, strict=True)])
    of_parent = np.concatenate([f[one.pairs[:, 0]] for f, one in zip(fits, given, strict=True)])
    columns = []
    for lacks, view in ((lacking, here), (lacking_back, there)):
        odd, edits = view[:, 15], view[:, 8]
        columns += [np.log1p(np.concatenate(lacks)), np.log1p(odd), odd / np.maximum(edits, 1)]
    columns += [of_child[:, 0], of_parent[:, 0], of_child[:, 1], of_parent[:, 1]]
    return np.stack(columns, axis=1).astype(np.float32)


def _beside(values: Floats, child: Ints, count: int) -> Floats:
    """How far each value is above the least among the rows of the same child."""
    least = np.full((count, values.shape[1]), np.inf, np.float32)
    np.fmin.at(least, child, values)
    return values - least[child]


def facts(members: Sequence[Member], pairs: Ints) -> Floats:
    """(pairs x `_FACT_NAMES`): titles, times and credits."""
    times = np.array([np.nan if m.when is None else sum(m.when) / 2 for m in members])
    mentions = _mentions(members)
    out = np.full((len(pairs), len(_FACT_NAMES)), np.nan, np.float32)
    for row, (p, c) in enumerate(pairs.tolist()):
        parent, child = members[p], members[c]
        out[row, :5] = _titles(parent, child, members)
        out[row, 5:12] = _times(parent, child, times)
        out[row, 12:] = _credits(parent, child, mentions[p][c], mentions[c][p])
    return out


def _titles(parent: Member, child: Member, members: Sequence[Member]) -> tuple[float, ...]:
    one, other = parent.title, child.title
    if not one or not other:
        return math.nan, math.nan, math.nan, math.nan, math.nan
    both = len(one & other)
    same = float(one == other)
    from_lead = len(other & parent.lead - one) / len(other)
    to_title = len(one & child.lead - other) / len(one)
    return same, both / len(one | other), from_lead, to_title, sum(m.title == other for m in members) * same


def _times(parent: Member, child: Member, times: npt.NDArray[np.float64]) -> tuple[float, ...]:
    known = float(parent.when is not None), float(child.when is not None)
    if parent.when is None or child.when is None:
        return math.nan, math.nan, math.nan, math.nan, math.nan, *known
    chance = _TRUST * earlier(parent.when, child.when) + (1 - _TRUST) / 2
    one, other = sum(parent.when) / 2, sum(child.when) / 2
    gap = (other - one) / 3600
    signed = math.copysign(math.log1p(abs(gap)), gap)
    low, high = min(one, other), max(one, other)
    between = np.sum((times > low) & (times < high))
    tied = float(parent.when == child.when)
    return math.log(chance / (1 - chance)), signed, tied, float(np.sum(times < one)), float(between), *known


def _credits(parent: Member, child: Member, forth: float, back: float) -> tuple[float, ...]:
    """``forth``: the child's text mentions the parent's newsroom, ``back`` the other way round."""
    names_parent = float(parent.newsroom != "" and parent.newsroom in child.credited)
    names_child = float(child.newsroom != "" and child.newsroom in parent.credited)
    return (
        names_parent,
        names_child,
        len(parent.credited & child.credited),
        len(parent.credited - child.credited),
        len(child.credited - parent.credited),
        float(parent.own is not None),
        float(child.own is not None),
        float(parent.own is not None and parent.own in child.credited),
        float(child.own is not None and child.own in parent.credited),
        float(parent.newsroom == child.newsroom) if parent.newsroom and child.newsroom else math.nan,
        float(same_address(parent.article, child.article)),
        forth,
        back,
    )


def _mentions(members: Sequence[Member]) -> list[list[float]]:
    """[p][c]: whether c's text names p's publisher, which is not its own."""
    out = []
    for p in members:
        name = (p.article.publisher or "").removeprefix("The ")
        known = len(name) > 3
        out.append([float(name in c.article.text and p.newsroom != c.newsroom) if known else math.nan for c in members])
    return out
