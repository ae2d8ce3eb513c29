"""How alike two statements are: words and names weighted by how rare they are in the story, the frame, the counts, and
the centred cosine of their vectors where both were embedded."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache, cached_property
from math import log
from typing import TYPE_CHECKING, Final

import numpy as np

from variorum.compare.claims.clashes import Clash, clashes, differing_counts, one_end, one_figure_of_both
from variorum.compare.claims.same_deed import cast, families, may_be_one_deed, one_deed
from variorum.compare.claims.slots import is_time
from variorum.compare.facts.counts import Count, pairs_in_one_slot, words_before
from variorum.compare.facts.fact import Fact, elsewhere, other_day, stem
from variorum.compare.facts.names import Names, is_country
from variorum.compare.facts.order import same_root
from variorum.compare.facts.questions import names_people
from variorum.compare.facts.remembered import of_fact, of_pair
from variorum.compare.facts.vocabulary import words
from variorum.model import ArgumentRole
from variorum.text.normalise import fold

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: A figure that is met by chance.
_SMALL: Final = re.compile(r"#?\d{1,3}")
#: How alike two statements of one toll are, whatever their words.
_SAME_TOLL: Final = 0.65
#: How alike two statements are at most that share the thing they speak of and no word of what they say of it.
_NAMES_ALONE: Final = 0.42
#: How much more alike two statements are that are near in meaning and tell one figure or one end of a period; from
#: which cosine they are near, and from which size a whole number tells one thing from another.
_ONE_TERM: Final = 0.15
_ON_ONE_THING: Final = 0.2
_TELLING: Final = 20
#: From which cosine two statements that both speak of one deed are one claim, and how alike they then are at least.
_SURELY_NEAR: Final = 0.65
_SURE: Final = 0.62
_NUMBER_AND_UNIT: Final = 2
_PERSONS: Final = frozenset({"i", "we", "you", "he", "she", "they"})
_ROLES: Final[tuple[ArgumentRole, ...]] = ("agent", "patient")
_NONE: Final[frozenset[str]] = frozenset()
#: Weights are whole numbers, so that their sums do not depend on the order of a set.
_UNIT: Final = 1000


class Scale:
    """Weighs pairs of facts, given by their indices. What was weighed once is kept until vectors come in."""

    def __init__(self, facts: Sequence[Fact], names: Names) -> None:
        self.facts = facts
        self.names = names
        self._vectors: dict[str, NDArray[np.float32]] = {}
        self._cast = cast(facts, names)
        distinct = {fact.key: fact for fact in reversed(facts)}
        seen = Counter(word for fact in distinct.values() for word in fact.terms | fact.names)
        known = {word: max(1, seen[word]) for fact in facts for word in fact.terms | fact.names}
        self._weight = {word: round(_UNIT * log(1 + max(8, len(distinct)) / n)) for word, n in known.items()}
        self._whole = {said: self._sum(said) for fact in facts for said in (fact.terms, fact.names)}
        self._structure: dict[tuple[int, int], float] = {}
        self._likeness: dict[tuple[int, int], float] = {}
        self._clashes: dict[tuple[int, int], frozenset[Clash]] = {}

    @property
    def vectors(self) -> dict[str, NDArray[np.float32]]:
        """Unit vectors by the key of the text."""
        return self._vectors

    @vectors.setter
    def vectors(self, vectors: dict[str, NDArray[np.float32]]) -> None:
        self._vectors = vectors
        self._likeness.clear()

    def rarest(self, fact: Fact, most: int) -> list[str]:
        """The words and names of a fact that are rarest in the story, the rarest first."""
        return sorted(fact.terms | fact.names, key=lambda word: (-self._weight[word], word))[:most]

    def containment(self, general: Fact, specific: Fact) -> float:
        """How much of the general statement the specific one has, 0..1."""
        said = general.terms | general.names
        whole = self._sum(said)
        return self._sum(said & (specific.terms | specific.names)) / whole if whole else 0.0

    def structure(self, a: int, b: int) -> float:
        """Likeness by words, names, predicate, participants and counts, 0..1."""
        pair = (a, b) if a < b else (b, a)
        known = self._structure.get(pair)
        if known is None:
            known = self._structure[pair] = self._read_structure(self.facts[pair[0]], self.facts[pair[1]])
        return known

    def _read_structure(self, left: Fact, right: Fact) -> float:
        if left.key == right.key:
            return 1.0
        signs = _signs(left, right)
        told = frozenset({left.predicate}) if signs.one_family else _NONE
        score = 0.75 * self._dice(left.terms, right.terms, told) + 0.25 * self._dice(left.names, right.names, empty=0.4)
        return max(0.0, min(1.0, score + signs.beside_words))

    def _dice(
        self, left: frozenset[str], right: frozenset[str], told: frozenset[str] = _NONE, empty: float = 0.0
    ) -> float:
        """``told`` is of the left what the right has in another word."""
        whole = self._whole[left] + self._whole[right]
        return 2 * self._sum(left & (right | told if told else right)) / whole if whole else empty

    def _sum(self, words_of_a_fact: frozenset[str]) -> int:
        return sum([self._weight[word] for word in words_of_a_fact])

    def cosine(self, a: int, b: int) -> float | None:
        """The centred cosine, if both were embedded."""
        left, right = self._vectors.get(self.facts[a].key), self._vectors.get(self.facts[b].key)
        return None if left is None or right is None else float(left @ right)

    def likeness(self, a: int, b: int) -> float:
        """Structure, with the vectors' say where there is one."""
        pair = (a, b) if a < b else (b, a)
        known = self._likeness.get(pair)
        if known is None:
            known = self._likeness[pair] = self._read_likeness(*pair)
        return known

    def _read_likeness(self, a: int, b: int) -> float:
        score, cosine, left, right = self.structure(a, b), self.cosine(a, b), self.facts[a], self.facts[b]
        signs = _signs(left, right)
        if cosine is not None and score < 0.9:
            near = max(0.0, min(1.0, (cosine + 0.1) / 0.8))
            score = 0.5 * score + 0.5 * near - (0.2 if signs.other_deed and not signs.one_family else 0.0)
            score += _ONE_TERM if cosine >= _ON_ONE_THING and signs.one_term else 0.0
        if signs.of_whom_alone or ((cosine or 0.0) < _SURELY_NEAR and signs.circumstances_alone):
            score = min(score, _NAMES_ALONE)
        if cosine is not None and cosine >= _SURELY_NEAR and (signs.one_family or signs.deed_in_both):
            score = max(score, _SURE)
        deed = signs.may_be_one_deed and one_deed(left, right, signs.one_family, cosine or 0.0, self._cast)
        if signs.one_figure or deed:
            score = max(score, _SURE)
        return max(score, _SAME_TOLL if signs.same_toll else 0.0)

    def one_plan(self, a: int, b: int) -> bool:
        """Whether both tell what is planned for one day."""
        return _one_plan(self.facts[a], self.facts[b])

    def clashes(self, a: int, b: int) -> frozenset[Clash]:
        """Why the two cannot be one claim."""
        pair = (a, b) if a < b else (b, a)
        known = self._clashes.get(pair)
        if known is None:
            known = self._clashes[pair] = clashes(self.facts[pair[0]], self.facts[pair[1]], self.names)
        return known


def one_family(left: Fact, right: Fact) -> bool:
    """Whether both tell one deed, by verbs of one family; a plan and what came of it are two."""
    if (left.statement.reality == "planned") != (right.statement.reality == "planned"):
        return False
    return not families(left).isdisjoint(families(right))


class _Signs:
    """What speaks for and against two statements being one claim, as far as their own words say, each read when it is
    asked for."""

    def __init__(self, left: Fact, right: Fact) -> None:
        self._pair = left, right
        self.one_family = one_family(left, right)

    @cached_property
    def beside_words(self) -> float:
        """What predicates, participants and counts add to the likeness of words and names."""
        told = self.one_family
        return _predicates(*self._pair, told) + _participants(*self._pair, told) + _counted(*self._pair)

    @cached_property
    def of_whom_alone(self) -> bool:
        """Whether all that both say is of whom or what they speak."""
        return any(
            alone(*self._pair)
            for alone in (
                _names_alone,
                _age_alone,
                _denied_of_other_things,
                _told_by_the_way,
                _figures_alone,
                _pronouns_alone,
            )
        )

    @cached_property
    def circumstances_alone(self) -> bool:
        return _circumstances_alone(*self._pair)

    @cached_property
    def other_deed(self) -> bool:
        return _other_deed(*self._pair)

    @cached_property
    def deed_in_both(self) -> bool:
        return _deed_in_both(*self._pair)

    @cached_property
    def one_term(self) -> bool:
        return _one_term(*self._pair)

    @cached_property
    def one_figure(self) -> bool:
        return _one_figure_of_one_source(*self._pair)

    @cached_property
    def may_be_one_deed(self) -> bool:
        return may_be_one_deed(*self._pair, self.one_family)

    @cached_property
    def same_toll(self) -> bool:
        return _same_toll(*self._pair)


@of_pair
def _signs(left: Fact, right: Fact) -> _Signs:
    return _Signs(left, right)


def _predicates(left: Fact, right: Fact, one_family: bool) -> float:
    """One predicate speaks for one claim, predicates that the other does not even mention against."""
    if not left.predicate or not right.predicate:
        return 0.0
    if left.predicate == right.predicate or one_family:
        return 0.08
    strange = (left.predicate not in right.terms) + (right.predicate not in left.terms)
    return (0.0, -0.03, -0.06)[strange]


def _participants(left: Fact, right: Fact, one_family: bool) -> float:
    """Who did it and to whom. The same doer doing something else to something else is another event; the same event
    at one stated time is one occasion, the more so when it is still to come."""
    agent, patient = _same_party(left, right, "agent"), _same_party(left, right, "patient")
    score = sum(0.04 if same else -0.05 for same in (agent, patient) if same is not None)
    if _other_deed(left, right) and not one_family:
        return score - 0.15
    same_deed = one_family or (bool(left.predicate) and left.predicate == right.predicate)
    if not (patient or same_deed) or not _one_time(left, right):
        return score
    signs = bool(agent) + bool(patient) + same_deed + (len(left.names & right.names) >= 0.5 * _fewer_names(left, right))
    if signs >= 2:
        return score + (0.35 if left.statement.reality == right.statement.reality == "planned" else 0.2)
    return score


def _one_figure_of_one_source(left: Fact, right: Fact) -> bool:
    """Whether two reports have one figure for one question from one source, who says it in other words to each: "two
    patients are fighting for their lives", "two of the injured are in critical condition"."""
    if not (left.statement.attribution and right.statement.attribution):
        return False
    if left.statement.article == right.statement.article or not same_root(left, right) or differing_counts(left, right):
        return False
    counts = [[c for c in f.counts if not _tells_which(c, f)] for f in (left, right)]
    asked = (x.slot.role for x in counts[0] for y in counts[1] if x.slot == y.slot and x.same_figure(y))
    return any(role not in (None, "age") for role in asked)


def _one_term(left: Fact, right: Fact) -> bool:
    """Whether both tell one telling figure, or one end of a period, and no figure that differs."""
    if differing_counts(left, right):
        return False
    return one_end(left, right) or one_figure_of_both(left, right, _TELLING) or _fraction(left, right)


def _fraction(left: Fact, right: Fact) -> bool:
    """3.5 and 3.5 are hardly two figures of one story."""
    return any(x.core == y.core != int(x.core) for x in left.counts for y in right.counts)


def _names_alone(left: Fact, right: Fact) -> bool:
    """ "Captain Holm was not on the bridge", "Captain Holm has not been charged": one person, be it with his age, and
    no word in common of what is said."""
    if not left.predicate or not right.predicate or left.predicate == right.predicate:
        return False
    both = left.names & right.names
    if not both:
        return False
    named = [p for f in (left, right) for r in _ROLES for p in f.parties.get(r, ()) if p.thing in both]
    doers = _doers(left) & _doers(right)  # "the ferryman, Otto Lund": the parser makes the ferryman the one it tells of
    called = {word for p in named for word in (p.head, *p.modifiers)} | doers | (in_names(left) & in_names(right))
    return bool(named or doers) and left.terms & right.terms <= called | (_aged(left) & _aged(right))


def _figures_alone(left: Fact, right: Fact) -> bool:
    """ "They have 58", "ayes 58, noes 61": small whole figures without their thing, and no word or name in common; nor
    does "two hours!" tell what took so long."""
    shared = left.terms & right.terms
    if not shared or not left.names.isdisjoint(right.names):
        return False
    if left.key != right.key and (_only_measures(left) or _only_measures(right)):
        return True
    told = pairs_in_one_slot(left.counts, right.counts, same_predicate=False)
    of_one_thing = any(x.slot.unit and x.same_figure(y) for x, y in told)
    same = left.predicate == right.predicate
    return not same and not of_one_thing and all(_SMALL.fullmatch(term) for term in shared)


@of_fact
def _only_measures(fact: Fact) -> bool:
    """Whether all that is told is how long something took: one number and its unit."""
    if len(fact.counts) != 1 or len(fact.terms) > _NUMBER_AND_UNIT:
        return False
    unit = fact.counts[0].slot.unit
    return unit is not None and fact.counts[0].slot.role is None and is_time(unit) and stem(unit) in fact.terms


def _pronouns_alone(left: Fact, right: Fact) -> bool:
    """ "They know everything about me", "we said what we knew": two who are not named, and one word of what they do."""
    doers = [{p.head for p in fact.parties.get("agent", ())} for fact in (left, right)]
    pointing = all(own and own <= _PERSONS for own in doers) and doers[0].isdisjoint(doers[1])
    told = left.names or right.names or left.counts or right.counts
    return pointing and not told and len(left.terms & right.terms) <= 1 and left.key != right.key


@of_fact
def _aged(fact: Fact) -> frozenset[str]:
    """The terms that tell an age: "the 29-year-old", "Otto Lund, 63"."""
    ages = [f"{count.core:g}" for count in fact.counts if count.slot.role == "age"]
    return frozenset({"year", "old", *ages, *(f"#{age}" for age in ages)}) if ages else frozenset()


@of_fact
def _doers(fact: Fact) -> frozenset[str]:
    """What those are called who do it, and the people to whom it is done; what is done ("holds talks") is no doer."""
    return frozenset(
        p.head for role in _ROLES for p in fact.parties.get(role, ()) if role == "agent" or names_people(p.head)
    )


@of_fact
def in_names(fact: Fact) -> frozenset[str]:
    """The stems of the words that stand in names."""
    begin, text = fact.statement.span[0], fact.statement.text
    spans = [text[max(0, m.span[0] - begin) : max(0, m.span[1] - begin)] for m in fact.statement.mentions]
    return frozenset(stem(fold(word)) for span in spans for word in re.findall(r"\w+", span))


def _denied_of_other_things(left: Fact, right: Fact) -> bool:
    """ "Nobody would lose a seat", "nobody would lose the right of way": one deed that is not done to two things."""
    if left.predicate != right.predicate or {left.statement.polarity, right.statement.polarity} != {"negated"}:
        return False
    one, other = ({p.head for p in f.parties.get("patient", ())} for f in (left, right))
    return bool(one and other) and not one & other and left.terms & right.terms <= {left.predicate}


def _circumstances_alone(left: Fact, right: Fact) -> bool:
    """ "A fire tore through a mill in Velm", "two bodies were found in the ruins of the mill in Velm": neither tells of
    the deed or the doers of the other, and no figure is the same."""
    if not left.predicate or not right.predicate or not left.told.isdisjoint(right.told):
        return False
    strange = left.told.isdisjoint(right.terms) and right.told.isdisjoint(left.terms)
    if not strange or len(left.told) < 2 or len(right.told) < 2:
        return False
    return not any(x.same_figure(y) for x in left.counts for y in right.counts)


def _age_alone(left: Fact, right: Fact) -> bool:
    """ "The man, 34, and the woman", "the body of the 34-year-old was found": an age tells of whom, and not what."""
    if not all(any(c.slot.role == "age" for c in f.counts) for f in (left, right)):
        return False
    copula = [f for f in (left, right) if f.predicate == "be"]
    return len(copula) == 1 or any(all(map(says_who, f.terms)) for f in (left, right))


def says_who(term: str) -> bool:
    """Whether a word only tells of whom: a word for people, an age."""
    return names_people(term) or term in ("year", "old") or re.search(r"\d|#", term) is not None


def _other_deed(left: Fact, right: Fact) -> bool:
    """One doer who does something else, and not to the same: "the train derailed", "the train was too fast". Vectors
    see the doer and hardly tell the deeds apart."""
    if not left.predicate or left.predicate == right.predicate:
        return False
    named = bool(left.parties.get("patient")), bool(right.parties.get("patient"))
    if named[0] != named[1] or not _same_party(left, right, "agent") or _same_party(left, right, "patient"):
        return False
    return not any(
        left.sides[about].side == right.sides[about].side for about in left.sides.keys() & right.sides.keys()
    )


def _deed_in_both(left: Fact, right: Fact) -> bool:
    """Whether the deed of one is named in the other ("he would appeal", "he will go into appeal"; "will reopen", "is to
    open again"), or both are planned for one day. Vectors alone hardly tell what somebody did from what else he did."""
    return _one_plan(left, right) or any(
        bool(a.predicate) and bool({a.predicate, a.predicate.removeprefix("re")} & (b.terms | {b.predicate}))
        for a, b in ((left, right), (right, left))
    )


def _one_plan(left: Fact, right: Fact) -> bool:
    return left.statement.reality == right.statement.reality == "planned" and _one_time(left, right)


def _same_toll(left: Fact, right: Fact) -> bool:
    """Whether both tell one figure of one running total of one event, however they put it."""
    tolls = words().tolls
    if not {left.predicate, right.predicate} <= toll_verbs() or left.statement.polarity != right.statement.polarity:
        return False
    told = [x.slot for x, y in pairs_in_one_slot(left.counts, right.counts, same_predicate=False) if x.same_figure(y)]
    if not any(slot.role in tolls.growing for slot in told) or elsewhere(left, right, around=True):
        return False
    local = any(not is_country(place) for place in left.scene.around & right.scene.around)
    return local or (left.in_lead and right.in_lead)


@cache
def toll_verbs() -> frozenset[str]:
    """The stems of the verbs that tell a toll."""
    return frozenset(map(stem, words().tolls.told_by))


def _same_party(left: Fact, right: Fact, role: ArgumentRole) -> bool | None:
    """Whether both name one participant in this role, by head, title or thing; None where one names none."""
    one, other = left.called(role), right.called(role)
    if not one.heads or not other.heads:
        return None
    return not (
        one.heads.isdisjoint(other.heads)
        and one.heads.isdisjoint(other.modifiers)
        and one.modifiers.isdisjoint(other.heads)
        and left.named(role).isdisjoint(right.named(role))
    )


def _fewer_names(left: Fact, right: Fact) -> int:
    return max(1, min(len(left.names), len(right.names)))


def _one_time(left: Fact, right: Fact) -> bool:
    return left.dated and right.dated and not other_day(left.days, right.days)


#: Before a number that only tells which event or thing is meant: "the blast that killed", "the plant where".
_WHICH: Final = re.compile(r"\bthe (?:[\w-]+ ){1,4}?(?:that|which|where|in which|who) (?:[\w-]+ ){0,4}$")


def _tells_which(count: Count, fact: Fact) -> bool:
    """Whether a number is not what a statement tells: "was leaking two days before the blast that killed three"."""
    return fact.predicate not in toll_verbs() and bool(_WHICH.search(f"{fold(words_before(count, fact.statement))} "))


def _told_by_the_way(left: Fact, right: Fact) -> bool:
    """Whether a toll that the one tells only tells in the other which event is meant."""
    which = [
        (_tells_which(x, left), _tells_which(y, right)) for x in left.counts for y in right.counts
        if x.slot.role == y.slot.role is not None and x.same_figure(y)
    ]  # fmt: skip
    return bool(which) and all(one != other for one, other in which)


def _counted(left: Fact, right: Fact) -> float:
    """Numbers that agree speak for one claim, the more so in one known role of one scene; numbers that only one has
    speak a little against."""
    if not left.counts or not right.counts:
        return -0.04 if left.counts or right.counts else 0.0
    counts = [[c for c in f.counts if not _tells_which(c, f)] for f in (left, right)]
    pairs = pairs_in_one_slot(*counts, same_predicate=True)
    agreed = [x.slot for x, y in pairs if x.same_figure(y)]
    if not agreed:
        return -0.12
    one_scene = not elsewhere(left, right) and not other_day(left.scene.days, right.scene.days)
    return 0.3 if one_scene and any(slot.role for slot in agreed) else 0.12
