"""What a later version of the same page added, dropped and corrected."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np

from variorum.lineage.fingerprint import Sheet
from variorum.model import Article, Revision, Span
from variorum.text.align import Stretch
from variorum.text.differ import changes
from variorum.text.shingle import Mask

_ADDRESS = re.compile(r"^https?://(?:www\.)?([^?#]*?)/*(?:\?((?!utm_|fbclid|gclid)[^#]*))?(?:[?#].*)?$", re.I)
_CORRECTION = 8  # words: a longer replacement is something dropped and something added


def same_address(one: Article, other: Article) -> bool:
    """Whether both were published at one URL, tracking parameters aside."""
    first, second = (_address(a.canonical_url or a.url) for a in (one, other))
    return first is not None and first == second


def _address(url: str | None) -> str | None:
    if not url or len(url) > 4000:
        return None
    match = _ADDRESS.match(url)
    return f"{match[1].lower()}?{match[2] or ''}" if match else None


def revision(parent: Sheet, child: Sheet, shared: Sequence[Stretch]) -> Revision:
    """The differences of two versions as spans: ``added`` and ``corrected`` in the child, ``dropped`` in the parent."""
    old, new = np.ones(len(parent), np.bool_), np.ones(len(child), np.bool_)
    corrected: list[Span] = []
    for stretch in shared:
        old[slice(*stretch.a)] = new[slice(*stretch.b)] = False
        (a, _), (b, _) = stretch.a, stretch.b
        for (a0, a1), (b0, b1) in changes(parent.ids[slice(*stretch.a)], child.ids[slice(*stretch.b)]):
            before, after = (a + a0, a + a1), (b + b0, b + b1)
            if 0 < after[1] - after[0] <= _CORRECTION and 0 < before[1] - before[0] <= _CORRECTION:
                corrected.append(child.span(*after))
            else:
                old[slice(*before)] = True
                new[slice(*after)] = True
    return Revision(tuple(_spans(child, new)), tuple(_spans(parent, old)), tuple(sorted(corrected)))


def _spans(sheet: Sheet, mask: Mask) -> Iterator[Span]:
    """The runs of words in ``mask`` as spans of the text."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], mask, [False])).astype(np.int8)))
    for begin, end in edges.reshape(-1, 2).tolist():
        yield sheet.span(begin, end)
