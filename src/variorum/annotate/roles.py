"""What happened to what a number counts: its role, from the predicate that governs it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import msgspec

from variorum.text import vocabulary

if TYPE_CHECKING:
    from spacy.tokens import Token

_PATIENT = ("dobj", "nsubjpass", "obj", "attr", "dative")


class RoleWords(msgspec.Struct, frozen=True):
    """One role of `data/roles.toml`."""

    patient: tuple[str, ...]
    subject: tuple[str, ...]
    noun: tuple[str, ...]
    adjective: tuple[str, ...]


class Predicates(msgspec.Struct, frozen=True):
    """Roles by word."""

    patient: dict[str, str]
    subject: dict[str, str]
    noun: dict[str, str]
    adjective: dict[str, str]


@cache
def predicates() -> Predicates:
    """Which role each verb, noun and adjective gives."""
    table: dict[str, RoleWords] = vocabulary.load("roles", dict[str, RoleWords])
    return Predicates(
        *(
            {word: role for role, entry in table.items() for word in getattr(entry, field)}
            for field in ("patient", "subject", "noun", "adjective")
        )
    )


def role_of(head: Token) -> str | None:
    """The role of the thing that ``head`` (the noun counted, or the number that stands for it) names."""
    return _by_noun(head) or _by_participle(head) or _by_predicate(_first_conjunct(head)) or _by_neighbour(head)


def _first_conjunct(token: Token) -> Token:
    for _ in range(8):
        if token.dep_ != "conj" or token.head.pos_ == "VERB":
            break
        token = token.head
    return token


def verb_name(verb: Token) -> str:
    """The lemma with its particle: "shoot down"."""
    lemma = verb.lemma_.lower()
    particle = next((c for c in verb.children if c.dep_ == "prt"), None)
    if (
        particle is None
        and verb.i + 1 < len(verb.doc)
        and verb.doc[verb.i + 1].lower_ == "down"
        and lemma in ("shoot", "gun")
    ):
        particle = verb.doc[verb.i + 1]
    return f"{lemma} {particle.lower_}" if particle is not None else lemma


def patient_role(verb: Token) -> str | None:
    """The role of what the verb is done to."""
    name = verb_name(verb)
    return predicates().patient.get(name) or predicates().patient.get(name.split(" ")[0])


def _by_noun(head: Token) -> str | None:
    """ "five deaths", "the deaths of five", "a death toll of five"."""
    nouns = predicates().noun
    if head.lemma_.lower() in nouns:
        return nouns[head.lemma_.lower()]
    if head.dep_ == "pobj" and head.head.lower_ in ("of", "to", "at"):
        over = head.head.head
        if over.pos_ == "VERB":
            over = next((c for c in over.children if c.dep_ in ("nsubj", "dobj", "nsubjpass")), over)
        if over.lemma_.lower() == "toll" and (
            (over.i and over.nbor(-1).lemma_.lower() == "death") or head.head.lower_ in ("of", "to", "at")
        ):
            return "killed"
        if over.lemma_.lower() in nouns and head.head.lower_ == "of":
            return nouns[over.lemma_.lower()]
    return None


def _by_participle(head: Token) -> str | None:
    """ "two wounded soldiers", "people killed in the blast", "five dead", "six missiles fired at"."""
    words = predicates()
    for child in head.children:
        if child.dep_ == "amod" and child.lower_ in words.adjective:
            return words.adjective[child.lower_]
        if child.dep_ in ("amod", "acl") and child.tag_ == "VBN" and (role := patient_role(child)):
            return role
        if child.dep_ == "acl" and child.tag_ == "VBN":
            for deeper in child.children:
                if deeper.dep_ == "conj" and deeper.tag_ == "VBN" and (role := patient_role(deeper)):
                    return role
        if child.dep_ == "relcl" and (role := _relative(child)):
            return role
    return None


def _relative(verb: Token) -> str | None:
    passive = any(c.dep_ == "nsubjpass" for c in verb.children)
    if passive:
        return patient_role(verb)
    if any(c.dep_ == "nsubj" and c.lower_ in ("who", "which", "that") for c in verb.children):
        return predicates().subject.get(verb_name(verb))
    return patient_role(verb) if any(c.dep_ == "nsubj" for c in verb.children) else None


def _by_predicate(head: Token) -> str | None:
    words = predicates()
    verb = head.head
    if head.dep_ in ("pobj",) and head.head.lower_ == "of" and head.head.head.dep_ in (*_PATIENT, "nsubj"):
        # "hundreds of people were killed", "dozens of missiles"
        head = head.head.head
        verb = head.head
    if verb.pos_ not in ("VERB", "AUX") or verb.i == head.i:
        return None
    if head.dep_ in _PATIENT and verb.lemma_ != "be":
        return patient_role(verb)
    if head.dep_ in ("nsubj", "nsubjpass", "attr"):
        if head.dep_ == "nsubj" and (role := words.subject.get(verb_name(verb))):
            return role
        for child in verb.children:
            if child.dep_ in ("acomp", "attr", "oprd") and child.lower_ in words.adjective and child.i != head.i:
                return words.adjective[child.lower_]
        if head.dep_ == "nsubj" and verb.tag_ == "VBN" and _is_passive(verb):
            return patient_role(verb)
    return None


def _is_passive(verb: Token) -> bool:
    return any(c.dep_ in ("aux", "auxpass") and c.lemma_ == "be" for c in verb.children)


def _by_neighbour(head: Token) -> str | None:
    """What the words beside say when the parse does not: "13 injured", "five dead", "two were hurt"."""
    doc, words = head.doc, predicates()
    if head.i + 1 < len(doc):
        after = doc[head.i + 1]
        if after.lower_ in words.adjective and not (
            after.i + 1 < len(doc) and doc[after.i + 1].pos_ in ("NOUN", "PROPN")
        ):
            return words.adjective[after.lower_]
        if after.lower_ in ("were", "was", "are") and after.i + 1 < len(doc):
            then = doc[after.i + 1]
            if then.tag_ == "VBN" and (role := patient_role(then)):
                return role
            if then.lower_ in words.adjective:
                return words.adjective[then.lower_]
    return None
