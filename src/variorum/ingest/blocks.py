"""Paragraphs to blocks: every stretch of text gets a kind, none is deleted, and what is in doubt is body.

Seven passes. `kind_by_words` knows a paragraph by what it says (bylines, captions, source lines, chrome). `_mastheads`
finds the lines in which the outlet names itself, and what it says in its own name. `_appeals` marks passages that ask
the reader for something, `closing` the lines below the report. `_by_place` reads the rest by where it stands: what
comes before the first paragraph of prose is title, standfirst or label; what comes after the last is chrome; between
them all is body but cross-headings and lists. `_corrections` knows a page of notices by its heading, and `_cut` parts
datelines and credits from the sentences behind them. The features are those that content extraction has found to carry
far (Kohlschütter, Fankhauser and Nejdl 2010): position, length against neighbours, punctuation, link density – and,
for appeals, address.
"""

from __future__ import annotations

import re
from itertools import islice, pairwise, takewhile
from typing import Final

from variorum.ingest.bylines import (
    dated_names,
    is_common_title,
    is_outlet_word,
    names_nobody,
    names_of,
    read_bare_names,
)
from variorum.ingest.closing import asks, closing
from variorum.ingest.datelines import credit_at_end, dateline
from variorum.ingest.entries import cut_stamps, date_entries, stamp_entries
from variorum.ingest.issuers import is_dated, issuer, signs_for_body
from variorum.ingest.numbered import mark_numbered
from variorum.ingest.outlets import (
    Masthead,
    describes_itself,
    is_named_like_outlet,
    masthead,
    named_above,
    named_beside_date,
)
from variorum.ingest.paragraphs import Paragraph, paragraph
from variorum.ingest.wording import ADDRESS, CONTACT, HEADING, LONG, QUOTED, REPORTING, is_table, kind_by_words
from variorum.ingest.words import mastheads, patterns
from variorum.model import BlockKind
from variorum.text.normalise import fold

_BULLET: Final = re.compile(r"(?:[-*•‣◦▪·●]|\d{1,2}[.)])\s+\S")
_META: Final = frozenset({"byline", "dateline"})
_CHROME: Final = frozenset({"boilerplate", "related"})
_TOLD: Final = frozenset({"standfirst", "body", "quote", "list"})
_HEADINGS: Final = frozenset({"title", "boilerplate", "body", "standfirst"})
_LONGEST_HEADING: Final = 80  # characters
_HEAD, _FOOT = 10, 5  # paragraphs in which a release names its issuer, and says how to ask it
_ABOVE, _QUESTION = 3, 16  # paragraphs among which the headline stands; words of one that is a question
_SIGNATURE: Final = re.compile(
    r"(?:—|–|--?)\s?[^\s\d][^.!?\n]{1,80}(?:\(@\w+\).{0,30})?\Z"
)  # under a quotation or a post
_AGENCY_SENT: Final = re.compile(r"[A-Z][^()a-z]{2,40}[^()]{0,40}\([A-Z]\w{1,12}\) ?[–—-]")  # under a line of its own
_SENTENCES: Final = re.compile(r"(?<=[.!?])\s+")

#: Words that the name of a body seldom has more of.
_NAMED: Final = 5


def label(
    parts: list[Paragraph], text: str, flat: str, title: str | None = None, outlets: tuple[str, ...] = ()
) -> list[Paragraph]:
    """The paragraphs with a kind each, some cut in two where a dateline or a credit stands in the same line.
    ``outlets`` are names of the publisher that are known before the text is read."""
    for index, part in enumerate(parts):
        part.kind = kind_by_words(part, parts, index)
    parts = cut_stamps(parts, text, flat)
    stamp_entries(parts)
    date_entries(parts)
    if title is None:
        _notices(parts, text)
    _issuer(parts, title)
    _dated_names(parts, text, title)
    _mastheads(parts, text, title)
    if title is None:
        mark_numbered(parts)
    _headline_again(parts)
    _appeals(parts)
    bylines = [b for p in parts if p.kind == "byline" and (b := names_of(p.plain))]
    named = [*outlets, *(p.outlet for p in parts if p.outlet), *(name for b in bylines for name in b.outlets)]
    for part in closing(parts, dict.fromkeys(named)):
        part.kind = "boilerplate"
    _by_place(parts, title)
    _corrections(parts, title)
    return list(_cut(parts, text, flat))


# --- mastheads ----------------------------------------------------------------------------------------------------


def _mastheads(parts: list[Paragraph], text: str, title: str | None) -> None:
    """Marks the lines above the text that name the outlet, where a headline is left without them, and the paragraphs
    at the end in which that outlet speaks of itself to the reader."""
    head = list(islice((p for p in parts[: _prose_from(parts)] if p.kind in (None, "boilerplate")), 8))
    apart = [n for n, p in enumerate(parts[:1]) if _stands_apart(parts, n, text)]
    found = [
        (p, m)
        for p in head
        if p.outlet is None
        and fold(p.plain) != fold(title or "")
        and (m := masthead(p.plain, text, first=bool(apart) and p is parts[0], opens=p is parts[0]))
    ] or _above_motto(parts, head, text)
    taken = {id(p) for p, _ in found}
    named = (m.name for _, m in found)
    least = 1 if any(is_named_like_outlet(name) or is_common_title(name.split()) for name in named) else 3
    others = [p for p in head if p.kind is None and id(p) not in taken and len(p.words) > least]
    if not (title or any(_may_be_title(p, 1) for p in others) or any(p.kind == "title" for p in parts[:12])):
        return
    for part, said in found:
        part.kind, part.outlet = "dateline" if said.dated else "boilerplate", said.name
    _motto(parts, text)
    for name in dict.fromkeys(p.outlet for p in parts if p.outlet):
        for part in parts[-6:]:
            if part.kind is None and _speaks_for_itself(part, name):
                part.kind = "boilerplate"


def _issuer(parts: list[Paragraph], title: str | None) -> None:
    """Marks the lines above a release that say so and name who issues it, where a headline is left without them."""
    first = _prose_from(parts)
    head = [p for p in parts[: min(first, _HEAD)] if p.kind not in ("title", "related")]
    name, lines = issuer(head, parts[first:])
    if lines and not title and head and _ends_in_headline(head, lines):
        lines = [p for p in lines if p is not head[-1]]
    left = [p for p in head if p.kind is None and p not in lines]
    if not lines or not (title or any(_may_be_title(p, 1) and len(p.words) > 2 for p in left)):
        return
    for part in lines:
        part.kind, part.outlet = "dateline" if is_dated(part) else "boilerplate", name
    for part in parts[-_FOOT:]:
        if part.kind is None and signs_for_body(part.plain):
            part.kind = "boilerplate"


def _ends_in_headline(head: list[Paragraph], lines: list[Paragraph]) -> bool:
    """Whether the head of a release leaves no headline but its last line, that a body ends: "FIRE AT KELD HOSPITAL"."""
    others = [p for p in head if p.kind is None and p not in lines]
    return len(lines) > 1 and not others and len(head[-1].words) > _NAMED and not is_dated(head[-1])


def _headline_again(parts: list[Paragraph]) -> None:
    """What looks like a pointer to another article ("LIVE: …") is the headline where only mastheads stand above it."""
    for part in parts[:_HEAD]:
        if part.kind == "related" and not part.raw.startswith(("-", "*", "•")):
            part.kind = None
            return
        if part.kind not in ("boilerplate", "dateline") or not (part.outlet or part.kind == "dateline"):
            return


def _above_motto(parts: list[Paragraph], head: list[Paragraph], text: str) -> list[tuple[Paragraph, Masthead]]:
    """The first line above the text, where the line right below it says what kind of paper that is, or since when."""
    for name, motto in pairwise(parts[:3]):
        if name in head and describes_itself(motto.plain) and text.count("\n", name.end, motto.start) == 1:
            said = named_above(name.plain, text)
            if said and motto.kind is None:
                motto.kind = "boilerplate"
            return [(name, said)] if said else []
    return []


def _dated_names(parts: list[Paragraph], text: str, title: str | None) -> None:
    """Marks the lines above the text, and right below it, that hold names and a date and nothing else. Above the text
    a headline must be left without them, unless a word of outlets tells what such a line is."""
    first = _prose_from(parts)
    last = next((i for i in range(len(parts) - 1, -1, -1) if _is_prose(parts[i])), -1)
    head = list(islice((p for p in parts[:first] if p.kind in (None, "boilerplate", "dateline")), 8))
    found = [
        (p, b) for p in head if not p.outlet and (b := dated_names(p.plain)) and fold(p.plain) != fold(title or "")
    ]
    lines = {id(p) for p, _ in found}
    titled = title or any(_may_be_title(p, 1) and len(p.words) > 1 for p in parts[:12] if id(p) not in lines)
    found += [(p, b) for p in parts[last + 1 :][-3:] if last >= 0 and p.kind is None and (b := dated_names(p.plain))]
    for part, names in found:
        if names.outlets or part in head:
            own = named_beside_date(names, text)
            sure = any(map(is_outlet_word, own.outlets))
            if sure or (titled and part in head):
                part.kind = "byline" if own.authors or own.agencies else "dateline"
                part.outlet = next(iter(own.outlets), None)


def _stands_apart(parts: list[Paragraph], index: int, text: str) -> bool:
    """Whether a blank line parts it, or the few lines that begin with it, from a headline below."""
    last = index
    while last + 1 < len(parts) and last < index + 2 and text.count("\n", parts[last].end, parts[last + 1].start) == 1:
        last += 1
    below = parts[last + 1 : last + 3]
    gap = bool(below) and text.count("\n", parts[last].end, below[0].start) > 1
    return gap and any(p.kind is None and _may_be_title(p, 1) and len(p.words) > 3 for p in below)


def _motto(parts: list[Paragraph], text: str) -> None:
    """Marks the line right below the masthead that opens the text, if a headline stands below both."""
    above = next((n for n, p in enumerate(parts) if p.kind != "boilerplate" or p.outlet), 0)
    if len(parts) < above + 3 or not parts[above].outlet:
        return
    motto = parts[above + 1]
    below = motto.kind is None and text.count("\n", parts[above].end, motto.start) == 1
    if below and _stands_apart(parts, above, text):
        motto.kind = "boilerplate"


def _prose_from(parts: list[Paragraph]) -> int:
    """The first paragraph of prose; a headline may be a question."""
    return next((i for i, p in enumerate(parts) if _is_prose(p) and not _asks_above(parts, i)), len(parts))


def _asks_above(parts: list[Paragraph], index: int) -> bool:
    """Whether a short question stands where the headline does, and a line of names and a date below it."""
    part, below = parts[index], parts[index + 1 : index + 2]
    asks = index < _ABOVE and part.plain.endswith("?") and len(part.words) <= _QUESTION
    return asks and bool(below) and (below[0].kind in _META or dated_names(below[0].plain) is not None)


def _speaks_for_itself(part: Paragraph, name: str) -> bool:
    """Whether an outlet asks the reader for something in its own name: "The Gazette is free. Join for €4 a month."."""
    if len(part.words) > 40 or '"' in part.flat or not REPORTING.isdisjoint(part.flat.lower().split()):
        return False
    if not fold(part.plain).removeprefix("the ").startswith(fold(name).removeprefix("the ")):
        return False
    starts = (s.split(maxsplit=1)[0].lower() for s in _SENTENCES.split(part.plain)[1:] if s.strip())
    return any(s.strip("\"'(") in patterns().imperatives for s in starts)


# --- appeals ------------------------------------------------------------------------------------------------------


def _appeals(parts: list[Paragraph]) -> None:
    """A header that asks ("A message from …", "Dear readers") begins a run that goes on while the text speaks to the
    reader; one paragraph that does not is bridged. Without a word of the site in the run it is an open letter: body."""
    index = 0
    while index < len(parts):
        part = parts[index]
        if (
            part.kind not in (None, "boilerplate")
            or len(part.words) > 40
            or not patterns().appeal.fullmatch(part.plain.lower())
        ):
            index += 1
            continue
        end = _appeal_end(parts, index)
        run = parts[index:end]
        if any(patterns().site_words.search(p.flat.lower()) or CONTACT.search(p.flat) or asks(p.flat) for p in run):
            for p in run:
                p.kind = "boilerplate"
        index = end


def _appeal_end(parts: list[Paragraph], start: int) -> int:
    end = start + 1
    for index in range(start + 1, len(parts)):
        if index - end > 1:
            break
        if _goes_on_asking(parts[index]):
            end = index + 1
    return end


def _goes_on_asking(part: Paragraph) -> bool:
    if part.kind in _CHROME:
        return True
    if part.kind is not None or len(part.flat) > LONG:
        return False
    if len(part.words) <= 4 and not part.ends_sentence:
        return True
    spoken = QUOTED.sub(" ", part.flat).lower()
    return not ADDRESS.isdisjoint(w.strip(".,!?:;'()") for w in spoken.split())


# --- where it stands ----------------------------------------------------------------------------------------------


def _is_prose(part: Paragraph) -> bool:
    if part.kind is not None or HEADING.match(part.raw):
        return False
    ends = _ends(part) or part.plain.endswith((":", ",", ";"))
    return (len(part.words) >= 8 and ends) or len(part.words) > 30


def _ends(part: Paragraph) -> bool:
    """Whether it ends like a sentence, if with a credit after it."""
    return part.ends_sentence or credit_at_end(part.flat) is not None


def _by_place(parts: list[Paragraph], title: str | None) -> None:
    open_parts = [p for p in parts if p.kind is None]
    prose = [i for i, p in enumerate(parts) if _is_prose(p)]
    first = _first_body(parts, prose)
    last = prose[-1] if prose else -1
    _label_head(parts, first, title)
    _label_middle(parts, first, max(last, first))
    _label_tail(parts, max(last + 1, first))
    _label_author_boxes(parts)
    if not any(p.kind in ("body", "quote", "list") for p in parts):
        _rescue_body(open_parts, title)


def _first_body(parts: list[Paragraph], prose: list[int]) -> int:
    """The first paragraph of prose that no byline or date follows at once: those before it are the standfirst."""
    for count, index in enumerate(prose):
        if count >= 2 or len(parts[index].words) > 60 or not _meta_follows(parts, index):
            return index
    return prose[-1] if prose else len(parts)


def _meta_follows(parts: list[Paragraph], index: int) -> bool:
    following = parts[index + 1 : index + 5]
    for number, part in enumerate(following):
        if part.clock:
            return False
        if part.kind in _META:
            return any(_is_prose(p) for p in parts[index + 1 + number :][:12])
        if part.kind is None and _is_prose(part):
            return False
        if part.kind is None and read_bare_names(part.plain) and any(_is_prose(p) for p in following[number + 1 :][:1]):
            return True
    return False


def _label_head(parts: list[Paragraph], first: int, title: str | None) -> None:
    chosen = _headline(parts, first, fold(title) if title else None)
    headline = fold(parts[chosen].plain) if chosen is not None else None
    for index in range(first):
        part = parts[index]
        if part.kind is None:
            part.kind = "title" if fold(part.plain) == headline else _head_kind(parts, index, chosen)
    if headline and first < len(parts) and parts[first].kind is None and _is_about_as_long(parts[first], headline):
        parts[first].kind = "title" if fold(parts[first].flat) == headline else None


def _is_about_as_long(part: Paragraph, headline: str) -> bool:
    return len(part.flat) <= 2 * len(headline) + 20


def _headline(parts: list[Paragraph], first: int, known: str | None) -> int | None:
    """Which paragraph above the body is the headline: the one that repeats the ``known`` title, else the first that
    looks like one, a line that could be a person's name only if no other is near."""
    if known is not None:
        return next((i for i, p in enumerate(parts[: first + 1]) if fold(p.flat[:LONG]) == known), None)
    candidates = list(islice((i for i in range(first) if _may_be_title(parts[i], i)), 4))
    unlike_names = [i for i in candidates if not read_bare_names(parts[i].plain)]
    return next(iter(unlike_names or candidates), None)


def _may_be_title(part: Paragraph, index: int) -> bool:
    if part.kind == "title" or (part.kind is None and HEADING.match(part.raw)):
        return True
    if part.kind is not None or len(part.words) > 35 or len(part.flat) > 400 or _is_label(part):
        return False
    if len(part.words) == 1 and index == 0:
        return False
    full_stop = part.flat.rstrip("\"')]*_ ").endswith(".")
    return not full_stop or (len(part.words) <= 20 and _headline_case(part))


def _headline_case(part: Paragraph) -> bool:
    long = [w for w in part.words if len(w) > 3 and w[0].isalpha()]
    return len(long) > 2 and sum(1 for w in long if w[0].isupper()) > 0.7 * len(long)


def _is_label(part: Paragraph) -> bool:
    folded = part.plain.casefold().strip(" :|*_#.»›>/")
    words, sections = re.split(r"[\s|/›»·•]+", folded), mastheads().sections
    return folded in sections or all(w in sections for w in words) or not any(c.isalpha() for c in folded)


def _head_kind(parts: list[Paragraph], index: int, title: int | None) -> BlockKind:
    part = parts[index]
    if read_bare_names(part.plain) and (title is None or index > title or index == 0):
        return "byline"
    if title is not None and index > title and names_nobody(part.plain):
        return "byline"
    if is_table(parts, index):
        return "table"
    if title is not None and index > title and _is_list(parts, index):
        return "list"
    if _is_label(part) or (len(part.words) <= 2 and not part.ends_sentence):
        return "boilerplate"
    if len(part.words) >= 4 or part.ends_sentence:
        return "standfirst"
    return "boilerplate"


def _label_middle(parts: list[Paragraph], first: int, last: int) -> None:
    related = False
    for index in range(first, min(last + 1, len(parts))):
        part = parts[index]
        if part.kind is not None:
            related = part.kind == "related" or (related and part.kind in _CHROME) or _related_header(part)
            continue
        if related and not part.ends_sentence and 3 <= len(part.words) <= 20:
            part.kind = "related"
            continue
        related = False
        part.kind = _middle_kind(parts, index)


def _related_header(part: Paragraph) -> bool:
    return (
        part.kind == "boilerplate"
        and len(part.words) <= 4
        and bool(re.match(r"\W*(related|recommended|more|most|read|see|latest|top|you)", part.flat, re.I))
    )


def _middle_kind(parts: list[Paragraph], index: int) -> BlockKind:
    part = parts[index]
    if part.raw.startswith(">") or part.hint == "quote" or _all_quoted(parts, index):
        return "quote"
    if part.hint == "list" or _is_list(parts, index):
        return "list"
    if is_table(parts, index):
        return "table"
    if _SIGNATURE.match(part.raw):
        return "list" if _has_dashed_neighbour(parts, index) else "credit"
    return "title" if _cross_heading(parts, index) else "body"


def _all_quoted(parts: list[Paragraph], index: int) -> bool:
    """One quotation and nothing else; if scraping lost its opening mark, the paragraph before must announce it."""
    flat = parts[index].plain.strip("*_ ")
    marks = flat.count('"')
    if not flat.rstrip(".").endswith('"'):
        return False
    return (marks == 2 and flat.startswith('"')) or (
        marks == 1 and index > 0 and parts[index - 1].plain.endswith((",", ":"))
    )


def _is_list(parts: list[Paragraph], index: int) -> bool:
    if not _BULLET.match(parts[index].raw):
        return False
    return parts[index].raw[0] in "•‣◦▪●" or any(
        0 <= i < len(parts) and _BULLET.match(parts[i].raw) for i in (index - 1, index + 1)
    )


def _has_dashed_neighbour(parts: list[Paragraph], index: int) -> bool:
    return any(0 <= i < len(parts) and _SIGNATURE.match(parts[i].raw) for i in (index - 1, index + 1))


def _cross_heading(parts: list[Paragraph], index: int) -> bool:
    part = parts[index]
    if HEADING.match(part.raw):
        return True
    before = parts[index - 1].flat.rstrip()[-1:] if index else "."
    return (
        len(part.words) <= 8
        and part.flat[:1] not in "\"'"
        and part.flat[:1] == part.flat[:1].upper()
        and part.plain[-1:] not in ".!…\"',;-"
        and not part.ends_sentence | part.plain.endswith(":")
        and before not in ":,-"
        and index + 1 < len(parts)
        and parts[index + 1].kind is None
        and (_is_prose(parts[index + 1]) or _is_list(parts, index + 1))
    )


def _label_tail(parts: list[Paragraph], start: int) -> None:
    """After the last prose: sentences are body, names a byline, and bare words chrome; headlines after chrome point
    to other articles, questions too below a line that announces them."""
    after_chrome = pointing = False
    for index in range(start, len(parts)):
        part = parts[index]
        if part.kind is None and pointing and part.plain.endswith("?") and len(part.words) <= _QUESTION:
            part.kind = "related"
        if part.kind is None:
            part.kind = _tail_kind(parts, index, after_chrome)
        pointing = _related_header(part) or (pointing and part.kind == "related")
        after_chrome = after_chrome or part.kind in _CHROME


def _tail_kind(parts: list[Paragraph], index: int, after_chrome: bool) -> BlockKind:
    part = parts[index]
    if _is_list(parts, index) and not after_chrome:
        return "list"
    if _all_quoted(parts, index):
        return "quote"
    if _ends(part) or part.flat.rstrip()[-1:] in '",;:':
        return "body"
    if (
        not after_chrome
        and index > 0
        and parts[index - 1].kind == "body"
        and "(@" not in part.plain  # who wrote the post above, and when
        and read_bare_names(part.plain.lstrip("—–- "))
    ):
        return "byline"
    if after_chrome:
        return "related" if len(part.words) >= 4 else "boilerplate"
    return "boilerplate" if len(part.words) <= 5 else "body"


def _label_author_boxes(parts: list[Paragraph]) -> None:
    """Lines about the writer that end the body: an author of the byline, and what reporters do or how to reach them."""
    names = {name for p in parts if p.kind == "byline" and (b := names_of(p.plain)) for name in b.authors}
    body = [p for p in parts if p.kind == "body"]
    for part in reversed(body[-2:] if len(body) > 2 else body[1:]):
        by_name = any(part.plain.lstrip("*_—- ").startswith(name) for name in names)
        if len(part.words) > 60 or not by_name or not patterns().author_box.search(part.plain.lower()):
            return
        part.kind = "boilerplate"


def _rescue_body(open_parts: list[Paragraph], title: str | None) -> None:
    """A text of a few words has no prose to go by: its last sentence, else its last line, is body."""
    candidates = [p for p in open_parts if not (title and p.kind == "title")]
    sentences = [p for p in candidates if p.ends_sentence or len(p.words) > 12]
    for part in (sentences or candidates)[-1:]:
        part.kind = "body"


# --- notices under a heading of their own ------------------------------------------------------------------------


def _notices(parts: list[Paragraph], text: str) -> None:
    """The heading of a page of notices is its headline, whatever stands above it: a masthead, a date."""
    heading = next((p for p in parts[:_ABOVE] if _heads_corrections(p.plain)), None)
    if heading is None or any(map(_is_prose, takewhile(lambda part: part is not heading, parts))):
        return
    said = masthead(heading.plain, text)
    heading.kind, heading.outlet = "title", said.name if said else None


def _corrections(parts: list[Paragraph], title: str | None) -> None:
    """What stands below "Corrections and clarifications" takes something back: to the end where that is the headline,
    else to the next heading."""
    whole = _heads_corrections(title or "")
    below = whole
    for part in parts:
        if part.kind in _HEADINGS and _heads_corrections(part.plain):
            whole = whole or (part.kind == "title" and not below and not _told_before(parts, part))
            below = True
        elif part.kind == "title":
            below = whole
        elif below and part.kind in _TOLD:
            part.kind = "correction"


def _heads_corrections(line: str) -> bool:
    return len(line) <= _LONGEST_HEADING and patterns().correction_heading.fullmatch(line.lower()) is not None


def _told_before(parts: list[Paragraph], heading: Paragraph) -> bool:
    return any(p.kind in _TOLD for p in parts if p.start < heading.start)


# --- datelines and credits in the line of a sentence --------------------------------------------------------------


def _cut(parts: list[Paragraph], text: str, flat: str) -> list[Paragraph]:
    done: list[Paragraph] = []
    opening, seen = True, 0
    for part in parts:
        if part.kind not in ("body", "standfirst"):
            done.append(part)
            continue
        seen += 1
        end = dateline(part.flat) if opening or (seen <= 3 and _AGENCY_SENT.match(part.flat)) else None
        opening = opening and part.kind == "standfirst"
        begin = credit_at_end(part.flat)
        if not end and not begin and part.plain:
            done.append(part)
            continue
        cuts: tuple[tuple[int, int, BlockKind], ...] = (
            (0, end or 0, "dateline"),
            (end or 0, begin or len(part.flat), part.kind),
            (begin or len(part.flat), len(part.flat), "credit"),
        )
        for a, b, kind in cuts:
            if part.flat[a:b].strip():
                piece = paragraph(text, flat, part.start + a, part.start + b)
                piece.kind, piece.hint, piece.path = kind, part.hint, part.path
                done.append(piece)
    return done
