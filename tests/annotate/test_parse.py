"""Paragraphs to parse: joined, cut, flattened without moving a character, and parsed once."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.annotate import AnnotateConfig, Annotator
from variorum.annotate.parse import Parser, paragraphs
from variorum.errors import MissingDependencyError
from variorum.model import Annotation, Article, Block, Stamp


def pieces(article: Article, longest: int = 5_000) -> list[str]:
    """The words of each stretch to parse."""
    return [article.text[slice(*block.span)] for block in paragraphs(article, longest)]


def test_a_sentence_torn_by_a_page_break_is_one_piece() -> None:
    """Two blocks of which the first has no end and the second begins small are parsed together."""
    text = "The warden may open\n\nall gates at once.\n\nNobody rang."
    blocks = (Block((0, 19), "body"), Block((21, 39), "body"), Block((41, 53), "body"))
    assert pieces(Article("a", "a", text, blocks=blocks)) == [
        "The warden may open\n\nall gates at once.",
        "Nobody rang.",
    ]


def test_items_of_a_list_are_not_joined() -> None:
    """List items begin small and end without a stop, and are still apart."""
    text = "two mills\nthree barns"
    blocks = (Block((0, 9), "list"), Block((10, 21), "list"))
    assert pieces(Article("a", "a", text, blocks=blocks)) == ["two mills", "three barns"]


def test_a_text_without_blocks_is_read_line_by_line() -> None:
    """Bare records carry no blocks."""
    assert pieces(Article("a", "a", "One fell.\n\n  Two rose. \n")) == ["One fell.", "Two rose."]


@given(st.text(alphabet="ab .\n", max_size=200), st.integers(min_value=5, max_value=40))
def test_cut_paragraphs_keep_every_word(text: str, longest: int) -> None:
    """However short the limit, no character but white space is lost, and none is read twice."""
    found = paragraphs(Article("a", "a", text), longest)
    assert all(a.span[1] <= b.span[0] for a, b in pairwise(found))
    kept = "".join(text[slice(*b.span)] for b in found)
    assert "".join(kept.split()) == "".join(text.split())


def test_the_same_paragraph_is_parsed_once() -> None:
    """In two articles, at two places, the same words share one parse and keep their own offsets."""
    parser = Parser(AnnotateConfig().model, 8, 100_000)
    one, two = Article("a", "a", "The dam broke."), Article("b", "b", "Silence.\nThe dam broke.")
    ((first,), (_, second)) = parser.parse([(a, paragraphs(a, 5_000)) for a in (one, two)])
    assert first.doc is second.doc
    assert (first.start[0], second.start[0]) == (0, 9)
    ((again,),) = parser.parse([(one, paragraphs(one, 5_000))])
    assert again.doc is first.doc


def test_another_date_costs_no_parse_and_moves_the_times(annotator: Annotator) -> None:
    """An article annotated again under a date found later has its days resolved against it."""
    days = []
    for date in ("2032-03-12", "2033-03-11"):
        article = Article("a", "a", "The dam broke on Monday.", language="en", published=Stamp(date, "day", "inferred"))
        (annotation,) = annotator.annotate([article])
        assert isinstance(annotation, Annotation)
        days += [s.event_time.begin for s in annotation.statements if s.event_time]
    assert days == ["2032-03-08", "2033-03-07"]


def test_the_memory_is_bounded() -> None:
    """Beyond its limit the oldest parses are forgotten, and the texts read again."""
    parser = Parser(AnnotateConfig().model, 8, 20)
    one, two = Article("a", "a", "The dam broke."), Article("b", "b", "Nobody rang a bell.")
    ((first,),) = parser.parse([(one, paragraphs(one, 5_000))])
    parser.parse([(two, paragraphs(two, 5_000))])
    ((again,),) = parser.parse([(one, paragraphs(one, 5_000))])
    assert again.doc is not first.doc


def test_a_pipeline_that_is_not_there_is_named() -> None:
    """The error says which pipeline is missing."""
    article = Article("a", "a", "The dam broke.", language="en")
    with pytest.raises(MissingDependencyError, match="xx_none"):
        list(Annotator(AnnotateConfig(model="xx_none")).annotate([article]))
