"""An article cut where its marks begin and end, so that overlapping marks can be shown without nesting."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Final, Literal

from variorum.edition.wording import MASK, visible
from variorum.model import Article, Block, BlockKind, Span

Layer = Literal["statement", "quote", "time", "quantity", "copied", "citation", "shared", "changed", "added", "dropped"]

_CHROME: Final[frozenset[BlockKind]] = frozenset({"related", "boilerplate"})
_LONGEST: Final = 20_000  # characters of one stretch that a page still shows in full


@dataclass(frozen=True, slots=True)
class Mark:
    """Words that something was found in, and the note that says what; a ``target`` is what links lead to."""

    span: Span
    layer: Layer
    note: str = ""
    target: bool = False


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch between two boundaries, from offset ``start``: the layers that cover it, and the marks that begin
    at it."""

    start: int
    text: str
    layers: tuple[Layer, ...]
    begins: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A block ready to be shown."""

    kind: BlockKind
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Neighbouring blocks that are all chrome, or none of them."""

    chrome: bool
    blocks: tuple[Shown, ...]


def parts(article: Article, marks: Iterable[Mark]) -> list[Part]:
    """The blocks of ``article`` with its ``marks``, runs of chrome apart; linear in text and marks."""
    ordered = sorted(set(marks), key=lambda m: (m.span, m.layer, m.note))
    blocks = article.blocks or (Block((0, len(article.text)), "body"),)
    shown = []
    first = 0
    for block in blocks:
        while first < len(ordered) and ordered[first].span[1] <= block.span[0]:
            first += 1
        end = first
        while end < len(ordered) and ordered[end].span[0] < block.span[1]:
            end += 1
        shown.append(Shown(block.kind, tuple(_segments(article.text, block.span, ordered[first:end]))))
    return [Part(chrome, tuple(run)) for chrome, run in groupby(shown, key=lambda b: b.kind in _CHROME)]


def _segments(text: str, block: Span, marks: list[Mark]) -> Iterator[Segment]:
    cuts = {block[0], block[1]}
    cuts.update(max(block[0], min(block[1], edge)) for mark in marks for edge in mark.span)
    edges = sorted(cuts)
    active: list[Mark] = []
    coming = 0
    gap = False
    for start, end in pairwise(edges):
        active = [m for m in active if m.span[1] > start]
        begins = []
        while coming < len(marks) and marks[coming].span[0] <= start:
            mark = marks[coming]
            coming += 1
            if mark.span[1] > start:
                active.append(mark)
                begins += [mark] if mark.span[0] >= block[0] else []
        layers = tuple(dict.fromkeys(m.layer for m in active))
        words = text[start:end]
        yield Segment(start, short(_shown(words, gap)), layers, tuple(begins))
        gap = words.rstrip().endswith(MASK) if words.strip() else gap


def _shown(words: str, gap: bool) -> str:
    """The words, with one mark for all that is left out between two that are there (``gap``: it stands already)."""
    if MASK not in words:
        return visible(words)
    marked = visible(words)
    return f" {marked.removeprefix('[…]').lstrip() if gap else marked} "


def short(text: str) -> str:
    """A stretch as a page shows it: of a very long one the beginning and the end."""
    if len(text) <= _LONGEST:
        return text
    left = len(text) - _LONGEST
    half = _LONGEST // 2
    return f"{text[:half]} [… {left} characters left out on this page; edition.json holds them …] {text[-half:]}"
