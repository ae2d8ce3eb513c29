"""Numbers that scraping has damaged: glued to the words beside them, set in tables, or past all bounds.

"killed2people" is read, for both words are known; what is not known is left, and `left_out` says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from variorum.annotate.numerals import alternatives, digits_value
from variorum.annotate.quantities.counted import Counted, counting
from variorum.annotate.quantities.rolewords import role_of_form
from variorum.model import Quantity, Span

#: Digits with letters on both sides; a name has capitals or few letters ("utf8mb4", "H2O").
_GLUED: Final = re.compile(
    r"(?<![^\W_])(?P<before>[A-Za-z]?[a-z]{2,})(?P<digits>\d{1,3}(?:,\d{3})+|\d{1,7})(?P<after>[a-z]{3,})(?![^\W_])"
)
_HUGE: Final = re.compile(r"\d+(?:\.\d+)?\^\d{3,}|(?<![\d,])\d{309,}(?![\d,])")
_NUMBER: Final = re.compile(r"(?<![\w.,])[-+−]?\d+(?:[.,:]\d+)*%?(?![\w])")
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_LINE: Final = re.compile(r"[^\n]+")
_ROW: Final = 4  # numbers that make a line a row of a table
_LONGEST: Final = 400  # characters that a row may have


@cache
def _people() -> re.Pattern[str]:
    plural = rf"(?:{alternatives(counting().persons)})(?:s|es)?"
    return re.compile(rf"people|men|women|children|others|policemen|{plural}")


def read_glued(text: str) -> Iterator[Counted]:
    """Numbers between a verb that tells what befell people, and those people: "killed2people"."""
    for match in _GLUED.finditer(text):
        if counted := _glued(match):
            yield counted


def _glued(match: re.Match[str]) -> Counted | None:
    role, value = role_of_form(match["before"].lower()), digits_value(match["digits"])
    if role is None or not _people().fullmatch(match["after"]):
        return None
    irregular = {"people": "person", "men": "man", "women": "woman", "children": "child", "others": ""}
    unit = irregular.get(match["after"], match["after"].removesuffix("s")) or None
    span = (match.start("digits"), match.end("after"))
    return Counted(Quantity(span, value, value, "exact", unit, None, role), unit or "")


def table_rows(text: str) -> list[Span]:
    """Lines that are rows of a table: four numbers or more, and at most half as many words."""
    return [m.span() for m in _LINE.finditer(text) if any(c.isdigit() for c in m[0][:400]) and _is_row(m[0])]


def _is_row(line: str) -> bool:
    if len(line) > _LONGEST or re.search(r"[.!?][\"”’]?$", line.rstrip()):
        return False
    numbers = len(_NUMBER.findall(line))
    return numbers >= _ROW and 2 * len(_WORD.findall(line)) <= numbers + 1


def left_out(text: str) -> list[str]:
    """Why numbers of a text were not read, in words with their places."""
    found = [
        f"{match[0]!r} at {match.start()}: glued to words that are not known"
        for match in _GLUED.finditer(text)
        if _glued(match) is None
    ]
    found += [f"a number past all bounds at {match.start()}" for match in _HUGE.finditer(text)]
    return found + [f"a row of a table at {begin}" for begin, _ in table_rows(text)]
