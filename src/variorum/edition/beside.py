"""Two articles side by side: the passages they share in rows, and both in full, with what differs marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from variorum.edition.marks import Mark, Part, parts, short
from variorum.edition.web import code_hash, environment, template
from variorum.edition.wording import MASK, Wording, visible
from variorum.model import Article, Edit, Edition, EditKind, Link, Parallel, Producer, SideBySide, Span
from variorum.text.differ import differences

_LINE, _BLANK_LINE = re.compile(r"\n\s*"), re.compile(r"\n[^\S\n]*\n\s*")
_ROOM: Final = 150_000  # characters of passages that the page of an edition shows in all
_EACH: Final = 12_000  # and of one link


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one side; ``kind`` is None for those that are the same on the other."""

    kind: EditKind | None
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph of a shared passage: the pieces of either side."""

    one: tuple[Piece, ...]
    other: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Excerpts:
    """Passages of one link as far as they are shown, and how many are not."""

    passages: tuple[tuple[Row, ...], ...]
    left: int


def to_side_by_side(found: SideBySide, one: Article, other: Article) -> str:
    """A page that compares two articles: no script, no request, everything escaped."""
    style = template("page.css")
    return environment().get_template("beside.html.j2").render(
        style=style, style_hash=code_hash(style), **compared(found, one, other)
    )  # fmt: skip


def compared(found: SideBySide, one: Article, other: Article) -> dict[str, Any]:
    """What the template of a comparison is filled with."""
    sides = [
        (article, "one" if here else "other", "other" if here else "one", _full(article, found.passages, here))
        for article, here in ((one, True), (other, False))
    ]
    return {
        "w": Wording(Edition(Producer("", {}, {}), (one, other))),
        "found": found,
        "sides": sides,
        "rows": [tuple(_rows(one.text, other.text, passage)) for passage in found.passages],
    }


def excerpts(links: Iterable[Link], articles: dict[str, Article]) -> Iterator[tuple[Link, Excerpts]]:
    """The passages of each of ``links`` whose both ends are at hand, until the room of a page is used up; none of which
    words are left out."""
    room = _ROOM
    for link in links:
        one, other = articles.get(link.parent), articles.get(link.child)
        if one is None or other is None or not link.passages:
            continue
        shown: list[tuple[Row, ...]] = []
        here = min(room, _EACH)
        for passage in link.passages:
            spans = passage.parent, passage.child
            size = sum(end - begin for begin, end in spans)
            if size > here or MASK in one.text[slice(*spans[0])] or MASK in other.text[slice(*spans[1])]:
                continue
            here, room = here - size, room - size
            edits = differences(one.text, other.text, spans)
            shown.append(tuple(_rows(one.text, other.text, Parallel(*spans, passage.similarity, edits))))
        if shown:
            yield link, Excerpts(tuple(shown), len(link.passages) - len(shown))


def _rows(one: str, other: str, passage: Parallel) -> Iterator[Row]:
    """The passage cut where a paragraph ends on both sides, so that the same words stand beside each other."""
    left: list[Piece] = []
    right: list[Piece] = []
    for kind, here, there in _steps(passage):
        mine, theirs = _paragraphs(one[slice(*here)], other[slice(*there)], kind)
        for number, words in enumerate(zip(mine, theirs, strict=True)):
            if number and (left or right):
                yield Row(tuple(left), tuple(right))
                left, right = [], []
            left += [Piece(kind, short(visible(words[0])))] if words[0] else []
            right += [Piece(kind, short(visible(words[1])))] if words[1] else []
    if left or right:
        yield Row(tuple(left), tuple(right))


def _paragraphs(one: str, other: str, kind: EditKind | None) -> tuple[list[str], list[str]]:
    """The same words of either side cut at as many ends of lines, or of paragraphs if lines are broken otherwise."""
    for ends in _LINE, _BLANK_LINE:
        cut = ends.split(one), ends.split(other)
        if kind is None and len(cut[0]) == len(cut[1]):
            return cut
    return [one], [other]


def _steps(passage: Parallel) -> Iterator[tuple[EditKind | None, Span, Span]]:
    """What is the same (None) and the edits, in turn."""
    a, b = passage.one[0], passage.other[0]
    for edit in passage.edits:
        yield None, (a, edit.one[0]), (b, edit.other[0])
        yield edit.kind, edit.one, edit.other
        a, b = edit.one[1], edit.other[1]
    yield None, (a, passage.one[1]), (b, passage.other[1])


def _full(article: Article, passages: Sequence[Parallel], first: bool) -> list[Part]:
    """The blocks of one of the two, with the passages numbered and the edits in them marked."""

    def side(record: Parallel | Edit) -> Span:
        return record.one if first else record.other

    marks = [Mark(side(p), "shared", str(n), True) for n, p in enumerate(passages, 1)]
    marks += [Mark(side(e), e.kind) for p in passages for e in p.edits if side(e)[0] < side(e)[1]]
    return parts(article, marks)
