"""The head of a release: the body that issues it in its own name, and the lines that say so.

Whoever stands first above the headline is the issuer, but for the state ("Republic of Keld") and the desk ("Press
Service"); it counts only where another line says that the page is a release, or through which desk the body speaks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from variorum.ingest.paragraphs import Paragraph
from variorum.text.issuers import is_body, releases

_NAME: Final = re.compile(r"[^\W\d_][\w'&.,-]*(?: (?:[^\W\d_][\w'&.,-]*|&))*")
_SMALL: Final = frozenset(["of", "for", "the", "and", "de", "la", "&"])


def issuer(head: Sequence[Paragraph], tail: Sequence[Paragraph]) -> tuple[str | None, list[Paragraph]]:
    """The issuer that the lines above the text name, and the lines of ``head`` that are the release's own; ``tail`` is
    how it ends."""
    known = releases()
    lines = [(part, part.plain.strip(" *_#[]")) for part in head]
    marks = [part for part, line in lines if known.releases.fullmatch(line) or known.desks.fullmatch(line)]
    names = [(part, line) for part, line in lines if part not in marks and _is_name(line)]
    if not names or not (marks or any(_is_closing(part) for part in tail)):
        return None, []
    bodies = [line for _, line in names if not known.states.fullmatch(line)] or [line for _, line in names]
    return _spelt(bodies[0], tail), [*marks, *(part for part, _ in names)]


def _is_closing(part: Paragraph) -> bool:
    """Whether it is a line that only a release ends with: "Press Service of the Ministry of Works", "ENDS"."""
    line = part.plain.strip(" *_.")
    desk = releases().desks.match(line)
    return bool(releases().closings.fullmatch(line)) or (desk is not None and is_body(line[desk.end() :].strip()))


def _is_name(line: str) -> bool:
    words = line.split()
    capitals = all(w[0].isupper() or w in _SMALL or n == len(words) - 1 for n, w in enumerate(words))
    return bool(_NAME.fullmatch(line)) and capitals and (is_body(line) or bool(releases().states.fullmatch(line)))


def _spelt(name: str, tail: Sequence[Paragraph]) -> str:
    """A shouted name as it is written elsewhere, else with small letters."""
    if not name.isupper():
        return name
    again = next((m[0] for p in tail for m in re.finditer(re.escape(name), p.plain, re.I) if not m[0].isupper()), None)
    return again or " ".join(_small(n, word) for n, word in enumerate(name.split()))


def _small(number: int, word: str) -> str:
    return word.lower() if number and word.lower() in _SMALL else word.capitalize()
