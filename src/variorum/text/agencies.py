"""The news agencies that are known by name: the one reading of ``data/agencies.toml`` for all stages."""

from __future__ import annotations

from dataclasses import dataclass

from variorum.text import vocabulary


@dataclass(frozen=True, slots=True)
class Agency:
    """A news agency: ``name`` is the short form the field uses. ``loose`` names need more than a mention."""

    name: str
    also: tuple[str, ...] = ()
    domain: str | None = None
    loose: bool = False


@dataclass(frozen=True, slots=True)
class _Agencies:
    agency: tuple[Agency, ...]


def known_agencies() -> tuple[Agency, ...]:
    """All of them, in the order of the file. Raises `errors.VocabularyError`."""
    known: _Agencies = vocabulary.load("agencies", _Agencies)
    return known.agency
