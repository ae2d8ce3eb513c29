"""What somebody said, called untrue by whom it is about: "the union leader's claim was untrue", says the firm that he
accused in another report."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from variorum.compare.claims.align import Alignment
from variorum.compare.facts.asked import asked
from variorum.compare.facts.fact import Fact, stem
from variorum.compare.facts.names import Names
from variorum.compare.facts.telling import shortened
from variorum.compare.facts.vocabulary import words
from variorum.compare.finding import Finding
from variorum.model import Attribution, Statement
from variorum.text.normalise import fold

_SURE: Final = 0.8
#: Before the words that somebody is called by.
_BEFORE: Final = re.compile(r"\b(?:said|says|told|that|the|mr|mrs|ms|miss|dr)\b")
_WORD: Final = re.compile(r"[a-z][a-z-]+")


def find_denied_accounts(alignment: Alignment) -> Iterator[Finding]:
    """Each with what the one whose account it is says of the denier."""
    facts, names = alignment.facts, alignment.scale.names
    for m, no in enumerate(facts):
        found = _pattern().search(no.folded)
        if found is None or not no.statement.attribution:
            continue
        teller = frozenset(_WORD.findall(_BEFORE.split(found["whose"])[-1])) - words().empty
        for n in _told_by(teller, no, facts, names):
            about = shortened(facts[n].words)
            yield Finding("denial", "contradiction", about, n, m, "affirmed", "denied", _SURE, denial=True)


def _told_by(teller: frozenset[str], no: Fact, facts: Sequence[Fact], names: Names) -> list[int]:
    """The first statement of each other report by one who is called so, about who denies."""
    denier = {stem(word) for word in _WORD.findall(fold(no.statement.root.name or ""))} - words().empty
    found: dict[str, int] = {}
    for n, fact in enumerate(facts):
        if (
            fact.statement.article != no.statement.article
            and _is_called(fact, teller, names)
            and not denier.isdisjoint(fact.terms | _called_in(fact))
        ):
            found.setdefault(fact.statement.article, n)
    return list(found.values())


def _is_called(fact: Fact, teller: frozenset[str], names: Names) -> bool:
    """Whether one of those whom it is put down to goes by these words, by name or office."""
    called = (_words_for(row, fact.statement, names) for row in fact.statement.attribution)
    return bool(teller) and any(teller <= own for own in called)


def _words_for(row: Attribution, statement: Statement, names: Names) -> frozenset[str]:
    begin = statement.span[0]
    here = statement.text[max(0, row.span[0] - begin) : max(0, row.span[1] - begin)] if row.span else ""
    return frozenset(_WORD.findall(fold(f"{row.name} {names.role(row.entity) or ''} {here}")))


def _called_in(fact: Fact) -> set[str]:
    return {stem(word) for word in _WORD.findall(fact.folded)}


@cache
def _pattern() -> re.Pattern[str]:
    false = "|".join(map(re.escape, asked().called_false))
    return re.compile(
        r"\b(?P<whose>(?:[a-z][\w-]* ){0,3}[\w-]+)['’]s? "
        r"(?:claims?|allegations?|accusations?|accounts?|statements?|version|assertions?|story)"
        rf" (?:of [\w ]{{1,30}} )?(?:was|were|is|are|had been) (?:\w+ )?(?:{false})(?!\w)"
    )
