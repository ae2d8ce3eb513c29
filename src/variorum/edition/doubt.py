"""Stories that turn out to be none: what most of the reports call a hoax or a false alarm, the others repeat."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from variorum.edition.sentences import Sentence, brief_words, of_sentence
from variorum.text import vocabulary
from variorum.text.vocabulary import longest_first

_RUMOUR: Final = re.compile(r"\brumou?r(?:s|ed)?\b")
_MANY: Final = 0.4  # of the reports


@dataclass(frozen=True, slots=True)
class _Doubt:
    """Words that say that what is repeated is not so: `data/doubt.toml`."""

    words: tuple[str, ...]
    phrases: tuple[str, ...]


@of_sentence
def refutes(sentence: Sentence) -> bool:
    """Whether it says in the report's own voice that a story that goes round is not so."""
    text = sentence.unquoted
    return bool(_refuted().search(text)) or bool(_doubted().search(text) and _hearsay().search(text))


@of_sentence
def denies_hearsay(sentence: Sentence) -> bool:
    """Whether it tells that somebody denies a report or a rumour, and which: "denied rumours that the mayor …"."""
    return _denied().search(sentence.unquoted) is not None


def tells_a_rumour(sentence: Sentence) -> bool:
    """Whether it calls a rumour so."""
    return _RUMOUR.search(sentence.unquoted) is not None


def quotes_it(sentence: Sentence) -> bool:
    """Whether it only hands on what the story that goes round says."""
    return _as_told().search(sentence.unquoted) is not None


def refuting(reports: Mapping[str, Sequence[Sentence]]) -> frozenset[str]:
    """The reports that refute what the others repeat; none where few do."""
    found = {article for article, sentences in reports.items() if _any_refutes(sentences)}
    return frozenset(found) if len(found) >= max(2, _MANY * len(reports)) else frozenset()


def _any_refutes(sentences: Iterable[Sentence]) -> bool:
    return any(map(refutes, sentences))


@cache
def _doubted() -> re.Pattern[str]:
    words: _Doubt = vocabulary.load("doubt", _Doubt)
    return re.compile(rf"\b(?:{longest_first((*words.words, *words.phrases))})\b")


@cache
def _refuted() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{longest_first(brief_words().refuting)})\b")


@cache
def _denied() -> re.Pattern[str]:
    told = longest_first([w for w in brief_words().hearsay if w not in ("death", "news", "viral", "post", "posts")])
    return re.compile(
        rf"\b(?:den(?:y|ies|ied|ying)|dismiss(?:es|ed)?|rejects?|rejected)\b[^,;]{{0,40}}\b(?:{told})\b(?! \w+ed\b)"
    )


@cache
def _as_told() -> re.Pattern[str]:
    story = longest_first(brief_words().hearsay)
    saying = "states?|stated|claims?|claimed|says?|said|reads?"
    return re.compile(rf"\baccording to the (?:{story})\b|\bthe (?:{story}) (?:{saying})\b")


@cache
def _hearsay() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{longest_first(brief_words().hearsay)})\b")
