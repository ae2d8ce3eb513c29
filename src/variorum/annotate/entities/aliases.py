"""A user's own file of names: what things are called, their other names, and which names must be kept apart.

[[entity]]
name = "Harbour Recovery Group"     # what the edition calls it
kind = "organisation"               # person organisation place outlet agency event product law other
aliases = ["HRG", "the Group"]
not = ["Harbour Rescue Group"]      # never the same thing, however alike

[[entity]]
name = "Anna Kowalska"
kind = "person"
role = "mayor of Velda"             # used where no report gives one
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from variorum.annotate.entities.evidence import CERTAIN
from variorum.annotate.entities.occurrence import Found
from variorum.annotate.names import plain
from variorum.errors import UsageError
from variorum.model import Block, Entity, EntityKind


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing of the file."""

    name: str
    kind: EntityKind
    aliases: tuple[str, ...] = ()
    role: str | None = None
    apart: tuple[str, ...] = msgspec.field(default=(), name="not")

    @property
    def names(self) -> tuple[str, ...]:
        """All that it is called."""
        return (self.name, *self.aliases)


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    entity: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Aliases:
    """The entries of a file, by any of their names; empty without one."""

    entries: dict[str, Entry] = field(default_factory=dict)
    _apart: frozenset[frozenset[str]] = frozenset()

    @classmethod
    def of(cls, entries: Sequence[Entry]) -> Aliases:
        """The entries ready to look up."""
        apart = {frozenset((plain(n), plain(other))) for e in entries for n in e.names for other in e.apart}
        return cls({plain(n): e for e in entries for n in e.names}, frozenset(apart))

    def entry(self, names: Iterable[str]) -> Entry | None:
        """The entry that lists one of the names."""
        return next((e for n in names if (e := self.entries.get(plain(n)))), None) if self.entries else None

    def part(self, one: Iterable[str], other: Iterable[str]) -> bool:
        """Whether the file says that two things, by their names, are two."""
        if not self.entries:
            return False
        one, other = tuple(one), tuple(other)
        first, second = self.entry(one), self.entry(other)
        if first and second and first is not second:
            return True
        return any(frozenset((plain(a), plain(b))) in self._apart for a in one for b in other)

    def find(self, text: str, blocks: Sequence[Block]) -> Iterator[Found]:
        """Every occurrence of a listed name, as written in the file, in the blocks."""
        spelt = sorted({n for e in self.entries.values() for n in e.names}, key=lambda n: (-len(n), n))
        if not spelt:
            return
        pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, spelt))})(?!\w)")
        for block in blocks:
            for match in pattern.finditer(text, *block.span):
                found = Found(-1, 0, 0, match.span(), match[0], firm=True)
                found.votes[self.entries[plain(match[0])].kind] += 4 * CERTAIN
                yield found


def read_aliases(path: Path) -> Aliases:
    """The aliases of a file. Raises `errors.UsageError` that names the file and what is wrong in it."""
    try:
        entries = msgspec.convert(tomllib.loads(path.read_text("utf-8")), _File).entity
    except OSError as exc:
        raise UsageError(f"{path}: cannot read the aliases: {exc.strerror}") from exc
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as exc:
        raise UsageError(f"{path}: no file of aliases: {exc}") from exc
    _check(entries, path)
    return Aliases.of(entries)


def with_known(aliases: Aliases, entities: Iterable[Entity]) -> Aliases:
    """The aliases, and below them the names of things that are known already. A name of two things is nobody's."""
    listed = list(dict.fromkeys(aliases.entries.values()))
    known = [e for e in entities if aliases.entry((e.name, *e.aliases)) is None]
    owners = Counter(name for e in known for name in {plain(n) for n in (e.name, *e.aliases)})
    for entity in known:
        own = [n for n in dict.fromkeys((entity.name, *entity.aliases)) if owners[plain(n)] == 1]
        if own:
            listed.append(Entry(own[0], entity.kind, tuple(own[1:])))
    return Aliases.of(listed)


def with_rulings(
    aliases: Aliases,
    same: Iterable[tuple[str, str]],
    apart: Iterable[tuple[str, str]],
    kinds: Mapping[str, EntityKind],
) -> Aliases:
    """The aliases, and what humans ruled of pairs of names: one thing, or two. ``kinds`` says what things are, by their
    names' plain forms; a name without one is known to nobody, and a ruling about it is left out."""
    groups: list[dict[str, Entry | None]] = [
        dict[str, Entry | None](dict.fromkeys(e.names, e)) for e in dict.fromkeys(aliases.entries.values())
    ]

    def group(name: str) -> dict[str, Entry | None]:
        found = next((g for g in groups if plain(name) in {plain(n) for n in g}), None)
        if found is None:
            found = {name: None}
            groups.append(found)
        return found

    for one, other in same:
        if plain(one) in kinds and plain(other) in kinds and (a := group(one)) is not (b := group(other)):
            groups.remove(b)
            a |= b
    parts: dict[str, list[str]] = {}
    for one, other in apart:
        if plain(one) in kinds and plain(other) in kinds:
            group(one), group(other)
            parts.setdefault(plain(one), []).append(other)
    entries = []
    for names in groups:
        listed = next((e for e in names.values() if e), None)
        first, *more = names
        kind = listed.kind if listed else kinds[plain(first)]
        barred = [
            *(n for e in names.values() if e for n in e.apart),
            *(o for n in names for o in parts.get(plain(n), ())),
        ]
        role = listed.role if listed else None
        entries.append(Entry(listed.name if listed else first, kind, (*more,), role, tuple(dict.fromkeys(barred))))
    return Aliases.of(entries)


def _check(entries: Sequence[Entry], path: Path) -> None:
    owners: dict[str, Entry] = {}
    for entry in entries:
        if entry.role is not None and entry.kind != "person":
            raise UsageError(f"{path}: {entry.name!r} has a role, but is {entry.kind}; only persons have one")
        for name in entry.names:
            if not any(c.isalnum() for c in name):
                raise UsageError(f"{path}: {entry.name!r}: {name!r} is no name")
            if owners.setdefault(plain(name), entry) is not entry:
                raise UsageError(f"{path}: {name!r} is listed for {owners[plain(name)].name!r} and for {entry.name!r}")
        if clash := {plain(n) for n in entry.names} & {plain(n) for n in entry.apart}:
            raise UsageError(f"{path}: {entry.name!r} is to be kept apart from {min(clash)!r}, its own name")
