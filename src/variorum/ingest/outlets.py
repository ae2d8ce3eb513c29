"""Mastheads: the lines above a text in which an outlet names itself, alone or with its motto or the date.

A line is a masthead by the words that outlets are called by ("Post", "Radio"), or because the text names it again as
only outlets are named: in a byline behind a person, by its address, behind a copyright sign.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from variorum.ingest.bylines import Byline, is_agency, is_common_title, is_outlet_word, is_stamp_line, kind_of
from variorum.ingest.paragraphs import ends_in_stamp
from variorum.ingest.words import DOMAIN, mastheads
from variorum.text.issuers import is_body, releases

_APART: Final = re.compile(r"\s+(?:[–—-]{1,2}|[|•·/>»])\s+|:\s+|,\s+|\s*\|\s*|\s+(?=\()")
_WORD: Final = re.compile(r"[^\W\d_][\w'&.-]*|&")
_SHOUTED: Final = re.compile(r"(?:[^\W\d_a-z][^\W\d_a-z'&.-]+ )*[^\W\d_a-z]{5,}(?= [^\W\d_]\w*[^\W\d_A-Z])")
_PERIODICAL: Final = re.compile(
    r"\b(?:paper|newspaper|weekly|daily|monthly|magazine|journal|gazette|review|portal|blog|bulletin)\b", re.I
)
_KINDS: Final = r"(?i:paper|newspaper|weekly|daily|monthly|magazine|journal|review|portal|blog|bulletin)"
_KIND_OF: Final = re.compile(  # "a blog", "your local paper", "Keld's national daily", "Independent weekly of"
    rf"(?i:an?|the|your|our|[\w-]+'s?) (?:[\w-]+ ){{0,4}}?(?={_KINDS}\b)"
    rf"|(?:[A-Z][\w-]+ )?(?:[\w-]+ ){{0,2}}{_KINDS} (?:of|for|about|on|from)\b"
)
_SINCE: Final = re.compile(
    r"\A(?:founded|established|est\.?|published|serving|proudly|reporting)\b.*\b(?:1[5-9]|20)\d\d\.?\Z", re.I
)
#: A station by its letters and number ("KLRD-TV 7", "NBC 12 Keld"), and what an outlet says of itself in brackets.
_STATION: Final = re.compile(
    r"(?:[KWC][A-Z]{2,3}(?:-?(?:TV|FM|AM|DT|LD))?|ABC|NBC|CBS|FOX|Fox|CTV|CBC|ITV|TV)(?:[ -]?\d{1,3}|(?<=TV|FM|AM|DT))"
    r"(?: [A-Z][\w'-]+){0,3}"
)
_BRACKETED: Final = re.compile(
    r"\((?:[\w-]+ ){0,2}(?i:channel|blog|newsletter|podcast|newspaper|magazine|portal|website|weekly|daily|tv|radio)\)"
)
_LETTERS: Final = re.compile(r"[A-Z]{2,6}")
_JOINING: Final = frozenset(["of", "the", "and", "for", "&"])
_BROADCASTS: Final = frozenset(
    ["agency", "service", "network", "corporation", "television", "radio", "press", "bureau", "wire", "news"]
)
_MAX_NAME, _MAX_LINE = 6, 100  # words of a name, characters of a line


@dataclass(frozen=True, slots=True)
class Masthead:
    """The outlet that names itself in a line, and whether the rest of the line is a date."""

    name: str
    dated: bool = False


def masthead(line: str, text: str, *, first: bool = False, opens: bool = False) -> Masthead | None:
    """The masthead that ``line`` of the article ``text`` is, else None. ``opens`` says that it opens the text,
    ``first`` that it stands apart from what follows too: there a name in capitals needs no other sign if the text never
    speaks of it."""
    line = line.strip(" *_#[]")
    if first and line.endswith("!") and names_itself(line.rstrip("!"), text):  # "KeldNow!"
        line = line.rstrip("!")
    ends = line.endswith((".", "?", "!", ",", ";", '"')) and not ends_in_stamp(line)
    if not line or len(line) > _MAX_LINE or ends:
        return None
    mark = _APART.search(line)
    name, rest = (line[: mark.start()], line[mark.end() :]) if mark else (line, "")
    if DOMAIN.fullmatch(name) and (rest or opens):
        return Masthead(name, is_stamp_line(rest))
    if releases().releases.fullmatch(line):
        return None
    if opens and (_STATION.fullmatch(line) or (_BRACKETED.fullmatch(rest) and _may_be_name(name))):
        return Masthead(line if _STATION.fullmatch(line) else name)
    if not mark and (shouted := _SHOUTED.match(line)) and names_itself(shouted[0], text):
        return Masthead(_as_spelt(shouted[0], text))
    if not _may_be_name(name):
        return None
    dated = bool(rest) and is_stamp_line(rest)
    apart = not mark or mark[0].isspace() or not mark[0].startswith((":", ","))
    if (
        ((is_named_like_outlet(name) or _is_titled(name) or is_common_title(name.split())) and (dated or apart))
        or _is_labelled(name, mark, rest)
        or _stands_for(name, rest)
        or names_itself(name, text)
    ):
        return Masthead(_as_spelt(name, text), dated)
    return Masthead(name, dated) if first and not rest and _stands_alone(name, text) else None


def _is_titled(name: str) -> bool:
    """ "The Ledger", "The Post": a word of outlets behind an article."""
    words = name.casefold().split()
    return len(words) == 2 and words[0] == "the" and words[1] in mastheads().outlets - mastheads().sections


def _is_labelled(name: str, mark: re.Match[str] | None, rest: str) -> bool:
    """Whether what stands behind a name shows it to be an outlet's: a section ("The Beaver | World"), or the words by
    which it describes itself ("DRY GROUND: the farmers' weekly")."""
    if mark is None or not rest:
        return False
    sectioned = rest.casefold().strip() in mastheads().sections
    if mark[0].strip() in ("|", "/", ">", "»"):
        return sectioned
    lower = name.casefold().split()
    if sectioned and len(lower) == 2 and lower[0] in mastheads().title_nouns and lower[1] in ("online", "live", "news"):
        return True  # "GLOBE ONLINE - LIVE"
    return name.isupper() and not rest.isupper() and bool(_PERIODICAL.search(rest)) and len(rest.split()) <= 12


def _stands_for(name: str, rest: str) -> bool:
    """Whether a line is the initials of an agency or a station and its full name, of which they are the first letters
    in order: "ISKA | Iskerian State Agency"."""
    words = [w for w in rest.casefold().split() if w not in _JOINING]
    if not _LETTERS.fullmatch(name) or len(words) < 2 or words[-1] not in _BROADCASTS or not rest[0].isupper():
        return False
    letters = iter("".join(words))
    return all(letter in letters for letter in name.casefold()) and name[0].casefold() == words[0][0]


def describes_itself(line: str) -> bool:
    """Whether a line is what a paper says of itself below its name: "a blog about mud", "Independent weekly of the
    north", "Founded 1902", "Serving the shore since 1871"."""
    if not line or len(line) > _MAX_LINE or len(line.split()) > 14 or line.endswith(("?", "!", '"')):
        return False
    said = _PERIODICAL.search(line) and any(_KIND_OF.match(part) for part in (line, line.rpartition(", ")[2]))
    return bool(_SINCE.search(line) or said)


def named_above(line: str, text: str) -> Masthead | None:
    """The outlet of a line below which one `describes_itself`: any name will do."""
    name = line.strip(" *_#[]!")
    return Masthead(_as_spelt(name, text)) if _may_be_name(name) else None


def _stands_alone(name: str, text: str) -> bool:
    """Whether a shouted name is not what the text is about: none of its words comes again."""
    if not name.isupper() or len(name.split()) > 3 or name.casefold() in mastheads().sections:
        return False
    words = [w.casefold().strip(".,'") for w in name.split()]
    told = words_of(text[text.index(name) + len(name) :] if name in text else text)
    generic = mastheads().common | mastheads().labels_folded | mastheads().nobody
    return all(len(w) > 3 and w not in told and w not in generic for w in words)


def words_of(text: str) -> frozenset[str]:
    """The words of a text in small letters."""
    return frozenset(re.findall(r"[^\W\d_]+", text.casefold()))


def _as_spelt(name: str, text: str) -> str:
    """A shouted name as the text writes it elsewhere."""
    if not name.isupper():
        return name
    again = (m[0] for m in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.I))
    return next((found for found in again if not found.isupper() and found[0].isupper()), name)


def is_named_like_outlet(name: str) -> bool:
    """Whether a name has a word of outlets and a word of its own: "Tarnov Post", "Tarnov Wire", but not "Special
    Report"."""
    known, words = mastheads(), [w.casefold().strip(".,'") for w in name.split()]
    if not any(w in known.outlets for w in words) or " ".join(words) in known.sections:
        return False
    generic = known.outlets | known.common | known.roles | known.sections | known.nobody
    return len(words) > 1 and any(w not in generic for w in words) and kind_of(name) in ("outlet", "agency")


def names_itself(name: str, text: str) -> bool:
    """Whether ``text`` names it again as its own outlet: in a byline, by its address, behind a copyright sign, as the
    one to whom sources speak, or as what the reader is to get."""
    letters = re.sub(r"[\W_]", "", name).casefold().removeprefix("the")
    if len(letters) < 5:
        return False
    spelt, last = re.escape(name), re.escape(name.rsplit(maxsplit=1)[-1])
    if re.search(rf"^by (?:the )?{last} (?:staff|reporters?|newsdesk|newsroom)\W*$", text, re.I | re.M):
        return True
    if re.search(
        rf"(?:©|\(c\)|copyright)[^\n]{{0,20}}\b{spelt}\b"
        rf"|^(?:[^\n]{{3,24}}, |by )?{spelt} (?:(?:desk|newsroom|reporters?|team)\b|staff(?: and agencies)?\W*$)",
        text,
        re.I | re.M,
    ):
        return True
    if re.search(rf"^by [^\n]{{3,60}}?(?:,| for| \||/) ?(?:the )?{spelt}\b", text, re.I | re.M):
        return True
    if any(re.sub(r"\W", "", m[1]).casefold() == letters for m in _HOST.finditer(text)):
        return True
    return any(_is_spoken_to(called, text) for called in dict.fromkeys((name, name.rsplit(maxsplit=1)[-1])))


def _is_spoken_to(name: str, text: str) -> bool:
    """ "told the Lantern", "the Lantern has learned", "get the Lantern app", "The Lantern is free. Join …"."""
    bare = re.sub(r"\A[Tt]he ", "", name)
    if bare.casefold() in mastheads().common | mastheads().nobody or len(bare) < 4:
        return False
    title = r"[ -]".join(f"(?:{re.escape(w)}|{re.escape(w.capitalize())})" for w in bare.split())
    article = "(?:the |The )" if " " not in bare else "(?:the |The )?"
    cues = (
        rf"\b(?:told|tells?) {article}{title}\b(?! [A-Z])",
        rf"\b{article}{title} (?:has|had) (?:learned|learnt|seen|been told)\b",
        rf"\b(?:the |our )?{title}(?:'s)? (?:app|newsletters?|podcast|alerts|newsdesk|newsroom)\b",
        rf"^\W*{article}{title} (?:is|belongs|lives|exists|appears|needs|depends|comes)\b[^\n]*\b(?:{_READERS})\b",
    )
    return any(re.search(cue, text, re.M) for cue in cues)


_READERS: Final = r"readers?|members?|subscri\w+|fans|you|every (?:\w+day|day|week|month|morning|evening)|free"
_HOST: Final = re.compile(r"(?:https?://(?:www\.)?|\bwww\.|@)([\w-]{4,60})\.", re.I)


_HOLDER: Final = re.compile(
    r"\W*(?:©|\(c\)|copyright)[\W_]*(?:by )?(?:(?:1[89]|2[01])\d\d(?:[-–]\d{2,4})?[,\s]*)?(?:by )?"
    r"(?P<name>[^\W\d_][^.,|©\n]*?)\s*(?:(?:1[89]|2[01])\d\d)?(?:[.,|]|\s+(?i:all rights)\b|\Z)",
    re.I,
)
_ABOUT: Final = re.compile(r"About (?:us at )?(?P<name>(?:[Tt]he )?[A-Z][^:.\n]*?)\s*(?::|\Z)")
_SITE: Final = re.compile(r".{8,}\s(?:[|»•·—–-]|::)\s(?P<name>[^|]{2,60})", re.S)
_JOINED: Final = re.compile(r"[A-Z][a-z]+(?:[A-Z]\w+|\d{1,3})")


def named_at_edges(title: str | None, end: Iterable[str]) -> str | None:
    """The outlet that the headline has behind it ("… - The Keld Post"), or that the last lines name as the holder of
    the rights or as whom they are about; only a name that has the words or the shape of an outlet's."""
    found = [_SITE.fullmatch(title)] if title else []
    found += [_HOLDER.match(line) or _ABOUT.fullmatch(line) or _ABOUT.match(line) for line in end]
    names = [match["name"].strip() for match in found if match]
    return next((name for name in names if _is_outlets(name)), None)


def _is_outlets(name: str) -> bool:
    if _JOINED.fullmatch(name):
        return True
    if not _may_be_name(name) or name.casefold() in mastheads().sections or is_body(name) or is_agency(name):
        return False
    return is_named_like_outlet(name) or _is_titled(name) or (len(name.split()) > 1 and kind_of(name) == "outlet")


def outlets_apart(byline: Byline, text: str) -> Byline:
    """The byline with names behind its first author moved to its outlets where ``text`` calls them what only an
    outlet is called: "By Jane Doe, Alder Citizen"."""
    if len(byline.authors) < 2:
        return byline
    outlets = [name for name in byline.authors[1:] if called_the(name, text)]
    authors = [name for name in byline.authors if name not in outlets]
    return replace(byline, authors=authors, outlets=[*byline.outlets, *outlets])


def named_beside_date(names: Byline, text: str) -> Byline:
    """The names beside a date with those that ``text`` calls what only an outlet is called among the outlets, as those
    named after the place where it happened ("Keld Oggi"), and without that place: "Keld | 17.10.2030"."""
    persons = [n for n in names.authors if not (called_the(n, text) or names_itself(n, text) or _is_local(n, text))]
    outlets = [name for name in names.outlets if is_outlet_word(name) or not _is_place_of(name, text)]
    return replace(names, authors=persons, outlets=outlets + [n for n in names.authors if n not in persons])


def _is_local(name: str, text: str) -> bool:
    """Whether a name begins with the place of the report, and is not the name of somebody who is told of."""
    first, _, rest = name.partition(" ")
    return bool(rest) and _is_place_of(first, text) and text.count(rest) < 2


def _is_place_of(name: str, text: str) -> bool:
    return bool(re.search(rf"\b(?:in|at|near|from|to|of|outside) {re.escape(name)}\b", text))


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
        and all(_WORD.fullmatch(w) and (w[0].isupper() or w in small or w == "&") for w in _unnumbered(words))
    )


def _unnumbered(words: list[str]) -> list[str]:
    """Without the number that a station is called by: "Channel 9 News", "Radio 4"."""
    if any(w.casefold() in mastheads().outlets for w in words):
        return [w for n, w in enumerate(words) if not (n and w.isdigit() and len(w) < 4)]
    return words
