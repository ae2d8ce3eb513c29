"""What a denial means that repeats nothing ("the minister denied the claim"), where a source has told several things:
what else it added is not what the story is about, and not what is denied.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from variorum.compare.facts.asked import asked
from variorum.compare.facts.fact import Fact
from variorum.compare.facts.order import same_root
from variorum.compare.facts.vocabulary import words
from variorum.text.normalise import fold

#: Statements before one that are looked at.
_BACK: Final = 16
#: Statements of a sentence before one of its own.
_BEFORE: Final = 4
#: Terms that two tellings of one claim have in common at least, of which the deed is one.
_SHARED: Final = 3
#: Says that what a source tells comes on top of what it told before.
_ADDS: Final = re.compile(r"\b(?:also|added|adding|adds|further(?:more)?|went on|continued|explained|because)\b")
#: What "that rumour" may be, some sentences on.
_STORIES: Final = ("outlet", "document", "unnamed", "agency")
_WORD: Final = re.compile(r"[^\W\d_][\w'’-]*")


def first_of_all(chosen: int, no: Fact, facts: Sequence[Fact]) -> int | None:
    """Of all that one source told in a row up to ``chosen``, what a denial means: what other reports tell too, by most
    of them, else ``chosen`` itself; nothing where it only adds to what is not known."""
    told, row = facts[chosen], _row(chosen, facts)
    far = no.scene.sentence - told.scene.sentence > 1
    if far and told.statement.root.kind not in _STORIES and not tellers(told, facts):
        return None  # something else stands between, and nobody else tells what one man says
    if len(row) == 1 and not _adds(told):
        return chosen
    if len(row) > 1 and names_him(told, no) and not _adds(told):
        return chosen
    known = {n: tellers(facts[n], facts) for n in row}
    best = max(row, key=lambda n: (known[n], -n))
    if known[best] > known[chosen] or (known[best] and not _adds(told)):
        return best
    return None if _adds(told) else chosen


def tellers(fact: Fact, facts: Sequence[Fact]) -> int:
    """How many other reports tell something of the same deed and things."""
    here = fact.statement.article
    return len({
        f.statement.article
        for f in facts
        if f.statement.article != here
        and len(shared := f.terms & fact.terms) >= _SHARED
        and not {f.predicate, fact.predicate}.isdisjoint(shared)
    })  # fmt: skip


def _row(chosen: int, facts: Sequence[Fact]) -> list[int]:
    """What one source told in sentences that follow each other, the last of which is the chosen one."""
    told, last = facts[chosen], facts[chosen].scene.sentence
    row, article = [chosen], told.statement.article
    for n in range(chosen - 1, max(-1, chosen - _BACK), -1):
        fact = facts[n]
        if fact.statement.article != article or last - fact.scene.sentence > 1:
            break
        if fact.statement.attribution and (same_root(fact, told) or _points_back(facts[row[-1]])):
            last = fact.scene.sentence
            if _may_mean(fact):
                row.append(n)
    return row


def _may_mean(fact: Fact) -> bool:
    return fact.statement.polarity == "affirmed" and fact.statement.reality not in ("planned", "conditional")


def _points_back(fact: Fact) -> bool:
    """Whether its source is only "the report", "the account": the one that was named before."""
    last = fold(fact.statement.root.name or "").split(" ")[-1]
    told = last in asked().denied_things - words().pointing
    return told and re.search(rf"\b(?:the|this|that|same) {re.escape(last)}\b", fact.folded) is not None


def _adds(fact: Fact) -> bool:
    return _points_back(fact) or _ADDS.search(fact.folded) is not None


def names_him(told: Fact, no: Fact) -> bool:
    """Whether it tells something of the one who denies it."""
    root = no.statement.root
    return bool(no.speaker and no.speaker in told.names) or _called(root.name) <= set(told.tokens)


def _called(name: str | None) -> set[str]:
    """The capitalised words of a name, but for an owner's ending; what is not named is called like nobody."""
    return {fold(word).removesuffix("'s") for word in _WORD.findall(name or "") if word[0].isupper()} or {""}


def under_a_no(n: int, facts: Sequence[Fact]) -> bool:
    """Whether the one who is said to tell it stands in what is not so: "there was no word from the mayor confirming
    that it closes"."""
    fact = facts[n]
    begin = fact.statement.span[0]
    return bool(fact.statement.attribution) and any(
        other.statement.article == fact.statement.article
        and other.statement.polarity == "negated"
        and other.statement.span[0] < begin < other.statement.span[1] <= fact.statement.span[1]
        and other.predicate != fact.predicate
        for other in facts[max(0, n - _BEFORE) : n]
    )
