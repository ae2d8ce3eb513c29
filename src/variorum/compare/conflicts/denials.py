"""What somebody denies, beside the one who said it, though the denial does not repeat the words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from typing import Final

from variorum.compare.claims.align import Alignment
from variorum.compare.conflicts.meant import first_of_all, names_him
from variorum.compare.conflicts.outcomes import content_shared, deeds_shared
from variorum.compare.conflicts.reach import Reach
from variorum.compare.facts.asked import accused_of, asked, has_any
from variorum.compare.facts.asserting import subject_before_verb
from variorum.compare.facts.doubt import denials_about, is_denial, rules_on
from variorum.compare.facts.fact import Fact, elsewhere, other_day, stem
from variorum.compare.facts.opposites import words_for_no
from variorum.compare.facts.order import order_of, same_root
from variorum.compare.facts.telling import shortened
from variorum.compare.facts.tolls import near_in_time
from variorum.compare.facts.vocabulary import words
from variorum.compare.finding import Finding
from variorum.model import ArgumentRole
from variorum.text.normalise import fold

#: Denials of one story that are followed at most, and statements that each is held to.
_MOST: Final = 40
#: Nearness in meaning of what is denied and of its denial: where somebody is said to deny, and where one only says
#: that it is not so.
_NEAR: Final = (0.35, 0.4)
#: How sure it is what a denial denies that repeats nothing, and how many statements before it are looked at.
_BARE: Final = 0.8
#: How sure it is of a denial that only speaks of the deed of a claim and of three more things that it tells.
_CLOSE: Final = 0.75
#: Says with "this" what is denied, which the frame leaves out: "calls this an invention".
_CALLS_THIS: Final = re.compile(r"\b(?:call|calls|called|dismiss(?:es|ed)? as|describe[sd]?) (?:this|that|it|these)\b")
#: Says itself what is denied: "denied that he would stand", "rejected rumours that it would close", "not true that".
_THAT: Final = re.compile(r"\b(?:den(?:y|ies|ied)|not true|(\w+)) that \w")
_BACK: Final = 12
_SENTENCES: Final = 4
#: Words of content that a report's own sentence without a name has at least more of, if somebody denies it.
_LEAST: Final = 2
#: Opens a clause that only dates or explains what follows it.
_OPENS_ASIDE: Final = re.compile(r"\W*(?:[\w-]+ )?(?:after|before|because|since|when|while|although|though|if|as)\b")
#: Opens a question that a sentence only mentions, which holds nothing: "where he would go to campaign".
_ASKS_WITHIN: Final = re.compile(r"\W*(?:what|where|why|how|whether)\b")
#: How somebody is called who speaks for a body.
_OFFICE: Final = re.compile(
    r"\b((?:[\w-]+ ){1,3})(?:spokes(?:man|woman|person)|official|chief|head|director|minister)\b"
)
#: Only says that what follows was put out.
_PUT_TO: Final = re.compile(
    r"\b(?:put|puts|presented) (?:this|that|it|these|those|them|all this|the (?:question|claim|allegation)s?) to\b"
    r"|\basked (?:about|for comment|whether|if)\b"
)
_ABOUT: Final = re.compile(r"(\w+) (?:about|concerning|regarding) (?!(?:it|this|that|him|her|them|these|those)\b)")
_ISSUES: Final = re.compile(
    r"\b(?:issu|releas|post|publish|tweet)ed (?:[\w'-]+ ){0,4}(?:statement|release|tweet|post|letter|response|reply)\b"
)
#: Words of a link or heading, which stands between what a report tells: "Crew Of Lost Barge Found Near Velm".
_LONG: Final = re.compile(r"[^\W\d_][\w'’-]{3,}")
_HEADING: Final = 5
#: Letters of a stem that say which word it is of.
_STEM: Final = 5
#: What is asserted where a relative clause says it of the clause before.
_RELATIVE: Final = frozenset({"which", "something", "something which"})
_TAKING_PART: Final[tuple[ArgumentRole, ...]] = ("agent", "patient")


def find_denials(alignment: Alignment, reach: Reach, known: Collection[int]) -> Iterator[Finding]:
    """Each denial with the statement of another source that it is nearest to; those ``known`` already, by index, and
    what says the same are left alone."""
    facts = alignment.facts
    done = {n for group in alignment.groups if not set(known).isdisjoint(group) for n in group}
    negated = (m for m, f in enumerate(facts) if f.statement.polarity == "negated" and not _to_come(f))
    denials = [m for m in negated if m not in done][:_MOST]
    held = [(n, yes) for n, yes in enumerate(facts) if _is_held(yes)] if denials else []
    for m in denials:
        no = facts[m]
        meant = denies(no)
        fitting = [
            (reach.near(n, m), -n) for n, yes in held if _of_one_thing(yes, no, meant=meant) and not _apart(yes, no)
        ]
        near, place = max(fitting, default=(0.0, 0))
        if near >= _NEAR[0 if meant else 1]:
            about = shortened(facts[-place].words)
            sure = min(0.9, 0.6 + 0.4 * near)
            yield Finding("denial", "contradiction", about, -place, m, "affirmed", "denied", sure, denial=True)


def find_bare_denials(alignment: Alignment) -> Iterator[Finding]:
    """Denials that repeat nothing ("The company denied this."): of what another source, else the report itself, told in
    the sentence before."""
    facts = alignment.facts
    for m, no in enumerate(facts):
        bare = denies(no) and not _rules(no) and not _goes_round(no) and repeats_nothing(no)
        if bare and (denied := _meant(m, facts)) is not None:
            about = shortened(facts[denied].statement.text)  # all of it: what is asserted may be two words of it
            yield Finding("denial", "contradiction", about, denied, m, "affirmed", "denied", _BARE, denial=True)


def _goes_round(no: Fact) -> bool:
    """Whether what is called its source is a rumour or report: that denies nothing, so somebody else is meant."""
    called = fold(no.statement.root.name or "").split(" ")[-1]
    known = asked().denied_things - words().pointing
    return bool(no.statement.attribution) and (called in known or called.removesuffix("s") in known)


def find_denied_claims(alignment: Alignment, known: Collection[int]) -> Iterator[Finding]:
    """Claims that a denial speaks of closely enough that they cannot pass for undisputed, though in other words
    (`doubt.denials_about`); denials ``known`` already, by index, are left alone."""
    facts = alignment.facts
    denials = {fact.id: m for m, fact in enumerate(facts) if is_denial(fact) and m not in known}
    for group in alignment.groups if denials else ():
        told = [facts[n] for n in group]
        about = () if any(map(is_denial, told)) else denials_about(told, [facts[m] for m in denials.values()])
        for denial in about:
            yes, m = facts[group[0]], denials[denial.id]
            if (yes.statement.article, yes.scene.sentence) != (denial.statement.article, denial.scene.sentence):
                said = shortened(yes.words)
                yield Finding("denial", "contradiction", said, group[0], m, "affirmed", "denied", _CLOSE, denial=True)


def find_denied_in_other_words(alignment: Alignment, reach: Reach, known: Collection[int]) -> Iterator[Finding]:
    """What somebody else accuses a denier of in other words ("too fast", "denied that its barge was speeding"); denials
    ``known`` already, by index, are left alone."""
    facts = alignment.facts
    accusations = [(n, f) for n, f in enumerate(facts) if _is_held(f) and accused_of(f.words)]
    denials = [m for m, f in enumerate(facts) if is_denial(f) and m not in known] if accusations else []
    for m in denials[:_MOST]:
        no = facts[m]
        fitting = [n for n, yes in accusations if _accused_of_one_thing(yes, no) and not _apart(yes, no)]
        if fitting and not _to_come(no):
            of = max(fitting, key=lambda n, m=m: (reach.near(n, m), -n))  # type: ignore[misc]
            about = shortened(facts[of].words)
            yield Finding("denial", "contradiction", about, of, m, "affirmed", "denied", _BARE, denial=True)


def _accused_of_one_thing(yes: Fact, no: Fact) -> bool:
    """Whether two statements speak of one accusation, against who or what takes part in the first."""
    if accused_of(yes.words).isdisjoint(accused_of(no.words)):
        return False
    accused = {p.thing or p.head for role in _TAKING_PART for p in yes.parties.get(role, ())} - words().pointing
    denier = {no.speaker, *(stem(word) for word in fold(no.statement.root.name or "").split())}
    return not accused.isdisjoint(no.terms | no.names | denier)


def find_admissions(alignment: Alignment, denials: Iterable[Finding]) -> Iterator[Finding]:
    """Denials that a later report takes back: what was denied is admitted there."""
    facts = alignment.facts
    yield from _own_turns(facts)
    admissions = [of for n, f in enumerate(facts) if _admits(f) and (of := _admitted(n, facts)) is not None]
    disputed = (
        (finding.b, of)
        for finding in denials
        for of in admissions[:_MOST]
        if _tells_of(facts[finding.a], facts[of]) or _tells_of(facts[finding.b], facts[of])
    )
    for m, of in dict.fromkeys((*disputed, *_taken_back(admissions, facts))):
        no, told = facts[m], facts[of]
        if order_of(no, told) == 1 and not elsewhere(no, told):
            yield Finding("denial", "update", shortened(told.words), m, of, "denied", "admitted", _BARE, places=(0, 1))


def _own_turns(facts: Sequence[Fact]) -> Iterator[Finding]:
    """What somebody insisted on, and admits later not to have been so: "the alarm worked", and later "it did not"."""
    admitted = [m for m, f in enumerate(facts) if _concedes(f) and f.predicate][:_MOST]
    for m in admitted:
        after = facts[m]
        before = (
            n for n, f in enumerate(facts)
            if f.statement.attribution and f.predicate == after.predicate
            and f.statement.polarity != after.statement.polarity
            and f.statement.reality == after.statement.reality
            and same_root(f, after) and order_of(f, after) == 1 and _one_doer(f, after)
            and not other_day(f.days, after.days) and not elsewhere(f, after)
        )  # fmt: skip
        for n in before:
            values = shortened(facts[n].words), shortened(after.words)
            yield Finding("status", "update", values[0], n, m, *values, _BARE, places=(0, 1))


def _one_doer(a: Fact, b: Fact) -> bool:
    """Whether both name who or what took part, and it is the same."""
    left, right = ({p.thing or p.head for role in _TAKING_PART for p in f.parties.get(role, ())} for f in (a, b))
    return not (left & right) <= words().pointing


def _taken_back(admissions: Sequence[int], facts: Sequence[Fact]) -> Iterator[tuple[int, int]]:
    """What was said not to have been, and is admitted later: of one thing, by all the words that it is called by."""
    denied = [m for m, f in enumerate(facts) if f.statement.polarity == "negated" and f.statement.reality == "happened"]
    for m in denied[:_MOST]:
        for of in admissions[:_MOST]:
            no, told = facts[m], facts[of]
            called = any(modifiers for _, modifiers in _bare(no.undergoing) & _bare(told.undergoing))
            if called and not other_day(no.days, told.days):
                yield m, of


def _bare(called: Iterable[tuple[str, frozenset[str]]]) -> set[tuple[str, frozenset[str]]]:
    """Things with the words before them but for those for no."""
    return {(head, modifiers - words_for_no()) for head, modifiers in called}


def _tells_of(before: Fact, told: Fact) -> bool:
    """Whether the deed and another word of what was said before stand in what is admitted: vectors see little of it in
    a longer sentence."""
    shared = content_shared(before, told)
    return (before.predicate in shared and len(shared) > 1) or _accused_of_one_thing(before, told)


def _admits(fact: Fact) -> bool:
    return fact.statement.polarity == "affirmed" and _concedes(fact)


def _concedes(fact: Fact) -> bool:
    """Whether somebody admits what the statement says, be it that something was not so."""
    return not {row.cue_lemma for row in fact.statement.attribution}.isdisjoint(asked().admitting)


def _admitted(n: int, facts: Sequence[Fact]) -> int | None:
    """What is admitted: what the statement holds, or the clause before "which they now admit"."""
    here = facts[n]
    if here.key not in _RELATIVE:
        return n
    clause = (
        m for m, f in enumerate(facts[:n])
        if f.statement.article == here.statement.article and f.scene.sentence == here.scene.sentence
    )  # fmt: skip
    return max(clause, default=None)


def repeats_nothing(no: Fact) -> bool:
    """Whether nothing stands in a denial but who denies, that he does, and a word that points back."""
    frame = no.statement.frame
    if frame is None:
        return False
    heads = [fold(a.head) for a in frame.arguments if a.role != "agent" or fold(a.head) in asked().denied_things]
    pointing = [head for head in heads if head in asked().denied_things]
    rest = [head for head in heads if head not in asked().denied_things | asked().only_denying]
    text = no.folded
    if any(not said[1] or said[1] in asked().denied_things for said in _THAT.finditer(text)):
        return False
    if any(said[1] in asked().denied_things for said in _ABOUT.finditer(text)):
        return False  # "assertions about his politics were untrue": it says of what
    return bool(pointing or _CALLS_THIS.search(text)) and not rest and not no.counts


def _meant(m: int, facts: Sequence[Fact]) -> int | None:
    """What a denial means that repeats nothing."""
    no, told = facts[m], _told_before(m, facts)
    if told is None or facts[told].scene.sentence == no.scene.sentence or not _things_told(no):
        return told
    return first_of_all(told, no, facts)


def _told_before(m: int, facts: Sequence[Fact]) -> int | None:
    """What the sentence before says; of what somebody told ("the claims", "the story") where it does not, what the
    nearest of a few sentences before it puts down to somebody else."""
    no = facts[m]
    if own := _before_in_sentence(m, facts):
        # "The wall is unsafe, although the owner disputes this": what its own sentence says is meant.
        other = (n for n in own if facts[n].statement.attribution and not _on_one_side(facts[n], no))
        return max(other, default=None)
    first = last = no.scene.sentence - 1
    if all(_only_hands_on(facts[n]) for n in _of_sentence(m, last, facts)):
        # "The paper cites a clerk of the ministry. The ministry called this an invention."
        last -= 1
        first = _account_begins(m, last, facts)
    back = [
        n
        for n in range(max(0, m - _BACK), m)
        if facts[n].statement.article == no.statement.article
        and facts[n].statement.polarity == "affirmed"
        and 0 < no.scene.sentence - facts[n].scene.sentence <= _SENTENCES
        and not denies(facts[n])
        and not _to_come(facts[n])
        and not _on_one_side(facts[n], no)
        and not _ISSUES.search(facts[n].folded)
    ]
    before = [
        n
        for n in back
        if first <= facts[n].scene.sentence <= last
        and (not same_root(facts[n], no) if facts[n].statement.attribution else _may_be_meant(facts[n], no))
    ]
    if not before and _is_of_what_was_told(no):
        if any(_is_of_another(facts[n], no) for n in _of_sentence(m, last, facts)):
            return None  # what was told before is meant, and that is nothing that could be told as denied
        sourced = [n for n in back if _is_of_another(facts[n], no)]
        return max(sourced, key=lambda n: (facts[n].scene.sentence, -n), default=None)
    # Of an accusation that is put down to somebody, rather than of what the report adds.
    charged = has_any if _things_told(no) & asked().claimed else _never
    return max(
        before,
        key=lambda n: (
            charged(facts[n].statement.text, asked().accusing),
            names_him(facts[n], no),
            bool(facts[n].statement.attribution),
            -n,
        ),
        default=None,
    )


def _account_begins(m: int, last: int, facts: Sequence[Fact]) -> int:
    """The sentence in which whoever speaks in the ``last`` one begins to."""
    speaks = [n for n in _of_sentence(m, last, facts) if facts[n].statement.attribution]
    while speaks and last > facts[m].scene.sentence - _SENTENCES:
        before = _of_sentence(m, last - 1, facts)
        if not any(facts[n].statement.attribution and same_root(facts[n], facts[speaks[0]]) for n in before):
            break
        last -= 1
    return last


def _only_hands_on(fact: Fact) -> bool:
    """Whether it tells only by whom, or to whom, something else was told: "we put that to the company"."""
    return fact.predicate in _sourcing() or any(only.search(fact.folded) for only in (_ISSUES, _PUT_TO))


def _never(text: str, phrases: Collection[str]) -> bool:
    return False


def _before_in_sentence(m: int, facts: Sequence[Fact]) -> list[int]:
    """What stands before a denial in its sentence and does not only date or explain."""
    no = facts[m]
    return [
        n
        for n in _of_sentence(m, no.scene.sentence, facts)
        if facts[n].statement.span[1] <= no.statement.span[0]
        and facts[n].statement.polarity == "affirmed"
        and not _OPENS_ASIDE.match(fold(facts[n].statement.text))
    ]


def _is_of_another(told: Fact, no: Fact) -> bool:
    """Whether somebody else told it."""
    return bool(told.statement.attribution) and not same_root(told, no)


def _on_one_side(told: Fact, no: Fact) -> bool:
    """Whether what was told is by the one who is said to deny it, by who passes that on ("they call that a lie", he
    said), or by one of his ("Holm", "Holm's campaign")."""
    if not told.statement.attribution:
        return False
    speaks = {row.entity or fold(row.name) for row in no.statement.attribution if not row.relay}
    root = told.statement.root
    if (root.entity or fold(root.name or "")) in speaks:
        return True
    if root.name is None:
        return False
    return any(_one_house(root.name, row.name) or _speaks_for(told, row.name) for row in no.statement.attribution)


def _speaks_for(told: Fact, body: str) -> bool:
    """Whether its source is called by an office of a body: "ministry spokesman Bo Lunt", "the health ministry"."""
    last = fold(body).split(" ")[-1]
    called = _OFFICE.search(told.folded)
    return called is not None and bool(last) and last in called[1].split(" ") and last not in words().pointing


def _one_house(one: str, other: str) -> bool:
    """Whether of two speakers one is called after the other's last word: "Ada Holm", "Holm's office"."""
    return any(
        re.match(rf"(?:[A-Z][\w.]* )*{re.escape(a.split()[-1])}['’]s? ", b)
        for a, b in ((one, other), (other, one))
        if a.strip()
    )


def _of_sentence(m: int, sentence: int, facts: Sequence[Fact]) -> list[int]:
    """The statements before ``m`` of a sentence of its article."""
    article = facts[m].statement.article
    near = range(max(0, m - _BACK), m)
    return [n for n in near if facts[n].statement.article == article and facts[n].scene.sentence == sentence]


@cache
def _sourcing() -> frozenset[str]:
    return frozenset(map(stem, asked().sourcing))


def _may_be_meant(told: Fact, no: Fact) -> bool:
    """Whether a denial may be of what the report tells itself: not where it is of what somebody claimed ("dismissed the
    allegation"), nor where the report itself says that what others told ("the story") is not true."""
    if not subject_before_verb(told) or not (told.names or len(told.terms) > _LEAST):
        return False  # a list of names, a heading, "the possibility is intriguing"
    if _is_heading(told.statement.text):
        return False
    if _only_touches(told, no):
        return False
    told_of = _things_told(no)
    if not told_of or has_any(told.statement.text, asked().accusing):
        return True
    return bool(no.statement.attribution) and not told_of & asked().claimed


def _only_touches(told: Fact, no: Fact) -> bool:
    """Whether what a denial says is denied ("the fraud allegation") is named only by the way, and neither done nor
    what it is done by or to: "passed on papers of clerks who also spoke of fraud"."""
    denied = {m for own in no.parties.values() for p in own if p.head in _stems_denied() for m in p.modifiers}
    matter = {t for t in told.terms if any(_alike(t, m) for m in denied)}
    parties = {t for own in told.parties.values() for p in own for t in (p.head, *p.modifiers)}
    return bool(matter) and matter.isdisjoint(parties | {told.predicate})


@cache
def _stems_denied() -> frozenset[str]:
    return frozenset(map(stem, asked().denied_things - words().pointing))


def _alike(one: str, other: str) -> bool:
    """Whether two stems may be of one word: "castrat", "castr"."""
    return min(len(one), len(other)) >= _STEM and (one.startswith(other) or other.startswith(one))


def _is_heading(text: str) -> bool:
    """Whether all its longer words are capitalised."""
    long = _LONG.findall(text)
    return len(long) >= _HEADING and all(word[0].isupper() for word in long)


def _is_of_what_was_told(no: Fact) -> bool:
    """Whether somebody is said to deny what others told, or that is what is not true: not "poor health coincided with
    unfounded reports"."""
    told = _things_told(no)
    return bool(told) and (
        bool(no.statement.attribution) or any(p.head in map(stem, told) for p in no.parties.get("agent", ()))
    )


def _things_told(no: Fact) -> frozenset[str]:
    """The words of a denial for what somebody told: "the claims", "the story"."""
    frame = no.statement.frame
    heads = {fold(a.head) for a in frame.arguments} if frame else set()
    return frozenset(heads & (asked().denied_things - words().pointing))


def does_not_deny(fact: Fact) -> bool:
    """Whether somebody only "has not denied" what the statement tells: he says neither that it is so nor that not."""
    return fact.statement.certainty == "unknown" and has_any(fact.statement.text, asked().not_denying)


def denies(fact: Fact) -> bool:
    """Whether somebody is said to deny what the statement holds: not who "did not deny" it."""
    if has_any(fact.statement.text, asked().not_denying):
        return False
    stances = [row.stance for row in fact.statement.attribution]
    if rules_on(fact):
        return False
    return "deny" in stances[-1:] or has_any(fact.statement.text, asked().denying)


def _rules(fact: Fact) -> bool:
    """ "The court dismissed the claim": a ruling, and not what the court knows."""
    return not asked().ruling.isdisjoint(fold(fact.statement.root.name or "").split())


def _to_come(fact: Fact) -> bool:
    return fact.statement.reality in ("planned", "conditional")


def _is_held(yes: Fact) -> bool:
    """Whether a statement holds something that can be denied."""
    held = yes.statement.polarity == "affirmed" and not _to_come(yes) and words().open.isdisjoint(yes.tokens)
    return held and _ASKS_WITHIN.match(fold(yes.words)) is None


def _apart(yes: Fact, no: Fact) -> bool:
    here = yes.statement.article == no.statement.article and yes.scene.sentence == no.scene.sentence
    return here or same_root(yes, no) or elsewhere(yes, no) or other_day(yes.days, no.days) or not near_in_time(yes, no)


def _of_one_thing(yes: Fact, no: Fact, *, meant: bool) -> bool:
    """Whether both tell the deed; where nobody is said to deny, also a thing that it was done to or with. To deny
    something special ("an intercontinental missile") is not to deny the general ("a missile")."""
    if no.predicate not in yes.terms and len(yes.terms & no.terms) < 2:
        return False  # most pairs, and words in common are quickly counted
    shared = content_shared(yes, no)
    sides = {q: side.side for q, side in no.sides.items() if not side.contrast.flips}
    sourced = bool(yes.statement.attribution and no.statement.attribution)
    if (
        not meant
        and sourced
        and deeds_shared(yes, no)
        and len(shared) > 1
        and yes.names & no.names
        and not sides
        and not no.counts
    ):
        return True
    if no.predicate not in shared or any(q not in yes.sides or yes.sides[q].side != s for q, s in sides.items()):
        return False
    return meant or (len(shared) > 1 and not re.search(r"\d", no.key))
