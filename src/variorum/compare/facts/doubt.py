"""What takes from a claim's support: words too alike to be two reports, and reports that tell it as untrue."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, combinations
from typing import Final

from rapidfuzz import fuzz

from variorum.compare.facts.fact import Fact, stem, without_relative
from variorum.compare.facts.remembered import of_fact, of_pair
from variorum.text.normalise import fold
from variorum.text.runs import runs
from variorum.text.vocabulary import load, longest_first

_WORD: Final = re.compile(r"[\w'-]+")
_QUOTED: Final = re.compile(r"[\"“”«»„]|''|``")
#: As many words in one order are not found twice by chance; names and figures alone make runs of four or five.
_RUN: Final = 8
#: A statement of at least so many words is not worded twice alike by chance, nor one that is spoken word for word.
_WHOLE: Final = 5
_SPOKEN: Final = 2
#: Likeness of wording from which two statements are one, in percent.
_ALIKE: Final = 90
#: Wordings of one claim that are held to each other.
_COMPARED: Final = 32
#: Terms beside the deed that a claim and a denial have in common before they are taken to speak of one thing.
_SHARED: Final = 3


@dataclass(frozen=True, slots=True)
class Doubt:
    """``data/doubt.toml``."""

    words: frozenset[str]
    phrases: tuple[str, ...]
    ruled_on: tuple[str, ...]


def same_wording(facts: Sequence[Fact]) -> list[frozenset[str]]:
    """For each statement a key that it shares with those that hold the same run of words, or that say all in the same
    words; empty if none does.

    Two outlets that print one sentence had one text before them, or one speaker, even where no link was found.
    """
    if len(facts) == 1:
        return [frozenset()]
    first: dict[tuple[str, ...], int] = {}
    group = list(range(len(facts)))

    def top(n: int) -> int:
        while group[n] != n:
            n = group[n]
        return n

    def join(a: int, b: int) -> None:
        low, high = sorted((top(a), top(b)))
        group[high] = low

    for n, fact in enumerate(facts):
        for run in chain(_runs(fact.words), _runs(_own_sentence(fact))):
            join(first.setdefault(run, n), n)
    distinct: dict[str, int] = {}
    for n, fact in enumerate(facts):
        if _one_text(fact, facts[distinct.setdefault(fact.key, n)]):
            join(distinct[fact.key], n)
    for a, b in combinations(list(distinct.values())[:_COMPARED], 2):
        if _one_text(facts[a], facts[b]):
            join(a, b)
    tops = [top(n) for n in range(len(facts))]
    return [frozenset({f"wording:{t}"}) if tops.count(t) > 1 else frozenset() for t in tops]


def _own_sentence(fact: Fact) -> str:
    """The sentence that a newsroom tells a short clause in, if all of it is its own or a medium's: what stands in "a
    branch of the guild, which runs them as a way of raising money" was copied with the rest. What somebody is quoted
    with in it may be heard by two."""
    statement = fact.statement
    own = no_speaker(fact) and not statement.quote.spans and _QUOTED.search(statement.text) is None
    return statement.text if own else ""


def no_speaker(fact: Fact) -> bool:
    """Whether a newsroom tells it, or passes on what a medium tells, in words of its own: who heard it from the speaker
    himself has his words."""
    return all(row.kind in ("agency", "outlet") for row in fact.statement.attribution)


@of_pair
def _one_text(a: Fact, b: Fact) -> bool:
    """Whether two statements are worded alike from end to end, so that one text or one speaker stands behind both."""
    spoken = "direct" in (a.statement.quote.kind, b.statement.quote.kind)
    words = min(len(a.tokens), len(b.tokens))
    if spoken and words >= _WHOLE and (f" {a.key} " in f" {b.key} " or f" {b.key} " in f" {a.key} "):
        return True  # one quotes more of it
    return words >= (_SPOKEN if spoken else _WHOLE) and fuzz.ratio(a.key, b.key) >= _ALIKE


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    return runs(_WORD.findall(fold(text)), _RUN)


def told_as_untrue(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """The statements that repeat the claim only to say that it is not so. Where all speak of a hoax, that is the claim
    itself, and nobody denies it; where all only say what a story tells, those who add that it is not so do."""
    if all(fact.stance in ("mentions", "refutes") for fact in facts):
        return tuple(fact for fact in facts if fact.stance == "refutes")
    doubting = tuple(fact for fact in facts if fact.stance in ("exposes", "refutes") or doubts(fact))
    return doubting if len(doubting) < len(facts) else ()


def denials_about(facts: Sequence[Fact], denials: Sequence[Fact]) -> tuple[Fact, ...]:
    """The denials, by others, that speak of the deed of the claim and of three more things it tells: close enough that
    the claim cannot pass for undisputed, though the words are too far apart to set one against the other."""
    deeds = {fact.predicate for fact in facts} - {""}
    told = frozenset(term for fact in facts for term in fact.terms) - deeds
    roots = {fact.statement.root.name for fact in facts}
    return tuple(
        denial
        for denial in denials
        if denial.statement.root.name not in roots
        and deeds & (without_relative(denial) - _denier(denial))
        and len(told & without_relative(denial)) >= _SHARED
    )


@of_fact
def _denier(denial: Fact) -> frozenset[str]:
    """The words that only say who denies: "two men arrested over a theft deny it"."""
    return frozenset(stem(word) for word in _WORD.findall(fold(denial.statement.root.name or "")))


@of_fact
def is_denial(fact: Fact) -> bool:
    """Whether somebody denies what the statement holds: not who dismisses a case or rejects a bid."""
    denied = bool(fact.statement.attribution) and fact.statement.attribution[-1].stance == "deny"
    return denied and not rules_on(fact)


def rules_on(fact: Fact) -> bool:
    """Whether what is dismissed or rejected is nothing that anybody told: "dismissed 849 cases"."""
    return _ruling().search(fact.folded) is not None


@cache
def _ruling() -> re.Pattern[str]:
    things = longest_first(_doubt().ruled_on)
    told = r"(?!(?:that|as|any|the (?:claim|report|alleg))\b)"
    return re.compile(
        rf"\b(?:dismiss|reject|throw|threw|toss)\w*\b(?: out)?(?: {told}[\w,.'$%-]+){{0,5}}? (?:{things})\b(?! that)"
    )


def somebody_denies(fact: Fact) -> bool:
    """Whether anybody of those who pass a statement on denies it."""
    return any(row.stance == "deny" for row in fact.statement.attribution)


@of_fact
def doubts(fact: Fact) -> bool:
    """Whether the words say that something is not so: "a hoax", "not true"."""
    text = fold(_without_source(fact))
    return not _doubt().words.isdisjoint(_WORD.findall(text)) or any(phrase in text for phrase in _doubt().phrases)


def _without_source(fact: Fact) -> str:
    """The text of a statement but for who says it: what "a spoof account" tells is not called a spoof."""
    begin, text = fact.statement.span[0], fact.statement.text
    for row in fact.statement.attribution:
        if row.span is not None and row.span[0] >= begin:
            first, last = row.span[0] - begin, row.span[1] - begin
            text = text[:first] + " " * (last - first) + text[last:] if last <= len(text) else text
    return text


@cache
def _doubt() -> Doubt:
    known: Doubt = load("doubt", Doubt)
    return known
