"""What the parse says at a character of a paragraph: the tense that governs it, which decides whether "Tuesday" is
the last one or the next, and the part of speech."""

from __future__ import annotations

import re
from functools import cache

import msgspec

from variorum.annotate.tokens import Doc, Token
from variorum.model import Tense
from variorum.text import vocabulary

_HAD_BEEN = re.compile(r"\bhad (?:been )?(\w+) (?:to|for)\b[^,.;:]*\Z")
_BEFORE = 80  # characters before a time in which the plan that it belongs to is named
_NEAR = 32  # and the words that tie it to a verb that moves it
_CLIMB = 12  # words up the tree after which the search for a verb ends


class _TenseWords(msgspec.Struct, frozen=True):
    future_auxiliaries: tuple[str, ...]
    future_heads: tuple[str, ...]
    movers: tuple[str, ...]
    believed: tuple[str, ...]


class _Shape(msgspec.Struct, frozen=True):
    tense: _TenseWords


#: Before the day from which something is moved, or to which.
_MOVED_TO = re.compile(r"\b(?:from|to|until|till)\s+(?:on\s+)?(?:the\s+)?(?:[\w.]+\s+){0,2}\Z")


@cache
def _movers() -> frozenset[str]:
    return frozenset(vocabulary.load("time", _Shape).tense.movers)


@cache
def _believed() -> frozenset[str]:
    return frozenset(vocabulary.load("time", _Shape).tense.believed)


@cache
def _words() -> tuple[frozenset[str], frozenset[str]]:
    tense = vocabulary.load("time", _Shape).tense
    return frozenset(tense.future_auxiliaries), frozenset(tense.future_heads)


def token_at(doc: Doc, position: int) -> Token | None:
    """The token that covers a character of the paragraph."""
    return doc.token_at(position)


def tag_at(doc: Doc, position: int) -> str:
    """Its part-of-speech tag, or nothing."""
    token = token_at(doc, position)
    return token.tag_ if token is not None else ""


def is_noun_modifier(doc: Doc, position: int) -> bool:
    """Whether the number there counts a plural noun that follows it ("1939 soldiers")."""
    token = token_at(doc, position)
    if token is None or token.dep_ not in ("nummod", "amod", "compound"):
        return False
    head = token.head
    return (
        head.i > token.i
        and head.tag_ in ("NNS", "NN")
        and (token.dep_ == "nummod" or head.tag_ == "NN")
        and not (head.tag_ == "NN" and token.dep_ == "nummod" and len(token.text) == 4 and token.text.isdigit())
    )


def tense_at(doc: Doc, position: int) -> Tense | None:
    """The tense of the verb that governs the word at a character of the paragraph."""
    token = token_at(doc, position)
    auxiliaries, heads = _words()
    if (was := _HAD_BEEN.search(doc.flat, max(0, position - _BEFORE), position)) and was[1] in heads:
        return "past"  # "had been due to end on Wednesday": a plan that was
    for _ in range(_CLIMB):
        if token is None:
            return None
        if token.pos_ in ("VERB", "AUX"):
            if _moves(token) and _MOVED_TO.search(doc.flat, max(0, position - _NEAR), position):
                return "future"  # "has been moved from Saturday to Monday": both were to come
            found = _verb_tense(token, auxiliaries, heads)
            if found:
                return found
        elif token.lower_ in heads and token.pos_ in ("ADJ", "VERB"):
            return "future"
        if token.head is token or token.head.i == token.i:
            return None
        token = token.head
    return None


def _moves(verb: Token) -> bool:
    """Whether a verb says that a day was changed, and not in a report that looks back."""
    had = any(child.dep_ in ("aux", "auxpass") and child.lower_ in ("had", "'d") for child in verb.children)
    return verb.lemma_ in _movers() and not had


def own_verb_at(doc: Doc, position: int) -> str:
    """The lemma of the verb that the word at a character says the time of, itself or by a preposition, or nothing."""
    token = token_at(doc, position)
    if token is None:
        return ""
    above = token.head.head if token.dep_ == "pobj" else token.head
    return above.lemma_.lower() if above.pos_ in ("VERB", "AUX") and above.i != token.i else ""


def follows_object(doc: Doc, position: int) -> bool:
    """Whether the verb that the word at a character says the time of has an object before it."""
    token = token_at(doc, position)
    if token is None:
        return False
    verb = token.head.head if token.dep_ == "pobj" else token.head
    return any(c.dep_ in ("dobj", "obj") and verb.i < c.i < token.i for c in verb.children)


def _verb_tense(verb: Token, auxiliaries: frozenset[str], heads: frozenset[str]) -> Tense | None:
    helpers = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    modal = next((h for h in helpers if h.tag_ == "MD"), None)
    if modal is not None and not any(h.lemma_ == "have" for h in helpers):
        if modal.lower_ == "could" and any(c.dep_ == "neg" or c.lower_ in ("neither", "nor") for c in verb.subtree[:9]):
            return "past"
        return "future" if modal.lower_ in auxiliaries else "present"
    if any(h.tag_ == "TO" for h in helpers):
        above = verb.head
        if any(h.lemma_ == "have" for h in helpers) and above.lemma_ in _believed():
            return "past"  # "is known to have died on Saturday"
        to_come = above.i == verb.i or above.lower_ in heads or above.lemma_ in heads
        return "future" if to_come or (above.lemma_ == "be" and above.tag_ in ("VBZ", "VBP")) else None  # "are to run"
    if verb.lower_ in heads and verb.tag_ == "VBN" and not any(child.dep_ == "prt" for child in verb.children):
        return "future"  # "set for Monday", not "set out on Monday"
    if verb.tag_ == "VBN" and not helpers and verb.dep_ in ("acl", "advcl", "amod"):
        return "past"  # "the decision, announced Wednesday"
    finite = [h.tag_ for h in helpers] + [verb.tag_]
    if "VBD" in finite or any(h.lemma_ in ("have", "'ve") for h in helpers):
        return "past"
    if "VBZ" in finite or "VBP" in finite:
        going = verb.lemma_ == "go" and verb.tag_ == "VBG"
        return "future" if going or (verb.tag_ == "VBG") else "present"
    return None
