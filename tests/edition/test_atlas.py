"""The map: places where they lie, over land that is land, on either side of the date line."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from invented_edition import edition

from variorum.edition import to_html
from variorum.edition.atlas import Map, Told, draw_map, places_of
from variorum.edition.wording import Wording
from variorum.model import Edition, Entity, Location, Place

LYON, KYIV, DENVER = (45.75, 4.85), (50.45, 30.52), (39.74, -104.98)
SUVA, APIA, NUUK, MCMURDO = (-18.14, 178.44), (-13.83, -171.77), (64.18, -51.74), (-77.85, 166.67)
AT_SEA = (30.0, -45.0)


def told(*places: tuple[float, float], kind: Any = "city") -> list[Told]:
    """Places, with invented names."""
    found = []
    for n, (latitude, longitude) in enumerate(places, 1):
        place = Place(n, latitude, longitude, "XX", kind, 0.9, "invented")
        found.append(Told(n, Entity(f"e-{n}", f"Place {n}", "place", place=place), place, n, None))
    return found


def drawn(*places: tuple[float, float], width: int = 960, height: int = 420) -> Map:
    """Their map."""
    found = draw_map(told(*places), width, height)
    assert found is not None
    return found


def on_land(made: Map, x: float, y: float) -> bool:
    """Whether a point lies within an odd number of rings."""
    inside = False
    for ring in re.findall(r"M(-?\d+) (-?\d+)l([-\d ]+)z", made.land):
        at = (int(ring[0]), int(ring[1]))
        points = [at]
        steps = list(map(int, ring[2].split()))
        for dx, dy in zip(steps[::2], steps[1::2], strict=True):
            at = (at[0] + dx, at[1] + dy)
            points.append(at)
        for (x1, y1), (x2, y2) in pairwise([*points, points[0]]):
            if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
                inside = not inside
    return inside


@pytest.mark.parametrize(
    "places",
    [(LYON,), (LYON, KYIV), (DENVER, KYIV), (LYON, AT_SEA, DENVER), (NUUK, LYON), (DENVER, AT_SEA, KYIV, NUUK)],
)
@pytest.mark.parametrize("size", [(960, 420), (320, 260)])
def test_towns_lie_on_land_and_ships_at_sea(places: tuple[tuple[float, float], ...], size: tuple[int, int]) -> None:
    """Point and outline are drawn to one scale, wherever the map is."""
    made = drawn(*places, width=size[0], height=size[1])
    for spot, place in zip(made.spots, places, strict=True):
        assert 0 <= spot.x <= size[0]
        assert 0 <= spot.y <= size[1]
        assert on_land(made, spot.x + 0.3, spot.y + 0.3) == (place != AT_SEA), place


def test_the_map_is_turned_to_where_the_places_are() -> None:
    """Two islands on either side of the date line stand close together, the western one left, with open sea between."""
    made = drawn(SUVA, APIA)
    suva, apia = made.spots
    assert suva.x < apia.x < suva.x + 600
    middle = ((suva.x + apia.x) / 2, (suva.y + apia.y) / 2)
    assert not on_land(made, *middle)
    assert {"180°"} <= {line.label for line in made.grid}


def test_the_far_south_is_land() -> None:
    """The ring around the pole is closed beyond the map."""
    made = drawn(MCMURDO)
    assert on_land(made, 480, 410)
    assert 0 < made.spots[0].y < 420


@pytest.mark.parametrize("places", [(LYON, KYIV), (SUVA, APIA), (DENVER, KYIV, SUVA, NUUK)])
def test_north_is_up_and_east_is_right(places: tuple[tuple[float, float], ...]) -> None:
    """And lines of the grid are in order, within the drawing, named by degrees."""
    made = drawn(*places)
    for (one, spot), (other, next_spot) in pairwise(sorted(zip(places, made.spots, strict=True), key=lambda p: p[0])):
        assert spot.y >= next_spot.y, (one, other)
    assert 2 <= len(made.grid) <= 16
    for line in made.grid:
        assert 0 <= line.x1 <= 960
        assert 0 <= line.y1 <= 420
        assert re.fullmatch(r"\d+°( [NSEW])?", line.label)


def test_labels_never_cover_each_other() -> None:
    """However crowded: a name, else a number, else nothing."""
    crowd = [(45 + n % 5 / 10, 5 + n / 40) for n in range(24)]
    made = drawn(*crowd)
    boxes = []
    for spot in made.spots:
        if spot.side:
            long = 6.6 * len(spot.label)
            left = {"start": spot.label_x, "end": spot.label_x - long, "middle": spot.label_x - long / 2}[spot.side]
            boxes.append((left, left + long, spot.label_y - 11, spot.label_y + 4))
    assert boxes
    for n, one in enumerate(boxes):
        for other in boxes[n + 1 :]:
            assert one[0] >= other[1] or other[0] >= one[1] or one[2] >= other[3] or other[2] >= one[3]


def test_nothing_to_place_is_no_map() -> None:
    """None, rather than an empty sea."""
    assert draw_map([], 960, 420) is None


def placed() -> Edition:
    """The invented story with one place that can be told and one that cannot."""
    base = edition()
    first, second = base.articles[:2]
    lyon = Place(1, *LYON, "FR", "city", 0.97, "France stands beside it")
    untold = Place(None, None, None, None, None, 0.0, "2 places bear the name and nothing here decides between them")
    spot = (Location(first.id, base.statements[0].span),)
    found = (
        Entity("e-lyon", "Lyon", "place", mentions=(*spot, Location(second.id, (0, 4))), place=lyon),
        Entity("e-salem", "Salem", "place", mentions=spot, place=untold),
        Entity("e-far", "Elsewhere", "place", mentions=(Location("another story", (0, 4)),), place=lyon),
    )
    return replace(base, entities=(*base.entities, *found))


def test_places_are_those_that_the_storys_reports_name() -> None:
    """By how many name them; what cannot be told stays apart."""
    made = placed()
    sure, unsure = places_of(Wording(made), made.stories[0])
    assert [(t.entity.name, t.reports) for t in sure] == [("Lyon", 2)]
    assert "Salem" in [t.entity.name for t in unsure]


def test_the_page_shows_the_map_and_the_list(open_html: Callable[..., Any]) -> None:
    """A dot leads to its row; what is not placed stands below with the reason; no request is made (see `open_html`)."""
    page = open_html(to_html(placed()))
    page.locator(".map.wide .spot").click()
    assert page.locator(".places li:target").inner_text().startswith("Lyon")
    page.get_by_text("not placed").click()
    assert "nothing here decides between them" in page.locator(".untold").inner_text()
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.locator(".map.narrow").is_visible()
    assert page.locator(".map.wide").is_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
