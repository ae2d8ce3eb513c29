"""Who copied whom: the phases in order, with the tables that pass between them.

fingerprint → candidates → align → link → tree → origins
"""

from __future__ import annotations

from collections.abc import Sequence

from variorum.lineage.agencies import own_agencies
from variorum.lineage.align import align
from variorum.lineage.candidates import candidates
from variorum.lineage.config import LineageConfig
from variorum.lineage.evidence import whole_credits
from variorum.lineage.fingerprint import fingerprint
from variorum.lineage.link import link
from variorum.lineage.origins import find_origins
from variorum.lineage.publish import publish
from variorum.lineage.tree import tree, with_twins
from variorum.model import Article, Lineage
from variorum.text.stamps import interval


def trace(articles: Sequence[Article], config: LineageConfig | None = None) -> Lineage:
    """Every reuse of text among ``articles``, its direction, and the origins of each.

    Shares count body text only; an article without blocks is all body. Links are sorted by child, origins by id.
    """
    config = config or LineageConfig()
    known = dict(zip(map(id, articles), own_agencies(articles), strict=True))
    articles = sorted(articles, key=lambda article: _precedence(article, known[id(article)]))
    own = [known[id(article)] for article in articles]
    sheets = [fingerprint(article, config) for article in articles]
    found = candidates(sheets, config)
    matches, counted = align(sheets, found, config)
    edges = link(articles, counted, matches, own, config)
    choices = with_twins(tree(edges, counted, config), found.leader, articles, sheets, own, config.parents)
    links = publish(articles, sheets, choices, own)
    return Lineage(links, find_origins(articles, links, sheets))


def _precedence(article: Article, agency: str | None) -> tuple[bool, bool, float, str, str]:
    """The order in which articles are worked on, whatever the order of input; the first of those with the same words
    speaks for them: an agency's own, one that credits an agency, the earliest."""
    when = interval(article.published)
    time = sum(when) / 2 if when else float("inf")
    return agency is None, not whole_credits(article), time, article.id, article.text
