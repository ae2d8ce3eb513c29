"""Which titles are one house, and so one newsroom: those of ``data/owners.toml`` and of a user's own file."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import msgspec

from variorum.compare.claims.stations import station
from variorum.errors import UsageError
from variorum.text.agencies import known_agencies
from variorum.text.normalise import fold
from variorum.text.vocabulary import load

_DOMAIN: Final = re.compile(r"(?:https?://)?(?:www\.|m\.|edition\.)?([\w-]{2,60})(?:\.[\w-]{2,20}){1,3}(?:/.*)?")

#: Titles whose keys are remembered: each article and each source asks for some.
_REMEMBERED: Final = 10_000


@dataclass(frozen=True, slots=True)
class Owner:
    """A house and its titles."""

    name: str
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Owners:
    """``data/owners.toml``, or a file of the same form."""

    owners: tuple[Owner, ...]


def read_owners(path: Path) -> tuple[tuple[str, str], ...]:
    """Each title of a user's file with its owner. Raises `UsageError` that names the file and what is wrong in it."""
    try:
        known = msgspec.convert(tomllib.loads(path.read_text("utf-8")), Owners)
    except OSError as exc:
        raise UsageError(f"{path}: cannot read the owners: {exc.strerror}") from exc
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as exc:
        raise UsageError(f"{path}: no file of owners: {exc}") from exc
    pairs = [(title, owner.name) for owner in known.owners for title in (owner.name, *owner.titles)]
    house: dict[str, str] = {}
    for title, owner in pairs:
        if house.setdefault(name_key(title), owner) != owner:
            raise UsageError(f"{path}: {title!r} is listed for {house[name_key(title)]!r} and for {owner!r}")
    return tuple(pairs)


def houses(owners: Sequence[tuple[str, str]]) -> dict[str, str]:
    """The house of each title and of each agency's names; ``owners`` come before those that are known."""
    known: Owners = load("owners", Owners)
    found = {name_key(t): fold(o.name) for o in known.owners for t in (o.name, *o.titles)}
    found.update({name_key(n): fold(a.name) for a in known_agencies() for n in (a.name, *a.also, a.domain or a.name)})
    found.update({name_key(title): fold(owner) for title, owner in owners})
    return found


@lru_cache(_REMEMBERED)
def name_key(name: str) -> str:
    """A title and its domain in one form: "The Daily Post", "dailypost.example" → "dailypost"; a medium that is known
    by letters by these: "KVLM 4 News" → "kvlm"."""
    letters = station(name)
    if letters:
        return letters
    folded = fold(name)
    domain = _DOMAIN.fullmatch(folded)
    plain = domain[1] if domain and " " not in folded else folded
    squeezed = re.sub(r"[^\w]+", "", plain)
    return squeezed.removeprefix("the") if len(squeezed) > 6 else squeezed
