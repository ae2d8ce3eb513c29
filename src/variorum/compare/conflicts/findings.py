"""Pairs of statements that answer one question differently, and how they stand to each other.

What contradictions are made of follows de Marneffe, Rafferty and Manning (2008): numbers, negation, antonyms,
structure. Their first condition comes first here too: both statements speak of one event. Then scope is tried, then
rounding, then a later state of the same thing; only what is left is a contradiction.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import combinations, pairwise
from typing import Final

from variorum.compare.claims.align import Alignment, Pair, homes
from variorum.compare.claims.altered import UNALTERED, Altered, find_altered
from variorum.compare.claims.clashes import differing_counts, planning, rounded_counts, state_of
from variorum.compare.config import CompareConfig
from variorum.compare.conflicts.accounts import find_denied_accounts
from variorum.compare.conflicts.aged import find_ages
from variorum.compare.conflicts.answers import find_answers, find_rounded
from variorum.compare.conflicts.attributes import find_attributes
from variorum.compare.conflicts.beginnings import find_beginnings
from variorum.compare.conflicts.causes import find_causes
from variorum.compare.conflicts.corrections import Correction, find_corrections
from variorum.compare.conflicts.courses import find_courses
from variorum.compare.conflicts.deeds import find_deeds
from variorum.compare.conflicts.denials import (
    find_admissions,
    find_bare_denials,
    find_denials,
    find_denied_claims,
    find_denied_in_other_words,
    repeats_nothing,
)
from variorum.compare.conflicts.denied_stories import find_denied_stories
from variorum.compare.conflicts.exposed import find_exposed, without_mentioned
from variorum.compare.conflicts.fates import find_fates
from variorum.compare.conflicts.figures import counts_told, find_figures
from variorum.compare.conflicts.moved import find_moved
from variorum.compare.conflicts.not_done import find_not_done
from variorum.compare.conflicts.outcomes import (
    content_shared,
    deeds_shared,
    find_outcomes,
    other_objects,
    other_things,
)
from variorum.compare.conflicts.pairing import but_parts, but_told_together, in_place_of_earlier, of_one_time, once_each
from variorum.compare.conflicts.plans import is_plan
from variorum.compare.conflicts.reach import Reach
from variorum.compare.conflicts.sides import find_recalled, with_sides
from variorum.compare.conflicts.states import find_states
from variorum.compare.conflicts.such import find_such_denials
from variorum.compare.conflicts.turns import find_turns, with_turns
from variorum.compare.conflicts.unlike import by_what_it_is_for
from variorum.compare.conflicts.untrue import find_untrue
from variorum.compare.facts.asked import asked, has_any
from variorum.compare.facts.contrast import Side
from variorum.compare.facts.counts import Count, round_of
from variorum.compare.facts.doers import two_doers
from variorum.compare.facts.doubt import somebody_denies
from variorum.compare.facts.fact import Fact, elsewhere, other_day, stem, without_relative
from variorum.compare.facts.order import order_of, same_root
from variorum.compare.facts.scope import other_grade, other_scope, set_apart, wide
from variorum.compare.facts.telling import count_value, question, shortened
from variorum.compare.facts.tolls import (
    claimed,
    count_tolls,
    find_tolls,
    near_in_time,
    nobody_and_some,
    of_one_day,
    rounded,
    scopes,
    states_total,
    told_by,
)
from variorum.compare.facts.vocabulary import words
from variorum.compare.finding import Finding
from variorum.model import Relation
from variorum.text.normalise import fold

#: Deeds, or words of one question, that are compared each with each at most.
_DEEDS: Final = 40
#: Days within which two dates are of one deed.
_ONE_DEED: Final = 45
#: A denial that does not repeat the words is one only if it is this near in meaning.
_NEAR_DENIAL: Final = 0.6
#: Words for what is still to come, or was when somebody spoke of it.
_TO_COME: Final = ("would", "due", "set to", "scheduled", "going to")
#: Terms of a denial from which it speaks of what has them all.
_REPEATED: Final = 3
#: How many times one figure may be another that it disputes: "an $800 contract" is not one of 300 million.
_TIMES: Final = 50
#: What two reports no longer disagree on that a notice has corrected.
_TAKEN_BACK: Final = ("quantity", "agent", "place")
#: Whose reports they are is not known.
_UNNAMED: Final[Mapping[str, str]] = {}
#: How sure it is that what answers a question that is disputed in the story belongs to the dispute.
_ALSO: Final = 0.72


def find_conflicts(
    alignment: Alignment,
    config: CompareConfig,
    reach: Reach | None = None,
    altered: Altered = UNALTERED,
    outlets: Mapping[str, str] = _UNNAMED,
) -> list[Finding]:
    """Every pair that answers one question differently, with how sure that is; the unsure are left out. With a
    ``reach`` also those of one story whose words are far apart; ``outlets`` says whose report each article is."""
    findings = [f for pair in alignment.pairs for f in _from_pair(pair, alignment, config)]
    corrections = list(_corrections(alignment, config, outlets))
    findings += _tolls(alignment, altered.alone.union(*(found.old for found in corrections)))
    findings += _categories(alignment, config)
    findings += _flips(alignment)
    findings += _opposites(alignment)
    findings += _dates(alignment)
    findings += find_bare_denials(alignment)
    findings += find_such_denials(alignment)
    findings += find_denied_accounts(alignment)
    findings += find_fates(alignment)
    findings = _with_ages(findings, list(find_ages(alignment)))
    findings += find_causes(alignment)
    findings += find_beginnings(alignment)
    if reach is not None:
        findings += find_figures(alignment, reach)
        told = counts_told(alignment.facts)
        findings += find_recalled(told)
        sure = [f for f in findings if f.confidence >= config.min_confidence]
        findings += list(find_answers(told, alignment, reach, sure))
        findings += list(find_rounded(told, alignment, reach, findings))
        findings += find_states(alignment, reach)
        findings += find_attributes(alignment, reach)
        findings += find_outcomes(alignment, reach)
        findings += find_moved(alignment, reach)
        turns = list(find_turns(alignment, reach))
        findings += find_deeds(alignment, reach)
        findings += find_denials(alignment, reach, {f.b for f in findings if f.denial and not _twins(f, alignment)})
        findings += list(find_denied_claims(alignment, {f.b for f in findings if f.denial}))
        findings += list(find_denied_in_other_words(alignment, reach, {f.b for f in findings if f.denial}))
        findings += list(find_denied_stories(alignment, {f.b for f in findings if f.denial}))
        findings += find_admissions(alignment, [f for f in findings if f.denial])
        findings = with_turns(findings, turns)
        findings += list(find_courses(alignment, findings))
    findings += list(find_not_done(alignment, [f for f in findings if f.confidence >= config.min_confidence]))
    findings = without_mentioned(findings, alignment.facts)
    findings = [_taken_back(f, alignment.facts) for f in findings if not {f.a, f.b} & altered.alone]
    findings += find_altered(altered, alignment.facts)
    group_of = homes(alignment.groups)
    findings = [
        _overtaken(f, alignment.facts) for f in findings
        if not (f.denial and _one_says_both(alignment.facts, *(alignment.groups[group_of[n]] for n in (f.a, f.b))))
    ]  # fmt: skip
    findings += find_exposed(alignment)
    findings += find_untrue(alignment, lambda n, m: alignment.scale.structure(n, m) >= config.same_event)
    findings = _with_corrections(_without_wider(findings), alignment.facts, corrections)
    findings = with_sides(_without_later_states(findings, alignment.facts), alignment.facts)
    sure = [f for f in findings if f.confidence >= config.min_confidence]
    shown = of_one_time(once_each([in_place_of_earlier(f, alignment.facts) for f in _told_once(sure)]), alignment)
    shown = but_parts(but_told_together(shown, alignment.facts), alignment.facts)
    return _denials_in_their_category(by_what_it_is_for(shown), alignment)


def _one_says_both(facts: Sequence[Fact], affirmed: Sequence[int], denied: Sequence[int]) -> bool:
    """Whether one source says in one sentence what is affirmed and what is denied: "we saw nobody, but we saw the
    tracks" is no dispute, whoever repeats half of it."""
    told: dict[tuple[str, int], list[Fact]] = {}
    for n in affirmed:
        told.setdefault((facts[n].statement.article, facts[n].scene.sentence), []).append(facts[n])
    return any(
        same_root(yes, facts[m])
        for m in denied
        for yes in told.get((facts[m].statement.article, facts[m].scene.sentence), ())
    )


def _with_ages(findings: Sequence[Finding], ages: Sequence[Finding]) -> list[Finding]:
    """Ages of whom it is known in place of those told of the same statements, of whomever."""
    known = {(frozenset((f.a, f.b)), frozenset(_numbers(f))) for f in ages}
    return [
        *(f for f in findings if f.kind != "quantity" or (frozenset((f.a, f.b)), frozenset(_numbers(f))) not in known),
        *ages,
    ]


def _taken_back(finding: Finding, facts: Sequence[Fact]) -> Finding:
    """A denial of one's own earlier words is the later state of them."""
    before, after = facts[finding.a], facts[finding.b]
    withdrawn = any(row.cue_lemma in asked().retracting for row in after.statement.attribution)
    if not (finding.denial and withdrawn and order_of(before, after) == 1):
        return finding
    return replace(finding, kind="status", relation="update", value_b="taken back", denial=False)


def _overtaken(finding: Finding, facts: Sequence[Fact]) -> Finding:
    """A denial of what came about, or was agreed, only after it: no dispute, but a later state."""
    if not finding.denial or finding.relation != "contradiction":
        return finding
    yes, no = facts[finding.a], facts[finding.b]
    told = (no.reported or "")[:10]
    since = is_plan(yes) or (yes.dated and yes.days is not None and yes.days[0] > told)
    if not (since and told and order_of(no, yes) == 1 and no.statement.article != yes.statement.article):
        return finding
    values = shortened(no.words), shortened(yes.words)
    return replace(
        finding, kind="status", relation="update", about=values[0], a=finding.b, b=finding.a,
        value_a=values[0], value_b=values[1], denial=False, places=(0, 1),
    )  # fmt: skip


def _told_once(findings: Sequence[Finding]) -> list[Finding]:
    """Two figures of two statements are in dispute, or one is the later state of the other: what is surer."""
    best: dict[tuple[frozenset[int], frozenset[str]], Finding] = {}
    for f in sorted(findings, key=lambda f: -f.confidence):
        if f.kind == "quantity":
            best.setdefault(_figures_of(f), f)
    return [f for f in findings if f.kind != "quantity" or best[_figures_of(f)].relation == f.relation]


def _without_later_states(findings: Sequence[Finding], facts: Sequence[Fact]) -> list[Finding]:
    """Two figures that are told as two states of one thing are no dispute where a third report repeats the later."""
    changed = {(f.about, *_numbers(f)) for f in findings if f.kind == "quantity" and f.relation == "update"}
    return [
        f for f in findings
        if f.kind != "quantity" or f.relation != "contradiction"
        or (f.about, *_numbers(f)) not in changed or order_of(facts[f.a], facts[f.b]) != 1
    ]  # fmt: skip


def _numbers(finding: Finding) -> tuple[str, str]:
    """What the two values open with, in figures: "3,400" of "3,400 hectares"."""
    first, last = (re.sub(r"^\D+", "", value).split(" ")[0] for value in (finding.value_a, finding.value_b))
    return first, last


def _figures_of(finding: Finding) -> tuple[frozenset[int], frozenset[str]]:
    return frozenset((finding.a, finding.b)), frozenset((finding.value_a, finding.value_b))


def _twins(finding: Finding, alignment: Alignment) -> bool:
    """Whether a denial is only set against the accusation that its own sentence repeats."""
    a, b = alignment.facts[finding.a], alignment.facts[finding.b]
    return a.statement.article == b.statement.article and a.scene.sentence == b.scene.sentence


def _from_pair(pair: Pair, alignment: Alignment, config: CompareConfig) -> Iterator[Finding]:
    a, b = alignment.facts[pair.a], alignment.facts[pair.b]
    if pair.likeness < config.same_event or other_scope(a, b):
        return
    if pair.clashes <= {"quantity"}:
        yield from _quantities(pair, a, b)
    if pair.clashes == {"reality"}:
        yield from _status(pair, a, b)
    if pair.clashes == {"reality", "polarity"}:
        yield from _undertaking(pair, a, b)
    if pair.clashes == {"polarity"} and near_in_time(a, b):
        yield from _denial(pair, a, b, alignment.scale.cosine(pair.a, pair.b))


# --- numbers ------------------------------------------------------------------------------------------------------


def _quantities(pair: Pair, a: Fact, b: Fact) -> Iterator[Finding]:
    sure = min(0.95, 0.45 + 0.5 * pair.likeness)
    for x, y in (*differing_counts(a, b), *rounded_counts(a, b)):
        comparable = not (x.more or y.more) and x.aside == y.aside  # of a year as a whole, and of what is in the news
        if (x.slot.unit or x.slot.role) and comparable and not _told_as_toll(x, y, a, b):
            yield from _number_finding(pair.a, pair.b, x, y, (a, b), sure)


def _told_as_toll(x: Count, y: Count, a: Fact, b: Fact) -> bool:
    """Whether the numbers are of a running total of people, which is gathered from the whole story, and not one
    rounded."""
    tolls = words().tolls
    people = tolls.of_people & (tolls.growing | tolls.moving)
    toll = x.slot.role in people or bool(states_total(x, a) and states_total(y, b))
    return toll and not round_of(x, y)


def _number_finding(n: int, m: int, x: Count, y: Count, facts: tuple[Fact, Fact], sure: float) -> Iterator[Finding]:
    relation, confidence, swap = _number_relation(x, y, *facts, sure)
    if relation is None:
        return
    if swap:
        n, m, x, y = m, n, y, x
    yield Finding("quantity", relation, question(x), n, m, count_value(x), count_value(y), confidence)


def _number_relation(x: Count, y: Count, a: Fact, b: Fact, sure: float) -> tuple[Relation | None, float, bool]:
    """How two numbers in one slot stand to each other, how sure that is, and whether the second is the earlier."""
    if (x.quantity.of is None) != (y.quantity.of is None):
        return "different_scope", sure - 0.1, False
    if round_of(x, y):
        return "rounding", sure + 0.05, False
    tolls = words().tolls
    order = order_of(a, b)
    growing = x.slot.role in tolls.growing or bool(x.quantity.cumulative and y.quantity.cumulative)
    if order and (x.slot.role in tolls.moving or (growing and (y.core - x.core) * order > 0)):
        return "update", sure + 0.05, order < 0
    if x.meets(y) or (x.core * y.core > 0 and not 1 / _TIMES <= x.core / y.core <= _TIMES):
        return None, 0.0, False
    return "contradiction", sure - (0.2 if growing and not order else 0.0), False


def _tolls(alignment: Alignment, void: frozenset[int]) -> Iterator[Finding]:
    """Each state of a running total against the next, all in one chain; its figures that are rounded, and those of
    towns beside those of a region. What is ``void``, a slip or withdrawn, is no state."""
    withdrawn = frozenset(n for n, fact in enumerate(alignment.facts) if fact.withdrawn)
    counted = count_tolls(alignment.facts, void | withdrawn)
    for x, y in rounded(counted):
        about, values = question(y.count), (count_value(x.count), count_value(y.count))
        yield Finding("quantity", "rounding", about, x.n, y.n, *values, 0.85)
    for town, region in scopes(alignment.facts):
        about, values = question(town.count), (count_value(town.count), count_value(region.count))
        yield Finding("quantity", "different_scope", about, town.n, region.n, *values, 0.75)
    for none, some in nobody_and_some(counted):
        about, values = question(some.count), (count_value(none.count), count_value(some.count))
        yield Finding("quantity", "contradiction", about, none.n, some.n, *values, 0.8)
    for known, rival in claimed(counted):
        about, values = question(known.count), (count_value(known.count), count_value(rival.count))
        yield Finding("quantity", "contradiction", about, known.n, rival.n, *values, 0.75)
    for toll in find_tolls(counted):
        for place, (before, after) in enumerate(pairwise(toll.states)):
            if of_one_day(before, after):
                continue
            first, last = before.totals[0], after.totals[0]
            edges = [(old.n, last.n) for old in before.totals] + [(first.n, new.n) for new in after.totals[1:]]
            for n, m in edges:
                if wide(alignment.facts[n]) != wide(alignment.facts[m]) or _beside(n, m, alignment):
                    continue  # "statewide", "a further boat"
                yield Finding(
                    "quantity", "update", toll.about, n, m, before.value, after.value, toll.confidence,
                    places=(place, place + 1), passing=alignment.facts[n].predicate not in told_by(),
                )  # fmt: skip


def _beside(n: int, m: int, alignment: Alignment) -> bool:
    """Whether one of two totals is of a place or thing beside the one in the news, or of another grade."""
    a, b = alignment.facts[n], alignment.facts[m]
    return set_apart(a) != set_apart(b) or other_grade(a, b)


def _without_wider(findings: Sequence[Finding]) -> list[Finding]:
    """A figure of another scope is neither a later state nor a dispute."""
    scopes = {frozenset((f.a, f.b)) for f in findings if f.relation == "different_scope"}
    disputes = ("update", "contradiction")
    return [
        f for f in findings
        if f.kind != "quantity" or f.relation not in disputes or frozenset((f.a, f.b)) not in scopes
    ]  # fmt: skip


def _corrections(alignment: Alignment, config: CompareConfig, outlets: Mapping[str, str]) -> Iterator[Correction]:
    def alike(n: int, m: int) -> bool:
        return alignment.scale.structure(n, m) >= config.same_event

    return find_corrections(alignment.facts, lambda f: f.statement.text, alike, outlets)


def _with_corrections(
    findings: Sequence[Finding], facts: Sequence[Fact], corrections: Iterable[Correction]
) -> list[Finding]:
    """What was withdrawn is an earlier state of what stands, and no dispute; what a notice repeats of it is told by
    nobody."""
    kept = [f for f in findings if not (facts[f.a].withdrawn or facts[f.b].withdrawn)]
    for found in corrections:
        both = {*found.old, *found.new, *(n for n, fact in enumerate(facts) if fact.corrects)}
        kept = [
            f for f in kept
            if f.kind not in _TAKEN_BACK or not ({f.a, f.b} <= both or found.settles(facts[f.a], facts[f.b]))
        ]  # fmt: skip
        later = [
            replace(f, a=n)
            for f in kept
            if f.relation == "update" and f.kind == "quantity" and found.has_what_stands(facts[f.a])
            for n in found.new
            if facts[n].corrects
        ]
        kept += [*found.findings(), *later]  # what overtook the figure that stands overtook the notice, too
    return kept


# --- dates --------------------------------------------------------------------------------------------------------


def _dates(alignment: Alignment) -> Iterator[Finding]:
    """One deed of one doer on two days: the letter that was sent on the 3rd, and on the 12th."""
    deeds: dict[int, list[int]] = {}
    for n, fact in enumerate(alignment.facts):
        family = _deeds().get(fact.predicate)
        happened = fact.statement.reality == "happened" and fact.statement.polarity == "affirmed"
        if family is not None and happened and fact.dated and fact.days and fact.days[0] == fact.days[1]:
            deeds.setdefault(family, []).append(n)
    for _, told in sorted(deeds.items()):
        for n, m in combinations(told[:_DEEDS], 2):
            a, b = alignment.facts[n], alignment.facts[m]
            if other_day(a.days, b.days) and a.days and b.days and _one_deed(a, b) and _near(a.days[0], b.days[0]):
                first, last = (n, m) if a.days < b.days else (m, n)
                values = [alignment.facts[i].days[0] for i in (first, last)]  # type: ignore[index]
                about = shortened(alignment.facts[first].words)
                yield Finding("date", "contradiction", about, first, last, values[0], values[1], 0.75)


@cache
def _deeds() -> dict[str, int]:
    return {stem(word): n for n, family in enumerate(words().deeds) for word in family}


def _one_deed(a: Fact, b: Fact) -> bool:
    """The same doer, or one who tells of himself, and the same thing done to."""
    doers = a.named("agent"), b.named("agent")
    own = all({p.head for p in f.parties.get("agent", ())} & words().pointing for f in (a, b))
    if not (doers[0] & doers[1] or (own and same_root(a, b) and a.statement.attribution)):
        return False
    letters = set(map(stem, words().letters))
    heads = [{p.head for p in f.parties.get("patient", ())} for f in (a, b)]
    if not heads[0] and not heads[1]:
        return True
    return bool(heads[0] & heads[1]) or bool(heads[0] & letters and heads[1] & letters)


def _near(one: str, other: str) -> bool:
    """Dates of one deed lie within some weeks, or are one with its year mistaken; else they are two deeds."""
    return abs((date.fromisoformat(one) - date.fromisoformat(other)).days) <= _ONE_DEED


# --- plans and denials --------------------------------------------------------------------------------------------


def _status(pair: Pair, a: Fact, b: Fact) -> Iterator[Finding]:
    """What was planned and then happened. What somebody else does is no outcome of it, be it in the same place."""
    if _other_deed(a, b) and not _one_party(a, b):
        return
    planned, held = (pair.a, pair.b) if a.statement.reality == "planned" else (pair.b, pair.a)
    before, after = (a, b) if planned == pair.a else (b, a)
    later = order_of(before, after) == 1  # what came of a plan is told after it
    if before.statement.reality != "planned" or after.statement.reality == "conditional" or not later:
        return
    if two_doers(before, after) or other_things(before, after) or not _of_one_plan(before, after):
        return
    if not planning().isdisjoint((after.predicate, *(p.head for p in after.parties.get("agent", ())))):
        return  # "announced 400 crowns a family", "the plan had been": no more than the plan again
    lasts = after.predicate == "be" or (after.statement.reality == "ongoing" and not _later_deed(before, after))
    if has_any(after.words, _TO_COME) or (lasts and not has_any(after.statement.text, asked().change)):
        return  # "would take twelve days", "is thrilled to host it": the plan, or what goes on
    if _one_end(before, after) or _one_length(before, after):
        return  # "will be shut until Wednesday", "has shut it until Wednesday"
    if after.predicate in _plain() and not planning().isdisjoint(after.terms):
        return  # "a freeze is part of the programme"
    if _other_deed(before, after) and other_objects(before, after):
        return  # "will not get a fair trial", "has got no assurances"
    confidence = min(0.95, 0.37 + 0.6 * pair.likeness)
    off = after.predicate in _dropped() and after.predicate != before.predicate  # "blocked" what it was to block
    outcome = "called off" if off else "happened"
    yield Finding("status", "update", shortened(after.words), planned, held, "planned", outcome, confidence)


def _of_one_plan(before: Fact, after: Fact) -> bool:
    """Whether both tell what was to be done, or to what, by its verb or a word of it; a day and names have many deeds.
    One word alone is not enough where they name nobody in common and nothing takes part in both: "will sit", "sits"."""
    shared = deeds_shared(before, after)
    one_deed = before.predicate == after.predicate and (before.predicate != "" or bool(content_shared(before, after)))
    met = bool(before.names & after.names) or _one_party(before, after)
    return len(shared) > 1 or (met and (bool(shared) or one_deed))


def _later_deed(before: Fact, after: Fact) -> bool:
    """Whether a later report has the very deed that was planned."""
    return order_of(before, after) == 1 and before.predicate == after.predicate


def _undertaking(pair: Pair, a: Fact, b: Fact) -> Iterator[Finding]:
    """What was not going to be done and then was: "will not sack the director", "the director was sacked"."""
    planned, held = (pair.a, pair.b) if a.statement.reality == "planned" else (pair.b, pair.a)
    before, after = (a, b) if planned == pair.a else (b, a)
    turned = before.statement.reality == "planned" and before.statement.polarity == "negated"
    done = after.statement.reality == "happened" and before.predicate == after.predicate != ""
    if turned and done and order_of(before, after) == 1 and before.names & after.names:
        confidence = min(0.9, 0.4 + 0.6 * pair.likeness)
        about = shortened(after.words)
        yield Finding("status", "update", about, planned, held, "not to happen", "happened", confidence)


def _one_end(a: Fact, b: Fact) -> bool:
    """Whether both tell of what lasts until one and the same day, which has not come when they are reported."""
    told = (b.reported or "")[:10]
    return bool(told) and a.days is not None and a.days == b.days and a.days[0] < "0002" and a.days[1] >= told


def _one_length(a: Fact, b: Fact) -> bool:
    """Whether both tell one length of time: "expected within nine months", "has nine months to decide"."""
    lengths = asked().lengths
    return any(x.slot.unit in lengths and x.slot == y.slot and x.core == y.core for x in a.counts for y in b.counts)


@cache
def _dropped() -> frozenset[str]:
    return frozenset(map(stem, words().dropped))


def _denial(pair: Pair, a: Fact, b: Fact, cosine: float | None) -> Iterator[Finding]:
    """One affirms what another root negates."""
    affirmed, negated = (pair.a, pair.b) if a.statement.polarity == "affirmed" else (pair.b, pair.a)
    yes, no = (a, b) if affirmed == pair.a else (b, a)
    meant = somebody_denies(no)
    if repeats_nothing(no):
        return  # "denied the report to the Courier" is not of all that names the Courier: what was told before it says
    if same_root(yes, no) or _open(yes) or not _denies(yes, no, cosine) or (not meant and _other_deed(yes, no)):
        return
    # "They are in merger talks", "they are not in merger talks": all that is denied stands in what was said.
    said = no.terms & {stem(word) for word in no.key.split(" ")}
    repeats = len(said) >= _REPEATED and said <= yes.terms
    confidence = min(0.95, (0.55 if meant else 0.48 if repeats else 0.3) + 0.5 * pair.likeness)
    about = shortened(yes.words)
    yield Finding("denial", "contradiction", about, affirmed, negated, "affirmed", "denied", confidence, denial=True)


def _other_deed(yes: Fact, no: Fact) -> bool:
    """Whether what did not happen is another deed than what did: "a man was swept off the pier", "the pier was not
    closed"."""
    light = words().empty
    told = [p for p in (yes.predicate, no.predicate) if p and p not in light]
    return len(told) == 2 and no.predicate not in yes.terms and yes.predicate not in no.terms and told[0] != told[1]


def _one_party(a: Fact, b: Fact) -> bool:
    """Whether somebody or something takes part in both."""
    one, other = ([p for told in fact.parties.values() for p in told] for fact in (a, b))
    return any(x.head == y.head or (x.thing is not None and x.thing == y.thing) for x in one for y in other)


def _open(fact: Fact) -> bool:
    """Whether words leave open what they name: "the dam either broke or it did not"."""
    return not words().open.isdisjoint(fact.key.split(" "))


def _denies(yes: Fact, no: Fact, cosine: float | None) -> bool:
    """Whether what is negated is affirmed by the other: to deny something special ("an intercontinental missile") is
    not to deny the general ("a missile")."""
    if any(q not in yes.sides or yes.sides[q].side != side.side for q, side in no.sides.items()):
        return False
    core = without_relative(no)
    near = core == no.terms and (cosine or 0.0) >= _NEAR_DENIAL
    return len(core & yes.terms) >= 0.5 * len(core) or near


def about_the_category(fact: Fact, about: str) -> bool:
    """Whether a statement is about the category, and does not name it in passing ("talks after the arson attack"):
    the words stand in its predicate or in one of its participants."""
    side, frame = fact.sides.get(about), fact.statement.frame
    if side is None or frame is None:
        return side is not None
    named = frame.predicate in words().naming
    told = [a for a in frame.arguments if named or a.role != "other"]
    core = {fold(w) for a in told for w in (a.head, *a.modifiers)} | {frame.predicate}
    core |= {stem(word) for word in core}
    # "Called the failure 'a breach'": of what stands in quotation marks the parser makes no participant.
    quoted = named and frame.predicate != "be" and side.phrase in fact.key
    return quoted or not core.isdisjoint((side.phrase, *(stem(w) for w in re.split(r"[ -]", side.phrase))))


def _opposites(alignment: Alignment) -> Iterator[Finding]:
    """One says that it did, the other that it did not, in few like words: "no siren sounded", "the sirens were
    sounded"."""
    told: dict[tuple[str, str], list[int]] = {}
    for n, fact in enumerate(alignment.facts):
        if fact.predicate and fact.statement.reality == "happened" and fact.predicate not in _plain():
            core = [fact.parties.get("patient", ()), fact.parties.get("agent", ())]
            for party in next(filter(None, core), ()):
                if party.head not in words().pointing | words().people:
                    told.setdefault((fact.predicate, party.head), []).append(n)
    towns = _towns(alignment.facts)
    for _, found in sorted(told.items()):
        yes = [n for n in found if alignment.facts[n].statement.polarity == "affirmed"][:_DEEDS]
        no = [n for n in found if alignment.facts[n].statement.polarity == "negated"][:_DEEDS]
        yield from (f for n in yes for m in no for f in _opposite(n, m, alignment, towns))


@cache
def _plain() -> frozenset[str]:
    """Predicates that say nothing by themselves."""
    return frozenset(
        map(stem, (*words().empty, "go", "come", "give", "find", "see", "know", "want", "need", "leave", "show"))
    )


def _opposite(n: int, m: int, alignment: Alignment, towns: Mapping[str, set[str]]) -> Iterator[Finding]:
    yes, no = alignment.facts[n], alignment.facts[m]
    if same_root(yes, no) or _open(yes) or other_day(yes.days, no.days):
        return
    of_him = _told_of_him(yes, no)
    if yes.statement.article == no.statement.article and not of_him:
        return
    own = [f.names & f.scene.places for f in (yes, no)]
    one_area = any(own[0] & t and own[1] & t for t in towns.values())
    if (own[0] and own[1] and not (own[0] & own[1]) and not one_area) or differing_counts(yes, no):
        return
    agents = [{p.thing or p.head for p in f.parties.get("agent", ())} for f in (yes, no)]
    if all(f.parties.get("patient") for f in (yes, no)) and not (agents[0] & agents[1] or of_him):
        return
    if _denier(yes, no) is yes:
        n, m, yes = m, n, no
    about = shortened(yes.words)
    yield Finding("denial", "contradiction", about, n, m, "affirmed", "denied", 0.72, denial=True)


def _told_of_him(yes: Fact, no: Fact) -> bool:
    """Whether somebody says that he did not do to a thing, by all its words, what is told of him: "the police used
    nets", "the police said that they had used no nets"."""
    himself = {p.head for p in no.parties.get("agent", ())}
    source = {stem(word) for word in fold(no.statement.root.name or "").split(" ")}
    doers = {p.head for p in yes.parties.get("agent", ())}
    same = yes.undergoing & no.undergoing
    return bool(himself) and himself <= words().pointing and bool(source & doers) and bool(same)


def _denier(a: Fact, b: Fact) -> Fact:
    """Who denies what the other says: the one who is said to deny, else the one who speaks later, else who says no."""
    for one, other in ((a, b), (b, a)):
        if somebody_denies(one) and not somebody_denies(other):
            return one
    order = order_of(a, b)
    if order:
        return b if order > 0 else a
    return a if a.statement.polarity == "negated" else b


def _towns(facts: Sequence[Fact]) -> dict[str, set[str]]:
    """The places that each article names."""
    towns: dict[str, set[str]] = {}
    for fact in facts:
        towns.setdefault(fact.statement.article, set()).update(fact.scene.places)
    return towns


# --- states -------------------------------------------------------------------------------------------------------


def _flips(alignment: Alignment) -> Iterator[Finding]:
    """Two states of one thing that exclude each other, whichever is said by a "not"."""
    asked: dict[str, list[int]] = {}
    for n, fact in enumerate(alignment.facts):
        for about, side in sorted(fact.sides.items()):
            if side.contrast.flips and fact.statement.reality != "planned" and not _only_narrows(fact, about):
                asked.setdefault(about, []).append(n)
    for about, found in sorted(asked.items()):
        for n, m in combinations(found[:_DEEDS], 2):
            a, b = alignment.facts[n], alignment.facts[m]
            one, other = state_of(a, about), state_of(b, about)
            apart = elsewhere(a, b) or other_day(a.days, b.days) or not near_in_time(a, b) or same_root(a, b)
            if one == other or apart or not _one_thing(a, b):
                continue
            yes, no = (n, m) if one == 0 else (m, n)
            if a.sides[about].contrast.kind == "denial" and _denier(a, b) is alignment.facts[yes]:
                yes, no = no, yes
            first, last = alignment.facts[yes], alignment.facts[no]
            kind = a.sides[about].contrast.kind
            values = ("affirmed", "denied") if kind == "denial" else (shortened(first.words), shortened(last.words))
            subject = shortened(first.words) if kind == "denial" else about
            yield Finding(kind, "contradiction", subject, yes, no, *values, 0.75, denial=kind == "denial")


def _one_thing(a: Fact, b: Fact) -> bool:
    """Whether what is said to be in a state is one thing: by name, or by a head that one article calls it by."""
    left, right = ([p for r in ("agent", "patient") for p in f.parties.get(r, ())] for f in (a, b))
    return any(
        (x.thing and x.thing == y.thing) or x.head == y.head or x.head in y.modifiers or y.head in x.modifiers
        for x in left
        for y in right
        if x.head not in words().pointing
    )


# --- categories ---------------------------------------------------------------------------------------------------


def _categories(alignment: Alignment, config: CompareConfig) -> Iterator[Finding]:
    """Claims on two sides of one question."""
    asked: dict[str, list[int]] = {}
    denied: dict[tuple[str, int], list[Fact]] = {}
    for group in alignment.groups:
        for about, side in sorted(alignment.facts[group[0]].sides.items()):
            if side.contrast.flips:
                continue
            if alignment.facts[group[0]].statement.polarity == "affirmed":
                asked.setdefault(about, []).append(group[0])
            else:
                # "Had not been notified of the merger" does not deny that it is one.
                facts = (alignment.facts[n] for n in group)
                denied.setdefault((about, side.side), []).extend(f for f in facts if about_the_category(f, about))
    for about, found in sorted(asked.items()):
        told = [f for n, m in combinations(found, 2) for f in _category(alignment, about, (n, m), denied, config)]
        yield from told
        yield from _also_asked(alignment, about, found, [f for f in told if f.confidence >= config.min_confidence])


def _also_asked(alignment: Alignment, about: str, found: Sequence[int], told: Sequence[Finding]) -> Iterator[Finding]:
    """Of a question on the event that is disputed in this story, the others that answer it, each beside one of the
    other side; not where each of several people has an answer of his own."""
    facts, known = alignment.facts, {n for f in told for n in (f.a, f.b)}
    for n in found if told else ():
        one = facts[n].sides[about]
        if one.contrast.of_somebody or _only_narrows(facts[n], about):
            continue
        across = (
            m
            for m in sorted(known)
            if facts[m].sides[about].side != one.side
            and not same_root(facts[n], facts[m])
            and not elsewhere(facts[n], facts[m])
            and not other_day(facts[n].days, facts[m].days)
        )
        if n not in known and about_the_category(facts[n], about) and (m := next(across, None)) is not None:
            a, b = sorted((n, m))
            values = facts[a].sides[about].phrase, facts[b].sides[about].phrase
            yield Finding("category", "contradiction", about, a, b, *values, _ALSO)


def _category(
    alignment: Alignment,
    about: str,
    pair: tuple[int, int],
    denied: dict[tuple[str, int], list[Fact]],
    config: CompareConfig,
) -> Iterator[Finding]:
    a, b = (alignment.facts[n] for n in pair)
    one, other = a.sides[about], b.sides[about]
    if one.side == other.side or same_root(a, b):
        return
    if _only_narrows(a, about) != _only_narrows(b, about) or (one.contrast.of_somebody and not _one_thing(a, b)):
        return
    denial = _is_denied(a, one, denied) or _is_denied(b, other, denied)
    likeness, shared = alignment.scale.structure(*pair), len(a.scene.names & b.scene.names)
    apart = elsewhere(a, b) or other_day(a.days, b.days)
    one_kind = _one_kind(a, b, about)
    about_it = about_the_category(a, about) and about_the_category(b, about)
    told = shared or (about_it and not (a.scene.names and b.scene.names))
    of_all = _of_all(a, b, about)
    if (
        not told
        if denial
        else (one.contrast.needs_denial or apart or not (one_kind or of_all or likeness >= config.same_event))
    ):
        return
    confidence = min(0.95, 0.4 + 0.5 * likeness + (0.3 if denial else 0.0) + 0.05 * min(shared, 3))
    confidence = max(confidence, 0.75 if one_kind or of_all or (denial and about_it) else 0.0)
    yield Finding("category", "contradiction", about, *pair, one.phrase, other.phrase, confidence)


def _of_all(a: Fact, b: Fact, about: str) -> bool:
    """Whether one says of all what the other says something else of ("guilty on all counts"), in another report."""
    apart = a.statement.article == b.statement.article or not near_in_time(a, b)
    return not apart and any(has_any(f.words, asked().of_all) and about_the_category(f, about) for f in (a, b))


def _one_kind(a: Fact, b: Fact, about: str) -> bool:
    """Whether both say of one named thing what kind of thing it is, by one head with other words before it."""
    heads = {f.sides[about].phrase.split(" ")[-1] for f in (a, b)}
    modified = all(" " in f.sides[about].phrase for f in (a, b))
    return modified and len(heads) == 1 and bool(a.names & b.names)


def _is_denied(yes: Fact, side: Side, denied: dict[tuple[str, int], list[Fact]]) -> bool:
    """Whether another root negates this side of the question in a statement on the same things."""
    return any(
        not same_root(yes, no) and (bool(yes.scene.names & no.scene.names) or not yes.scene.names or not no.scene.names)
        for no in denied.get((side.contrast.about, side.side), ())
        if not (side.contrast.needs_denial and _only_narrows(no, side.contrast.about))
    )


def _only_narrows(fact: Fact, about: str) -> bool:
    """Whether a side of a question only narrows another noun than the one that is asked of: "is not in merger talks"
    says nothing of the deal's kind, "an intermediate-range missile" all of the missile's."""
    frame, phrase = fact.statement.frame, fact.sides[about].phrase if about in fact.sides else ""
    told = [a for a in frame.arguments if fold(a.head) not in about.split(" ")] if frame else []
    return not any(fold(a.head) in phrase for a in told) and any(phrase in map(fold, a.modifiers) for a in told)


def _denials_in_their_category(findings: Sequence[Finding], alignment: Alignment) -> list[Finding]:
    """A denial of one side of a disputed category is part of that dispute, not another one."""
    disputed = {f.about for f in findings if f.kind == "category"}
    told = []
    for finding in findings:
        side = next((s for q, s in sorted(alignment.facts[finding.b].sides.items()) if q in disputed), None)
        if finding.kind == "denial" and side is not None:
            about, no = side.contrast.about, f"not {side.phrase}"
            yes = alignment.facts[finding.a].sides.get(about, side).phrase
            told.append(replace(finding, kind="category", about=about, value_a=yes, value_b=no))
        else:
            told.append(finding)
    return told
