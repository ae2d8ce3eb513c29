"""A story that one report tells and others call untrue: who tells it stands against those that say so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from variorum.compare.claims.align import Alignment
from variorum.compare.conflicts.meant import under_a_no
from variorum.compare.conflicts.outcomes import content
from variorum.compare.facts.asserting import asserts
from variorum.compare.facts.fact import Fact, by_article
from variorum.compare.facts.opposites import says_no
from variorum.compare.facts.stance import calls_untrue, exposes, is_mentioned, passes_on
from variorum.compare.facts.telling import shortened
from variorum.compare.facts.verdicts import is_untrue
from variorum.compare.finding import Finding

#: How sure it is that a report which calls a story untrue means what another tells in the same words.
_SURE: Final = 0.85
#: Terms that what is called untrue and what is told have in common at least, of which the deed is one; and what two
#: reports call so.
_SHARED: Final = 3
_CALLED: Final = 2
#: Statements of believers that are looked at.
_MOST: Final = 200


def find_exposed(alignment: Alignment) -> Iterator[Finding]:
    """What a report tells in its own voice that others call untrue, with what each of those says."""
    reports = by_article(alignment.facts)
    meant = {article: [f for f in own if is_mentioned(f) and not is_untrue(f)] for article, own in reports.items()}
    meant = {article: own for article, own in meant.items() if own}
    believed = [
        f for n, f in enumerate(alignment.facts)
        if f.statement.article not in meant and _is_told(f) and not under_a_no(n, alignment.facts)
    ][:_MOST]  # fmt: skip
    met = {f.id: _met(f, meant.values()) for f in believed}
    saying = {article: [f for f in reports[article] if _says_so(f)] for article in meant}
    untrue = [f for own in saying.values() for f in own]
    told = max(believed, key=lambda f: _as_story(f, met[f.id], untrue), default=None)  # the first of them
    if told is None or not met[told.id]:
        return
    place = {fact.id: n for n, fact in enumerate(alignment.facts)}
    for article in _linked(told, meant):
        if saying[article]:
            no = max(saying[article], key=lambda f: (exposes(f), len(_shared(f, told))))
            yes = _nearest(told, believed, no)
            if all(yes.terms.isdisjoint(f.terms) for f in untrue):
                continue  # what is called untrue is something else that all tell
            about = shortened(yes.statement.text)
            yield Finding(
                "denial", "contradiction", about, place[yes.id], place[no.id], "affirmed", "denied", _SURE, denial=True
            )


def without_mentioned(findings: Iterable[Finding], facts: Sequence[Fact]) -> list[Finding]:
    """Those of which no side is only told as what a story says that its report calls untrue, or that it is so."""
    aside = [exposes(f) or is_mentioned(f) for f in facts]
    return [f for f in findings if not (aside[f.a] or aside[f.b])]


def _is_told(fact: Fact) -> bool:
    """Whether a report tells it as so."""
    # "Will stop serving" is told like "will serve".
    says_not = fact.statement.polarity == "negated" and any(map(says_no, fact.tokens))
    open_ = fact.statement.certainty in ("possible", "unknown") or says_not
    plain = fact.stance == "tells" and not calls_untrue(fact)  # "users spread it though it is a hoax"
    return plain and not open_ and asserts(fact) and not passes_on(fact)


def _says_so(fact: Fact) -> bool:
    return (exposes(fact) or (is_mentioned(fact) and not is_untrue(fact))) and calls_untrue(fact)


def _nearest(told: Fact, believed: Iterable[Fact], no: Fact) -> Fact:
    """What the report of ``told`` says that is nearest to what another says of it: "found dead" to "is not dead",
    before what else it tells of how he was found."""
    own = [f for f in believed if f.statement.article == told.statement.article]
    best = max(own, key=lambda f: len(_shared(f, no)))
    nearer = len(_shared(best, no)) >= max(_SHARED, len(_shared(told, no)) + 1)
    return best if nearer and (best.in_lead or len(_shared(best, told)) >= _CALLED) else told


def _as_story(fact: Fact, met: int, untrue: Iterable[Fact]) -> tuple[bool, bool, int]:
    """What a report opens with is its story, before what else all have, as far as it is what others call untrue: not
    the mood that a hoax sets first."""
    called = any(len(_shared(fact, no)) >= _CALLED for no in untrue)
    return met > 0 and fact.in_lead and called, met > 0 and fact.in_lead, met


def _met(told: Fact, meant: Iterable[Sequence[Fact]]) -> int:
    """How many reports call untrue what it tells."""
    return sum(any(_of_one_thing(told, f) for f in own) for own in meant)


def _linked(told: Fact, meant: dict[str, list[Fact]]) -> list[str]:
    """The reports that call untrue what is told, or what another of them calls so in other words of it."""
    linked: dict[str, list[Fact]] = {}
    known = [told]
    while new := {
        article: own for article, own in meant.items()
        if article not in linked
        and any(_of_one_thing(one, f, _SHARED if one is told else _CALLED) for one in known for f in own)
    }:  # fmt: skip
        linked.update(new)
        known = [f for own in new.values() for f in own]
    return [article for article in meant if article in linked]


def _of_one_thing(one: Fact, other: Fact, least: int = _SHARED) -> bool:
    shared = _shared(one, other)
    return len(shared) >= least and not {one.predicate, other.predicate}.isdisjoint(one.terms & other.terms)


def _shared(one: Fact, other: Fact) -> frozenset[str]:
    """The terms that both have and that say what they are of: not a day, nor a figure."""
    return content(one.terms) & content(other.terms)
