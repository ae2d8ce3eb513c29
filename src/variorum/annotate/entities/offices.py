"""The roles by which reports name a person, as records: the title, the country it names, whether it is held, over or
to come, and the dates of the reports that gave it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import Final

from variorum.annotate.names import lore, plain
from variorum.model import Article, Location, Role, RoleState, Span
from variorum.text.normalise import fold

_LONGEST: Final = 4  #: words that a country's name has at most
_OF: Final = re.compile(r"\s(?:of|for)\s(.+)$")


def read_roles(article: Article, told: Iterable[tuple[str, Span]]) -> tuple[Role, ...]:
    """The roles that one article gives a person, from their words and where these stand."""
    day = article.published.value if article.published else None
    return join_roles(Role(*read_title(words), day, day, (Location(article.id, span),)) for words, span in told)


def join_roles(roles: Iterable[Role]) -> tuple[Role, ...]:
    """The same roles, each once, dated from the first to the last report that gave it, in the order of these dates. A
    title without a country is the one with a country, if only one has it."""
    found: dict[tuple[str, str | None, RoleState], list[Role]] = {}
    for role in roles:
        found.setdefault((_key(role.title), role.country, role.state), []).append(role)
    for title, country, state in list(found):
        owners = [k for k in found if k[0] == title and k[1] is not None and k[2] == state]
        if country is None and len(owners) == 1:
            found[owners[0]] += found.pop((title, country, state))
    return tuple(sorted(map(_joined, found.values()), key=_order))


def _joined(same: Sequence[Role]) -> Role:
    begins = [r.first_reported for r in same if r.first_reported]
    ends = [r.last_reported for r in same if r.last_reported]
    country = next((r.country for r in same if r.country), None)
    mentions = tuple(dict.fromkeys(place for r in same for place in r.mentions))
    first, last = min(begins, default=None), max(ends, default=None)
    return Role(same[0].title, country, same[0].state, first, last, mentions)


def _order(role: Role) -> tuple[bool, str, str]:
    return role.first_reported is None, role.first_reported or "", role.last_reported or ""


@lru_cache(maxsize=20_000)
def _key(title: str) -> str:
    classes = lore().role_class
    return " ".join(classes.get(word, word) for word in fold(title).split())


@lru_cache(maxsize=20_000)
def read_title(words: str) -> tuple[str, str | None, RoleState]:
    """Title, country and state of a role as written: "former Polish prime minister", "President of Kenya",
    "then-Defence Secretary", "president-elect"."""
    state: RoleState = "current"
    country, rest = None, words
    while True:
        front, size = _front().match(rest), _country_size(rest)
        if front is not None:
            state = "former" if front["over"] else "future" if front["to_come"] else state
            rest = rest[front.end() :]
        elif country is None and size:
            country, rest = _country(rest[:size]), rest[size:].lstrip()
        else:
            break
    behind = _behind().search(rest)
    if behind is not None:
        state, rest = "future", rest[: behind.start()] + rest[behind.end() :]
    of = _OF.search(rest)
    if of is not None and country is None and (country := _country(of[1])):
        rest = rest[: of.start()]
    return (rest, country, state) if rest else (words, None, "current")


@cache
def _front() -> re.Pattern[str]:
    """What stands before a title and is no part of it, with the hyphen or space behind it."""
    over, to_come = ("|".join(map(re.escape, sorted(words))) for words in (lore().over, lore().to_come))
    return re.compile(
        rf"(?i)(?:(?P<over>{over})|(?P<to_come>{to_come})|the|an?|its|his|her|their|our)(?:[-‐‑–]\s?|\s+)(?=\w)"
    )


@cache
def _behind() -> re.Pattern[str]:
    return re.compile(rf"(?i)[-‐‑–\s](?:{'|'.join(map(re.escape, sorted(lore().to_come)))})(?!\w)")


def _country(words: str) -> str | None:
    table, key = lore(), plain(words)
    return table.countries.get(key) or table.adjectives.get(key)


def _country_size(text: str) -> int:
    """How many characters at the start name a country, when more follows."""
    ends = [m.end() for m in re.finditer(r"\S+", text)][:_LONGEST]
    return next((end for end in reversed(ends) if end < len(text) and _country(text[:end])), 0)
