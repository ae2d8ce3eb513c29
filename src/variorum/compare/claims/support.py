"""Who stands behind a claim: newsrooms and root sources, each as a range with reasons in words.

Every statement may be put down to one of several keys where it cannot be told which ("the ministry" or "the
government"). The most that can be distinct is a maximum matching of statements to keys, the fewest a smallest set of
keys that meets every statement; what is certain lies between.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from variorum.compare.claims.newsrooms import NAMED, Newsroom, Newsrooms, newsrooms_of
from variorum.compare.claims.phrases import Phrases
from variorum.compare.claims.ranges import distinct_range
from variorum.compare.claims.reasons import (
    alike_reasons,
    chief_reasons,
    kin_reasons,
    media_reasons,
    newsroom_reasons,
    recording_reasons,
    root_reasons,
    spoken_reasons,
    unsure_reasons,
)
from variorum.compare.claims.recordings import recordings
from variorum.compare.claims.voices import Voice, is_told, named_keys, voices_of
from variorum.compare.facts.doubt import no_speaker, same_wording
from variorum.compare.facts.fact import Fact
from variorum.compare.facts.names import Names
from variorum.compare.facts.vocabulary import words
from variorum.compare.facts.wishes import asks_for, boasts
from variorum.model import Support
from variorum.text.normalise import fold

_NONE: Final[frozenset[str]] = frozenset()
_NO_ECHOES: Final[Mapping[str, str]] = {}
#: The head of what is told after somebody who stands elsewhere in its sentence.
_SPOKEN: Final = re.compile(r"(?:[a-z][\w'-]* ){1,3}(?:say|says|said)\s?,")
#: "The mill's statement that no one was hurt": whoever is read as the source, it is the word of whose statement it was.
_SAID_SO: Final = re.compile(
    r"(?:'s|s'|\bhis|\bher|\bits|\btheir) (?:\w+ )?(?:statement|claim|assurance|assertion|account|word) that\b"
)
#: What stands between quotation marks from end to end.
_QUOTED: Final = re.compile(r'\W*"[^"]+"\W*')
#: The root of what somebody asks for.
_ASKED: Final = "asked"


def support(
    facts: Sequence[Fact],
    rooms: Newsrooms,
    names: Names,
    titles: Mapping[str, str],
    echoes: Mapping[str, str] = _NO_ECHOES,
) -> Support:
    """How many stand behind the statements of one claim. ``titles`` names the articles' outlets in the reasons;
    ``echoes`` are the articles that tell nothing of their own, each with what shows it."""
    return weigh(facts, rooms, names, titles, echoes)[0]


def weigh(
    facts: Sequence[Fact],
    rooms: Newsrooms,
    names: Names,
    titles: Mapping[str, str],
    echoes: Mapping[str, str] = _NO_ECHOES,
) -> tuple[Support, Sequence[frozenset[str]]]:
    """As `support`; and for each statement the roots it may have: two that share one may have one root."""
    newsrooms = newsrooms_of(facts, rooms, echoes)
    voices = voices_of(facts, newsrooms, rooms, names)
    wording = same_wording(facts)
    # What several report of a source in its words, each may have heard from the source itself.
    own = [shared if no_speaker(fact) else _NONE for fact, shared in zip(facts, wording, strict=True)]
    behind = _behind(newsrooms, voices, facts, rooms, names)
    roots = _roots(voices, facts, wording, behind, rooms)
    untitled = zip(own, behind.media, behind.untitled, strict=True)
    backing = Support(
        articles=len({fact.statement.article for fact in facts}),
        newsrooms=_range(
            [room.keys for room in newsrooms],
            [shared | (_newsrooms(media) if alone else _NONE) for shared, media, alone in untitled],
            [[*a, *b] for a, b in zip(behind.carried, behind.printed, strict=True)],
        ),
        roots=(distinct_range(roots)[0], distinct_range(v.keys for v in voices if not v.leans)[1]),
        reasons=(
            *newsroom_reasons(facts, newsrooms, titles),
            *root_reasons(voices, newsrooms, facts),
            *alike_reasons(newsrooms, own),
            *kin_reasons(behind.kin, newsrooms, facts),
            *media_reasons(behind.media, facts, rooms),
            *spoken_reasons(behind.spoken),
            *chief_reasons(behind.chiefs, voices, facts, rooms),
            *recording_reasons(behind.recorded, facts),
            *unsure_reasons(voices, facts, rooms),
        ),
    )
    return backing, roots


@dataclass(frozen=True, slots=True)
class _Behind:
    """On what else each statement may rest. By number: on those of kindred reports (``carried``: whose newsroom may be
    theirs), of a report that its own may be in other words (``before``), of the same speaker, and of a report that is
    retold. By key: on media that are named beside it, the chief source of its report, and a recording that it
    describes. ``untitled``: its report has no title."""

    kin: Sequence[Sequence[int]]
    before: Sequence[Sequence[int]]
    carried: Sequence[Sequence[int]]
    spoken: Sequence[Sequence[int]]
    printed: Sequence[Sequence[int]]
    media: Sequence[frozenset[str]]
    chiefs: Sequence[frozenset[str]]
    recorded: Sequence[frozenset[str]]
    untitled: Sequence[bool]


def _behind(
    newsrooms: Sequence[Newsroom], voices: Sequence[Voice], facts: Sequence[Fact], rooms: Newsrooms, names: Names
) -> _Behind:
    by_itself = _told_as_own(newsrooms, facts, rooms)
    kin = rooms.kindred.behind(by_itself, facts)
    media = _media_behind(by_itself, kin, facts, rooms)
    untitled = [rooms.has_no_title(fact.statement) for fact in facts]
    phrases = Phrases(facts)
    # Who reprints a report has its sources from there too.
    carried = rooms.kindred.behind([room.how != NAMED for room in newsrooms], facts)
    return _Behind(
        kin=kin,
        before=[rooms.kindred.told_before(fact, facts) for fact in facts],
        carried=carried,
        spoken=phrases.one_speaker(),
        printed=phrases.own_text(media, untitled),
        media=media,
        chiefs=_chiefs(voices, facts, rooms, names),
        recorded=_recorded(voices, facts, rooms),
        untitled=untitled,
    )


def _roots(
    voices: Sequence[Voice], facts: Sequence[Fact], wording: Sequence[frozenset[str]], behind: _Behind, rooms: Newsrooms
) -> list[frozenset[str]]:
    """The roots that each statement may have. Words that are alike have one speaker, whomever the reports put them down
    to: one text was misread, or miscopied."""
    roots = _of_one_text(_of_anybody(voices, facts, rooms), wording)
    roots = [own.union(*more) for own, *more in zip(roots, behind.media, behind.chiefs, behind.recorded, strict=True)]
    for others in (behind.kin, behind.before, behind.spoken, behind.printed):
        roots = _with_those_behind(roots, others)
    return roots


def _chiefs(voices: Sequence[Voice], facts: Sequence[Fact], rooms: Newsrooms, names: Names) -> list[frozenset[str]]:
    """The keys of the chief source of each report, for what it tells as its own; an unnamed source may be any."""
    chiefs = [rooms.chief(fact.statement.article) for fact in facts]
    keys = [named_keys(chief, names) if chief else _NONE for chief in chiefs]
    anybody = _NONE.union(*(own for own, voice in zip(keys, voices, strict=True) if voice.own))
    return [
        own if voice.own else anybody if "unnamed" in voice.keys else _NONE
        for own, voice in zip(keys, voices, strict=True)
    ]


def _recorded(voices: Sequence[Voice], facts: Sequence[Fact], rooms: Newsrooms) -> list[frozenset[str]]:
    """The recordings and writings that each statement describes; if one of a claim does, others that tell it as their
    own in a report that speaks of such a thing may do so too."""
    found = [recordings(fact) for fact in facts]
    described = _NONE.union(*found)
    return [
        own | (described & rooms.recordings(fact.statement.article)) if voice.own and described else own
        for own, voice, fact in zip(found, voices, facts, strict=True)
    ]


def _of_anybody(voices: Sequence[Voice], facts: Sequence[Fact], rooms: Newsrooms) -> list[frozenset[str]]:
    """The roots that each may have, where what is taken for a source may be none: a pronoun, a verb of saying without a
    speaker, and a dateline or a label before a colon, stand for whoever else tells it; so does a newsroom where
    somebody speaks in its sentence or the next one says whose word it was. What somebody asks for, or boasts of, all
    newsrooms have from him."""
    everybody = _NONE.union(*(voice.keys for voice in voices))
    named = _NONE.union(*(v.keys for v, f in zip(voices, facts, strict=True) if f.statement.attribution))
    boast = any(map(boasts, facts))

    def of(voice: Voice, fact: Fact) -> frozenset[str]:
        no_source = _is_no_source(voice.label, fact) or rooms.is_unsure(fact.statement)
        if boast or _of_a_speaker(fact) or rooms.is_disowned(fact.statement) if voice.own else no_source:
            return everybody
        if _SAID_SO.search(fact.folded):
            return everybody
        if not voice.own:
            return voice.keys
        # What another puts down to a paper is that paper's, be its report credited to an agency.
        printed = frozenset(f"newsroom:{house}" for house in rooms.printing(fact.statement)) & named
        return voice.keys | printed | ({_ASKED} if asks_for(fact) else _NONE)

    return [of(voice, fact) for voice, fact in zip(voices, facts, strict=True)]


def _of_a_speaker(fact: Fact) -> bool:
    """Whether its sentence goes on after the word of a speaker ("police say, and it was so"), or is all between
    quotation marks."""
    return _SPOKEN.match(fact.folded) is not None or _QUOTED.fullmatch(fact.folded) is not None


def _is_no_source(label: str, fact: Fact) -> bool:
    statement = fact.statement
    if fold(label) in words().pointing or not is_told(fact):
        return True
    return statement.quote.kind != "direct" and statement.text.startswith(f"{label}:")


def _of_one_text(keys: Sequence[frozenset[str]], wording: Sequence[frozenset[str]]) -> list[frozenset[str]]:
    """The roots that each may have: of words that are alike, all that the reports put them down to."""
    named: dict[str, set[str]] = {}
    for own, shared in zip(keys, wording, strict=True):
        for word in shared:
            named.setdefault(word, {word}).update(own)
    return [own.union(*(named[word] for word in shared)) for own, shared in zip(keys, wording, strict=True)]


def _told_as_own(newsrooms: Sequence[Newsroom], facts: Sequence[Fact], rooms: Newsrooms) -> list[bool]:
    """Which statements a report tells as its own, and not in words that are known to be another's."""
    return [
        no_speaker(fact) and room.how != NAMED and not rooms.is_taken(fact.statement)
        for room, fact in zip(newsrooms, facts, strict=True)
    ]


def _media_behind(
    by_itself: Sequence[bool], kin: Sequence[Sequence[int]], facts: Sequence[Fact], rooms: Newsrooms
) -> list[frozenset[str]]:
    """The keys of the media that may stand behind each statement; on whose report another rests that names a medium
    may be that medium."""
    near = [
        frozenset(f"newsroom:{key}" for key in rooms.media.behind(fact.statement, free))
        for free, fact in zip(by_itself, facts, strict=True)
    ]
    resting = [[near[n] for n, others in enumerate(kin) if m in others] for m in range(len(facts))]
    return [own.union(*more) if free else own for own, more, free in zip(near, resting, by_itself, strict=True)]


def _newsrooms(keys: Iterable[str]) -> frozenset[str]:
    return frozenset(key.removeprefix("newsroom:") for key in keys)


def _with_those_behind(keys: Sequence[frozenset[str]], behind: Sequence[Sequence[int]]) -> list[frozenset[str]]:
    """The keys of each statement, and of those that it may rest on."""
    return [own.union(*(keys[m] for m in others)) for own, others in zip(keys, behind, strict=True)]


def _range(
    options: Sequence[frozenset[str]], wording: Sequence[frozenset[str]], behind: Sequence[Sequence[int]]
) -> tuple[int, int]:
    """The range of distinct keys; words too alike to be two reports, and reports that may be behind others, lower its
    low end."""
    low, high = distinct_range(options)
    shared = _with_those_behind([keys | words for keys, words in zip(options, wording, strict=True)], behind)
    return min(low, distinct_range(shared)[0]), high
