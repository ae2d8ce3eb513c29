"""The words that give a number its role, and which roles suit what it counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Literal

import msgspec

from variorum.annotate.numerals import spoken
from variorum.annotate.tokens import Token
from variorum.text import vocabulary
from variorum.text.people import is_person_word

#: What a number counts: people, things, money, a share, a measure ("40 tonnes"), or what may be either (a bare number,
#: animals, names).
Kind = Literal["person", "thing", "money", "share", "measure", "either"]


class RoleWords(msgspec.Struct, frozen=True):
    """One role of `data/roles.toml`."""

    patient: tuple[str, ...] = ()
    subject: tuple[str, ...] = ()
    noun: tuple[str, ...] = ()
    adjective: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    taken: tuple[str, ...] = ()
    loosely_before: tuple[str, ...] = ()
    loosely_after: tuple[str, ...] = ()


#: The roles that a word may give, in the order of the file.
Roles = tuple[str, ...]


class Predicates(msgspec.Struct, frozen=True):
    """Roles by word: verbs by patient, by a patient that is people and by subject, nouns, adjectives, things that give
    their role where they are taken, and set phrases before and after."""

    patient: dict[str, Roles]
    people: dict[str, Roles]
    subject: dict[str, Roles]
    noun: dict[str, Roles]
    adjective: dict[str, Roles]
    taken: dict[str, Roles]
    before: dict[str, Roles]
    after: dict[str, Roles]
    loosely_before: dict[str, Roles]
    loosely_after: dict[str, Roles]


class Counting(msgspec.Struct, frozen=True):
    """What of `data/counting.toml` decides a role."""

    bearing: tuple[str, ...]
    including: tuple[str, ...]
    tallies: tuple[str, ...]
    helpers: frozenset[str]
    lives: tuple[str, ...]
    taking: tuple[str, ...]
    bodies: tuple[str, ...]
    persons: frozenset[str]
    beings: frozenset[str]
    animals: frozenset[str]
    raising: tuple[str, ...]
    figures: tuple[str, ...]
    groups: tuple[str, ...]
    captors: tuple[str, ...]
    deadly: tuple[str, ...]
    company: tuple[str, ...]
    telling_parts: tuple[str, ...]
    presuming: tuple[str, ...]
    pasts: dict[str, str]
    simples: dict[str, str]
    states: tuple[str, ...]
    of_people: frozenset[str]
    of_things: frozenset[str]
    of_money: frozenset[str]
    of_money_alone: frozenset[str]
    of_sums: frozenset[str]
    currencies: frozenset[str]
    of_measures: frozenset[str]
    fillers: frozenset[str]
    prepositions: frozenset[str]
    diseases: frozenset[str]
    falling_ill: frozenset[str]
    cases: frozenset[str]
    projectiles: frozenset[str]
    landing: frozenset[str]


@cache
def counting_words() -> Counting:
    """The words beside numbers."""
    loaded: Counting = vocabulary.load("counting", Counting)
    return loaded


@cache
def role_table() -> dict[str, RoleWords]:
    """`data/roles.toml` as it is written."""
    loaded: dict[str, RoleWords] = vocabulary.load("roles", dict[str, RoleWords])
    return loaded


@cache
def predicates() -> Predicates:
    """Which roles each word and phrase may give."""
    return Predicates(*(_by_word(field) for field in Predicates.__struct_fields__))


def _by_word(field: str) -> dict[str, Roles]:
    found: dict[str, Roles] = {}
    for role, entry in role_table().items():
        for word in getattr(entry, field):
            found[word] = (*found.get(word, ()), role)
    return found


# --- what suits what ------------------------------------------------------------------------------------------------


def is_person(noun: Token) -> bool:
    """Whether a common noun names people, by the list or by its ending ("welder", "machinist")."""
    return is_person_word(noun.lemma_.lower())


def kind_of(noun: Token | None) -> Kind:
    """What a noun names, as far as its word tells."""
    if noun is None or noun.pos_ not in ("NOUN", "PROPN"):
        return "either"
    words, lemma = counting_words(), noun.lemma_.lower()
    if lemma in words.currencies or noun.lower_ in words.currencies:
        return "money"
    if lemma in words.groups or lemma in spoken() or noun.lower_ in spoken():
        return "either"  # "thousands", "no one"
    if is_person(noun) or lemma in words.beings or noun.lower_ in words.beings:
        return "person"
    if noun.pos_ == "PROPN" or lemma in words.animals or noun.lower_ in words.animals or noun.text[0].isupper():
        return "either"
    return "either" if noun.lower_ in predicates().adjective else "thing"  # "the nine injured"


def suits(role: str, kind: Kind) -> bool:
    """Whether what is counted can have a role."""
    words = counting_words()
    match kind:
        case "person":
            return role not in words.of_things
        case "thing":
            return role not in words.of_people and role not in words.of_sums
        case "money":
            return role in words.of_money
        case "share":
            return role not in words.of_money_alone
        case "measure":
            return role in words.of_measures
        case _:
            return True


def chosen(roles: Iterable[str], kind: Kind) -> str | None:
    """The first of several roles that suits."""
    return next((role for role in roles if suits(role, kind)), None)


def pick(table: Mapping[str, Roles], names: Iterable[str], kind: Kind = "either") -> str | None:
    """The first role that one of ``names``, the fullest first, gives to what is of a kind."""
    return next((role for name in names if name in table and (role := chosen(table[name], kind))), None)


# --- forms of verbs -------------------------------------------------------------------------------------------------


@cache
def participles() -> dict[str, Roles]:
    """Participles, as far as they are regular, of the verbs that have a patient, and words that follow a patient."""
    forms: dict[str, Roles] = {}
    for verb, roles in predicates().patient.items():
        first, _, rest = verb.partition(" ")
        if first.isalpha() and len(first) > 2:
            forms[f"{past(first)} {rest}".strip()] = roles
    words = predicates()
    return forms | {
        w: r for table in (words.loosely_after, words.adjective, words.after) for w, r in table.items() if w.isalpha()
    }


@cache
def actives() -> dict[str, Roles]:
    """Forms of the same verbs before their patient."""
    forms: dict[str, Roles] = {}
    for verb, roles in predicates().patient.items():
        first, _, rest = verb.partition(" ")
        if not first.isalpha() or len(first) <= 2 or (rest and not rest.isalpha()):
            continue
        stem = first[:-1] if first.endswith("e") else first
        regular = _regular(first)
        doubled = regular[:-2] if not first.endswith("e") else stem
        ending = "es" if first.endswith(("s", "sh", "ch", "x")) else "s"
        words = counting_words()
        simple = words.simples.get(first) or words.pasts.get(first, regular)
        forms |= {f"{form} {rest}".strip(): roles for form in (simple, f"{doubled}ing", f"{first}{ending}", first)}
    return forms


def past(verb: str) -> str:
    """The participle of a verb."""
    return counting_words().pasts.get(verb) or _regular(verb)


def _regular(verb: str) -> str:
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ied"
    short = len(verb) > 2 and verb[-1] in "bgmnpt" and verb[-2] in "aeiou" and verb[-3] not in "aeiou" and len(verb) < 5
    return verb + verb[-1] + "ed" if short else verb + "ed"


def role_of_form(form: str, kind: Kind = "either") -> str | None:
    """The role that a form of a verb gives its patient: "killed", "injuring"."""
    return pick(actives(), [form], kind) or pick(participles(), [form], kind)


def headline_role(word: str, kind: Kind = "either") -> str | None:
    """The role that a bare participle gives in a headline: "Man [killed]", "driver [held]"."""
    return pick(participles(), [word], kind)
