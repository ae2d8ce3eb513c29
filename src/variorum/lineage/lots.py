"""The collection cut into lots that have no text in common, and the phases from `share` on over one lot.

A lot holds whole families, so that what is found in it depends on nothing outside but `Shared`. Hence lots may be
worked on one after the other, which keeps the words of few articles in memory, or in several processes: the result is
the same.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from variorum.lineage.ancestors import orphans
from variorum.lineage.candidates import Candidates, Indices
from variorum.lineage.config import LineageConfig
from variorum.lineage.evidence import WHOLE_REPORT, newsroom_key
from variorum.lineage.fingerprint import Prints, Sheet, Shelf
from variorum.lineage.forest import load_forests
from variorum.lineage.kinship import Family, Lexicon, Member
from variorum.lineage.origins import Stem, Tracer
from variorum.lineage.publish import Agencies, Desk, Dispatch
from variorum.lineage.relations import Kin, kin
from variorum.lineage.relays import Relays
from variorum.lineage.share import Masks, Titles, related, viewed
from variorum.lineage.tree import Rulings, solve, tree, weigh_alone
from variorum.model import Article, Link
from variorum.text.agencies import is_partial
from variorum.text.components import components
from variorum.text.shingle import Hashes, Mask, among

_TWINS = 8  # of so many articles with the same words each is weighed; more follow the first
_TWIN_WORDS = 12  # fewer equal words may be a coincidence
_FAMILY = 96  # members of a family up to which it is solved as a whole
_SAMPLE = 500  # articles from which words are learned
_BATCH = 64  # families solved, members of a crowd weighed at a time
_NEAREST = 5  # others beside whom a member of a crowd is looked at
_LOT = 256  # articles


@dataclass(frozen=True, slots=True)
class Shared:
    """What is known of the whole collection: fingerprints of furniture, which words are words, the newsrooms that are
    there, and agencies."""

    config: LineageConfig
    chrome: Hashes
    lexicon: Lexicon
    newsrooms: frozenset[str]
    agencies: Agencies


@dataclass(frozen=True, slots=True)
class Lot:
    """Some ``articles`` of a collection with their ``numbers`` in it, ascending; all else counts from 0: whose
    dispatches they are, candidate ``pairs``, the ``leader`` of those with the same words, what humans have ruled."""

    numbers: list[int]
    articles: list[Article]
    own: list[str | None]
    prints: Prints
    pairs: Indices
    leader: Indices
    rulings: Rulings


@dataclass(frozen=True, slots=True)
class Solved:
    """What a lot gives: links, what stems from whom, and the members of each family by their numbers in the
    collection."""

    links: tuple[Link, ...]
    stems: list[Stem]
    groups: list[list[int]]


@dataclass(frozen=True, slots=True)
class Work:
    """What the phases before the publishing leave: sheets and which words of each count; families, crowds (a
    neighbourhood for each member), and ``followers``: further articles with the very words of another, which stands
    for them."""

    articles: list[Article]
    sheets: Sequence[Sheet]
    masks: Sequence[Mask]
    families: list[Kin]
    crowds: list[list[Kin]]
    followers: list[tuple[int, int]]

    def groups(self) -> Iterator[list[int]]:
        """The members of each family or crowd, followers too."""
        behind: dict[int, list[int]] = defaultdict(list)
        for follower, first in self.followers:
            behind[first].append(follower)
        found = [one.numbers for one in self.families]
        found += [[one.numbers[0] for one in crowd] for crowd in self.crowds]
        known = {number for numbers in found for number in numbers}
        found += [[first] for first in behind if first not in known]
        for numbers in found:
            yield [i for n in numbers for i in (n, *behind.get(n, ()))]


# --- the cut ------------------------------------------------------------------------------------------------------


def shared(
    articles: Sequence[Article], own: Sequence[str | None], prints: Prints, chrome: Hashes, config: LineageConfig
) -> Shared:
    """What all lots must know of ``articles``."""
    sample = sampled(len(articles))
    only = only_dispatches(own, {c for article in articles for c in credited_within(article)})
    sheets = Shelf(articles, prints)
    sheets.load([*sample, *only.values()])
    return Shared(
        config,
        chrome,
        Lexicon({i: sheets[i].ids for i in sample}),
        frozenset(newsroom_key(article.publisher) for article in articles if article.publisher),
        Agencies(frozenset(filter(None, own)), {a: Dispatch(articles[i].id, sheets[i].ids) for a, i in only.items()}),
    )


def sampled(count: int) -> list[int]:
    """The articles, of so many, from which words are learned."""
    return list(range(0, count, 1 + count // _SAMPLE))


def credited_within(article: Article) -> Iterator[str]:
    """The agencies that an article credits in its body, or for help with its report."""
    return (
        c.agency for c in article.credits if c.place == "body" or (c.place in WHOLE_REPORT and is_partial(article, c))
    )


def only_dispatches(own: Sequence[str | None], credited: Container[str]) -> dict[str, int]:
    """Agencies credited in bodies of which one dispatch alone is there, with its number."""
    counts = Counter(filter(None, own))
    return {a: i for i, a in enumerate(own) if a is not None and counts[a] == 1 and a in credited}


def lots(
    articles: Sequence[Article],
    own: Sequence[str | None],
    prints: Prints,
    found: Candidates,
    rulings: Rulings,
    size: int = 0,
) -> Iterator[Lot]:
    """Lots of up to ``size`` articles (0: as many as suit), more only where one family has more."""
    for piece in cut([article.id for article in articles], prints.sizes, found, rulings, size):
        numbers = piece.numbers.tolist()
        here = [articles[i] for i in numbers], [own[i] for i in numbers], prints.some(piece.numbers)
        yield Lot(numbers, *here, piece.pairs, piece.leader, piece.rulings)


@dataclass(frozen=True, slots=True)
class Piece:
    """What a `Lot` is, but for its articles."""

    numbers: Indices
    pairs: Indices
    leader: Indices
    rulings: Rulings


def cut(ids: Sequence[str], words: Indices, found: Candidates, rulings: Rulings, size: int = 0) -> Iterator[Piece]:
    """`lots` of articles that have these ``ids`` and so many ``words`` each."""
    count, size = len(ids), size or _LOT
    label = components(count, _bonds(ids, words, found, rulings))
    order = np.argsort(label, kind="stable")  # families in the order of their first members
    begins = np.flatnonzero(np.append(True, np.diff(label[order]) != 0))
    ends = np.append(begins[1:], count)
    home = np.zeros(count, np.int64)  # the lot of each article
    cuts, full = [0], size
    for begin, end in zip(begins.tolist(), ends.tolist(), strict=True):
        if end > full and begin > cuts[-1]:
            cuts.append(begin)
            full = begin + size
    cuts.append(count)
    home[order] = np.repeat(np.arange(len(cuts) - 1), np.diff(cuts))
    of_pair = np.argsort(home[found.pairs[:, 0]], kind="stable")
    pair_cuts = np.searchsorted(home[found.pairs[of_pair, 0]], np.arange(len(cuts)))
    ruled: dict[int, Rulings] = defaultdict(dict)
    for pair, holds in rulings.items():
        ruled[int(home[pair[0]])][pair] = holds
    for lot in range(len(cuts) - 1):
        numbers = np.sort(order[cuts[lot] : cuts[lot + 1]])
        if not len(numbers):
            continue
        pairs = found.pairs[of_pair[pair_cuts[lot] : pair_cuts[lot + 1]]]
        leader = np.searchsorted(numbers, found.leader[numbers])
        leader[found.leader[numbers] != numbers[np.minimum(leader, len(numbers) - 1)]] = -1
        yield Piece(
            numbers,
            np.searchsorted(numbers, pairs),
            np.where(leader < 0, np.arange(len(numbers)), leader),
            {_within(numbers, pair): holds for pair, holds in ruled[lot].items()},
        )


def _within(numbers: Indices, pair: tuple[int, int]) -> tuple[int, int]:
    one, other = np.searchsorted(numbers, pair).tolist()
    return one, other


def _bonds(ids: Sequence[str], words: Indices, found: Candidates, rulings: Rulings) -> Indices:
    """Pairs that must stay in one lot: candidates, articles of the same words or the same id, what is ruled on."""
    twins = np.flatnonzero((found.leader != np.arange(len(ids))) & (words >= _TWIN_WORDS))
    first: dict[str, int] = {}
    named = [(first.setdefault(name, i), i) for i, name in enumerate(ids)]
    again = [pair for pair in named if pair[0] != pair[1]]
    return np.concatenate(
        [
            found.pairs,
            np.stack((found.leader[twins], twins), axis=1),
            np.array([*again, *rulings], np.int64).reshape(-1, 2),
        ]
    )


# --- the phases over one lot --------------------------------------------------------------------------------------


def solved(lot: Lot, known: Shared) -> Solved:
    """The links and origins of a lot."""
    work = worked(lot, known)
    choices = tree(work.families, work.crowds, lot.rulings, known.config.parents)
    children = {choice.child for choice in choices} | {follower for follower, _ in work.followers}
    lone = orphans(work.families, work.crowds, children, lot.articles)
    relays = Relays(known.newsrooms)
    desk = Desk(lot.articles, work.sheets, work.masks, lot.own, relays, known.agencies)
    links = desk.publish(choices, lone, work.followers)
    stems = Tracer(lot.articles, work.sheets, lot.own, relays, lot.numbers).parts(links)
    return Solved(links, stems, [[lot.numbers[i] for i in group] for group in work.groups()])


def worked(lot: Lot, known: Shared, *, solving: bool = True) -> Work:
    """The phases up to the families; without ``solving`` these are left as they are before the first pass."""
    articles, prints, own, config = lot.articles, lot.prints, lot.own, known.config
    sheets = Shelf(articles, prints)
    sheets.load(np.unique(lot.pairs).tolist())
    masks = Masks(sheets, known.chrome, config)
    alike = related(sheets, lot.pairs, masks, config)
    pairs, followers = _with_twins(alike, lot.leader, articles, prints, frozenset(lot.rulings))
    titles = Titles(articles, np.unique(pairs).tolist())
    families: list[Kin] = []
    crowds: list[list[Kin]] = []

    def family(members: Sequence[Member], numbers: Sequence[int]) -> Family:
        return Family(members, [lot.numbers[i] for i in numbers], known.lexicon)

    def view(number: int) -> Member:
        return viewed(articles[number], titles[number], sheets[number], masks[number], own[number])

    for numbers, local in _groups(len(articles), pairs):
        if len(numbers) <= _FAMILY:
            both = np.concatenate((local, local[:, ::-1]))
            families.append(kin(numbers, both, family([view(i) for i in numbers], numbers)))
            if solving and len(families) % _BATCH == 0:
                solve(families[-_BATCH:], load_forests(), lot.rulings)
            continue
        members = {i: view(i) for i in numbers}
        crowd: list[Kin] = []
        for near, around in _near(numbers, local, prints):
            crowd.append(kin(near, around, family([members[i] for i in near], near)))
            if len(crowd) % _BATCH == 0:
                weigh_alone(crowd[-_BATCH:], load_forests(), lot.rulings)
        weigh_alone(crowd[len(crowd) - len(crowd) % _BATCH :], load_forests(), lot.rulings)
        crowds.append(crowd)
    if solving:
        solve(families[len(families) - len(families) % _BATCH :], load_forests(), lot.rulings)
    return Work(articles, sheets, masks, families, crowds, followers)


def _with_twins(
    pairs: Indices,
    leader: Indices,
    articles: Sequence[Article],
    prints: Prints,
    ruled: frozenset[tuple[int, int]],
) -> tuple[Indices, list[tuple[int, int]]]:
    """Pairs of leaders as pairs of all that have their words, up to a few of each; the rest follow their leader, and so
    does what differs from one of them in nothing at all."""
    twins: dict[int, list[int]] = defaultdict(list)
    followers = []
    seen: dict[object, int] = {}
    for i, first in enumerate(leader.tolist()):
        if prints.sizes[i] < _TWIN_WORDS and i != first:
            continue
        one = articles[i]
        same = seen.setdefault((first, one.text, one.title, one.published, one.publisher, one.url), i)
        if same != i:
            followers.append((i, same))
        elif len(twins[first]) < _TWINS:
            twins[first].append(i)
        else:
            followers.append((i, first))
    out = {(a, b) for x, y in pairs.tolist() for a in twins[x] for b in twins[y]}
    out |= {pair for group in twins.values() for pair in combinations(group, 2)}
    out |= ruled
    both = sorted({(min(pair), max(pair)) for pair in out})
    return np.array(both, np.int64).reshape(-1, 2), followers


def _groups(count: int, pairs: Indices) -> Iterable[tuple[list[int], Indices]]:
    """The members of each family and its pairs by their places among them."""
    label = components(count, pairs)[pairs[:, 0]] if len(pairs) else np.zeros(0, np.int64)
    order = np.argsort(label, kind="stable")
    for part in np.split(order, np.flatnonzero(np.diff(label[order])) + 1) if len(order) else ():
        numbers, places = np.unique(pairs[part], return_inverse=True)
        yield numbers.tolist(), places.reshape(-1, 2)


def _near(numbers: list[int], pairs: Indices, prints: Prints) -> Iterable[tuple[list[int], Indices]]:
    """For each member of a crowd a small family: itself first, and those that share most with it."""
    beside: dict[int, list[int]] = defaultdict(list)
    for a, b in pairs.tolist():
        beside[a].append(b)
        beside[b].append(a)
    distinct = [np.unique(prints.of(number)[0]) for number in numbers]
    for me in range(len(numbers)):
        mine, others = distinct[me], np.array(beside[me])
        lots = [distinct[o] for o in others]
        begins = np.cumsum([0, *map(len, lots)])
        same = np.concatenate(([0], np.cumsum(among(np.concatenate(lots), mine))))
        ranked = others[np.lexsort((others, same[begins[:-1]] - same[begins[1:]]))].tolist()
        near = [numbers[me], *(numbers[o] for o in ranked[:_NEAREST])]
        forth = [(other, 0) for other in range(1, len(near))]
        yield near, np.array(forth + [(c, p) for p, c in forth], np.int64)
