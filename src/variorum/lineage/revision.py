"""What a later version of the same page added, dropped and corrected."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np
from rapidfuzz.distance import LCSseq

from variorum.lineage.fingerprint import Sheet
from variorum.model import Article, Revision, Span
from variorum.text.align import Stretch
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
        for before, after in _changes(parent, child, stretch):
            if 0 < after[1] - after[0] <= _CORRECTION and 0 < before[1] - before[0] <= _CORRECTION:
                corrected.append(child.span(*after))
            else:
                old[slice(*before)] = True
                new[slice(*after)] = True
    return Revision(tuple(_spans(child, new)), tuple(_spans(parent, old)), tuple(sorted(corrected)))


def _changes(parent: Sheet, child: Sheet, stretch: Stretch) -> Iterator[tuple[Span, Span]]:
    """Word ranges of parent and child that replace each other inside ``stretch``; one of them may be empty."""
    (a0, a1), (b0, b1) = stretch.a, stretch.b
    steps = LCSseq.opcodes(parent.ids[a0:a1].tolist(), child.ids[b0:b1].tolist())
    before, after = (a0, a0), (b0, b0)
    for step in steps:
        if step.tag == "equal":
            if before[0] < before[1] or after[0] < after[1]:
                yield before, after
            before, after = (a0 + step.src_end,) * 2, (b0 + step.dest_end,) * 2
        else:
            before, after = (before[0], a0 + step.src_end), (after[0], b0 + step.dest_end)
    if before[0] < before[1] or after[0] < after[1]:
        yield before, after


def _spans(sheet: Sheet, mask: Mask) -> Iterator[Span]:
    """The runs of words in ``mask`` as spans of the text."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], mask, [False])).astype(np.int8)))
    for begin, end in edges.reshape(-1, 2).tolist():
        yield sheet.span(begin, end)
