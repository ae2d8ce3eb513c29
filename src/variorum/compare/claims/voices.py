"""Who says it at first: the root source of each statement, by all the keys that it may have where names leave it
open."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import OSA

from variorum.compare.claims.issuers import issuer_keys, issuer_of, may_be_his_office
from variorum.compare.claims.newsrooms import Newsroom, Newsrooms, is_faceless
from variorum.compare.claims.speakers import passes_on
from variorum.compare.facts.fact import Fact, stem
from variorum.compare.facts.names import Names
from variorum.compare.facts.vocabulary import words
from variorum.model import Root, Statement
from variorum.text.normalise import fold

#: How an article came by what its sentence puts down to another medium.
_NAMED: Final = "named as the source"
#: Who may stand behind what a report tells as its own.
_ANSWERABLE: Final = ("person", "organisation")
_NONE: Final[frozenset[str]] = frozenset()
#: Names of sources whose words are remembered: each is held to those of every claim.
_REMEMBERED: Final = 5_000
#: Letters of a surname from which one wrong letter makes no other surname.
_SPELT: Final = 6
_WORDS: Final = re.compile(r"[\w.]*\w")
_REFLEXIVE: Final = re.compile(r" (?:itself|himself|herself|themselves)\Z")
#: A number that a report tells as that of the authorities.
_OFFICIAL: Final = re.compile(
    r"\bofficial (?:death )?(?:toll|figures?|counts?|numbers?|tally|total|estimates?)\b", re.I
)


@dataclass(frozen=True, slots=True)
class Voice:
    """The root of one statement: its possible ``keys``, its name, and whether it is the newsroom itself; ``leans`` if
    the newsroom names a source for the claim elsewhere, so that it is no root beside that source."""

    keys: frozenset[str]
    label: str
    own: bool = False
    leans: bool = False


def _voice(fact: Fact, room: Newsroom, rooms: Newsrooms, names: Names) -> Voice:
    voice, issuer = _heard(fact, room, rooms, names), issuer_of(room.label)
    if issuer is None:
        return voice
    # Whatever a release says, of whomever, rests on the word of the body that issues it.
    if not fact.statement.attribution:
        return Voice(voice.keys | issuer_keys(issuer, names), issuer)
    return replace(voice, keys=voice.keys | issuer_keys(issuer, names))


def _heard(fact: Fact, room: Newsroom, rooms: Newsrooms, names: Names) -> Voice:
    if not fact.statement.attribution:
        return Voice(frozenset(f"newsroom:{key}" for key in room.keys), room.label, True)
    root = fact.statement.root
    if root.name and (room.how == _NAMED and root.name == room.label):
        return Voice(frozenset(f"newsroom:{key}" for key in room.keys), root.name, True)
    if root.name and root.kind != "outlet" and rooms.is_own(fact.statement, root.name):
        # "The Star understands": by nobody whom it names.
        return _sourced(Root(root.name, None, "unnamed"), room, rooms, names)
    return _sourced(root, room, rooms, names)


def _sourced(root: Root, room: Newsroom, rooms: Newsrooms, names: Names) -> Voice:
    if root.kind in ("agency", "outlet") and root.name and is_faceless(root.name):
        return Voice(frozenset(f"newsroom:{key}" for key in room.keys), root.name, True)
    if root.kind in ("agency", "outlet") and root.name:
        return Voice(frozenset({f"newsroom:{rooms.key(root.name)}"}), root.name, True)
    if root.kind == "organisation" and root.name and rooms.publishes(root.name):
        return Voice(frozenset({f"newsroom:{rooms.key(root.name)}"}), root.name)
    # A document that nobody names ("a report", "the posting") is as faceless as an unnamed person.
    if root.kind == "unnamed" or not (root.name or root.entity) or (root.kind == "document" and not root.entity):
        label = root.name or "an unnamed source"
        return Voice(frozenset({f"unnamed:{min(room.keys)}:{_head(label)}", "unnamed"}), label)
    return Voice(named_keys(root, names), root.name or names.name(root.entity))


def named_keys(root: Root, names: Names) -> frozenset[str]:
    """The roots under which the word of a named source goes."""
    own = _source_key(root, names)
    state = names.state_of(root.entity, root.name or "")
    return frozenset({own}) if state is None else frozenset({own, f"government:{state}"})


def _source_key(root: Root, names: Names) -> str:
    return f"source:{names.thing(root.entity) if root.entity else body_of(root.name or '')}"


def body_of(name: str) -> str:
    """What a body without a name of its own is called: "the country's coast guard" is the coast guard, and "the group
    itself" the group."""
    called = _REFLEXIVE.sub("", fold(name))
    whose, _, body = called.partition("'s ")
    return body if body and whose in words().realm else called


def _head(label: str) -> str:
    return fold(label).split(" ")[-1]


def _with_open_governments(voices: Sequence[Voice]) -> list[Voice]:
    """An organ of a state that is not named may be one of any state that speaks here."""
    states = frozenset(k for v in voices for k in v.keys if k.startswith("government:"))
    return [Voice(v.keys | states, v.label, v.own) if "government:" in v.keys else v for v in voices]


def voices_of(facts: Sequence[Fact], newsrooms: Sequence[Newsroom], rooms: Newsrooms, names: Names) -> list[Voice]:
    """The root of each statement, with whom else it may be or rest on."""
    voices = [_voice(fact, room, rooms, names) for fact, room in zip(facts, newsrooms, strict=True)]
    going_on = [
        (n, fact.continues, _sourced(fact.continues.root, room, rooms, names))
        for n, (fact, room) in enumerate(zip(facts, newsrooms, strict=True))
        if fact.continues
    ]
    statements = [*(fact.statement for fact in facts), *(statement for _, statement, _ in going_on)]
    known = _with_possible_twins([*voices, *(voice for *_, voice in going_on)], statements, names)
    voices, before = known[: len(voices)], known[len(voices) :]
    for (n, *_), voice in zip(going_on, before, strict=True):
        voices[n] = Voice(voices[n].keys | voice.keys, voices[n].label, True)
    voices = _with_sources_meant(voices, facts, names)
    known = _with_open_governments(_with_hearsay(_with_roots_of_outlets(voices, newsrooms, facts), facts))
    return _with_own_summaries(known, newsrooms, facts, _cited(known, facts, rooms, names))


def _with_sources_meant(voices: Sequence[Voice], facts: Sequence[Fact], names: Names) -> list[Voice]:
    """A body that is only called what it is ("the union") is the one source of the claim that its sentence names."""
    named = {
        names.thing(f.statement.root.entity): v for v, f in zip(voices, facts, strict=True)
        if not v.own and f.statement.root.entity
    }  # fmt: skip

    def meant(voice: Voice, fact: Fact) -> Voice:
        root = fact.statement.root
        if voice.own or root.entity or root.kind not in ("organisation", "unnamed") or voice.label != fold(voice.label):
            return voice
        there = named.keys() & fact.names
        return replace(named[min(there)], label=voice.label) if len(there) == 1 else voice

    return [meant(voice, fact) for voice, fact in zip(voices, facts, strict=True)]


def _cited(
    voices: Sequence[Voice], facts: Sequence[Fact], rooms: Newsrooms, names: Names
) -> Mapping[str, frozenset[str]]:
    """For each article the keys of the sources of a claim whom it cites for something else."""
    sources = {
        (_source_key(fact.statement.root, names), _described(voice, fact.statement, names)): voice.keys
        for voice, fact in zip(voices, facts, strict=True)
        if not voice.own and fact.statement.root.kind in _ANSWERABLE
    }
    found: dict[str, frozenset[str]] = {}
    for article in dict.fromkeys(fact.statement.article for fact in facts) if sources else ():
        known = [
            (_source_key(root, names), _described(Voice(_NONE, root.name or ""), statement, names))
            for root, statement in rooms.cited(article).items()
        ]
        same = (k for (a, one), k in sources.items() if any(a == b or _serves(one, two) for b, two in known))
        found[article] = _NONE.union(*same)
    return found


def _serves(one: _Source, two: _Source) -> bool:
    """Whether one of two sources is a body that the other belongs to by its office: "the airport operator", "airport
    spokesman Hal Merrow"."""
    body, person = (one, two) if one.kind == "organisation" else (two, one)
    if body.kind != "organisation" or person.kind != "person":
        return False
    called, office = ({stem(w) for w in some if w not in words().empty} for some in (body.called, person.office))
    return bool(called & office)


def _with_roots_of_outlets(voices: Sequence[Voice], rooms: Sequence[Newsroom], facts: Sequence[Fact]) -> list[Voice]:
    """What one report puts down to an outlet has the roots that the outlet's own report gives for it."""
    given: dict[frozenset[str], set[str]] = {}
    relayed = [voice.own and bool(fact.statement.attribution) for voice, fact in zip(voices, facts, strict=True)]
    for voice, room, passed_on in zip(voices, rooms, relayed, strict=True):
        if not passed_on:
            given.setdefault(room.keys, set()).update(voice.keys)
    return [
        Voice(frozenset(given[room.keys]), voice.label, True) if passed_on and room.keys in given else voice
        for voice, room, passed_on in zip(voices, rooms, relayed, strict=True)
    ]


def _with_hearsay(voices: Sequence[Voice], facts: Sequence[Fact]) -> list[Voice]:
    """What is told as heard, with no word of whom ("reportedly", "is believed"), or after a writing that nobody names
    ("according to a report"), may have been read in any report."""
    reports = _NONE.union(*(voice.keys for voice in voices if voice.own))
    told = _NONE.union(*(v.keys for v, fact in zip(voices, facts, strict=True) if not passes_on(fact.statement)))
    return [
        Voice(told, v.label)
        if told and passes_on(fact.statement)
        else v
        if v.own or is_told(fact)
        else Voice(v.keys | reports, v.label)
        for v, fact in zip(voices, facts, strict=True)
    ]


def is_told(fact: Fact) -> bool:
    """Whether the words say who told it."""
    root = fact.statement.root
    if root.kind == "document":
        return root.entity is not None
    return root.kind != "unnamed" or fact.statement.attribution[-1].span is not None


def _with_possible_twins(voices: Sequence[Voice], statements: Sequence[Statement], names: Names) -> list[Voice]:
    """Two names may stand for one source, and a source without a name for any that has one. Who counts on too many is
    told so; a low end that is too low misleads nobody."""
    sources = [_described(voice, statement, names) for voice, statement in zip(voices, statements, strict=True)]
    told = {source: v.keys for v, source in zip(voices, sources, strict=True) if not v.own}
    named = {one: keys for one, keys in told.items() if one.named}
    anybody = _NONE.union(*named.values())
    nameless = {one: keys for one, keys in told.items() if not one.named}
    twins = {
        one: keys.union(*(other for two, other in named.items() if _may_be(one, two)))
        if one.named
        else keys.union(anybody, *(other for two, other in nameless.items() if _called_alike(one, two)))
        for one, keys in told.items()
    }
    return [v if v.own else Voice(twins[source], v.label) for v, source in zip(voices, sources, strict=True)]


@dataclass(frozen=True, slots=True)
class _Source:
    """What tells who a source is: what kind it is, the words it is called by, those of its office, and whether it
    speaks for somebody else; ``named`` if it goes by a name and not only by what it is ("the union", "officials")."""

    kind: str
    called: tuple[str, ...]
    office: frozenset[str]
    speaks: bool
    named: bool


def _described(voice: Voice, statement: Statement, names: Names) -> _Source:
    root = statement.root
    capitals = [word for word in _WORDS.findall(voice.label)[0 if root.entity else 1 :] if word[0].isupper()]
    faceless = "unnamed" in voice.keys
    return _Source(
        root.kind,
        _folded(body_of(voice.label)),
        frozenset(_folded(f"{names.role(root.entity) or ''} {_called_at_length(statement)}")),
        root.kind != "organisation" and names.speaks(root.entity, voice.label),
        bool(capitals) and not faceless and fold(voice.label) not in words().pointing,
    )


@lru_cache(_REMEMBERED)
def _folded(name: str) -> tuple[str, ...]:
    return tuple(map(fold, _WORDS.findall(name)))


def _called_at_length(statement: Statement) -> str:
    """The words that the innermost source goes by here: "Dr Anna Smith of Velm hospital"."""
    span = statement.attribution[-1].span if statement.attribution else None
    begin = statement.span[0]
    return statement.text[max(0, span[0] - begin) : max(0, span[1] - begin)] if span else ""


def _may_be(one: _Source, two: _Source) -> bool:
    """Whether a named source may be another that is named better: a person by more words, a body by its full name or
    the one that its letters stand for, and for somebody the body that he has an office in or speaks for."""
    if one.kind == "organisation" != two.kind:
        return False
    if two.kind == "organisation" != one.kind:
        return one.speaks or set(two.called) <= one.office | set(one.called)
    if may_be_his_office(one.called, two.called):
        return True
    if one.kind == "person" and one.called and two.called and _misspelt(one.called[-1], two.called[-1]):
        return True
    if (len(one.called), one.called) >= (len(two.called), two.called):
        return False
    if one.kind == "organisation":
        return _stands_for(one.called, two.called)
    return one.called[-1] in two.called or two.called[-1] in one.called


def _misspelt(one: str, two: str) -> bool:
    """Whether two surnames are one with a letter wrong, or two of them in each other's place."""
    return one != two and min(len(one), len(two)) >= _SPELT and OSA.distance(one, two, score_cutoff=1) <= 1


def _called_alike(one: _Source, two: _Source) -> bool:
    """Whether a description without a name may be of a source that is described more fully: "the union", "the
    seafarers' union", "a union for seafarers"; "emergency services" may be any that come to help, and "the hackers"
    are "the gang"."""
    heads = {source.called[-1] for source in (one, two) if source.called}
    if any(heads <= general | special and heads & general for general, special in words().callings):
        return True
    if one.called and one.called[-1] in words().umbrella:
        return two.kind != "document"
    left, right = ({stem(word) for word in source.called if word not in words().empty} for source in (one, two))
    return one.kind == two.kind and bool(left) and left <= right


def _stands_for(short: Sequence[str], long: Sequence[str]) -> bool:
    letters = "".join(short).replace(".", "")
    initials = "".join(word[0] for word in long if word not in words().empty)
    return set(short) <= set(long) or (len(letters) > 1 and letters in (initials, "".join(word[0] for word in long)))


def _with_own_summaries(
    voices: Sequence[Voice], rooms: Sequence[Newsroom], facts: Sequence[Fact], cited: Mapping[str, frozenset[str]]
) -> list[Voice]:
    """What a newsroom says without a source rests on the source it names for the same claim elsewhere, and may rest on
    one that its own sentence speaks of ("the coast guard raised its count"), or on one that another report names for
    the claim and this one for something else."""
    named: dict[str, set[str]] = {}
    for voice, room in zip(voices, rooms, strict=True):
        for key in () if voice.own else room.keys:
            named.setdefault(key, set()).update(voice.keys)
    others = [(voice.keys, _telling_words(voice.label)) for voice in voices if not voice.own]
    labels = {voice.label for voice in voices if not voice.own}

    organs = [key for v in voices if not v.own and any(k.startswith("government:") for k in v.keys) for key in v.keys]

    def rests(voice: Voice, room: Newsroom, fact: Fact) -> Voice:
        told = _telling_words(fact.statement.text)
        spoken_of = (keys for keys, label in others if label and 2 * len(label & told) >= len(label))
        elsewhere = cited.get(fact.statement.article, _NONE).union(
            organs if _OFFICIAL.search(fact.statement.text) else ()
        )
        keys = voice.keys.union(elsewhere, *(named.get(key, ()) for key in room.keys), *spoken_of)
        leans = named.keys() >= room.keys or any(_does_it(fact, label) for label in labels)
        return Voice(keys, voice.label, True, leans=leans)

    return [rests(v, r, f) if v.own else v for v, r, f in zip(voices, rooms, facts, strict=True)]


def _does_it(fact: Fact, source: str) -> bool:
    """Whether a statement tells what a source did, that is, said: "the coast guard raised its count"."""
    called = {stem(word) for word in _folded(source)}
    return any(len(who := {p.head, *p.modifiers}) > 1 and who <= called for p in fact.parties.get("agent", ()))


@lru_cache(_REMEMBERED)
def _telling_words(text: str) -> frozenset[str]:
    """Words long enough to tell a source by."""
    return frozenset(word for word in re.findall(r"\w+", fold(text)) if len(word) > 3)
