"""What keeps a finding from being told. A false alarm costs more than a miss, and ordinary reports are full of pairs
that look like a dispute: a question and its answer, one sentence read in two ways, an undated plan and its outcome.

Each reason was seen on real reports, where most of what was shown before was none (`docs/decisions/0025`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from itertools import permutations
from typing import Final

from rapidfuzz import fuzz

from variorum.compare.conflicts.denials import does_not_deny, repeats_nothing
from variorum.compare.conflicts.firm import (
    of_one_of_several,
    of_two_matters,
    of_two_measures,
    of_what_is_not_named,
)
from variorum.compare.conflicts.pairing import no_other_date, of_a_second, tells_earlier, told_by_both
from variorum.compare.conflicts.plans import is_plan
from variorum.compare.conflicts.reckonings import reckons_against
from variorum.compare.conflicts.rounding import no_rounding, of_another_thing
from variorum.compare.conflicts.unlike import (
    never_enough,
    of_a_bound,
    of_a_kind_by_number,
    of_another_event,
    of_another_way,
    of_anothers,
    of_others,
    of_two_makes,
    on_top_of_others,
    only_at_first,
)
from variorum.compare.facts.asked import asked, has_any, kind_of_unit
from variorum.compare.facts.asserting import asks
from variorum.compare.facts.counts import Count, words_before, words_behind
from variorum.compare.facts.doubt import doubts, somebody_denies
from variorum.compare.facts.fact import Fact, stem, two_named
from variorum.compare.facts.names import Names
from variorum.compare.facts.opposites import says_no
from variorum.compare.facts.order import order_of, same_root
from variorum.compare.facts.questions import is_money, names_people
from variorum.compare.facts.remembered import of_fact, of_pair
from variorum.compare.facts.stance import exposes, is_mentioned
from variorum.compare.facts.telling import count_value
from variorum.compare.facts.vocabulary import words
from variorum.compare.finding import Finding
from variorum.text.normalise import fold

#: Likeness from which two texts are one sentence, in percent.
_ONE_SENTENCE: Final = 85
#: Words of one report that it has twice by more than chance.
_QUOTED: Final = 3
#: How far apart two shares may be that are one, rounded.
_ROUNDED: Final = 0.03
#: Words behind a figure that say what it is of.
_BEHIND: Final = 6
_MONTH: Final = len("2031-05")
_WORD: Final = re.compile(r"\w+(?:['’]\w+)?")
#: What is said of what could be done, not of what was.
_ABLE: Final = re.compile(r"\b(?:can|capable of|able to|(?:with|has|have|had|having) (?:a|the) (?:[\w-]+ )?capacity)\b")
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
#: Who speaks of himself denies what others say of him in any words.
_OF_ONESELF: Final = re.compile(r"\bI\b")
_PERSONS: Final = frozenset({"he", "she", "him", "her"})
#: Years between two ages from which they are those of two people.
_AGES_APART: Final = 10
#: Before or behind a number of things in a row, of which there are more.
_ROW: Final = frozenset({"first", "last", "next", "final", "previous", "opening", "closing", "remaining"})
#: What is not so yet, and then is.
_NOT_UNTIL: Final = re.compile(r"\b(?:not|never|n't)\b.{0,60}\b(?:until|till|unless)\b")
_PLEA: Final = re.compile(r"\b(?:plead(?:s|ed|ing)?|pled)\b")
_HAD_PLEADED: Final = re.compile(r"\bhad (?:\w+ )?(?:pleaded|pled)\b")
#: Says of a deed that it is not done, without a "not".
_HINDERS: Final = re.compile(
    r"\b(?:prevent|stop|stopp|keep|block|bar|barr|hinder|deter|deterr)(?:s|ed|ing)? (?:\S+ ){1,6}from \w+ing\b"
)
_ITS_OWN: Final = re.compile(r"\b(?:its|his|her|their|our|my) own \w")
#: Words for what several are together.
_MEAN: Final = frozenset({"average", "averages", "averaged", "averaging", "mean", "median"})

#: Before or behind a figure that says how far another may be off.
_ERROR: Final = re.compile(r"\b(?:plus or minus|margins? of (?:[\w-]+ )?error)\b")
#: What is measured among people who were asked: every such figure is one of its own day, people and question.
_ASKED: Final = re.compile(
    r"\b(?:opinion polls?|polled|surveys?|surveyed|respondents?"
    r"|polls? (?:by|from|of|conducted|released|published|shows?|showed|finds?|found|suggests?|suggested))\b"
)
_OF_THOSE_ASKED: Final = re.compile(
    r"\b(?:percent|per cent|%) of (?:those|all )?(?:[a-z]+ )?(?:responding|asked|questioned|voters)\b"
)
#: Who may give or get money.
_OWNERS: Final = ("person", "organisation", "outlet", "product", "other")
_SHARES: Final = frozenset({"percent", "percentage_point", "percentage_points", "point"})


def plausible(finding: Finding, facts: Sequence[Fact], names: Names) -> bool:
    """Whether nothing speaks against telling ``finding``."""
    a, b = facts[finding.a], facts[finding.b]
    if asks(a) or asks(b):
        return False
    if finding.relation == "contradiction" and (does_not_deny(a) or does_not_deny(b)):
        return False
    if finding.denial and (exposes(b) or is_mentioned(b)):
        return True  # a report calls untrue what the other tells
    if finding.relation == "contradiction" and told_by_both(finding, facts):
        return False
    if finding.pointed:
        return True
    if finding.whose:
        return True  # other figures of the sentence, and other names, have been seen
    if finding.kind == "denial" and finding.relation == "update":
        return True  # what was denied is admitted in the same words: that is the finding
    if finding.corrected and finding.kind == "agent":
        return True  # a notice says which name was wrong
    if any(reason(finding, a, b, names) for reason in _BY_NAMES.get(finding.kind, ())):
        return False
    return not _speaks_against(replace(finding, a=0, b=0, confidence=0.0), a, b)


@of_pair
def _speaks_against(finding: Finding, a: Fact, b: Fact) -> bool:
    """Whether any reason by the words of two statements does."""
    return any(reason(finding, a, b) for reason in _REASONS.get(finding.kind, ()))


Reason = Callable[[Finding, Fact, Fact], bool]


# --- denials --------------------------------------------------------------------------------------------------------


def _one_sentence(finding: Finding, a: Fact, b: Fact) -> bool:
    return _are_one_sentence(a, b) or _quotes_it(a, b)


def _quotes_it(a: Fact, b: Fact) -> bool:
    """Whether one report has the words of the one in the other, which it quotes: "citing bad information", "not
    expecting a statement – bad information"."""
    own = _WORD.findall(fold(a.words))
    return (
        a.statement.article == b.statement.article
        and len(own) >= _QUOTED
        and f" {' '.join(own)} " in f" {' '.join(_WORD.findall(b.folded))} "
        and not repeats_nothing(b)
        and not somebody_denies(b)
    )


@of_pair
def _are_one_sentence(a: Fact, b: Fact) -> bool:
    """One sentence in two reports, read in two ways: nothing in the one says no that is not in the other."""
    if repeats_nothing(b):
        return False  # "the company denied this", of a plant without a permit
    if all(any(map(_says_no, _WORD.findall(fold(fact.words)))) for fact in (a, b)):
        return True  # both say no: "we deny it", "there is no truth in it"; or one was misread
    if fuzz.token_set_ratio(a.folded, b.folded) < _ONE_SENTENCE:
        return False
    yes, no = (set(_WORD.findall(fact.folded)) for fact in (a, b))
    if any(map(_says_no, no - yes)):
        return False
    # "Officials denied it" says no before the words, unless they are the officials' own.
    told = b.statement.attribution[-1:]
    return not (told and told[0].stance == "deny" and told[0].quote != "direct")


def _says_no(word: str) -> bool:
    return says_no(word) or stem(word) in _denying()


@cache
def _denying() -> frozenset[str]:
    return frozenset(stem(word) for phrase in asked().denying for word in phrase.split()) - words().empty


def _left_open(finding: Finding, a: Fact, b: Fact) -> bool:
    """ "Would not say whether a fee was paid": that it was is told by nobody."""
    return a.statement.certainty == "unknown"


def _no_answer(finding: Finding, a: Fact, b: Fact) -> bool:
    """ "Did not comment", "cannot confirm": nothing is denied."""
    return b.statement.polarity == "negated" and b.predicate in _silent()


@cache
def _silent() -> frozenset[str]:
    return frozenset(map(stem, asked().silent))


def _some_other(finding: Finding, a: Fact, b: Fact) -> bool:
    """One kind does and another does not: "the bay salmon spawns here", "the river salmon does not"; or not all."""
    if re.match(r"\W*not (?:all|every|everyone|everybody|always)\b", fold(b.words)):
        return True
    return _doers_of_two_kinds(a, b)


@of_pair
def _doers_of_two_kinds(a: Fact, b: Fact) -> bool:
    """Whether the doers are of one noun that other words narrow, and neither names what the other names: "the bay
    salmon", "the river salmon"."""
    left, right = ({p.head: p.modifiers for p in f.parties.get("agent", ())} for f in (a, b))
    return not a.names & b.names and any(
        left[head] and right[head] and not left[head] & right[head] for head in left.keys() & right.keys()
    )


#: What somebody would not do.
_REFUSED: Final = re.compile(r"\b(?:refus(?:e|ed|es|ing)|declin(?:e|ed|es|ing)) to (\w+)")


def _no_by_its_verb(finding: Finding, a: Fact, b: Fact) -> bool:
    """Nothing says no but the verb, and the other has that verb too: "refused to leave", "the three who refused"; or
    knows nothing of what was refused."""
    if b.statement.polarity == "affirmed" or somebody_denies(b) or any(map(_says_no, _WORD.findall(fold(b.words)))):
        return False
    refused = _REFUSED.search(fold(b.words))
    return b.predicate in a.terms or (refused is not None and stem(refused[1]) not in a.terms | {a.predicate})


#: "Must not build" forbids, and does not say that nobody built.
_FORBIDS: Final = re.compile(
    r"\b(?:must|should|shall|may) (?:not|never)\b|\bought not\b|\b(?:is|are) not (?:allowed|permitted)\b"
)


def _forbids(finding: Finding, a: Fact, b: Fact) -> bool:
    """What must not be is not said not to be, but where the other says that it may or must."""
    return _FORBIDS.search(b.folded) is not None and not _MAY.search(a.folded) and not somebody_denies(b)


_MAY: Final = re.compile(r"\b(?:must|should|shall|may|can|could|allowed|permitted|allows|permits|right)\b")


def _asked_for(finding: Finding, a: Fact, b: Fact) -> bool:
    """What somebody asks for is not said to be so."""
    return any(row.stance == "ask" for row in a.statement.attribution[-1:]) and a.statement.reality != "happened"


def _names_in_common_alone(finding: Finding, a: Fact, b: Fact) -> bool:
    """Who says no without saying that he denies says it of what the other tells, and not only of whom it names."""
    if somebody_denies(b) or repeats_nothing(b) or not a.names & b.names:
        return False
    if a.predicate == b.predicate != "" or _OF_ONESELF.search(b.words):
        return False
    return not _said(a) & _said(b) and bool(_said(b))


@of_fact
def _said(fact: Fact) -> set[str]:
    """The words of a statement that are neither names nor figures."""
    capitals = {stem(fold(word)) for word in _WORD.findall(fact.words)[1:] if word[:1].isupper()}
    called = {p.head for own in fact.parties.values() for p in own if p.thing}
    return {term for term in fact.terms - capitals - called if not re.search(r"\d", term)}


def _of_another_person(finding: Finding, a: Fact, b: Fact, names: Names) -> bool:
    """Who denies that he did it says nothing of what somebody else did, who is named and is not he."""
    denier = b.statement.root.entity
    doers = {p.head for p in b.parties.get("agent", ())}
    if not (finding.denial and denier and doers and doers <= _PERSONS):
        return False
    return any(p.thing for p in a.parties.get("agent", ())) and names.thing(denier) not in a.names


def _of_other_people(finding: Finding, a: Fact, b: Fact, names: Names) -> bool:
    """ "Witnesses testified", "he did not testify": one man is not the several of whom it is told."""
    doers = {p.head for p in b.parties.get("agent", ())}
    one = bool(doers) and (
        doers <= _PERSONS or any(names.kind(p.thing) == "person" for p in b.parties["agent"] if p.thing)
    )
    return one and _are_several(a) and not somebody_denies(b)


@of_fact
def _are_several(fact: Fact) -> bool:
    """Whether those who do it are people in the plural."""
    frame, begin = fact.statement.frame, fact.statement.span[0]
    called = (
        [fact.statement.text[a.span[0] - begin : a.span[1] - begin] for a in frame.arguments if a.role == "agent"]
        if frame
        else []
    )
    last = [fold(words.rstrip().rsplit(" ", 1)[-1]) for words in called if words.strip()]
    return bool(last) and all(word.endswith("s") and word != stem(word) and names_people(stem(word)) for word in last)


def _another_plea(finding: Finding, a: Fact, b: Fact) -> bool:
    """ "Had pleaded not guilty" before he pleaded guilty: who changes his plea disputes nothing."""
    return all(_PLEA.search(f.folded) for f in (a, b)) and _HAD_PLEADED.search(b.folded) is not None


def _both_hinder(finding: Finding, a: Fact, b: Fact) -> bool:
    """ "Fog prevents them from landing", "they cannot land": that it is not done is what both say."""
    return _HINDERS.search(fold(a.words)) is not None and not somebody_denies(b)


def _of_its_own(finding: Finding, a: Fact, b: Fact) -> bool:
    """ "Does not use its own ferries" leaves open whether it uses another's."""
    owns = [_ITS_OWN.search(fold(f.words)) is not None for f in (a, b)]
    return owns[1] and not owns[0] and not somebody_denies(b)


def _hardly_says(finding: Finding, a: Fact, b: Fact) -> bool:
    """A word of content and no name ("what I believe", "he fired") is not enough to tell what is denied."""
    return finding.denial and len(a.terms) <= 1 and not a.names


def _both_say_no(finding: Finding, a: Fact, b: Fact) -> bool:
    """ "The story is a hoax" is not what denies the story."""
    return finding.denial and doubts(a)


def _of_earlier(finding: Finding, a: Fact, b: Fact) -> bool:
    """What was so before and what is not so now: "previously, towns were required to ask the river board"."""
    earlier = [has_any(f.statement.text, asked().before) for f in (a, b)]
    return finding.relation == "contradiction" and earlier[0] != earlier[1] and not somebody_denies(b)


def _only_not_yet(finding: Finding, a: Fact, b: Fact) -> bool:
    """ "Will not take effect until ten have signed" says that it then will."""
    return _NOT_UNTIL.search(fold(b.words)) is not None and not somebody_denies(b)


def _each_of_himself(finding: Finding, a: Fact, b: Fact) -> bool:
    """Two speakers who each tell what "he" did: each of himself."""
    speakers = [f.statement.root.entity for f in (a, b)]
    doers = [{p.head for p in f.parties.get("agent", ())} for f in (a, b)]
    each = all(speakers) and speakers[0] != speakers[1] and all(own and own <= _PERSONS for own in doers)
    return each and not somebody_denies(b)


def _both_open(finding: Finding, a: Fact, b: Fact) -> bool:
    """ "Should be back by Friday", "may not be back before": nobody says that it is so, and nobody that it is not."""
    return finding.relation == "contradiction" and all(f.statement.reality == "conditional" for f in (a, b))


# --- numbers --------------------------------------------------------------------------------------------------------


def _ages_of_several(finding: Finding, a: Fact, b: Fact) -> bool:
    """Whose age it is cannot be told where two are named, and two people need not be of one age."""
    ages = [[c for c in f.counts if c.slot.role == "age" or c.slot.unit == "year"] for f in (a, b)]
    told = {finding.value_a.split(" ")[0], finding.value_b.split(" ")[0]}
    if not any(f"{c.core:g}" in told for own in ages for c in own):
        return False
    aged = any(c.slot.role == "age" for own in ages for c in own)
    return any(len(own) > 1 for own in ages) or (aged and bool(a.names and b.names) and not a.names & b.names)


def _ages_apart(finding: Finding, a: Fact, b: Fact) -> bool:
    """An age that is got wrong is wrong by some years: 26 and 16 are those of two people."""
    ages = [[c.core for c in f.counts if c.slot.role == "age"] for f in (a, b)]
    values = (value.split(" ") for value in _values(finding))
    told = [[age for age in own if f"{age:g}" in value] for own, value in zip(ages, values, strict=True)]
    return bool(told[0] and told[1]) and abs(told[0][0] - told[1][0]) >= _AGES_APART


def _values(finding: Finding) -> tuple[str, str]:
    return finding.value_a, finding.value_b


def _of_himself_alone(finding: Finding, a: Fact, b: Fact) -> bool:
    """ "He has two children", "he has three": nobody can tell whether they are one man; nor does a report dispute its
    own figures."""
    doers = [{p.head for p in f.parties.get("agent", ())} for f in (a, b)]
    both = all(own and own <= _PERSONS for own in doers)
    alone = finding.relation == "contradiction" and a.statement.article == b.statement.article and same_root(a, b)
    return both or (alone and not reckons_against(a, b))


def _some_of_a_row(finding: Finding, a: Fact, b: Fact) -> bool:
    """ "The first eight points", "one final chance": some of more."""
    pairs = zip((a, b), _values(finding), strict=True)
    return any(c.core == _number(value) and _in_a_row(c, f) for f, value in pairs for c in f.counts)


def _another_of_a_list(finding: Finding, a: Fact, b: Fact) -> bool:
    """A list gives each of its figures of something else: "52 percent in Velm and 82 in Tarn" does not dispute "65
    percent of those in Tarn" by the first of them."""
    if finding.relation != "contradiction":
        return False
    return any(
        c.core == _number(mine) and _of_something_else(c, one, other, _number(theirs))
        for one, other, (mine, theirs) in zip((a, b), (b, a), permutations(_values(finding)), strict=True)
        for c in one.counts
    )


def _of_something_else(count: Count, fact: Fact, other: Fact, beside: float | None) -> bool:
    """Whether a sentence has more figures of the unit, and the words behind this one are none of the other's; where
    the other is a list too, none of those behind its own figure."""
    told = _behind(count, fact)
    both = _is_list(count, other)
    theirs = [_behind(c, other) for c in other.counts if c.core == beside] if both else [_words_of(other)]
    return _is_list(count, fact) and bool(told) and all(told.isdisjoint(words) for words in theirs)


def _is_list(count: Count, fact: Fact) -> bool:
    return len({c.core for c in fact.counts if c.slot.unit == count.slot.unit}) > 1


@of_fact
def _words_of(fact: Fact) -> frozenset[str]:
    return frozenset(map(stem, _WORD.findall(fact.folded)))


@of_fact
def _behind(count: Count, fact: Fact) -> frozenset[str]:
    """The words of content right behind a figure, up to the next one of its unit."""
    end = count.quantity.span[1]
    starts = [c.quantity.span[0] for c in fact.counts if c.slot.unit == count.slot.unit and c.quantity.span[0] >= end]
    behind = words_behind(count, fact.statement)[: min(starts) - end if starts else None]
    return frozenset(stem(word) for word in _WORD.findall(fold(behind))[:_BEHIND] if len(word) > len("that"))


@of_pair
def _number(value: str) -> float | None:
    found = [word.replace(",", "") for word in value.split(" ") if word[:1].isdigit()]
    return float(found[0]) if found and re.fullmatch(r"\d+(?:\.\d+)?", found[0]) else None


@of_fact
def _in_a_row(count: Count, fact: Fact) -> bool:
    before = words_before(count, fact.statement)
    behind = fact.statement.text[len(before) :].split()[1:2]  # behind the number itself: "two final chances"
    return not _ROW.isdisjoint(map(fold, (*before.split()[-1:], *behind)))


def _agree_elsewhere(finding: Finding, a: Fact, b: Fact) -> bool:
    """Both name one figure, rounded or not, beside the ones that differ: "grew from 1.6 to 2.58 percent" and 2.6."""
    return finding.relation == "contradiction" and any(
        x.slot.unit == y.slot.unit and x.core and abs(x.core - y.core) <= _ROUNDED * max(abs(x.core), abs(y.core))
        for x in a.counts
        for y in b.counts
    )


def _can_and_does(finding: Finding, a: Fact, b: Fact) -> bool:
    """What a thing can do, and what it did: "the mill can grind 40,000 tonnes", "it ground 31,000"."""
    able = [_ABLE.search(fold(f.words)) is not None for f in (a, b)]
    return able[0] != able[1]


def _mean_and_one(finding: Finding, a: Fact, b: Fact) -> bool:
    """What it is on average, and what one of them is."""
    means = [not _MEAN.isdisjoint(_WORD.findall(f.folded)) for f in (a, b)]
    return means[0] != means[1]


def _other_kind(finding: Finding, a: Fact, b: Fact) -> bool:
    """The figure of one kind and that of another: "steel bands cost 99", "leather bands cost 49"."""
    return finding.relation == "contradiction" and _doers_of_two_kinds(a, b)


def _of_a_measurement(finding: Finding, a: Fact, b: Fact) -> bool:
    """How far a figure may be off; and the shares of two polls, or of two groups of people in one: each is of its own
    day and question, so that neither disputes the other nor is what became of it."""
    told = (a, finding.value_a), (b, finding.value_b)
    if any(_ERROR.search(f.folded) and value.startswith("-") for f, value in told):
        return True
    shares = all(not units.isdisjoint(_SHARES) for units in _units(finding, a, b))
    return shares and any(_is_of_a_poll(f) for f in (a, b))


def _units(finding: Finding, a: Fact, b: Fact) -> tuple[set[str | None], ...]:
    """The unit of the figure that a finding tells, of each statement."""
    pairs = zip((a, b), map(_number, _values(finding)), strict=True)
    return tuple({c.slot.unit for c in f.counts if c.core == value} for f, value in pairs)


@of_fact
def _is_of_a_poll(fact: Fact) -> bool:
    sources = " ".join(row.name or "" for row in fact.statement.attribution)
    return _ASKED.search(fold(f"{fact.statement.text} {sources}")) is not None


def _of_another_owner(finding: Finding, a: Fact, b: Fact, names: Names) -> bool:
    """Money that two gave or got who are not one, as one report tells them apart or as both are named: "the union
    spent 1.1 million", "the guild spent 1.8 million"."""
    if not any(is_money(c) for f in (a, b) for c in f.counts):
        return False
    if _two_owners(finding, a, b, names):
        return True
    if a.predicate != b.predicate:
        return False
    if a.named("agent") and b.named("agent"):
        return two_named(a, b)
    heads = [{p.head for p in f.parties.get("agent", ())} for f in (a, b)]
    return a.statement.article == b.statement.article and all(heads) and not heads[0] & heads[1]


def _two_owners(finding: Finding, a: Fact, b: Fact, names: Names) -> bool:
    """Whether the body or person named last before each of two sums is not named in the other statement: "fined Halden
    120,000", "Brisk was fined 80,000"."""
    owners = [_owner_of(value, f, names) for f, value in ((a, finding.value_a), (b, finding.value_b))]
    return all(owners) and owners[0] not in b.names and owners[1] not in a.names


def _owner_of(value: str, fact: Fact, names: Names) -> str | None:
    count = next((c for c in fact.counts if count_value(c) == value), None)
    before = [m for m in fact.statement.mentions if count and m.span[1] <= count.quantity.span[0]]
    called = (names.thing(m.entity) for m in sorted(before, key=lambda m: m.span, reverse=True))
    return next((thing for thing in called if thing in fact.names and names.kind(thing) in _OWNERS), None)


def _times_of_other_deeds(finding: Finding, a: Fact, b: Fact) -> bool:
    """ "Named three times", "arrested five times"."""
    return set().union(*_units(finding, a, b)) == {"count"} and a.predicate != b.predicate


# --- doers and states -----------------------------------------------------------------------------------------------


def _not_both_named(finding: Finding, a: Fact, b: Fact, names: Names) -> bool:
    """Who did it is disputed where two of one kind are named; "the company" and a name may be one, and who may or will
    do it is nobody yet."""
    if is_plan(a) or is_plan(b):
        return True
    doers = [f.parties.get("agent", ()) for f in (a, b)]
    kinds = [{names.kind(p.thing) for p in own if p.thing} - {None} for own in doers]
    if all(kinds):
        return not kinds[0] & kinds[1]
    # Two words for a kind of people: "soldiers", "rebels"; "an employee" and "a worker" may be one.
    called = [{kind_of_unit(p.head) for p in own if not p.thing and names_people(p.head)} for own in doers]
    return any(kinds) or not all(called) or bool(called[0] & called[1] or (called[0] | called[1]) & _vague())


@cache
def _vague() -> frozenset[str]:
    return frozenset(map(stem, asked().vague))


def _order_unknown(finding: Finding, a: Fact, b: Fact) -> bool:
    """States change, and numbers: where nothing is dated, neither that one came later nor a dispute can be told."""
    undated = not (a.reported or b.reported)
    if finding.relation == "update":
        return (undated and not tells_earlier(a)) or order_of(a, b) == -1
    return finding.kind == "status" and (undated or is_plan(a) != is_plan(b))


def _done_before(finding: Finding, a: Fact, b: Fact) -> bool:
    """What was done before a plan was told is not what came of it: "will host the fair", "hosted it in 2007"."""
    told = (a.reported or "")[:10]
    past = bool(told) and b.dated and b.days is not None and "0002" < b.days[1] < told
    return is_plan(a) and finding.relation == "update" and (past or has_any(b.statement.text, asked().before))


def _one_date_named(finding: Finding, a: Fact, b: Fact) -> bool:
    """Both write one date, and only its year, or "this morning" beside it, was resolved in two ways."""
    if finding.relation != "contradiction":
        return False
    told = [{t.value[:10] for t in f.statement.times if t.type == "DATE" and _DAY.match(t.value or "")} for f in (a, b)]
    years = [f.dated and re.search(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)", f.words) is not None for f in (a, b)]
    return bool(told[0] & told[1]) or (not all(years) and bool({d[5:] for d in told[0]} & {d[5:] for d in told[1]}))


def _only_thought(finding: Finding, a: Fact, b: Fact) -> bool:
    """What somebody only thought would come was no plan."""
    return finding.relation == "update" and is_plan(a) and a.statement.certainty != "certain"


def _told_by_those_asked(finding: Finding, a: Fact, b: Fact) -> bool:
    """What people tell a pollster that they will do is no plan that comes about: "51 percent said they would vote"."""
    plan = finding.relation == "update" and is_plan(a)
    return plan and any(_is_of_a_poll(f) or _OF_THOSE_ASKED.search(f.folded) for f in (a, b))


def _some_time_of_a_year(finding: Finding, a: Fact, b: Fact) -> bool:
    """A month or a year that only says when something else was, beside a day."""
    long = [f.days is not None and f.days[0][:_MONTH] != f.days[1][:_MONTH] for f in (a, b)]
    return finding.relation == "contradiction" and long[0] != long[1]


_REASONS: Final[dict[str, tuple[Reason, ...]]] = {
    "denial": (
        _left_open,
        _one_sentence,
        _no_answer,
        _some_other,
        _no_by_its_verb,
        _asked_for,
        _forbids,
        _names_in_common_alone,
        _both_open,
        _of_earlier,
        _only_not_yet,
        _each_of_himself,
        _both_say_no,
        _hardly_says,
        _another_plea,
        _both_hinder,
        _of_its_own,
        of_a_second,
        only_at_first,
        of_another_way,
        of_others,
        never_enough,
        of_what_is_not_named,
    ),
    "quantity": (
        _ages_of_several,
        _agree_elsewhere,
        _can_and_does,
        _order_unknown,
        _mean_and_one,
        _other_kind,
        _ages_apart,
        _of_himself_alone,
        _some_of_a_row,
        _another_of_a_list,
        _times_of_other_deeds,
        _of_a_measurement,
        of_a_second,
        of_two_makes,
        of_a_bound,
        of_anothers,
        of_a_kind_by_number,
        on_top_of_others,
        no_rounding,
        of_another_thing,
        of_two_matters,
        of_two_measures,
        of_one_of_several,
    ),
    "date": (_one_date_named, _some_time_of_a_year, no_other_date),
    "status": (_order_unknown, _done_before, _only_thought, _told_by_those_asked),
}
#: Those that ask what a name stands for.
_BY_NAMES: Final[dict[str, tuple[Callable[[Finding, Fact, Fact, Names], bool], ...]]] = {
    "denial": (_of_another_person, _of_other_people, of_another_event),
    "quantity": (_of_another_owner,),
    "agent": (_not_both_named,),
}
