"""Whether the words of a statement can stand alone as an entry of a timeline."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

import msgspec

from variorum.text import vocabulary
from variorum.text.normalise import flat_quotes
from variorum.text.vocabulary import longest_first

_TORN: Final = re.compile(r"\W*\d+\s*,\s")  # "49, took two guards hostage": whose age it is stands elsewhere


class _Words(msgspec.Struct, frozen=True):
    pronouns: tuple[str, ...]
    judging: tuple[str, ...]


@cache
def _unfit() -> re.Pattern[str]:
    words = vocabulary.load("timeline", _Words)
    return re.compile(rf"\W*(?:{longest_first([*words.pronouns, *words.judging])})\b", re.I)


def can_stand(text: str) -> bool:
    """Whether a text says of whom or what it tells: no torn head, no bare pronoun, no headline that is only quoted,
    and no judgement to open with ("Luckily for the town, ...")."""
    flat = flat_quotes(text).strip()
    return not (_TORN.match(flat) or _unfit().match(flat) or _is_headline(flat))


def _is_headline(text: str) -> bool:
    """Whether it is nothing but another text's headline: in quotation marks, most of its words with capitals."""
    long = [w for w in text.split() if len(w) > 3 and w[0].isalpha()]
    quoted = text[:1] == '"' == text.rstrip(".,")[-1:] and text.count('"') == 2
    return quoted and len(long) > 2 and sum(w[0].isupper() for w in long) > 0.8 * len(long)
