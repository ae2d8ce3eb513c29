"""What one report says was done and another that it was not, though the words differ: "life jackets were handed out",
"no life jackets were given out"; "there were no tyres on the site", "300 tonnes of tyres burned".

The deed has to be one (a verb, or another for it), and what it was done to or with as well; what else the denial tells
(where, to whom) has to stand in the other statement too, for who used no tear gas at the stadium may have used it in
the square. What had not been done so far, and then was, is a later state.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, pairwise
from typing import Final

from variorum.compare.claims.align import Alignment, homes
from variorum.compare.conflicts.plans import is_plan
from variorum.compare.facts.asked import asked, has_any
from variorum.compare.facts.fact import Fact, Party, other_day, stem
from variorum.compare.facts.opposites import words_for_no
from variorum.compare.facts.order import order_of, same_root
from variorum.compare.facts.remembered import of_fact, of_pair
from variorum.compare.facts.scope import other_scope
from variorum.compare.facts.telling import shortened
from variorum.compare.facts.tolls import near_in_time
from variorum.compare.facts.vocabulary import words
from variorum.compare.finding import Finding
from variorum.model import ArgumentRole
from variorum.text.normalise import fold
from variorum.text.people import is_person_word, people_words
from variorum.text.vocabulary import load, longest_first

#: Statements of one deed that are held to each other at most.
_MOST: Final = 40
#: How sure it is.
_SURE: Final = 0.76
#: Words behind a verb among which its particle stands ("handed them out"), and words of a noun with what narrows it.
_BEHIND: Final = 3
_NOUN: Final = 4
_WORD: Final = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_ROLES: Final[tuple[ArgumentRole, ...]] = ("agent", "patient")
_PERSONS: Final = frozenset({"he", "she", "they"})


@dataclass(frozen=True, slots=True)
class NotDone:
    """``data/not_done.toml``."""

    deeds: tuple[tuple[str, ...], ...]
    of_itself: tuple[str, ...]
    bare: tuple[str, ...]
    things: tuple[tuple[str, ...], ...]
    anybody: tuple[str, ...]
    not_all: tuple[str, ...]
    but_for: tuple[str, ...]
    so_far: tuple[str, ...]
    other_times: tuple[str, ...]
    dating: tuple[str, ...]
    stressing: tuple[str, ...]
    none_told: tuple[str, ...]
    none_ends: frozenset[str]
    none_abstract: tuple[str, ...]
    not_had: tuple[str, ...]
    of_hurt: tuple[str, ...]
    of_tests: tuple[str, ...]


@cache
def _lists() -> NotDone:
    loaded: NotDone = load("not_done", NotDone)
    return loaded


@cache
def _stems(name: str) -> frozenset[str]:
    """The stems of a list of the data file."""
    return frozenset(map(stem, getattr(_lists(), name)))


def find_not_done(alignment: Alignment, known: Iterable[Finding]) -> Iterator[Finding]:
    """All that is found so, but for pairs of claims that are ``known`` to be in conflict."""
    home = homes(alignment.groups)
    told = {frozenset((home[f.a], home[f.b])) for f in known}
    facts = alignment.facts
    for finding in chain(_deeds(facts), _none(facts), _hurt(facts), _unplanned(facts), _tested(facts)):
        claims = frozenset((home[finding.a], home[finding.b]))
        if len(claims) > 1 and claims not in told:
            told.add(claims)
            yield finding


# --- what is told, and what is denied -------------------------------------------------------------------------------


@of_fact
def _is_told(fact: Fact) -> bool:
    """Whether something is said to have been done, once, and nothing in the sentence says no."""
    statement = fact.statement
    so = statement.polarity == "affirmed" and not is_plan(fact) and _is_said(fact)
    return so and words_for_no().isdisjoint(fact.tokens) and not has_any(fact.words, _lists().other_times)


@of_fact
def _is_denied(fact: Fact) -> bool:
    """Whether something is said not to have been done at all."""
    return fact.statement.polarity == "negated" and _is_said(fact) and not _some().search(fold(fact.words))


def _is_said(fact: Fact) -> bool:
    statement = fact.statement
    # "Has not conceded": what he would not admit is open, and that he did not is said.
    sure = statement.certainty in ("certain", "probable") or fact.predicate in _admitting()
    told = sure and statement.reality in ("happened", "ongoing")
    return told and not fact.corrects and words().open.isdisjoint(fact.tokens)


@cache
def _admitting() -> frozenset[str]:
    return frozenset(map(stem, asked().admitting))


@cache
def _some() -> re.Pattern[str]:
    """A "no" that leaves open that it was done."""
    known = _lists()
    return re.compile(
        rf"(?<!\w)(?:(?:not|n't|never|no) (?:{longest_first(known.not_all)})|{longest_first(known.but_for)})(?!\w)"
    )


def _between(n: int, m: int, facts: Sequence[Fact]) -> Iterator[Finding]:
    """What stands between what was done, ``n``, and what was not, if both are of one time and place."""
    yes, no = facts[n], facts[m]
    told = (no.reported or "")[:10]
    later = order_of(no, yes) == 1 and no.statement.article != yes.statement.article
    since = bool(told) and yes.dated and yes.days is not None and yes.days[0] >= told
    so_far = later and (since or not yes.dated) and has_any(no.words, _lists().so_far)
    apart = other_day(yes.days, no.days) and not (so_far and since)
    if apart or other_scope(yes, no) or not near_in_time(yes, no):
        return
    if so_far or (later and same_root(yes, no)):
        values = shortened(no.words), shortened(yes.words)
        yield Finding("status", "update", values[0], m, n, *values, _SURE)
    elif not same_root(yes, no):
        about = shortened(yes.words)
        yield Finding("denial", "contradiction", about, n, m, "affirmed", "denied", _SURE, denial=True)


def _in_one_sentence(a: Fact, b: Fact) -> bool:
    return a.statement.article == b.statement.article and a.scene.sentence == b.scene.sentence


@cache
def _dating() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{longest_first(_lists().dating)})\b.*")


@of_fact
def _content(no: Fact) -> frozenset[str]:
    """The words of a denial that say what was not done, to what, where."""
    kept = {stem(word) for word in _WORD.findall(_dating().sub("", fold(no.words)))}
    light = frozenset(map(stem, words().empty | words().pointing)) | words_for_no() | _stems("stressing")
    return frozenset(no.terms & kept) - light


# --- one deed -------------------------------------------------------------------------------------------------------


def _deeds(facts: Sequence[Fact]) -> Iterator[Finding]:
    """One deed, done and not done."""
    told: dict[str, list[int]] = {}
    for n, fact in enumerate(facts):
        for deed in _deeds_of(fact) if _is_told(fact) else ():
            told.setdefault(deed, []).append(n)
    for m, no in enumerate(facts):
        deeds = _deeds_of(no) if _is_denied(no) else frozenset()
        for n in sorted({n for deed in deeds for n in told.get(deed, ())[:_MOST]}):
            one = _one_deed(facts[n], no) and not _in_one_sentence(facts[n], no)
            if one or _of_one_person(facts[n], no):
                yield from _between(n, m, facts)


@cache
def _families() -> dict[str, frozenset[str]]:
    """By verb, with the particle that it needs, the deeds that it may tell."""
    found: dict[str, set[str]] = {}
    for number, family in enumerate(_lists().deeds):
        for verb in family:
            head, *particle = verb.split(" ")
            found.setdefault(" ".join((stem(head), *particle)), set()).add(f"deed {number}")
    return {verb: frozenset(own) for verb, own in found.items()}


@cache
def _bare() -> frozenset[str]:
    return frozenset(map(stem, words().empty)) | _stems("bare")


@of_fact
def _deeds_of(fact: Fact) -> frozenset[str]:
    """The deeds that a statement tells, by its verb and the particle behind it."""
    frame = fact.statement.frame
    if frame is None or not fact.predicate:
        return frozenset()
    behind = _WORD.findall(fold(fact.statement.text[max(0, frame.span[1] - fact.statement.span[0]) :]))[:_BEHIND]
    if fact.predicate == "be" and "among" in behind:
        return fact.terms  # "bank details were among the data exposed"
    particles = (*behind, *(f"{one} {next_one}" for one, next_one in pairwise(behind)))
    phrases = {f"{fact.predicate} {particle}" for particle in particles} & _families().keys()
    if phrases:
        return frozenset(phrases).union(*(_families()[phrase] for phrase in phrases))
    own = _families().get(fact.predicate, frozenset())
    return own if fact.predicate in _bare() else own | {fact.predicate}


@of_pair
def _one_deed(yes: Fact, no: Fact) -> bool:
    """Whether both are of one thing, by one doer, and nothing of what is denied is missing in what is told."""
    pairs = list(_things_of_both(yes, no))
    if not pairs or not _doers_fit(yes, no):
        return False
    doers = ((x, y) for x in yes.parties.get("agent", ()) for y in no.parties.get("agent", ()))
    told = yes.terms | {yes.predicate, no.predicate}
    told |= {y.head for x, y in (*pairs, *doers) if _one(x, y)}
    told |= {word for x, y in pairs if not x.modifiers for word in y.modifiers}
    told |= {p.head for p in no.parties.get("patient", ()) if _is_anybody(p, no)}
    return not _content(no) - told


def _things_of_both(yes: Fact, no: Fact) -> Iterator[tuple[Party, Party]]:
    """What both are done to; where one is done to nothing, what does it."""
    if _NOBODY.search(no.folded) and _people_done_to(no) <= _stems("anybody") and _people_done_to(no):
        yield from ((x, x) for x in yes.parties.get("patient", ()) if _is_person(x, yes))
        return
    undone, done = _things(no, "patient"), [*_things(yes, "patient"), *_beside(yes), *_money(yes)]
    done += _things(yes, "agent") if yes.predicate == "be" else ()
    if undone:
        yield from ((x, y) for x in done for y in undone if _one(x, y))
        if not _of_itself(yes, no):
            return
    if not (undone or _things(yes, "patient")) or _of_itself(yes, no):
        done = [*_things(yes, "agent"), *(done if _of_itself(yes, no) else ())]
        yield from ((x, y) for x in done for y in undone or _things(no, "agent") if _one(x, y))


_NOBODY: Final = re.compile(r"\b(?:no one|no-one|nobody|none)\b")


def _people_done_to(no: Fact) -> frozenset[str]:
    return no.called("patient").heads


def _is_person(party: Party, fact: Fact) -> bool:
    """Whether what something is done to is somebody: "a groom", "two of the drivers", a name behind such a word."""
    return any(map(_means_people, _words_for(party, fact)))


def _words_for(party: Party, fact: Fact) -> list[str]:
    """What one who takes part is called in the sentence."""
    heads = {fold(a.head) for a in fact.statement.frame.arguments} if fact.statement.frame else set()
    return sorted(head for head in heads if stem(head) == party.head)


def _means_people(word: str) -> bool:
    return is_person_word(word) or word in people_words().beings


def _of_itself(yes: Fact, no: Fact) -> bool:
    return not _stems("of_itself").isdisjoint((yes.predicate, no.predicate))


def _things(fact: Fact, role: str) -> list[Party]:
    """Who or what takes part in a role and can be told: no pronoun, and not some man."""
    parties = fact.parties.get(role, ())  # type: ignore[call-overload]
    vague = words().pointing | words().people | _stems("anybody")
    return [p for p in parties if p.thing or not (p.head in vague or _is_somebody(p, fact))]


def _is_somebody(party: Party, fact: Fact) -> bool:
    """Whether a word for people does not say which: any man is "a man", but "no officers" is all of them."""
    if not _means_people(next(iter(_words_for(party, fact)), party.head)):
        return False
    return re.search(rf"\bno (?:[\w-]+ )?{re.escape(party.head)}", fold(fact.words)) is None


def _is_anybody(party: Party, no: Fact) -> bool:
    """ "Any protester", "no protester"."""
    return re.search(rf"\b(?:any|no) (?:of the )?{re.escape(party.head)}", no.folded) is not None


def _beside(fact: Fact) -> list[Party]:
    """What else stands with the verb: "asked for the ban", "crossed into the airspace"."""
    frame = fact.statement.frame
    others = (a for a in frame.arguments if a.role == "other") if frame else ()
    return [Party(stem(fold(a.head)), frozenset(stem(fold(w)) for w in a.modifiers), None) for a in others]


def _money(fact: Fact) -> list[Party]:
    """A sum that somebody gave or got: "$400,000 was handed over"."""
    sums = any(c.quantity.unit_code for c in fact.counts)
    units = {stem(c.slot.unit) for c in fact.counts if c.quantity.unit_code and c.slot.unit}
    parties = (p for role in _ROLES for p in fact.parties.get(role, ()))
    return [Party("money", frozenset(), None) for p in parties if sums and (p.head[:1].isdigit() or p.head in units)]


@cache
def _kinds() -> dict[str, int]:
    return {stem(word): number for number, family in enumerate(_lists().things) for word in family}


def _one(x: Party, y: Party) -> bool:
    """Whether two may be one thing: by name, or by one word or another for it, not narrowed in two ways."""
    if x.thing and y.thing:
        return x.thing == y.thing
    if x.head != y.head and _kinds().get(x.head, x.head) != _kinds().get(y.head, y.head):
        return False
    left, right = (p.modifiers - words_for_no() for p in (x, y))
    return right <= left or not left or bool(left & right)


def _doers_fit(yes: Fact, no: Fact) -> bool:
    """Whether nobody else is said to have done it."""
    doers = [f.parties.get("agent", ()) for f in (yes, no)]
    if not (no.parties.get("patient") and doers[0] and doers[1]) or no.called("agent").heads <= _stems("anybody"):
        return True
    return any(_one(x, y) for x in doers[0] for y in doers[1]) or _speaks_of_itself(yes, no)


def _speaks_of_itself(yes: Fact, no: Fact) -> bool:
    """ "It had not sought the ban", says the prosecutor's office, of which the other tells."""
    own = {p.head for p in no.parties.get("agent", ())}
    source = {stem(word) for word in _WORD.findall(re.sub(r"['’]s\b", "", fold(no.statement.root.name or "")))}
    return own <= words().pointing and not source.isdisjoint(p.head for p in yes.parties.get("agent", ()))


def _of_one_person(yes: Fact, no: Fact) -> bool:
    """What one source says that somebody never did, and the next that he did: "he had never met any of them", "he had
    met one of them twice"."""
    near = yes.statement.article == no.statement.article and abs(yes.scene.sentence - no.scene.sentence) <= 1
    if not (near and yes.statement.attribution and no.statement.attribution and yes.predicate == no.predicate):
        return False
    doers, heads = ([{p.head for p in f.parties.get(role, ())} for f in (yes, no)] for role in ("agent", "patient"))
    anything = bool(heads[0]) and bool(heads[1]) and heads[1] <= _stems("anybody")
    he = bool(doers[0]) and bool(doers[1]) and (doers[0] <= _PERSONS or doers[1] <= _PERSONS)
    return he and (doers[0] == doers[1] if heads[0] & heads[1] else anything)


# --- none -----------------------------------------------------------------------------------------------------------

_NONE: Final = re.compile(
    r"(?:\bthere (?:is|are|was|were|has been|have been|had been) |^\W*(?:that )?"
    r"|\b(?:found|finds?|saw|detected|contain(?:ed|s)|show(?:ed|s)|had|gave|given|made|issued|received|took|used|heard"
    r"|reported) )no (?:(?:signs?|evidence|traces?|records?|indications?|proof) of )?(?:(?:an?|any|the) )?(.*)"
)
_AMOUNT: Final = r"\b(?:tonnes|tons|litres|liters|kilos|kilograms|grams|pieces|amounts?) of (?:[\w-]+ )?{}"


def _none(facts: Sequence[Fact]) -> Iterator[Finding]:
    """What there was none of, beside what tells of one."""
    lacking = [(m, found) for m, no in enumerate(facts) if _is_denied(no) and (found := _lacking(no)) is not None]
    told = [n for n, fact in enumerate(facts) if _is_told(fact)] if lacking else []
    for m, thing in lacking:
        rest = _content(facts[m]) - {thing.head, facts[m].predicate} - thing.modifiers
        rest -= {p.head for p in facts[m].parties.get("agent", ())}
        for n in told:
            such = _SUCH.search(facts[m].folded) is not None and not _right_before(facts[n], facts[m])
            if rest <= facts[n].terms and _has(facts[n], thing) and not (such or _in_one_sentence(facts[n], facts[m])):
                yield from _between(n, m, facts)


#: Points to what was just told: "no sign of such a wall".
_SUCH: Final = re.compile(r"\b(?:no|of|any) such\b")


def _right_before(yes: Fact, no: Fact) -> bool:
    near = yes.statement.article == no.statement.article
    return near and 0 <= no.scene.sentence - yes.scene.sentence <= 1


def _lacking(no: Fact) -> Party | None:
    """What there is said to be none of."""
    found = _NONE.search(fold(no.words))
    if found is None or no.predicate not in _stems("none_told") | {""}:
        return None
    noun: list[str] = []
    for token in re.findall(r"[\w'’-]+|[^\w\s]", found[1]):
        if token in _lists().none_ends or not token[0].isalnum() or len(noun) == _NOUN:
            break
        noun.append(token)
    if not noun or stem(noun[-1]) in _stems("none_abstract") or len(noun[-1]) < _NOUN:
        return None
    return Party(stem(noun[-1]), frozenset(map(stem, noun[:-1])), None)


def _has(yes: Fact, thing: Party) -> bool:
    """Whether a statement tells of such a thing, as what takes part, by its amount, or by its verb ("a leak")."""
    frame = yes.statement.frame
    if frame is None or yes.predicate in _stems("not_had"):
        return False
    if stem(yes.predicate) == stem(thing.head):
        return True
    for argument in frame.arguments:
        narrowed = frozenset(stem(fold(word)) for word in argument.modifiers)
        if stem(fold(argument.head)) == thing.head and (thing.modifiers <= narrowed or not narrowed):
            return not argument.entity
    return re.search(_AMOUNT.format(re.escape(thing.head)), fold(yes.words)) is not None


# --- nobody hurt ----------------------------------------------------------------------------------------------------

_NOBODY_HURT: Final = re.compile(
    r"\b(?:no (?:injuries|casualties)|(?:no one|no-one|nobody|none)\b.{0,30}\b(?:hurt|injured|wounded|harmed))\b"
)
#: "Treated for burns", and not for an injury that is his alone ("his injuries").
_HURT: Final = re.compile(
    r"\btreated for (?!his|her|their|free|shock)\w"
    r"|\b(?:was|were|been) (?:badly |seriously |slightly )?(?:injured|wounded|hurt)\b"
    r"|\bsuffered (?:[\w-]+ ){0,2}(?:burns|injuries|wounds|cuts|fractures?|bruises|concussion)\b"
)


def _hurt(facts: Sequence[Fact]) -> Iterator[Finding]:
    """ "No injuries were reported", "a watchman was treated for burns"."""
    told = [n for n, f in enumerate(facts) if _is_told(f) and f.statement.reality == "happened"]
    some = [n for n in told if _HURT.search(fold(facts[n].words))]
    for m, no in enumerate(facts) if some else ():
        if _is_denied(no) and _NOBODY_HURT.search(fold(no.words)):
            rest = _content(no) - _stems("of_hurt")
            for n in some:
                if rest <= facts[n].terms and not _in_one_sentence(facts[n], no):
                    yield from _between(n, m, facts)


# --- no plans -------------------------------------------------------------------------------------------------------

_NO_PLAN: Final = re.compile(
    r"\b(?:no (?:plans?|intentions?|wish|desire) (?:to|of)"
    r"|not (?:thinking of|thinking about|planning to|planning on|considering|intend to)) ([a-z]+)\b"
)


def _unplanned(facts: Sequence[Fact]) -> Iterator[Finding]:
    """ "She was not thinking of resigning", "Holm resigned on Friday"."""
    for m, no in enumerate(facts):
        for verb in map(stem, _NO_PLAN.findall(fold(no.words))):
            deeds = {verb} | _families().get(verb, frozenset())
            for n, yes in enumerate(facts):
                done = yes.statement.reality == "happened" and not deeds.isdisjoint(_deeds_of(yes)) and _is_told(yes)
                if done and order_of(no, yes) == 1 and _his_own(yes, no) and not other_scope(yes, no):
                    values = shortened(no.words), shortened(yes.words)
                    yield Finding("status", "update", values[0], m, n, *values, _SURE)


def _his_own(yes: Fact, no: Fact) -> bool:
    """Whether who did it is the one who had no plan to, by name, or who said so of himself."""
    himself = {p.head for p in no.parties.get("agent", ())} <= words().pointing
    named = no.named("agent") or ({no.speaker} if himself else set())
    return not yes.named("agent").isdisjoint(named)


# --- tests ----------------------------------------------------------------------------------------------------------


def _tested(facts: Sequence[Fact]) -> Iterator[Finding]:
    """ "Samples from the well tested negative", "tests on the well were positive"."""
    told: dict[str, list[int]] = {"positive": [], "negative": []}
    for n, fact in enumerate(facts):
        sides = [side for side in told if side in fact.tokens]
        if len(sides) == 1 and not _stems("of_tests").isdisjoint(map(stem, fact.tokens)) and _is_told(fact):
            told[sides[0]].append(n)
    for n in told["positive"]:
        for m in told["negative"]:
            shared = _what_is_tested(facts[n]) & _what_is_tested(facts[m])
            if len(shared) > 1 and not _in_one_sentence(facts[n], facts[m]):
                yield from _between(n, m, facts)


def _what_is_tested(fact: Fact) -> frozenset[str]:
    """The words of content; "well" is one here."""
    said = (token for token in fact.tokens if token not in words().empty - {"well"} and not token[0].isdigit())
    return frozenset(map(stem, said)) - _stems("of_tests")
