"""Counts without a number: "a man was killed", "the remaining missile", "no casualties", "no one"."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from variorum.annotate.numerals import alternatives, spoken
from variorum.annotate.quantities.counted import Counted, Paragraph, counting, hyphened
from variorum.annotate.quantities.rolephrases import role_by_label, role_by_phrase, role_by_words
from variorum.annotate.quantities.roles import is_inner, role_of
from variorum.annotate.quantities.rolewords import headline_role, is_person, kind_of, pick, predicates
from variorum.annotate.tokens import Token
from variorum.model import Quantity, Span
from variorum.text.people import people_words


def read_singles(paragraph: Paragraph) -> list[Counted]:
    """One, two and none where no number is written, in the order of the text."""
    readers = {
        "one": _one_victim, "no": _none_of, "nobody": _nobody, "left": _remainder, "some": _collective, "bare": _bare,
    }  # fmt: skip
    found: list[Counted] = []
    for match in _singles().finditer(paragraph.text):
        token = paragraph.token(match.start(match.lastgroup or 0))
        counted = readers[match.lastgroup or ""](paragraph, token) if token is not None else None
        if counted and not any(
            c.quantity.span[0] < counted.quantity.span[1] and counted.quantity.span[0] < c.quantity.span[1]
            for c in found[-2:]
        ):
            found.append(counted)
    return found


def _one_victim(paragraph: Paragraph, article: Token) -> Counted | None:
    """ "a man", "another guard": one, where a predicate of tolls has it for its patient."""
    if article.lower_ == "another" and article.i + 1 < len(paragraph.doc) and article.nbor(1).pos_ in ("VERB", "AUX"):
        role = _role(paragraph, article, article)
        return _single(article, article, 1.0, None, role) if role else None
    head = article.head
    if aged := _AGED.match(paragraph.text, article.idx):
        old = paragraph.token(aged.end() - 1)
        if old is not None and (head.i <= old.i or not _is_victim(head)):
            head = paragraph.phrase_head(old.i + 1) or old
        if head is old or (head.tag_ not in ("NN", "NNP") and old is not None):
            role = _role(paragraph, article, old) if old is not None else None
            return _single(article, article, 1.0, None, role) if role else None
    if head.i <= article.i or head.tag_ not in ("NN", "JJ", "NNP") or not _is_victim(head):
        head = paragraph.phrase_head(article.i + 1) or head
    if by := _PASSER.match(paragraph.text, article.idx):
        return _passer(paragraph, article, by)
    if head.i <= article.i or head.tag_ not in ("NN", "JJ", "NNP") or not _is_victim(head):
        return None
    role = _role(paragraph, article, head)
    end = head.idx + len(head)
    told = _single(article, head, 1.0, hyphened(paragraph.text, end, head.lemma_.lower()), role)
    included = _INCLUDED.search(paragraph.text, max(0, article.idx - 48), article.idx) or _AND.match(
        paragraph.text, end
    )
    return told if role else replace(told, tentative=True) if included else None


def _passer(paragraph: Paragraph, article: Token, match: re.Match[str]) -> Counted | None:
    """ "a passer-by was cut": one that the parser takes for two words."""
    last = paragraph.token(match.end() - 1)
    if last is None:
        return None
    told = _single(article, last, 1.0, match["noun"] + match[0].lower().rpartition(match["noun"])[2], None)
    role = _role(paragraph, article, last) or role_of(article)
    included = _INCLUDED.search(paragraph.text, max(0, article.idx - 48), article.idx)
    if role in counting().tolls:
        return replace(told, quantity=replace(told.quantity, role=role))
    return replace(told, tentative=True) if included else None


def _is_victim(head: Token) -> bool:
    return is_person(head) or (
        head.tag_ == "NNP" and head.text[1:].islower() and head.i > 0 and head.nbor(-1).lower_ in ("a", "an")
    )


def _collective(paragraph: Paragraph, word: Token) -> Counted | None:
    """ "the couple", "both pilots": two or three of them."""
    value = counting().collectives.get(word.lower_)
    head = paragraph.phrase_head(word.i + 1, determined=True) if word.lower_ == "both" else None
    if value is None or (word.lower_ != "both" and word.tag_ not in ("NN", "NNS", "NNP")):
        return None
    if word.lower_ == "both" and _BOTH_AND.match(paragraph.text, word.idx):
        return None
    following = paragraph.text[word.idx + len(word) : word.idx + len(word) + 4]
    if following.startswith(" of ") and word.lower_ != "both":
        return None
    role = _role(paragraph, word, head or word)
    if not role and (head is None or not is_person(head)):
        return None
    unit = head.lemma_.lower() if head is not None else None
    last = head or word
    return _single(word, last, float(value), unit, role)


def _bare(paragraph: Paragraph, noun: Token) -> Counted | None:
    """Headlines: "Man killed in blast", "Boy, 4, hurt"."""
    after = _AGE.match(paragraph.text, noun.idx + len(noun))
    position = after.end() if after else noun.idx + len(noun)
    then = paragraph.token(position + 1)
    if then is None or then.idx < position:
        return None
    words = predicates()
    if role := role_by_phrase(paragraph.text, noun.idx, position, kind="person"):
        return _single(noun, noun, 1.0, noun.lower_, role) if role in counting().tolls else None
    role = pick(words.adjective, [then.lower_], "person") or pick(words.subject, [then.lemma_.lower()], "person")
    role = role or headline_role(then.lower_, "person")
    return _single(noun, noun, 1.0, noun.lower_, role) if role in counting().tolls else None


def _none_of(paragraph: Paragraph, word: Token) -> Counted | None:
    head = paragraph.phrase_head(word.i + 1, determined=True)
    if head is None:
        return _none_such(paragraph, word)
    if not (head.lemma_.lower() in predicates().noun or is_person(head)):
        return None
    if word.lower_ == "without" and head.tag_ == "NN":
        return None  # "escaped without injury"
    role = _role(paragraph, word, head) or pick(predicates().noun, [head.lemma_.lower()])
    return _single(word, head, 0.0, head.lemma_.lower(), role) if role else None


def _none_such(paragraph: Paragraph, word: Token) -> Counted | None:
    """ "no dead", "no injured"."""
    after = word.nbor(1) if word.i + 1 < len(paragraph.doc) else word
    role = pick(predicates().adjective, [after.lower_], "person") if word.lower_ == "no" else None
    return _single(word, word, 0.0, None, role) if role else None


def _nobody(paragraph: Paragraph, word: Token) -> Counted | None:
    """ "no one was hurt", "none of his 12 passengers was injured"."""
    last = word.nbor(1) if word.lower_ in ("no", "not") and word.i + 1 < len(paragraph.doc) else word
    end = last.idx + len(last)
    whole = _OF_NUMBER.match(paragraph.text, end)
    number = paragraph.token(whole.end(1)) if whole else None
    if whole and number is not None and (number.pos_ == "NUM" or number.lower_ in spoken()):
        head = paragraph.phrase_head(number.i + 1)
        unit = head.lemma_.lower() if head is not None else None
        role = _role(paragraph, word, last) or (_role(paragraph, word, head) if head is not None else None)
        return _single(word, last, 0.0, unit, role, of=(number.idx, number.idx + len(number)))
    if word.lower_ == "neither" and _NOR.match(paragraph.text, end):
        return None
    if word.lower_ == "neither" and (head := paragraph.phrase_head(last.i + 1)) is not None:
        role = _role(paragraph, word, head)
        return _single(word, head, 0.0, head.lemma_.lower(), role)
    role = role_by_phrase(paragraph.text, word.idx, end) or role_of(last)
    role = role or role_by_phrase(paragraph.text, word.idx, end, loosely=True)
    role = role or role_by_label(paragraph.text, word.idx, end, "either")
    of_them = paragraph.text.startswith((" of them", " of it"), end)
    return replace(_single(word, last, 0.0, None, role), tentative=of_them)


def _remainder(paragraph: Paragraph, word: Token) -> Counted | None:
    """ "the remaining missile": one, when singular."""
    head = paragraph.phrase_head(word.i + 1)
    if head is None or head.tag_ != "NN" or word.i == 0 or word.nbor(-1).lower_ not in ("the", "a", "its", "their"):
        return None
    role = role_of(head)
    return _single(word.nbor(-1), head, 1.0, head.lemma_.lower(), role) if role else None


def _role(paragraph: Paragraph, first: Token, head: Token) -> str | None:
    """What befell the person or nobody that the words name, if it is one of a toll."""
    span = first.idx, head.idx + len(head)
    inner = is_inner(head)
    kind = kind_of(head)
    role = role_by_phrase(paragraph.text, *span, inner=inner, kind=kind) or role_of(head)
    role = role or (None if inner else role_by_words(paragraph.text, *span, kind))
    return role if role in counting().tolls else None


def _single(
    first: Token, last: Token, value: float, unit: str | None, role: str | None, of: Span | None = None
) -> Counted:
    span = first.idx, last.idx + len(last)
    return Counted(Quantity(span, value, value, "exact", unit, None, role, of), unit or "")


_INCLUDED = re.compile(
    r"(?i)\b(?:including|among (?:them|whom|those|the (?:dead|injured|wounded|victims|missing"
    r"|arrested|detained))(?:,| was| were| is)?"
    r"|include[sd]?|included|plus|as well as|along with|counting|of (?:them|whom),?|[–:(]|are|were) (?:at least )?\Z"
)
_AND = re.compile(
    r",? and (?:\d|his |her |their |its |an? |another |two |three |four |five |six |seven |eight |nine |ten )"
)
_PASSER = re.compile(r"(?i)(?:an?|another) (?:[\w-]+ ){0,3}?(?P<noun>passer|looker|hanger|runner)-(?:by|on|up)\b")
_NOR = re.compile(r"[^.;]{1,40} nor\b")
_BOTH_AND = re.compile(r"(?i)both (?:(?!are |were |was |is |have |had |has )[\w'-]+ ){1,4}and\b")
_OF_NUMBER = re.compile(r"(?i) of ((?:the |his |her |their |its |those |these )?)(?=\w)")
_AGED = re.compile(r"(?i)an? (?:\d+|[a-z]+)[- ](?:year|month|week|day)s?[- ]old\b")
_AGE = re.compile(r", (?:aged )?\d{1,3},")


@cache
def _singles() -> re.Pattern[str]:
    """Words that may count one or none, as far as the text alone tells: a person, a noun of tolls, "no one"."""
    words = counting()
    nouns = alternatives([*words.persons, *predicates().noun])
    plural = rf"(?:{nouns})(?:s|es)?|casualties|fatalities|injuries|children|people"
    person = alternatives(words.persons)
    return re.compile(
        rf"(?i)\b(?P<one>(?:an?|another)\b(?= [a-z\d]))"
        rf"|\b(?P<nobody>{alternatives(words.nobody)})\b(?! else\b)"
        rf"|\b(?P<no>(?:{alternatives(words.nought)})\b(?! (?:{alternatives(people_words().besides)})\b)"
        rf"(?= (?:[\w'-]+ ){{0,3}}(?:{plural}|dead|injured"
        rf"|wounded|missing)\b))"
        rf"|\b(?P<left>remaining)\b"
        rf"|\b(?P<some>{alternatives(words.collectives)})\b"
        rf"|(?:^|^(?!(?:the|an?|one|his|her|their|its|our|my|that|this|another|each|every|no"
        rf"|some) )[A-Z][a-z-]+ |[.;,:–-] |\b(?:and|kills?|injures?|hurts?|leaves?"
        rf"|wounds?) )(?P<bare>(?:{person}))(?=,? \w)"
    )
