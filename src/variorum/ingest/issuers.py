"""The head of a release: the body that issues it in its own name, and the lines that say so.

Whoever stands first above the headline is the issuer, but for the state ("Republic of Keld") and the desk ("Press
Service"); it counts only where another line says that the page is a release, or through which desk the body speaks.
Where no line above names it, "About Keld Ferries Ltd" at the end of a release does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from variorum.ingest.paragraphs import Paragraph
from variorum.text.dates import written_dates
from variorum.text.issuers import is_body, releases

_NAME: Final = re.compile(r"[^\W\d_][\w'&.,-]*(?: (?:[^\W\d_][\w'&.,-]*|&))*")
_SMALL: Final = frozenset(["of", "for", "the", "and", "de", "la", "&", "in", "at", "on"])
_APART: Final = re.compile(r"\s+(?:[|/»>·•]|[–—-]{1,2})\s+|:\s+|,\s+(?=\d|\w+ \d)")
_ABOUT: Final = re.compile(r"about (?:the )?(?=\S)", re.I)
_MARKS: Final = " *_#[]."
_LONGEST: Final = 12  # words of a line of the head


def issuer(head: Sequence[Paragraph], tail: Sequence[Paragraph]) -> tuple[str | None, list[Paragraph]]:
    """The issuer of a release, and the lines of ``head`` that are its own; ``tail`` is the text, with how it ends."""
    marks = [part for part in head if _is_mark(part)]
    if not marks and not any(_is_closing(part) for part in tail):
        return None, []
    named = [(part, name) for part in head for name in _names(part)]
    bodies = [name for _, name in named if not releases().states.fullmatch(name)]
    names = bodies or [name for _, name in named] or (list(_about(tail)) if marks else [])
    lines = [part for part in head if part in marks or any(part is one for one, _ in named)]
    return (_spelt(names[0], tail) if names else None), lines


def is_dated(part: Paragraph) -> bool:
    """Whether a line of a release's head holds its day."""
    return any(date.day for date in written_dates(part.plain))


def _pieces(part: Paragraph) -> list[str]:
    return [piece.strip(_MARKS) for piece in _APART.split(part.plain.strip(_MARKS)) if piece.strip(_MARKS)]


def _is_mark(part: Paragraph) -> bool:
    """Whether a line says that the page is a release, or names the desk that issued it, beside a name and a date."""
    known, pieces = releases(), _pieces(part)
    if len(part.words) > _LONGEST or not pieces:
        return False
    if known.desks.fullmatch(pieces[-1]) or known.releases.fullmatch(pieces[0]) or _stated_by(part.plain):
        return True
    said = [piece for piece in pieces[1:] if known.releases.fullmatch(piece) or piece.casefold() == "statement"]
    return bool(said) and _is_name(pieces[0])


def _names(part: Paragraph) -> Iterator[str]:
    """The bodies that a line names, as they stand in it."""
    if name := _stated_by(part.plain):
        yield name
    elif len(part.words) <= _LONGEST:
        yield from (piece for piece in _pieces(part) if _is_name(piece) and not releases().desks.fullmatch(piece))


def _stated_by(line: str) -> str | None:
    """The body of "Statement from the Office of the Mayor"."""
    stated = releases().stated.match(line.strip(_MARKS))
    name = line.strip(_MARKS)[stated.end() :] if stated else ""
    return name if name and _is_name(name) else None


def _is_closing(part: Paragraph) -> bool:
    """Whether only a release ends with such a line: "Press Service of the Ministry of Works", "Media contact: …"."""
    line = part.plain.strip(" *_.")
    return bool(releases().closings.fullmatch(line)) or signs_for_body(line)


def signs_for_body(line: str) -> bool:
    """Whether a line is the signature of a body's desk: "Press Service of the Ministry of Works"."""
    desk = releases().desks.match(line)
    return desk is not None and is_body(re.sub(r"\A\W*(?:of|for) (?:the )?", "", line[desk.end() :]).strip())


def _about(tail: Sequence[Paragraph]) -> Iterator[str]:
    for part in tail:
        about = _ABOUT.match(part.plain) if len(part.words) <= _LONGEST else None
        name = part.plain[about.end() :].strip(" :.") if about else ""
        if name and _NAME.fullmatch(name) and name[0].isupper():
            yield name


def _is_name(line: str) -> bool:
    words = line.split()
    forms = len(words) - 1  # "Keld Solvents plc"
    capitals = all(w[0].isupper() or w in _SMALL or n == forms for n, w in enumerate(words))
    return bool(_NAME.fullmatch(line)) and capitals and (is_body(line) or bool(releases().states.fullmatch(line)))


def _spelt(name: str, tail: Sequence[Paragraph]) -> str:
    """A shouted name as it is written elsewhere, else with small letters."""
    name = re.sub(r"\A[Tt][Hh][Ee] ", "", name)
    if not name.isupper():
        return name
    again = next((m[0] for p in tail for m in re.finditer(re.escape(name), p.plain, re.I) if not m[0].isupper()), None)
    return again or " ".join(_small(n, word) for n, word in enumerate(name.split()))


def _small(number: int, word: str) -> str:
    return word.lower() if number and word.lower() in _SMALL else word.capitalize()
