"""The copy tree as GraphML, for Gephi, yEd, igraph or NetworkX."""

from __future__ import annotations

import io
from typing import Any

from variorum.edition.exports.writing import value_of, writable
from variorum.edition.wording import Wording
from variorum.model import Edition, Link
from variorum.text.ids import content_id


def to_graphml(edition: Edition) -> bytes:
    """Articles and origins as nodes; an edge leads from the text taken from to the text that took. What is not known is
    left out, not written empty; truth is a word, since NetworkX writes booleans as XML Schema does not."""
    import networkx as nx

    wording = Wording(edition)
    graph: Any = nx.MultiDiGraph()
    for article in edition.articles:
        graph.add_node(
            writable(article.id),
            **_known(
                type="article", label=wording.outlet(article.id), title=article.title, url=article.url,
                published=value_of(article.published), language=article.language, in_collection="yes",
            ),
        )  # fmt: skip
    for origin in edition.lineage.origins:
        known = _known(
            type="origin", label=origin.label, kind=origin.kind, in_collection="yes" if origin.in_collection else "no"
        )
        graph.add_node(writable(origin.id), **known)
    for link in edition.lineage.links:
        _add(graph, link)
    sink = io.BytesIO()
    nx.write_graphml(graph, sink, prettyprint=True)
    return sink.getvalue() + b"\n"


def _add(graph: Any, link: Link) -> None:
    graph.add_edge(
        writable(link.parent), writable(link.child), key=content_id("l", link.parent, link.child, link.kind),
        **_known(
            kind=link.kind, share_of_child=float(link.share_of_child), share_of_parent=float(link.share_of_parent),
            confidence=float(link.confidence), passages=len(link.passages), evidence="; ".join(link.evidence) or None,
        ),
    )  # fmt: skip


def _known(**values: Any) -> dict[str, Any]:
    return {k: writable(v) if isinstance(v, str) else v for k, v in values.items() if v is not None}
