"""Which news agencies an article credits, in which words, and in which place.

A name alone is no credit: in running text it needs a cue beside it ("told AFP", "Reuters reported"). Agencies that no
list knows are found by what the text calls them ("told the Tarnov news agency", a dateline's "(NWS)").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from variorum.ingest.bylines import find_byline, read_bare_names
from variorum.ingest.datelines import names_in
from variorum.ingest.paragraphs import Paragraph
from variorum.ingest.words import AgencyNames, agencies
from variorum.model import Credit, CreditPlace, Span

_CAPITALISED: Final = re.compile(r"(?<![\w@#/.])(?:[A-Z\u00c0-\u00de][\w.]*\w|dpa\b)")
_BRACKETED: Final = re.compile(r"\(([^()]{2,60})\)")
_INITIALS: Final = re.compile(r"\b[A-Z]{2,6}\b")
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
    if "gency" in flat or "ervice" in flat or "wire" in flat:
        for name, span in _called_agencies(flat, names):
            yield _credit(name, part, span, lead)


def _known_names(flat: str, names: AgencyNames) -> Iterator[tuple[str, int]]:
    """Every name of a known agency with where it begins."""
    if names.by_first_word.keys().isdisjoint(_CAPITALISED.findall(flat)):
        return
    for match in _CAPITALISED.finditer(flat):
        for name in names.by_first_word.get(match[0], ()):
            if _stands(flat, name, match.start()):
                yield name, match.start()
                break


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
        return bool(cue and cue[0].lower().startswith(("told", "according", "citing", "reported by", "quoted by")))
    return bool(names.before.search(before) or names.after.match(flat, end) or _in_brackets(flat, begin, end))


def _in_brackets(flat: str, begin: int, end: int) -> bool:
    return flat[begin - 1 : begin] == "(" and flat[end : end + 1] == ")"


def _called_agencies(flat: str, names: AgencyNames) -> Iterator[tuple[str, Span]]:
    """ "the Tarnov news agency", "news agency Tarnov", "the Northern Press Agency"."""
    for match in names.called_after.finditer(flat):
        if not any(match[1].startswith(n) for n in names.by_name):
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
    place: CreditPlace = {"byline": "byline", "dateline": "dateline", "caption": "caption"}.get(
        part.kind or "", "credit"
    )  # type: ignore[assignment]
    names, taken = agencies(), 0
    spans: list[tuple[str, Span]] = []
    for name, begin in _known_names(part.flat, names):
        if begin >= taken and not (place == "caption" and names.by_name[name].loose):
            taken = begin + len(name)
            spans.append((names.by_name[name].name, (begin, taken)))
    spans += _unknown(part, spans)
    for name, span in sorted(spans, key=lambda s: s[1]):
        yield Credit(name, (part.start + span[0], part.start + span[1]), place)


def _unknown(part: Paragraph, known: list[tuple[str, Span]]) -> Iterator[tuple[str, Span]]:
    covered = [span for _, span in known]

    def free(span: Span) -> bool:
        return not any(a < span[1] and span[0] < b for a, b in covered)

    if part.kind == "byline":
        byline = find_byline(part.flat) or read_bare_names(part.flat)
        for name, span in byline.agencies if byline else ():
            if free(span):
                yield name, span
    elif part.kind in ("dateline", "credit"):
        bracketed = list(_BRACKETED.finditer(part.flat))
        for match in bracketed:
            for name in names_in(match[1]):
                span = (match.start(1) + match[1].index(name), match.start(1) + match[1].index(name) + len(name))
                if free(span):
                    yield name, span
        bare = part.flat.strip("()[]—–- .")
        if part.kind == "credit" and not bracketed and _INITIALS.fullmatch(bare):
            start = part.flat.index(bare)
            if free((start, start + len(bare))):
                yield bare, (start, start + len(bare))
        yield from (c for c in _called_agencies(part.flat, agencies()) if free(c[1]))


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
