"""Whether two statements can be set against each other at all: of one person, of one time, each with its own value.

Reasons against telling a finding, as `conflicts.plausible` asks for them, and what turns a dispute into a later state.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from variorum.compare.claims.align import Alignment, homes
from variorum.compare.facts.asked import asked, has_any
from variorum.compare.facts.fact import Fact, by_article
from variorum.compare.facts.order import same_root
from variorum.compare.facts.telling import count_value
from variorum.compare.facts.vocabulary import words
from variorum.compare.finding import Finding
from variorum.text.vocabulary import load

_FIGURE: Final = re.compile(r"\d[\d,]*(?:\.\d+)?")

_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Pairing:
    """Of ``data/pairing.toml`` the patterns."""

    second: tuple[str, ...]
    running: tuple[str, ...]
    earlier: tuple[str, ...]
    instead: tuple[str, ...]


def told_by_both(finding: Finding, facts: Sequence[Fact]) -> bool:
    """Whether each of two statements gives both figures: "Ada, 20, and Ida Holm, 23" disputes nothing that gives the
    same."""
    values = _figures(finding)
    told = [{c.core for c in facts[n].counts} for n in (finding.a, finding.b)]
    return finding.kind == "quantity" and None not in values and len(values) == 2 and all(values <= own for own in told)


def but_told_together(findings: Sequence[Finding], facts: Sequence[Fact]) -> list[Finding]:
    """Those but differences of two figures that one report gives as its own, one beside the other and neither as the
    new one: "in five raids they took 31 rifles", "in this raid 12". They are of two things. A toll may rise within a
    report."""
    reports = [_own_figures(own) for own in by_article(facts).values()]

    @cache
    def told_together(figures: frozenset[float | None], unit: str) -> bool:
        return any(_tells_both(figures, unit, own) for own in reports)

    return [f for f in findings if not (_differs(f) and told_together(_figures(f), f.value_a.split(" ")[-1]))]


def but_parts(findings: Sequence[Finding], facts: Sequence[Fact]) -> list[Finding]:
    """Those but figures said to change into each other that one sentence tells side by side, and neither as the new
    one: "three are in Rauthal, and one has been taken to Merzen". They are parts of one count."""
    told: defaultdict[tuple[str, int], list[Fact]] = defaultdict(list)
    for fact in facts:
        told[fact.statement.article, fact.scene.sentence].append(fact)

    def parts(f: Finding) -> bool:
        sentences = (told[facts[n].statement.article, facts[n].scene.sentence] for n in (f.a, f.b))
        return any(_figures(f) <= {c.core for x in own for c in x.counts} and not _changes(own) for own in sentences)

    return [f for f in findings if not (f.relation == "update" and _differs(f) and parts(f))]


def _changes(facts: Sequence[Fact]) -> bool:
    """Whether a sentence says that a figure is the newer or the older one."""
    said = (*asked().raised, *asked().by_now, *asked().told_before, *asked().from_figure)
    return any(has_any(f.statement.text, said) for f in facts)


def _differs(finding: Finding) -> bool:
    """Whether it sets two figures against each other, of which no notice or sentence says whose they are."""
    one, other = _figure(finding.value_a), _figure(finding.value_b)
    told = finding.kind == "quantity" and finding.relation in ("update", "contradiction") and one != other
    return told and None not in (one, other) and not (finding.corrected or finding.whose)


#: The statements of a report that give a figure, each with what it counts.
_Told = Mapping[float | None, Sequence[tuple[Fact, str]]]


def _own_figures(facts: Sequence[Fact]) -> _Told:
    """The figures of a report that are no toll, but those that it calls the newer or the older."""
    tolls = words().tolls.growing | words().tolls.moving
    changed = (*asked().raised, *asked().by_now, *asked().told_before)
    told: defaultdict[float | None, list[tuple[Fact, str]]] = defaultdict(list)
    for fact in facts:
        own = [c for c in fact.counts if c.slot.role not in tolls]
        for count in own if own and not has_any(fact.statement.text, changed) else ():
            told[count.core].append((fact, count_value(count)))
    return told


def _tells_both(figures: frozenset[float | None], unit: str, told: _Told) -> bool:
    left, right = ([fact for fact, of in told.get(figure, ()) if of.endswith(unit)] for figure in figures)
    return any(p is not q and not _of_two(p, q) for p in left for q in right)


def _of_two(p: Fact, q: Fact) -> bool:
    """Whether two sources give them, of which the report itself may be one: that is a dispute, told by it."""
    return bool(p.statement.attribution or q.statement.attribution) and not same_root(p, q)


def of_a_second(finding: Finding, a: Fact, b: Fact) -> bool:
    """Whether one is of somebody else, by its own words: "in his case it was not"."""
    marked = [_says(f, "second") for f in (a, b)]
    return marked[0] != marked[1]


def of_one_time(findings: Sequence[Finding], alignment: Alignment) -> list[Finding]:
    """Those but disputes of figures of which one is counted over a while and the other has a day of its own, as any of
    those says who tell it: "over the past weeks", "in November"."""
    group_of = homes(alignment.groups)

    @cache
    def is_running(group: int) -> bool:
        return any(_says(alignment.facts[n], "running") for n in alignment.groups[group])

    @cache
    def is_dated(group: int) -> bool:
        own = [alignment.facts[n] for n in alignment.groups[group]]
        return any(t.type == "DATE" for f in own for t in f.statement.times) or any(map(_names_year, own))

    def apart(f: Finding) -> bool:
        if f.kind != "quantity" or f.relation != "contradiction":
            return False
        one, other = group_of[f.a], group_of[f.b]
        return is_running(one) != is_running(other) and is_dated(other if is_running(one) else one)

    return [f for f in findings if not apart(f)]


def _names_year(fact: Fact) -> bool:
    return _YEAR.search(fact.statement.text) is not None


def no_other_date(finding: Finding, a: Fact, b: Fact) -> bool:
    """Whether the second gives no date that the first does not give, and does not call it off: nothing has taken its
    place."""
    before, after = ({t.value for t in f.statement.times} for f in (a, b))
    off = b.statement.polarity == "negated" or has_any(b.statement.text, asked().stopping)
    return finding.relation == "update" and after <= before and not off


def tells_earlier(fact: Fact) -> bool:
    """Whether it says of itself that it was told or thought before: "earlier rumours suggested"."""
    return _says(fact, "earlier")


def in_place_of_earlier(finding: Finding, facts: Sequence[Fact]) -> Finding:
    """A dispute of what was thought before, as its own words say, with what is told instead: a later state of it."""
    if finding.relation != "contradiction" or finding.kind not in ("quantity", "date", "category", "place"):
        return finding
    earlier = [tells_earlier(facts[n]) for n in (finding.a, finding.b)]
    if earlier[0] == earlier[1] or not _says(facts[finding.b if earlier[0] else finding.a], "instead"):
        return finding
    return replace(finding if earlier[0] else finding.turned(), relation="update")


def once_each(findings: Sequence[Finding]) -> list[Finding]:
    """Two figures of two statements once, by the shortest of the words for what they count."""
    best: dict[object, Finding] = {}
    for f in findings:
        key = _pair(f)
        known = best.setdefault(key, f)
        if f.confidence > known.confidence:
            best[key] = replace(f, about=min(f.about, known.about, key=len))
        elif len(f.about) < len(known.about):
            best[key] = replace(known, about=f.about)
    return [*(f for f in findings if f.kind != "quantity"), *(f for f in best.values() if f.kind == "quantity")]


def _pair(finding: Finding) -> object:
    return frozenset((finding.a, finding.b)), _figures(finding), finding.relation, finding.corrected


def _figures(finding: Finding) -> frozenset[float | None]:
    return frozenset((_figure(finding.value_a), _figure(finding.value_b)))


def _figure(value: str) -> float | None:
    found = _FIGURE.search(value)
    return float(found[0].replace(",", "").rstrip(".")) if found else None


def _says(fact: Fact, what: str) -> bool:
    return _patterns()[what].search(fact.folded) is not None


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    known: Pairing = load("pairing", Pairing)
    return {
        name: re.compile(rf"(?<!\w)(?:{'|'.join(getattr(known, name))})(?!\w)")
        for name in ("second", "running", "earlier", "instead")
    }
