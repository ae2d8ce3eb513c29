"""Articles that tell several invented events, and ordinary ones that only seem to."""

from dataclasses import replace

import pytest

from roundups import DIGEST, FERRY, QUARRY, VOTE
from variorum.decisions import Decisions
from variorum.model import Article, Block, Decision, Edition, Producer, Quote, Root, Statement
from variorum.parts import parts
from variorum.stories import gather

#: Told nowhere else.
CIRCUS = (
    "A circus elephant called Bimba walked through the car wash of Pellworth and came out clean, its trainer Odile "
    "Marchetti said. The owner of the car wash has sent no bill, but would like a photograph for the wall."
)
BOOM = (
    "Tugs from Norvik have put a boom around the Halmar Star, the coastguard says, since fuel of the ferry has been "
    "seen on the water."
)
TRACTOR = (
    "Pau Ferrand speaks to the farmers: nobody in Castellane whose wells are shallow will pay, the minister shouts "
    "from a tractor."
)
#: What people saw of one event, each named once.
WITNESSES = (
    "Ida Torvald, a nurse, had gone aboard with her two children and a rabbit in a basket, which she held over her "
    "head all the way to the beach below the lighthouse.",
    "Ole Grim, who keeps the kiosk there, handed out blankets and soup until one in the morning; he had never sold so "
    "little, he said, and slept so well.",
)


def _articles(*texts: str) -> list[Article]:
    return [Article(f"a{i}", "test", text) for i, text in enumerate(texts)]


EVENTS = _articles(*FERRY, *VOTE, *QUARRY)
FOUND = {frozenset({"a0", "a1", "a2"}), frozenset({"a3", "a4", "a5"}), frozenset({"a6", "a7"})}


def _told(digest: Article) -> dict[frozenset[str], tuple[float, str]]:
    """For each story of the digest the others in it, its share and the words that tell it."""
    return {
        frozenset(story.articles) - {digest.id}: (
            story.shares[digest.id],
            "".join(digest.text[a:b] for a, b in story.passages[digest.id]),
        )
        for story in gather([*EVENTS, digest])
        if digest.id in story.articles
    }


def test_a_digest_belongs_to_each_of_its_stories_by_its_passages() -> None:
    """Three paragraphs, three stories, each with the share of its paragraph; the shares are all of it."""
    told = _told(Article("d", "test", "\n\n".join(DIGEST)))
    assert told.keys() == FOUND
    for paragraph, story in zip(DIGEST, sorted(FOUND, key=min), strict=True):
        share, words = told[story]
        assert paragraph.startswith(words[:20])
        assert share == pytest.approx(len(paragraph.split()) / len(" ".join(DIGEST).split()), abs=0.03)
    assert sum(share for share, _ in told.values()) == pytest.approx(1)


def test_a_live_blog_goes_to_and_fro_between_its_stories() -> None:
    """Times stand above the entries, which come back to each event; a note without names goes with the one before."""
    entries = (
        ("17:40", DIGEST[0]),
        ("17:22", DIGEST[1]),
        ("16:58", BOOM),
        ("16:30", TRACTOR),
    )  # fmt: skip
    told = _told(Article("d", "test", "\n\n".join(f"{time}\n\n{text}" for time, text in entries)))
    assert {min(story) for story in told} == {"a0", "a3"}
    assert told[frozenset({"a0", "a1", "a2"})][1].count("Halmar") == 2
    assert told[frozenset({"a3", "a4", "a5"})][1].count("Ferrand") == 2


def test_what_no_other_report_tells_is_a_story_of_its_own() -> None:
    """The elephant stands in the digest alone."""
    told = _told(Article("d", "test", "\n\n".join((DIGEST[0], CIRCUS, DIGEST[1]))))
    assert told.keys() == {*(story for story in FOUND if "a6" not in story), frozenset()}
    assert "Bimba" in told[frozenset()][1]


def test_of_a_page_only_the_body_is_shared_out() -> None:
    """A headline that names everything binds nothing; a list of other news below the text is not told."""
    headline, teaser = "Ferry aground off Brekkeness, Castellane votes, workers die at Zhelnov", DIGEST[2]
    text = "\n\n".join((headline, DIGEST[0], DIGEST[1], teaser))
    begins = [text.index(part) for part in (headline, DIGEST[0], DIGEST[1], teaser)]
    kinds = ("title", "body", "body", "related")
    ends = (len(headline), *(b + len(d) for b, d in zip(begins[1:], DIGEST, strict=True)))
    blocks = tuple(Block((b, e), kind) for b, e, kind in zip(begins, ends, kinds, strict=True))  # type: ignore[arg-type]
    told = _told(Article("d", "test", text, title=headline, blocks=blocks))
    assert {min(story) for story in told} == {"a0", "a3"}


@pytest.mark.parametrize(
    "text",
    [
        # a paragraph on another event, as background
        f"{FERRY[0]}\n\n{FERRY[1]}\n\n{FERRY[2]}\n\n{DIGEST[1]}",
        # another event in passing
        f"{FERRY[0]} It had nothing to do with the slide at the Doubrek quarry.\n\n{FERRY[1]}",
        # people who are named once each
        "\n\n".join((FERRY[0], *WITNESSES)),
        # one paragraph
        " ".join(DIGEST),
    ],
    ids=["background", "in passing", "many people", "no passages"],
)
def test_an_ordinary_article_belongs_to_one_story(text: str) -> None:
    """Whatever it mentions besides."""
    stories = [story for story in gather([*EVENTS, Article("d", "test", text)]) if "d" in story.articles]
    assert [(story.shares["d"], story.passages) for story in stories] == [(1.0, {})]


def test_copies_of_a_digest_are_shared_out_alike() -> None:
    """A digest that two sites print is in three stories, twice."""
    digest = Article("d", "test", "\n\n".join(DIGEST))
    stories = gather([*EVENTS, digest, replace(digest, id="e")])
    assert sum({"d", "e"} <= set(story.articles) for story in stories) == 3
    assert all(story.shares["d"] == story.shares["e"] for story in stories if "d" in story.articles)


def test_each_story_has_the_statements_of_its_passages() -> None:
    """What is compared in a story is what the digest says of it; every statement is in one."""
    digest = Article("d", "test", "\n\n".join(DIGEST))
    spans = [(digest.text.index(part), digest.text.index(part) + len(part)) for part in DIGEST]
    said = tuple(
        Statement(
            f"s{n}", "d", span, digest.text[slice(*span)], (span,), (), Root(None, None, "outlet"), Quote("none", ()),
            "affirmed", "certain", "happened",
        )
        for n, span in enumerate(spans)
    )  # fmt: skip
    articles = [*EVENTS, digest]
    edition = Edition(Producer("0", {}, {}), tuple(articles), statements=said, stories=gather(articles))
    told = {part.stories[0].articles[0]: [s.id for s in part.statements] for part in parts(edition)}
    assert told == {"a0": ["s0"], "a3": ["s1"], "a6": ["s2"]}


def test_stories_that_a_human_merges_keep_the_passages_of_both() -> None:
    """The digest then has two passages in one story, and what is ruled holds."""
    articles = [*EVENTS, Article("d", "test", "\n\n".join(DIGEST))]
    ruling = Decision("r", "desk", "merge_stories", ("a0",), ("a3",), None, "editor", "one strike", "2031-06-01")
    stories, (outcome,) = Decisions((ruling,)).grouped(gather(articles), articles)
    (both,) = [story for story in stories if "a0" in story.articles]
    assert {"a3", "d"} <= set(both.articles)
    assert len(both.passages["d"]) == 2
    assert both.shares["d"] == pytest.approx(2 / 3, abs=0.05)
    assert outcome.state == "overrides"
