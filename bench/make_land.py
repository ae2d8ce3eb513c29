"""make_land.py land-110m.json OUT: the outline of the land that the map of places is drawn on (``data/land.toml``).

The input is ``land-110m.json`` of the npm package world-atlas 2.0.2 (ISC), which is Natural Earth 4.1.0 at 1:110
million, public domain, as TopoJSON. Points that lie less than ``TOLERANCE`` degrees beside the line between those that
stay are left out (Douglas and Peucker 1973); what is left is written in tenths of degrees, each ring as its first point
and the steps from there. No borders: on whose land a place lies is not for a map of this size to say.
"""

from __future__ import annotations

import json
import sys
from itertools import pairwise
from pathlib import Path

TOLERANCE = 0.12
Point = tuple[float, float]


def main() -> None:
    """Read, thin out and write."""
    rings = [r for r in map(_tenths, map(_thinned, _rings(json.loads(Path(sys.argv[1]).read_text())))) if len(r) > 3]
    lines = [
        "# The outline of the land: Natural Earth 4.1.0, 1:110 million, public domain; made by bench/make_land.py.",
        "# Each ring is its first point, longitude and latitude in tenths of degrees, and the steps from there.",
        "rings = [",
        *(f"  [{', '.join(map(str, _steps(ring)))}]," for ring in rings),
        "]",
    ]
    Path(sys.argv[2]).write_text("\n".join(lines) + "\n", "utf-8")


def _rings(topology: dict) -> list[list[Point]]:  # type: ignore[type-arg]
    scale, move = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs: list[list[Point]] = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * scale[0] + move[0], y * scale[1] + move[1]))
        arcs.append(points)
    found = []
    for land in topology["objects"]["land"]["geometries"]:
        for ring in (ring for polygon in land["arcs"] for ring in polygon):
            points = []
            for number in ring:
                arc = arcs[number] if number >= 0 else arcs[~number][::-1]
                points += arc[1:] if points else arc
            found.append(_unrolled(points))
    return found


def _unrolled(points: list[Point]) -> list[Point]:
    """A ring that crosses the date line without the leap to the other side; one around the pole is closed there."""
    found = points[:1]
    for x, y in points[1:]:
        found.append((x - 360 * round((x - found[-1][0]) / 360), y))
    (first, _), (last, _) = found[0], found[-1]
    return found if abs(last - first) < 1 else [*found, (last, -90.0), (first, -90.0), found[0]]


def _thinned(points: list[Point]) -> list[Point]:
    """Without the points that change little; a ring is cut at the point farthest from its first."""
    far = max(range(len(points)), key=lambda i: _apart(points[0], points[i]))
    return _line(points[: far + 1]) + _line(points[far:])[1:]


def _line(points: list[Point]) -> list[Point]:
    keep, waiting = {0, len(points) - 1}, [(0, len(points) - 1)]
    while waiting:
        begin, end = waiting.pop()
        off = [(_beside(points[i], points[begin], points[end]), i) for i in range(begin + 1, end)]
        if off and max(off)[0] > TOLERANCE:
            keep.add(max(off)[1])
            waiting += [(begin, max(off)[1]), (max(off)[1], end)]
    return [points[i] for i in sorted(keep)]


def _apart(one: Point, other: Point) -> float:
    return ((one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2) ** 0.5


def _beside(point: Point, begin: Point, end: Point) -> float:
    length = _apart(begin, end)
    if length == 0:
        return _apart(point, begin)
    across = (end[0] - begin[0]) * (begin[1] - point[1]) - (begin[0] - point[0]) * (end[1] - begin[1])
    return abs(across) / length


def _tenths(points: list[Point]) -> list[tuple[int, int]]:
    rounded = [(round(10 * x), round(10 * y)) for x, y in points]
    return [p for i, p in enumerate(rounded) if i == 0 or p != rounded[i - 1]]


def _steps(ring: list[tuple[int, int]]) -> list[int]:
    flat = [*ring[0]]
    for (x, y), (u, v) in pairwise(ring):
        flat += [u - x, v - y]
    return flat


if __name__ == "__main__":
    main()
