"""Coordinates of the copy tree and the line of events."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented_edition import article, edition

from variorum.edition.drawing import copy_tree, date_of, event_line, hours
from variorum.edition.wording import Wording
from variorum.model import Edition, Lineage, Link, Origin, Producer, Story, TimelineEntry


def family(links: list[tuple[int, int]], dates: list[str | None]) -> tuple[Wording, Story]:
    """Articles of these dates, and links between them by number; parent -1 is an origin that nobody has."""
    pages = [article(f"p{n}", [("body", f"text {n}")], f"Paper {n}", date) for n, date in enumerate(dates)]
    origin = Origin("o-x", "Dispatch", "agency", False, tuple(p.id for p in pages))
    made = tuple(Link(pages[a].id if a >= 0 else "o-x", pages[b].id, "copy", 0.9, 0.9, 0.9) for a, b in links)
    story = Story("y", "t", tuple(p.id for p in pages), {})
    return Wording(Edition(Producer("0", {}, {}), tuple(pages), (), (), Lineage(made, (origin,)), (story,))), story


def test_time_runs_from_left_to_right() -> None:
    """A later article stands further right, an ancestor that nobody has before its children and without number."""
    wording, story = family([(-1, 0), (-1, 1), (1, 2)], ["2031-01-01", "2031-01-03", None])
    tree = copy_tree(wording, story, 900, 200)
    assert tree is not None
    x = {node.number: node.x for node in tree.nodes}
    assert x[None] < x[1] < x[2] < x[3]
    assert min(x.values()) > 200
    assert max(x.values()) < 900
    assert [t.label for t in tree.ticks] == ["1 Jan 2031", "3 Jan 2031"]


def test_children_stand_below_their_parent() -> None:
    """One row a node, families together."""
    wording, story = family([(0, 2), (1, 3), (0, 4)], ["2031-01-01", "2031-01-01", *["2031-01-02"] * 3])
    tree = copy_tree(wording, story, 900, 200)
    assert tree is not None
    numbers = [node.number for node in tree.nodes]
    assert sorted(numbers) == [1, 2, 3, 4, 5]
    assert abs(numbers.index(1) - numbers.index(3)) <= 2
    assert abs(numbers.index(2) - numbers.index(4)) == 1
    assert all(b.y > a.y for a, b in pairwise(tree.nodes))


@given(
    st.lists(st.tuples(st.integers(-1, 5), st.integers(0, 5)), min_size=1, max_size=12),
    st.lists(st.sampled_from([None, "2031-01-01", "2031-01-02T10:00", "2031-02"]), min_size=6, max_size=6),
)
def test_any_links_can_be_drawn(links: list[tuple[int, int]], dates: list[Any]) -> None:
    """Second parents, circles, links to itself, no dates: every touched node has a place inside, once."""
    wording, story = family(links, dates)
    tree = copy_tree(wording, story, 400, 0)
    assert tree is not None
    numbers = [node.number for node in tree.nodes]
    assert len(numbers) == len(set(numbers)) == len({n for pair in links for n in pair})
    assert len(tree.edges) == len(links)
    assert all(0 <= node.x <= 400 and 0 <= node.y <= tree.height for node in tree.nodes)


def test_no_links_no_tree() -> None:
    """Nothing is drawn where nobody copied."""
    wording, story = family([], ["2031-01-01"])
    assert copy_tree(wording, story, 400, 0) is None


def test_width_shows_the_share() -> None:
    """A whole copy has a wider line than a rewritten sentence."""
    made = edition()
    tree = copy_tree(Wording(made), made.stories[0], 900, 200)
    assert tree is not None
    width = {edge.kind: edge.width for edge in tree.edges}
    assert width["copy"] > 2 * width["rewrite"]


def test_events_are_drawn_on_their_dates() -> None:
    """Planned apart from happened, a period as a bar, events of one day above each other."""
    wording, story = family([], ["2031-01-05"])
    entries = (
        TimelineEntry("2031-01-01", "2031-01-01", "day", "a", (), "happened"),
        TimelineEntry("2031-01-01", "2031-01-03", "day", "b", (), "happened"),
        TimelineEntry("2031-01-08", None, "day", "c", (), "planned"),
    )
    line = event_line(wording, replace(story, timeline=entries), 600)
    assert line is not None
    assert [e.planned for e in line.events] == [False, False, True]
    assert [e.level for e in line.events] == [0, 1, 0]
    assert line.events[1].end > line.events[1].x == line.events[0].x
    assert line.events[0].x < line.reports[0] < line.events[2].x


@pytest.mark.parametrize(("value", "date"), [("2031-03-05T09:40+01:00", "2031-03-05"), ("2031", "2031-01-01")])
def test_hours_and_back(value: str, date: str) -> None:
    """A date keeps its day."""
    found = hours(value)
    assert found is not None
    assert date_of(found) == date


def test_what_is_no_date_has_no_place() -> None:
    """And is no crash."""
    assert hours("soon") is None
    assert hours("2031-13-45") is None
