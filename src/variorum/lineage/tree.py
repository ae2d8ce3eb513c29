"""Phase 5: of all edges, the set that hangs together: at most one main parent each, no cycles, further parents
where they explain what the main one cannot."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from variorum.lineage.candidates import Indices
from variorum.lineage.config import LineageConfig
from variorum.lineage.evidence import whole_credits
from variorum.lineage.fingerprint import Sheet
from variorum.lineage.link import Edge, identical
from variorum.model import Article
from variorum.text.shingle import Mask

if TYPE_CHECKING:
    import networkx as nx

_TWIN_WORDS = 12  # fewer equal words may be a coincidence
_AGAINST = -1.5  # log-odds of a direction below which a root of its own is the better guess
_EXACT = 400  # articles of one family up to which the best branching is sought; beyond it, the best edge each


@dataclass(frozen=True, slots=True)
class Choice:
    """A chosen edge, how sure it is that the child took from this parent and not from another or the other way
    round, and the parents that lost against it, best first, each with its own chance."""

    edge: Edge
    confidence: float
    others: tuple[tuple[int, float], ...]


def tree(edges: Sequence[Edge], counted: Sequence[Mask], config: LineageConfig) -> list[Choice]:
    """The chosen edges by child, the main parent before further ones.

    A maximum branching (Chu and Liu 1965, Edmonds 1967) over each family.
    """
    import networkx as nx  # slow to load

    options: dict[int, list[Edge]] = defaultdict(list)
    for edge in edges:
        if edge.odds > _AGAINST:
            options[edge.child].append(edge)
    for child, possible in options.items():
        options[child] = sorted(possible, key=lambda e: (-e.weight, e.parent))[: config.parents]
    graph: nx.DiGraph[int] = nx.DiGraph()
    for possible in options.values():
        graph.add_weighted_edges_from((e.parent, e.child, e.weight) for e in possible)
    by_pair = {(e.parent, e.child): e for possible in options.values() for e in possible}
    chosen = [by_pair[pair] for pair in sorted(_branching(graph))]
    chosen += _further(chosen, options, counted, config)
    return [_choice(edge, options[edge.child]) for edge in sorted(chosen, key=lambda e: e.child)]


def _branching(graph: nx.DiGraph[int]) -> list[tuple[int, int]]:
    import networkx as nx

    pairs: list[tuple[int, int]] = []
    for members in nx.weakly_connected_components(graph):
        family = graph.subgraph(sorted(members))
        if len(members) == 2:
            pairs.append(max(family.edges, key=lambda pair: (family.edges[pair]["weight"], -pair[0])))
        elif len(members) <= _EXACT:
            pairs += nx.maximum_branching(_ordered(family)).edges
        else:
            pairs += _greedy(family)
    return pairs


def _ordered(family: nx.DiGraph[int]) -> nx.DiGraph[int]:
    """A copy whose nodes and edges come in one order, so that ties fall the same way on every run."""
    import networkx as nx

    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from(sorted(family))
    graph.add_weighted_edges_from(sorted(family.edges.data("weight")))
    return graph


def _greedy(family: nx.DiGraph[int]) -> list[tuple[int, int]]:
    """Heaviest edges first, each that gives a parentless article a parent outside its own subtree."""
    root = {node: node for node in family}
    pairs = []
    for parent, child, _ in sorted(family.edges.data("weight"), key=lambda e: (-e[2], e[0], e[1])):
        top = parent
        while root[top] != top:
            root[top] = root[root[top]]
            top = root[top]
        if root[child] == child and top != child:
            root[child] = parent
            pairs.append((parent, child))
    return pairs


def _further(
    chosen: Sequence[Edge], options: dict[int, list[Edge]], counted: Sequence[Mask], config: LineageConfig
) -> list[Edge]:
    """Second and third parents: they hold passages of the child that its other parents lack."""
    import networkx as nx

    graph: nx.DiGraph[int] = nx.DiGraph((e.parent, e.child) for e in chosen)
    extra = []
    for main in chosen:
        open_words = counted[main.child].copy()
        _close(open_words, main)
        for edge in options[main.child]:
            gained = sum(int(open_words[slice(*s.b)].sum()) for s in edge.shared)
            if edge is main or gained < max(config.least_words, config.least_share * len(open_words)):
                continue
            if edge.parent in graph and nx.has_path(graph, edge.child, edge.parent):
                continue
            graph.add_edge(edge.parent, edge.child)
            _close(open_words, edge)
            extra.append(edge)
    return extra


def _close(open_words: Mask, edge: Edge) -> None:
    for stretch in edge.shared:
        open_words[slice(*stretch.b)] = False


def _choice(edge: Edge, options: Sequence[Edge]) -> Choice:
    """Chances by weight among all parents considered and the reverse of the edge itself."""
    weights = np.array([edge.weight - edge.odds, *(e.weight for e in options)])
    parts = np.exp(weights - weights.max())
    chances = parts / parts.sum()
    certain = 1 - math.exp(-edge.telling / 12)
    own = next(chance for e, chance in zip(options, chances[1:], strict=True) if e is edge)
    others = tuple(
        (e.parent, round(float(chance), 3)) for e, chance in zip(options, chances[1:], strict=True) if e is not edge
    )
    return Choice(edge, round(float(own * certain), 3), others)


def with_twins(
    choices: Sequence[Choice],
    leader: Indices,
    articles: Sequence[Article],
    sheets: Sequence[Sheet],
    own: Sequence[str | None],
    limit: int,
) -> list[Choice]:
    """The choices, and for each article with the very words of its leader a choice of that leader, or of the leader's
    parent if that is the dispatch of the agency which both credit. Where an article is considered as a parent, so are
    its twins, up to ``limit`` of them."""
    twins: dict[int, list[int]] = defaultdict(list)
    for i in np.flatnonzero(leader != np.arange(len(leader))).tolist():
        if len(sheets[i]) >= _TWIN_WORDS:
            twins[int(leader[i])].append(i)
    mains: dict[int, Choice] = {}
    for choice in choices:
        mains.setdefault(choice.edge.child, choice)
    chosen = [replace(c, others=_with_their_twins(c, twins, limit)) for c in choices]
    for first, others in twins.items():
        for i in others:
            if first in mains and _sent_to(own[mains[first].edge.parent], articles[i]):
                chosen.append(replace(mains[first], edge=replace(mains[first].edge, child=i)))
                continue
            edge = identical(articles, sheets, own, first, i)
            chance = 1 / (1 + math.exp(-edge.odds))
            rest = [(t, round((1 - chance) / len(others), 3)) for t in others[:limit] if t != i]
            if first in mains:
                above = mains[first]
                rest += [(above.edge.parent, round((1 - chance) * above.confidence, 3)), *above.others]
            chosen.append(Choice(edge, round(chance, 3), tuple(rest[:limit])))
    return sorted(chosen, key=lambda c: c.edge.child)


def _sent_to(agency: str | None, article: Article) -> bool:
    return agency is not None and any(credit.agency == agency for credit in whole_credits(article))


def _with_their_twins(choice: Choice, twins: dict[int, list[int]], limit: int) -> tuple[tuple[int, float], ...]:
    widened = [(t, round(choice.confidence / 2, 3)) for t in twins.get(choice.edge.parent, ())]
    for parent, chance in choice.others:
        widened += [(parent, chance), *((t, chance) for t in twins.get(parent, ()))]
    return tuple(widened[:limit])
