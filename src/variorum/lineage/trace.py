"""Who copied whom: the phases in order, with the tables that pass between them.

fingerprint → candidates → share → link (relations, tree) → align → origins
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from variorum.lineage.agencies import own_agencies
from variorum.lineage.ancestors import orphans
from variorum.lineage.candidates import Indices, candidates, components
from variorum.lineage.config import LineageConfig
from variorum.lineage.evidence import newsroom_key, whole_credits
from variorum.lineage.fingerprint import Prints, Sheet, Shelf, fingerprint
from variorum.lineage.forest import load_forests
from variorum.lineage.kinship import Family, Lexicon, Member
from variorum.lineage.origins import Tracer
from variorum.lineage.publish import Desk
from variorum.lineage.relations import Kin, kin
from variorum.lineage.relays import Relays
from variorum.lineage.share import Masks, Titles, related, viewed
from variorum.lineage.tree import Rulings, solve, tree, weigh_alone
from variorum.model import Article, Lineage, Ruling
from variorum.text.shingle import Hashes, Mask, among
from variorum.text.stamps import interval

_TWINS = 8  # of so many articles with the same words each is weighed; more follow the first
_TWIN_WORDS = 12  # fewer equal words may be a coincidence
_FAMILY = 48  # members of a family up to which it is solved as a whole
_SAMPLE = 500  # articles from which words are learned
_LOT = 64  # families solved, members of a crowd weighed at a time
_NEAREST = 5  # others beside whom a member of a crowd is looked at


def trace(articles: Sequence[Article], config: LineageConfig | None = None, rulings: Iterable[Ruling] = ()) -> Lineage:
    """Every reuse of text among ``articles``, its direction, and the origins of each.

    Shares count body text only; an article without blocks is all body. Links are sorted by child, origins by id.
    ``rulings`` are what humans have said of single links: it holds on every run.
    """
    lineage, _, _ = traced(articles, config or LineageConfig(), rulings)
    return lineage


def traced(
    articles: Sequence[Article], config: LineageConfig, rulings: Iterable[Ruling] = (), chrome: Hashes | None = None
) -> tuple[Lineage, list[list[Article]], Hashes]:
    """As `trace`, with the members of each family, and the fingerprints of furniture: those found, and ``chrome``,
    those that were known before."""
    work = prepare(articles, config, tuple(rulings), chrome)
    choices = tree(work.families, work.crowds, work.rulings, config.parents)
    children = {choice.child for choice in choices} | {follower for follower, _ in work.followers}
    lone = orphans(work.families, work.crowds, children, work.articles)
    relays = Relays(frozenset(newsroom_key(a.publisher) for a in work.articles if a.publisher))
    links = Desk(work.articles, work.sheets, work.masks, work.own, relays).publish(choices, lone, work.followers)
    origins = Tracer(work.articles, work.sheets, work.own, relays).origins(links)
    return Lineage(links, origins), work.groups(), work.chrome


@dataclass(frozen=True, slots=True)
class Work:
    """What the phases before the scorer leave: articles in the order they are worked on, their sheets and the words
    of each that count, whose dispatches they are; families, crowds (a neighbourhood for each member), and
    ``followers``: further articles with the very words of another, which stands for them."""

    articles: list[Article]
    sheets: Sequence[Sheet]
    masks: Sequence[Mask]
    own: list[str | None]
    families: list[Kin]
    crowds: list[list[Kin]]
    followers: list[tuple[int, int]]
    rulings: Rulings
    chrome: Hashes

    def groups(self) -> list[list[Article]]:
        """The members of each family or crowd, followers too."""
        behind: dict[int, list[int]] = defaultdict(list)
        for follower, first in self.followers:
            behind[first].append(follower)
        found = [one.numbers for one in self.families]
        found += [[one.numbers[0] for one in crowd] for crowd in self.crowds]
        known = {number for numbers in found for number in numbers}
        found += [[first] for first in behind if first not in known]
        return [[self.articles[i] for n in numbers for i in (n, *behind.get(n, ()))] for numbers in found]


def prepare(
    articles: Sequence[Article],
    config: LineageConfig,
    rulings: Sequence[Ruling] = (),
    chrome: Hashes | None = None,
    *,
    solving: bool = True,
) -> Work:
    """The phases up to the families, lot by lot; without ``solving`` these are left as they are before the first
    pass."""
    known = dict(zip(map(id, articles), own_agencies(articles), strict=True))
    ordered = sorted(articles, key=lambda article: _precedence(article, known[id(article)]))
    own = [known[id(article)] for article in ordered]
    prints = fingerprint(ordered, config)
    found = candidates(prints, config, chrome)
    sheets = Shelf(ordered, prints)
    sheets.load(np.unique(found.pairs).tolist())
    masks = Masks(sheets, found.chrome, config)
    ruled = _ruled(ordered, rulings)
    alike = related(sheets, found, masks, config)
    pairs, followers = _with_twins(alike, found.leader, ordered, prints, frozenset(ruled))
    lexicon = Lexicon({i: sheets[i].ids for i in range(0, len(sheets), 1 + len(sheets) // _SAMPLE)})
    titles = Titles(ordered, np.unique(pairs).tolist())
    families: list[Kin] = []
    crowds: list[list[Kin]] = []

    def view(number: int) -> Member:
        return viewed(ordered[number], titles[number], sheets[number], masks[number], own[number])

    for numbers, local in _groups(len(ordered), pairs):
        if len(numbers) <= _FAMILY:
            both = np.concatenate((local, local[:, ::-1]))
            families.append(kin(numbers, both, Family([view(i) for i in numbers], numbers, lexicon)))
            if solving and len(families) % _LOT == 0:
                solve(families[-_LOT:], load_forests(), ruled)
            continue
        members = {i: view(i) for i in numbers}
        crowd: list[Kin] = []
        for near, around in _near(numbers, local, prints):
            crowd.append(kin(near, around, Family([members[i] for i in near], near, lexicon)))
            if len(crowd) % _LOT == 0:
                weigh_alone(crowd[-_LOT:], load_forests(), ruled)
        weigh_alone(crowd[len(crowd) - len(crowd) % _LOT :], load_forests(), ruled)
        crowds.append(crowd)
    if solving:
        solve(families[len(families) - len(families) % _LOT :], load_forests(), ruled)
    return Work(ordered, sheets, masks, own, families, crowds, followers, ruled, found.chrome)


def _ruled(articles: Sequence[Article], rulings: Sequence[Ruling]) -> Rulings:
    number = {article.id: i for i, article in enumerate(articles)}
    return {
        (number[r.parent], number[r.child]): r.holds
        for r in rulings
        if r.parent in number and r.child in number and r.parent != r.child
    }


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


def _precedence(article: Article, agency: str | None) -> tuple[bool, bool, float, str, str]:
    """The order in which articles are worked on, whatever the order of input; the first of those with the same words
    speaks for them: an agency's own, one that credits an agency, the earliest."""
    when = interval(article.published)
    time = sum(when) / 2 if when else float("inf")
    return agency is None, not whole_credits(article), time, article.id, article.text
