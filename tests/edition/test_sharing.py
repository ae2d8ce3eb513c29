"""An edition without full texts: what is quoted, how much, and that nothing else is to be found in any format."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace

import jsonschema
import lxml.html
import pyarrow.parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented_edition import edition
from judge import COLLECTIONS, collated

from variorum.edition import from_json, schema, to_json
from variorum.edition.exports import FORMATS, without_texts
from variorum.edition.wording import MASK, elided
from variorum.model import ASSERTIVE_BLOCKS, Edition

RUN = 11  # so many words in a row are no accident


@pytest.fixture(params=["invented", *sorted(COLLECTIONS)])
def full(request: pytest.FixtureRequest) -> Edition:
    """An edition with its texts."""
    return edition() if request.param == "invented" else collated(request.param)


def test_it_is_an_edition(full: Edition) -> None:
    """It fits the same schema, is read again, says what it is, and stays as it is when asked for again."""
    shared = without_texts(full)
    text = to_json(shared)
    jsonschema.validate(json.loads(text), schema())
    assert from_json(text) == shared == without_texts(shared)
    assert shared.producer.settings["texts"] == "quoted words only"


def test_anchors_stay(full: Edition) -> None:
    """Every text keeps its length, every shown character its place; ids, spans, counts and statuses stay."""
    shared = without_texts(full)
    for before, after in zip(full.articles, shared.articles, strict=True):
        assert len(before.text) == len(after.text)
        assert all(b in {a, MASK} for a, b in zip(before.text, after.text, strict=True))
        assert (before.id, before.blocks, before.credits, before.title) == (
            after.id, after.blocks, after.credits, after.title,
        )  # fmt: skip
    texts = {a.id: a.text for a in shared.articles}
    for said, kept in zip(full.statements, shared.statements, strict=True):
        assert kept.text == texts[kept.article][slice(*kept.span)]
        assert replace(kept, text="", frame=None) == replace(said, text="", frame=None)
        assert kept.frame is None or not kept.frame.terms
    for story, kept_story in zip(full.stories, shared.stories, strict=True):
        for claim, kept_claim in zip(story.claims, kept_story.claims, strict=True):
            assert replace(claim, text="") == replace(kept_claim, text="")


def test_no_more_than_a_share_is_shown(full: Edition) -> None:
    """Of no article more than half, headlines aside."""
    for article in without_texts(full).articles:
        titles = sum(b.span[1] - b.span[0] for b in article.blocks if b.kind == "title")
        shown = sum(c not in (MASK, "\n") for c in article.text)
        assert shown - titles <= len(article.text) / 2


def test_what_the_brief_rests_on_is_quoted() -> None:
    """Quotes stay readable: most of the brief, and something of nearly every claim."""
    for name in COLLECTIONS:
        (story,) = without_texts(collated(name)).stories[:1]
        assert sum(MASK not in b.text and "[…]" not in b.text for b in story.brief) >= 0.8 * len(story.brief)
        assert sum(c.text != "[…]" for c in story.claims) >= 0.8 * len(story.claims)


@pytest.mark.parametrize("name", FORMATS)
def test_no_format_gives_the_rest_away(name: str, full: Edition) -> None:
    """No run of words that the edition does not quote is in any file, however it is written there."""
    shared = without_texts(full)
    quotable = plain(
        " ".join(elided(a.text) for a in shared.articles) + " ".join(a.title or "" for a in shared.articles)
    )
    written = plain(" ".join(words(file, content) for file, content in FORMATS[name].files(shared).items()))
    assert MASK not in written or name == "json"
    looked_for = 0
    for article in full.articles:
        for block in article.blocks:  # of those whose words stand nowhere else, as titles and addresses do
            run = plain(article.text[slice(*block.span)]).split(" ") if block.kind in ASSERTIVE_BLOCKS else []
            for start in range(len(run) - RUN):
                part = " ".join(run[start : start + RUN])
                if part not in quotable:
                    looked_for += 1
                    assert part not in written
    assert looked_for > 20


def words(file: str, content: bytes) -> str:
    """Everything that a file says."""
    if file.endswith(".parquet"):
        return str(pyarrow.parquet.read_table(io.BytesIO(content)).to_pylist())
    return content.decode()


def plain(text: str) -> str:
    """Letters and digits alone, one space between words: whatever a format escapes."""
    return re.sub(r"(?:\\u[0-9a-f]{4}|\\n|&#?\w+;|[\W_])+", " ", text)


def test_folders_are_left_out() -> None:
    """Where the files lay on somebody's disk is nobody's business; addresses stay."""
    made = edition()
    one, *rest = made.articles
    articles = (replace(one, source="/home/ada/leak/one.txt"), replace(rest[0], source="https://news.example/a/b"))
    shared = without_texts(replace(made, articles=(*articles, *rest[1:])))
    assert [a.source for a in shared.articles[:2]] == ["one.txt", "https://news.example/a/b"]
    settings = {"owners": "/home/ada/owners.toml", "llm_url": "http://localhost/v1/chat", "plain": False, "aliases": ""}
    shared = without_texts(replace(made, producer=replace(made.producer, settings=settings)))
    kept = settings | {"owners": "owners.toml", "texts": "quoted words only"}
    assert shared.producer.settings == kept


def test_a_report_of_one_sentence_is_not_shown_whole() -> None:
    """What would be all of it is cut, though it is the whole brief."""
    made = without_texts(edition())
    last = next(a for a in made.articles if a.source == "undated.txt")
    assert elided(last.text) == "Ferries in the strait […]"
    (claim,) = (c for story in made.stories for c in story.claims if c.status == "unclear")
    assert claim.text == "Ferries in the strait […]"


def test_long_labels_of_conflicts_are_cut() -> None:
    """A question in a report's words is cut in label and explanation alike; a short one stays."""
    made = edition()
    (story,) = made.stories
    long = "the second of the two rudders that the yard had fitted in the winter of 2029 failed"
    first, *others = story.conflicts
    asked = replace(first, about=long, explanation=f"They disagree on “{long}”.")
    (kept,) = without_texts(replace(made, stories=(replace(story, conflicts=(asked, *others)),))).stories
    assert kept.conflicts[0].about == "the second of the two rudders that the …"
    assert kept.conflicts[0].explanation == "They disagree on “the second of the two rudders that the …”."
    assert kept.conflicts[1] == others[0]


def test_one_mark_a_gap(full: Edition) -> None:
    """However many findings stand in words that are left out, the page shows one mark for them."""
    (content,) = FORMATS["html"].files(without_texts(full)).values()
    page = lxml.html.document_fromstring(content.decode())
    texts = [" ".join(block.text_content().split()) for block in page.find_class("block")]
    assert any("[…]" in text for text in texts)
    assert not [text for text in texts if re.search(r"…\] ?\[…|[^\s“\"'(]\[…|…\]\w", text)]


@pytest.mark.parametrize("name", ["html", "md"])
def test_readers_are_told(name: str) -> None:
    """Page and Markdown say that words are left out; those of a full edition do not."""
    told = b"stands for words of the reports that are left out"
    (shared,), (full,) = (FORMATS[name].files(made).values() for made in (without_texts(edition()), edition()))
    assert told in shared
    assert told not in full
    assert "[…]".encode() in shared.replace(b"\\", b"")


@given(st.text(st.sampled_from(f"ab \n{MASK}"), max_size=40))
def test_elided(text: str) -> None:
    """No masked character is left, no shown one lost, and no mark stands beside another."""
    short = elided(text)
    assert MASK not in short
    assert "[…] […]" not in short
    assert re.sub(r"\s", "", short.replace("[…]", "")) == re.sub(r"\s", "", text.replace(MASK, ""))
