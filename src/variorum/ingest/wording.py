"""What a paragraph is by what it says: source lines, bylines, dates, corrections, captions, credits, chrome."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from variorum.ingest.bylines import find_byline, is_stamp_line, kind_of, names_desks
from variorum.ingest.paragraphs import Paragraph
from variorum.ingest.words import agencies, patterns
from variorum.model import BlockKind
from variorum.text.dates import written_dates

_URL: Final = re.compile(r"\W*(?:https?://|www\.)\S+\W*", re.I)
_LINKED: Final = re.compile(r"\W*\[[^\[\]\n]{1,400}\]\([^()\s]{1,2000}\)\W*")
QUOTED: Final = re.compile(r'"[^"]*"|"[^"]*\Z|\A[^"]*"(?=[^"]*\Z)')
CONTACT: Final = re.compile(
    r"[$€£]\s?\d|\d\s?[$€£]|\b\S+@\S+\.\w|https?://|\bwww\.|(?<!\w)@\w|\b\w+\.(?:com|org|net)\b"
)
HEADING: Final = re.compile(r"#{1,6}\s")
_BOLD_TAIL: Final = re.compile(r"[.!?]?\s(?:\*\*|__)[^*_\n]{2,60}(?:\*\*|__)\s*\Z")
ADDRESS: Final = frozenset(
    ["we", "us", "our", "ours", "you", "your", "yours", "i'm", "we're", "we've", "you're", "you'll", "please"]
)
REPORTING: Final = frozenset(["said", "says", "told", "stated", "added", "announced", "reported"])
COPYRIGHT: Final = re.compile(r"\W*(?:copyright|©|\(c\))", re.I)
_DIGIT: Final = re.compile(r"\d")
_MAIL: Final = re.compile(r"\b\S+@\S+\.\w")
_OWN: Final = frozenset(["us", "our", "we"])
_BETWEEN_LABELS: Final = re.compile(r"\s*[|›»>•·]\s*|\s{2,}|\t")
LONG: Final = 1200  # characters: no chrome is as long, so longer paragraphs are not looked at
_AROUND: Final = "()[]—–- .*"
_HANDED_IN: Final = re.compile(r"\W*(?:with|reporting|additional|writing|editing)\b")
_CAPTION_WORDS: Final = (  # a caption's end has one of these; to look for them costs a tenth of its pattern
    *("photo", "image", "pic", "getty", "credit", "/", "screen", "via ", "courtesy", "illustration", "video", "map"),
    *("file", "flickr", "handout", "alamy", "shutterstock"),
)


_CAPTION_MARKS: Final = (
    *(":", "/", "©", "(", "[", "|", " by ", " courtesy", " from ", " via ", "via ", "getty", "shutterstock", "alamy"),
    *("ap photo", "ap images", "handout", "file photo", "ap file", "reuters file", "epa", "imago", "flickr", "istock"),
    *("wikimedia", "unsplash"),
)


@dataclass(slots=True)
class _Line:
    """A paragraph without the marks around it, ``low`` in lower case, and the paragraphs it stands among."""

    part: Paragraph
    text: str
    low: str
    parts: Sequence[Paragraph]
    index: int


def kind_by_words(part: Paragraph, parts: Sequence[Paragraph], index: int) -> BlockKind | None:
    """The kind of ``parts[index]`` where its words tell it, else None."""
    if part.hint in ("title", "caption", "table", "boilerplate"):
        return part.hint
    line = part.plain.strip("*_ ") or part.raw  # an address in angle brackets is blank without its markup
    if not line[:1].isalnum() and not any(c.isalnum() for c in line):
        return "boilerplate"  # rules, stray marks
    if len(line) > LONG:
        return None
    if part.hint in (None, "body", "standfirst", "quote", "list"):
        at = _Line(part, line, line.lower(), parts, index)
        running = len(part.words) > 15 and part.ends_sentence  # never a line of names, dates or addresses
        for look in _LOOKS_AT_PROSE if running else _LOOKS:
            kind = look(at)
            if kind and not (kind == "caption" and part.hint == "standfirst"):  # "Map shows a town nobody knew of"
                return kind
    return part.hint if part.hint != "body" else None


def _source_line(at: _Line) -> BlockKind | None:
    """ "Source: …", "Original url …", the address on the line after it, and an address that opens the text."""
    words, line = patterns(), at.text
    if len(line) > 400:
        return None
    if _URL.fullmatch(line):
        before = at.parts[at.index - 1] if at.index else None
        labelled = before is not None and before.kind == "credit" and _is_source_label(before.plain)
        return "credit" if labelled or before is None else "boilerplate"
    match = words.original.match(line) or words.source.match(line)
    if not match:
        return None
    rest = line[match.end() :].strip(" ()*_")
    if not rest:
        following = at.parts[at.index + 1].plain if at.index + 1 < len(at.parts) else ""
        return "credit" if line.endswith(":") or _URL.fullmatch(following) else None
    return "credit" if _URL.match(rest) or len(rest.split()) <= 8 or _URL.search(rest) else None


def _is_source_label(line: str) -> bool:
    """Whether the line announces an address and holds none."""
    words = patterns()
    line = line.strip("*_ ")
    match = words.original.fullmatch(line) or words.source.fullmatch(line)
    return bool(match)


def _stamp_or_byline(at: _Line) -> BlockKind | None:
    if len(at.text) > 300:
        return None
    if byline := find_byline(at.text):  # "From the Alder Gazette:" says whose words follow, and is nobody's signature
        return "credit" if at.text.endswith(":") and byline.outlets and not byline.authors else "byline"
    if at.index and names_desks(at.text):
        return "byline"
    return "dateline" if _DIGIT.search(at.text) and (is_stamp_line(at.text) or _is_head_of_issue(at.text)) else None


def _is_head_of_issue(line: str) -> bool:
    """ "Alder, Friday 9 May 2031": a place, and the full date of the issue."""
    place, _, rest = line.partition(", ")
    words = place.split()
    placed = 0 < len(words) <= 3 and all(w[0].isupper() and w.replace("-", "").isalpha() for w in words)
    placed = placed and kind_of(place) != "outlet"
    return placed and is_stamp_line(rest) and any(date.year and date.day for date in written_dates(rest))


def _correction(at: _Line) -> BlockKind | None:
    return "correction" if patterns().correction.match(at.low) else None


def _caption(at: _Line) -> BlockKind | None:
    words, raw = patterns(), at.part.raw
    if len(at.part.words) > 70:
        return None
    if words.caption_start.match(at.low):
        return "credit" if words.picture_credit.fullmatch(at.text) else "caption"
    tail = at.low[-160:]
    if has_any(tail, _CAPTION_WORDS) and has_any(tail, _CAPTION_MARKS) and words.caption_end.search(at.text[-160:]):
        return "caption"
    if "*" not in raw and "_" not in raw:
        return None
    return "caption" if len(at.part.words) <= 50 and _BOLD_TAIL.search(raw) and "**" not in raw[:2] else None


def has_any(text: str, words: Sequence[str]) -> bool:
    """Whether one of ``words`` stands in ``text``."""
    for word in words:  # noqa: SIM110  a generator would take three times as long, for every paragraph
        if word in text:
            return True
    return False


def _credit(at: _Line) -> BlockKind | None:
    """Whole lines that credit: "(AP)", "— AFP", "Reporting by …", "X contributed to this report"."""
    count, line = len(at.part.words), at.text
    if count <= 8 and _are_agencies(line):
        return "credit" if at.index else "byline"
    if count > 45 or not patterns().credit_line.fullmatch(at.low):
        return None
    if COPYRIGHT.match(line):
        return "credit" if any(w.strip(".,()") in agencies().by_name for w in at.part.words) else "boilerplate"
    if line.startswith(("—", "–", "-", "(")) and not _HANDED_IN.match(at.low):
        return "credit" if len(line.strip(_AROUND).split()) <= 6 and _names_source(_names(line)) else None
    return "credit"


def _names(line: str) -> list[str]:
    return [n.strip() for n in re.split(r"[/,&]| and ", line.strip(_AROUND))]


def _are_agencies(line: str) -> bool:
    names = _names(line)
    return bool(names[0]) and all(n in agencies().by_name for n in names)


def _names_source(names: list[str]) -> bool:
    return (bool(names) and kind_of(names[0]) in ("agency", "outlet")) or "/" in "".join(names)


def _chrome(at: _Line) -> BlockKind | None:
    words, part, low = patterns(), at.part, at.low
    count = len(part.words)
    if len(low) <= 200 and words.line.fullmatch(low.strip(" .:|*_·•[]()<>»›→-") or low):
        return "boilerplate"
    if count <= 30 and words.related.match(low) and _not_first(at.parts, at.index):
        return "related"
    linked = "](" in part.raw and _LINKED.fullmatch(part.raw) and not HEADING.match(part.raw)
    if linked and _not_first(at.parts, at.index):
        return "related" if count > 3 else "boilerplate"
    if count <= 90 and words.opener.match(low):
        return "boilerplate"
    if (_is_menu(part) and not is_table(at.parts, at.index)) or _is_contact(at):
        return "boilerplate"
    return "boilerplate" if _speaks_of_the_site(at) >= 3 else None


def _is_menu(part: Paragraph) -> bool:
    """A row of three or more labels and nothing else: "News | Politics | Sport", "Home › World › Islands"."""
    if len(part.words) > 30 or part.ends_sentence or not _BETWEEN_LABELS.search(part.flat):
        return False
    items = [i for i in (i.strip(" *_") for i in _BETWEEN_LABELS.split(part.plain)) if i]
    return len(items) > 2 and all(
        len(i.split()) <= 3 and i[0].isupper() and not _DIGIT.search(i) and find_byline(i) is None for i in items
    )


def _is_contact(at: _Line) -> bool:
    """An address to write to, given by those who write: "Send us your questions: desk@alder.example"."""
    return (
        "@" in at.low
        and len(at.part.words) <= 30
        and bool(_MAIL.search(at.low))
        and not _OWN.isdisjoint(w.strip(".,!?:;'()") for w in at.low.split())
        and '"' not in at.low
    )


def _not_first(parts: Sequence[Paragraph], index: int) -> bool:
    """Whether something that may be the title or body stands before."""
    return any(p.kind is None or p.kind == "title" for p in parts[max(0, index - 40) : index])


def _speaks_of_the_site(at: _Line) -> int:
    """Points for a paragraph that asks the reader for something; three are chrome."""
    if len(at.part.words) > 90:
        return 0
    words = at.low.split()
    imperative = words[0].strip("\"'(") in patterns().imperatives
    if not imperative and ADDRESS.isdisjoint(words):
        return 0
    spoken = QUOTED.sub(" ", at.low) if '"' in at.low else at.low
    hits = len({m[0] for m in patterns().site_words.finditer(spoken)})
    if not hits:
        return 0
    points = min(hits, 2) + imperative + bool(CONTACT.search(at.low))
    points += not ADDRESS.isdisjoint(w.strip(".,!?:;'()") for w in spoken.split())
    return points - 2 * ('"' in at.low) - 2 * (not REPORTING.isdisjoint(words))


def is_table(parts: Sequence[Paragraph], index: int) -> bool:
    """Whether it is a row of cells and another row stands beside it."""
    return _is_row(parts[index]) and any(0 <= i < len(parts) and _is_row(parts[i]) for i in (index - 1, index + 1))


def _is_row(part: Paragraph) -> bool:
    return part.raw.count("|") >= 2 or part.raw.count("\t") >= 2


_LOOKS: Final = (_source_line, _stamp_or_byline, _correction, _caption, _credit, _chrome)
_LOOKS_AT_PROSE: Final = (_correction, _caption, _credit, _chrome)
