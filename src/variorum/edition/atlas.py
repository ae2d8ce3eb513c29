"""Where the places of a story lie: a map as plain coordinates, over an outline of the land that we bring ourselves, so
that no server of maps learns what is read. Places that cannot be told are listed with the reason, never guessed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import cos, floor, radians, sqrt
from typing import Final, Literal

from variorum.edition.wording import Wording
from variorum.model import Entity, Place, Statement, Story
from variorum.text.vocabulary import load

_LEAST: Final = 16.0  # degrees of latitude that a map shows at least: nearer, the outline has nothing to tell
_MARGIN: Final = 1.35
_FARTHEST: Final = 84.0  # no map reaches a pole, where it would be all width
_NARROWEST: Final = 0.3  # of a degree of longitude beside one of latitude
_STEPS: Final = (1, 2, 5, 10, 15, 20, 30, 45, 60)
_LETTER, _LINE, _GAP = 6.6, 15.0, 4.0  # a label's letters and lines in pixels; what is kept free around a point

Point = tuple[float, float]
Box = tuple[float, float, float, float]
Side = Literal["start", "end", "middle"]


@dataclass(frozen=True, slots=True)
class Outline:
    """``data/land.toml``."""

    rings: list[list[int]]


@dataclass(frozen=True, slots=True)
class Told:
    """A place that a story names; ``number`` is that of its row. ``reports`` name it; ``statement`` is the first that
    does."""

    number: int
    entity: Entity
    place: Place
    reports: int
    statement: Statement | None


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the map. Its label stands at (``label_x``, ``label_y``); without room for one it is its number that
    does, or (``side`` null) nothing."""

    x: float
    y: float
    radius: float
    told: Told
    label: str
    label_x: float = 0.0
    label_y: float = 0.0
    side: Side | None = None


@dataclass(frozen=True, slots=True)
class Meridian:
    """A line of the grid, from one end to the other, with what it is called."""

    x1: float
    y1: float
    x2: float
    y2: float
    label: str


@dataclass(frozen=True, slots=True)
class Map:
    """A drawing of ``width`` × ``height``; ``land`` is one SVG path."""

    width: int
    height: int
    land: str
    grid: tuple[Meridian, ...]
    spots: tuple[Spot, ...]


def places_of(wording: Wording, story: Story) -> tuple[list[Told], list[Told]]:
    """The places that a story names, those that can be told and those that cannot, each by how many reports name it."""
    members = frozenset(story.articles)
    naming: dict[str, Statement] = {}
    for statement in wording.said(s.id for s in wording.edition.statements if s.article in members):
        for mention in statement.mentions:
            naming.setdefault(mention.entity, statement)
    rows = [
        (len({m.article for m in e.mentions if m.article in members}), e, e.place)
        for e in wording.edition.entities
        if e.place is not None
    ]
    ordered = sorted((r for r in rows if r[0]), key=lambda r: (-r[0], r[1].name, r[1].id))
    told = [r for r in ordered if r[2].latitude is not None and r[2].longitude is not None]
    untold = [r for r in ordered if r not in told]
    return _numbered(told, naming), _numbered(untold, naming)


def _numbered(rows: Sequence[tuple[int, Entity, Place]], naming: dict[str, Statement]) -> list[Told]:
    return [Told(n, e, p, reports, naming.get(e.id)) for n, (reports, e, p) in enumerate(rows, 1)]


def draw_map(told: Sequence[Told], width: int, height: int) -> Map | None:
    """The places on a map; none give None. Plate carrée with true lengths along its middle parallel; the map is turned
    so that its edge lies in the widest gap between the places, wherever the date line is."""
    points = [(t, p) for t in told if (p := _coordinates(t.place)) is not None]
    if not points:
        return None
    view = _View([p for _, p in points], width, height)
    spots = [
        Spot(*view.at(point), round(min(9.0, 3 + 1.3 * sqrt(one.reports)), 1), one, one.entity.name)
        for one, point in points
    ]
    return Map(width, height, _land(view), tuple(view.grid()), tuple(_labelled(spots, width, height)))


def _coordinates(place: Place) -> Point | None:
    if place.latitude is None or place.longitude is None:
        return None
    return place.longitude, max(-_FARTHEST, min(_FARTHEST, place.latitude))


class _View:
    """From degrees to pixels. The map shows ``tall`` degrees of latitude, and about ``middle``."""

    def __init__(self, points: Sequence[Point], width: int, height: int) -> None:
        self.width, self.height = width, height
        west, wide = _arc([lon for lon, _ in points])
        south, north = min(lat for _, lat in points), max(lat for _, lat in points)
        self.middle = west + wide / 2, (south + north) / 2
        self.shrink = max(_NARROWEST, cos(radians(self.middle[1])))
        tall = max(_LEAST, _MARGIN * (north - south), _MARGIN * wide * self.shrink * height / width)
        tall = min(tall, 2 * _FARTHEST, 360 * self.shrink * height / width)
        self.scale = height / tall
        half = tall / 2
        self.middle = self.middle[0], max(half - _FARTHEST - 4, min(_FARTHEST + 4 - half, self.middle[1]))

    def at(self, point: Point) -> Point:
        """Where a place stands."""
        turned = (point[0] - self.middle[0] + 180) % 360 - 180
        return self.there((turned, point[1]))

    def there(self, point: Point) -> Point:
        """Where a point stands whose longitude is counted from the map's middle."""
        x = self.width / 2 + point[0] * self.shrink * self.scale
        return round(x, 1), round(self.height / 2 - (point[1] - self.middle[1]) * self.scale, 1)

    def grid(self) -> Iterator[Meridian]:
        """Lines at round degrees, about five across."""
        wide = self.width / (self.shrink * self.scale)
        step = next((s for s in _STEPS if wide / s <= 6), _STEPS[-1])
        west, south = self.middle[0] - wide / 2, self.middle[1] - self.height / self.scale / 2
        for n in range(floor(west / step) + 1, floor((west + wide) / step) + 1):
            x, _ = self.there((n * step - self.middle[0], 0))
            yield Meridian(x, 0, x, self.height, _degrees((n * step + 180) % 360 - 180, "E", "W"))
        for n in range(floor(south / step) + 1, floor((south + self.height / self.scale) / step) + 1):
            _, y = self.there((0, n * step))
            yield Meridian(0, y, self.width, y, _degrees(n * step, "N", "S"))


def _degrees(value: float, above: str, below: str) -> str:
    return f"{abs(value):.0f}°" + (f" {above if value > 0 else below}" if value % 180 else "")


def _arc(longitudes: Sequence[float]) -> tuple[float, float]:
    """The smallest arc that holds all longitudes: where it begins, and how wide it is."""
    around = sorted({lon % 360 for lon in longitudes})
    gaps = [(other - one, other) for one, other in pairwise([*around, around[0] + 360])]
    gap, begin = max(gaps)
    return begin % 360, 360 - gap


# --- land -------------------------------------------------------------------------------------------------------------


@cache
def _rings() -> tuple[tuple[Point, ...], ...]:
    """The outline in degrees."""
    found = []
    for steps in load("land", Outline).rings:
        x, y = steps[:2]
        ring = [(x / 10, y / 10)]
        for dx, dy in zip(steps[2::2], steps[3::2], strict=True):
            x, y = x + dx, y + dy
            ring.append((x / 10, y / 10))
        found.append(tuple(ring))
    return tuple(found)


def _land(view: _View) -> str:
    """The land within the view as a path, in whole pixels."""
    paths = []
    middle = (view.middle[0] + 180) % 360 - 180
    for ring in _rings():
        for turn in (-360, 0, 360):
            shown = _clipped([view.there((x - middle + turn, y)) for x, y in ring], view.width, view.height)
            rounded = [(round(x), round(y)) for x, y in shown]
            steps = [(u - x, v - y) for (x, y), (u, v) in pairwise(rounded) if (u, v) != (x, y)]
            if len(steps) > 1:
                paths.append(f"M{rounded[0][0]} {rounded[0][1]}l" + " ".join(f"{x} {y}" for x, y in steps) + "z")
    return "".join(paths)


def _clipped(ring: list[Point], width: float, height: float) -> list[Point]:
    """What of a ring lies in the drawing and just beside it (Sutherland and Hodgman 1974)."""
    for axis, edge, inside in ((0, -2.0, 1), (0, width + 2.0, -1), (1, -2.0, 1), (1, height + 2.0, -1)):
        kept: list[Point] = []
        for one, other in pairwise([*ring, *ring[:1]]):
            there, next_there = inside * (one[axis] - edge) >= 0, inside * (other[axis] - edge) >= 0
            if there:
                kept.append(one)
            if there != next_there:
                part = (edge - one[axis]) / (other[axis] - one[axis])
                kept.append((one[0] + part * (other[0] - one[0]), one[1] + part * (other[1] - one[1])))
        ring = kept
    return ring


# --- labels -----------------------------------------------------------------------------------------------------------


def _labelled(spots: Sequence[Spot], width: int, height: int) -> Iterator[Spot]:
    """Each spot with its name where there is room beside it, else with its number, else with nothing."""
    taken: list[Box] = [(s.x - s.radius, s.y - s.radius, s.x + s.radius, s.y + s.radius) for s in spots]
    for number, spot in enumerate(spots):
        others = taken[:number] + taken[number + 1 :]
        for text in (spot.label, str(spot.told.number)):
            found = next((p for p in _ways(spot, text) if _free(p[3], others, width, height)), None)
            if found is not None:
                taken.append(found[3])
                yield Spot(spot.x, spot.y, spot.radius, spot.told, text, *found[:3])
                break
        else:
            yield spot


def _ways(spot: Spot, text: str) -> Iterator[tuple[float, float, Side, Box]]:
    long, off = _LETTER * len(text), spot.radius + _GAP
    for x, y, side in (
        (spot.x + off, spot.y + 4, "start"),
        (spot.x - off, spot.y + 4, "end"),
        (spot.x, spot.y - off, "middle"),
        (spot.x, spot.y + off + 9, "middle"),
    ):
        left = {"start": x, "end": x - long, "middle": x - long / 2}[side]
        yield round(x, 1), round(y, 1), side, (left, y - _LINE + 4, left + long, y + 4)  # type: ignore[misc]


def _free(box: Box, others: Sequence[Box], width: int, height: int) -> bool:
    if box[0] < 2 or box[1] < 2 or box[2] > width - 2 or box[3] > height - 14:  # below stand the degrees
        return False
    return not any(box[0] < o[2] + 5 and o[0] < box[2] + 5 and box[1] < o[3] and o[1] < box[3] for o in others)
