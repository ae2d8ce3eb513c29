"""Titles and roles beside a name: before it, in front of a comma, and in apposition behind it."""

from __future__ import annotations

from typing import Final

from variorum.annotate.entities.evidence import CERTAIN, STRONG
from variorum.annotate.entities.occurrence import (
    HYPHENS,
    JOINED_BY_OF,
    LONGEST,
    NUMERIC,
    OPENING,
    OWNS,
    Found,
    country_size,
)
from variorum.annotate.names import lore, plain
from variorum.annotate.tokens import Doc, Token

_FINITE: Final = frozenset({"VBD", "VBZ", "VBP", "MD"})
_PHRASE: Final = frozenset({"NOUN", "PROPN", "ADJ", "DET", "ADP", "CCONJ"})


def titled_before(doc: Doc, first: int, last: int) -> bool:
    """Whether a role stands right before: "governor Volodymyr ...", "President of Ukraine Volodymyr ..."."""
    table = lore()
    if first == 0 or doc[first - 1].lower_ not in table.roles or doc[first - 1].text[0].isupper():
        return False
    key = plain(doc[first:last].text)
    labels = {t.ent_type_ for t in doc[first:last]}
    return key not in table.known and not country_size(doc, first, last) and not labels & {"GPE", "LOC", "FAC"}


def role_start(doc: Doc, name: int) -> int:
    """The first token of the role that ends before token ``name``: nouns, adjectives and names without a break."""
    i = name
    while i > 0 and name - i < LONGEST:
        token = doc[i - 1]
        inner = (
            (token.pos_ in ("NOUN", "PROPN", "ADJ") and not _plural(token, doc[i if i < len(doc) else i - 1]))
            or token.text in HYPHENS
            or token.lower_ in lore().titles
            or token.lower_ in lore().qualifying
        )
        if not inner or token.ent_type_ in NUMERIC or token.text in OPENING or token.is_space:
            break
        if token.is_punct and token.text not in HYPHENS:
            break
        i -= 1
    return _owned_by_country(doc, i)


def _plural(token: Token, following: Token) -> bool:
    """Whether a noun is a plural that no title has: "two officials Smith", but not "Fisheries Minister"."""
    title = token.text[0].isupper() and following.text[0].isupper()
    return token.tag_ == "NNS" and not title and token.lower_ not in lore().offices


def _owned_by_country(doc: Doc, i: int) -> int:
    """Where the country stands that the role before ``i`` belongs to: "Japan's foreign minister"."""
    if i < 2 or doc[i - 1].text not in OWNS:
        return i
    return next((k for k in range(max(0, i - 5), i - 1) if country_size(doc, k, i - 1) == i - 1 - k), i)


def take_title(found: Found, doc: Doc, start: int, name: int) -> None:
    """Takes the words from ``start`` to ``name`` for the form of address and the role of who is named there."""
    words = doc[start:name]
    while len(words) and (words[0].text in HYPHENS or words[0].is_punct):
        words = words[1:]
    if not len(words):
        return
    table, last = lore(), words[-1].lower_
    if last in table.titles and last not in table.roles:
        found.address = last
        words = words[:-1]
    found.votes["person"] += CERTAIN
    found.firm = True
    if len(words) and any(t.lower_ in table.roles for t in words):
        found.take_role(doc, words.start, words.end)


def take_fronted(found: Found, doc: Doc) -> None:
    """The role before the name, behind a comma: "the line's chief executive, Anna Smith, said"."""
    if found.first < 2 or doc[found.first - 1].text != ",":
        return
    head = _fronted_head(doc, found.first, found.last)
    if head is None:
        return
    found.take_role(doc, role_start(doc, head + 1), found.first - 1)
    found.votes["person"] += STRONG


def _fronted_head(doc: Doc, first: int, last: int) -> int | None:
    """The role noun to which the name is in apposition: the parser says so, or a verb follows at once."""
    roles = lore().roles
    above = doc[first:last].root.head
    if (
        doc[first:last].root.dep_ == "appos"
        and above.i < first
        and above.lower_ in roles
        and _unbroken(doc, above.i, first)
    ):
        return above.i
    after = last + 1 if last < len(doc) and doc[last].text == "," else last
    if after >= len(doc) or doc[after].pos_ not in ("VERB", "AUX"):
        return None
    for i in range(first - 2, max(-1, first - 2 - LONGEST), -1):
        if (
            doc[i].text[0].islower()
            and doc[i].lower_ in roles
            and (i == first - 2 or doc[i + 1].lower_ in JOINED_BY_OF)
        ):
            return i if _unbroken(doc, i, first) else None
    return None


def _unbroken(doc: Doc, head: int, first: int) -> bool:
    """Whether only "of ..." stands between a role noun and the comma before the name."""
    inner = doc[head + 1 : first - 1]
    return first - head <= LONGEST and all(t.pos_ in _PHRASE or t.text in (*OWNS, *HYPHENS) for t in inner)


def take_apposition(found: Found, doc: Doc) -> None:
    """The role behind the name: "Anna Smith, 41, a spokeswoman for the port, said"."""
    i = found.last
    if i >= len(doc) or doc[i].text != ",":
        return
    i += 1
    if i + 1 < len(doc) and doc[i].like_num and doc[i + 1].text == ",":
        i += 2
    while i < len(doc) and doc[i].lower_ in ("the", "a", "an", "its", "his", "her", "their"):
        i += 1
    head = _role_head(doc, i)
    if head is None:
        return
    end = _phrase_end(doc, head + 1)
    # An apposition is set off on both sides: "… in Velm, the city's prosecutor said" tells who said it.
    if end >= len(doc) or doc[end].tag_ not in _FINITE:
        found.take_role(doc, i, end)
        found.votes["person"] += STRONG


def _role_head(doc: Doc, start: int) -> int | None:
    """The role noun that heads the noun phrase from ``start`` on, unless it is the title of another name."""
    for i in range(start, min(start + LONGEST, len(doc))):
        token = doc[i]
        if token.lower_ in lore().roles:
            following = doc[i + 1] if i + 1 < len(doc) else None
            if following is None or (following.pos_ not in ("NOUN", "PROPN") and following.text not in HYPHENS):
                return i
        elif token.pos_ not in ("NOUN", "PROPN", "ADJ") and token.text not in (*OWNS, *HYPHENS, "and"):
            return None
    return None


def _phrase_end(doc: Doc, i: int) -> int:
    """The end of the "of ...", "for ...", "at ..." that follows a role noun at ``i - 1``."""
    if i >= len(doc) or doc[i].lower_ not in ("of", "for", "to"):
        return i
    end = i
    while end < len(doc) and end - i < LONGEST and (doc[end].pos_ in _PHRASE or doc[end].text in (*OWNS, *HYPHENS)):
        end += 1
    while end > i and doc[end - 1].pos_ in ("DET", "ADP", "CCONJ", "ADJ"):
        end -= 1
    return end
