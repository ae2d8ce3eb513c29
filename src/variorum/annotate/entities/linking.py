"""Entities across articles: which local ones are the same thing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from variorum.annotate.entities.aliases import Aliases, Entry
from variorum.annotate.entities.coreference import Description
from variorum.annotate.entities.evidence import CERTAIN, FAIR, STRONG, beside, is_agency_name
from variorum.annotate.entities.offices import join_roles
from variorum.annotate.names import (
    ShortForms,
    gather,
    lore,
    name_keys,
    name_parts,
    person_keys,
    plain,
    respelling_keys,
    respells,
    same_name,
    same_person_name,
)
from variorum.annotate.spellings import alike
from variorum.model import Annotation, Article, Entity, EntityKind, Location, Place, Role, Span
from variorum.text.ids import content_id

#: Names, and places where one stands, of which is remembered what they say.
_REMEMBERED: Final = 20_000


@dataclass(slots=True)
class _Thing:
    """One entity while local ones are being gathered; ``company`` are the other things its articles name."""

    kind: EntityKind
    locals: list[str]
    names: Counter[str]
    roles: Counter[str]
    mentions: list[Location] = field(default_factory=list)
    company: set[str] = field(default_factory=set)
    held: list[Role] = field(default_factory=list)
    place: Place | None = None
    entry: Entry | None = None

    @property
    def name(self) -> str:
        """What the user's file calls it, else the fullest spelling, then the most used, then the first."""
        if self.entry is not None:
            return self.entry.name
        if self.kind == "place":
            country = next((c for n in self.names if (c := lore().countries.get(plain(n)))), None)
            if country:
                return country
        length = (lambda n: len(n.split())) if self.kind == "person" else len
        return max(self.names, key=lambda n: (length(n) if " " in n else 0, self.names[n]))


def link_entities(
    annotations: Sequence[Annotation], articles: Sequence[Article], aliases: Aliases | None = None
) -> tuple[tuple[Entity, ...], dict[str, str]]:
    """Entities resolved across articles, and for each local id the id that holds for the whole collection.

    Spellings join when their normal forms agree; a bare surname joins a full name only when both are in one company
    or share a role; one full name stays two people when neither role nor company nor country agrees, and one name two
    towns where reports set it beside different areas. What ``aliases`` says of a name goes before all else.
    """
    aliases = aliases or Aliases()
    order = {article.id: i for i, article in enumerate(articles)}
    things = _things(annotations, order, aliases)
    _settle_kinds(things, articles)

    def same(one: _Thing, other: _Thing) -> bool:
        return same_name(one.kind, one.name, other.name) and not _apart(one, other, aliases)

    persons = [t for t in things if t.kind == "person"]
    places = [t for t in things if t.kind == "place"]
    others = [t for t in things if t.kind not in ("person", "place")]
    persons, others = _join_respelt(_join_persons(persons, aliases), others, aliases)
    merged = [*persons, *_join_places(places, same), *gather(others, _keys, same, _absorb)]
    return _publish(_adopt_short_forms(merged, aliases), order)


def _apart(one: _Thing, other: _Thing, aliases: Aliases) -> bool:
    """Whether the user's file keeps two things apart."""
    return bool(aliases.entries) and aliases.part([one.name, *one.names], [other.name, *other.names])


def _things(annotations: Sequence[Annotation], order: dict[str, int], aliases: Aliases) -> list[_Thing]:
    """One thing for each local id, or for each entry of the user's file, in the order of the articles."""
    found: dict[str, _Thing] = {}
    for annotation in sorted(annotations, key=lambda a: order.get(a.id, len(order))):
        company = {plain(e.name) for e in annotation.entities if _tells(e)}
        for entity in annotation.entities:
            entry = aliases.entry([entity.name, *entity.aliases])
            thing = _Thing(entry.kind if entry else entity.kind, [], Counter(), Counter(), entry=entry)
            thing = found.setdefault(entry.name if entry else entity.id, thing)
            thing.locals.append(entity.id)
            thing.held.extend(entity.roles)
            thing.place = _surer(thing.place, entity.place)
            thing.names[entity.name] += max(1, len(entity.mentions))
            thing.names.update(dict.fromkeys(entity.aliases, 1))
            if entity.role:
                thing.roles[entity.role] += 1
            thing.mentions.extend(entity.mentions)
            thing.company |= company - {plain(entity.name)}
    return list(found.values())


def _tells(entity: Entity) -> bool:
    """Whether sharing this entity says anything: countries and agencies are in every report."""
    return entity.kind not in ("agency", "outlet") and plain(entity.name) not in lore().countries


def _settle_kinds(things: list[_Thing], articles: Sequence[Article]) -> None:
    """One kind for one spelling: the pipeline calls a town a company in one report and a town in the next. What the
    reports say beside the name, together, outweighs what each made of it."""
    texts = {article.id: article.text for article in articles}
    papers = {plain(a.publisher) for a in articles if a.publisher and not is_agency_name(a.publisher)}
    votes: dict[str, Counter[EntityKind]] = defaultdict(Counter)
    for thing in things:
        count = votes[plain(thing.name)]
        count[thing.kind] += _opinion(thing)
        for place in thing.mentions:
            count.update(_votes(texts.get(place.article, ""), place.span))
    for name in papers & votes.keys():
        votes[name]["outlet"] += CERTAIN * CERTAIN
    for thing in things:
        counts = votes[plain(thing.name)]
        if thing.kind not in ("law", "event") and not thing.entry and not _listed(thing):
            thing.kind = max(sorted(counts), key=lambda k: (k != "other", counts[k]))


@lru_cache(_REMEMBERED)
def _votes(text: str, span: Span) -> Mapping[EntityKind, int]:
    return beside(text, span)


def _opinion(thing: _Thing) -> int:
    """How much the kinds found in single articles count."""
    told = thing.place is not None and thing.place.kind is not None  # the gazetteer has it
    sure = bool(thing.roles) or thing.kind in ("agency", "outlet", "product") or (" " in thing.name) or told
    return (2 * STRONG if sure else FAIR) * (len({m.article for m in thing.mentions}) or 1)


def _listed(thing: _Thing) -> bool:
    name, table = plain(thing.name), lore()
    return name in table.known or name in table.countries


def _adopt_short_forms(things: list[_Thing], aliases: Aliases) -> list[_Thing]:
    """Gives organisations and papers their short forms where only one of the collection can be meant, in company."""
    organs = ShortForms((t, t.name) for t in things if t.kind == "organisation")
    papers: dict[str, list[_Thing]] = defaultdict(list)
    for thing in things:
        if thing.kind == "outlet" and " " in plain(thing.name):
            papers[plain(thing.name).split()[-1]].append(thing)
    kept = []
    for thing in things:
        owner = None
        if thing.kind in ("organisation", "other"):
            owner = organs.owner(thing.name)
            owner = owner if owner and owner.company & thing.company else None
        elif thing.kind == "outlet" and len(papers[plain(thing.name)]) == 1:
            owner = papers[plain(thing.name)][0]  # "the Ledger"
        if owner is None or _apart(owner, thing, aliases):
            kept.append(thing)
        else:
            _absorb(owner, thing)
    return kept


def _keys(thing: _Thing) -> list[Hashable]:
    return [(thing.kind, key) for key in name_keys(thing.kind, thing.name)]


def _absorb(into: _Thing, other: _Thing) -> None:
    into.locals.extend(other.locals)
    into.names.update(other.names)
    into.roles.update(other.roles)
    into.mentions.extend(other.mentions)
    into.company |= other.company
    into.held.extend(other.held)
    into.place = _surer(into.place, other.place)
    into.entry = into.entry or other.entry


# --- places -----------------------------------------------------------------------------------------------------------

#: Below this confidence a report's reading of which town is meant yields to that of another report.
_FIRM: Final = 0.9


def _surer(one: Place | None, other: Place | None) -> Place | None:
    """The place that is told with more confidence, the first of two equals."""
    return one if other is None or (one is not None and one.confidence >= other.confidence) else other


def _join_places(things: list[_Thing], same: Callable[[_Thing, _Thing], bool]) -> list[_Thing]:
    """Places that are told first, so that a report which does not tell which town it means takes that of the others:
    the only one they tell, or the only one in its company."""
    told = [t for t in things if t.place and t.place.kind]
    told = gather(told, _place_keys, lambda a, b: _one_place(a, b) and (_one_town(a, b) or same(a, b)), _absorb)
    index: dict[Hashable, list[_Thing]] = defaultdict(list)
    for thing in told:
        for key in _keys(thing):
            index[key].append(thing)
    left = []
    for thing in things:
        if thing.place and thing.place.kind:
            continue
        twins = list({id(t): t for key in _keys(thing) for t in index.get(key, ()) if same(t, thing)}.values())
        if len(twins) > 1:
            twins = [t for t in twins if t.company & thing.company]
        if len(twins) == 1:
            _absorb(twins[0], thing)
        else:
            left.append(thing)
    return [*told, *gather(left, _keys, same, _absorb)]


def _place_keys(thing: _Thing) -> list[Hashable]:
    return [*_keys(thing), ("town", thing.place and thing.place.geonames)]


def _one_town(one: _Thing, other: _Thing) -> bool:
    """Whether both are told to be one town of the gazetteer, under whatever names ("Cologne", "Köln")."""
    a, b = one.place, other.place
    return bool(a and b and a.kind == b.kind == "city" and a.geonames == b.geonames)


def _one_place(one: _Thing, other: _Thing) -> bool:
    """Whether two places that are told may be one: not two towns of one name, unless one of them was told for little
    and both are in one company; nor a town and its region."""
    a, b = one.place, other.place
    if a is None or b is None or (a.kind, a.geonames, a.country) == (b.kind, b.geonames, b.country):
        return True
    return min(a.confidence, b.confidence) < _FIRM and bool(one.company & other.company)


# --- persons ----------------------------------------------------------------------------------------------------------


def _join_persons(things: list[_Thing], aliases: Aliases) -> list[_Thing]:
    full = [t for t in things if len(name_parts(t.name)) > 1]
    bare = [t for t in things if len(name_parts(t.name)) <= 1]
    full = gather(full, _surname_keys, lambda a, b: _one_person(a, b) and not _apart(a, b, aliases), _absorb)
    owners: dict[Hashable, list[_Thing]] = defaultdict(list)
    for thing in full:
        owners[_surname_keys(thing)[0]].append(thing)
    left = []
    for thing in bare:
        likely = [
            o
            for o in owners[_surname_keys(thing)[0]]
            if alike(name_parts(o.name)[-1], thing.name) and _related(o, thing) and not _apart(o, thing, aliases)
        ]
        if len(likely) == 1 and thing.entry is None:
            _absorb(likely[0], thing)
        else:
            left.append(thing)
    return [
        *full,
        *gather(
            left,
            _surname_keys,
            lambda a, b: alike(a.name, b.name) and _related(a, b) and not _apart(a, b, aliases),
            _absorb,
        ),
    ]


def _join_respelt(persons: list[_Thing], others: list[_Thing], aliases: Aliases) -> tuple[list[_Thing], list[_Thing]]:
    """Gives persons the names that one report spells differently from all others, as translated ones do; such a name
    may have been taken for a company's. Both must be in one company, and no report may use both spellings."""
    index: dict[Hashable, list[_Thing]] = defaultdict(list)
    for person in persons:
        if len(_articles(person)) > 1:
            for key in respelling_keys(person.name):
                index[key].append(person)

    def owner(thing: _Thing) -> _Thing | None:
        if len(name_parts(thing.name)) != 2 or len(_articles(thing)) != 1 or thing.entry is not None:
            return None
        likely = {id(p): p for key in respelling_keys(thing.name) for p in index.get(key, ()) if _respelt(p, thing)}
        known = [p for p in likely.values() if not _apart(p, thing, aliases)]
        return known[0] if len(known) == 1 else None

    left: tuple[list[_Thing], list[_Thing]] = ([], [])
    for things, kept in zip((persons, others), left, strict=True):
        for thing in things:
            bearer = owner(thing) if thing.kind in ("person", "organisation", "other") else None
            if bearer is None:
                kept.append(thing)
            else:
                _absorb(bearer, thing)
    return left


def _respelt(person: _Thing, thing: _Thing) -> bool:
    together = bool(person.company & thing.company) and not _articles(person) & _articles(thing)
    return together and respells(person.name, thing.name)


def _articles(thing: _Thing) -> set[str]:
    return {mention.article for mention in thing.mentions}


def _surname_keys(thing: _Thing) -> Sequence[Hashable]:
    return _person_keys(thing.name)


@lru_cache(_REMEMBERED)
def _person_keys(name: str) -> Sequence[Hashable]:
    return person_keys(name)


def _one_person(one: _Thing, other: _Thing) -> bool:
    return same_person_name(one.name, other.name) and not _strangers(one, other)


def _strangers(one: _Thing, other: _Thing) -> bool:
    """Whether two bearers of one full name are two people: other roles, other countries, no common company."""
    if not one.roles or not other.roles or one.company & other.company:
        return False
    return not any(_akin(a, b) for a in _roles(one) for b in _roles(other))


def _related(one: _Thing, other: _Thing) -> bool:
    return bool(one.company & other.company) or any(_akin(a, b) for a in _roles(one) for b in _roles(other))


def _roles(thing: _Thing) -> list[Description]:
    return [Description.read(role) for role in sorted(thing.roles)]


def _akin(one: Description, other: Description) -> bool:
    if one.country and other.country:
        return one.country == other.country
    return one.head == other.head or bool(one.words & other.words)


#: Of what a report on its own did not take for a place.
_UNTOLD: Final = Place(None, None, None, None, None, 0.0, "only all reports together show that it is a place")


# --- the result -------------------------------------------------------------------------------------------------------


def _publish(things: list[_Thing], order: dict[str, int]) -> tuple[tuple[Entity, ...], dict[str, str]]:
    """Records with ids made of kind and name; homonyms after the first also of their first article."""
    taken: set[str] = set()
    entities, ids = [], {}
    for thing in things:
        mentions = tuple(
            sorted(dict.fromkeys(thing.mentions), key=lambda m: (order.get(m.article, len(order)), m.span))
        )
        name = thing.name
        identity = content_id("ent", thing.kind, plain(name))
        if identity in taken and mentions:
            identity = content_id("ent", thing.kind, plain(name), mentions[0].article)
        taken.add(identity)
        aliases = tuple(n for n in thing.names if n != name)
        roles = thing.roles if thing.kind == "person" else Counter[str]()
        role = max(roles, key=lambda r: (" " in r, roles[r]), default=None)
        held = join_roles(thing.held) if thing.kind == "person" else ()
        place = (thing.place or _UNTOLD) if thing.kind == "place" else None
        entities.append(Entity(identity, name, thing.kind, aliases, role, mentions, held, place))
        ids.update(dict.fromkeys(thing.locals, identity))
    first = {
        e.id: (order.get(e.mentions[0].article, 0), e.mentions[0].span) if e.mentions else (len(order), (0, 0))
        for e in entities
    }
    return tuple(sorted(entities, key=lambda e: (first[e.id], e.id))), ids
