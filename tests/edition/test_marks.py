"""Overlapping marks cut a text into segments that keep every character."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from variorum.edition.marks import Mark, parts
from variorum.model import Article, Block

TEXT = "The mill burnt down.\n\nTwo mills, a barn and the tower of the church stood in the fire until noon."


@st.composite
def marks(draw: st.DrawFn) -> list[Mark]:
    """Any marks within the text."""
    edge = st.integers(0, len(TEXT))
    pairs = draw(st.lists(st.tuples(edge, edge), max_size=12))
    layers = st.sampled_from(["statement", "quote", "time", "quantity"])
    return [Mark((min(p), max(p)), draw(layers), "note") for p in pairs if p[0] != p[1]]


def article(text: str = TEXT) -> Article:
    """Two blocks, the second one chrome."""
    return Article("a-1", "x", text, blocks=(Block((0, 20), "body"), Block((22, len(text)), "related")))


@given(marks())
def test_segments_are_the_text(found: list[Mark]) -> None:
    """Joined they give each block again, and stand where they say."""
    shown = [b for part in parts(article(), found) for b in part.blocks]
    assert ["".join(s.text for s in b.segments) for b in shown] == [TEXT[:20], TEXT[22:]]
    assert all(TEXT[s.start : s.start + len(s.text)] == s.text for b in shown for s in b.segments)


@given(marks())
def test_layers_are_those_that_cover(found: list[Mark]) -> None:
    """A segment has exactly the layers of the marks that cover it."""
    for part in parts(article(), found):
        for segment in (s for b in part.blocks for s in b.segments):
            end = segment.start + len(segment.text)
            covering = {m.layer for m in found if m.span[0] <= segment.start and end <= m.span[1]}
            assert set(segment.layers) == covering


@given(marks())
def test_every_mark_begins_once(found: list[Mark]) -> None:
    """Each mark that begins in a block begins at one segment, its own first."""
    begun = [(m, s.start) for p in parts(article(), found) for b in p.blocks for s in b.segments for m in s.begins]
    inside = {m for m in found if not 20 <= m.span[0] < 22}
    assert {m for m, _ in begun} == inside
    assert len(begun) == len(inside)
    assert all(m.span[0] == start for m, start in begun)


def test_chrome_stands_apart() -> None:
    """Related links are a part of their own."""
    assert [p.chrome for p in parts(article(), [])] == [False, True]


def test_a_huge_stretch_is_shortened_with_a_remark() -> None:
    """A page says what it leaves out."""
    text = "x" * 2_000_000
    (part,) = parts(Article("a-1", "x", text), [])
    (segment,) = part.blocks[0].segments
    assert len(segment.text) < 21_000
    assert "1980000 characters left out" in segment.text


def test_changes_of_direction_are_written_out() -> None:
    """A bidi control is shown and cannot act."""
    (part,) = parts(Article("a-1", "x", "abc\u202edef"), [])
    assert part.blocks[0].segments[0].text == "abc⟨U+202E⟩def"
