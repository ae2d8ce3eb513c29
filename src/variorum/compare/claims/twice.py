"""Whether two sources tell what a claim says, and not only of the same people and things.

Statements become one claim by likeness, which sees who and where better than what was done. That they belong together
is good enough to set them side by side; that the one bears the other out is said only where both tell the deed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations
from typing import Final

from variorum.compare.claims.align import Alignment
from variorum.compare.claims.likeness import in_names, one_family, says_who, toll_verbs
from variorum.compare.claims.same_deed import tells_no_deed
from variorum.compare.facts.asserting import asks, asserts
from variorum.compare.facts.fact import Fact, empty_stems, stem, two_named
from variorum.compare.facts.order import same_root
from variorum.compare.facts.remembered import of_fact
from variorum.compare.facts.stance import exposes, is_mentioned
from variorum.compare.facts.wishes import one_advises, wishes
from variorum.text.normalise import fold

#: Nearness in meaning from which the deed may be told in words of which none is the same.
_OTHER_WORDS: Final = 0.7
#: Likeness by all signs from which they may: "announced it on her feed", "said on her feed".
_ALIKE: Final = 0.8
#: Hardly two things share a figure of three digits.
_RARE: Final = 100
#: ... if no more claims of the story than these have it.
_FEW: Final = 3
#: Words beside names that say something of whom they name.
_TOLD: Final = 2
#: Roles of figures that only tell of whom or what it is told: "the driver, 61, was trapped", "a bus with 23 on board
#: overturned".
_OF_WHOM: Final = ("age", "carried")
#: Statements of one claim that are held to each other at most.
_MOST: Final = 24
#: "Lifting toads out of wells is all in a day's work".
_GENERAL: Final = re.compile(r"[a-z]{3,}ing (?:[^ ]+ ){1,8}is (?:all |always |usually |mostly |often |part |just )")
#: "The town had at first shut the bridge until May", "If the pilot says that it fell".
_AT_FIRST: Final = re.compile(r"\b(?:had (?:at first|initially|originally)|(?:at first|initially|originally) had)\b")
_IF: Final = re.compile(r"(?:[^\"]*\")?\W*if ")
#: Nobody says anything: "declined to comment", "is not authorised to comment", "did not respond".
_SILENT: Final = re.compile(
    r"\b(?:(?:not|declined|declines|declining|refused|refuses|unable|unavailable)\b.{0,30}? comment(?:ing)?"
    r"|(?:did|does|has|have) not (?:immediately )?(?:respond|responded|reply|replied)|on condition of anonymity)\b"
)
#: What is said to whoever reads it.
_TO_READERS: Final = re.compile(r"\byou(?:'re|'ll|'ve| are| can| will| have| may)\b")
_SPEAKERS: Final = frozenset({"i", "we", "you"})


def bearing(members: Sequence[int], facts: Sequence[Fact]) -> Sequence[int]:
    """Those of a claim's statements that say that it is so, or all where none does: who "neither confirmed nor denied"
    it, asks, does not know whether it is so, tells what is so at all times or was so at first, speaks to its
    readers, or only mentions it as what an untrue story says, bears nothing out."""
    told = [n for n in members if not is_mentioned(facts[n])]
    told = [n for n in told if not exposes(facts[n])] or told or list(members)
    return [n for n in told if _says_so(facts[n])] or told


@of_fact
def _says_so(fact: Fact) -> bool:
    if fact.statement.certainty == "unknown" or asks(fact) or wishes(fact) or _speaks_to_readers(fact):
        return False
    return not (_GENERAL.match(fact.key) or _AT_FIRST.search(fact.folded) or _IF.match(fact.folded))


def _speaks_to_readers(fact: Fact) -> bool:
    """ "You can buy a lot of boats for that": the report's own word to whoever reads it."""
    return not fact.statement.attribution and _TO_READERS.search(fact.folded) is not None


def tellings(members: Sequence[int], alignment: Alignment) -> list[list[int]]:
    """Those of a claim's statements that tell its deed, or all where no two reports do: what only speaks of the same
    people and things ("all in a day's work for Ada Holm") stands beside it and bears nothing out. Where some tell one
    deed and some another ("sold it in May", "took it there three years ago"), each of the two by itself."""
    said = list(bearing(members, alignment.facts))
    if len({alignment.facts[n].statement.article for n in said}) == 1:
        return [said]
    some = [n for n in said if alignment.facts[n].predicate and _says_something(alignment.facts[n])][:_MOST]
    told: list[set[int]] = []
    for pair in combinations(some, 2):
        known = any(one.issuperset(pair) for one in told)
        if not known and _in_two_reports(*pair, alignment):
            joined = set(pair).union(*(one for one in told if not one.isdisjoint(pair)))
            told = [joined, *(one for one in told if one.isdisjoint(pair))]
    stumps = set(said) - set(some)  # of which nobody can tell what they tell
    return [sorted(one | stumps) for one in sorted(told, key=min)] or [said]


def _in_two_reports(n: int, m: int, alignment: Alignment) -> bool:
    a, b = alignment.facts[n], alignment.facts[m]
    if a.statement.article == b.statement.article:
        return False
    return tell_one(n, m, alignment) or _one_share(a, b)


def _one_share(a: Fact, b: Fact) -> bool:
    """Whether both have one percentage for one name: "the operator put it at 60 percent", "speaks of 60 percent"."""
    same = any(x.slot.unit == y.slot.unit == "percent" and x.same_figure(y) for x in a.counts for y in b.counts)
    one, other = (f.scene.names | {f.speaker} - {None} for f in (a, b))
    return same and not one.isdisjoint(other)


def told_by_two(members: Sequence[int], roots: Sequence[frozenset[str]], alignment: Alignment) -> frozenset[int]:
    """Those of a claim's statements whose deed another of them tells too that has another source or report. ``roots``
    are those that each of them may have: copies of one report say the same, and bear nothing out beside a third that
    tells another thing."""
    known = dict(zip(members, roots, strict=True))
    told = [n for n in members if _says_something(alignment.facts[n]) and _says_so(alignment.facts[n])]
    pairs = combinations(told[:_MOST], 2)
    return frozenset(
        number
        for n, m in pairs
        if known[n].isdisjoint(known[m])
        and _are_two(alignment.facts[n], alignment.facts[m])
        and tell_one(n, m, alignment)
        for number in (n, m)
    )


@of_fact
def _says_something(fact: Fact) -> bool:
    """Not where a name or a stump is all of it ("Ada Holm.", "Otto Lund, 23", "Thank you, Velm"), nor where somebody
    says nothing."""
    if _SILENT.search(fact.folded):
        return False
    return _beside_names(fact) and (asserts(fact) or any(count.slot.role != "age" for count in fact.counts))


def _beside_names(fact: Fact) -> bool:
    """Whether there is a word that is neither a name nor a number."""
    named = in_names(fact)
    return any(not word.isdigit() and stem(word) not in named for word in fact.tokens)


def _are_two(a: Fact, b: Fact) -> bool:
    return a.statement.article != b.statement.article or not same_root(a, b)


def tell_one(n: int, m: int, alignment: Alignment) -> bool:
    """Whether two statements tell one deed, and not only of one thing."""
    a, b = alignment.facts[n], alignment.facts[m]
    no_deed = tells_no_deed(a) or tells_no_deed(b)
    one_deed = one_family(a, b) and a.predicate != b.predicate and not no_deed
    if _of_two_doers(a, b) or (not one_deed and (_of_whom_alone(a, b) or one_advises(a, b))):
        return False
    near = alignment.scale.cosine(n, m)
    if a.statement.article == b.statement.article:
        # Whom a report lets speak on one topic one after the other seldom say the same, and in like words one mostly
        # takes up the other's.
        return near is not None and near >= _OTHER_WORDS
    if one_deed or near is None or near >= _OTHER_WORDS or alignment.scale.likeness(n, m) >= _ALIKE:
        return True
    return _names_deed(a, b) or _names_deed(b, a) or _one_count(a, b, alignment) or _is_all_said(a, b)


def _of_whom_alone(a: Fact, b: Fact) -> bool:
    """Whether all that both say is of whom or what, with its age or how many it carried, and neither tells the deed of
    the other: "the driver, 61, was trapped", "the 61-year-old driver was injured"."""
    shared = [x.slot for x in a.counts for y in b.counts if x.slot.role == y.slot.role and x.same_figure(y)]
    if not any(slot.role in _OF_WHOM for slot in shared) or _names_deed(a, b) or _names_deed(b, a):
        return False
    parties = {p.head for f in (a, b) for own in f.parties.values() for p in own} | in_names(a) | in_names(b)
    units = {stem(slot.unit) for slot in shared if slot.unit}
    return all(t in parties or t in units or says_who(t) for t in a.terms & b.terms)


def _names_deed(a: Fact, b: Fact) -> bool:
    """Whether what the first says is done stands in the second too, and not only in what its source is called:
    "according to charges" charges nobody. "Is" and "has" are no deed."""
    told = a.predicate in b.terms and a.predicate not in empty_stems() and not tells_no_deed(a)
    return told and (a.predicate == b.predicate or a.predicate not in _source_words(b))


@of_fact
def _source_words(fact: Fact) -> frozenset[str]:
    """The stems of the words by which those are called to whom it is put down."""
    names = " ".join(row.name or "" for row in fact.statement.attribution)
    return frozenset(stem(word) for word in fold(names).split())


def _is_all_said(a: Fact, b: Fact) -> bool:
    """Whether all that the one tells stands in the other: "8 percent" in "a pay rise of 8 percent", "Holm is guilty of
    fraud" in "Holm was found guilty of two counts of fraud"."""
    return any(_stands_in(less, more) for less, more in ((a, b), (b, a)))


def _stands_in(less: Fact, more: Fact) -> bool:
    if any(x.same_figure(y) for x in less.counts for y in more.counts) and set(less.tokens) <= set(more.tokens):
        return True
    return less.terms <= more.terms and len(less.terms - in_names(less)) >= _TOLD


def _one_count(a: Fact, b: Fact, alignment: Alignment) -> bool:
    """Whether both tell one figure of the same happening ("nine were killed", "the death toll is nine"), or one that is
    like no other ("surprised him with 2,084 dollars", "got a tip of 2,084 dollars"); not where the whole story goes on
    about it: "the 2.5-million yacht" stands in all that is told of the yacht. One who was killed is spoken of in all
    that is told of it: "a man accused of killing a woman had been drinking"."""
    same = (
        (x.slot, x.core) for x in a.counts for y in b.counts
        if x.slot.role == y.slot.role and x.same_figure(y) and x.slot.role not in _OF_WHOM
    )  # fmt: skip
    return any(
        (slot.role is not None and (core > 1 or _both_say_so(a, b)))
        or (core >= _RARE and _seldom(core, (a, b), alignment))
        for slot, core in same
    )


def _both_say_so(a: Fact, b: Fact) -> bool:
    """Whether that somebody came to harm is what both say, and not only whom they speak of."""
    return {a.predicate, b.predicate} <= toll_verbs()


def _seldom(core: float, told: tuple[Fact, Fact], alignment: Alignment) -> bool:
    """Whether few claims of the story have a figure, and the two reports tell it once each."""
    facts = alignment.facts
    having = [g for g in alignment.groups if any(_has(core, facts[n]) for n in g)]
    places = {(f.statement.article, f.scene.sentence) for g in having for f in (facts[n] for n in g) if _has(core, f)}
    articles = [article for article, _ in places]
    return len(having) <= _FEW and all(articles.count(f.statement.article) == 1 for f in told)


def _has(core: float, fact: Fact) -> bool:
    return any(count.core == core for count in fact.counts)


def _of_two_doers(a: Fact, b: Fact) -> bool:
    """Whether one doer is not the other: two who are named, or "I" of two speakers."""
    spoken = [not _SPEAKERS.isdisjoint(p.head for p in f.parties.get("agent", ())) for f in (a, b)]
    named = two_named(a, b) and not (_is_of_whom_it_is_done_to(a, b) or _is_of_whom_it_is_done_to(b, a))
    return named or (all(spoken) and not same_root(a, b))


def _is_of_whom_it_is_done_to(a: Fact, b: Fact) -> bool:
    """ "Holm is guilty", "the court found Holm guilty": who is so does nothing."""
    return a.predicate in empty_stems() and a.named("agent") <= b.named("patient")
