"""Statements as the comparison sees them: asserted words, terms, names, days and counts in one normal form, with the
scene they stand in."""

from __future__ import annotations

import re
from bisect import bisect_right
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property, lru_cache
from itertools import groupby
from typing import Final, Literal

from variorum.compare.facts.contrast import Side, lexicon
from variorum.compare.facts.counts import Count, read_count
from variorum.compare.facts.names import Names, is_country
from variorum.compare.facts.notices import notice_of, takes_back
from variorum.compare.facts.remembered import of_fact
from variorum.compare.facts.vocabulary import words
from variorum.compare.toll import Setting, excluded
from variorum.model import Argument, ArgumentRole, Article, Quantity, Span, Statement
from variorum.text.normalise import fold, squeeze
from variorum.text.shelf import Shelf

Days = tuple[str, str]
#: Where an article stands among others: undated or not, its date, its id.
Place = tuple[bool, str, str]
#: How a report stands to what it tells: in its own voice or after a source; as what a story says that it calls untrue,
#: be it in the same breath; or that it is untrue.
Stance = Literal["tells", "mentions", "refutes", "exposes"]

_NONE: Final[frozenset[str]] = frozenset()

_WORD: Final = re.compile(r"\w+(?:[-'.]\w+)*")
#: A full stop, or the like, before white space and anything that may open a sentence.
_SENTENCE_END: Final = re.compile(r"[.!?…][\"'”’)\]]{0,3}\s+(?=[\"'“‘(\[]?[A-Z0-9À-Þ])|\n\s*\n")
#: "Not one job will be cut" says that none will.
_NOT_ONE: Final = re.compile(r"\W*not (one(?! (?:to|for|of)\b)|a single)\b", re.IGNORECASE)
#: Opens a clause that dates or explains another one; with a comma in it, that is the other one.
_SUBORDINATE: Final = re.compile(
    r"\W*(?:[\w-]+ ){0,3}(?:after|before|because|since|when|while|although|though|if)\b[^,]*$"
)
#: Endings that inflect or derive, the longest first, and what they leave.
_SUFFIXES: Final = (
    ("ically", "ic"), ("ations", ""), ("ation", ""), ("ments", ""), ("ment", ""), ("ies", "y"), ("ings", ""),
    ("ing", ""), ("edly", ""), ("ed", ""), ("ions", ""), ("ion", ""), ("ly", ""), ("es", ""), ("s", ""), ("e", ""),
)  # fmt: skip
#: Roles of participants that tell one deed from another.
_ROLES: Final[tuple[ArgumentRole, ...]] = ("agent", "patient")
#: Numbers from here on are rare enough to speak for one event.
_TELLING: Final = 10
#: Characters on either side of a number in which "more" or "another" belongs to it.
_BESIDE: Final = 10
#: Characters on either side of a number in which words say where those whom it counts are.
_NEXT_TO: Final = 48
#: Sentences at the beginning of a report that tell its news.
_LEAD: Final = 3
#: So many words behind the verb a "that" tells which thing is meant, and does not begin what is said or thought.
_FAR: Final = 4
#: Words at the beginning of a sentence in which it points back.
_OPENING: Final = 4
#: Letters by which a word is known in another form: "copied", "copy".
_BEGINNING: Final = 3
#: Words whose stems are remembered.
_REMEMBERED: Final = 50_000
#: Facts that are kept, of all stories together: some five kilobytes each; two hundred and fifty reports have as many.
_FACTS: Final = 6_000
#: Sets of places of which is remembered what is a town and what a country.
_PLACES: Final = 5_000


@dataclass(frozen=True, slots=True)
class Scene:
    """Where and when the sentence of a statement plays: ``sentence`` counts from its report's first one; ``places``,
    ``names`` and ``days`` are those it names; ``around`` are its places or else the last named before it."""

    sentence: int
    places: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    days: Days | None = None
    around: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Party:
    """A participant by the stem of its head and of the words that narrow it, and the thing it is, if named."""

    head: str
    modifiers: frozenset[str]
    thing: str | None


@dataclass(frozen=True, slots=True)
class Called:
    """The heads of all participants of a role, and the words that narrow them."""

    heads: frozenset[str] = _NONE
    modifiers: frozenset[str] = _NONE


_NOBODY: Final = Called()


@dataclass(frozen=True, eq=False)
class Fact:
    """One statement, normalised. ``rank`` orders facts by article and place; ``words`` is what is asserted, ``key``
    its words alone; ``predicate`` is a stem, "" if there is none; ``days`` are the event's first and last day,
    ``dated`` if they are stated; ``notice``: the paragraph of a correction notice in which it stands, ``withdrawn`` if
    it is only what the notice takes back; ``continues``: without a source itself, it goes on about what the
    sentence before puts down to one ("Two of them are in hospital"); ``speaker`` is the thing that its words are put
    down to, if that is known; ``untrue_by``: the id of the statement of its report that says in the same breath that
    it is not so (`facts.verdicts`); ``instead_of``: the terms in whose place a report puts its own.

    It has no slots, for what is asked of it for every other statement is read once and kept with it. Two are equal only
    if they are one: a fact is the same whatever other reports there are, and its own key (`facts.remembered`).
    """

    statement: Statement
    rank: tuple[Place, Span]
    reported: str | None
    words: str
    key: str
    terms: frozenset[str]
    names: frozenset[str]
    predicate: str
    parties: Mapping[ArgumentRole, tuple[Party, ...]]
    counts: tuple[Count, ...]
    sides: Mapping[str, Side]
    days: Days | None
    dated: bool
    scene: Scene
    notice: Span | None = None
    withdrawn: bool = False
    continues: Statement | None = None
    speaker: str | None = None
    stance: Stance = "tells"
    untrue_by: str | None = None
    instead_of: frozenset[str] = _NONE

    @property
    def id(self) -> str:
        return self.statement.id

    @cached_property
    def folded(self) -> str:
        """The statement's text as it is compared: no accents, straight quotes, small letters."""
        return fold(self.statement.text)

    @property
    def corrects(self) -> bool:
        """Whether it stands in a correction notice."""
        return self.notice is not None

    def named(self, role: ArgumentRole) -> frozenset[str]:
        """The things that are named in this role."""
        return self._named.get(role, _NONE)

    def called(self, role: ArgumentRole) -> Called:
        """What is called so in this role."""
        return self._called.get(role, _NOBODY)

    @cached_property
    def _called(self) -> Mapping[ArgumentRole, Called]:
        return {
            role: Called(frozenset(p.head for p in parties), frozenset(w for p in parties for w in p.modifiers))
            for role, parties in self.parties.items()
        }

    @cached_property
    def _named(self) -> Mapping[ArgumentRole, frozenset[str]]:
        return {role: frozenset(p.thing for p in parties if p.thing) for role, parties in self.parties.items()}

    @cached_property
    def undergoing(self) -> frozenset[tuple[str, frozenset[str]]]:
        """What something is done to, by all the words that it is called by."""
        return frozenset((party.head, party.modifiers) for party in self.parties.get("patient", ()))

    @cached_property
    def told(self) -> frozenset[str]:
        """Its predicate, and what its participants are called."""
        return frozenset({self.predicate, *(party.head for parties in self.parties.values() for party in parties)})

    @cached_property
    def tokens(self) -> tuple[str, ...]:
        """The words of its key."""
        return tuple(self.key.split())

    @property
    def in_lead(self) -> bool:
        """Whether it stands where a report tells its news."""
        return self.scene.sentence < _LEAD


#: The facts of articles that were read last.
_READ: Final[Shelf[list[Fact]]] = Shelf(_FACTS)


def read_facts(articles: Sequence[Article], statements: Iterable[Statement], names: Names) -> list[Fact]:
    """The statements of ``articles``, in the order of these and by their place. They are read once as long as nothing
    that they are made of changes, for every new report is compared with all before it, and every question with all."""
    by_article: dict[str, list[Statement]] = {article.id: [] for article in articles}
    for statement in statements:
        if statement.article in by_article:
            by_article[statement.article].append(statement)
    facts: list[Fact] = []
    for article in articles:
        own = tuple(sorted(by_article[article.id], key=lambda s: (s.span, s.id)))
        basis = article, own, _meant(own, names)
        known = _READ.find(article.id, basis)
        read = _facts(article, own, names) if known is None else known
        _READ.put(article.id, basis, read)
        facts += read
    return facts


def _meant(statements: Iterable[Statement], names: Names) -> Mapping[str, tuple[str, str | None]]:
    """What stands behind the entities of some statements: the thing, and the place if it is one."""
    mentioned = {m.entity for s in statements for m in s.mentions}
    taking_part = {a.entity for s in statements if s.frame for a in s.frame.arguments if a.entity}
    speaking = {s.root.entity for s in statements if s.root.entity}
    return {entity: (names.thing(entity), names.place(entity)) for entity in mentioned | taking_part | speaking}


def place_of(article: Article) -> Place:
    """By publication, undated last, then by id: the same whatever articles there are."""
    return article.published is None, article.published.value if article.published else "", article.id


def _facts(article: Article, statements: Sequence[Statement], names: Names) -> list[Fact]:
    ends = sentence_ends(article.text)
    aside = _aside(article, statements)
    places = [bisect_right(ends, s.span[0]) for s in statements]
    # Headline, byline and date stand before a report's first sentence.
    told = [_fact(s, article, p - places[0], names, aside) for s, p in zip(statements, places, strict=True)]
    return _with_scenes(_with_what_they_continue(told, article.text), names)


def _with_what_they_continue(facts: Sequence[Fact], text: str) -> list[Fact]:
    """The facts of one article; what has no source and points back may rest on the source of the sentence before."""
    told: list[Fact] = []
    for fact in facts:
        number = fact.scene.sentence
        before = [f for f in reversed(told) if number - 1 <= f.scene.sentence < number] if _points_back(fact) else []
        near = before and "\n" not in text[before[0].statement.span[0] : fact.statement.span[0]].strip()
        sourced = next((f.statement for f in before if f.statement.attribution), None) if near else None
        told.append(replace(fact, continues=sourced) if sourced else fact)
    return told


def sentence_ends(text: str) -> list[int]:
    """Where the sentences of a text end, but for the last."""
    return [match.end() for match in _SENTENCE_END.finditer(text)]


def _points_back(fact: Fact) -> bool:
    return not fact.statement.attribution and not words().anaphors.isdisjoint(fact.key.split()[:_OPENING])


def _aside(article: Article, statements: Sequence[Statement]) -> frozenset[Span]:
    """The numbers of an article that tell of another event or of a statistic."""
    quantities = {q.span: q for s in statements for q in s.quantities}
    times = sorted({t for s in statements for t in s.times}, key=lambda t: t.span)
    setting = Setting(article.published.value if article.published else None, tuple(times))
    return excluded(article.text, [quantities[span] for span in sorted(quantities)], setting, taken_back=False)


#: "Like a fire that killed", once the news is told.
_OF_ANOTHER: Final = re.compile(
    r"\b(?:an?|another) (?:[\w-]+ ){1,3}(?:that|which) (?:has |had |have )?(?:also )?"
    r"(?:killed|claimed|injured|wounded|destroyed|left)\b[^.;]{0,20}$"
)


def _is_of_another(before: str) -> bool:
    """Whether a number follows an event that is brought in as one among others."""
    return _OF_ANOTHER.search(squeeze(before).lower() + " ") is not None


#: "Half as much again as the 6,000 tonnes", "more than the official 40".
_HELD_TO: Final = re.compile(
    r"\b(?:(?:more|less|fewer|higher|lower|larger|smaller) than|again as|compared (?:with|to)|as against)"
    r" (?:the|its|their)(?: (?:earlier|previous|official|initial|original|first))? $"
)


def _is_held_to(quantity: Quantity, statement: Statement, article: Article) -> bool:
    """Whether a number is only what another of its sentence is compared with."""
    before = squeeze(article.text[statement.span[0] : quantity.span[0]]).lower() + " "
    others = (q for q in statement.quantities if q.span != quantity.span)
    return any(q.unit_code == quantity.unit_code for q in others) and _HELD_TO.search(before) is not None


#: Between the digits of a text that was cut into words: "3 . 6".
_TORN: Final = re.compile(r"\d \. $"), re.compile(r" \. \d")


def _is_torn(span: Span, text: str) -> bool:
    """Whether a number is half of a decimal one."""
    before, after = text[max(0, span[0] - len("3 . ")) : span[0]], text[span[1] : span[1] + len(" . 6")]
    return _TORN[0].search(before) is not None or _TORN[1].match(after) is not None


def _fact(statement: Statement, article: Article, sentence: int, names: Names, aside: frozenset[Span]) -> Fact:
    text = squeeze(" ".join(article.text[begin:end] for begin, end in statement.content)) or squeeze(statement.text)
    if statement.polarity == "affirmed" and _NOT_ONE.match(text):
        statement = replace(statement, polarity="negated")
    arguments = statement.frame.arguments if statement.frame else ()
    notice = notice_of(statement, article)
    counts = tuple(
        read_count(
            q,
            article.text[max(0, q.span[0] - _BESIDE) : q.span[1] + _BESIDE],
            _beside(q, statement, article),
            article.text[statement.span[0] : q.span[0]],
            aside=q.span in aside
            or (sentence > 0 and _is_of_another(article.text[statement.span[0] : q.span[0]]))
            or _is_held_to(q, statement, article),
        )
        for q in statement.quantities
        if _begins_within(q.span, statement.content) and not _is_torn(q.span, article.text)
    )
    return Fact(
        statement=statement,
        rank=(place_of(article), statement.span),
        reported=article.published.value if article.published else None,
        words=text,
        key=" ".join(_WORD.findall(fold(text))),
        terms=_terms(statement, text) | {f"#{c.core:g}" for c in counts if abs(c.core) >= _TELLING},
        names=frozenset(names.thing(m.entity) for m in statement.mentions if _within(m.span, statement.content)),
        predicate=stem(fold(statement.frame.predicate)) if statement.frame else "",
        parties={r: tuple(_party(a, names) for a in arguments if a.role == r) for r in _ROLES},
        counts=counts,
        sides=lexicon().sides(text),
        days=_days(statement),
        dated=statement.event_time is not None and statement.event_time.basis == "stated",
        scene=Scene(sentence),
        notice=notice,
        withdrawn=notice is not None and takes_back(statement),
        speaker=names.thing(statement.root.entity) if statement.attribution and statement.root.entity else None,
    )


def narrowed(fact: Fact, content: tuple[Span, ...], text: str) -> Fact:
    """The fact with only a part of its words; ``text`` is its article's."""
    said = squeeze(" ".join(text[begin:end] for begin, end in content))
    counts = tuple(c for c in fact.counts if _begins_within(c.quantity.span, content))
    frame = fact.statement.frame
    kept = frame is not None and _within(frame.span, content)
    beginnings = {stem(word)[:_BEGINNING] for word in _WORD.findall(fold(said))}
    return replace(
        fact,
        statement=replace(fact.statement, content=content, frame=frame if kept else None),
        words=said,
        key=" ".join(_WORD.findall(fold(said))),
        terms=frozenset(term for term in fact.terms if term[:_BEGINNING] in beginnings)
        | {f"#{c.core:g}" for c in counts if abs(c.core) >= _TELLING},
        predicate=fact.predicate if kept else "",
        parties=fact.parties if kept else {},
        counts=counts,
        sides=lexicon().sides(said),
    )


def _beside(quantity: Quantity, statement: Statement, article: Article) -> str:
    """The words next to a number in its statement, up to the next number."""
    begin, end = quantity.span
    before = article.text[max(statement.span[0], begin - _NEXT_TO) : begin]
    after = article.text[end : min(statement.span[1], end + _NEXT_TO)]
    return f"{re.split(r'[0-9,;]', before)[-1]} {re.split(r'[0-9,;.]', after)[0]}"


def _party(argument: Argument, names: Names) -> Party:
    modifiers = frozenset(stem(fold(word)) for word in argument.modifiers)
    return Party(stem(fold(argument.head)), modifiers, names.thing(argument.entity) if argument.entity else None)


def _within(span: Span, content: Sequence[Span]) -> bool:
    return not content or any(begin <= span[0] and span[1] <= end for begin, end in content)


def _begins_within(span: Span, content: Sequence[Span]) -> bool:
    """Whether a number stands in the content, be it that its unit is cut off: "96 km" of "96 km/h"."""
    return not content or any(
        begin <= span[0] < end and 2 * (end - span[0]) > span[1] - span[0] for begin, end in content
    )


def two_named(a: Fact, b: Fact) -> bool:
    """Whether both name who did it, and it is not the same."""
    return bool(a.named("agent") and b.named("agent")) and a.named("agent").isdisjoint(b.named("agent"))


def _terms(statement: Statement, text: str) -> frozenset[str]:
    raw = statement.frame.terms if statement.frame and statement.frame.terms else _WORD.findall(fold(text))
    return frozenset(filter(None, map(_term, raw)))


@lru_cache(_REMEMBERED)
def _term(word: str) -> str:
    """Its stem; "" for a word that says nothing."""
    folded = fold(word)
    return "" if folded in words().empty else stem(folded)


@lru_cache(_REMEMBERED)
def stem(word: str) -> str:
    """A crude common form of a word's inflections and derivations ("launched", "launching", "launches"); it only has
    to be equal for both sides of a comparison. After the suffix rules of Porter (1980), without their conditions."""
    for suffix, replacement in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 4:
            return word[: len(word) - len(suffix)] + replacement
    return word


@cache
def empty_stems() -> frozenset[str]:
    """Stems of the words that say nothing by themselves."""
    return frozenset(map(stem, words().empty))


def _days(statement: Statement) -> Days | None:
    period = statement.event_time
    if period is None or (period.begin is None and period.end is None):
        return None
    begin, end = _day(period.begin or "0001", last=False), _day(period.end or "9999", last=True)
    return (begin, end) if begin and end else None


def _day(stamp: str, *, last: bool) -> str | None:
    """The first or last day of an ISO date, month or year; None for what is no date."""
    parts = stamp[:10].split("-")
    try:
        year, month = int(parts[0]), int(parts[1]) if len(parts) > 1 else (12 if last else 1)
        day = int(parts[2]) if len(parts) > 2 else (monthrange(year, month)[1] if last else 1)
        return date(year, month, day).isoformat()
    except ValueError:
        return None


# --- scenes -------------------------------------------------------------------------------------------------------


def _with_scenes(facts: Sequence[Fact], names: Names) -> list[Fact]:
    """The facts of one article, each with the scene of its sentence."""
    told: list[Fact] = []
    scene = Scene(-1)
    for sentence, group in groupby(facts, key=lambda fact: fact.scene.sentence):
        together = list(group)
        scene = _next_scene(sentence, together, scene, names)
        told += [replace(fact, scene=scene) for fact in together]
    return told


def _next_scene(sentence: int, facts: Sequence[Fact], before: Scene, names: Names) -> Scene:
    mentions = [m.entity for fact in facts for m in fact.statement.mentions]
    places = frozenset(place for entity in mentions if (place := names.place(entity)))
    days = next((fact.days for fact in facts if fact.dated), None)
    local = any(not is_country(place) for place in places)
    return Scene(
        sentence=sentence,
        places=places,
        names=frozenset(map(names.thing, mentions)),
        days=days,
        around=places if local else places | before.around,
    )


@of_fact
def without_relative(fact: Fact) -> frozenset[str]:
    """The terms of a statement without those of a clause that only says which thing is meant: who denies that "flames
    came out of the engine of the jet that landed at Velm" denies no landing."""
    stems = [stem(word) for word in fact.key.split()]
    verb = stems.index(fact.predicate) if fact.predicate in stems else 1  # "came", and not as it is looked up
    tails = (n for n, word in enumerate(fact.key.split()) if word in words().relative and n - verb >= _FAR)
    cut = next(tails, len(stems))
    return fact.terms - (frozenset(stems[cut:]) - frozenset(stems[:cut]))


def elsewhere(a: Fact, b: Fact, *, around: bool = False) -> bool:
    """Whether the two plainly play in different places: other towns, or other countries. With ``around`` a sentence
    that names no place plays where the one before it did."""
    one, other = (a.scene.around, b.scene.around) if around else (a.scene.places, b.scene.places)
    if not one or not other:
        return False
    for here, there in ((_towns(one), _towns(other)), (_countries(one), _countries(other))):
        if here and there:
            return here.isdisjoint(there)
    return False


@lru_cache(_PLACES)
def _towns(places: frozenset[str]) -> frozenset[str]:
    return frozenset(place for place in places if not is_country(place))


@lru_cache(_PLACES)
def _countries(places: frozenset[str]) -> frozenset[str]:
    return frozenset(filter(is_country, places))


def other_day(a: Days | None, b: Days | None) -> bool:
    """Whether two periods have no day in common."""
    return bool(a and b and (a[1] < b[0] or b[1] < a[0]))


@of_fact
def is_subordinate(fact: Fact) -> bool:
    """Whether its words only date or explain another clause: "four days after it stopped"."""
    return _SUBORDINATE.match(fold(fact.words)) is not None


def by_article(facts: Iterable[Fact]) -> Mapping[str, list[Fact]]:
    """Facts of each article, in their order."""
    groups: dict[str, list[Fact]] = {}
    for fact in facts:
        groups.setdefault(fact.statement.article, []).append(fact)
    return groups
