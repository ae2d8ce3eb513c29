"""The words that attribute and the words for those who are cited, as tables ready to look up."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from variorum.model import Certainty, SourceKind, Stance
from variorum.text.vocabulary import load

Construction = Literal["speech", "clause", "object", "infinitive", "directive"]


@dataclass(frozen=True, slots=True)
class Verbs:
    """Verbs that attribute alike; see ``data/cues.toml`` for the frames."""

    stance: Stance
    frames: list[Construction]
    lemmas: list[str]
    weight: Literal["words", "opinion"] = "words"


@dataclass(frozen=True, slots=True)
class Particle:
    """A verb that attributes only together with one of ``words``."""

    stance: Stance
    lemma: str
    words: list[str]


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words before a source: "according to"."""

    words: list[str]
    stance: Stance
    set_off: bool = False


@dataclass(frozen=True, slots=True)
class Nouns:
    """Nouns that attribute: "the claim that"."""

    stance: Stance
    lemmas: list[str]


@dataclass(frozen=True, slots=True)
class Adverbs:
    """Adverbs that attribute to somebody unnamed."""

    words: list[str]
    stance: Stance
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class Hedges:
    """Words that lower certainty, by what they leave of it."""

    probable: list[str]
    possible: list[str]
    unknown: list[str]


@dataclass(frozen=True, slots=True)
class RealityWords:
    """Words that tell a fact from a plan, a condition and a denial."""

    plans: list[str]
    planning: list[str]
    planned: list[str]
    aims: frozenset[str]
    no_plans: frozenset[str]
    conditions: list[str]
    modals_planned: list[str]
    modals_conditional: list[str]
    no_negations: list[str]
    negations: list[str]
    no_time: list[str]
    negating_verbs: list[str]


@dataclass(frozen=True, slots=True)
class Cues:
    """``data/cues.toml``."""

    verbs: list[Verbs]
    particles: list[Particle]
    phrases: list[Phrase]
    nouns: list[Nouns]
    adverbs: list[Adverbs]
    hedges: Hedges
    reality: RealityWords
    manners: list[str]
    telling: list[str]
    relaying: list[str]
    owned: list[str]
    answering: list[str]
    clear: list[str]
    figured: list[str]
    denials: list[str]
    refusable: list[str]
    taken: list[str]
    retracting: list[str]
    naming: list[str]
    facts: list[str]
    dating: list[str]
    places: list[str]


@dataclass(frozen=True, slots=True)
class Sources:
    """``data/sources.toml``."""

    media_nouns: list[str]
    media_names: list[str]
    agency_nouns: list[str]
    agency_makers: list[str]
    document_nouns: list[str]
    organisation_nouns: list[str]
    holders: list[str]
    speakers: list[str]
    strangers: list[str]
    bodies: list[str]
    definite: list[str]
    indefinite: list[str]
    labels: list[str]
    oneself: list[str]
    nobody: list[str]
    known: list[str]
    times: list[str]


@dataclass(frozen=True, slots=True)
class VerbCue:
    """How one verb attributes."""

    stance: Stance
    frames: frozenset[Construction]
    opinion: bool


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All tables, keyed by lemma or word."""

    verbs: dict[str, VerbCue]
    particles: dict[str, Particle]
    phrases: tuple[Phrase, ...]
    nouns: dict[str, Stance]
    adverbs: dict[str, Adverbs]
    certainty: dict[str, Certainty]
    reality: RealityWords
    sources: Sources
    kinds: dict[str, SourceKind]
    manners: frozenset[str]
    telling: frozenset[str]
    relaying: frozenset[str]
    owned: frozenset[str]
    answering: frozenset[str]
    clear: frozenset[str]
    figured: frozenset[str]
    denials: frozenset[str]
    refusable: frozenset[str]
    taken: frozenset[str]
    retracting: frozenset[str]
    naming: frozenset[str]
    facts: frozenset[str]
    dating: frozenset[str]
    places: frozenset[str]

    def verbs_of(self, lemma: str) -> frozenset[Construction]:
        """How the verb of a cue ("say", "point out") takes what it attributes."""
        cue = self.verbs.get(lemma.partition(" ")[0])
        return cue.frames if cue else frozenset()


@cache
def lexicon() -> Lexicon:
    """The tables; read once. Raises `errors.VocabularyError`."""
    cues, sources = load("cues", Cues), load("sources", Sources)
    verbs = {
        lemma: VerbCue(group.stance, frozenset(group.frames), group.weight == "opinion")
        for group in reversed(cues.verbs)
        for lemma in group.lemmas
    }
    certainty: dict[str, Certainty] = {}
    certainty.update(dict.fromkeys(cues.hedges.probable, "probable"))
    certainty.update(dict.fromkeys(cues.hedges.possible, "possible"))
    certainty.update(dict.fromkeys(cues.hedges.unknown, "unknown"))
    kinds: dict[str, SourceKind] = {
        **dict.fromkeys(sources.document_nouns, "document"),
        **dict.fromkeys(sources.organisation_nouns, "organisation"),
        **dict.fromkeys(sources.media_nouns, "outlet"),
        **dict.fromkeys(sources.agency_nouns, "agency"),
    }
    return Lexicon(
        verbs,
        {p.lemma: p for p in cues.particles},
        tuple(cues.phrases),
        {lemma: group.stance for group in cues.nouns for lemma in group.lemmas},
        {word: group for group in cues.adverbs for word in group.words},
        certainty,
        cues.reality,
        sources,
        kinds,
        frozenset(cues.manners),
        frozenset(cues.telling),
        frozenset(cues.relaying),
        frozenset(cues.owned),
        frozenset(cues.answering),
        frozenset(cues.clear),
        frozenset(cues.figured),
        frozenset(cues.denials),
        frozenset(cues.refusable),
        frozenset(cues.taken),
        frozenset(cues.retracting),
        frozenset(cues.naming),
        frozenset(cues.facts),
        frozenset(cues.dating),
        frozenset(cues.places),
    )
