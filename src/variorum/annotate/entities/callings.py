"""What a report calls the bodies that it names: "the health insurer Corvana", "Corvana, an insurer", "its contractor,
the cooperative Bluewater"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Final

from variorum.annotate.lexicon import lexicon
from variorum.annotate.names import lore
from variorum.annotate.tokens import Doc
from variorum.model import Block, Entity, Mention
from variorum.text.normalise import fold

#: Tokens within which a description has its noun: "the second-largest private health insurer".
_WITHIN: Final = 7
_OPENING: Final = frozenset({"the", "a", "an", "its", "their", "another"})
_IS: Final = frozenset({"is", "was"})
_NAMING: Final = frozenset({"called", "named"})
_NOMINAL: Final = frozenset({"NOUN", "PROPN", "ADJ", "ADV", "NUM"})


def read_callings(
    docs: Sequence[tuple[Block, Doc]], mentions: Sequence[Mention], entities: Mapping[str, Entity]
) -> dict[str, frozenset[str]]:
    """For each entity the nouns, in small letters, that the words beside its name call it."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    starts = [block.span[0] for block, _ in docs]
    at = 0
    for mention in mentions:
        while at + 1 < len(docs) and starts[at + 1] <= mention.span[0]:
            at += 1
        words = docs[at][1].covering(mention.span[0] - starts[at], mention.span[1] - starts[at]) if docs else None
        if words is not None and len(words) and entities[mention.entity].kind != "place":
            found[mention.entity].update(_beside(docs[at][1], words.start, words.end))
    return {entity: frozenset(nouns) for entity, nouns in found.items() if nouns}


def _beside(doc: Doc, first: int, end: int) -> Iterator[str]:
    """The nouns for the bearer of the name at ``first`` to ``end``, before it and behind it."""
    if _is_noun(doc, first - 1) and doc.lemma[first - 1] in nouns_of_bodies():
        yield doc.lemma[first - 1]
    if first > 1 and doc.lower[first - 1] in _NAMING and _is_noun(doc, first - 2):
        yield doc.lemma[first - 2]
    if first > 2 and doc.lower[first - 1] == "itself" and _is_noun(doc, first - 3):
        yield doc.lemma[first - 3]
    before = _comma_before(doc, first)
    if before is not None and _opens(doc, before - 1):
        yield doc.lemma[before - 1]
    if end + 1 < len(doc) and (doc.lower[end] == "," or doc.lower[end] in _IS) and doc.lower[end + 1] in _OPENING:
        yield from _noun_behind(doc, end + 2)


def _comma_before(doc: Doc, first: int) -> int | None:
    """The comma behind which a name stands, be it with a noun of its own: ", the cooperative Bluewater"."""
    while first > 0 and (doc.lower[first - 1] in _OPENING or _is_common(doc, first - 1)):
        first -= 1
    return first - 1 if first > 1 and doc.lower[first - 1] == "," and _is_noun(doc, first - 2) else None


def _opens(doc: Doc, noun: int) -> bool:
    """Whether a description of a body with this noun begins with an article or an owner."""
    if doc.lemma[noun] not in nouns_of_bodies():
        return False
    first = noun
    while first > 0 and noun - first < _WITHIN and doc.pos[first - 1] in _NOMINAL:
        first -= 1
    return first > 0 and (doc.lower[first - 1] in _OPENING or doc.lower[first - 1] in ("'s", "’s"))


def _noun_behind(doc: Doc, first: int) -> Iterator[str]:
    """The last noun of the first noun phrase behind an article."""
    last = first
    while last < len(doc) and last - first < _WITHIN and (doc.pos[last] in _NOMINAL or doc.lower[last] == "-"):
        last += 1
    if last > first and _is_noun(doc, last - 1) and doc.lemma[last - 1] in nouns_of_bodies():
        yield doc.lemma[last - 1]


def _is_noun(doc: Doc, token: int) -> bool:
    """Whether a token is a common noun in the singular, in small letters, or one that the tagger takes for a name."""
    return token >= 0 and doc.tag[token] not in ("NNS", "NNPS") and _is_common(doc, token)


def _is_common(doc: Doc, token: int) -> bool:
    """Whether a noun, or an adjective as which the tagger may take one, stands there in small letters."""
    return doc.pos[token] in ("NOUN", "PROPN", "ADJ") and doc.text[doc.starts[token]].islower()


@cache
def nouns_of_bodies() -> frozenset[str]:
    """All nouns by which reports call bodies."""
    table = lore()
    people = table.roles | {*lexicon().sources.speakers}
    return (table.firms | table.organisations | {*lexicon().sources.organisation_nouns}) - people


def called_by_its_name(entity: Entity) -> frozenset[str]:
    """The words for bodies that a name has: "Sankt Anna Bank" is "the bank"."""
    return frozenset(fold(entity.name).split()) & nouns_of_bodies()
