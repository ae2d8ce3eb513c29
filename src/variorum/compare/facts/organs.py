"""Which state a name stands for, and whether a source is an organ of one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from variorum.text.normalise import fold
from variorum.text.vocabulary import load


@dataclass(frozen=True, slots=True)
class Country:
    """A state: adjectives and other names, and the seats that stand for its government."""

    name: str
    forms: tuple[str, ...]
    seats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Organs:
    """``data/organs.toml``."""

    organ_words: tuple[str, ...]
    not_organs: tuple[str, ...]
    countries: tuple[Country, ...]


class Governments:
    """Looks names up in ``data/organs.toml``."""

    def __init__(self, organs: Organs) -> None:
        self._country = {
            fold(word): country.name
            for country in organs.countries
            for word in (country.name, *country.forms, *country.seats)
        }
        self._seats = frozenset(fold(seat) for country in organs.countries for seat in country.seats)
        self._organ = _any_of(organs.organ_words)
        self._other = _any_of(organs.not_organs)
        self._mention = _any_of(self._country)

    def country(self, name: str, *, seats: bool = True) -> str | None:
        """The state that ``name`` as a whole names; without ``seats`` a capital is only a city."""
        folded = fold(name).removesuffix("'s")
        return None if not seats and folded in self._seats else self._country.get(folded)

    def organ_of(self, name: str, role: str | None) -> str | None:
        """The state whose organ the source is, "" for an organ of a state that is not named, None for no organ."""
        described = fold(f"{role or ''} {name}")
        alone = self.country(name)
        if alone:
            return alone
        if self._other.search(described) or not self._organ.search(described):
            return None
        found = self._mention.search(described)
        return self._country[found[1]] if found else ""


def _any_of(phrases: object) -> re.Pattern[str]:
    """One pattern for whole words of any of the phrases, the longest first."""
    folded = sorted({fold(p) for p in phrases}, key=lambda p: (-len(p), p))  # type: ignore[attr-defined]
    return re.compile(r"(?<!\w)(" + "|".join(map(re.escape, folded)) + r")(?!\w)")


@cache
def governments() -> Governments:
    """The vocabulary, read once."""
    return Governments(load("organs", Organs))
