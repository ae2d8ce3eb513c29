"""A sentence held to a story: who says so, who says otherwise, and whether anybody speaks to it at all.

The sentence is aligned as one more statement, by the same likeness and the same clashes that make claims. What the
edition has found about the statements that it meets – denials, contradictions, later states – answers with them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from typing import Final

from variorum.compare.claims.align import centred
from variorum.compare.claims.clashes import Clash, differing_counts
from variorum.compare.claims.likeness import Scale
from variorum.compare.claims.newsrooms import Newsrooms
from variorum.compare.claims.support import support
from variorum.compare.config import CompareConfig
from variorum.compare.facts.counts import Count
from variorum.compare.facts.fact import Fact, elsewhere, read_facts
from variorum.compare.facts.names import Names
from variorum.compare.facts.order import order_of
from variorum.compare.facts.organs import governments
from variorum.compare.facts.telling import count_value, listed
from variorum.compare.facts.vocabulary import words
from variorum.compare.stage import in_order, outlet
from variorum.model import Article, Conflict, Edition, Entity, Part, Reading, Statement, Story, Verdict, Witness
from variorum.ports import Embedder
from variorum.text.normalise import fold

#: Statements whose vectors are looked at, the likeliest by structure first (10 to 20 ms each, the first time).
_VECTORS: Final = 120
#: How alike a statement must be to be shown where none says so, and how many are shown.
_NEAR: Final = 0.35
_SHOWN: Final = 3
#: How alike two statements must be, apart from a "not", to speak of one thing: a false "denied" costs most.
_ONE_THING: Final = 0.55
#: The same for those that count the same, whose figures differ.
_ONE_COUNT: Final = 0.4
#: How much of a sentence a statement must say, and how many words and names a sentence must have to be held to that.
_CONTAINED: Final = 0.85
_ENOUGH: Final = 3
#: What the clashes of one who answers the same question otherwise are called.
_OTHERWISE: Final[Mapping[frozenset[Clash], str]] = {
    frozenset({"polarity"}): "says that it is not so",
    frozenset({"category"}): "calls it something else",
    frozenset({"quantity"}): "gives another figure",
}
_ORDER: Final[tuple[Verdict, ...]] = ("denied", "disputed", "silent", "supported")

#: How each statement bears on what was asked, by its index.
Bearing = dict[int, str]


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """The verdict on a sentence of several parts: no better than that on its worst part."""
    return min(verdicts, key=_ORDER.index, default="silent")


class Inquiry:
    """One story of an edition, ready to be asked."""

    def __init__(self, edition: Edition, story: Story, config: CompareConfig, embedder: Embedder | None) -> None:
        self._members = [article for article in in_order(edition.articles) if article.id in story.articles]
        self._titles = {article.id: outlet(article) for article in self._members}
        self._statements = [s for s in edition.statements if s.article in self._titles]
        self._rooms = Newsrooms(self._members, edition.lineage, config.owners, edition.statements)
        self._entities, self._story, self._config, self._embedder = edition.entities, story, config, embedder

    def answer(self, asked: Article, statement: Statement, strangers: Sequence[Entity]) -> Part:
        """What the story says to one statement of the article ``asked``, whose entities are those of the edition, or
        ``strangers`` to it."""
        names = Names([*self._entities, *strangers], governments())
        weighed = _Weighed(self._facts(asked, statement, names), names, self._config, self._embedder)
        facts = weighed.facts
        say_so = self._with_their_claims(weighed)
        told, unheard = _by_the_source(weighed.asked, say_so, facts, names)
        earlier, later = self._other_states(facts, say_so)
        others = weighed.otherwise() | self._against(weighed, say_so)
        others = {n: how for n, how in others.items() if n not in {*say_so, *earlier, *later}}
        others, grown = weighed.without_states(others, say_so)
        against = _by_the_source(weighed.asked, list(others), facts, names)[0]
        verdict = _verdict(bool(told), bool(against))
        maybe = dict.fromkeys(weighed.hedging(), "says that it may be so")
        near = {} if told or others else weighed.near()
        return Part(
            text=weighed.asked.words,
            verdict=verdict,
            support=support([facts[n] for n in told], self._rooms, names, self._titles) if told else None,
            says_so=self._witnesses(weighed, dict.fromkeys(told, "says so")),
            says_otherwise=self._witnesses(weighed, others),
            later=self._witnesses(weighed, later | grown),
            near=self._witnesses(weighed, near | maybe | dict.fromkeys(unheard, "says so, and is somebody else")),
            reason=_reason(verdict, [facts[n] for n in unheard], maybe=bool(maybe), later=bool(later | grown))
            + ("; others say otherwise" if others and not against else ""),
        )

    def _facts(self, asked: Article, statement: Statement, names: Names) -> list[Fact]:
        """Those of the story, and the one that is asked, last."""
        return read_facts([*self._members, asked], [*self._statements, statement], names)

    def _with_their_claims(self, weighed: _Weighed) -> list[int]:
        """Those who say so, and the rest of their claims as far as it does not clash with what is asked."""
        index = {fact.id: n for n, fact in enumerate(weighed.facts)}
        say_so = set(weighed.saying_so())
        for claim in self._story.claims:
            members = {index[s] for s in claim.statements if s in index}
            if members & say_so:
                say_so |= {n for n in members if not weighed.clashes(n) and weighed.counts_so(n)}
        return sorted(say_so)

    def _against(self, weighed: _Weighed, say_so: Sequence[int]) -> Bearing:
        """Those who deny or contradict the ones who say so in what is asked, and those whom they deny."""
        facts, index = weighed.facts, {fact.id: n for n, fact in enumerate(weighed.facts)}
        ids = {facts[n].id for n in say_so}
        found: dict[str, str] = {}
        for claim in self._story.claims:
            if ids & {*claim.statements}:
                found |= dict.fromkeys(claim.denied_by, "denies it")
            if ids & {*claim.denied_by}:
                found |= dict.fromkeys(claim.statements, "says what they deny")
        for conflict in self._story.conflicts:
            if conflict.relation == "contradiction" and weighed.asks_for(conflict):
                held = [reading for reading in conflict.readings if ids & {*reading.statements}]
                rest = [reading for reading in conflict.readings if held and reading not in held]
                found |= {s: _reads(conflict, reading) for reading in rest for s in reading.statements}
        return {index[s]: how for s, how in found.items() if s in index}

    def _other_states(self, facts: Sequence[Fact], say_so: Sequence[int]) -> tuple[Bearing, Bearing]:
        """Earlier and later states of what they say."""
        index, ids = {fact.id: n for n, fact in enumerate(facts)}, {facts[n].id for n in say_so}
        earlier: Bearing = {}
        later: Bearing = {}
        for conflict in self._story.conflicts:
            held = [n for n, r in enumerate(conflict.readings) if ids & {*r.statements}]
            for number, reading in enumerate(conflict.readings):
                if conflict.relation != "update" or not held or number in held:
                    continue
                state, how = (earlier, "said earlier") if number < held[-1] else (later, "says later")
                state |= {index[s]: f"{how}: {reading.value}" for s in reading.statements if s in index}
        return earlier, {n: how for n, how in later.items() if n not in say_so}

    def _witnesses(self, weighed: _Weighed, bearing: Bearing) -> tuple[Witness, ...]:
        return tuple(self._witness(weighed.facts[n], bearing[n], weighed.likeness(n)) for n in sorted(bearing))

    def _witness(self, fact: Fact, how: str, likeness: float) -> Witness:
        said = fact.statement
        return Witness(
            statement=said.id,
            article=said.article,
            span=said.span,
            text=said.text,
            newsroom=self._rooms.of(said).label,
            root=said.root.name if said.attribution else None,
            reported=fact.reported,
            how=how,
            likeness=round(likeness, 2),
        )


class _Weighed:
    """The statements of a story against the one that is asked, which is the last of ``facts``."""

    def __init__(self, facts: list[Fact], names: Names, config: CompareConfig, embedder: Embedder | None) -> None:
        self.facts, self.asked = facts[:-1], facts[-1]
        self._scale, self._config = Scale(facts, names), config
        if embedder is not None:
            likeliest = sorted(range(len(self.facts)), key=lambda n: (-self._scale.structure(n, len(self.facts)), n))
            chosen = [self.asked, *(facts[n] for n in likeliest[:_VECTORS])]
            self._scale.vectors = centred({fact.key: fact.words for fact in chosen}, embedder)

    def likeness(self, n: int) -> float:
        """0..1."""
        return self._scale.likeness(n, len(self.facts))

    def clashes(self, n: int) -> frozenset[Clash]:
        """Why the two are not one claim. A figure that lies within the bounds asked for is no clash: seven are "at
        least five"."""
        found, fact = self._scale.clashes(n, len(self.facts)), self.facts[n]
        if "quantity" in found and all(_within(x.low, x.high, y.low, y.high) for x, y in self._figures(fact)):
            return found - {"quantity"}
        return found

    def _figures(self, fact: Fact) -> list[tuple[Count, Count]]:
        return differing_counts(fact, self.asked)

    def saying_so(self) -> list[int]:
        """Those that are one claim with it, or say all that it says and more."""
        return [n for n, fact in enumerate(self.facts) if self._is_so(n) and not self._hedges(fact)]

    def hedging(self) -> list[int]:
        """Those that say that it may be so."""
        return [n for n, fact in enumerate(self.facts) if self._hedges(fact) and self._is_so(n, {"reality"})]

    def asks_for(self, conflict: Conflict) -> bool:
        """Whether the sentence says anything of what is disputed: a figure, a day, a kind of thing."""
        of_category = conflict.about in self.asked.sides or not self.asked.sides
        told = {"quantity": bool(self.asked.counts), "date": self.asked.dated, "category": of_category}
        return told.get(conflict.kind, True)

    def counts_so(self, n: int) -> bool:
        """Whether a statement gives every figure that is asked for."""
        return all(any(x.same_slot(y, same_predicate=True) for y in self.facts[n].counts) for x in self.asked.counts)

    def _is_so(self, n: int, but: Set[Clash] = frozenset()) -> bool:
        if self.clashes(n) - but or not self.counts_so(n):
            return False
        within = "quantity" in self._scale.clashes(n, len(self.facts))
        least = _ONE_COUNT if within else self._config.same  # figures that differ have cost it likeness
        return self.likeness(n) >= least or self._holds(self.facts[n])

    def _holds(self, fact: Fact) -> bool:
        """Whether a statement has nearly every word of what is asked, the deed and the names among them."""
        said = fact.terms | fact.names
        told = bool(self.asked.predicate) and self.asked.predicate in fact.terms
        enough = len(self.asked.terms | self.asked.names) + bool(self.asked.statement.attribution) >= _ENOUGH
        return told and enough and self.asked.names <= said and self._scale.containment(self.asked, fact) >= _CONTAINED

    def _hedges(self, fact: Fact) -> bool:
        unsure = ("possible", "unknown")
        return fact.statement.certainty in unsure and self.asked.statement.certainty not in unsure

    def otherwise(self) -> Bearing:
        """Those that answer the same question otherwise."""
        found: Bearing = {}
        for n, fact in enumerate(self.facts):
            how = _OTHERWISE.get(self.clashes(n))
            least = _ONE_COUNT if "quantity" in self.clashes(n) else _ONE_THING
            if how is None or self.likeness(n) < least or elsewhere(fact, self.asked):
                continue
            if "quantity" in self.clashes(n):
                if not any((x.slot.unit or x.slot.role) and not x.meets(y) for x, y in self._figures(fact)):
                    continue
                how = f"says {listed(count_value(x) for x, y in self._figures(fact) if not x.meets(y))}"
            found[n] = how
        return found

    def without_states(self, others: Bearing, say_so: Sequence[int]) -> tuple[Bearing, Bearing]:
        """``others`` without earlier and later states of a toll whose present figure is asked, and the later ones."""
        kept, later = dict(others), Bearing()
        for n in others:
            orders = {order_of(self.facts[m], self.facts[n]) for m in say_so}
            growth = {y.core < x.core for x, y in self._figures(self.facts[n]) if x.slot.role in words().tolls.growing}
            if "quantity" in self.clashes(n) and growth == {True} and orders == {1}:
                later[n] = kept.pop(n)
            elif "quantity" in self.clashes(n) and growth == {False} and orders == {-1}:
                del kept[n]
        return kept, later

    def near(self) -> Bearing:
        """The likest ones."""
        order = sorted(range(len(self.facts)), key=lambda n: (-self.likeness(n), n))
        shown = [n for n in order[:_SHOWN] if self.likeness(n) >= _NEAR]
        planned = frozenset[Clash]({"reality"})
        return {
            n: "differs in whether it has happened" if self.clashes(n) == planned else "is the nearest" for n in shown
        }


def _reads(conflict: Conflict, reading: Reading) -> str:
    return _OTHERWISE[frozenset({"polarity"})] if conflict.kind == "denial" else f"says: {reading.value}"


def _within(low: float, high: float, least: float, most: float) -> bool:
    return least <= low and high <= most and least < most


def _by_the_source(
    asked: Fact, say_so: Sequence[int], facts: Sequence[Fact], names: Names
) -> tuple[list[int], list[int]]:
    """Those who say so, and those who say so but are not the source that the sentence names."""
    if not asked.statement.attribution:
        return list(say_so), []
    root = asked.statement.root
    wanted = names.thing(root.entity) if root.entity else None

    def is_source(n: int) -> bool:
        said = facts[n].statement
        sources = [(row.name, row.entity) for row in said.attribution] + [(said.root.name, said.root.entity)]
        if wanted is not None and any(entity and names.thing(entity) == wanted for _, entity in sources):
            return True
        return any(fold(name or "") == fold(root.name or "-") for name, _ in sources)

    return [n for n in say_so if is_source(n)], [n for n in say_so if not is_source(n)]


def _verdict(told: bool, others: bool) -> Verdict:
    if told:
        return "disputed" if others else "supported"
    return "denied" if others else "silent"


def _reason(verdict: Verdict, unheard: Sequence[Fact], *, maybe: bool, later: bool) -> str:
    if verdict == "silent" and unheard:
        who = listed(f.statement.root.name or "a report" if f.statement.attribution else "a report" for f in unheard)
        return f"somebody else says so ({who}), not the source that is named"
    said: dict[Verdict, str] = {
        "supported": "reports say so and none says otherwise",
        "disputed": "some say so, others say otherwise",
        "denied": "nobody says so, and what is said is otherwise",
        "silent": "it is said that it may be so, not that it is" if maybe else "no report speaks to it",
    }
    return said[verdict] + ("; later reports tell a later state of it" if later else "")
