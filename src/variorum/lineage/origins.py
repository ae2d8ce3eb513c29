"""Phase 6: where the words of each article come from in the end.

Every word has one origin: the agency that the article credits for the whole report (byline, dateline, credit line);
else, in a passage taken from a parent, the origin that the words have there; else the agency that the lead credits;
else the article's own newsroom. An agency that is not in the collection is inferred from its credits.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from variorum.lineage.agencies import agency_origin, own_agencies, own_origin
from variorum.lineage.config import LineageConfig
from variorum.lineage.evidence import lead_credit, newsroom_key, whole_credits
from variorum.lineage.fingerprint import Sheet, fingerprint
from variorum.lineage.publish import MOSTLY
from variorum.lineage.relays import relay_of
from variorum.model import Article, Link, Location, Origin, Span

_OWN_WORDS = 12  # fewer words of its own than this make no report of its own

Owners = npt.NDArray[np.int64]


def find_origins(
    articles: Sequence[Article], links: Sequence[Link], sheets: Sequence[Sheet] | None = None
) -> tuple[Origin, ...]:
    """Every origin with its articles and passages, sorted by id; an article is in one at least.

    ``links`` are those that `trace` finds, or such links as a human has mended; ``sheets`` those of the articles, if
    they are at hand.
    """
    sheets = sheets or [fingerprint(article, LineageConfig()) for article in articles]
    number = {article.id: i for i, article in enumerate(articles)}
    taken = [link for link in links if link.parent in number and link.child in number and link.kind != "credit"]
    own = own_agencies(articles)
    here = frozenset(newsroom_key(article.publisher) for article in articles if article.publisher)
    whole = _whole_agencies(articles, taken, number, own)
    parts: dict[int, list[Link]] = defaultdict(list)
    for link in taken:
        parts[number[link.child]].append(link)
    table = _Table()
    owners: list[Owners] = [np.zeros(0, np.int64)] * len(articles)
    for i in _parents_first(len(articles), [(number[x.parent], number[x.child]) for x in taken]):
        owners[i] = np.full(len(sheets[i]), table.number(_base(articles[i], whole[i], own[i], here)))
        for link in reversed(parts[i]) if not whole_credits(articles[i]) else ():
            parent = number[link.parent]
            for passage in link.passages:
                _inherit(
                    owners[i][sheets[i].words_in(passage.child)],
                    owners[parent][sheets[parent].words_in(passage.parent)],
                )
    return _collected(articles, sheets, owners, own, table)


class _Table:
    """Origins by number."""

    def __init__(self) -> None:
        self.origins: list[Origin] = []
        self._numbers: dict[str, int] = {}

    def number(self, origin: Origin) -> int:
        """The number of ``origin``; once in the collection it stays so."""
        found = self._numbers.setdefault(origin.id, len(self.origins))
        if found == len(self.origins):
            self.origins.append(origin)
        elif origin.in_collection:
            self.origins[found] = origin
        return found


def _whole_agencies(
    articles: Sequence[Article], links: Sequence[Link], number: dict[str, int], own: Sequence[str | None]
) -> list[str | None]:
    """The agency whose text each article as a whole is. A copy that credits one says it of its parent too."""
    whole = [mine or next((c.agency for c in whole_credits(a)), None) for a, mine in zip(articles, own, strict=True)]
    children = _parents_first(len(articles), [(number[x.parent], number[x.child]) for x in links])[::-1]
    above: dict[int, list[Link]] = defaultdict(list)
    for link in links:
        above[number[link.child]].append(link)
    for child in children:
        for link in above[child]:
            parent = number[link.parent]
            if link.share_of_parent >= MOSTLY and link.share_of_child >= MOSTLY and not whole[parent]:
                whole[parent] = whole[child]
    return whole


def _parents_first(count: int, pairs: Sequence[tuple[int, int]]) -> list[int]:
    """All article numbers, parents before children; links in a circle, which only a human can have drawn, leave the
    order of input."""
    import networkx as nx

    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from(range(count))
    graph.add_edges_from(pairs)
    try:
        return list(nx.topological_sort(graph))
    except nx.NetworkXUnfeasible:
        return list(range(count))


def _base(article: Article, whole: str | None, own: str | None, here: Collection[str]) -> Origin:
    """The origin of an article's words before anything is inherited: an agency in the lead is the newsroom of all that
    the article does not attribute to others, and so is an outlet that it relays."""
    if own:
        return own_origin(article, own)
    lead = lead_credit(article)
    if whole or lead:
        return agency_origin(whole or (lead.agency if lead else ""))
    relay = relay_of(article, here)
    return relay.origin if relay else own_origin(article, None)


def _inherit(words: Owners, source: Owners) -> None:
    """Give ``words`` the origins of ``source``, a passage of nearly the same length, place by place."""
    if len(source):
        words[:] = source[np.arange(len(words)) * len(source) // max(1, len(words))]


def _collected(
    articles: Sequence[Article],
    sheets: Sequence[Sheet],
    owners: Sequence[Owners],
    own: Sequence[str | None],
    table: _Table,
) -> tuple[Origin, ...]:
    """The origins with what stems from them, leaving out those that an article has a few words of."""
    holders: dict[int, list[str]] = defaultdict(list)
    passages: dict[int, list[Location]] = defaultdict(list)
    for article, sheet, words, agency in zip(articles, sheets, owners, own, strict=True):
        found, counts = np.unique(words, return_counts=True)
        kept = found[counts >= min(_OWN_WORDS, counts.max(initial=0))].tolist()
        for number in kept or [table.number(own_origin(article, agency))]:
            holders[number].append(article.id)
            passages[number] += [Location(article.id, span) for span in _runs(sheet, words == number)]
    filled = [
        replace(origin, articles=tuple(holders[n]), passages=tuple(passages[n]))
        for n, origin in enumerate(table.origins)
        if holders[n]
    ]
    return tuple(sorted(filled, key=lambda origin: origin.id))


def _runs(sheet: Sheet, mask: npt.NDArray[np.bool_]) -> list[Span]:
    """The runs of words in ``mask`` as spans."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], mask, [False])).astype(np.int8)))
    return [span for begin, end in edges.reshape(-1, 2).tolist() for span in sheet.runs(slice(begin, end))]
