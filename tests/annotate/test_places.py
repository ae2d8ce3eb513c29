"""Where places lie, and why it cannot be told."""

from __future__ import annotations

import subprocess
import sys

import pytest

from variorum.annotate.entities.gazetteer import gazetteer, region_words
from variorum.annotate.entities.places import place_entities
from variorum.annotate.names import lore
from variorum.model import Entity, Location, Place


def placed(text: str, *names: str) -> dict[str, list[Place]]:
    """The places of a text in which each name, written out, is one."""
    spans = {name: [i for i in range(len(text)) if text.startswith(name, i)] for name in names}
    entities = [
        Entity(name, name, "place", mentions=tuple(Location("a", (i, i + len(name))) for i in found))
        for name, found in spans.items()
    ]
    parts = place_entities(entities, text)
    return {name: [e.place for e in part if e.place] for name, part in zip(names, parts, strict=True)}


def one(text: str, *names: str) -> Place:
    """The place of the first name."""
    (place,) = placed(text, *names)[names[0]]
    return place


def test_every_country_of_the_lists_is_in_the_gazetteer() -> None:
    """By any of its names, with its code and, but for the smallest, a middle."""
    lands = {name: gazetteer().country(name) for name in lore().country_names}
    assert [name for name, land in lands.items() if land is None or land.geonames is None] == []
    assert [name for name, land in lands.items() if land and land.latitude is None] == ["Palau"]
    fiji = gazetteer().country("Fijian")
    assert fiji is not None
    assert fiji.longitude is not None
    assert abs(fiji.longitude) > 170  # its islands lie on both sides of the date line


def test_regions_of_the_data_file_are_found_by_their_town() -> None:
    """Reading the file checks it: each town is in the gazetteer."""
    assert [(r.country, r.region) for r in gazetteer().regions("Ontario")] == [("CA", "08")]
    assert {r.country for r in gazetteer().regions("Punjab")} == {"IN", "PK"}
    assert [r.region for r in gazetteer().regions("Ga.")] == ["GA"]
    assert "oblast" in region_words().heads


@pytest.mark.parametrize(
    ("text", "names", "reason"),
    [
        ("Fire in Springfield, Illinois, today.", ("Springfield", "Illinois"), "Illinois stands beside it"),
        ("Fire in Oslo.", ("Oslo",), "the only one of its name"),
        ("Fire in Paris.", ("Paris",), "by far the largest of"),
        ("Fire in Valencia. Venezuela paid.", ("Valencia", "Venezuela"), "other places of the report speak for"),
        ("Norway paid.", ("Norway",), "a country"),
    ],
)
def test_reasons_for_a_place(text: str, names: tuple[str, ...], reason: str) -> None:
    """The record says what decided."""
    place = one(text, *names)
    assert place.geonames is not None
    assert place.confidence >= 0.75
    assert reason in place.reason


@pytest.mark.parametrize(
    ("text", "names", "reason"),
    [
        ("Fire in Springfield.", ("Springfield",), "nothing here decides"),
        ("Fire in Harkenfell.", ("Harkenfell",), "no country, region or town"),
        ("Fire in Milford, Ohio, today.", ("Milford", "Ohio"), "bears the name in Ohio"),
    ],
)
def test_reasons_for_none(text: str, names: tuple[str, ...], reason: str) -> None:
    """Without a place all is null, and the record says why."""
    place = one(text, *names)
    assert (place.geonames, place.latitude, place.country, place.kind, place.confidence) == (None, None, None, None, 0)
    assert reason in place.reason


def test_a_list_of_states_is_no_list_of_towns() -> None:
    """ "Ohio, Iowa": no Ohio in Iowa is meant; and no name speaks for itself."""
    found = placed("Rain in Ohio, Iowa, Oklahoma and Texas.", "Ohio", "Iowa", "Oklahoma", "Texas")
    assert {place.kind for places in found.values() for place in places} == {"region"}


def test_one_name_of_two_towns_gives_two_entities() -> None:
    """Where each is set beside its own area; a bare mention goes to the first."""
    text = "Fire in Springfield, Ohio, and in Springfield, Illinois. Springfield has two engines."
    first, second = placed(text, "Springfield", "Ohio", "Illinois")["Springfield"]
    assert (first.latitude, second.latitude) == (pytest.approx(39.9, abs=0.1), pytest.approx(39.8, abs=0.1))
    assert first.geonames != second.geonames


def test_importing_loads_no_gazetteer() -> None:
    """It is read when the first place is looked up."""
    code = "from variorum.annotate.entities import gazetteer; print(gazetteer.gazetteer.cache_info().currsize)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "0"


def test_among_unknown_places_a_lone_namesake_is_not_meant() -> None:
    """A report whose other places are all too small for the gazetteer plays among such."""
    text = "Floods in Harkenfell, Upper Lomnar and Tarnov. Harkenfell and Upper Lomnar were cut off."
    assert one(text, "Tarnov", "Harkenfell", "Upper Lomnar").kind is None
