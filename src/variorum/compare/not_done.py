"""What one report says was done and another that it was not, though the words differ: "life jackets were handed out",
"no life jackets were given out"; "there were no tyres on the site", "300 tonnes of tyres burned".

The deed has to be one (a verb, or another for it), and what it was done to or with as well; what else the denial tells
(where, to whom) has to stand in the other statement too, for who used no tear gas at the stadium may have used it in
the square.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Final

from variorum.compare.align import Alignment, homes
from variorum.compare.asked import asked, has_any
from variorum.compare.facts import Fact, Party, elsewhere, is_subordinate, other_day, stem
from variorum.compare.fates import hurt_pattern
from variorum.compare.finding import Finding
from variorum.compare.opposites import words_for_no
from variorum.compare.order import order_of, same_root
from variorum.compare.outcomes import is_plan
from variorum.compare.reach import Reach
from variorum.compare.scope import other_scope
from variorum.compare.telling import shortened
from variorum.compare.tolls import near_in_time
from variorum.compare.vocabulary import words
from variorum.text.normalise import fold
from variorum.text.people import is_person_word, people_words
from variorum.text.vocabulary import load

#: Statements of one deed that are held to each other at most.
_MOST: Final = 40
#: How sure it is.
_SURE: Final = 0.76
#: Words behind a verb among which its particle stands: "handed life jackets out".
_BEHIND: Final = 3
_WORD: Final = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
#: Opens what only dates what was not done, and need not be repeated.
_DATES: Final = re.compile(r"\b(?:before|after|when|while|until|as|during|since|by|at the time)\b.*")
#: A "no" that leaves open that it was done: not all, not only, not then, not again, not for that reason.
_SOME: Final = re.compile(
    r"\b(?:not|n't|never|no) (?:all|every|everyone|everybody|only|just|merely|always|enough|properly|fully|immediately|yet"
    r"|necessarily|simply|entirely|longer|more|other|further|new|additional|second|immediate|major|serious|significant|"
    r"big|great|clear|sure|formal|formally|official|officially|doubt|sooner|less|fewer|later|alone|actually)\b"
    r"|\b(?:until|unless|because|due to|anymore|any more|any longer|again|alone|else|instead|rather|enough|except|other than|apart from"
    r"|as (?:many|much|long|often)|so (?:much|many)|but)\b"
)
#: What was not so when it was told, and may be since.
_SO_FAR: Final = re.compile(r"\b(?:has|have|hasn't|haven't|yet|so far|still|as of|to date|is|are|at this (?:time|stage|point))\b")


@dataclass(frozen=True, slots=True)
class NotDone:
    """``data/not_done.toml``."""

    deeds: tuple[tuple[str, ...], ...]
    things: tuple[tuple[str, ...], ...]


@cache
def _lists() -> NotDone:
    loaded: NotDone = load("not_done", NotDone)
    return loaded


@cache
def _families() -> dict[str, frozenset[str]]:
    """The deeds that a verb, with its particle if it needs one, may tell."""
    found: dict[str, set[str]] = {}
    for family in _lists().deeds:
        for verb in family:
            head, *particle = verb.split(" ")
            found.setdefault(" ".join((stem(head), *particle)), set()).add(f"={family[0]}/{family[-1]}")
    return {verb: frozenset(own) for verb, own in found.items()}


@cache
def _particles() -> frozenset[str]:
    return frozenset(verb.split(" ", 1)[1] for verb in _families() if " " in verb)


@cache
def _one_thing() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for family in _lists().things:
        for word in family:
            found.setdefault(stem(word), set()).add(f"={family[0]}")
    return {word: frozenset(own) for word, own in found.items()}


@cache
def _bare() -> frozenset[str]:
    """Predicates that say nothing of what is done without a particle."""
    return frozenset(map(stem, (*words().empty, *asked().light, "go", "hold", "set", "bring", "run", "turn", "keep", "pass", "carry")))


def deeds_of(fact: Fact) -> frozenset[str]:
    """What a statement tells to be done, by every name that it goes by."""
    frame = fact.statement.frame
    if frame is None or not fact.predicate:
        return frozenset()
    text = fact.statement.text[max(0, frame.span[1] - fact.statement.span[0]) :]
    behind = _WORD.findall(fold(text))[:_BEHIND]
    pairs = [w for w in behind if w in _particles()] + [
        f"{a} {b}" for a, b in zip(behind, behind[1:], strict=False) if f"{a} {b}" in _particles()
    ]
    phrases = {f"{fact.predicate} {p}" for p in pairs} & _families().keys()
    if phrases:
        return frozenset(chain.from_iterable(_families()[p] for p in phrases)) | phrases
    if fact.predicate == "be" and "among" in behind:  # "bank details were among the data exposed"
        return fact.terms
    own = _families().get(fact.predicate, frozenset())
    return own if fact.predicate in _bare() else own | {fact.predicate}


def find_not_done(alignment: Alignment, known: Sequence[Finding]) -> Iterator[Finding]:
    """All that is found so, but for pairs of claims that are ``known`` to conflict."""
    group_of = homes(alignment.groups)
    told = {frozenset((group_of[f.a], group_of[f.b])) for f in known}
    for find in (find_deeds, find_none, find_hurt, find_unplanned, find_tested):
        for finding in find(alignment):
            claims = frozenset((group_of[finding.a], group_of[finding.b]))
            if len(claims) > 1 and claims not in told:
                told.add(claims)
                yield finding


def find_deeds(alignment: Alignment) -> Iterator[Finding]:
    """One deed, done and not done."""
    facts = alignment.facts
    told: dict[str, list[int]] = {}
    for n, fact in enumerate(facts):
        if _is_told(fact):
            for deed in deeds_of(fact):
                told.setdefault(deed, []).append(n)
    for m, no in enumerate(facts):
        if not _is_denied(no):
            continue
        for n in sorted({n for deed in deeds_of(no) for n in told.get(deed, ())[:_MOST]}):
            yes = facts[n]
            if _one_deed(yes, no) and not _of_one_sentence(yes, no):
                yield from _between(n, m, yes, no)
            elif _of_one_person(yes, no):
                yield from _between(n, m, yes, no)


def find_none(alignment: Alignment) -> Iterator[Finding]:
    """What there was none of, beside what tells of one."""
    facts = alignment.facts
    told = [(n, fact) for n, fact in enumerate(facts) if _is_told(fact)]
    for m, no in enumerate(facts):
        for lacking in _lacking(no) if _is_denied(no) else ():
            for n, yes in told:
                here = _has_it(yes, lacking) and _tells_the_rest(yes, no, lacking)
                if here and not _of_one_sentence(yes, no):
                    yield from _between(n, m, yes, no)


@dataclass(frozen=True, slots=True)
class Lacking:
    """What there is said to be none of: the stem of its noun, and of the words before it."""

    head: str
    modifiers: frozenset[str]


_NONE: Final = re.compile(
    r"(?:\bthere (?:is|are|was|were|has been|have been|had been) |\b(?:found|finds|find|saw|detected|contained|contains|showed|shows|had|"
    r"gave|given|made|issued|received|took|used|heard|reported) |^\W*(?:that )?)no "
    r"(?:(?:sign|evidence|trace|record|indication|proof)s? of )?(?:(?:an?|any|the) )?(.*)"
)
_LIGHT: Final = frozenset(map(stem, ("be", "have", "make", "report", "record", "find", "see", "hear", "give", "issue", "receive", "take", "occur",
    "happen", "carry", "use", "detect", "register", "exist", "contain", "show", "place", "conduct", "hold", "note", "")))
_STOPS: Final = frozenset(
    "of on in at to for from with between aboard inside or and that when was were had has have is are by who which been will would"
    " could before after during as since because until so yet against among near under over whatsoever about around into onto".split()
)
_ABSTRACT: Final = frozenset(map(stem, (
    "evidence", "sign", "plan", "reason", "doubt", "question", "need", "indication", "word", "comment", "change", "way", "time", "chance",
    "one", "choice", "hope", "idea", "place", "point", "sense", "part", "room", "use", "limit", "guarantee", "intention", "connection", "link",
    "basis", "matter", "news", "information", "detail", "details", "problem", "issue", "threat", "danger", "risk", "end", "sooner", "day",
    "people", "person", "man", "woman", "men", "women", "record", "trace", "proof", "longer", "stranger", "mention", "report", "reports", "money")))


def _lacking(no: Fact) -> list[Lacking]:
    found = _NONE.search(fold(no.words))
    if found is None or no.predicate not in _LIGHT:
        return []
    noun: list[str] = []
    for token in re.findall(r"[\w'’-]+|[^\w\s]", found[1]):
        if token in _STOPS or not token[0].isalnum() or len(noun) > _BEHIND:
            break
        noun.append(token)
    if not noun or stem(noun[-1]) in _ABSTRACT or len(noun[-1]) < 4:
        return []
    return [Lacking(stem(noun[-1]), frozenset(map(stem, noun[:-1])))]


_NOT_HAD: Final = frozenset(map(stem, ("deny", "rule", "fear", "prevent", "avoid", "lack", "need", "search", "look", "ask", "seek", "want",
    "expect", "call", "plan", "discuss", "warn", "say", "speak", "talk", "mention", "describe", "propose", "demand", "hope", "oppose", "rule", "suspect",
    "allege", "accuse", "believe", "think", "feel", "await", "wait")))


def _has_it(yes: Fact, lacking: Lacking) -> bool:
    if yes.predicate in _NOT_HAD:
        return False
    frame = yes.statement.frame
    if frame is None:
        return False
    if stem(yes.predicate) == stem(lacking.head):
        return True
    for argument in frame.arguments:
        if stem(fold(argument.head)) == lacking.head and not argument.entity:
            own = frozenset(stem(fold(w)) for w in argument.modifiers)
            if lacking.modifiers <= own or not own:
                return True
    return re.search(rf"\b(?:tonnes|tons|litres|liters|kilos|kilograms|grams|pieces|amounts?) of (?:[\w-]+ )?{lacking.head}\w*", fold(yes.words)) is not None


def _tells_the_rest(yes: Fact, no: Fact, lacking: Lacking) -> bool:
    rest = _content(no) - yes.terms - {lacking.head, no.predicate} - lacking.modifiers
    rest -= {p.head for p in no.parties.get("agent", ())}
    return not rest


def _is_told(fact: Fact) -> bool:
    statement = fact.statement
    so = statement.polarity == "affirmed" and statement.certainty in ("certain", "probable") and not fact.corrects
    left_open = not words().open.isdisjoint(fact.tokens) or not words_for_no().isdisjoint(fact.tokens)
    return so and not is_plan(fact) and not left_open and statement.reality in ("happened", "ongoing")


def _is_denied(fact: Fact) -> bool:
    statement = fact.statement
    no = statement.polarity == "negated" and statement.certainty in ("certain", "probable") and not fact.corrects
    if not no or statement.reality not in ("happened", "ongoing") or _SOME.search(fold(fact.words)):
        return False
    return words().open.isdisjoint(fact.tokens)


def _between(n: int, m: int, yes: Fact, no: Fact) -> Iterator[Finding]:
    values = shortened(no.words), shortened(yes.words)
    later = order_of(no, yes) == 1 and no.statement.article != yes.statement.article
    so_far = later and _SO_FAR.search(fold(no.words)) is not None
    since = yes.dated and yes.days is not None and bool(no.reported) and yes.days[0] >= (no.reported or "")[:10]
    if other_scope(yes, no) or not near_in_time(yes, no) or (other_day(yes.days, no.days) and not (so_far and since)):
        return
    if (so_far and (since or not yes.dated)) or (later and same_root(yes, no)):
        yield Finding("status", "update", values[0], m, n, *values, _SURE)
    elif not same_root(yes, no):
        yield Finding("denial", "contradiction", values[1], n, m, "affirmed", "denied", _SURE, denial=True)


def _of_one_sentence(a: Fact, b: Fact) -> bool:
    return a.statement.article == b.statement.article and a.scene.sentence == b.scene.sentence


# --- hurt -----------------------------------------------------------------------------------------------------------

_NOBODY_HURT: Final = re.compile(
    r"\b(?:no (?:injuries|casualties)\b|(?:no one|no-one|nobody|none)\b.{0,30}\b(?:hurt|injured|wounded|harmed)\b|(?:nobody|no one) was (?:hurt|injured))"
)
_HURT: Final = re.compile(r"\b(?:treated|operated on) (?:\w+ )?for (?!free|shock)|\bsuffered (?:[\w-]+ ){0,2}(?:burns|injuries|wounds|cuts|fractures?|bruises|concussion)\b")
_OF_HURT: Final = frozenset(map(stem, ("injury", "injuries", "injure", "injured", "hurt", "wound", "harm", "casualty", "casualties", "report", "incident")))


def find_hurt(alignment: Alignment) -> Iterator[Finding]:
    """ "No injuries were reported", "a watchman was treated for burns"."""
    facts = alignment.facts
    some = [n for n, f in enumerate(facts) if _is_told(f) and f.statement.reality == "happened" and _is_hurt(f)]
    for m, no in enumerate(facts):
        if some and no.statement.polarity == "negated" and _NOBODY_HURT.search(fold(no.words)) and not _SOME.search(fold(no.words)):
            for n in some:
                if not _content(no) - facts[n].terms - _OF_HURT:
                    yield from _between(n, m, facts[n], no)


def _is_hurt(fact: Fact) -> bool:
    return bool(_HURT.search(fold(fact.words)) or hurt_pattern().search(fold(fact.words)))


# --- plans ----------------------------------------------------------------------------------------------------------

_NO_PLAN: Final = re.compile(
    r"\b(?:no (?:plans?|intentions?|wish|desire) (?:to|of)|not (?:thinking of|thinking about|planning to|planning on|considering|intend to)) ([a-z]+)\b"
)


def find_unplanned(alignment: Alignment) -> Iterator[Finding]:
    """ "She is not thinking of resigning", "Holm resigned on Friday"."""
    facts = alignment.facts
    for m, no in enumerate(facts):
        for verb in _NO_PLAN.findall(fold(no.words)):
            deeds = {stem(verb)} | _families().get(stem(verb), frozenset())
            for n, yes in enumerate(facts):
                done = _is_told(yes) and yes.statement.reality == "happened" and deeds & deeds_of(yes)
                if done and order_of(no, yes) == 1 and _one_doer(yes, no) and not other_scope(yes, no):
                    values = shortened(no.words), shortened(yes.words)
                    yield Finding("status", "update", values[0], m, n, *values, _SURE)


def _one_doer(yes: Fact, no: Fact) -> bool:
    named = yes.named("agent")
    own = {p.head for p in no.parties.get("agent", ())}
    return bool(named & (no.named("agent") or ({no.speaker} if own <= words().pointing else set())))


# --- tests ----------------------------------------------------------------------------------------------------------

_TESTED: Final = frozenset(map(stem, ("test", "tests", "tested", "sample", "samples", "swab", "result", "results", "analysis", "positive", "negative")))


def find_tested(alignment: Alignment) -> Iterator[Finding]:
    """ "Samples from the well tested negative", "tests on the well were positive"."""
    facts = alignment.facts
    told: dict[str, list[int]] = {"positive": [], "negative": []}
    for n, fact in enumerate(facts):
        sides = [word for word in told if word in fact.tokens]
        tested = not _TESTED.isdisjoint(map(stem, fact.tokens))
        if len(sides) == 1 and _is_told(fact) and {stem(t) for t in fact.tokens} & (_TESTED - {stem("positive"), stem("negative")}) and tested:
            told[sides[0]].append(n)
    for n in told["positive"]:
        for m in told["negative"]:
            yes, no = facts[n], facts[m]
            shared = _tested_things(yes) & _tested_things(no)
            if len(shared) > 1 and not _of_one_sentence(yes, no):
                yield from _between(n, m, yes, no)


def _tested_things(fact: Fact) -> frozenset[str]:
    """What was tested: all its words of content; the "well" of the market is one."""
    light = words().empty - {"well"}
    return frozenset(stem(t) for t in fact.tokens if t not in light and not t[0].isdigit()) - _TESTED


# --- one deed -------------------------------------------------------------------------------------------------------


def _one_deed(yes: Fact, no: Fact) -> bool:
    done, undone = [*_things(yes), *_beside(yes), *_money(yes)], _things(no)
    if not undone or not done:
        return False
    pairs = [(x, y) for x in done for y in undone if _one(x, y)]
    if not pairs or not _doers_fit(yes, no):
        return False
    covered = yes.terms | {yes.predicate, no.predicate} | {p.head for pair in pairs for p in pair}
    covered |= {y.head for x in yes.parties.get("agent", ()) for y in no.parties.get("agent", ()) if _one(x, y)}
    covered |= {word for x, y in pairs if not x.modifiers for word in y.modifiers}
    return not _content(no) - covered


def _things(fact: Fact) -> list[Party]:
    """What a deed is done to or with; where nothing is, who or what does it."""
    patients = _named_things(fact.parties.get("patient", ()))
    return patients or _named_things(fact.parties.get("agent", ()))


def _beside(fact: Fact) -> list[Party]:
    """What else stands with the verb: "asked for the ban", "crossed into the airspace"."""
    frame = fact.statement.frame
    others = (a for a in frame.arguments if a.role == "other") if frame else ()
    return [Party(stem(fold(a.head)), frozenset(stem(fold(w)) for w in a.modifiers), None) for a in others]


def _money(fact: Fact) -> list[Party]:
    """A sum that somebody gave or got: "$400,000 was handed over"."""
    sums = any(c.quantity.unit_code for c in fact.counts)
    return [Party("money", frozenset(), None) for p in fact.parties.get("patient", ()) if sums and p.head[:1].isdigit()][:1]


def _of_one_person(yes: Fact, no: Fact) -> bool:
    """What one source says that he never did, and the next that he did: "he had never met any of them", "he had met one
    of them twice"."""
    near = yes.statement.article == no.statement.article and abs(yes.scene.sentence - no.scene.sentence) <= 1
    if not near or not (yes.statement.attribution and no.statement.attribution) or yes.predicate != no.predicate:
        return False
    doers = [{p.head for p in f.parties.get("agent", ())} for f in (yes, no)]
    heads = [{p.head for p in f.parties.get("patient", ())} for f in (yes, no)]
    done = bool(heads[0] & heads[1]) or all(map(_is_anybody, heads[1]))
    return doers[0] == doers[1] and doers[0] <= _HE and bool(doers[0]) and done and bool(heads[0])


_HE: Final = frozenset({"he", "she", "they"})


def _named_things(parties: Sequence[Party]) -> list[Party]:
    return [p for p in parties if p.thing or not (p.head in words().pointing | words().people or _is_anybody(p.head))]


def _is_anybody(head: str) -> bool:
    return head in ("any", "anyth", "noth", "nobody", "anybody", "anyone", "one", "none", "someth")


def _one(x: Party, y: Party) -> bool:
    if x.thing and y.thing:
        return x.thing == y.thing
    kinds = _one_thing()
    if x.head != y.head and kinds.get(x.head, frozenset()).isdisjoint(kinds.get(y.head, ())):
        return False
    left, right = (p.modifiers - words_for_no() for p in (x, y))
    return right <= left or (not left) or bool(left & right)


def _doers_fit(yes: Fact, no: Fact) -> bool:
    """Whether nobody else is said to have done it."""
    if not no.parties.get("patient"):
        return True
    doers = [f.parties.get("agent", ()) for f in (yes, no)]
    if not doers[0] or not doers[1]:
        return True
    return any(_one(x, y) for x in doers[0] for y in doers[1]) or _himself(yes, no)


def _himself(yes: Fact, no: Fact) -> bool:
    """ "It had not sought the ban": the prosecutor's office, who says so, and who the other says did."""
    own = {p.head for p in no.parties.get("agent", ())}
    source = {stem(word) for word in _WORD.findall(fold(no.statement.root.name or "").replace("'s", ""))}
    doers = {p.head for p in yes.parties.get("agent", ())}
    return bool(own) and own <= words().pointing and bool(source & doers)


def _content(no: Fact) -> set[str]:
    """The words of a denial that say what was not done, to what, where."""
    text = _DATES.sub("", fold(no.words))
    kept = {stem(word) for word in _WORD.findall(text)}
    light = frozenset(map(stem, (*words().empty, *words().pointing)))
    return {t for t in no.terms if t in kept} - light - words_for_no() - _said_again()


@cache
def _said_again() -> frozenset[str]:
    """Words that only stress a denial."""
    return frozenset(map(stem, ("ever", "any", "anything", "kind", "sort", "whatsoever", "single", "time", "simply", "absolutely", "all", "have", "evidence", "site", "scene", "premises", "spot", "place", "at all", "whatever")))
