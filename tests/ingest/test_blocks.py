"""Blocks: each shape in which texts are scraped is cut into the kinds that a reader would see."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.ingest import Ingest
from variorum.model import BODY_BLOCKS, Article


def read(text: str, **fields: str) -> Article:
    """The article of ``text``."""
    return Ingest.from_json({"text": text, **fields})


def kinds(article: Article) -> list[tuple[str, str]]:
    """Kind and first words of every block."""
    return [(b.kind, article.text[b.span[0] : b.span[1]][:24]) for b in article.blocks]


LEAD = "The river had fallen two metres by Tuesday, and people began to go home, the mayor said."
NEXT = "The army will stay until Friday, he said, and then move north."


def shapes() -> dict[str, tuple[str, list[str]]]:
    """Texts with the kinds of their blocks, from `shapes.txt` and `scrapes.txt`."""
    found: dict[str, tuple[str, list[str]]] = {}
    files = (Path(__file__).with_name(f"{name}.txt").read_text("utf-8") for name in ("shapes", "scrapes"))
    for part in (part for file in files for part in re.split(r"^== ", file, flags=re.M)[1:]):
        name, *lines = part.rstrip().split("\n")
        rows = [line.partition("|") for line in lines]
        found[name] = "\n".join(r[2].removeprefix(" ") for r in rows), [k for r in rows for k in r[0].split()]
    return found


SHAPES = shapes()


@pytest.mark.parametrize("shape", SHAPES)
def test_shapes(shape: str) -> None:
    """Every shape gives the kinds a reader would give it."""
    text, expected = SHAPES[shape]
    assert [kind for kind, _ in kinds(read(text))] == expected


def test_a_paragraph_broken_by_a_blank_line_is_one_block() -> None:
    """Small letter after no end of sentence: the block spans both parts and the gap."""
    text = (
        f"River falls\n\nThe mayor said that people in the lower town could\n\ngo home on Wednesday morning.\n\n{NEXT}"
    )
    article = read(text)
    span = article.blocks[1].span
    assert (
        text[span[0] : span[1]] == "The mayor said that people in the lower town could\n\ngo home on Wednesday morning."
    )


def test_wrapped_lines_are_one_block() -> None:
    """Lines broken at a column belong together; the line before a blank one ends its paragraph."""
    text = (
        "River falls at last\n\nThe river had fallen two metres by Tuesday, and people began\n"
        "to go home, the mayor said, though the road to the lower mill\n"
        "was still under water and the school would not open before\n"
        "the end of the week.\n\nThe army will stay until Friday, he said, and then it will\nmove north.\n"
    )
    assert [kind for kind, _ in kinds(read(text))] == ["title", "body", "body"]


def test_an_appeal_runs_on_while_it_speaks_to_the_reader() -> None:
    """The passage from its header to its last button is chrome, though it talks of politics."""
    appeal = "\n\n".join(
        [
            "A Message from The Alder Gazette:",
            "Dear readers,",
            'We are under pressure. The council has called our work "hostile", and its lawyers wrote to us.',
            "The council says our reporting does harm. We see it differently.",
            "If you can, please support us from just $2 a month.",
            "Continue",
            "Not ready to support today?\nRemind me later.",
        ]
    )
    article = read(f"River falls\n\n{LEAD}\n\n{appeal}\n\nRead Entire Article")
    assert [kind for kind, _ in kinds(article)][:2] == ["title", "body"]
    assert {kind for kind, _ in kinds(article)[2:]} == {"boilerplate"}


def test_an_appeal_in_the_middle_ends() -> None:
    """What follows an appeal and does not speak to the reader is the report again."""
    text = (
        f"River falls\n\n{LEAD}\n\nDear reader,\n\nPlease donate to support our work.\n\n{NEXT}\n\n{LEAD[:-1]} twice."
    )
    assert [kind for kind, _ in kinds(read(text))] == ["title", "body", "boilerplate", "boilerplate", "body", "body"]


@pytest.mark.parametrize(
    "paragraph",
    [
        "By Tuesday the river had fallen two metres, and people began to go home.",
        "Please call your town hall if you cannot come in person, the ministry said, and bring two photographs.",
        '"We need your help," the mayor told a crowd in the square. "Our town depends on you."',
        "According to the Alder Gazette, sources in the council said the share of flooded homes was one in five.",
        "The company said it would read out the names of its advertisers at the hearing on Monday morning.",
        "Comments by the minister drew anger in the north, where 400 people signed a letter to the king.",
        "Follow-up talks will be held in Alder next week, a spokesman said after the meeting on Monday.",
        "Continue as you are, the captain told the crew.",
        "Photographs of the bridge showed a crack of about two metres, an engineer said on Monday.",
        "The newspaper has 4,000 subscribers and a newsletter, and the court heard that both lost money.",
        "Original documents from 1904 show that the weir was built without a permit, the historian said.",
        "More than 300 people were moved to a school on the hill, where they spent the night.",
        "Correct figures will be given on Monday, the ministry said in a statement late on Sunday.",
    ],
)
def test_body_is_never_lost(paragraph: str) -> None:
    """Sentences of a report that use the words of chrome stay body, first, in the middle and last."""
    for text in (f"{paragraph}\n\n{LEAD}", f"{LEAD}\n\n{paragraph}\n\n{NEXT}", f"{LEAD}\n\n{paragraph}"):
        found = {article_text(read(text), b) for b in read(text).blocks if b.kind in BODY_BLOCKS}
        assert any(paragraph in words or (words in paragraph and len(words) > 30) for words in found), kinds(read(text))


def article_text(article: Article, block: object) -> str:
    """The words of a block."""
    start, end = block.span  # type: ignore[attr-defined]
    return article.text[start:end]


def test_a_few_words_are_body() -> None:
    """A text without prose still has a body."""
    assert kinds(read("River falls.")) == [("body", "River falls.")]


@pytest.mark.parametrize(
    "head", ["The Ledger\nCorrections and clarifications\n7 March 2031", "The Ledger / Corrections\n7 March 2031"]
)
def test_the_heading_of_a_page_of_notices_is_its_title(head: str) -> None:
    """Not the masthead above it, nor is it chrome; and the outlet is known."""
    found = read(f"{head}\n\n• A report said that 14 died at Alder. Nine died.\n\n• We said Velm. It was Orr.")
    assert found.publisher == "The Ledger"
    assert "Corrections" in str(found.title)
    assert [b.kind for b in found.blocks][-2:] == ["correction", "correction"]


@pytest.mark.parametrize(
    ("notice", "kind"),
    [
        (
            "An item in Thursday's edition (page 3) said that the tower would have 29 storeys. It will have 31.",
            "correction",
        ),
        (
            "An item in Thursday's edition of the Sun said that the tower would have 29 storeys, the mayor told us.",
            "body",
        ),
    ],
)
def test_what_an_earlier_edition_said_is_taken_back(notice: str, kind: str) -> None:
    """Of the paper's own edition, though no heading says so; what another paper said is news."""
    assert [b.kind for b in read(f"River falls\n\n{LEAD}\n\n{notice}").blocks][-1] == kind


@pytest.mark.parametrize("outlet", ["Northern Echo", "Northern Echo Online", "Vesse Tagblatt"])
def test_a_paper_called_by_common_words_is_known_above_a_text(outlet: str) -> None:
    """A region and a word of papers in a line of their own are a masthead."""
    assert read(f"River falls\n{outlet}\n4 September 2032\n\n{LEAD}").publisher == outlet


def test_plain_is_all_body() -> None:
    """With `plain` no kind but body is given, and the words are all there."""
    article = Ingest.from_json({"text": f"By AFP\n\n{LEAD}\n\nShare this"}, plain=True)
    assert {b.kind for b in article.blocks} == {"body"}


PIECES = [
    "By AFP", "ALDER (NWS) –", LEAD, "Dear readers,", '"', "“A”", "\n", "\n\n", " ", "**b / c**", "[x](#)", "# T", ">",
    "2031-05-09", "\u200b", "\u00a0", "(AP)", "— AFP", "Source:", "https://a.example/b", "- one", "a|b|c", "\t", "é",
    "and then", "\ufeff",
]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(st.sampled_from(PIECES), max_size=40).map("".join)))
def test_blocks_cover_every_word(text: str) -> None:
    """Blocks are in order, do not overlap, and only white space stands outside them."""
    if not text.strip():
        return
    article = read(text)
    position = 0
    for block in article.blocks:
        start, end = block.span
        assert position <= start < end
        assert not text[position:start].strip()
        position = end
    assert not text[position:].strip()
    for credit in article.credits:
        assert text[credit.span[0] : credit.span[1]].strip()


@pytest.mark.parametrize(
    ("head", "publisher", "published"),
    [
        ("SEALEDGER - the letter on ports and law\nIssue 611, Wednesday 19 March 2031\n\n", "SEALEDGER", "2031-03-19"),
        ("WESTMARK GAZETTE\nSaturday, 15 March 2031 - page 3\n\n", "WESTMARK GAZETTE", "2031-03-15"),
        ("SNA 0417 4 dom 0541\nFlood-Velm/4th lead\n\n", None, None),
    ],
)
def test_a_line_that_numbers_a_page_is_no_title(head: str, publisher: str | None, published: str | None) -> None:
    """It holds the day, and the line above who publishes it."""
    found = read(f"{head}Villagers go home as the river falls\n\nby Yara Demet\n\n{LEAD}\n\n{NEXT}")
    assert found.title == "Villagers go home as the river falls"
    assert (found.publisher, found.published and found.published.value) == (publisher, published)


def test_the_name_of_an_edition_is_no_title() -> None:
    """Below the masthead and its motto."""
    head = "HARBOUR WEEKLY\nThe paper for ports and ferries\nOnline edition\n\nFriday 14 March 2031\n\n"
    found = read(f"{head}Villagers go home as the river falls\n\n{LEAD}\n\n{NEXT}")
    assert found.title == "Villagers go home as the river falls"
