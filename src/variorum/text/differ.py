"""Where two passages that go together differ, word by word.

Words are compared as copies are found: without case, accents, quotation marks or hyphens. Time is linear in the
lengths: long passages are compared window by window, which is exact wherever both come back into step within one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rapidfuzz.distance import LCSseq

from variorum.model import Edit, EditKind, Span
from variorum.text.shingle import Hashes, Positions, bulk_words

_WINDOW = 8192  # words compared at once; the table of a window takes eight megabytes
#: By whether either side has words.
_KINDS: Final[dict[tuple[bool, bool], EditKind]] = {
    (True, True): "changed", (False, True): "added", (True, False): "dropped",
}  # fmt: skip


def differences(one: str, other: str, spans: tuple[Span, Span]) -> tuple[Edit, ...]:
    """What is ``changed`` (words for words), ``added`` or ``dropped`` between ``one[spans[0]]`` and
    ``other[spans[1]]``, in order, as spans of the texts; the side that has nothing has an empty span where it would
    stand."""
    (a0, a1), (b0, b1) = spans
    found = bulk_words([one[a0:a1], other[b0:b1]])
    (a, a_starts, a_ends, _), (b, b_starts, b_ends, _) = found.words(0), found.words(1)
    return tuple(
        Edit(_KINDS[before[0] < before[1], after[0] < after[1]], _span(before, a_starts, a_ends, a0),
             _span(after, b_starts, b_ends, b0))
        for before, after in changes(a, b)
    )  # fmt: skip


def _span(words: Span, starts: Positions, ends: Positions, offset: int) -> Span:
    """Where the words of a range stand in their text; no words stand at the end of the word before."""
    begin, end = words
    if begin == end:
        here = offset + (int(ends[begin - 1]) if begin else 0)
        return here, here
    return offset + int(starts[begin]), offset + int(ends[end - 1])


def changes(a: Hashes, b: Hashes) -> Iterator[tuple[Span, Span]]:
    """Ranges of ``a`` and ``b`` that replace each other between words that are the same; one of the two may be
    empty."""
    open_a = open_b = at = bt = 0
    while at < len(a) or bt < len(b):
        left, right = a[at : at + _WINDOW].tolist(), b[bt : bt + _WINDOW].tolist()
        last = at + _WINDOW >= len(a) and bt + _WINDOW >= len(b)
        kept = [(s.src_start, s.src_end, s.dest_start) for s in LCSseq.opcodes(left, right) if s.tag == "equal"]
        if not last:
            # What stands near the end of a window may belong to words beyond it.
            kept = [run for run in kept if max(run[0], run[2]) < _WINDOW // 2] or kept
        for begin, end, start in kept:
            if open_a < at + begin or open_b < bt + start:
                yield (open_a, at + begin), (open_b, bt + start)
            open_a, open_b = at + end, bt + start + end - begin
        at, bt = (open_a, open_b) if kept and not last else (at + len(left), bt + len(right))
    if open_a < len(a) or open_b < len(b):
        yield (open_a, len(a)), (open_b, len(b))
