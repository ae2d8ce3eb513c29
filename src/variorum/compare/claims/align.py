"""Statements to claims: those that say the same thing become one group.

Words that were copied align first. Structure then proposes and decides pairs (terms, names, frame, counts), sentence
vectors decide what structure leaves open, and groups grow from the likeliest pair on, as long as no two members clash
(constrained agglomerative clustering: Wagstaff et al. 2001, with average linkage against chains).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING, Final

import numpy as np
from rapidfuzz import fuzz

from variorum.compare.claims.altered import figures_changed, without_figures
from variorum.compare.claims.clashes import Clash
from variorum.compare.claims.likeness import Scale
from variorum.compare.claims.same_deed import families
from variorum.compare.config import CompareConfig
from variorum.compare.facts.fact import Fact, by_article
from variorum.compare.facts.names import Names
from variorum.compare.facts.tolls import one_figure
from variorum.compare.facts.vocabulary import words
from variorum.model import Lineage, Span
from variorum.ports import Embedder
from variorum.text.vocabulary import load

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Likeness of wording from which two statements of a copied passage are one statement copied, in percent.
_COPIED: Final = 88
#: How far a copied statement may have moved inside its passage, in characters.
_DRIFT: Final = 400
#: How much of a general statement a specific one must say, and how many terms it must have to be a claim at all.
_CONTAINED: Final = 0.8
_WORDS_OF_A_CLAIM: Final = 3
#: Rarest words of a statement that its block keys are made of.
_KEY_WORDS: Final = 9
#: Likeness by structure between which vectors have a say.
_DOUBT: Final = (0.28, 0.75)
#: Centred cosine from which two statements are compared though they share no words.
_NEAR: Final = 0.3
#: Members of two groups that are compared before the groups are joined.
_WITNESSES: Final = 8
#: How many sentences of the story the general mean vector weighs as much as.
_PRIOR: Final = 12


@dataclass(frozen=True, slots=True)
class Background:
    """``data/background.toml``."""

    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two facts, by index, how alike they are (0..1), and why they may not be one claim."""

    a: int
    b: int
    likeness: float
    clashes: frozenset[Clash]
    copied: bool = False


@dataclass(slots=True)
class Alignment:
    """``groups``: the claims as indices into ``facts``, each fact in exactly one; ``pairs``: all that were compared
    and are alike enough to be one claim or answers to one question, among them those that clash; ``copied``: statements
    with those that a copied passage makes of them; ``likely``: all pairs that are not plainly unlike."""

    facts: Sequence[Fact]
    groups: list[list[int]]
    pairs: list[Pair]
    scale: Scale
    copied: Sequence[tuple[int, int]] = ()
    likely: Sequence[tuple[int, int]] = ()


def align(
    facts: Sequence[Fact], lineage: Lineage, names: Names, config: CompareConfig, embedder: Embedder | None
) -> Alignment:
    """Group ``facts`` (in rank order) into claims."""
    scale = Scale(facts, names)
    groups = _Groups(facts, scale)
    copied = list(_copied_pairs(facts, lineage))
    variants = _join_copies(facts, copied, groups, scale)
    _join_tolls(facts, groups, scale)
    heads = groups.heads()
    proposed = _candidates(heads, scale, config.block)
    if embedder is not None:
        scale.vectors = _vectors(heads, proposed, scale, config, embedder)
        proposed = sorted({*proposed, *_neighbours(heads, scale, config)})
    proposed = sorted({*proposed, *_of_one_family(heads, scale, config.block)})
    likely = [(a, b) for a, b in proposed if scale.likeness(a, b) >= config.unlike]
    least = min(config.same, config.same_event)
    pairs = [Pair(a, b, like, scale.clashes(a, b)) for a, b in likely if (like := scale.likeness(a, b)) >= least]
    for pair in sorted(pairs, key=lambda p: (-p.likeness, p.a, p.b)):
        if not pair.clashes and pair.likeness >= _line(pair, facts, config):
            groups.join(pair.a, pair.b, config.same)
    return Alignment(facts, groups.members(), variants + pairs, scale, copied, likely)


def _line(pair: Pair, facts: Sequence[Fact], config: CompareConfig) -> float:
    """One report seldom says one thing twice: inside an article more likeness is asked."""
    return config.same + (0.1 if facts[pair.a].statement.article == facts[pair.b].statement.article else 0.0)


def refinements(alignment: Alignment) -> dict[int, list[int]]:
    """For each group, by number, the groups that say less of the same: nearly all that they say stands in it too, and
    it says more."""
    group_of = homes(alignment.groups)
    found: dict[int, set[int]] = {}
    for a, b in alignment.likely:
        for general, specific in ((a, b), (b, a)) if group_of[a] != group_of[b] else ():
            if _says_less(alignment, general, specific) and not alignment.scale.clashes(a, b):
                found.setdefault(group_of[specific], set()).add(group_of[general])
    return {group: sorted(generals) for group, generals in found.items()}


def homes(groups: Sequence[Sequence[int]]) -> dict[int, int]:
    """The number of the group that each fact is in."""
    return {n: g for g, group in enumerate(groups) for n in group}


def _says_less(alignment: Alignment, general: int, specific: int) -> bool:
    less, more = alignment.facts[general], alignment.facts[specific]
    return (
        _WORDS_OF_A_CLAIM <= len(less.terms) < len(more.terms) - 1
        and less.names <= more.names
        and alignment.scale.containment(less, more) >= _CONTAINED
    )


# --- vectors --------------------------------------------------------------------------------------------------------


def _vectors(
    heads: Sequence[int], proposed: Sequence[tuple[int, int]], scale: Scale, config: CompareConfig, embedder: Embedder
) -> dict[str, NDArray[np.float32]]:
    """Unit vectors by key, the mean of the story taken off; the mean leans on general sentences where the story has
    few. Only texts of pairs that structure leaves open are embedded, plans for one day and then the likeliest first: a
    vector costs more than all else here, and says nothing where words decide or other counts, days or doers keep two
    statements apart. Where one report tells all – most of an archive is told by one –, none of its sentences has to be
    found in other words."""
    likeness = {pair: scale.structure(*pair) for pair in proposed}
    plans = {pair for pair in proposed if scale.one_plan(*pair)}
    doubtful = [pair for pair, like in likeness.items() if (_DOUBT[0] <= like or pair in plans) and like < _DOUBT[1]]
    doubtful.sort(key=lambda pair: (pair not in plans, -likeness[pair], pair))
    undecided = (n for pair in doubtful if _joinable(scale, pair) for n in pair)  # only as many as are wanted
    several = len({scale.facts[n].statement.article for n in heads}) > 1
    rest = sorted(heads, key=lambda n: (scale.facts[n].scene.sentence, n)) if several else []
    wanted = islice(_distinct(n for n in chain(undecided, rest) if scale.facts[n].key), config.vectors)
    texts = {scale.facts[n].key: scale.facts[n].words for n in wanted}
    if not texts:
        return {}
    return centred(texts, embedder)


def _distinct(numbers: Iterable[int]) -> Iterator[int]:
    seen: set[int] = set()
    for n in numbers:
        if n not in seen:
            seen.add(n)
            yield n


def centred(texts: Mapping[str, str], embedder: Embedder) -> dict[str, NDArray[np.float32]]:
    """Unit vectors of ``texts`` by their keys, after their mean is taken off: raw cosines hardly rank. The mean leans
    on general sentences where the texts are few."""
    raw = embedder.embed(list(texts.values()))
    return dict(zip(texts, off_centre(raw, common_part(raw, embedder)), strict=True))


def common_part(raw: NDArray[np.float32], embedder: Embedder) -> NDArray[np.float32]:
    """What the vectors of one story have in common."""
    mean: NDArray[np.float32] = (raw.sum(axis=0) + _PRIOR * general_vector(embedder)) / (len(raw) + _PRIOR)
    return mean


def off_centre(raw: NDArray[np.float32], mean: NDArray[np.float32]) -> NDArray[np.float32]:
    """Unit vectors after ``mean`` is taken off."""
    vectors: NDArray[np.float32] = raw - mean
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)
    return vectors


def general_vector(embedder: Embedder) -> NDArray[np.float32]:
    """What the vectors of all news sentences have in common: the mean of ``data/background.toml``."""
    mean: NDArray[np.float32] = embedder.embed(load("background", Background).sentences).mean(axis=0)
    return mean


def _joinable(scale: Scale, pair: tuple[int, int]) -> bool:
    """Whether nothing but a "not" or a plan keeps the two apart."""
    return scale.clashes(*pair) <= {"polarity", "reality", "category"}


def _neighbours(heads: Sequence[int], scale: Scale, config: CompareConfig) -> Iterator[tuple[int, int]]:
    """Pairs whose vectors are near, whatever their words; the cap on vectors bounds their number."""
    known = [n for n in heads if scale.facts[n].key in scale.vectors]
    if len(known) < 2:
        return
    matrix = np.stack([scale.vectors[scale.facts[n].key] for n in known])
    rows, columns = np.nonzero(np.triu(matrix @ matrix.T >= _NEAR, 1))
    for i, j in zip(rows.tolist(), columns.tolist(), strict=True):
        yield known[i], known[j]


# --- which pairs are looked at ------------------------------------------------------------------------------------


def _candidates(heads: Sequence[int], scale: Scale, block: int) -> list[tuple[int, int]]:
    """Pairs that share two of their rarer words or names. In a group larger than ``block`` each is compared with its
    first members and its neighbours only, so the number of pairs grows with the number of statements."""
    blocks: dict[tuple[str, str], list[int]] = defaultdict(list)
    for head in heads:
        for key in _block_keys(scale.facts[head], scale):
            blocks[key].append(head)
    found = {pair for members in blocks.values() for pair in _within_block(members, block)}
    return sorted(found)


def _of_one_family(heads: Sequence[int], scale: Scale, block: int) -> Iterator[tuple[int, int]]:
    """Pairs whose deeds are of one family, whatever their other words; of a family as many as of a block."""
    blocks: dict[int, list[int]] = defaultdict(list)
    for head in heads:
        for family in families(scale.facts[head]):
            blocks[family].append(head)
    for members in blocks.values():
        yield from _within_block(members, block)


def _block_keys(fact: Fact, scale: Scale) -> Iterator[tuple[str, str]]:
    rare = scale.rarest(fact, _KEY_WORDS)
    for count in fact.counts:
        if count.slot.role:
            yield (f"#{count.slot.role}", count.slot.unit or "")
    if fact.statement.reality == "planned" and fact.dated and fact.days:
        yield (f"@{fact.days[0]}", fact.days[1])
    if len(rare) == 1:
        yield (rare[0], "")
    for n, left in enumerate(rare):
        for right in rare[n + 1 :]:
            yield (left, right) if left < right else (right, left)


def _within_block(members: Sequence[int], block: int) -> Iterator[tuple[int, int]]:
    for n, member in enumerate(members):
        others = range(n) if n <= block else [*range(block // 2), *range(n - block // 2, n)]
        for other in others:
            yield (members[other], member)


# --- copies -------------------------------------------------------------------------------------------------------


def _join_copies(facts: Sequence[Fact], copied: Sequence[tuple[int, int]], groups: _Groups, scale: Scale) -> list[Pair]:
    """Join statements with the same words, and those that a copied passage carries over; copies that changed a
    number, a name or a "not" stay apart and are returned."""
    first: dict[str, int] = {}
    for n, fact in enumerate(facts):
        twin = first.setdefault(fact.key, n)
        if twin != n and not _dangling(fact) and not scale.clashes(twin, n):
            groups.join(twin, n)
    variants = []
    for a, b in copied:
        changed: frozenset[Clash] = frozenset({"quantity"} if figures_changed(facts[a], facts[b]) else ())
        found = scale.clashes(a, b) - {"date"} | changed
        if found and facts[a].key != facts[b].key:
            variants.append(Pair(min(a, b), max(a, b), 1.0, found, copied=True))
        else:
            groups.join(a, b)
    return sorted(set(variants), key=lambda p: (p.a, p.b))


def _dangling(fact: Fact) -> bool:
    """Whether equal words need not say the same: "He denied it." """
    opening = fact.key.split(" ", 1)[0]
    return opening in words().pointing and len(fact.terms) < 8


def _copied_pairs(facts: Sequence[Fact], lineage: Lineage) -> Iterator[tuple[int, int]]:
    index = {fact.id: n for n, fact in enumerate(facts)}
    articles = by_article(facts)
    for link in lineage.links:
        if link.kind == "credit":
            continue
        for passage in link.passages:
            left = _inside(articles.get(link.parent, ()), passage.parent)
            right = _inside(articles.get(link.child, ()), passage.child)
            shift = passage.child[0] - passage.parent[0]
            for a, b in _same_place(left, right, shift):
                yield index[a.id], index[b.id]


def _inside(facts: Iterable[Fact], span: Span) -> list[Fact]:
    """Facts of which at least half stands in the span."""
    return [f for f in facts if 2 * _common(f.statement.span, span) >= f.statement.span[1] - f.statement.span[0]]


def _common(a: Span, b: Span) -> int:
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def _same_place(left: Sequence[Fact], right: Sequence[Fact], shift: int) -> Iterator[tuple[Fact, Fact]]:
    """Each fact of the left with the likest one near the same place on the right, if it has the same words."""
    begin = 0
    for fact in left:
        place = fact.statement.span[0] + shift
        while begin < len(right) and right[begin].statement.span[0] < place - _DRIFT:
            begin += 1
        near = []
        for other in right[begin:]:
            if other.statement.span[0] > place + _DRIFT:
                break
            alike = fuzz.ratio(fact.key, other.key)
            rest = fuzz.ratio(without_figures(fact.key), without_figures(other.key))
            near.append((max(alike, rest), alike, -other.statement.span[0], other))
        best = max(near, key=lambda n: n[:3], default=None)
        if best and best[0] >= _COPIED:
            yield fact, best[3]


def _join_tolls(facts: Sequence[Fact], groups: _Groups, scale: Scale) -> None:
    """Join statements that tell one figure of one toll, however they put it ("killed", "lost their lives")."""
    for told in one_figure(facts):
        for n in told[1:]:
            if not scale.clashes(told[0], n) & {"quantity", "polarity", "reality", "category", "withdrawn"}:
                groups.join(told[0], n)


# --- groups -------------------------------------------------------------------------------------------------------


class _Groups:
    """Disjoint groups of facts that only join where no two members clash."""

    def __init__(self, facts: Sequence[Fact], scale: Scale) -> None:
        self._facts = facts
        self._scale = scale
        self._group: list[list[int]] = [[n] for n in range(len(facts))]

    def join(self, a: int, b: int, same: float | None = None) -> None:
        """Put the groups of two facts together; with ``same``, only if their members are alike enough and none
        clash (else they are known to be copies)."""
        left, right = self._group[a], self._group[b]
        if left is right or (same is not None and not self._fit(left, right, same)):
            return
        joined = sorted(left + right)
        for n in joined:
            self._group[n] = joined

    def heads(self) -> list[int]:
        """The first fact of each group."""
        return [n for n, group in enumerate(self._group) if group[0] == n]

    def members(self) -> list[list[int]]:
        """The groups, in the order of their first facts."""
        return [self._group[n] for n in self.heads()]

    def _fit(self, left: Sequence[int], right: Sequence[int], same: float) -> bool:
        pairs = [(a, b) for a in self._witnesses(left) for b in self._witnesses(right)]
        if any(self._scale.clashes(a, b) for a, b in pairs):
            return False
        return sum(self._scale.likeness(a, b) for a, b in pairs) / len(pairs) >= 0.75 * same

    def _witnesses(self, group: Sequence[int]) -> list[int]:
        """Members with different words, at most a handful."""
        return list({self._facts[n].key: n for n in reversed(group[: 4 * _WITNESSES])}.values())[-_WITNESSES:]
