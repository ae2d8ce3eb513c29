"""What a finding must rest on before it is told: that both sides speak of one thing, by what was done and to what, and
not by a name, a date or a figure that they happen to share.

Reasons against telling a finding, as `conflicts.plausible` asks for them: each names what is missing, and none a word
that stands in one story.
"""

from __future__ import annotations

import re
from typing import Final

from variorum.compare.conflicts.denials import repeats_nothing
from variorum.compare.conflicts.outcomes import content_shared
from variorum.compare.facts.asked import asked, has_any
from variorum.compare.facts.counts import Count, words_before, words_behind
from variorum.compare.facts.doubt import somebody_denies
from variorum.compare.facts.fact import Fact, empty_stems, stem
from variorum.compare.facts.order import tells_newer
from variorum.compare.facts.telling import count_value
from variorum.compare.finding import Finding
from variorum.model import ArgumentRole
from variorum.text.normalise import fold

#: Words of content by which it may be known what "it" is in another report.
_KNOWN: Final = 2
#: Parts of the names of units, by which no two things are one.
_SIZES: Final = frozenset(map(stem, ("square", "cubic", "foot", "feet", "metre", "metres", "meter", "meters", "mile")))
_THINGS: Final = frozenset({"it", "this", "that", "they", "these", "those"})
#: Somebody or something that a deed is done to or with, and that only its own report names.
_OTHERS: Final = re.compile(r"\b(?:him|her|them)\b(?! \w+ing\b)(?=\W*(?:$|[.,;:”\"]|and\b|or\b|in\b|at\b|on\b))")


# --- what is not so -------------------------------------------------------------------------------------------------


def of_what_is_not_named(finding: Finding, a: Fact, b: Fact) -> bool:
    """ "It will not be cheap", "they have done nothing to him": what and whom another report means by that is told by
    two words that both have, not by a figure or a deed that everybody does."""
    if not _is_plain(finding, b) or a.statement.article == b.statement.article:
        return False
    doers = {p.head for p in b.parties.get("agent", ())}
    if doers and doers <= _THINGS and b.predicate in empty_stems() | {"be"}:
        return len(content_shared(a, b)) < _KNOWN
    whom = _OTHERS.search(fold(b.words))
    return whom is not None and _OTHERS.search(fold(a.words)) is None and not a.names & b.names


def _is_plain(finding: Finding, no: Fact) -> bool:
    """Whether nobody is said to deny: "the bay was not closed"."""
    return finding.denial and not somebody_denies(no) and not repeats_nothing(no)


# --- figures --------------------------------------------------------------------------------------------------------


def of_two_matters(finding: Finding, a: Fact, b: Fact) -> bool:
    """A measure of one thing is no rounding of another's where no word but its unit and who does it says that they are
    of one; and what one sentence says was done so many times is no part of what another says of another deed."""
    pair = _counts(finding, a, b)
    if pair is None or finding.whose or _one_role(*pair):
        return False
    if finding.relation == "different_scope":
        grows = any(has_any(f.statement.text, asked().may_grow) for f in (a, b))  # "could rise to 45 million"
        return not grows and a.predicate not in b.terms and b.predicate not in a.terms
    if finding.relation != "rounding" or any(_is_countable(c) for c in pair):
        return False
    units = {stem(w) for c in pair for w in re.split(r"\W+", f"{c.quantity.unit} {c.slot.unit}") if w}
    return not content_shared(a, b) - units - _SIZES - (_words(a, b, "agent") - _words(a, b, "patient"))


def _words(a: Fact, b: Fact, role: ArgumentRole) -> frozenset[str]:
    """The words by which what takes part is called in either."""
    called = [f.called(role) for f in (a, b)]
    return frozenset[str]().union(*(c.heads | c.modifiers for c in called))


def _is_countable(count: Count) -> bool:
    """Whether it is so many of a kind, which are seldom so many by chance, or so long, and no measure."""
    return count.quantity.unit_code is None or count.slot.unit in asked().lengths


#: What a length is of, by the words beside it.
_MEASURES: Final = {
    "long": "length", "length": "length", "wide": "width", "width": "width", "high": "height", "tall": "height",
    "height": "height", "deep": "depth", "depth": "depth", "thick": "thickness", "altitude": "altitude",
    "elevation": "altitude",
}  # fmt: skip
_BESIDE: Final = re.compile(rf"\W*(?:met(?:re|er)s? |f(?:ee|oo)t |miles? )?(?:in )?\b({'|'.join(_MEASURES)})\b")
_BEFORE: Final = re.compile(rf"\b({'|'.join(_MEASURES)}) (?:of|was|is)(?: \w+){{0,2}}\W*$")
#: Before so many metres that are the place of something, and no size.
_AT: Final = re.compile(r"\bat (?:an? )?(?:about |around |some |nearly |over )*$")


def of_two_measures(finding: Finding, a: Fact, b: Fact) -> bool:
    """How long something is, and how high it lies: "700 metres long", "at around 2,400 metres"."""
    pair = _counts(finding, a, b)
    if pair is None:
        return False
    one, other = (_measure(c, f) for c, f in zip(pair, (a, b), strict=True))
    return None not in (one, other) and one != other


def _measure(count: Count, fact: Fact) -> str | None:
    before, behind = fold(words_before(count, fact.statement)), fold(words_behind(count, fact.statement))
    named = _BESIDE.match(behind) or _BEFORE.search(before)
    if named:
        return _MEASURES[named[1]]
    if stem(count.slot.unit or "") not in _SIZES:
        return None
    number = fold(fact.statement.text[count.quantity.span[0] - fact.statement.span[0] :])
    at = _AT.search(f"{before.rstrip()} ") or (
        number.startswith(("around", "about")) and before.rstrip().endswith(" at")
    )
    return "altitude" if at else None


def of_one_of_several(finding: Finding, a: Fact, b: Fact) -> bool:
    """A total is not changed by one of the figures that it adds up: "14 in all five raids", "six were seized"."""
    pair = _counts(finding, a, b)
    if pair is None or finding.relation != "update" or finding.corrected or _one_role(*pair):
        return False
    total, one = pair
    whole = bool(total.quantity.cumulative) and not one.quantity.cumulative
    return whole and one.core < total.core and not tells_newer(a, b)


def _counts(finding: Finding, a: Fact, b: Fact) -> tuple[Count, Count] | None:
    """The two figures that a finding tells."""
    one, other = (
        next((c for c in f.counts if count_value(c) == value), None)
        for f, value in ((a, finding.value_a), (b, finding.value_b))
    )
    return (one, other) if one is not None and other is not None else None


def _one_role(x: Count, y: Count) -> bool:
    return x.slot.role is not None and x.slot.role == y.slot.role
