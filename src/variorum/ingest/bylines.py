"""Bylines: who wrote it, for which outlet or agency, by the shape of the line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, Literal

from variorum.ingest.words import agencies, byline_opener, mastheads, patterns
from variorum.model import Span
from variorum.text.dates import written_dates

NameKind = Literal["person", "outlet", "agency", "nobody", "role", "other"]

_SEGMENT: Final = re.compile(r"\s*[|•·●]\s*|\s+[–—-]{1,2}\s+|\s{3,}|\t+")
_PIECE: Final = re.compile(r"\s*[,;/&]\s*(?:and\s+|via\s+)?|\s+(?:and|with|for|of|at|und|et|y|via)\s+|\s*\(|\)", re.I)
_PASSED_ON: Final = re.compile(r"(?P<name>[A-Z][a-z]\w+),? via (?=[A-Z])")
_NICKNAME: Final = re.compile(r"(?P<name>[A-Z]\w{2,20}) on\s+")
_PLACE: Final = re.compile(r"\s+(?:in|from|reporting from|near|@)\s+.*\Z", re.I)
_DOMAIN: Final = re.compile(r"(?:https?://)?(?:www\.)?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,12}/?", re.I)
_INITIALS: Final = re.compile(r"[A-Z][A-Z/&-]{1,6}")
_CLOCK: Final = re.compile(r"\b\d{1,2}[:.]\d\d\b|\b\d{1,2} ?[ap]\.?m\b", re.I)
_BARRED: Final = re.compile(r"\s*(?:[|•·●]|\s[–—-]{1,2}|/)\s*(?:[^\W\d_]+\W{1,3})?\Z|\s*(?:[|•·●]|[–—-]{1,2}\s|/)")
_BEFORE_DATE: Final = re.compile(r"\A\Z|[|•·●/,:;(–—-]\s*(?:[^\W\d_]+(?: [^\W\d_]+)?:?\s*)?\Z|:\s*\Z")
_BEHIND_DATE: Final = re.compile(r"\s*(?:\Z|[|•·●/,;)–—-])")
_BESIDE_DATE: Final = re.compile(r"\s*[,/;()]+\s+|\s+\(|:\s+")
#: What an outlet says of itself in brackets: "Velmwatch (blog), 3 May 2031".
_KIND: Final = re.compile(r"\((?:[\w-]+ )?(\w+)\),? *\Z")
_JOINING: Final = frozenset(["the", "of", "and", "for", "&", "in"])
#: No first name begins with one of these; with one of the others some do ("La Toya"), unless more shows a title.
_ARTICLES: Final = frozenset(["il", "les", "los", "las", "der", "die", "das", "het", "gli"])
_TITLES: Final = re.compile(r"(?:La|Le|El|Lo|L') ?\w+ (?:de|del|della|delle|di|do|da|du|des|d'|van)\b.*")
_ON: Final = re.compile(r"\A\s+(?:on|in|at)\s+(?=\w[\w-]*\.\w|[^\W\d_a-z])")
_LONGEST_DATED: Final = 100  # characters of a line of names and a date
_AFTER_NAMES: Final = re.compile(
    r"\b(?:published|updated|created|posted|modified|last|email|e-mail)\b"
    r"|[.,;|]?\s+(?:and\s+)?(?:photographs?|photography|photos?|pictures?|images?|illustrations?|video|graphics?) by\b",
    re.I,
)
_JOINED: Final = re.compile(r"[A-Z][a-z]+[A-Z]\w+")
_UP_TO_DATE: Final = re.compile(r"\s+(?:on|at|am|le|el|il|em|op|den)\s*\Z")  # "Posted by Jane Doe on 3 May 2031"
_MAX_WORDS: Final = 30
_LONGEST: Final = 300  # characters of a line of names


@dataclass(slots=True)
class Byline:
    """The names of a byline, with their places in the line."""

    authors: list[str] = field(default_factory=list)
    outlets: list[str] = field(default_factory=list)
    agencies: list[tuple[str, Span]] = field(default_factory=list)
    opened: bool = False


def read_byline(line: str) -> Byline | None:
    """The byline that ``line`` opens with "By" or the like, else None: "By Tuesday the river …" names nobody."""
    opener = byline_opener().match(line)
    if not opener:
        return None
    found, start = Byline(opened=True), opener.end()
    if passed := _PASSED_ON.match(line, start):  # "by Norwire, via Alder Messenger": no person is called by one word
        found.agencies.append((passed["name"], passed.span("name")))
        start = passed.end()
    nickname = _NICKNAME.match(line, start) if opener[0].casefold().startswith("post") else None
    if nickname and any(date.span[0] == 0 for date in written_dates(line[nickname.end() :])):
        return Byline(authors=[nickname["name"]], opened=True)
    return _names(line, start, found)


def names_of(line: str) -> Byline | None:
    """The names of a line that is known to be a byline, whatever its shape."""
    return find_byline(line) or dated_names(line) or read_bare_names(line)


@lru_cache(maxsize=256)  # each line is looked at more than once; nobody changes what is found
def find_byline(line: str) -> Byline | None:
    """The byline of a line that opens with it or with a date ("Posted on 3 May 2031 by Jane Doe")."""
    found = read_byline(line)
    if found or len(line) > 200 or "by" not in line.lower():
        return found
    for match in re.finditer(r"(?:^|[\s|·•])(?=by\s)", line, re.I):
        before = line[: match.end()]
        if match.end() and (is_stamp_line(before) or not patterns().stamp_word.sub("", before).strip(" :|,.-·•")):
            return read_byline(line[match.end() :])
        outlet, found = before.strip(" :|,-·•*_"), read_byline(line[match.end() :])
        if found and found.authors and is_outlet_name(outlet):  # "Dyke Blog, by Jane Doe"
            found.outlets.insert(0, outlet)
            return found
    return None


def read_bare_names(line: str) -> Byline | None:
    """A line that holds nothing but names: "Jane Doe", "Jane Doe and Richard Roe", "Jane Doe, Reuters", or those of
    outlets and agencies: "Alder Today / Northern Press", "Agencies (NNA)"."""
    if len(line) > _LONGEST:
        return None
    if names_desks(line):
        return _names(line, 0, Byline())
    first = _PIECE.split(_SEGMENT.split(line)[0])[0]
    words = first.split()
    if kind_of(first) != "person" or not 2 <= len(words) <= 4 or not _is_bare_name(words):
        return None
    found = _names(line, 0, Byline())
    return found if found and len(line.split()) <= 12 else None


def names_desks(line: str) -> bool:
    """Whether an outlet, or "agencies", and the agency whose words it has are all that the line names."""
    if not any(mark in line for mark in "(/|") or len(line.split()) > 8:
        return False
    pieces = [line[a:b] for a, b in _pieces(line, 0, len(line), _PIECE)]
    kinds = [kind_of(piece) for piece in pieces]
    sent = "agency" in kinds or any(_is_press(piece) for piece in pieces[1:])
    return len(pieces) > 1 and kinds[0] in ("outlet", "nobody") and sent and {*kinds} <= {"outlet", "nobody", "agency"}


def dated_names(line: str) -> Byline | None:
    """The names, if any, that stand beside a full date and nothing else but a section: "Radio Keld | 17.10.2030",
    "17 May 2030 – Vestra 24", "Ada Keld | Keld Dispatch | 17/10/2030, 14:05". A name that is nobody's else is an
    outlet's where a bar or a dash parts it from the date; behind a comma, where places stand too, its own words must
    show it."""
    dates = list(written_dates(line)) if len(line) <= _LONGEST_DATED else []
    if not any(date.year and date.day for date in dates):
        return None
    start, end = dates[0].span[0], dates[-1].span[1]
    before, after = line[:start].lstrip(" *_#[("), _ON.sub(", ", line[end:].rstrip(" *_])"))
    if not before and not after:
        return None
    if patterns().stamp_word.fullmatch(before.strip()):  # "Posted 3 May 2031 on …"
        before = ""
    if not is_stamp_line(line[start:end]) or not _BEFORE_DATE.search(before) or not _BEHIND_DATE.match(after):
        return None
    before, kind = _without_kind(before)
    found, barred = Byline(), bool(kind or _BARRED.search(before) or _BARRED.match(after))
    names = [name for side in (before, after) for part in _SEGMENT.split(side) for name in _BESIDE_DATE.split(part)]
    for name in (n.strip(" ,;:*_()[]") for n in names):
        if not _is_stamp_word(name) and not _take_beside_date(name, line, found, barred):
            return None
    return found


def _without_kind(before: str) -> tuple[str, str]:
    """What stands before a date without the kind of outlet that it is, in brackets, and that."""
    kind = _KIND.search(before)
    if kind is None or kind[1].casefold() not in mastheads().outlets | {"online"}:
        return before, ""
    return f"{before[: kind.start()].rstrip()}, ", kind[1]


def _is_stamp_word(name: str) -> bool:
    words = [w.strip(".:") for w in name.split()]
    stamp = patterns().stamp_word
    return bool(
        name.casefold() in mastheads().sections or stamp.fullmatch(name) or all(stamp.fullmatch(w) for w in words)
    )


def _take_beside_date(name: str, line: str, found: Byline, barred: bool) -> bool:
    """Puts a name where it belongs; whether it is one at all."""
    if outlet := staff_of(name):
        found.outlets.append(outlet)
        return True
    kind, words = kind_of(name), name.split()
    named = sum(w.casefold() not in mastheads().particles for w in words)
    titled = kind == "outlet" and len(words) <= 4 and _is_proper(words)  # "The Republic": alone, common words too
    if kind == "agency":
        found.agencies.append((name, (line.index(name), line.index(name) + len(name))))
    elif len(words) > 1 and (words[0].casefold() in _ARTICLES or words[0] in ("La", "Le", "El")):
        found.outlets.append(name)  # beside a date titles are far more frequent than "La Toya"
    elif kind == "person" and named <= 3 and _is_bare_name(words) and not is_outlet_word(name):
        found.authors.append(_titled(name))
    elif titled or is_outlet_word(name) or (barred and (_is_proper_name(words) or is_common_title(words))):
        found.outlets.append(name)
    else:
        return kind in ("nobody", "role")
    return True


def is_common_title(words: list[str]) -> bool:
    """ "National Mail", "Evening Post Online": common words, of which papers are called nothing else."""
    known, lower = mastheads(), [w.casefold() for w in words]
    lower = lower[:-1] if lower[-1:] == ["online"] else lower
    return len(lower) == 2 and lower[0] in known.title_openers and lower[1] in known.title_nouns


def is_outlet_word(name: str) -> bool:
    """Whether a word of outlets stands in a name of capitals ("Radio Keld online", "Keld Dispatch"), or it is known or
    written as an outlet's: "BBC", "keld.example", "The Lantern"."""
    known, words = mastheads(), name.split()
    if name in known.initials or _DOMAIN.fullmatch(name):
        return True
    if is_post(name):
        return False
    lower = [w.casefold().strip(".,'") for w in words]
    small = known.particles | known.outlets | _JOINING
    capitals = all(w[0].isupper() or w[0].isdigit() or low in small for w, low in zip(words, lower, strict=True))
    if not 2 <= len(words) <= 6 or not capitals or not any(w[0].isupper() for w in words):
        return False
    generic = known.outlets | known.sections | known.roles | known.nobody | _JOINING
    named = any(low in known.outlets for low in lower) and not all(low in generic for low in lower)
    return named or (len(words) <= 4 and _is_proper(words) and not set(lower) & known.common - _JOINING)


def _is_proper_name(words: list[str]) -> bool:
    """Capitals and nothing that a headline has: "Vestra 24", "Keldbladet"."""
    lower = [w.casefold().strip(".,'") for w in words]
    letters = sum(c.isalpha() for word in words for c in word)
    known = mastheads()
    return (
        1 <= len(words) <= 4
        and letters > 2
        and words[0][0].isupper()
        and all(w[0].isupper() or w.isdigit() or w.casefold() in known.particles for w in words)
        and not any(w in known.common or w in known.sections or w.upper() in known.labels for w in lower)
        and not any(w.endswith((".", "?", "!", '"')) for w in words)
    )


def names_nobody(line: str) -> bool:
    """Whether two or more that are nobody by name have written: "Staff and agencies", "Online desk, wire reports",
    "Courier staff and agencies"."""
    pieces = [line[a:b] for a, b in _pieces(line, 0, len(line), _PIECE)] if len(line) < 60 else []
    return len(pieces) > 1 and all(kind_of(p) == "nobody" or (n == 0 and _is_staff(p)) for n, p in enumerate(pieces))


def _is_staff(name: str) -> bool:
    """ "Courier staff", "Harbour Post reporters": an outlet's own people."""
    *outlet, last = name.split()
    return 0 < len(outlet) <= 4 and last in mastheads().nobody and all(w[0].isupper() for w in outlet)


def _is_press(name: str) -> bool:
    """ "Northern Press" beside another outlet is the agency whose words that outlet prints."""
    return name.endswith(" Press") and len(name.split()) < 4


def _is_bare_name(words: list[str]) -> bool:
    names = mastheads()
    return " ".join(words).casefold() not in names.sections and not any(
        w.casefold().strip(".,") in names.common or w.casefold() in names.sections for w in words
    )


def _names(line: str, start: int, found: Byline) -> Byline | None:
    end = _names_end(line, start)
    segments = list(_pieces(line, start, end, _SEGMENT))
    if not segments or len(line[start:end].split()) > _MAX_WORDS:
        return None
    for number, (a, b) in enumerate(segments):
        for index, (c, d) in enumerate(_pieces(line, a, b, _PIECE)):
            kind = _take(line, c, d, found)
            if kind == "other" and (number, index) == (0, 0):
                return None
            if kind == "other" and number == 0 and d - c > 40:
                return None
    return found


def _names_end(line: str, start: int) -> int:
    """Where the names end and dates, stamps or addresses begin."""
    ends = [len(line)]
    if date := next(written_dates(line[start:]), None):
        ends.append(start + len(_UP_TO_DATE.sub("", line[start : start + date.span[0]])))
    if stop := _AFTER_NAMES.search(line, start):
        ends.append(stop.start())
    return min(ends)


def _pieces(line: str, start: int, end: int, separator: re.Pattern[str]) -> list[Span]:
    spans, position = [], start
    for match in separator.finditer(line, start, end):
        spans.append((position, match.start()))
        position = match.end()
    spans.append((position, end))
    return [trimmed for a, b in spans if (trimmed := _trim(line, a, b))[0] < trimmed[1]]


def _trim(line: str, start: int, end: int) -> Span:
    part = line[start:end]
    lead = len(part) - len(part.lstrip(' \t.,:;|-–—*_[]()"'))
    body = part.strip(' \t,:;|-–—*_[]()"')
    return start + lead, min(start + lead + len(body), end)


def _take(line: str, start: int, end: int, found: Byline) -> NameKind:
    text = line[start:end]
    place = _PLACE.search(text)
    name = text[: place.start()] if place else text
    if outlet := staff_of(name):
        found.outlets.append(outlet)
        return "nobody"
    if found.authors and name.split()[-1:] and name.split()[-1].casefold() in mastheads().jobs:
        return "role"  # "By Jane Doe, Shipping Reporter"; a paper of that name has a masthead
    kind = kind_of(name)
    if kind == "person":
        found.authors.append(_titled(name))
    elif kind == "outlet" and found.outlets and _is_press(name):
        found.agencies.append((name, (start, start + len(name))))
    elif kind == "outlet":
        found.outlets.append(name)
    elif kind == "agency":
        found.agencies.append((name, (start, start + len(name))))
    return kind


@lru_cache(maxsize=8192)  # the same people write again, and each byline is looked at more than once
def kind_of(name: str) -> NameKind:
    """What a name in a byline names, by its shape and the words in it."""
    known, words = mastheads(), name.split()
    folded = " ".join(words).casefold().strip(".")
    if not words or folded in known.nobody or folded.removeprefix("the ") in known.nobody:
        return "nobody"
    if is_post(name):
        return "role"
    if is_agency(name):
        return "agency"
    if name in known.initials or _DOMAIN.fullmatch(name):
        return "outlet"
    if len(words) == 1 and _INITIALS.fullmatch(name):
        return "agency"  # an agency that no list knows: initials that are no broadcaster's
    lower = [w.casefold().strip(".,'") for w in words]
    capitals = all(w[0].isupper() or w[0].isdigit() or w.casefold() in known.particles | known.common for w in words)
    if capitals and len(words) <= 6 and (lower[-1] in known.outlets or _is_proper(words)):
        return "outlet"
    if any(w in known.roles for w in lower):
        return "role"
    foreign = (len(words) > 1 and words[0][0].isupper() and lower[0] in _ARTICLES) or bool(_TITLES.fullmatch(name))
    if capitals and len(words) <= 6 and (foreign or any(w in known.outlets for w in lower)):
        return "outlet"
    return "person" if _is_person(words) else "other"


def is_post(name: str) -> bool:
    """Whether a name is that of a post and no outlet's, by its words: "Chief Reporter", "Press Service"."""
    known, words = mastheads(), [w.casefold().strip(".,'") for w in name.replace("-", " ").split()]
    return (
        len(words) > 1
        and words[-1] in known.posts | known.jobs
        and words[0] != "the"
        and known.beats.issuperset(words[:-1])
    )


def staff_of(name: str) -> str | None:
    """The outlet whose people write: "Courier staff", "KeldNow reporter", "KeldNow Desk"; not "Jane Doe reporter"."""
    *outlet, last = name.split()
    title, known = " ".join(outlet), mastheads()
    joined = len(outlet) == 1 and bool(_JOINED.fullmatch(title))  # two words written as one, as no person's name is
    those = known.posts | known.jobs
    posted = last in those or (joined and last.casefold() in those)
    if not posted or not 0 < len(outlet) <= 4 or known.beats.issuperset(w.casefold() for w in outlet):
        return None
    return title if joined or (kind_of(title) == "outlet" and outlet[0][0].isupper()) else None


def _is_proper(words: list[str]) -> bool:
    """Whether a name in capitals stands behind "the", as outlets' do: "The Atlantic", but not "the article"."""
    return words[0].casefold() == "the" and any(w[0].isupper() for w in words[1:])


def is_outlet_name(name: str) -> bool:
    """Whether a name of two words or more is an outlet's by its shape."""
    return len(name.split()) > 1 and kind_of(name) == "outlet"


def is_agency(name: str) -> bool:
    """Whether ``name`` is a known agency's or says that it is one's ("Northern Press Agency")."""
    names = agencies()
    bare = name.removeprefix("the ").removeprefix("The ")
    return name in names.by_name or bare in names.by_name or bool(names.named.fullmatch(bare))


def _is_person(words: list[str]) -> bool:
    known = mastheads()
    if not 2 <= len(words) <= 5:
        return False
    return all(_is_name_word(w) or w.casefold() in known.particles for w in words) and not any(
        w.casefold() in known.common for w in words
    )


def _is_name_word(word: str) -> bool:
    letters = word.replace("-", "").replace("'", "").replace(".", "")
    return bool(letters) and letters.isalpha() and word[0].isupper()


def _titled(name: str) -> str:
    """Names set in capitals as they are written elsewhere."""
    name = " ".join(name.split())
    return name.title() if name.isupper() else name


def is_stamp_line(line: str) -> bool:
    """Whether dates and the words of stamps are all that the line holds."""
    dates = list(written_dates(line))
    if not dates and not (patterns().stamp_word.match(line) and _CLOCK.search(line)):
        return False
    rest, position = "", 0
    for date in dates:
        rest += line[position : date.span[0]] + " "
        position = date.span[1]
    rest += line[position:]
    rest = patterns().stamp_word.sub(" ", rest)
    return not re.search(r"[^\W\d_]|\d{3}", rest)
