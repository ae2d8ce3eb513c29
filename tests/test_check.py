"""A sentence held to an edition: supported, denied, disputed or silent, and by whom."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from test_cli import variorum
from variorum.edition import answered, to_json
from variorum.errors import UsageError
from variorum.model import Answer, Article, Edition, Stamp
from variorum.pipeline import Config, check, collate

CONFIG = Config(embedder="none")

POST = """The harbour bridge at Ostby was closed on Tuesday after engineers found a crack in a pillar, the agency said.

Two people were injured when a lorry hit the barrier, police said.

"The bridge was not inspected last year," said Ida Holm, a spokeswoman for the agency.

The road agency will open the bridge again on 2 April, Holm said."""

HERALD = """Engineers found a crack in a pillar of the harbour bridge at Ostby, and it was closed on Tuesday.

The bridge was inspected last year, mayor Per Lund said. "The report is in my drawer."

Five people have now been injured on the bridge, the police said on Thursday evening.

The pillar may have been hit by a ship, Lund said."""


@pytest.fixture(scope="module")
def edition() -> Edition:
    """Two reports by two newsrooms, two days apart."""
    return collate(
        [
            Article("1", "post.txt", POST, publisher="Ostby Post", language="en", published=day("2031-03-11")),
            Article("2", "herald.txt", HERALD, publisher="Coast Herald", language="en", published=day("2031-03-13")),
        ],
        CONFIG,
    )


def day(value: str) -> Stamp:
    """A stated date."""
    return Stamp(value, "day", "stated")


def ask(edition: Edition, sentence: str) -> Answer:
    """Without vectors, so that nothing but structure answers."""
    return check(sentence, edition, CONFIG)


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("Engineers found a crack in a pillar of the bridge.", "supported"),
        ("The harbour bridge at Ostby was closed.", "supported"),
        ("Five people were injured on the bridge.", "supported"),
        ("The bridge was inspected last year.", "disputed"),
        ("The bridge was not inspected last year.", "disputed"),
        ("Nine people were injured on the bridge.", "denied"),
        ("The mayor resigned over the bridge.", "silent"),
        ("A ferry sank off Ostby.", "silent"),
        ("Ida Holm said the bridge was not inspected last year.", "supported"),
        ("The bridge was opened again.", "silent"),
    ],
)
def test_verdicts(edition: Edition, sentence: str, verdict: str) -> None:
    """Who says so, who says otherwise, and whether anybody speaks to it."""
    assert ask(edition, sentence).verdict == verdict


def test_support_counts_newsrooms_and_roots(edition: Edition) -> None:
    """The support of an answer is that of a claim, and every witness can be clicked."""
    (part,) = ask(edition, "Engineers found a crack in a pillar of the bridge.").parts
    assert part.support is not None
    assert part.support.newsrooms == (2, 2)
    texts = {a.id: a.text for a in edition.articles}
    assert {texts[w.article][slice(*w.span)] for w in part.says_so} == {w.text for w in part.says_so}


def test_a_later_state_is_told(edition: Edition) -> None:
    """Two injured, later five: the sentence is supported, and what came after is shown."""
    (part,) = ask(edition, "Two people were injured on the bridge.").parts
    assert part.verdict == "supported"
    assert any("5" in w.how for w in part.later)


def test_bounds_are_kept(edition: Edition) -> None:
    """Five are "at least three", and no "at least six"."""
    (least,) = ask(edition, "At least three people were injured on the bridge.").parts
    assert "Five people" in {w.text.split(" have")[0] for w in least.says_so}
    (more,) = ask(edition, "At least six people were injured on the bridge.").parts
    assert not more.says_so


def test_what_may_be_is_not_said_to_be(edition: Edition) -> None:
    """A guess supports nothing, and is shown as one."""
    (part,) = ask(edition, "The pillar was hit by a ship.").parts
    assert (part.verdict, [w.how for w in part.near]) == ("silent", ["says that it may be so"])


def test_only_the_source_that_is_named(edition: Edition) -> None:
    """Somebody else's words are not hers."""
    (part,) = ask(edition, "Ida Holm said that five people were injured on the bridge.").parts
    assert part.verdict == "silent"
    assert "somebody else says so" in part.reason


def test_the_worst_part_decides(edition: Edition) -> None:
    """A sentence of two claims is as good as the worse one, and both are told."""
    answer = ask(edition, "Engineers found a crack in a pillar of the bridge and the mayor wept.")
    assert answer.verdict == "silent"
    assert [part.verdict for part in answer.parts] == ["supported", "silent"]


def test_nothing_is_asked(edition: Edition) -> None:
    """A sentence that asserts nothing is a usage error, not a verdict."""
    with pytest.raises(UsageError, match="asserts nothing"):
        ask(edition, "  ")


def test_the_answer_in_words(edition: Edition) -> None:
    """The text for a terminal names the newsrooms and quotes the words; hostile marks cannot act."""
    text = answered(ask(edition, "The bridge was inspected\u202e last year."), edition)
    assert text.startswith("≠ DISPUTED")
    assert "Ostby Post → Ida Holm" in text
    assert "Says otherwise" in text
    assert "\u202e" not in text


def test_on_the_command_line(edition: Edition, tmp_path: Path) -> None:
    """From a folder, from standard input, as JSON; a file that is no edition is a clear error."""
    (tmp_path / "edition.json").write_text(to_json(edition), "utf-8")
    sentence = b"Engineers found a crack in a pillar of the bridge."
    done = variorum("check", "-", "--in", tmp_path, "--format", "json", "--embedder", "none", stdin=sentence)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["verdict"] == "supported"
    missing = variorum("check", "x", "--in", tmp_path / "none.json")
    assert (missing.returncode, b"none.json" in missing.stderr) == (2, True)
    (tmp_path / "bad.json").write_bytes(b"[]")
    assert variorum("check", "x", "--in", tmp_path / "bad.json").returncode in (1, 2)
