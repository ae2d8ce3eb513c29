"""The sentence that opens a brief: the event as most of the reports open with it."""

from __future__ import annotations

import re
from typing import Final

from variorum.edition.candidates import Candidate, Reports
from variorum.edition.doubt import denies_hearsay, refutes, tells_a_rumour
from variorum.edition.material import Material
from variorum.edition.sentences import is_long_ago, leans_on
from variorum.edition.stages import is_guarded

# What a sentence that opens the brief is worth beside one that does not have the fault:
_DOUBTED: Final = 0.6  # it tells what is denied or disputed
_UNMET: Final = 0.5  # a person by surname, or a thing as known
_BEFORE: Final = 0.6  # what had happened before
_STATE: Final = 0.5  # what only somebody or something is
_UNDONE: Final = 0.85  # what is planned or did not happen
_UNGUARDED: Final = 0.6  # told as a fact where most reports say from whom they have it
_DENIAL: Final = 0.6  # of what the reports open with, beside the best: it denies this and no other matter
_LATER: Final = 1.0  # what a changed state gains that the last report tells
_NAMELESS: Final = 0.6  # nobody and nothing that other reports name
# What the last reports open with:
_OPENING: Final = 2  # sentences, at most, stand before it
_AKIN: Final = 0.4  # of what the lead has of all openings
_USUAL: Final = re.compile(r"\b(?:(?:every|each|per|a) (?:day|week|month|year)|usually|normally|as a rule)\b")


def choose_lead(material: Material, reports: Reports, candidates: list[Candidate]) -> Candidate | None:
    """The sentence that has most of what the reports open with, as far as it can open a brief: it takes nothing for
    granted, tells an event and names whom most name. Where most refute a story it is one that says so."""
    able = _able(candidates)
    if reports.refuting:
        able = [c for c in able if refutes(c.sentence) or _is_negated(c)] or able
    able = [c for c in able if not c.needs.persons] or able
    best = max(able, key=lambda c: (_weight(material, reports, c), c.standing), default=None)
    return (best and _denial(reports, candidates, best)) or best


def choose_newest(
    material: Material, reports: Reports, candidates: list[Candidate], lead: Candidate | None
) -> Candidate | None:
    """What the last reports of several days open with, if it is of the same matter as the ``lead`` and later: how
    things stand comes before how they began."""
    if lead is None or reports.refuting:
        return None
    since, akin = material.lateness(lead.sentence.article.id), _AKIN * reports.core.centre(lead.kin)
    able = [
        c
        for c in _able(candidates)
        if c.sentence.place <= _OPENING
        and material.is_late(c.sentence.article.id)
        and material.lateness(c.sentence.article.id) >= since
        and reports.core.centre(c.kin) >= akin
        and not c.needs.persons
        and not _USUAL.search(c.text)
    ]
    best = max(able, key=lambda c: (_weight(material, reports, c), c.standing), default=None)
    return best if best is not None and _weight(material, reports, best) else None


def _able(candidates: list[Candidate]) -> list[Candidate]:
    return [c for c in candidates if c.opens and not c.needs.words and not leans_on(c.sentence)]


def _weight(material: Material, reports: Reports, one: Candidate) -> float:
    worth = one.standing * reports.core.centre(one.kin) * _footing(material, one)
    if material.newest.intersection(one.claims):
        worth *= 1.0 + _LATER * material.lateness(one.sentence.article.id)
    worth *= _UNGUARDED if reports.stages.guarded and not is_guarded(one.sentence) else 1.0
    return worth if reports.refuting else worth * _certainty(material, one)


def _denial(reports: Reports, candidates: list[Candidate], best: Candidate) -> Candidate | None:
    """What denies the report that ``best`` tells, and says which: whoever reads it first is not misled."""
    if reports.refuting or denies_hearsay(best.sentence) or tells_a_rumour(best.sentence):
        return None
    able = [c for c in candidates if c.fair and not c.needs.words and denies_hearsay(c.sentence)]
    able = [c for c in able if reports.core.centre(c.kin) >= _DENIAL * reports.core.centre(best.kin)]
    return max(able, key=lambda c: c.standing * reports.core.centre(c.kin), default=None)


def _footing(material: Material, one: Candidate) -> float:
    """By whom and what it names, and takes for known; those who report it, all name."""
    mentions = (m.entity for s in one.sentence.statements for m in s.mentions)
    named = max((material.shares.get(m, 0.0) for m in mentions if m not in material.reporting), default=0.0)
    worth = _NAMELESS + (1.0 - _NAMELESS) * named
    worth *= _UNMET if one.needs.definite or one.needs.persons else 1.0
    return worth * (_BEFORE if is_long_ago(one.sentence) else 1.0)


def _certainty(material: Material, one: Candidate) -> float:
    """By what it tells: an event that happened or goes on, which nobody denies, is most; a denial is no lead."""
    statements = one.sentence.statements
    if any(a.stance == "deny" for s in statements for a in s.attribution):
        return 0.0
    doubted = (c for c in one.claims if material.claims[c].status in {"denied", "disputed"})
    worth = _DOUBTED if any(c not in material.newest for c in doubted) else 1.0
    worth *= _BEFORE if " had " in one.text else 1.0
    acts = [s for s in statements if s.frame is None or s.frame.predicate != "be"]
    if any(s.reality == "happened" for s in statements if s.polarity == "affirmed"):
        return worth
    if any(s.reality == "ongoing" for s in acts if s.polarity == "affirmed"):
        return worth
    return worth * (_UNDONE if acts else _STATE)


def _is_negated(one: Candidate) -> bool:
    return any(s.polarity == "negated" for s in one.sentence.statements)
