"""Hold what is read of names to the probes in ``entities/probes.jsonl`` (the rules are in ``entities/GUIDE.md``).

python golden/probes.py           how many probes of each group are met, and what those that are not miss
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from variorum.annotate import Annotator, link_entities
from variorum.model import Annotation, Article, Entity, Mention, Role, Span, Stamp
from variorum.text.normalise import fold

HERE: Final = Path(__file__).parent / "entities"
_REF: Final = re.compile(r"(?:(\d):)?(.*?)(?:#(\d))?")

Probe = Mapping[str, Any]


def load() -> list[Probe]:
    """All probes, in order."""
    return [json.loads(line) for line in (HERE / "probes.jsonl").read_text("utf-8").splitlines()]


def unmet() -> set[str]:
    """The ids of the probes that are known not to be met."""
    path = HERE / "unmet.txt"
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    return {line for line in lines if line and not line.startswith("#")}


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of one probe: its articles, the mentions of each, and the linked entities by local id."""

    texts: Sequence[str]
    mentions: Sequence[Sequence[Mention]]
    entities: Mapping[str, Entity]

    def span(self, ref: str) -> tuple[int, Span]:
        """The article and the words that a reference of the gold points at."""
        match = _REF.fullmatch(ref)
        assert match is not None
        article, nth = int(match[1] or 1) - 1, int(match[3] or 1) - 1
        found = list(re.finditer(rf"(?<!\w){re.escape(match[2])}(?!\w)", self.texts[article]))
        return article, found[nth].span()

    def at(self, ref: str) -> Entity | None:
        """The entity that exactly these words name."""
        article, span = self.span(ref)
        return next((self.entities[m.entity] for m in self.mentions[article] if m.span == span), None)

    def within(self, ref: str) -> bool:
        """Whether any part of these words is a name."""
        article, (start, end) = self.span(ref)
        return any(m.span[0] < end and start < m.span[1] for m in self.mentions[article])


def read(probe: Probe, annotator: Annotator) -> Reading:
    """A probe, annotated and linked."""
    articles = []
    for number, text in enumerate(probe["texts"]):
        stamp = None if isinstance(text, str) else Stamp(text["published"], "day", "stated")
        words = text if isinstance(text, str) else text["text"]
        articles.append(Article(f"a{number}", f"a{number}", words, language="en", published=stamp))
    notes = [note for note in annotator.annotate(articles) if isinstance(note, Annotation)]
    entities, ids = link_entities(notes, articles)
    by_id = {e.id: e for e in entities}
    return Reading([a.text for a in articles], [n.mentions for n in notes], {k: by_id[v] for k, v in ids.items()})


def missed(probe: Probe, reading: Reading) -> list[str]:
    """Every point of the gold that is not met, in words."""
    found = [(thing, [reading.at(ref) for ref in thing["at"]]) for thing in probe["things"]]
    misses = [f"{ref} is a name" for ref in probe.get("nobody", ()) if reading.within(ref)]
    for thing, entities in found:
        misses += [f"{ref}: not named" for ref, e in zip(thing["at"], entities, strict=True) if e is None]
        here = {e.id: e for e in entities if e is not None}
        if len(here) > 1:
            misses.append(f"{thing['at']}: {len(here)} entities {[e.name for e in here.values()]}")
        for entity in list(here.values())[:1]:
            misses += _differences(thing, entity)
    owners = [{e.id for e in entities if e} for _, entities in found]
    for i, one in enumerate(owners):
        misses += [f"{found[i][0]['at'][0]} and {found[j][0]['at'][0]} are one" for j in range(i) if one & owners[j]]
    return misses


def _differences(thing: Mapping[str, Any], entity: Entity) -> Iterator[str]:
    for key in ("kind", "name"):
        if key in thing and getattr(entity, key) != thing[key]:
            yield f"{entity.name}: {key} is {getattr(entity, key)!r}, not {thing[key]!r}"
    for role in thing.get("roles", ()):
        if not any(_same_role(role, r) for r in entity.roles):
            told = [(r.title, r.country, r.state, r.first_reported, r.last_reported) for r in entity.roles]
            yield f"{entity.name}: no role {role}, but {told}"
    if "place" in thing:
        yield from _misplaced(thing["place"], entity)


def _same_role(wanted: Mapping[str, Any], role: Role) -> bool:
    dates = {"from": role.first_reported, "to": role.last_reported}
    named = (fold(wanted["title"]), wanted["country"], wanted["state"]) == (fold(role.title), role.country, role.state)
    return named and all(dates[key] == wanted[key] for key in dates.keys() & wanted.keys())


def _misplaced(wanted: Mapping[str, Any] | None, entity: Entity) -> Iterator[str]:
    place = entity.place
    told = place is not None and place.kind is not None
    if wanted is None or place is None or not told:
        if told or wanted is not None:
            yield f"{entity.name}: {place}"
        return
    if (place.kind, place.country) != (wanted["kind"], wanted["country"]):
        yield f"{entity.name}: {place}"
    if "near" in wanted:
        reach = 1 if wanted["kind"] == "city" else 5
        at = (place.latitude, place.longitude)
        if any(a is None or abs(a - b) > reach for a, b in zip(at, wanted["near"], strict=True)):
            yield f"{entity.name}: {at} is not near {wanted['near']}"


def main() -> None:
    """Print the count of each group and every miss."""
    annotator = Annotator()
    met, total = Counter[str](), Counter[str]()
    for probe in load():
        misses = missed(probe, read(probe, annotator))
        total[probe["about"]] += 1
        met[probe["about"]] += not misses
        if misses:
            print(f"{probe['id']}: " + "; ".join(misses))
    print("\n" + "\n".join(f"{group:<14}{met[group]:>4} of {total[group]}" for group in total))
    print(f"{'all':<14}{sum(met.values()):>4} of {sum(total.values())}")


if __name__ == "__main__":
    sys.exit(main())
