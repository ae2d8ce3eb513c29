"""Quotation marks: every style, the ones that scraping lost, and long texts full of them."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.annotate.attribution.quotes import Quotation, find_quotations, is_title
from variorum.model import Block


def quotations(*paragraphs: str) -> tuple[str, tuple[tuple[Quotation, ...], ...]]:
    """The paragraphs as one text, and the quotations of each."""
    text, blocks, at = "\n\n".join(paragraphs), [], 0
    for paragraph in paragraphs:
        blocks.append(Block((at, at + len(paragraph)), "body"))
        at += len(paragraph) + 2
    return text, find_quotations(text, blocks)


def words(*paragraphs: str) -> list[list[str]]:
    """The words between marks, paragraph by paragraph."""
    text, found = quotations(*paragraphs)
    return [[text[slice(*q.inner)] for q in qs] for qs in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"The weir held," she said.', ["The weir held,"]),
        ("“The weir held,” she said.", ["The weir held,"]),
        ("„The weir held“, she said.", ["The weir held"]),
        ("„The weir held”, she said.", ["The weir held"]),
        ("«The weir held», she said.", ["The weir held"]),
        ("»The weir held«, she said.", ["The weir held"]),
        ("‘The weir held,’ she said.", ["The weir held,"]),
        ("''The weir held,'' she said.", ["The weir held,"]),
        ("``The weir held,'' she said.", ["The weir held,"]),
        ('"The weir," she said, "held."', ["The weir,", "held."]),
    ],
)
def test_every_style_of_mark_pairs(text: str, expected: list[str]) -> None:
    """Straight, curly, low, angled, single and doubled single marks all hold words."""
    assert words(text) == [expected]


def test_an_apostrophe_is_no_mark() -> None:
    """Possessives, contractions and clipped years open and close nothing."""
    assert words("The millers' guild doesn't meet since the '90s; it's the guild's rule.") == [[]]


def test_a_measure_in_inches_is_no_mark() -> None:
    """The sign for inches after a number closes nothing that was never opened."""
    assert words("The gate is 6'2\" tall and 5'4\" wide.") == [[]]


def test_a_nested_quotation_is_marked_as_such() -> None:
    """Inner quotations are kept and told from outer ones."""
    _, (found,) = quotations("\"He told me 'never again' twice,\" she said.")
    assert [q.nested for q in found] == [False, True]


def test_a_run_on_quotation_is_closed_only_at_its_end() -> None:
    """Paragraphs of one speech open again and close once; the first ones run on."""
    text, found = quotations("“The water came at night.", "“Nobody rang a bell,” she said.")
    assert [[q.runs_on for q in qs] for qs in found] == [[True], [False]]
    assert text[slice(*found[0][0].inner)] == "The water came at night."


def test_a_lost_closing_mark_ends_before_the_next_quotation() -> None:
    """Of two quotations of which the first never closes, the second is still read."""
    assert words("She said “nobody rang. Later she said “somebody did” twice.")[0][-1] == "somebody did"


def test_a_lost_opening_mark_begins_after_a_colon_or_at_the_head() -> None:
    """What only closes was opened at the paragraph's beginning, or after its colon."""
    assert words("Nobody rang a bell.”") == [["Nobody rang a bell."]]
    assert words("She wrote: nobody rang a bell.”") == [["nobody rang a bell."]]


@pytest.mark.parametrize(
    ("text", "title"), [("Night of the Weir", True), ("Nobody rang a bell.", False), ("Hazel", True)]
)
def test_names_and_titles_are_told_from_speech(text: str, title: bool) -> None:
    """Words that are all capitalised are a title or a name."""
    assert is_title(text) is title


@given(st.text(alphabet="ab .,:\"'“”‘’«»„`\n", max_size=80))
def test_spans_stay_inside_the_text(text: str) -> None:
    """Whatever the marks, every span lies in its block, the inner one in the outer, in order of beginning."""
    (found,) = find_quotations(text, [Block((0, len(text)), "body")])
    begins = [q.span[0] for q in found]
    assert begins == sorted(begins)
    for quotation in found:
        assert 0 <= quotation.span[0] <= quotation.inner[0] <= quotation.inner[1] <= quotation.span[1] <= len(text)


@pytest.mark.parametrize("unit", ['"a" ', "“", "a” ", '" ', "'a ", "“a „b «c "])
def test_time_grows_with_length_only(unit: str) -> None:
    """Tens of thousands of marks, paired or not, are read in well under a second."""
    text = unit * 20_000
    began = time.perf_counter()
    find_quotations(text, [Block((0, len(text)), "body")])
    assert time.perf_counter() - began < 2
