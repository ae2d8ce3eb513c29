"""What a report tells only to say in the same breath that it is not so: "It was first said that four had died. That was
wrong." Words that are quoted so belong to whoever is quoted, or to nobody; the report is against them.

`facts/stance.py` reads reports whose whole matter is untrue for them; here it is one sentence, and what it points to:
the sentence before it, what somebody told a moment ago, or a clause of its own ("reports that … are incorrect").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from variorum.compare.facts.asserting import asks
from variorum.compare.facts.fact import Fact, by_article, narrowed, sentence_ends
from variorum.compare.facts.notices import takes_back
from variorum.compare.facts.opposites import says_no
from variorum.compare.facts.order import same_root
from variorum.compare.facts.verdict_words import patterns, verdict_words
from variorum.compare.facts.vocabulary import words
from variorum.model import Article, Attribution, Root, Span
from variorum.text.normalise import flat_quotes, fold
from variorum.text.shelf import Shelf
from variorum.text.vocabulary import longest_first

#: Facts of articles that were read last.
_FACTS: Final = 6_000
#: Sentences back in which what is called a report or a claim was told.
_BACK: Final = 3
#: Who only hands on what others say.
_HEARSAY: Final = ("document", "outlet")
_POSSESSIVE: Final = frozenset({"my", "our", "your", "his", "her", "its", "their"})
#: Right before what somebody said.
_THAT: Final = re.compile(r"\bthat\W+$")
_NEAR: Final = 12
#: Letters of a word by which an outlet may call itself.
_NAME: Final = 3
#: Before what the newsroom itself wrote, with an aside in it: "we wrote, following another paper, that".
_ASIDE: Final = re.compile(r"^.*?\bthat ", re.S)
#: Who is the report's own newsroom, or its report as it stood before.
_OURSELVES: Final = re.compile(
    r"^(?:(?:an?|the|our) )?(?:(?:earlier|previous|first|original|initial|prior|online) )+(?:version|edition)s?\b"
    r"|^we$|^this (?:newspaper|paper|website|site|magazine|newsletter|blog|article|report|story|outlet|agency)$"
)
_EARLIER: Final = re.compile(
    r"^(?:(?:an?|the|our) )?(?:(?:earlier|previous|first|original|initial|prior) )+(?:\w+ )?version"
)


@dataclass(frozen=True, slots=True)
class _Told:
    """An article's facts and its sentences, in small letters with straight quotes."""

    article: Article
    facts: tuple[Fact, ...]
    spans: tuple[Span, ...]
    texts: tuple[str, ...]

    def of(self, n: int) -> list[Fact]:
        """The facts whose words begin in a sentence."""
        begin, end = self.spans[n]
        return [f for f in self.facts if begin <= _begin(f) < end]

    def quoted(self, n: int) -> bool:
        """Whether a sentence is nothing but words in quotation marks."""
        text = self.texts[n].strip()
        return len(text) > 1 and text[0] == text[-1] == '"' and text.count('"') == 2


_READ: Final[Shelf[list[Fact]]] = Shelf(_FACTS)


def with_verdicts(facts: Sequence[Fact], articles: Sequence[Article]) -> list[Fact]:
    """The facts, those marked that their own report calls untrue where it tells them."""
    own = by_article(facts)
    known: dict[str, Fact] = {}
    for article in articles:
        told = tuple(own.get(article.id, ()))
        read = _READ.find(article.id, told)
        if read is None:
            read = list(_marked(article, told))
            _READ.put(article.id, told, read)
        known.update((fact.id, fact) for fact in read)
    return [known.get(fact.id, fact) for fact in facts] if known else list(facts)


def is_untrue(fact: Fact) -> bool:
    """Whether its own report says in the same breath that it is not so, and not only somebody in it."""
    return fact.untrue_by is not None and fact.stance == "refutes"


def _marked(article: Article, facts: tuple[Fact, ...]) -> Iterator[Fact]:
    """The facts of an article that it calls untrue, and those of which only a part is left."""
    text = flat_quotes(article.text).lower()
    if len(text) != len(article.text) or not patterns().any.search(text):
        return
    cuts = sentence_ends(article.text)
    spans = tuple((b, e) for b, e in zip([0, *cuts], [*cuts, len(text)], strict=True) if text[b:e].strip())
    told = _Told(article, facts, spans, tuple(text[b:e] for b, e in spans))
    seen: set[str] = set()
    for n in range(len(spans)):
        for fact in _by_sentence(n, told):
            if fact.id not in seen:
                seen.add(fact.id)
                yield fact


def _by_sentence(n: int, told: _Told) -> Iterator[Fact]:
    """What a sentence says is not so, be it told before or within."""
    within = list(_within(n, told))
    if within:
        yield from within
        return
    yield from _versions(n, told)
    if n and not told.texts[n].rstrip().endswith("?"):
        yield from _before(n, told)


# --- what stands before -----------------------------------------------------------------------------------------------


def _before(n: int, told: _Told) -> Iterator[Fact]:
    """What was told before a sentence that says that it is not so."""
    text, known = told.texts[n].strip(), patterns()
    quoted = told.quoted(n - 1)
    if found := known.back.match(text):
        denied = _meant(n, told, found)
    elif known.believing.search(text):
        denied = _told_in(n - 1, told)
    elif known.bare.match(text) or known.otherwise.match(text):
        denied = [f for f in _told_in(n - 1, told) if quoted or f.statement.attribution]
        if says_no(text):  # "We paid nothing." No: which may mean that they did not
            denied = [f for f in denied if f.statement.polarity == "affirmed"]
    else:
        return
    by = _judging(n, told)
    for fact in denied:
        if not _open(fact) and (by is None or fact.id != by.id):
            yield from _called_untrue(fact, by or fact, n, told)


def _called_untrue(fact: Fact, by: Fact, n: int, told: _Told) -> Iterator[Fact]:
    """The fact as its report stands to it. What two who are named say against each other is their dispute, and
    nothing that the report is against."""
    begin = told.spans[n][0]
    borrowed = [row for row in fact.statement.attribution if row.span and row.span[0] >= begin]
    if borrowed:  # "We paid nothing." My source says otherwise: of which the source says nothing but the second
        fact = replace(fact, statement=replace(fact.statement, attribution=(), root=_own(told)), speaker=None)
    others = bool(by.statement.attribution) and by.id != fact.id
    if others and not told.quoted(n - 1) and not _is_hearsay(fact):
        if fact.statement.attribution:
            yield replace(fact, untrue_by=by.id)
        return
    fact = replace(fact, stance="refutes", untrue_by=by.id)
    if not (others or told.quoted(n - 1)) and (_is_ours(fact, told) or _in_its_place(fact, n, told)):
        yield from _withdrawn([fact], n, told)
    else:
        yield fact
    if by.id != fact.id and _begin(by) < begin:
        yield _from(begin, by, told)


def _from(begin: int, by: Fact, told: _Told) -> Fact:
    """A verdict without what stands before it."""
    first, last = begin, max(begin, by.statement.span[1])
    statement = replace(by.statement, span=(first, last), text=told.article.text[first:last])
    rest = tuple((max(b, first), e) for b, e in by.statement.content if e > first) or ((first, last),)
    return narrowed(replace(by, statement=statement), rest, told.article.text)


def _meant(n: int, told: _Told, found: re.Match[str]) -> list[Fact]:
    """What a verdict points to: all that the sentence before puts down to one source or quotes, of two things the
    sentence before that too; what "the report" told, a few sentences back."""
    near = _told_in(n - 1, told)
    if found["things"] and not any(f.statement.attribution for f in near):
        near = next((f for k in range(2, _BACK + 1) if n >= k and (f := _handed_on(n - k, told))), near)
    if (found["several"] or found["none"]) and len(near) == 1 and n > 1:
        near = [*_told_in(n - 2, told), *near]
    by = _judging(n, told)
    sourced = [f for f in near if f.statement.attribution or told.quoted(n - 1) or _is_ours(f, told)]
    sourced = [f for f in sourced if _follows_that(f, told)] or sourced
    sourced = [f for f in sourced if not _is_denied(f)]
    judged = by is not None and bool(by.statement.attribution)
    if found["wrong"]:  # which may be of a deed: only what the report itself says of what was told
        return [] if judged else sourced
    if by is not None and judged:
        return [f for f in sourced if not same_root(f, by) or told.quoted(n - 1)]
    return sourced or (near if len(near) == 1 and not found["things"] else [])


def _follows_that(fact: Fact, told: _Told) -> bool:
    """Whether it is what was said, and not what goes with that: "reported, and others repeated, that four died"."""
    begin = _begin(fact)
    return _THAT.search(told.article.text[max(0, begin - _NEAR) : begin]) is not None


def _is_denied(fact: Fact) -> bool:
    return any(row.stance == "deny" for row in fact.statement.attribution)


def _told_in(n: int, told: _Told) -> list[Fact]:
    """What a sentence tells: what it puts down to the last source that it names, or all where it names none."""
    own = [f for f in told.of(n) if not asks(f)]
    sourced = [f for f in own if f.statement.attribution]
    return [f for f in sourced if same_root(f, sourced[-1])] if sourced else own


def _handed_on(n: int, told: _Told) -> list[Fact]:
    return [f for f in _told_in(n, told) if _is_hearsay(f)]


def _is_hearsay(fact: Fact) -> bool:
    """Whether it is put down to nobody who could answer for it: a rumour, a report, a medium."""
    rows = fact.statement.attribution
    if not rows:
        return False
    name = frozenset(fold(rows[-1].name or "").split(" "))
    return _is_thing(rows[-1]) or rows[-1].kind in _HEARSAY or not name.isdisjoint(verdict_words().media)


def _judging(n: int, told: _Told) -> Fact | None:
    """The fact that holds the verdict of a sentence."""
    begin, end = told.spans[n]
    return next(iter(told.of(n)), None) or next(
        (f for f in reversed(told.facts) if f.statement.span[0] < end and begin < f.statement.span[1]), None
    )


def _open(fact: Fact) -> bool:
    """Whether it is still to come, or asked."""
    return fact.statement.reality in ("planned", "conditional") or asks(fact)


def _own(told: _Told) -> Root:
    """Who tells what the report says itself."""
    own = (f.statement.root for f in told.facts if not f.statement.attribution)
    return next(own, Root(told.article.publisher, None, "outlet"))


def _begin(fact: Fact) -> int:
    return min((begin for begin, _ in fact.statement.content), default=fact.statement.span[0])


# --- what is taken back -----------------------------------------------------------------------------------------------


def _versions(n: int, told: _Told) -> Iterator[Fact]:
    """What only an earlier version of the report said, be it without a notice's heading."""
    said = [f for f in told.of(n) if takes_back(f.statement) and any(map(_is_earlier, f.statement.attribution))]
    judged = n + 1 < len(told.texts) and patterns().back.match(told.texts[n + 1].strip())
    if said and not judged:
        yield from _withdrawn([replace(f, stance="refutes") for f in said], n, told)


def _is_earlier(row: Attribution) -> bool:
    return _EARLIER.match(fold(row.name or "")) is not None


def _withdrawn(taken: Sequence[Fact], n: int, told: _Told) -> Iterator[Fact]:
    """What a report takes back, with the notice that it is: up to the sentence ``n``, and the next if that says what is
    so instead."""
    begin = min(f.statement.span[0] for f in taken)
    after = _instead(taken[0], n + 1, told) if not _instead(taken[0], n, told) else []
    rest = [f for f in (*told.of(n), *after) if f.id not in {t.id for t in taken}]
    notice = taken[0].notice or (begin, max((f.statement.span[1] for f in (*taken, *rest)), default=begin))
    said = [_what_was_said(fact, told) for fact in taken]
    for fact in said:
        yield replace(fact, notice=notice, withdrawn=True)
    for fact in rest:
        gone = frozenset[str]().union(*(f.terms for f in said if _of_one_thing(fact, f))) - fact.terms
        yield replace(fact, notice=fact.notice or notice, instead_of=gone)


def _what_was_said(fact: Fact, told: _Told) -> Fact:
    """The fact without "we wrote, following another paper, that"."""
    begin, end = fact.statement.span
    aside = None if fact.statement.attribution else _ASIDE.match(fact.statement.text)
    return _cut(fact, (begin + aside.end(), end), told.article.text) if aside else fact


def _instead(fact: Fact, n: int, told: _Told) -> list[Fact]:
    """What a sentence of the paragraph says in its place: of the same thing, and nobody else's words."""
    if n >= len(told.spans) or "\n" in told.article.text[fact.statement.span[0] : told.spans[n][0]].strip():
        return []
    return [f for f in told.of(n) if not f.statement.attribution and f.id != fact.id and _of_one_thing(f, fact)]


def _of_one_thing(one: Fact, other: Fact) -> bool:
    counted = any(x.slot.unit == y.slot.unit for x in one.counts for y in other.counts if x.slot.unit)
    done = one.predicate in other.terms or (one.predicate == other.predicate and not one.terms.isdisjoint(other.terms))
    return counted or bool(one.names & other.names) or done


def _in_its_place(fact: Fact, n: int, told: _Told) -> bool:
    """Whether another figure for the same follows where the first is called wrong."""
    return any(
        x.slot.unit == y.slot.unit and x.slot.unit is not None and x.core != y.core
        for k in (n, n + 1)
        for other in _instead(fact, k, told)
        for x in fact.counts
        for y in other.counts
    )


def _is_ours(fact: Fact, told: _Told) -> bool:
    """Whether the report's own newsroom had told it: "we wrote that", "This newspaper reported that"."""
    ours = fold(told.article.publisher or "").removeprefix("the ")
    names = [fold(row.name or "").removeprefix("the ") for row in fact.statement.attribution]
    if names:
        return any(_OURSELVES.match(name) or (ours and name == ours) for name in names)
    called = longest_first(name for name in (ours, *ours.split(" ")) if len(name) >= _NAME)
    telling = longest_first(words().notices.told)
    reported = re.search(rf"\b(?:{called}) (?:\w+ )?(?:{telling})\b.*\bthat\b", fact.folded) if called else None
    return takes_back(fact.statement) or reported is not None


# --- what stands within -----------------------------------------------------------------------------------------------


def _within(n: int, told: _Told) -> Iterator[Fact]:
    """The clause that a sentence calls untrue, by itself: "reports according to which he had died are incorrect"."""
    begin, text = told.spans[n][0], told.texts[n]
    for pattern in patterns().within:
        found = pattern.search(text)
        if found is None:
            continue
        what = begin + found.start("what"), begin + found.end("what")
        of = _holding(what, [f for f in told.facts if f.statement.span[0] < told.spans[n][1] and _begin(f) >= begin])
        for fact in of:
            part = _cut(fact, what, told.article.text)
            denied = fact.statement.polarity == "negated" and not says_no(part.words)
            if denied or not part.words:
                return  # it is read as said not to be so
            rows = tuple(row for row in fact.statement.attribution if not _is_thing(row))
            yield _as_told(part, rows, _own(told), negated=says_no(part.words))
        return


def _as_told(fact: Fact, rows: tuple[Attribution, ...], own: Root, *, negated: bool) -> Fact:
    """The clause, with those who call it untrue and not with the story that tells it."""
    last = rows[-1] if rows else None
    statement = replace(
        fact.statement,
        attribution=rows,
        root=Root(last.name, last.entity, last.kind) if last else own,
        polarity="negated" if negated else "affirmed",
    )
    return replace(fact, statement=statement, stance="refutes", untrue_by=fact.id)


def _is_thing(row: Attribution) -> bool:
    """Whether a source is a story, or nobody: of "our statement" also "our"."""
    name = frozenset(fold(row.name or "").split(" "))
    return row.span is None or name <= _POSSESSIVE or not name.isdisjoint(verdict_words().things)


def _cut(fact: Fact, what: Span, text: str) -> Fact:
    """The fact with its words that stand in a clause."""
    content = fact.statement.content or (fact.statement.span,)
    parts = tuple((max(b, what[0]), min(e, what[1])) for b, e in content if max(b, what[0]) < min(e, what[1]))
    return narrowed(fact, parts, text) if parts != content else fact


def _holding(what: Span, facts: Sequence[Fact]) -> list[Fact]:
    """The facts that stand in a clause, else the shortest that holds it."""
    inside = [f for f in facts if _overlap(f, what) > 0.5 * _length(f)]
    if inside:
        return inside
    holding = [f for f in facts if _overlap(f, what) > 0.5 * (what[1] - what[0])]
    return [min(holding, key=_length)] if holding else []


def _length(fact: Fact) -> int:
    return sum(end - begin for begin, end in fact.statement.content or (fact.statement.span,))


def _overlap(fact: Fact, what: Span) -> int:
    content = fact.statement.content or (fact.statement.span,)
    return sum(max(0, min(end, what[1]) - max(begin, what[0])) for begin, end in content)
