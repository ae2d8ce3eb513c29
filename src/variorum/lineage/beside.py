"""Any two articles side by side: what they share, word for word, and how it differs."""

from __future__ import annotations

import numpy as np

from variorum.lineage.align import align
from variorum.lineage.config import LineageConfig
from variorum.lineage.fingerprint import Shelf, fingerprint
from variorum.model import Article, Parallel, SideBySide
from variorum.text.differ import differences


def side_by_side(one: Article, other: Article, config: LineageConfig | None = None) -> SideBySide:
    """The passages that two articles share, as the links of a lineage have them, each with its edits. Chrome blocks
    are left out; two articles alone cannot tell what else is chrome, so all other words count."""
    both = (one, other)
    first, second = Shelf(both, fingerprint(both, config or LineageConfig()))
    match = align(first, second, np.ones(len(first), np.bool_), np.ones(len(second), np.bool_))
    passages = []
    for shared in match.shared:
        spans = first.span(*shared.a), second.span(*shared.b)
        passages.append(Parallel(*spans, round(shared.similarity, 4), differences(one.text, other.text, spans)))
    shares = round(match.share_of_parent, 4), round(match.share_of_child, 4)
    return SideBySide(one.id, other.id, *shares, tuple(passages))
