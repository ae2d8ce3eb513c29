"""Mastheads: the lines above a text in which an outlet names itself, alone or with its motto or the date.

A line is a masthead by the words that outlets are called by ("Post", "Radio"), or because the text names it again as
only outlets are named: in a byline behind a person, by its address, behind a copyright sign.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from variorum.ingest.bylines import Byline, is_stamp_line, kind_of
from variorum.ingest.words import mastheads

_APART: Final = re.compile(r"\s+(?:[–—-]{1,2}|[|•·])\s+|:\s+|,\s+|\s*\|\s*")
_WORD: Final = re.compile(r"[^\W\d_][\w'&.-]*|&")
_MAX_NAME, _MAX_LINE = 6, 100  # words of a name, characters of a line


def masthead(line: str, text: str) -> tuple[str, bool] | None:
    """The outlet that names itself in ``line`` of the article ``text``, and whether the rest of the line is a date;
    None for any other line."""
    line = line.strip(" *_#[]")
    if not line or len(line) > _MAX_LINE or line.endswith((".", "?", "!", ",", ";", '"')):
        return None
    mark = _APART.search(line)
    name, rest = (line[: mark.start()], line[mark.end() :]) if mark else (line, "")
    if not _may_be_name(name):
        return None
    dated = bool(rest) and is_stamp_line(rest)
    known = is_named_like_outlet(name) and (
        dated or not mark or mark[0].isspace() or not mark[0].startswith((":", ","))
    )
    if known or names_itself(name, text):
        return name, dated
    return None


def is_named_like_outlet(name: str) -> bool:
    """Whether a name has a word of outlets and a word of its own: "Tarnov Post", but not "Special Report"."""
    known, words = mastheads(), [w.casefold().strip(".,'") for w in name.split()]
    if not any(w in known.outlets for w in words) or " ".join(words) in known.sections:
        return False
    generic = known.outlets | known.common | known.roles | known.sections | known.nobody
    return len(words) > 1 and any(w not in generic for w in words) and kind_of(name) == "outlet"


def names_itself(name: str, text: str) -> bool:
    """Whether ``text`` names it again as its own outlet."""
    letters = re.sub(r"[\W_]", "", name).casefold().removeprefix("the")
    if len(letters) < 5:
        return False
    spelt = re.escape(name)
    if re.search(
        rf"(?:©|\(c\)|copyright)[^\n]{{0,20}}\b{spelt}\b|^by {spelt} (?:desk|staff|newsroom)\b", text, re.I | re.M
    ):
        return True
    if re.search(rf"^by [^\n]{{3,60}}?(?:,| for| \||/) ?(?:the )?{spelt}\b", text, re.I | re.M):
        return True
    return any(re.sub(r"\W", "", m[1]).casefold() == letters for m in _HOST.finditer(text))


_HOST: Final = re.compile(r"(?:https?://(?:www\.)?|\bwww\.|@)([\w-]{4,60})\.", re.I)


def outlets_apart(byline: Byline, text: str) -> Byline:
    """The byline with names behind its first author moved to its outlets where ``text`` calls them what only an
    outlet is called: "By Jane Doe, Alder Citizen"."""
    if len(byline.authors) < 2:
        return byline
    outlets = [name for name in byline.authors[1:] if called_the(name, text)]
    authors = [name for name in byline.authors if name not in outlets]
    return replace(byline, authors=authors, outlets=[*byline.outlets, *outlets])


def called_the(name: str, text: str) -> bool:
    """Whether ``text`` puts an article before its last word ("the Packet"), as nobody does with persons."""
    last = name.rsplit(maxsplit=1)[-1]
    return len(last) > 3 and bool(re.search(rf"\b[Tt]he (?:{re.escape(name)}|{re.escape(last)})\b(?! [A-Z])", text))


def _may_be_name(name: str) -> bool:
    words = name.split()
    small = mastheads().particles | mastheads().common
    return (
        0 < len(words) <= _MAX_NAME
        and name[:1].isupper()
        and all(_WORD.fullmatch(w) and (w[0].isupper() or w in small or w == "&") for w in words)
    )
