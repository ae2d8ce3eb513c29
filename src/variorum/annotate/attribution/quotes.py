"""Quotation marks of every style, paired where they pair and repaired where scraping or printing lost one.

News practice opens a mark again at the head of each paragraph of a long quotation and closes it once, at the end;
what looks like a missing mark is often only that.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from variorum.model import Block, Span

_MARK = re.compile("''|``|[\"'`“”„‟«»‹›‘’‚‛]")
#: Marks that only ever open or only ever close in English text; the others tell by what stands around them.
_STYLE = {
    **dict.fromkeys(('"', "''", "``", "“", "”", "„", "‟"), "double"),
    **dict.fromkeys(("'", "`", "‘", "’", "‚", "‛"), "single"),
    **dict.fromkeys("«»‹›", "angle"),
}
_OPENS = frozenset("“„‟‘‚«‹") | {"``"}
_CLOSES = frozenset("”’»›")
_BEFORE_OPEN = frozenset("([{—–-/:,;>*_") | _OPENS | {'"', "'"}
_SENTENCE_STOP = re.compile(r"[.!?…]+(?=\s|$)")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words between marks: ``span`` with the marks, ``inner`` without. ``opened`` and ``closed`` say whether the
    mark is there; ``nested`` that another quotation is around it; ``runs_on`` that the next paragraph goes on."""

    span: Span
    inner: Span
    opened: bool = True
    closed: bool = True
    nested: bool = False
    runs_on: bool = False


@dataclass(frozen=True, slots=True)
class _Mark:
    begin: int
    end: int
    style: str
    sign: str
    opens: bool
    closes: bool


def find_quotations(text: str, blocks: Sequence[Block]) -> tuple[tuple[Quotation, ...], ...]:
    """The quotations of each block of ``text``, in order, outer ones before those inside them."""
    pairs = [_pair(text, block.span) for block in blocks]
    done = []
    for number, (block, (found, left_open)) in enumerate(zip(blocks, pairs, strict=True)):
        followed = number + 1 < len(blocks) and _opens_at_head(text, blocks[number + 1].span)
        for mark in left_open:
            found.append(_unclosed(text, block.span, mark, followed, found))
        done.append(_ordered(found))
    return tuple(done)


def _opens_at_head(text: str, span: Span) -> bool:
    mark = _MARK.match(text, span[0], span[1])
    return mark is not None and _STYLE[mark[0]] != "single"


def _pair(text: str, span: Span) -> tuple[list[Quotation], list[_Mark]]:
    """Quotations closed inside ``span`` (or closed and never opened), and the marks left open at its end."""
    stack: list[_Mark] = []
    found: list[Quotation] = []
    for mark in _marks(text, span):
        depth = next((d for d in range(len(stack), max(0, len(stack) - 4), -1) if _matches(stack[d - 1], mark)), 0)
        if depth and mark.closes:
            opener = stack[depth - 1]
            del stack[depth - 1 :]
            if opener.end < mark.begin:
                found.append(Quotation((opener.begin, mark.end), (opener.end, mark.begin)))
        elif mark.opens:
            stack.append(mark)
        elif mark.closes and mark.style != "single" and not _is_inch(text, mark):
            found.append(_unopened(text, span, mark, found))
    # A single mark left open is an apostrophe ('90s, rock 'n' roll), never damage. Of several left open, all but the
    # last were closed by nothing: one is enough to say that the paragraph speaks from there on.
    return found, [mark for mark in stack if mark.style != "single"][:1]


def _marks(text: str, span: Span) -> list[_Mark]:
    marks = []
    for match in _MARK.finditer(text, *span):
        sign = match[0]
        before = text[match.start() - 1] if match.start() > span[0] else " "
        after = text[match.end()] if match.end() < span[1] else " "
        mark = _Mark(match.start(), match.end(), _STYLE[sign], sign, *_direction(sign, before, after))
        if mark.opens or mark.closes:
            marks.append(mark)
    return marks


def _direction(sign: str, before: str, after: str) -> tuple[bool, bool]:
    """Whether a mark may open and may close, by its shape and by what stands on both sides of it."""
    fits_open = (before.isspace() or before in _BEFORE_OPEN) and not after.isspace()
    fits_close = not before.isspace() and not after.isalnum()
    if _STYLE[sign] == "single":
        closes = fits_close and sign != "‘"
        return (fits_open and sign != "’" and after.isalnum()), closes
    if sign in _OPENS:
        return True, sign in "“«" and fits_close and not fits_open
    if sign in _CLOSES:
        return fits_open and not fits_close, True
    # A straight mark between two spaces or two letters says nothing: the stack decides.
    return (fits_open, fits_close) if fits_open != fits_close else (True, True)


def _is_inch(text: str, mark: _Mark) -> bool:
    return mark.sign in ("''", '"') and mark.begin > 0 and text[mark.begin - 1].isdigit()


def _matches(opener: _Mark, mark: _Mark) -> bool:
    return opener.style == mark.style


def _unopened(text: str, span: Span, mark: _Mark, found: list[Quotation]) -> Quotation:
    """A closing mark alone: the words since the last quotation, a colon, or the paragraph's beginning."""
    begin = max([span[0], *(q.span[1] for q in found[-1:])])
    colon = text.rfind(": ", begin, mark.begin)
    if colon > begin:
        begin = colon + 2
    while begin < mark.begin and text[begin].isspace():
        begin += 1
    return Quotation((begin, mark.end), (begin, mark.begin), opened=False)


def _unclosed(text: str, span: Span, mark: _Mark, followed: bool, found: list[Quotation]) -> Quotation:
    """An opening mark alone: to the paragraph's end where the next one opens again; else to the end of the sentence
    before the next quotation, if there is one."""
    later = [q.span[0] for q in found if q.span[0] > mark.end and q.opened]
    end = span[1]
    if not followed and later:
        stops = [m.end() for m in _SENTENCE_STOP.finditer(text, mark.end, min(later))]
        end = stops[-1] if stops else min(later)
    return Quotation((mark.begin, end), (mark.end, end), closed=False, runs_on=followed)


def _ordered(found: list[Quotation]) -> tuple[Quotation, ...]:
    """In order of beginning, each marked as nested if an earlier one is around it."""
    ordered: list[Quotation] = []
    reach = -1
    for quotation in sorted(found, key=lambda q: (q.span[0], -q.span[1])):
        inside = quotation.span[1] <= reach
        ordered.append(replace(quotation, nested=inside))
        reach = max(reach, quotation.span[1])
    return tuple(ordered)


def outer(quotations: Sequence[Quotation]) -> list[Quotation]:
    """Those that no other one is around."""
    return [q for q in quotations if not q.nested]


def is_title(words: str) -> bool:
    """Whether the words between marks are a name or a title: every longer word is capitalised and no stop ends it."""
    found = _WORD.findall(words)
    long = [w for w in found if len(w) > 3]
    return bool(found) and words[-1] not in ".,!?" and all(w[0].isupper() or w[0].isdigit() for w in long or found)
