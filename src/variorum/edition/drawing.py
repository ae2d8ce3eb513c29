"""Where things stand in the drawings of a page: the copy tree and the line of events, as plain coordinates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from math import log1p
from typing import Final, Literal

from variorum.edition.wording import Wording, day, percent, period, shortened
from variorum.model import Link, LinkKind, Precision, Story

_BOTTOM: Final = 26  # room for the dates below a drawing
_COARSE: Final[frozenset[Precision]] = frozenset({"year", "month"})
_LABEL: Final = 72  # width of a date
_STEP: Final = 3.0  # hours between texts of which only the order is known


Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True)
class Node:
    """An article (``number`` is its) or, with none, an ancestor that is not in the collection."""

    x: float
    y: float
    number: int | None
    label: str
    when: str


@dataclass(frozen=True, slots=True)
class Edge:
    """A link as an SVG path, its width by the share of the child that it gave."""

    path: str
    width: float
    kind: LinkKind
    note: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A date on the axis; ``anchor`` says which of its ends stands at ``x``."""

    x: float
    label: str
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class Tree:
    """A copy tree, one row a node. ``gutter`` is the width kept for labels; with none they stand above the row."""

    width: int
    height: int
    gutter: int
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    ticks: tuple[Tick, ...]


def copy_tree(
    wording: Wording, story: Story, width: int, gutter: int, among: Sequence[Link] | None = None
) -> Tree | None:
    """The articles of a story that a link (one of ``among``) touches, time from left to right; no link gives None."""
    members = frozenset(story.articles)
    given = wording.edition.lineage.links if among is None else among
    links = [k for k in given if k.child in members and _known(wording, k.parent, members)]
    if not links:
        return None
    dates = _dates(wording, links)
    main = _main_links(links)
    order = _rows(links, main, dates)
    times = _times(order, main, dates)
    scale = _Scale(times.values(), gutter + 14, width - 14)
    row, top = (34, 20) if gutter else (52, 34)
    places = {name: (scale.at(times[name]), top + row * i) for i, name in enumerate(order)}
    nodes = tuple(_node(wording, name, *places[name], gutter) for name in order)
    edges = tuple(_edge(wording, link, places[link.parent], places[link.child]) for link in links)
    height = top + row * (len(order) - 1) + 14 + _BOTTOM
    known = {dates[n]: day(date_of(dates[n])) for n in order if n in wording.articles and n in dates}
    return Tree(width, height, gutter, nodes, edges, scale.ticks(known))


def _known(wording: Wording, parent: str, members: frozenset[str]) -> bool:
    return parent in members or parent in wording.origins


def _dates(wording: Wording, links: list[Link]) -> dict[str, float]:
    """Hours for every node that has a date; an ancestor that nobody has stands a little before its first child."""
    dates: dict[str, float] = {}
    for name in dict.fromkeys(n for k in links for n in (k.parent, k.child)):
        stamp = wording.articles[name].published if name in wording.articles else None
        if stamp is not None and (value := hours(stamp.value)) is not None:
            dates[name] = value
    for link in links:
        if link.parent not in wording.articles and link.child in dates:
            dates[link.parent] = min(dates.get(link.parent, dates[link.child]), dates[link.child] - _STEP)
    return dates


def _times(order: list[str], main: dict[str, Link], dates: dict[str, float]) -> dict[str, float]:
    """Hours for every node: what has no date stands a little after its parent, without one at the beginning."""
    begin = min(dates.values(), default=0.0)
    times: dict[str, float] = {}
    for name in order:
        parent = main[name].parent if name in main else None
        times[name] = dates.get(name, times.get(parent, begin - _STEP) + _STEP if parent else begin)
    return times


def hours(value: str) -> float | None:
    """An ISO date as hours since year 1, zones left out of account; None for what is no date."""
    padded = value + "0001-01-01"[len(value) :] if len(value) < 10 else value
    try:
        moment = datetime.fromisoformat(padded).replace(tzinfo=None)
    except ValueError:
        return None
    return (moment - datetime(1, 1, 1)).total_seconds() / 3600


def _main_links(links: list[Link]) -> dict[str, Link]:
    """For each child the link that gave it most of its text."""
    main: dict[str, Link] = {}
    for link in links:
        held = main.get(link.child)
        if held is None or (link.kind != "credit", link.share_of_child) > (held.kind != "credit", held.share_of_child):
            main[link.child] = link
    return main


def _rows(links: list[Link], main: dict[str, Link], dates: dict[str, float]) -> list[str]:
    """Every node below its main parent, families and siblings in order of time."""

    def place(name: str) -> tuple[float, str]:
        return dates.get(name, float("inf")), name

    children: dict[str, list[str]] = {}
    for child, link in main.items():
        children.setdefault(link.parent, []).append(child)
    heads = sorted({k.parent for k in links} - main.keys(), key=place)
    order: dict[str, None] = {}
    for head in [*heads, *sorted(main)]:  # the second list only for a circle of links, which has no head
        waiting = [head]
        while waiting:
            name = waiting.pop()
            if name not in order:
                order[name] = None
                waiting += sorted(children.get(name, ()), key=place, reverse=True)
    return list(order)


def _node(wording: Wording, name: str, x: float, y: float, gutter: int) -> Node:
    room = 27 if gutter else 34
    if name in wording.numbers:
        stamp = wording.articles[name].published
        return Node(
            x, y, wording.numbers[name], shortened(wording.outlet(name), room), day(stamp.value if stamp else None)
        )
    return Node(x, y, None, shortened(wording.parent(name), room), "not in the collection")


def _edge(wording: Wording, link: Link, start: tuple[float, float], end: tuple[float, float]) -> Edge:
    (x1, y1), (x2, y2) = start, end
    note = f"{link.kind}: {percent(link.share_of_child)} of [{wording.numbers[link.child]}]"
    if abs(x2 - x1) < 1:
        bow = x1 - 9 if abs(y2 - y1) > 60 else x1
        path = f"M{x1:.1f} {y1:.1f}Q{bow:.1f} {(y1 + y2) / 2:.1f} {x2:.1f} {y2:.1f}"
    else:
        bend = min(10.0, abs(x2 - x1))
        turn = x1 + (bend if x2 > x1 else -bend)
        near = y2 - (min(10.0, abs(y2 - y1)) if y2 > y1 else -min(10.0, abs(y2 - y1)))
        path = f"M{x1:.1f} {y1:.1f}V{near:.1f}Q{x1:.1f} {y2:.1f} {turn:.1f} {y2:.1f}H{x2:.1f}"
    return Edge(path, round(1.2 + 5.8 * max(0.0, min(1.0, link.share_of_child)), 1), link.kind, note)


class _Scale:
    """Time on an axis. Gaps count by their logarithm, so that an hour and a month can both be seen."""

    def __init__(self, moments: Iterable[float], left: float, right: float) -> None:
        self._times = sorted(set(moments))
        steps = [1 + log1p(b - a) for a, b in pairwise(self._times)]
        unit = (right - left) / sum(steps) if steps else 0.0
        self._places = [left]
        for step in steps:
            self._places.append(self._places[-1] + unit * step)
        self._at = dict(zip(self._times, self._places, strict=True))

    def at(self, moment: float) -> float:
        """Where ``moment``, one of those given, stands."""
        return self._at[moment]

    def ticks(self, labels: dict[float, str]) -> tuple[Tick, ...]:
        """Those of ``labels`` that stand far enough from each other to be read, each label once."""
        found: list[Tick] = []
        used: set[str] = set()
        free = self._places[0]
        for moment, x in zip(self._times, self._places, strict=True):
            label = labels.get(moment)
            if not label or label in used:
                continue
            anchor, left = self._anchor(x), _LABEL / 2
            left = {"start": 0.0, "middle": left, "end": 2 * left}[anchor]
            if x - left >= free:
                used.add(label)
                found.append(Tick(x, label, anchor))
                free = x - left + _LABEL + 12
        return tuple(found)

    def _anchor(self, x: float) -> Anchor:
        if x - self._places[0] < _LABEL / 2:
            return "start"
        return "end" if self._places[-1] - x < _LABEL / 2 else "middle"


def date_of(moment: float) -> str:
    """The ISO date of ``moment``, hours since year 1."""
    return datetime.fromordinal(max(1, int(moment // 24) + 1)).date().isoformat()


@dataclass(frozen=True, slots=True)
class Event:
    """A timeline entry on the line of events: a dot, or a bar from ``x`` to ``end`` for what is less exact."""

    x: float
    end: float
    level: int
    number: int
    planned: bool


@dataclass(frozen=True, slots=True)
class Line:
    """Events above an axis, the days of the reports below it."""

    width: int
    height: int
    axis: int
    events: tuple[Event, ...]
    reports: tuple[float, ...]
    ticks: tuple[Tick, ...]


def event_line(wording: Wording, story: Story, width: int, first: int = 1) -> Line | None:
    """The timeline drawn to a scale of time, numbered from ``first``; fewer than two dates need no drawing."""
    begins = [hours(e.begin[:10]) for e in story.timeline]
    ends = [hours((e.end or e.begin)[:10]) for e in story.timeline]
    reports = [h for a in story.articles if (h := _reported(wording, a)) is not None]
    known = [h for h in (*begins, *ends, *reports) if h is not None]
    if len(set(known)) < 2 or not story.timeline:
        return None
    scale = _Scale(known, 22, width - 22)
    free: list[float] = []  # for each level the place from which it is free again
    events = []
    for number, (entry, begin, end) in enumerate(zip(story.timeline, begins, ends, strict=True), first):
        if begin is None:
            continue
        x, stop = scale.at(begin), scale.at(end if end is not None and end > begin else begin)
        level = next((i for i, reach in enumerate(free) if reach < x - 11), len(free))
        free[level : level + 1] = [stop + 11]
        events.append(Event(x, stop, level, number, entry.status == "planned"))
    axis = 16 + 24 * len(free)
    places = tuple(sorted({scale.at(r) for r in reports}))
    labels = {h: day(date_of(h)) for h in known}
    labels |= {
        h: period(e.begin, e.end) for h, e in zip(begins, story.timeline, strict=True) if h and e.precision in _COARSE
    }
    return Line(width, axis + 16 + _BOTTOM, axis, tuple(events), places, scale.ticks(labels))


def _reported(wording: Wording, article: str) -> float | None:
    stamp = wording.articles[article].published if article in wording.articles else None
    return hours(stamp.value[:10]) if stamp else None
