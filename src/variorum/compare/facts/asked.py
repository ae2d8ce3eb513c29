"""How reports word what sets two statements side by side, from ``data/asked.toml``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from variorum.text.normalise import fold
from variorum.text.vocabulary import load

#: Texts of which it is remembered what they accuse somebody of.
_REMEMBERED: Final = 20_000


@dataclass(frozen=True, slots=True)
class Asked:
    """``data/asked.toml``."""

    scales: tuple[str, ...]
    moved: frozenset[str]
    numbers: dict[str, int]
    one_unit: tuple[tuple[str, ...], ...]
    whole: tuple[str, ...]
    each_may: tuple[str, ...]
    taken_together: tuple[str, ...]
    counted_in: tuple[str, ...]
    may_grow: tuple[str, ...]
    unanimous: tuple[str, ...]
    voting: frozenset[str]
    copulas: frozenset[str]
    auxiliaries: frozenset[str]
    adverbs: frozenset[str]
    opinions: frozenset[str]
    change: tuple[str, ...]
    beginning: tuple[str, ...]
    fires: frozenset[str]
    rooms: frozenset[str]
    loosely_placed: frozenset[str]
    informing: tuple[str, ...]
    accused: tuple[tuple[str, ...], ...]
    accusing: tuple[str, ...]
    from_figure: tuple[str, ...]
    estimating: tuple[str, ...]
    against: tuple[str, ...]
    raised: tuple[str, ...]
    by_now: tuple[str, ...]
    lengths: frozenset[str]
    amounts: tuple[str, ...]
    light: tuple[str, ...]
    calling: frozenset[str]
    of_all: tuple[str, ...]
    denying: tuple[str, ...]
    denied_things: frozenset[str]
    called_false: tuple[str, ...]
    ruling: frozenset[str]
    only_denying: frozenset[str]
    sourcing: frozenset[str]
    silent: tuple[str, ...]
    vague: tuple[str, ...]
    recalled: tuple[str, ...]
    told_before: tuple[str, ...]
    general: tuple[str, ...]
    revised: tuple[str, ...]
    stopping: tuple[str, ...]
    not_denying: tuple[str, ...]
    admitting: frozenset[str]
    retracting: frozenset[str]
    claimed: frozenset[str]
    before: tuple[str, ...]
    any_cause: tuple[str, ...]
    required: tuple[str, ...]


@cache
def asked() -> Asked:
    """The vocabulary, read once."""
    vocabulary: Asked = load("asked", Asked)
    return vocabulary


def has_any(text: str, phrases: Iterable[str]) -> bool:
    """Whether one of the phrases stands in a text, as whole words."""
    return _has_any(text, tuple(phrases))


@lru_cache(_REMEMBERED)
def _has_any(text: str, phrases: tuple[str, ...]) -> bool:
    return _pattern(phrases).search(fold(text)) is not None


@cache
def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, sorted(phrases, key=len, reverse=True))) + r")(?!\w)")


@lru_cache(_REMEMBERED)
def accused_of(text: str) -> frozenset[int]:
    """What a text accuses somebody of, by the number of its words in the vocabulary."""
    return frozenset(n for n, said in enumerate(asked().accused) if has_any(text, said))


@cache
def kind_of_unit(unit: str | None) -> str | None:
    """One word for all units of a kind: "homes" and "households"."""
    return next((family[0] for family in asked().one_unit if unit in family), unit)
