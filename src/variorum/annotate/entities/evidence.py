"""What the words beside a name tell about its kind, read from the text alone, so that it can be weighed in one
article and, where many reports name one thing, over all of them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, fields
from functools import cache
from typing import Final

from variorum.annotate.names import lore, plain
from variorum.model import EntityKind, Span
from variorum.text.normalise import fold
from variorum.text.vocabulary import load

#: How much each sort of evidence counts: what only the pipeline says (a label) yields to the words beside a name.
CERTAIN, STRONG, FAIR, LABEL = 60, 24, 12, 6

_REACH: Final = 80  #: characters that are looked at on each side
_WORD: Final = re.compile(r"[\w/-]+(?:['’](?!s\b)\w+)*|['’]s\b|[^\w\s]")
_ARTICLES: Final = frozenset({"the", "a", "an"})
_LINKS: Final = frozenset(
    ["and", "or", "of", "in", "to", "with", "from", "for", "as", "by", "at", "on", "than", "that"]
)
_MARKS: Final = frozenset("\"'“‘«„*")
_AGE: Final = re.compile(r"\d{1,3}")


@dataclass(frozen=True, slots=True)
class Evidence:
    """``data/evidence.toml``."""

    place_before: list[str]
    not_place: list[str]
    organisation_before: list[str]
    organisation_owns: list[str]
    organisation_nouns: list[str]
    vessels: list[str]
    vessel_verbs: list[str]
    person_after: list[str]
    agency_before: list[str]
    agency_heads: list[str]


@cache
def _evidence() -> dict[str, frozenset[str]]:
    data = load("evidence", Evidence)
    return {f.name: frozenset(getattr(data, f.name)) for f in fields(data)}


def beside(text: str, span: Span) -> Counter[EntityKind]:
    """Votes for the kind of the name in ``span``, from the few words of its own line on either side of it."""
    before = _words(text[max(0, span[0] - _REACH) : span[0]].rpartition("\n")[2])[-6:]
    while before and before[-1] in _MARKS:
        before.pop()
    after = _words(text[span[1] : span[1] + _REACH].partition("\n")[0])[:8]
    votes: Counter[EntityKind] = Counter()
    if before:
        _read_before(before, votes)
    if after:
        _read_after(after, votes)
    return votes


def is_agency_name(name: str) -> bool:
    """Whether the end of a longer name says that it is a news agency's: "Northern Press Bureau"."""
    words = plain(name).split()
    heads = _evidence()["agency_heads"]
    return " ".join(words[-2:]) in heads or (len(words) > 1 and words[-1] in heads)


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text))


def _read_before(words: list[str], votes: Counter[EntityKind]) -> None:
    table, places = _evidence(), lore().places
    bare = words[:-1] if words[-1] in _ARTICLES else words
    endings = {" ".join(bare[-n:]) for n in (1, 2)} if bare else set()
    if endings & table["organisation_before"]:
        votes["organisation"] += STRONG
    elif endings & table["place_before"] and not (bare[-2:-1] and bare[-2] in table["not_place"]):
        votes["place"] += FAIR if bare is words else LABEL  # "in the Union" may be anything
    if endings & table["agency_before"]:
        votes["agency"] += 2 * STRONG
    if bare and bare[-1] in table["vessels"]:
        votes["product"] += 2 * STRONG
    elif len(bare) > 2 and bare[-1] == "," and bare[-2] in table["vessels"] and bare is not words:
        votes["product"] += 2 * STRONG  # "a smaller ferry, the Linnet"
    if bare and bare is words and bare[-1] in lore().products and bare[-2:-1] and bare[-2] in _ARTICLES:
        votes["product"] += FAIR  # "the drug X"
    if len(bare) > 1 and bare[-1] == "of" and bare[-2] in places:
        votes["place"] += STRONG  # "the village of X"


def _read_after(words: list[str], votes: Counter[EntityKind]) -> None:
    table = _evidence()
    if " ".join(words[:2]) in table["agency_before"] or words[0] in table["agency_before"]:
        votes["agency"] += 2 * STRONG
    if words[0] in ("'s", "’s"):
        if not table["organisation_owns"].isdisjoint(words[1:4]):
            votes["organisation"] += FAIR
        return
    if words[0] in table["vessel_verbs"] and (words[0] != "ran" or words[1:2] == ["aground"]):
        votes["product"] += STRONG
    aside = words[0] == "," and len(words) > 1
    if words[aside] in table["person_after"]:
        votes["person"] += FAIR
    if words[1:2] in (["his"], ["her"]) and words[0].isalpha() and words[0] not in _LINKS:
        votes["person"] += STRONG  # "X walks her dog"; a company walks its
    if aside and words[1] == "who":
        votes["person"] += STRONG
    if aside and _AGE.fullmatch(words[1]) and words[2:3] == [","]:
        votes["person"] += STRONG
    if aside and words[1] in _ARTICLES:
        _read_apposition(words[2:], votes)


def _read_apposition(words: list[str], votes: Counter[EntityKind]) -> None:
    """ ", a small mountain town of 900", ", the operator of the dam": the first noun that tells decides."""
    for word in words[:4]:
        if word in ("of", "in", "for", ",", ".") or word in lore().roles:
            return
        if word in _evidence()["organisation_nouns"]:
            votes["organisation"] += STRONG
            return
        if word in lore().places:
            votes["place"] += STRONG
            return
