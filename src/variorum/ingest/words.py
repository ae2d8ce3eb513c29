"""The words that ingest knows, read from data files and compiled once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

from variorum.text import vocabulary
from variorum.text.agencies import Agency, known_agencies
from variorum.text.vocabulary import longest_first

#: A web domain, alone; one or two letters before it are a language ("en.trend.az").
DOMAIN: Final = re.compile(r"(?:www\.)?(?:[a-z]{1,2}\.(?=[\w-]+\.))?[a-z0-9-]{3,}(?:\.[a-z0-9-]+)*\.[a-z]{2,12}", re.I)


@dataclass(frozen=True, slots=True)
class _Boilerplate:
    lines: tuple[str, ...]
    openers: tuple[str, ...]
    appeals: tuple[str, ...]
    site_words: str
    imperatives: tuple[str, ...]
    related: tuple[str, ...]
    corrections: tuple[str, ...]
    correction_headings: tuple[str, ...]
    original: tuple[str, ...]
    source: tuple[str, ...]
    caption_starts: tuple[str, ...]
    caption_ends: tuple[str, ...]
    picture_credits: tuple[str, ...]
    credit_lines: tuple[str, ...]
    author_boxes: tuple[str, ...]
    stamp_words: tuple[str, ...]
    modified_words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Patterns:
    """`data/boilerplate.toml`, compiled: what each finds is said in that file. All but those that give places in the
    text, or look at capitals, are for text in lower case."""

    line: re.Pattern[str]
    opener: re.Pattern[str]
    appeal: re.Pattern[str]
    site_words: re.Pattern[str]
    imperatives: frozenset[str]
    related: re.Pattern[str]
    correction: re.Pattern[str]
    correction_heading: re.Pattern[str]
    original: re.Pattern[str]
    source: re.Pattern[str]
    caption_start: re.Pattern[str]
    caption_end: re.Pattern[str]
    picture_credit: re.Pattern[str]
    credit_line: re.Pattern[str]
    author_box: re.Pattern[str]
    stamp_word: re.Pattern[str]
    modified_word: re.Pattern[str]


@cache
def patterns() -> Patterns:
    """The compiled patterns of chrome."""
    words = vocabulary.load("boilerplate", _Boilerplate)
    return Patterns(
        line=_on_lower_case(words.lines, "(?:{})"),
        opener=_on_lower_case(words.openers, r"[\s*_\[(>-]*(?:{})"),
        appeal=_on_lower_case(words.appeals, "(?:{})[.:!?…,]*"),
        site_words=re.compile(rf"\b(?:{words.site_words})\b"),
        imperatives=frozenset(words.imperatives),
        related=_on_lower_case(words.related, r"[\s*_\[(>•-]*(?:{})"),
        correction=_on_lower_case(words.corrections, r"[\s*_\[(>-]*(?:{})"),
        correction_heading=_on_lower_case(words.correction_headings, r"[\s*_\[(>#-]*(?:{})[\s*_:.]*"),
        original=_any(words.original, r"(?:{})\s*(?::\s*|$|(?=https?://|www\.))"),
        source=_any(words.source, r"[\s(]*(?:{})\s*(?::\s*|(?=https?://|www\.))"),
        caption_start=_on_lower_case(words.caption_starts, r"[\s*_\[(]*(?:{})"),
        caption_end=_any(words.caption_ends, r"(?:{})[\s*_]*\Z"),
        picture_credit=_any(words.picture_credits, r"[\s*_\[(]*(?:{})[\s*_\])]*"),
        credit_line=_on_lower_case(words.credit_lines, "(?:{})"),
        author_box=_on_lower_case(words.author_boxes, "(?:{})"),
        stamp_word=_any(words.stamp_words, r"(?<!\w)(?:{})(?!\w)"),
        modified_word=_any(words.modified_words, r"(?<!\w)(?:{})(?!\w)"),
    )


@dataclass(frozen=True, slots=True)
class Mastheads:
    """`data/bylines.toml`: what names in bylines are."""

    openers: tuple[str, ...]
    nobody: frozenset[str]
    roles: frozenset[str]
    jobs: frozenset[str]
    posts: frozenset[str]
    beats: frozenset[str]
    outlets: frozenset[str]
    title_openers: frozenset[str]
    title_nouns: frozenset[str]
    initials: frozenset[str]
    sections: frozenset[str]
    labels: frozenset[str]
    particles: frozenset[str]
    common: frozenset[str]

    @property
    def labels_folded(self) -> frozenset[str]:
        """The labels in small letters."""
        return frozenset(map(str.casefold, self.labels))


@cache
def mastheads() -> Mastheads:
    """The words of bylines and mastheads."""
    known: Mastheads = vocabulary.load("bylines", Mastheads)
    return known


@cache
def byline_opener() -> re.Pattern[str]:
    """What a byline begins with."""
    return re.compile(rf"(?:{longest_first(mastheads().openers)})(?:\s*:\s*|\s+)(?=\S)", re.I)


@dataclass(frozen=True, slots=True)
class Languages:
    """`data/languages.toml`: words by which a language is known at a glance."""

    english: frozenset[str]


@cache
def languages() -> Languages:
    """The words by which languages are known."""
    known: Languages = vocabulary.load("languages", Languages)
    return known


@dataclass(frozen=True, slots=True)
class _AgencyWords:
    before: tuple[str, ...]
    after: tuple[str, ...]
    nouns: tuple[str, ...]
    surnames: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AgencyNames:
    """Names to agencies, and the words beside a name that make it a credit."""

    by_name: dict[str, Agency]
    by_first_word: dict[str, tuple[str, ...]]
    before: re.Pattern[str]
    after: re.Pattern[str]
    noun_after: re.Pattern[str]
    noun_before: re.Pattern[str]
    called_after: re.Pattern[str]
    called_before: re.Pattern[str]
    named: re.Pattern[str]
    surnamed: re.Pattern[str]


@cache
def agencies() -> AgencyNames:
    """The news agencies of `data/agencies.toml`."""
    words = vocabulary.load("agencies", _AgencyWords)
    by_name = {name: agency for agency in known_agencies() for name in (agency.name, *agency.also)}
    firsts: dict[str, list[str]] = {}
    for name in sorted(by_name, key=lambda n: (-len(n), n)):
        bare = name.removeprefix("The ")  # a first word that every paragraph has would find nothing
        if bare not in firsts.setdefault(re.split(r"[^\w.]", bare, maxsplit=1)[0].rstrip("."), []):
            firsts[re.split(r"[^\w.]", bare, maxsplit=1)[0].rstrip(".")].append(bare)
    nouns = longest_first(words.nouns)
    word = r"[A-Z][\w'&-]{0,40}"  # bounded, or a line of hyphens would be read again from each of them
    list_before = r"(?:[A-Z][\w-]+(?:,| and| or)\s+)?"
    return AgencyNames(
        by_name,
        {first: tuple(names) for first, names in firsts.items()},
        re.compile(
            rf"\b(?:{longest_first(words.before)})\s+(?:the\s+|an?\s+)?(?:(?:[\w'-]+\s+){{0,4}}(?:{nouns}|agency)\s+)?"
            rf"(?:the\s+)?{list_before}\Z",
            re.I,
        ),
        re.compile(
            r"(?:'s?)?(?:,? (?:and|or) (?:the )?[A-Z][\w-]+)?,?\s+(?:(?:news )?agency,?\s+)?"
            r"(?:(?:has|had|have|also|later|first|earlier|previously|separately|\w+day|on \w+day|\w+ly)\s+){0,2}"
            rf"(?:{longest_first(words.after)})\b",
            re.I,
        ),
        re.compile(rf"\s+(?:{nouns}|agency)\b", re.I),
        re.compile(rf"\b(?:{nouns}|agency),?\s+\Z", re.I),
        re.compile(rf"\b(?:(?i:{nouns})|[Tt]he agency),? ({word}(?: {word}){{0,2}})"),
        re.compile(rf"\b((?:{word} ){{1,4}})((?i:{nouns}))\b(?! [A-Z])"),
        re.compile(rf".+ (?:(?i:{nouns})|{longest_first(words.surnames)})"),
        re.compile(rf"\b(?:{word} ){{1,3}}(?:{longest_first(words.surnames)})\b(?! [A-Z])"),
    )


def _on_lower_case(patterns: Iterable[str], frame: str) -> re.Pattern[str]:
    """For text in lower case: a pattern that ignores case cannot pass over its alternatives by their first letters."""
    return re.compile(frame.replace("{}", "|".join(patterns)))


def _any(patterns: Iterable[str], frame: str) -> re.Pattern[str]:
    return re.compile(frame.replace("{}", "|".join(patterns)), re.I)
