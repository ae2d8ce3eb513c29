"""Where the places of an article lie: of the countries, regions and towns that bear a name, the one that the words
beside it, the other places of the article and the number of people speak for – or none, with the reason.

Every candidate has a weight: its people times a factor for each thing that speaks for it. Its share of all weights,
with that of a town too small for the gazetteer among them, is the confidence.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise
from typing import Final

from variorum.annotate.entities.gazetteer import SMALLEST, Land, gazetteer, gazetteer_key, region_words
from variorum.annotate.names import lore, organ_key, plain
from variorum.model import Entity, Location, Place, PlaceKind, Span
from variorum.text.ids import content_id

#: A place is told only when its candidate has at least this share of all weights.
_ENOUGH: Final = 0.75
_SUREST: Final = 0.99
#: People of the town that may bear the name too and is too small for the gazetteer.
_UNLISTED: Final = 5_000
#: What speaks for a candidate, and how much.
_BESIDE, _CAPITAL, _REGION_NAMED, _NEAR = 10_000.0, 100.0, 30.0, 3.0
#: The country, when it is named: divided by how many are, for a report that names one country plays there.
_NAMED, _LEAST_NAMED = 100.0, 20.0
_STRANGE: Final = 10.0  #: an unlisted town, where countries are named or most places are not in the gazetteer
_FEW_NAMES: Final = 10  #: a town with more names than this, over all languages, is known beyond its country
_OTHER_NAME: Final = 0.1  #: by another name than its usual one
_COUNTRY: Final = 100.0  #: a country, where a region or town has its name too ("Georgia", "Luxembourg")

_BEHIND: Final = re.compile(r",\s|\s?\(|,? (?:in|of) (?:the )?(?:[a-z]+ )?")  #: "X, Ohio", "X in northern Peru"
_BEFORE: Final = re.compile(r"(?:['’]s)? (?:[a-z]+[ -]){0,3}?([a-z]+) (?:of )?")  #: "the Libyan city of X"
_HEADED: Final = re.compile(r"\s(?:and\s\w+\s)?([A-Za-z]+)\b")
_SETS_OFF: Final = re.compile(r"\s*(?:[,.;:)–—-]|$)")


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A place that bears the name, and its weight before anything in the article speaks for it."""

    kind: PlaceKind
    country: str
    region: str | None
    geonames: int | None
    latitude: float | None
    longitude: float | None
    weight: float

    def holds(self, other: _Candidate) -> bool:
        """Whether the other lies in this country or region."""
        inner = self.kind != "city" and other.kind != "country" and self.country == other.country
        return inner and (self.kind == "country" or (other.kind == "city" and self.region == other.region))


class _Scene:
    """The countries that an article names, the regions it names, and the countries of its towns. No name speaks for
    itself: "Oklahoma" does not for Oklahoma City."""

    def __init__(self, candidates: Mapping[str, Sequence[_Candidate]], countries: set[str]) -> None:
        self._regions = {key: _plain_regions(found) for key, found in candidates.items()}
        self._countries = {key: {c.country for c in found if c.kind == "country"} for key, found in candidates.items()}
        for key, regions in self._regions.items():
            self._countries[key] |= {country for country, _ in regions}
        self._region_count = Counter(chain.from_iterable(self._regions.values()))
        self.country_count = Counter(chain(countries, *self._countries.values()))
        self.near: dict[str, set[str]] = {}  # of each country the names of its towns that are clear

    def speaks_for(self, one: _Candidate, name: str) -> float:
        """The factor for a candidate of the entity ``name``."""
        factor = _NEAR if self.near.get(one.country, set()) - {name} else 1.0
        if one.kind != "country" and self.country_count[one.country] > (one.country in self._countries[name]):
            factor *= max(_LEAST_NAMED, _NAMED / len(self.country_count))
        region = (one.country, one.region)
        named = one.kind == "city" and self._region_count[region] > (region in self._regions[name])
        return factor * (_REGION_NAMED if named else 1.0)


def _plain_regions(found: Sequence[_Candidate]) -> set[tuple[str, str | None]]:
    """The regions that a name means unless the article speaks for something else."""
    first = max(found, key=lambda c: c.weight, default=None)
    return {(c.country, c.region) for c in found if c.kind == "region"} if first and first.kind == "region" else set()


def place_entities(entities: Sequence[Entity], text: str) -> list[tuple[Entity, ...]]:
    """For each entity of one article the same with its place: a record for every place, if only with the reason why it
    cannot be told. One name that stands for two towns gives two entities. A town's id is its own, not its name's."""
    reader = _Reader([e for e in entities if e.kind == "place"], text, _organs(entities))
    return [tuple(reader.read(e)) if e.kind == "place" else (e,) for e in entities]


def _organs(entities: Sequence[Entity]) -> set[str]:
    """The countries that the names of organisations tell: "Spanish Interior Ministry"."""
    named = {organ_key(e.name)[0] for e in entities if e.kind == "organisation"}
    return {land.country for name in named if name and (land := gazetteer().country(name))}


class _Reader:
    """Decides the places of one article, all together."""

    def __init__(self, places: Sequence[Entity], text: str, countries: set[str]) -> None:
        self._text = text
        self._candidates = {e.id: _candidates(e, text) for e in places}
        self._beside: dict[Span, dict[_Candidate, str]] = defaultdict(dict)
        self._outside: dict[Span, str] = {}
        self._read_neighbours(sorted(((m.span, e) for e in places for m in e.mentions), key=lambda m: m[0]))
        self._scene = _Scene(self._candidates, countries)
        small = 2 * sum(not found for found in self._candidates.values()) > len(places)
        self._unlisted = _UNLISTED * (_STRANGE if small or self._scene.country_count else 1.0)
        first_sight: dict[str, set[str]] = defaultdict(set)
        for entity in places:  # what is clear at first sight speaks for the rest
            chosen, _ = self._decide(entity, [m.span for m in entity.mentions])
            if chosen is not None and chosen.kind == "city":
                first_sight[chosen.country].add(entity.id)
        self._scene.near = first_sight

    def _read_neighbours(self, named: Sequence[tuple[Span, Entity]]) -> None:
        for (one, first), (other, second) in pairwise(named):
            gap = self._text[one[1] : other[0]]
            if len(gap) > 60:
                continue
            if _BEHIND.fullmatch(gap):
                self._join(one, first, other, second, alone=gap.startswith((",", " (", "(")))
            elif (match := _BEFORE.fullmatch(gap)) and match[1] in lore().places:
                self._join(other, second, one, first, alone=False)

    def _join(self, inner: Span, first: Entity, outer: Span, second: Entity, *, alone: bool) -> None:
        """Notes that the words say the first lies in the second; ``alone``: that the second stands there for nothing
        else, so that towns elsewhere are not meant."""
        areas = [c for c in self._candidates[second.id] if c.kind != "city"]
        held = [(a, c) for a in areas for c in self._candidates[first.id] if a.holds(c)]
        for area, candidate in held:
            self._beside[inner][candidate] = second.name
            self._beside[outer][area] = first.name
        town = all(c.kind == "city" for c in self._candidates[first.id])  # else a list: "Ohio, Iowa"
        if (
            not held
            and alone
            and town
            and any(a.kind == "region" for a in areas)
            and _SETS_OFF.match(self._text, outer[1])
        ):
            self._outside[inner] = second.name

    def read(self, entity: Entity) -> Iterator[Entity]:
        """The entity with its place; several where its mentions are set beside different areas."""
        groups: dict[_Candidate | None, list[Span]] = {}
        for mention in entity.mentions:
            qualified = mention.span in self._beside and len(entity.mentions) > 1
            chosen = self._decide(entity, [mention.span])[0] if qualified else None
            groups.setdefault(chosen if chosen is None or chosen.kind == "city" else None, []).append(mention.span)
        apart = [c for c in groups if c is not None]
        if len(apart) < 2:
            groups = {None: [m.span for m in entity.mentions]}
        else:
            groups[apart[0]] += groups.pop(None, [])
        for spans in groups.values():
            chosen, reason = self._decide(entity, spans)
            yield _placed(entity, sorted(spans), chosen, reason, self._share(entity, spans, chosen))

    def _weights(self, entity: Entity, spans: Sequence[Span]) -> dict[_Candidate, float]:
        beside = {c for span in spans for c in self._beside.get(span, ())}
        return {
            c: c.weight * self._scene.speaks_for(c, entity.id) * (_BESIDE if c in beside else 1.0)
            for c in self._candidates[entity.id]
        }

    def _share(self, entity: Entity, spans: Sequence[Span], chosen: _Candidate | None) -> float:
        weights = self._weights(entity, spans)
        unlisted = self._unlisted if chosen is not None and chosen.kind == "city" else 0.0
        return weights[chosen] / (sum(weights.values()) + unlisted) if chosen else 0.0

    def _decide(self, entity: Entity, spans: Sequence[Span]) -> tuple[_Candidate | None, str]:
        """The candidate meant in ``spans`` and why, or null and why not."""
        outside = next((self._outside[s] for s in spans if s in self._outside), None)
        found = self._candidates[entity.id]
        if not found:
            return None, f"no country, region or town of {SMALLEST:,} people bears the name"
        if outside is not None:
            return None, f"no town of {SMALLEST:,} people bears the name in {outside}, which stands beside it"
        weights = self._weights(entity, spans)
        best = max(found, key=lambda c: (weights[c], c.geonames or 0))
        if self._share(entity, spans, best) < _ENOUGH:
            if len(found) == 1:
                return None, "one town bears the name, but nothing here speaks for it, and a smaller one may be meant"
            return None, f"{len(found)} places bear the name and nothing here decides between them"
        return best, self._reason(best, entity.id, spans)

    def _reason(self, best: _Candidate, name: str, spans: Sequence[Span]) -> str:
        found = self._candidates[name]
        beside = next((b[best] for s in spans if best in (b := self._beside.get(s, {}))), None)
        if beside is not None:
            return f"{beside} stands beside it"
        if len(found) == 1:
            return "a country" if best.kind == "country" else "the only one of its name in the gazetteer"
        if best.kind != "country" and self._scene.speaks_for(best, name) > 1:
            return f"of {len(found)} that bear the name, other places of the report speak for this one"
        return f"by far the largest of {len(found)} that bear the name"


def _placed(entity: Entity, spans: Sequence[Span], chosen: _Candidate | None, reason: str, share: float) -> Entity:
    article = entity.mentions[0].article
    mentions = tuple(Location(article, span) for span in spans)
    if chosen is None:
        return replace(entity, mentions=mentions, place=Place(None, None, None, None, None, 0.0, reason))
    place = Place(
        chosen.geonames, chosen.latitude, chosen.longitude, chosen.country, chosen.kind,
        round(min(share, _SUREST), 2), reason,
    )  # fmt: skip
    own = chosen.geonames if chosen.kind == "city" else None
    identity = content_id("ent", "place", plain(entity.name), own) if own else entity.id
    return replace(entity, id=identity, mentions=mentions, place=place)


# --- candidates -------------------------------------------------------------------------------------------------------


def _candidates(entity: Entity, text: str) -> list[_Candidate]:
    """All that bears one of the names of a place."""
    book, words = gazetteer(), region_words()
    country = book.country(entity.name)
    names = list(dict.fromkeys(gazetteer_key(n) for n in (entity.name, *entity.aliases)))
    headed = _headed(entity, text, words.heads)
    found: dict[object, _Candidate] = {}
    if country is not None:
        found[country.country] = _land(country, country.people * _COUNTRY)
    for name in names:
        if headed or name not in words.towns_first:
            for region in book.regions(name):
                found[region.country, region.region] = _land(region, region.people)
    heads = lore().organisations | lore().places  # "the Union", "the Capital"
    for name in names if country is None else names[:1]:
        if name in heads:
            continue
        stem, _, last = name.rpartition(" ")
        part = headed or (last in words.heads and bool(stem))
        for town in book.towns(stem if last in words.heads and stem else name):
            if part:
                region = book.land(town.country, town.region)
                found.setdefault((town.country, town.region), _land(region, town.people))
                continue
            weight = town.people * max(1.0, town.names / _FEW_NAMES) * (1.0 if town.exact else _OTHER_NAME)
            weight *= _CAPITAL if town.capital and town.exact else 1.0
            if town.geonames not in found or found[town.geonames].weight < weight:
                found[town.geonames] = _Candidate(
                    "city", town.country, town.region, town.geonames, town.latitude, town.longitude, weight
                )
    return list(found.values())


def _land(land: Land, weight: float) -> _Candidate:
    kind: PlaceKind = "country" if land.region is None else "region"
    return _Candidate(kind, land.country, land.region, land.geonames, land.latitude, land.longitude, max(weight, 1.0))


def _headed(entity: Entity, text: str, heads: frozenset[str]) -> bool:
    """Whether every mention stands before "region" or its like: then the town of that name is not meant."""
    after = (_HEADED.match(text, m.span[1]) for m in entity.mentions)
    return all(match is not None and match[1].lower() in heads for match in after)
