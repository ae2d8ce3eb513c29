"""Which thing a name stands for."""

from __future__ import annotations

from collections.abc import Sequence

from variorum.compare.facts.organs import Governments
from variorum.compare.facts.vocabulary import words
from variorum.model import Entity, Place
from variorum.text.normalise import fold

_COUNTRY = "country:"


class Names:
    """The things behind entity ids. Entities that share a spelling and fit in kind are one thing, for the statements
    of two articles may still name it by two ids; a capital and a government stand for their country."""

    def __init__(self, entities: Sequence[Entity], governments: Governments) -> None:
        self._by_id = {entity.id: entity for entity in entities}
        self._governments = governments
        self._speaking: dict[str, bool] = {}
        self._states: dict[tuple[str, str | None], str | None] = {}
        self._same: dict[str, str] = {}
        seen: dict[tuple[str, str], str] = {}
        for entity in sorted(entities, key=lambda e: e.id):
            spellings = [(_family(entity.kind), fold(name)) for name in (entity.name, *entity.aliases)]
            known = next((seen[spelling] for spelling in spellings if spelling in seen), entity.id)
            self._same[entity.id] = known
            for spelling in spellings:
                seen.setdefault(spelling, known)

    def thing(self, entity: str) -> str:
        """The id that all ids of one thing share."""
        record = self._by_id.get(entity)
        if record is None:
            return entity
        country = None if record.kind in ("person", "outlet", "agency") else self._governments.country(record.name)
        return _COUNTRY + country if country else self._same[entity]

    def place(self, entity: str) -> str | None:
        """The place that the entity is, None if it is none; here a capital is a city."""
        record = self._by_id.get(entity)
        if record is None or record.kind != "place":
            return None
        country = self._governments.country(record.name, seats=False)
        return _COUNTRY + country if country else self._same[entity]

    def site(self, entity: str) -> Place | None:
        """Where the entity lies, None where that is not known."""
        record = self._by_id.get(entity)
        return record.place if record else None

    def kind(self, thing: str) -> str | None:
        """What kind of thing it is; None if unknown."""
        if thing.startswith(_COUNTRY):
            return "country"
        record = self._by_id.get(thing)
        return record.kind if record else None

    def name(self, entity: str | None, otherwise: str = "") -> str:
        """The entity's name."""
        record = self._by_id.get(entity) if entity else None
        return record.name if record else otherwise

    def role(self, entity: str | None) -> str | None:
        """What the entity is said to be."""
        record = self._by_id.get(entity) if entity else None
        return record.role if record else None

    def speaks(self, entity: str | None, otherwise: str) -> bool:
        """Whether the source speaks for somebody else by office."""
        record = self._by_id.get(entity) if entity else None
        told = f"{record.role or ''} {record.name}" if record else otherwise
        if told not in self._speaking:
            described = fold(told)
            self._speaking[told] = any(word in described for word in words().speaking)
        return self._speaking[told]

    def state_of(self, entity: str | None, otherwise: str = "") -> str | None:
        """The state whose organ the source is, "" where it is not named, None for no organ."""
        record = self._by_id.get(entity) if entity else None
        source = (record.name if record else otherwise), (record.role if record else None)
        if source not in self._states:
            self._states[source] = self._governments.organ_of(*source)
        return self._states[source]


def is_country(thing: str) -> bool:
    """Whether a thing is a country."""
    return thing.startswith(_COUNTRY)


def _family(kind: str) -> str:
    return "body" if kind in ("organisation", "outlet", "agency") else kind
