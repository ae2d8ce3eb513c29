"""Which news agencies an article credits, in which words, and in which place.

A name alone is no credit: in running text it needs a cue beside it ("told AFP", "Reuters reported"). Agencies that no
list knows are found by what the text calls them ("told the Tarnov news agency", a dateline's "(NWS)").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from variorum.ingest.bylines import names_of
from variorum.ingest.datelines import names_in, wires_in
from variorum.ingest.paragraphs import Paragraph
from variorum.ingest.wording import has_any
from variorum.ingest.words import AgencyNames, agencies, mastheads, patterns
from variorum.model import Credit, CreditPlace, Span

_CAPITALISED: Final = re.compile(r"(?<![\w@#/.])(?:[A-Z\u00c0-\u00de][\w.]*\w|dpa\b)")
_SURNAME_ENDS: Final = ("gency", "ervice", "wire", "Wire", "Bureau")  # of the names of agencies that no list knows
_PASSED_ON: Final = ("told", "according", "citing", "reported by", "quoted by")
_CAPITALS: Final = re.compile(r"[A-Z\u00c0-\u00de][\w.]*\w")  # wider than the one above, and three times as fast
_BRACKETED: Final = re.compile(r"\(([^()]{2,60})\)")
_SLASHED: Final = re.compile(r"/([A-Z][^/()]{1,40})/")
_INITIALS: Final = re.compile(r"\b[A-Z]{2,6}\b")
_SENT_IN: Final = re.compile(r"(?:[,:/&(]|\b(?:by|from|and))\s?([A-Z]{3,6})(?=\)?\.?\s*(?:[,/&]|\band\b|\Z))")
_HANDED_IN: Final = re.compile(  # before the names of those whose material went in; those who edit are no agencies
    r"\W*(?:with )?(?:additional |further |extra )?(?:reporting|reports?|inputs?|files|material|agenc(?:y|ies))"
    r"(?= by| from|\s?:)(?!.*\bedit)",
    re.I,
)
_SENTENCE_END: Final = re.compile(r"[.!?][\"')]*\s+(?=[\"'(]?[A-Z])")
_NO_NAME: Final = re.compile(  # "the Russian news agency", "a local news agency": not its name
    r"\w+(?:ian|ese|ish|ean|ican)|(?:state|the|an?|local|official|another|this|its|his|our|national|international)",
    re.I,
)
_COMPANY: Final = re.compile(r"\s+(?:Foundation|Institute|Corp|Inc|Plc|PLC|Holdings|Group|building|headquarters)\b")


def credits_of(parts: Sequence[Paragraph]) -> tuple[Credit, ...]:
    """Every credit of the article, in order of the text, each agency under one name."""
    found: list[Credit] = []
    lead_open = True
    for part in parts:
        if part.kind in ("boilerplate", "related", "title", "table"):
            continue
        if part.kind in ("body", "quote", "list", "standfirst", "correction"):
            lead = _lead_end(part) if lead_open and part.kind == "body" else 0
            lead_open = lead_open and part.kind != "body"
            found += _running(part, lead)
        else:
            found += _labelled(part)
    return _one_name_each(found, parts)


def short_name(name: str) -> str:
    """The short form the field uses for an agency, or ``name`` for one that no list knows."""
    known = agencies().by_name.get(name.removeprefix("the "))
    return known.name if known else name


def _lead_end(part: Paragraph) -> int:
    for match in _SENTENCE_END.finditer(part.flat):
        if match.start() > 40:  # not the end of "Gen." or "U.S."
            return part.start + match.start()
    return part.end


def _running(part: Paragraph, lead: int) -> Iterator[Credit]:
    flat, names = part.flat, agencies()
    taken = 0
    for name, begin in _known_names(flat, names):
        if begin >= taken and _is_credit(flat, begin, begin + len(name), name, names):
            taken = begin + len(name)
            yield _credit(names.by_name[name].name, part, (begin, taken), lead)
    if has_any(flat, _SURNAME_ENDS):
        for name, span in (*_called_agencies(flat, names), *_surnamed(flat, names, named_only=False)):
            yield _credit(name, part, span, lead)


def _surnamed(flat: str, names: AgencyNames, *, named_only: bool) -> Iterator[tuple[str, Span]]:
    """Agencies that no list knows, by the last word of their names ("Northern Wire"): in running text they need a cue
    that only agencies have, as companies are called so too."""
    for match in names.surnamed.finditer(flat):
        start = match.start() + 4 * match[0].startswith("The ")
        name, end = flat[start : match.end()], match.end()
        if " " not in name or name in names.by_name or any(name.startswith(n + " ") for n in names.by_name):
            continue
        if named_only or _only_agencies_are(flat, start, end, names):
            yield name, (start, end)


def _only_agencies_are(flat: str, start: int, end: int, names: AgencyNames) -> bool:
    """Whether the words beside a name are those that only an agency has."""
    before = flat[max(0, start - 70) : start]
    cue, after = names.before.search(before), names.after.match(flat, end)
    return bool(
        (cue and cue[0].lower().startswith(_PASSED_ON))
        or (after and "report" in after[0])
        or names.noun_after.match(flat, end)
        or names.noun_before.search(before)
        or _in_brackets(flat, start, end)
    )


def _known_names(flat: str, names: AgencyNames) -> Iterator[tuple[str, int]]:
    """Every name of a known agency with where it begins."""
    if names.by_first_word.keys().isdisjoint(_CAPITALS.findall(flat)) and "dpa" not in flat:
        return
    for match in _CAPITALISED.finditer(flat):
        for name in names.by_first_word.get(match[0], ()):
            if _stands(flat, name, match.start()):
                yield _with_article(flat, name, match.start(), names)
                break


def _with_article(flat: str, name: str, begin: int, names: AgencyNames) -> tuple[str, int]:
    """The name with the "The" that belongs to it."""
    full = f"The {name}"
    return (full, begin - 4) if full in names.by_name and flat.startswith("The ", max(0, begin - 4)) else (name, begin)


def _stands(flat: str, name: str, begin: int) -> bool:
    end = begin + len(name)
    return flat.startswith(name, begin) and not (flat[end : end + 1].isalnum() or flat[end : end + 2] == "'t")


def _is_credit(flat: str, begin: int, end: int, name: str, names: AgencyNames) -> bool:
    if _COMPANY.match(flat, end):
        return False
    before = flat[max(0, begin - 70) : begin]
    if names.noun_after.match(flat, end) or names.noun_before.search(before):
        return True
    if names.by_name[name].loose and " " not in name:
        cue = names.before.search(before)
        return bool(cue and cue[0].lower().startswith(_PASSED_ON)) and not _in_longer_name(flat, begin, end)
    return bool(names.before.search(before) or names.after.match(flat, end) or _in_brackets(flat, begin, end))


def _in_longer_name(flat: str, begin: int, end: int) -> bool:
    """Whether capitalised words beside it make a name with it: "Petra" in "Petra Lund"."""
    if re.match(r"[ -][A-Z]\w", flat[end : end + 3]):
        return True
    before = re.search(r"([A-Z]\w*)[ -]\Z", flat[max(0, begin - 30) : begin])
    small = mastheads().common | frozenset(mastheads().openers)
    return before is not None and before[1].casefold() not in small


def _in_brackets(flat: str, begin: int, end: int) -> bool:
    return flat[begin - 1 : begin] == "(" and flat[end : end + 1] == ")"


def _called_agencies(flat: str, names: AgencyNames) -> Iterator[tuple[str, Span]]:
    """ "the Tarnov news agency", "news agency Tarnov", "the Northern Press Agency"."""
    for match in names.called_after.finditer(flat):
        day = match[1].split()[0].casefold() in mastheads().common  # "left the agency Tuesday"
        if not day and not any(match[1].startswith(n) for n in names.by_name):
            yield match[1], match.span(1)
    for match in names.called_before.finditer(flat):
        own = match[1].strip().removeprefix("The ")
        start = (
            match.start() + len(match[1]) - len(match[1].lstrip("The "))
            if match[1].startswith("The ")
            else match.start()
        )
        if own in names.by_name or f"{own} {match[2]}" in names.by_name or _NO_NAME.fullmatch(own):
            continue
        proper = match[2][0].isupper() and not own.isupper()
        yield (f"{own} {match[2]}" if proper else own), (start, match.end() if proper else start + len(own))


def _credit(name: str, part: Paragraph, span: Span, lead: int) -> Credit:
    start, end = part.start + span[0], part.start + span[1]
    place: CreditPlace = "lead" if end <= lead else "body"
    return Credit(name, (start, end), place)


def _labelled(part: Paragraph) -> Iterator[Credit]:
    """Names in bylines, datelines, credit lines and captions need no cue."""
    place = _place_of(part)
    names, taken = agencies(), 0
    spans: list[tuple[str, Span]] = []
    for name, begin in _known_names(part.flat, names):
        loose = names.by_name[name].loose
        if begin >= taken and not (
            loose and (place == "caption" or _in_longer_name(part.flat, begin, begin + len(name)))
        ):
            taken = begin + len(name)
            spans.append((names.by_name[name].name, (begin, taken)))
    spans += _unknown(part, spans)
    for name, span in sorted(spans, key=lambda s: s[1]):
        yield Credit(name, (part.start + span[0], part.start + span[1]), place)


def _place_of(part: Paragraph) -> CreditPlace:
    """Where a labelled block stands; a line that credits a picture covers no words of the text."""
    if part.kind == "byline":
        return "byline"
    if part.kind == "dateline":
        return "dateline"
    return "caption" if part.kind == "caption" or patterns().caption_start.match(part.plain.lower()) else "credit"


def _unknown(part: Paragraph, known: list[tuple[str, Span]]) -> Iterator[tuple[str, Span]]:
    """Names of agencies that no list knows, where a line of names has them."""
    taken = [span for _, span in known]
    for name, span in _unlisted(part):
        if not any(a < span[1] and span[0] < b for a, b in taken):
            taken.append(span)
            yield name, span


def _unlisted(part: Paragraph) -> Iterator[tuple[str, Span]]:
    if part.kind == "byline":
        byline = names_of(part.flat)
        yield from byline.agencies if byline else ()
    elif part.kind in ("dateline", "credit"):
        bracketed = list(_BRACKETED.finditer(part.flat)) or list(_SLASHED.finditer(part.flat))
        for match in bracketed:
            for name in wires_in(match[1]) if part.kind == "dateline" else names_in(match[1]):
                start = match.start(1) + match[1].index(name)
                yield name, (start, start + len(name))
        yield from _bare_initials(part.flat) if part.kind == "credit" and not bracketed else ()
        yield from _called_agencies(part.flat, agencies())
        yield from _surnamed(part.flat, agencies(), named_only=True)


def _bare_initials(flat: str) -> Iterator[tuple[str, Span]]:
    """ "— NWS" and "Additional reporting: Alder Post, NWS"."""
    bare = flat.strip("()[]—–- .")
    if _INITIALS.fullmatch(bare):
        start = flat.index(bare)
        yield bare, (start, start + len(bare))
    elif handed := _HANDED_IN.match(flat):
        yield from ((m[1], m.span(1)) for m in _SENT_IN.finditer(flat, handed.end()) if names_in(m[1]))


def _one_name_each(found: list[Credit], parts: Sequence[Paragraph]) -> tuple[Credit, ...]:
    """Initials and the long name that they shorten are one agency, under the initials."""
    initials = {c.agency for c in found if c.agency.isupper() and len(c.agency) >= 2}
    short: dict[str, str] = {}
    for credit in found:
        letters = "".join(w[0] for w in credit.agency.split() if w[0].isupper())
        if " " in credit.agency and letters in initials and credit.agency not in agencies().by_name:
            short[credit.agency] = letters
        elif " " in credit.agency and credit.agency not in agencies().by_name:
            short.update(_introduced(credit, parts))
    renamed = [Credit(short.get(c.agency, c.agency), c.span, c.place) for c in found]
    return tuple(sorted(dict.fromkeys(renamed), key=lambda c: c.span))


def _introduced(credit: Credit, parts: Sequence[Paragraph]) -> dict[str, str]:
    for part in parts:
        if part.start <= credit.span[0] < part.end:
            match = re.match(r"(?:\s+\w+){0,2}\s*\(([A-Z]{2,6})\)", part.flat[credit.span[1] - part.start :])
            return {credit.agency: match[1]} if match else {}
    return {}
