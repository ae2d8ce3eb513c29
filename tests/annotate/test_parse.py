"""Paragraphs to parse: joined, cut, flattened without moving a character, and parsed once."""

from __future__ import annotations

from itertools import pairwise

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from variorum.annotate import AnnotateConfig, Annotator
from variorum.annotate.parse import Memory, Parser, closed_points, paragraphs
from variorum.annotate.tokens import plain_doc
from variorum.errors import MissingDependencyError
from variorum.model import Annotation, Article, Block, Stamp

ATTRIBUTES = (
    *("text", "i", "idx", "lower_", "lemma_", "tag_", "pos_", "dep_", "ent_type_", "ent_iob_", "whitespace_"),
    *("is_alpha", "is_punct", "is_space", "is_stop", "like_num"),
)


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
    parser = Parser(AnnotateConfig().model, 8, Memory(100_000))
    one, two = Article("a", "a", "The dam broke."), Article("b", "b", "Silence.\nThe dam broke.")
    ((first,), (_, second)) = parser.parse([(a, paragraphs(a, 5_000)) for a in (one, two)])
    assert first.word == second.word
    assert (first.start[0], second.start[0]) == (0, 9)
    ((again,),) = parser.parse([(one, paragraphs(one, 5_000))])
    assert (again.start, again.lemma) == (first.start, first.lemma)
    assert (parser.asked, parser.parsed) == (3 * len("The dam broke.") + len("Silence."), len("The dam broke.Silence."))


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
    parser = Parser(AnnotateConfig().model, 8, Memory(1_000))
    one, two = Article("a", "a", "The dam broke."), Article("b", "b", "Nobody rang a bell.")
    for article in (one, two, two, one):
        list(parser.parse([(article, paragraphs(article, 5_000))]))
    assert parser.parsed == 2 * len(one.text) + len(two.text)


def test_parsers_that_share_a_memory_share_parses_of_one_model_only() -> None:
    """The same model, loaded again, finds the parse; another model does not."""
    memory, article = Memory(100_000), Article("a", "a", "The dam broke.")
    parsers = [Parser(model, 8, memory) for model in (AnnotateConfig().model, AnnotateConfig().model)]
    for parser in parsers:
        list(parser.parse([(article, paragraphs(article, 5_000))]))
    assert [parser.parsed for parser in parsers] == [len(article.text), 0]
    assert memory.find("another model", article.text) is None


def test_what_is_kept_of_a_parse_is_what_spacy_says() -> None:
    """Every attribute that the readers see, packed and unpacked, with lemmas found later, is that of spaCy's token."""
    nlp = spacy.load(AnnotateConfig().model)
    text = (
        "The warden's deputies weren't sure: 3.5m gallons had leaked, Ada Quell (41) told Norda.  She'd left it—twice."
        " Let's see what they're gonna say, the mayor of St. Ives asked; nothing better was being done there."
    )
    kept = plain_doc(nlp(text))
    article = Article("a", "a", text)
    ((tree,),) = Parser(AnnotateConfig().model, 8, Memory(0)).parse([(article, paragraphs(article, 5_000))])
    for theirs, ours, late in zip(nlp(text), kept, tree.doc, strict=True):
        for name in ATTRIBUTES:
            assert getattr(theirs, name) == getattr(ours, name) == getattr(late, name), (theirs, name)
        assert bool(theirs.is_sent_start) == ours.is_sent_start
        for name in ("children", "lefts", "rights", "subtree", "ancestors"):
            assert [t.i for t in getattr(theirs, name)] == [t.i for t in getattr(ours, name)], (theirs, name)
        assert (theirs.head.i, theirs.sent.start) == (ours.head.i, ours.sent.start)
        assert (theirs.left_edge.i, theirs.right_edge.i) == (kept.left[ours.i], kept.right[ours.i])
    doc = nlp(text)
    for begin in range(len(doc)):
        for end in range(begin + 1, min(begin + 6, len(doc)) + 1):
            assert (doc[begin:end].root.i, doc[begin:end].text) == (kept[begin:end].root.i, kept[begin:end].text)
    for begin in range(len(text)):
        theirs, ours = doc.char_span(begin, begin + 3, alignment_mode="expand"), kept.covering(begin, begin + 3)
        assert (theirs and (theirs.start, theirs.end)) == (ours and (ours.start, ours.end)), begin


def test_a_pipeline_that_is_not_there_is_named() -> None:
    """The error says which pipeline is missing."""
    article = Article("a", "a", "The dam broke.", language="en")
    with pytest.raises(MissingDependencyError, match="xx_none"):
        list(Annotator(AnnotateConfig(model="xx_none")).annotate([article]))


@pytest.mark.parametrize(
    ("set_apart", "closed"),
    [
        ("Sheriff Ada B . Holm said", "Sheriff Ada B.  Holm said"),
        ("said Dr . Lind", "said Dr.  Lind"),
        ("at 8 p . m . on Friday", "at 8 p.m.    on Friday"),
        ("with a . 45 pistol", "with a  .45 pistol"),
        ("took Plan B . The next", "took Plan B . The next"),
        ("It ended . 40 left", "It ended . 40 left"),
    ],
)
def test_a_full_stop_set_apart_goes_back_to_what_it_shortens(set_apart: str, closed: str) -> None:
    assert closed_points(set_apart) == closed
