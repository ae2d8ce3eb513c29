"""Reports that are very far apart in time are not held against each other, in a batch and in a stream."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from variorum.model import Article, Stamp
from variorum.stories import StoryStream, gather
from variorum.stories.config import StoriesConfig
from variorum.stories.profile import REACH, nearness, profile
from variorum.stories.resemblance import Table, met

FIRE = (
    "The old rope works at Tollmark burned down on Sunday night. Fire chief Odda Grann said that forty firefighters "
    "fought the flames at the Keelside wharf, and that nobody was hurt. {}"
)
REST = (
    "Ropemaker Sellin & Daughters said it would rebuild the Keelside works.",
    "Odda Grann praised the volunteers of Tollmark for their help at the wharf.",
)


def _report(number: int, day: str | None, rest: str) -> Article:
    stamp = Stamp(day, "day", "metadata") if day else None
    return Article(f"r{number}", "made", FIRE.format(rest), published=stamp, language="en")


@pytest.mark.parametrize(("days", "stories"), [("2031-03-02", 1), ("2031-05-20", 1), ("2032-03-02", 2)])
def test_a_fire_a_year_later_is_another_fire(days: str, stories: int) -> None:
    """The same words of two nights."""
    articles = [_report(0, "2031-03-01", REST[0]), _report(1, days, REST[1])]
    assert len(gather(articles)) == stories
    assert len(gather(articles[::-1])) == stories
    stream = StoryStream()
    for article in articles:
        stream.add(article)
    stream.settle()
    assert len({stream.story(a.id) for a in articles}) == stories


def test_undated_reports_are_held_against_all() -> None:
    """Who knows when they were written?"""
    articles = [_report(0, "2031-03-01", REST[0]), _report(1, None, REST[1])]
    assert len(gather(articles)) == 1


def test_a_table_looks_only_where_likeness_is_not_nothing() -> None:
    """Those before a text as far back as it reaches, and every one before an undated text."""
    days = [replace(profile(_report(n, f"2031-{1 + n:02d}-01", REST[n % 2]))) for n in range(9)]
    undated = [profile(_report(20 + n, None, REST[n % 2])) for n in range(2)]
    table = Table([*days, *undated], StoriesConfig())
    found = list(met(table, 0, 11))
    for row, one in enumerate(days):
        assert one.time is not None
        before = [other.time or 0.0 for other in days[:row]]
        near = np.flatnonzero(nearness(np.full(row, one.time), np.array(before)) > 0)
        assert found[row].near.tolist() == near.tolist()
    assert [len(one.near) for one in found[9:]] == [9, 10]
    assert nearness(np.zeros(1), np.full(1, (REACH + 1) * 86400)).tolist() == [0.0]


def test_reports_of_few_words_are_gathered() -> None:
    """Twelve short reports, and one about something else: some are met in no word of weight."""
    ferries = [
        Article(
            f"f{n}",
            "made",
            f"Ferry Alda {n} sinks off Osmund\n\nThe ferry Alda {n} sank off Osmund on Monday, the coast guard said. "
            f"{n + 3} people were saved by boats from pier {n}, the harbour said.\n",
            language="en",
        )
        for n in range(12)
    ]
    bridge = Article("b", "made", "The bridge at Orrin fell on Monday, the port of Orrin said.", language="en")
    found = {frozenset(story.articles) for story in gather([*ferries, bridge])}
    assert frozenset(["b"]) in found
    assert frozenset(f"f{n}" for n in range(12)) in found
