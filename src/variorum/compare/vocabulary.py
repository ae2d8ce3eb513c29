"""The words that the comparison rests on, from ``data/compare.toml``."""

from __future__ import annotations

from dataclasses import dataclass

from variorum.text.vocabulary import load


@dataclass(frozen=True, slots=True)
class Sum:
    """A role that counts what several other roles count together."""

    whole: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tolls:
    """Roles whose running totals only grow, those that move both ways, and those that count people."""

    growing: frozenset[str]
    moving: frozenset[str]
    of_people: frozenset[str]


@dataclass(frozen=True, slots=True)
class Parts:
    """How reports say that numbers belong together."""

    exhaustive: tuple[str, ...]
    remainder: tuple[str, ...]
    total: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """``data/compare.toml``."""

    pointing: frozenset[str]
    empty: frozenset[str]
    people: frozenset[str]
    more: frozenset[str]
    roles: dict[str, str]
    tolls: Tolls
    sums: tuple[Sum, ...]
    parts: Parts


def words() -> Words:
    """The vocabulary, read once."""
    vocabulary: Words = load("compare", Words)
    return vocabulary
