"""What a sum of money is told for, by the words of its sentence: cost, paid, raised, or nothing of these."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

import msgspec

from variorum.text import vocabulary

_SENTENCE_END: Final = re.compile(r"[.!?;][\"'”’)]* |\n")
_FAR: Final = 110  # characters before a sum in which a word may tell what it is for


class _Words(msgspec.Struct, frozen=True):
    """One role of `data/money.toml`."""

    before: tuple[str, ...]
    behind: tuple[str, ...]


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    table: dict[str, _Words] = vocabulary.load("money", dict[str, _Words])
    before = "|".join(f"(?P<{role}>{_any(entry.before)})" for role, entry in table.items())
    behind = "|".join(f"(?P<{role}>{_any(entry.behind)})" for role, entry in table.items())
    return re.compile(rf"(?i)(?<![\w-])(?:{before})(?!\w)"), re.compile(
        rf"(?i)(?: each| or more)?,? (?:{behind})(?!\w)"
    )


def _any(words: tuple[str, ...]) -> str:
    ordered = sorted(words, key=lambda w: (-len(w), w))
    return "|".join(re.escape(w.removesuffix("*")) + (r"\w*" if w.endswith("*") else "") for w in ordered)


def money_role(text: str, start: int, end: int) -> str | None:
    """The role of the sum at ``[start, end)``: by what stands right behind it, else by the nearest word before it."""
    before, behind = _patterns()
    if match := behind.match(text, end):
        return _role(match)
    begin = max(0, start - _FAR)
    for stop in _SENTENCE_END.finditer(text, begin, start):
        begin = stop.end()
    last = None
    for match in before.finditer(text, begin, start):
        last = match
    return _role(last) if last else None


def _role(match: re.Match[str]) -> str | None:
    return None if match.lastgroup == "none" else match.lastgroup
