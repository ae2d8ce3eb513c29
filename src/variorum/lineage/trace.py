"""Who copied whom: the phases in order, with the tables that pass between them.

fingerprint → candidates → lots → share → link (relations, tree) → align → origins
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from variorum.lineage.agencies import named_once, names_credited, own_agency
from variorum.lineage.candidates import Candidates, candidates
from variorum.lineage.config import LineageConfig
from variorum.lineage.crew import Crew
from variorum.lineage.evidence import whole_credits
from variorum.lineage.fingerprint import Prints, fingerprint, joined
from variorum.lineage.lots import Lot, Shared, Work, lots, shared, solved, worked
from variorum.lineage.origins import gathered
from variorum.lineage.publish import link_order
from variorum.lineage.tree import Rulings
from variorum.model import Article, Lineage, Ruling
from variorum.text.shingle import Hashes
from variorum.text.stamps import interval

_PART = 512  # articles fingerprinted by a process at a time


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
    with Crew(config.processes, sum(len(article.text) for article in articles)) as crew:
        begun = _begin(articles, config, tuple(rulings), chrome, crew)
        ordered, known = begun.articles, begun.shared
        found = list(crew.map(solved, ((lot, known) for lot in begun.lots())))
    links = sorted(chain.from_iterable(one.links for one in found), key=link_order)
    origins = gathered([article.id for article in ordered], chain.from_iterable(one.stems for one in found))
    groups = [[ordered[i] for i in group] for one in found for group in one.groups]
    return Lineage(tuple(links), origins), groups, known.chrome


def prepare(articles: Sequence[Article], config: LineageConfig) -> Work:
    """All families as they are before the first pass: what the scorer is trained on."""
    begun = _begin(articles, config, (), None, Crew(1))
    (lot,) = begun.lots(max(1, len(articles)))
    return worked(lot, begun.shared, solving=False)


@dataclass(frozen=True, slots=True)
class _Begun:
    """The phases that look at all articles at once, done: ``articles`` in the order they are worked on, the same
    ``named`` with one name for each agency, whose dispatches they are, and what was found."""

    articles: list[Article]
    named: list[Article]
    own: list[str | None]
    prints: Prints
    found: Candidates
    rulings: Rulings
    shared: Shared

    def lots(self, *size: int) -> Iterable[Lot]:
        """One after the other."""
        return lots(self.named, self.own, self.prints, self.found, self.rulings, *size)


def _begin(
    articles: Sequence[Article],
    config: LineageConfig,
    rulings: Sequence[Ruling],
    chrome: Hashes | None,
    crew: Crew,
) -> _Begun:
    names = names_credited(articles)
    known = {id(article): own_agency(article, names) for article in articles}
    ordered = sorted(articles, key=lambda article: precedence(article, known[id(article)]))
    own = [known[id(article)] for article in ordered]
    parts = ((ordered[i : i + _PART], config) for i in range(0, len(ordered), _PART))
    prints = joined(crew.map(fingerprint, parts))
    found = candidates(prints, config, chrome)
    ruled = _ruled(ordered, rulings)
    named = named_once(ordered, names)
    return _Begun(ordered, named, own, prints, found, ruled, shared(named, own, prints, found.chrome, config))


def _ruled(articles: Sequence[Article], rulings: Sequence[Ruling]) -> Rulings:
    number = {article.id: i for i, article in enumerate(articles)}
    return {
        (number[r.parent], number[r.child]): r.holds
        for r in rulings
        if r.parent in number and r.child in number and r.parent != r.child
    }


def precedence(article: Article, agency: str | None) -> tuple[bool, bool, float, str, str]:
    """The order in which articles are worked on, whatever the order of input; the first of those with the same words
    speaks for them: an agency's own, one that credits an agency, the earliest."""
    when = interval(article.published)
    time = sum(when) / 2 if when else float("inf")
    return agency is None, not whole_credits(article), time, article.id, article.text
