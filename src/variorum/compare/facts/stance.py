"""Whether a report believes the story it tells. One that calls it a hoax in its own voice repeats it to say so: what it
puts down to "the article" or quotes from it is mentioned, and bears nothing out.

Only what is told of the main matter counts: a story that is called false where the report begins, or again and again.
Who is accused of a false report in a trial, and officials who call one false, make no report disbelieve anything.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from variorum.compare.facts.fact import Fact, by_article, sentence_ends
from variorum.model import Article, Attribution, Span
from variorum.text.normalise import flat_quotes, fold
from variorum.text.runs import runs
from variorum.text.vocabulary import load, longest_first

_WORD: Final = re.compile(r"[\w'-]+")
#: Sentences in which a report says what it is about.
_HEAD: Final = 5
#: Words that no two texts have in one order by chance.
_RUN: Final = 8
#: Sentences from which what is called untrue is told before.
_BACK: Final = 4
#: Words of a whole clause that was taken from a text.
_WHOLE: Final = 5
#: Letters beside the name of a medium in which it is said that the story is its own.
_NEXT_TO: Final = 60
_QUOTED: Final = re.compile(r'"[^"]{0,400}"')
#: Opens what a report says of a story after it has told it.
_UPDATE: Final = re.compile(r"\bupdated?\b", re.I)
#: Who tells it is the report itself: "we read that".
_OURSELVES: Final = frozenset({"i", "we", "you"})
_SOURCES: Final = ("document", "unnamed", "outlet", "organisation")


@dataclass(frozen=True, slots=True)
class Stances:
    """``data/stance.toml``."""

    stories: frozenset[str]
    spreaders: frozenset[str]
    untrue: tuple[str, ...]
    false: tuple[str, ...]
    alone: tuple[str, ...]
    telling: frozenset[str]
    distancing: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Told:
    """An article's sentences by their spans, with what is quoted blanked out; ``exposing`` are the places of those that
    call the story untrue, ``flat`` those of them that do so outright."""

    spans: tuple[Span, ...]
    texts: tuple[str, ...]
    exposing: frozenset[int] = frozenset()
    flat: frozenset[int] = frozenset()

    def place(self, offset: int) -> int:
        return bisect_right([begin for begin, _ in self.spans], offset) - 1


def with_stances(facts: Sequence[Fact], articles: Sequence[Article]) -> list[Fact]:
    """The facts, each with the stance of its report towards what it tells."""
    own = by_article(facts)
    told = {a.id: _read(a, own[a.id]) for a in articles if a.id in own and _calls_untrue(a.text)}
    disbelieving = {article: read for article, read in told.items() if read.exposing}
    if not disbelieving:
        return list(facts)
    believed = [f for f in facts if f.statement.article not in disbelieving]
    # Whom both let speak has told it to both.
    unquoted = [f for f in believed if f.statement.quote.kind != "direct"]
    told_runs = {run for f in unquoted for run in runs(f.tokens, _RUN)}
    whole = {f.key for f in unquoted if len(f.tokens) >= _WHOLE}
    known: dict[str, Fact] = {}
    for article, read in disbelieving.items():
        known.update((f.id, f) for f in _of_report(own[article], read, told_runs, whole))
    return [known.get(fact.id, fact) for fact in facts]


def exposes(fact: Fact) -> bool:
    """Whether a report says with it, in its own voice, that the story is untrue."""
    return fact.stance == "exposes"


def is_mentioned(fact: Fact) -> bool:
    """Whether its report tells it only as what a story says that it calls untrue."""
    return fact.stance in ("mentions", "refutes")


# --- what calls a story untrue --------------------------------------------------------------------------------------


def _read(article: Article, facts: Sequence[Fact]) -> _Told:
    """The sentences of an article, and which of them expose its main matter."""
    text = flat_quotes(article.text)
    cuts = sentence_ends(article.text)
    spans = tuple((b, e) for b, e in zip([0, *cuts], [*cuts, len(text)], strict=True) if text[b:e].strip())
    plain = _QUOTED.sub(lambda m: " " * len(m[0]), text)
    told = _Told(spans, tuple(plain[b:e].lower() for b, e in spans))
    strong, weak = _found(told, facts)
    head = any(n < _HEAD for n in strong)
    late = any(_UPDATE.search(told.texts[n]) or _UPDATE.search(told.texts[n - 1]) for n in strong if n)
    again = len(strong | weak) > 1 and any(n <= _HEAD for n in strong | weak)
    first = any(n == 0 or (n == 1 and _tells_what(told.texts[n])) for n in weak)
    return replace(told, exposing=strong | weak, flat=strong) if head or late or again or first else told


def _found(told: _Told, facts: Sequence[Fact]) -> tuple[frozenset[int], frozenset[int]]:
    """The sentences that say of a story that it is untrue, and those that call it so by the way."""
    strong, weak = set(), set()
    said, pointing, called, alone, _ = _patterns()
    for n, text in enumerate(told.texts):
        before = told.texts[n - 1] if n else ""
        spoken = _UPDATE.search(text) is not None or not _stories().isdisjoint(_WORD.findall(before + text))
        matches = [
            said.search(text),
            pointing.search(text) if spoken else None,
            called.search(text),
            alone.search(text),
        ]
        own = [m is not None and _own_voice(told.spans[n][0] + m.end() - 1, facts) for m in matches]
        if own[0] or own[1] or (own[3] and spoken):
            strong.add(n)
        elif own[2] or own[3]:
            weak.add(n)
    return frozenset(strong), frozenset(weak)


def _tells_what(text: str) -> bool:
    """Whether a sentence tells what a story is about."""
    about = re.search(rf"\b(?:{longest_first(_stories())}) (?:about|that|of)\b", text)
    return about is not None or not _telling_words().isdisjoint(_WORD.findall(text))


def _own_voice(place: int, facts: Sequence[Fact]) -> bool:
    """Whether the report itself says what stands at a place: nobody else is said to, but the story or "we"."""
    over = [f for f in facts if f.statement.span[0] <= place < f.statement.span[1]]
    rows = [row for f in over for row in f.statement.attribution]
    return all(_spreads(row) or fold(row.name) in _OURSELVES for row in rows)


# --- what such a report tells ---------------------------------------------------------------------------------------


def _of_report(
    facts: Sequence[Fact], told: _Told, told_runs: Collection[tuple[str, ...]], whole: Collection[str]
) -> Iterable[Fact]:
    """The facts of a report that disbelieves, each with its stance."""
    named = _spreaders_named(facts, told)
    for fact in facts:
        place = told.place(fact.statement.span[0])
        if _is_mention(fact, told, named):
            yield replace(fact, stance="refutes" if _refuted(fact, place, told) else "mentions")
        elif place in told.exposing and not fact.statement.attribution and _calls_untrue(fact.statement.text):
            yield replace(fact, stance="exposes")
        elif _is_foreign(fact) and _is_taken(fact, told_runs, whole):
            yield replace(fact, stance="mentions")


def _refuted(fact: Fact, place: int, told: _Told) -> bool:
    """Whether the sentence itself, a short one right behind it or one that comes back to it says that it is not so; or
    what it calls who tells it."""
    here = place in told.flat or (place + 1 in told.flat and len(told.texts[place + 1].split()) <= _RUN)
    later = any(n in told.flat and _points_back().match(told.texts[n]) for n in range(place + 1, place + _BACK))
    return here or later or any(_calls_untrue(row.name or "") for row in fact.statement.attribution)


def passes_on(fact: Fact) -> bool:
    """Whether it is only put down to a story ("rumours swirled that"), which its report neither believes nor denies."""
    return any(_spreads(row) for row in fact.statement.attribution)


def calls_untrue(fact: Fact) -> bool:
    """Whether the words of a statement call something untrue."""
    return _calls_untrue(fact.statement.text)


def _calls_untrue(text: str) -> bool:
    return _patterns()[-1].search(fold(text)) is not None


def _is_mention(fact: Fact, told: _Told, named: Collection[str]) -> bool:
    """Whether it is put down to the story, or to who spread it."""
    rows = fact.statement.attribution
    if any(_spreads(row) or (row.name and fold(row.name) in named) for row in rows):
        return True
    text = fact.statement.text
    before = text[: max(0, fact.statement.content[0][0] - fact.statement.span[0])] if fact.statement.content else ""
    ours = any(fold(row.name) in _OURSELVES and row.cue_lemma in _stances().telling for row in rows)
    return ours and not _stories().isdisjoint(_WORD.findall(fold(before)))


def _spreads(row: Attribution) -> bool:
    """Whether a source is a story, or whoever tells it and is not named."""
    if row.kind not in _SOURCES:
        return False
    if row.kind == "unnamed" and row.span is None:
        return row.cue_lemma in _stances().distancing
    return not _stances().spreaders.isdisjoint(_WORD.findall(fold(row.name or "")))


def _spreaders_named(facts: Sequence[Fact], told: _Told) -> frozenset[str]:
    """The media that are named where the story is called untrue, and the bodies that told what the next sentence, which
    points back, calls so."""
    found = set()
    for fact in facts:
        place = told.place(fact.statement.span[0])
        after = told.texts[place + 1] if place + 1 in told.exposing else ""
        for row in fact.statement.attribution:
            name = fold(row.name or "")
            if row.kind not in _SOURCES or row.stance == "deny" or not name:
                continue
            back = row.cue_lemma in _stances().telling and _points_back().match(after) is not None
            if back or any(_spread_by(name, told.texts[n]) for n in told.exposing):
                found.add(name)
    return frozenset(found)


def _spread_by(name: str, text: str) -> bool:
    """Whether the story is called by who spread it: "the report by Bo's Blog", "the Velm Star wrote a story": not who
    "has debunked the report"."""
    stories, telling = longest_first(_stories()), longest_first(_telling_words())
    at = text.find(name)
    if at < 0:
        return False
    before, after = text[max(0, at - _NEXT_TO) : at], text[at + len(name) : at + len(name) + _NEXT_TO]
    by = re.search(rf"\b(?:{stories})\b[^.;]*\b(?:by|from|on|in|at)(?: the)? \W*$", before)
    return by is not None or re.match(rf"\W*(?:[a-z]+ ){{0,3}}(?:{telling})\b", after) is not None


@cache
def _points_back() -> re.Pattern[str]:
    words = longest_first((*_stories(), *_stances().alone))
    return re.compile(rf"\W*(?:but )?(?:(?:this|that|it|such)\b|(?:(?:the|this|that|these|those|such) )?(?:{words})\b)")


def _is_foreign(fact: Fact) -> bool:
    """Whether it may be the story's own text: quoted, or told by nobody."""
    return not fact.statement.attribution or fact.statement.quote.kind == "direct"


def _is_taken(fact: Fact, told_runs: Collection[tuple[str, ...]], whole: Collection[str]) -> bool:
    """Whether it stands so in a report that believes it."""
    return fact.key in whole or any(run in told_runs for run in runs(fact.tokens, _RUN))


# --- words ----------------------------------------------------------------------------------------------------------


@cache
def _stances() -> Stances:
    known: Stances = load("stance", Stances)
    return known


def _stories() -> frozenset[str]:
    return _stances().stories


@cache
def _telling_words() -> frozenset[str]:
    """The words for telling in their forms: "claiming", "says"."""
    return frozenset(form for w in _stances().telling for form in (w, f"{w}s", f"{w}ed", f"{w}ing", f"{w[:-1]}ing"))


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """What says of a story that it is untrue; of "this"; what calls it so by the way; and one word for all of it."""
    known = _stances()
    stories, untrue, false = (longest_first(words) for words in (known.stories, known.untrue, known.false))
    link = (
        r"(?:is|was|are|were|(?:has|have|had)(?: \w+)? been|(?:appear|seem|prove|turn)(?:s|ed)?(?: out)? to be|proved)"
    )
    # "Is yet another celebrity death hoax", "is nothing, but a lie", but not "is about a fake passport".
    light = r"(?:not|never|no|about|of|on|in|for|by|with|into|after|before|against|over|from|to|that)\b"
    between = rf"(?: (?!{light})[\w'-]+,?){{0,4}}?"
    done = r"\w+(?:ed|en) by"
    ends = (
        rf"(?=\W*(?:$|[.,;:!?()\u2013\u2014]|\s(?:{done}|and|or|but|as|because|since|that|by|from|which|{stories})\b))"
    )
    predicate = rf"{link}{between} ?(?:{untrue})\b{ends}"
    return (
        re.compile(rf"\b(?:{stories})\b(?:(?!\bnot\b)[^.;!?]){{0,140}}?\b{predicate}"),
        re.compile(rf"(?:^\W*|\b(?:but|and|why|however|so) )(?:this|that|it|all this)(?: \w+)? {predicate}"),
        re.compile(rf"\b(?:{false})\b(?:[ -]+(?!{light})[\w'-]+){{0,3}}[ -]+(?:{stories})\b"),
        re.compile(rf"\b(?:{longest_first(known.alone)})\b"),
        re.compile(rf"\b(?:{untrue}|{false}|{longest_first(known.alone)})\b"),
    )
