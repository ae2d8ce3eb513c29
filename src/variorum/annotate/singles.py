"""Counts without a number: "a man was killed", "the remaining missile", "no casualties", "no one"."""

from __future__ import annotations

import re
from functools import cache

from variorum.annotate.counted import Counted, Paragraph, counting
from variorum.annotate.numerals import alternatives
from variorum.annotate.roles import predicates, role_by_phrase, role_of
from variorum.annotate.tokens import Token
from variorum.model import Quantity


def read_singles(paragraph: Paragraph) -> list[Counted]:
    """One and none where no number is written, in the order of the text."""
    readers = {"one": _one_victim, "theirs": _relative, "no": _none_of, "nobody": _nobody, "left": _remainder}
    found = []
    for match in _singles().finditer(paragraph.text):
        token = paragraph.token(match.start())
        counted = readers[match.lastgroup or ""](paragraph, token) if token is not None else None
        if counted:
            found.append(counted)
    return found


def _one_victim(paragraph: Paragraph, article: Token) -> Counted | None:
    head = article.head
    if head.lemma_.lower() not in counting().persons or head.tag_ not in ("NN", "JJ"):
        return None
    role = _role(paragraph, article, head)
    return _single(article, head, 1.0, head.lemma_.lower(), role) if role else None


def _relative(paragraph: Paragraph, owner: Token) -> Counted | None:
    """ "A man and [his granddaughter] died": one more, where the two share what befell them."""
    return _one_victim(paragraph, owner) if owner.head.dep_ == "conj" else None


def _none_of(paragraph: Paragraph, word: Token) -> Counted | None:
    head = paragraph.phrase_head(word.i + 1, determined=True)
    if head is None or head.lemma_.lower() not in {*predicates().noun, *counting().persons}:
        return None
    role = _role(paragraph, word, head)
    return _single(word, head, 0.0, head.lemma_.lower(), role) if role else None


def _nobody(paragraph: Paragraph, word: Token) -> Counted | None:
    last = word.nbor(1) if word.lower_ == "no" and word.i + 1 < len(paragraph.doc) else word
    role = _role(paragraph, word, last)
    return _single(word, last, 0.0, None, role) if role else None


def _remainder(paragraph: Paragraph, word: Token) -> Counted | None:
    """ "the remaining missile": one, when singular."""
    head = paragraph.phrase_head(word.i + 1)
    if head is None or head.tag_ != "NN" or word.i == 0 or word.nbor(-1).lower_ not in ("the", "a", "its", "their"):
        return None
    role = role_of(head)
    return _single(word.nbor(-1), head, 1.0, head.lemma_.lower(), role) if role else None


def _role(paragraph: Paragraph, first: Token, head: Token) -> str | None:
    """What befell the person or nobody that the words name, if it is one of a toll."""
    role = role_by_phrase(paragraph.text, first.idx, head.idx + len(head)) or role_of(head)
    return role if role in counting().tolls else None


def _single(first: Token, last: Token, value: float, unit: str | None, role: str) -> Counted:
    span = first.idx, last.idx + len(last)
    return Counted(Quantity(span, value, value, "exact", unit, None, role), unit or "")


@cache
def _singles() -> re.Pattern[str]:
    """Words that may count one or none, as far as the text alone tells: a person, a noun of tolls, "no one"."""
    words = counting()
    nouns = alternatives([*words.persons, *predicates().noun])
    plural = rf"(?:{nouns})(?:s|es)?|casualties|fatalities|injuries|children|people"
    person = rf"(?= (?:[\w'-]+ ){{0,4}}(?:{alternatives(words.persons)})\b)"
    return re.compile(
        rf"(?i)\b(?:(?P<one>(?:an?|another)\b{person})|(?P<theirs>(?:his|her|their)\b{person})"
        rf"|(?P<no>(?:{alternatives(words.nought)})\b(?= (?:[\w'-]+ ){{0,3}}(?:{plural})\b))"
        rf"|(?P<nobody>{alternatives(words.nobody)})\b|(?P<left>remaining)\b)"
    )
