"""Numbers in words that count nothing: hours as they are spoken, and the number of an item in a list."""

from __future__ import annotations

import re
from functools import cache

from variorum.annotate.numerals import alternatives, spoken
from variorum.model import Span

_ITEM = r"(?m:^)\(\d{1,2}\)(?= )"  # "(6) How the bag came there"
_AT = r"(?:at|by|until|till|before|after|since|around|about|just|was|is|it's)"


@cache
def _uncounted() -> re.Pattern[str]:
    number = rf"(?:{alternatives(spoken())}|[0-5]?\d)"
    hour = rf"(?:{alternatives(spoken()[:13])}|1[0-2]|[1-9])(?![-.,:]?\d)(?! (?:million|thousand|hundred|per)\b)(?!-\w)"
    past = rf"(?:half|(?:a )?quarter|{number}(?: minutes?)?) past {hour}"
    to = rf"(?:(?:a )?quarter|{number} minutes?) to {hour}"
    at = rf"\b{_AT} (?:about |around )?{number} to {hour}(?= (?:on|in|at|when|as|and|that|this|an?|the)\b|[.,;])"
    return re.compile(rf"\b(?:{past}|{to})\b|{at}|{_ITEM}", re.I)


def uncounted(text: str) -> list[Span]:
    """Where "half past eight", "eight minutes to nine", "at ten to seven" and "(6)" before an item stand."""
    return [m.span() for m in _uncounted().finditer(text)]
