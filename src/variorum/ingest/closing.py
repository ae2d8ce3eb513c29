"""The end of a page: what stands below the last paragraph of the report and speaks to the reader, or of the outlet.

No single sign decides, for reports ask questions and name prices too. Read from the last line upwards, each line is
chrome as long as two signs meet in it; the first line without them is where the report ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from variorum.ingest.paragraphs import Paragraph
from variorum.ingest.wording import ADDRESS, QUOTED, REPORTING
from variorum.ingest.words import patterns
from variorum.text.normalise import fold

_ENOUGH: Final = 2
_LONGEST: Final = 40  # words: no line of the kind is longer
_CLAUSE: Final = re.compile(r"(?<=[.!?:])\s+|\s*[|]\s*|\s+-\s+")
_BARS: Final = re.compile(r"\s\|\s|\s{3,}|\S\s/\s\S")
_LABEL: Final = re.compile(r"[^\W\d_][\w' -]{1,28}:\s", re.I)
_CALL: Final = re.compile(r"[^.!?]{2,60}[!?]\s")  # "Love a scoop? …", "WIN! …"
_PRICE: Final = re.compile(
    r"[$€£]\s?\d|\b(?:\d[\d.,]*|one|two|three|four|five|six|ten)\s+[a-z]+\s+(?:an?|per)\s+(?:day|week|month|year|issue)\b"
    r"|\b(?:\d+|one|two|three|four|five|six)\s+(?:days|weeks?|months?|years?|issues?)\s+for\b"
    r"|\bfrom \d[\d.,]*\b|\b(?:two|three|four) for \w+\b",
)
_MORE_SITE_WORDS: Final = re.compile(
    r"\b(?:apps?|alerts?|readers?|members?|fans|comments?|print|imprint|cookies?|newsletter|ad-free|channel|e-?paper"
    r"|rights|donat\w+|subscri\w+|advert\w*|ads|telegram|whatsapp|notifications?)\b"
)
_OWN_VERBS: Final = frozenset(["is", "belongs", "lives", "exists", "appears", "needs", "depends", "comes", "costs"])


def closing(parts: Sequence[Paragraph], outlets: Iterable[str]) -> list[Paragraph]:
    """The paragraphs of ``parts`` that close the page and have no kind yet; ``outlets`` are its publisher's names."""
    own = [fold(name).removeprefix("the ") for name in outlets]
    found: list[Paragraph] = []
    for index in range(len(parts) - 1, 1, -1):
        part = parts[index]
        if part.kind is not None:
            continue
        if _signs(part, own) < _ENOUGH:
            break
        found.append(part)
    body = [p for p in parts if p.kind is None and p not in found]
    return found if any(p.ends_sentence for p in body) else []


def asks(flat: str) -> bool:
    """Whether a paragraph names a price, or those who pay it."""
    low = flat.lower()
    return bool(_PRICE.search(low) or re.search(r"\b(?:readers|members|subscribers) (?:pay|keep|give|make)\b", low))


def _signs(part: Paragraph, own: Sequence[str]) -> int:
    """How many signs of a page's own words meet in a paragraph; quotations and their cues speak against."""
    low = fold(part.plain)
    if not part.words or len(part.words) > _LONGEST:
        return 0
    spoken = {word.strip(".,!?:;'()") for word in QUOTED.sub(" ", low).split()}
    signs = (
        not ADDRESS.isdisjoint(spoken) or "me" in spoken,
        any(clause.split(maxsplit=1)[0].strip("'\"(") in patterns().imperatives for clause in _clauses(low)),
        bool(_PRICE.search(low)),
        not part.ends_sentence,
        bool(_BARS.search(part.plain)),
        bool(_LABEL.match(part.plain)),
        bool(_CALL.match(part.plain)),
    )
    site = {m[0] for m in _MORE_SITE_WORDS.finditer(low)}
    against = 2 * ('"' in low) + 2 * (not REPORTING.isdisjoint(spoken))
    return sum(signs) + min(len(site), 2) + _of_itself(low, own) - against


def _clauses(low: str) -> list[str]:
    return [clause for clause in _CLAUSE.split(low) if clause.strip()]


def _of_itself(low: str, own: Sequence[str]) -> int:
    """Whether it names the outlet, and whether it says what the outlet is or needs: "The Lantern belongs to …"."""
    bare = low.removeprefix("the ")
    for name in own:
        for called in dict.fromkeys((name, name.rsplit(maxsplit=1)[-1])):
            if len(called) > 3 and bare.startswith(called):
                after = bare[len(called) :].split(maxsplit=1)
                return 1 + bool(after and after[0] in _OWN_VERBS)
    return int(any(f"the {name.rsplit(maxsplit=1)[-1]}'s" in low or f"{name} " in low for name in own if name))
