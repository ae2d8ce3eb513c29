"""Pairs that answer one question in form only: figures of two makes of a thing or of its bounds, denials that were
taken back at once or that are of another event.

Reasons against telling a finding, as `conflicts.plausible` asks for them, and one name for one dispute.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from variorum.compare.facts.asked import has_any
from variorum.compare.facts.counts import words_before
from variorum.compare.facts.doubt import somebody_denies
from variorum.compare.facts.fact import Fact, stem
from variorum.compare.facts.names import Names
from variorum.compare.facts.questions import is_money
from variorum.compare.facts.remembered import of_fact
from variorum.compare.facts.telling import count_value
from variorum.compare.finding import Finding
from variorum.text.normalise import fold
from variorum.text.vocabulary import load

#: Words before "model" that may say which.
_BEFORE: Final = 3
#: What somebody does who denies, between "initially" and what is denied.
_DENIED: Final = r"(?:denied|dismissed|rejected|refuted|disputed|doubted|disbelieved)"
#: Whose a figure is that stands right behind it.
_OWNER: Final = re.compile(r"\b([A-Z][\w-]+)['’]s? (?:US)?\Z")
#: A number with a hyphen and what it is of: "64-bit", "32- and".
_BY_NUMBER: Final = re.compile(r"\d+ ?- ?([a-z]+)")
#: Where something goes, right behind the verb.
_WAY: Final = re.compile(r"\W*(in|out|up|down|on|off|away|back)(?:side|to|wards?)?\b")
_NEVER_ENOUGH: Final = re.compile(
    r"\b(?:can ?not|can['’]?t|could not|couldn['’]t|never)\b[^.;]{0,60}\b(?:enough|too (?:much|highly|strongly))\b"
)
_FIGURE: Final = re.compile(r"\d[\d,]*(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Unlike:
    """``data/unlike.toml``."""

    makes: tuple[str, ...]
    any_make: frozenset[str]
    bounds: tuple[str, ...]
    at_first: tuple[str, ...]
    occurring: tuple[str, ...]
    others: tuple[str, ...]
    at_times: tuple[str, ...]
    besides: tuple[str, ...]


def of_two_makes(finding: Finding, a: Fact, b: Fact) -> bool:
    """Money for one make of a thing, and for another or for whichever: "99 for the oak model", "from 49"."""
    if finding.relation == "update" or not all(any(map(is_money, f.counts)) for f in (a, b)):
        return False
    told = [_makes(f) for f in (a, b)]
    return bool(told[0] | told[1]) and told[0].isdisjoint(told[1])


@of_fact
def _makes(fact: Fact) -> frozenset[str]:
    """The words that say of which make of a thing a statement tells."""
    found = (match.split() for match in _make().findall(fact.folded))
    return frozenset(stem(word) for told in found for word in told[-1:]) - _any_make()


@cache
def _make() -> re.Pattern[str]:
    return re.compile(rf"\b(?:the|an?|its|their) ((?:[\w-]+ ){{1,{_BEFORE}}})(?:{'|'.join(_words().makes)})\b")


@cache
def _any_make() -> frozenset[str]:
    return frozenset(map(stem, _words().any_make))


def of_a_bound(finding: Finding, a: Fact, b: Fact) -> bool:
    """The lowest or highest price that there could be, and one that somebody gives for what it is; a toll of "at least
    31" is a toll."""
    if finding.relation == "update" or not all(any(map(is_money, f.counts)) for f in (a, b)):
        return False
    bounds = [_bound().search(f.folded) is not None for f in (a, b)]
    return bounds[0] != bounds[1]


@cache
def _bound() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(_words().bounds)})\b")


def of_anothers(finding: Finding, a: Fact, b: Fact) -> bool:
    """A figure right behind whose it is, whom the other does not name: "topping Halden's 16 million sale"."""
    pairs = ((a, b, finding.value_a), (b, a, finding.value_b))
    return any(_owned_by_another(one, other, value) for one, other, value in pairs)


def _owned_by_another(one: Fact, other: Fact, value: str) -> bool:
    before = (words_before(c, one.statement) for c in one.counts if count_value(c) == value)
    owners = (match[1] for text in before if (match := _OWNER.search(text)))
    return any(owner not in other.statement.text for owner in owners)


def of_a_kind_by_number(finding: Finding, a: Fact, b: Fact) -> bool:
    """A number that only says of which kind things are: "64-bit versions"."""
    return any(
        (match := _BY_NUMBER.match(f.statement.text, c.quantity.span[0] - f.statement.span[0]))
        and c.quantity.unit is not None
        and c.quantity.unit_code is None
        and count_value(c) == value
        and stem(fold(match[1])) != stem(fold(c.quantity.unit))
        for f, value in ((a, finding.value_a), (b, finding.value_b))
        for c in f.counts
    )


def on_top_of_others(finding: Finding, a: Fact, b: Fact) -> bool:
    """What somebody got for another deed: "also pleaded guilty to theft and was sentenced to ten days"."""
    beside = [has_any(f.statement.text, _words().besides) for f in (a, b)]
    return beside[0] != beside[1]


def only_at_first(finding: Finding, a: Fact, b: Fact) -> bool:
    """ "Initially dismissed a neighbour's report": who no longer denies it."""
    return finding.relation == "contradiction" and _denied_at_first().search(b.folded) is not None


@cache
def _denied_at_first() -> re.Pattern[str]:
    first = "|".join(_words().at_first)
    return re.compile(rf"\b(?:(?:{first}),? (?:had |has )?{_DENIED}\b|{_DENIED}\b[^.;]{{0,60}}? until\b)")


def of_others(finding: Finding, a: Fact, b: Fact) -> bool:
    """ "Other channels showed it without a blur", "slanderers often spread false reports": nothing is denied of what is
    told of one and of once."""
    if somebody_denies(b):
        return False
    text = fold(b.words)
    return _others().match(text) is not None or _at_times().search(text) is not None


@cache
def _others() -> re.Pattern[str]:
    return re.compile(rf"\W*(?:{'|'.join(_words().others)})\b")


@cache
def _at_times() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(_words().at_times)})\b")


def of_another_way(finding: Finding, a: Fact, b: Fact) -> bool:
    """ "Walked inside", "never walked out"."""
    ways = [_way(f) for f in (a, b)]
    return a.predicate == b.predicate and None not in ways and ways[0] != ways[1]


def _way(fact: Fact) -> str | None:
    """The particle right behind its verb: "in" of "walked inside"."""
    frame = fact.statement.frame
    behind = fact.statement.text[max(0, frame.span[1] - fact.statement.span[0]) :] if frame else ""
    found = _WAY.match(fold(behind))
    return found[1] if found else None


def never_enough(finding: Finding, a: Fact, b: Fact) -> bool:
    """ "Cannot thank them enough": who says so thanks them."""
    return _NEVER_ENOUGH.search(fold(b.words)) is not None


def of_another_event(finding: Finding, a: Fact, b: Fact, names: Names) -> bool:
    """That "the shootings did not happen", of somebody whom the report of a shooting does not know and which names
    others: it speaks of one that is told by the way."""
    denier = b.statement.root.entity
    if not (denier and names.kind(names.thing(denier)) == "person") or a.statement.article == b.statement.article:
        return False
    bare = _occurs().search(fold(b.words)) is not None and not b.names - {names.thing(denier)} and not b.counts
    return bare and names.thing(denier) not in a.scene.names


@cache
def _occurs() -> re.Pattern[str]:
    return re.compile(rf"(?:\bnot|\bnever|n['’]t) (?:{'|'.join(_words().occurring)})\W*\Z")


def by_what_it_is_for(findings: Sequence[Finding]) -> list[Finding]:
    """One dispute of two sums under one name, where some tell what they are for: "the sum", "the cost"."""
    known = {_sums(f): f.about for f in findings if f.kind == "quantity" and not f.about.startswith("the sum in ")}
    return [
        replace(f, about=known.get(_sums(f), f.about))
        if f.kind == "quantity" and f.about.startswith("the sum in ")
        else f
        for f in findings
    ]


def _sums(finding: Finding) -> object:
    """The figures of a finding with the unit that its question ends in."""
    values = frozenset(_FIGURE.findall(f"{finding.value_a} {finding.value_b}"))
    return finding.relation, finding.about.rsplit(" in ", 1)[-1], values


@cache
def _words() -> Unlike:
    known: Unlike = load("unlike", Unlike)
    return known
