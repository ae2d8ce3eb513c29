"""Finds the names in a parsed article: runs of capitalised words, cut where titles, countries and marks end a name,
with the evidence for the kind of thing that each names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import Final

from variorum.annotate.entities.evidence import CERTAIN, FAIR, LABEL, STRONG, beside, is_agency_name
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
from variorum.annotate.entities.titles import role_start, take_apposition, take_fronted, take_title, titled_before
from variorum.annotate.lexicon import lexicon
from variorum.annotate.names import lore, plain
from variorum.annotate.tokens import Doc, Token
from variorum.model import Block, EntityKind

_KIND_OF_LABEL: Final[dict[str, EntityKind]] = {
    "PERSON": "person", "ORG": "organisation", "GPE": "place", "LOC": "place", "FAC": "place", "PRODUCT": "product",
    "EVENT": "event", "LAW": "law", "WORK_OF_ART": "other",
}  # fmt: skip
_NO_NAME: Final = frozenset(
    {"DET", "PRON", "AUX", "CCONJ", "SCONJ", "ADP", "PUNCT", "PART", "SPACE", "SYM", "INTJ", "NUM"}
)
_CLOSING: Final = frozenset("\"”“»’')")
_THE: Final = frozenset({"the"})
_GLUED: Final = re.compile(r"[:;\"“”?!]")
_DESIGNATION: Final = r"[A-Z][A-Za-z]{0,4}-\d{1,4}[A-Z]?(?: [A-Z][a-z]{2,})?"
_MOST_SPELLINGS: Final = 2_000  #: beyond that a text is a list of names, and a title repeats none worth finding
_CAPITALISED: Final = re.compile(r"(?<!\w)[^\W\d_a-z]\w+")
_SMALL: Final = re.compile(r"(?<!\w)[a-z]\w+")
_VERBS: Final = frozenset({"VERB", "AUX"})
_NO_TITLE: Final = -1  #: for a name inside a title: no role of its own
_PARTY_TAG: Final = re.compile(r"[RDI]-[A-Z][A-Za-z.]{1,6}")  #: "R-N.Y." behind an American politician


def find_names(docs: Sequence[tuple[Block, Doc]]) -> list[Found]:
    """Every name in the docs, in order. Names that the pipeline leaves unmarked, and all in headline case, are
    kept only when the same words are a name elsewhere in the docs."""
    sure: list[Found] = []
    doubtful: list[Found] = []
    shouted: list[Found] = []
    for index, (block, doc) in enumerate(docs):
        headline = _headline(doc)
        for first, last in _runs(doc):
            for found in _names_in(doc, first, last, index, block.span[0]):
                (shouted if headline else sure if found.firm else doubtful).append(found)
    known = {found.key for found in sure} | {found.key.split()[-1] for found in sure if " " in found.key}
    kept = [f for f in doubtful if f.key in known or _listed(f)]
    shouted += _shouts(docs, known, {(f.doc, i) for f in shouted for i in range(f.first, f.last)})
    for found in shouted:
        kept += [found] if found.key in known or _listed(found) else _known_part(found, docs, known)
    named = [_numbered(_trimmed(f, docs, known), docs, known) for f in [*sure, *kept]]
    return sorted([*named, *_openings(docs, named)], key=lambda f: (f.doc, f.first))


def _shouts(docs: Sequence[tuple[Block, Doc]], known: set[str], taken: set[tuple[int, int]]) -> Iterator[Found]:
    """Words of headlines in capitals throughout that the tagger takes for common ones and that are names elsewhere."""
    for index, (block, doc) in enumerate(docs):
        if not doc.text.isupper():
            continue
        for token in doc:
            if token.lower_ in known and (index, token.i) not in taken and token.lower_ not in _heads():
                start = block.span[0] + token.idx
                yield Found(index, token.i, token.i + 1, (start, start + len(token)), token.text)


def _known_part(found: Found, docs: Sequence[tuple[Block, Doc]], known: set[str]) -> Iterator[Found]:
    """The longest part of a headline's capitals that is a name elsewhere: "Strand Shuts Tunnel"."""
    block, doc = docs[found.doc]
    size = found.last - found.first
    parts = ((a, a + n) for n in range(min(4, size - 1), 0, -1) for a in range(found.first, found.last - n + 1))
    for first, last in parts:
        words = doc[first:last].text
        if plain(words) in known and plain(words) not in _heads() and plain(words) not in lore().never:
            start = block.span[0] + doc[first].idx
            yield replace(found, first=first, last=last, span=(start, start + len(words)), text=words)
            return


def _openings(docs: Sequence[tuple[Block, Doc]], named: Sequence[Found]) -> Iterator[Found]:
    """Names that the tagger takes for common words because a sentence opens with them: a single name found elsewhere,
    or the end of a longer one with a verb behind it – unless the article has that word in small letters too and
    nobody speaks ("Waters said", but "Waters rose")."""
    taken = {docs[f.doc][0].span[0] + docs[f.doc][1][i].idx for f in named for i in range(f.first, f.last)}
    single = {f.text for f in named if " " not in f.text and f.text.isalpha()}
    ends = {f.text.split()[-1] for f in named if " " in f.text}
    wanted = {w for w in single | ends if w.lower() not in lore().never and w.lower() not in _heads()}
    small: set[str] = set()  # the words in small letters, read when they are first asked for
    for index, (block, doc) in enumerate(docs):
        begins = [m.start() for m in _CAPITALISED.finditer(doc.text) if m[0] in wanted]
        begins = [at for at in begins if block.span[0] + at not in taken]
        tokens = {token.idx: token for token in doc} if begins else {}
        for token in filter(None, map(tokens.get, begins)):
            if token.text not in wanted or token.i + 1 == len(doc) or not _opens(token):
                continue
            after = token.nbor(1)
            if after.lemma_ not in lexicon().verbs:
                small = small or {t for _, other in docs for t in _SMALL.findall(other.text)}
                if token.lower_ in small or not (token.text in single or after.pos_ in _VERBS):
                    continue
            start = block.span[0] + token.idx
            yield Found(index, token.i, token.i + 1, (start, start + len(token)), token.text, firm=True)


@cache
def _heads() -> frozenset[str]:
    table = lore()
    return table.organisations | table.places | table.events | table.laws | table.roles | table.titles


def _numbered(found: Found, docs: Sequence[tuple[Block, Doc]], known: set[str]) -> Found:
    """The name with the number behind it that belongs to it elsewhere: "the Wolverine 3 is used"."""
    block, doc = docs[found.doc]
    if found.last >= len(doc) or not doc[found.last].text.isdigit():
        return found
    text = f"{found.text} {doc[found.last].text}"
    end = found.span[0] + len(text)
    if plain(text) not in known or doc.text[found.span[0] - block.span[0] : end - block.span[0]] != text:
        return found
    return replace(found, last=found.last + 1, span=(found.span[0], end), text=text)


def find_repeated(text: str, blocks: Sequence[Block], known: Mapping[str, Found]) -> Iterator[Found]:
    """Names in blocks that are never parsed (title, caption, credit …): those of ``known``, keyed by spelling, that
    occur again, and designations ("KR-19"), which need no parse."""
    spellings = [s for s in known if (len(s) > 3 or s.isupper()) and s.casefold() not in lore().never]
    told = "\n".join(text[slice(*block.span)] for block in blocks)
    # A pattern of all names takes longer to make than all else that is done with it.
    spelt = sorted((s for s in spellings[:_MOST_SPELLINGS] if s in told), key=len, reverse=True)
    either = "|".join([*map(re.escape, spelt), _DESIGNATION])
    pattern = re.compile(rf"(?<!\w)(?:{either})(?!\w)")
    for block in blocks:
        for match in pattern.finditer(text, *block.span):
            twin = known.get(match[0])
            votes: Counter[EntityKind] = Counter(twin.votes if twin else {"product": STRONG})
            found = Found(-1, 0, 0, match.span(), match[0], firm=True, votes=votes)
            if twin:
                found.labels, found.heads = Counter(twin.labels), Counter(twin.heads)
            yield found


def find_laws(text: str, blocks: Sequence[Block]) -> Iterator[Found]:
    """Laws that bear a number ("Law No. 12", "Act 7 of 1998", "Directive 2004/38"), in blocks of any kind."""
    pattern = _numbered_law()
    for block in blocks:
        for match in pattern.finditer(text, *block.span):
            yield Found(-1, 0, 0, match.span(), match[0], firm=True, votes=Counter({"law": 2 * CERTAIN}))


@cache
def _numbered_law() -> re.Pattern[str]:
    heads = "|".join(sorted(word.capitalize() for word in lore().numbered_laws))
    return re.compile(
        rf"\b(?:{heads})\s(?:(?:No\.?|Nr\.?|Number)\s?\d[\d/-]*\w?\b|\d+(?:/\d+)+(?:/[A-Z]+)?\b|\d{{1,5}}(?=\sof\s\d{{4}}\b))"
        r"(?:\sof\s\d{4}\b)?"
    )


def _trimmed(found: Found, docs: Sequence[tuple[Block, Doc]], known: set[str]) -> Found:
    """The name without a first word that only its place capitalises, when the rest is a full name seen elsewhere:
    "Follow Anna Smith"."""
    rest = found.key.partition(" ")[2]
    event = found.key.split()[0] in lore().named_events
    if event or " " not in rest or rest not in known or found.key in lore().known:
        return found
    block, doc = docs[found.doc]
    first = doc[found.first]
    own = (first.ent_type_ == "PERSON" and first.nbor(1).ent_iob_ == "I") or not _opens(first)
    if own and first.lower_ not in known | lore().kept and first.text not in lore().agencies:
        return found  # "Andres Molina Reyes", elsewhere "Molina Reyes"
    if rest.split()[-1] in lore().organisations and not _opens(doc[found.first]):
        return found  # "Veldan Ports Authority", elsewhere "the Ports Authority"
    start = doc[found.first + 1].idx
    offset = block.span[0]
    text = doc.text[start : found.span[1] - offset]
    return replace(found, first=found.first + 1, span=(offset + start, found.span[1]), text=text)


def _listed(found: Found) -> bool:
    """Whether the data files know the name, so that neither place nor case can mislead."""
    table, key = lore(), found.key
    return key in table.countries or key in table.adjectives or key in table.known or found.text in table.agencies


def _headline(doc: Doc) -> bool:
    """Whether nearly every longer word is capitalised, as no full sentence is, so that capitals tell nothing."""
    words = [t.text for t in doc if len(t.text) > 3 and t.is_alpha]
    shouted = len(words) >= 4 and sum(w[0].isupper() for w in words) > 0.8 * len(words)
    return shouted and (not doc.text.rstrip("\"”’' ").endswith((".", "!", "?")) or all(w.isupper() for w in words))


# --- runs -----------------------------------------------------------------------------------------------------------


def _runs(doc: Doc) -> Iterator[tuple[int, int]]:
    """Maximal stretches of tokens that could make one name, as token ranges."""
    i, n = 0, len(doc)
    while i < n:
        if not _nameable(doc[i]):
            i += 1
            continue
        j = i + 1
        while j < n and j - i < LONGEST:
            step = _extension(doc, i, j, n)
            if not step:
                break
            j += step
        yield _particles_before(doc, i), j
        i = j


def _particles_before(doc: Doc, i: int) -> int:
    """Where the name that has its first capital at ``i`` begins: "said van der Meulen", "rivals of al-Rashidi"."""
    first = i
    while (
        first > 0
        and doc[first].ent_iob_ == "I"
        and (doc[first - 1].lower_ in lore().particles or (doc[first - 1].text in HYPHENS and first - 1 > 0))
    ):
        first -= 1
    return first if doc[first].lower_ in lore().particles else i


def _extension(doc: Doc, i: int, j: int, n: int) -> int:
    """How many tokens from ``j`` on still belong to the run that began at ``i``; 0 when it ends."""
    token = doc[j]
    if _nameable(token):
        return 1
    following = doc[j + 1] if j + 1 < n else None
    if following is None:
        return 0
    tight = not doc[j - 1].whitespace_
    if token.text in HYPHENS and tight and not token.whitespace_ and (_nameable(following) or _syllable(following)):
        return 2
    if token.text == "." and tight and doc[j - 1].lower_ in lore().abbreviations and _nameable(following):
        return 2
    if token.text in OWNS and _nameable(following):
        office = following.lower_ in lore().organisations and doc[j - 1].lower_ in lore().roles
        return 2 if office or (following.lower_ in lore().outlets and token.ent_iob_ == "I") else 0
    if token.tag_ == "POS" and token.text in ("'", "’") and doc[j - 1].tag_ == "NNPS":
        return 2 if following.lower_ in lore().organisations else 0  # "the Workers' League"
    if token.like_num and token.text.isdigit() and len(token.text) <= 3:
        return int(not lore().products.isdisjoint(_nouns_after(doc, j + 1)))  # "ten Wolverine 3 battle tanks"
    if token.lower_ in lore().particles:
        return _particle(doc, j, n)
    return _joined(doc, i, j, n)


def _syllable(token: Token) -> bool:
    """A small second half behind a hyphen: "Jong-un", "President-elect"."""
    return token.lower_ == "elect" or (
        token.ent_type_ == "PERSON" and token.ent_iob_ == "I" and len(token) <= 4 and token.is_alpha
    )


def _particle(doc: Doc, j: int, n: int) -> int:
    """ "bin Laden", "al-Assad", "de la Vega": how many tokens from the particle at ``j`` on belong to the name."""
    k = j + 1
    while k < n and k - j < 3 and (doc[k].lower_ in lore().particles or doc[k].text in HYPHENS):
        k += 1
    if k >= n or not _nameable(doc[k]):
        return 0
    one = (doc[j].ent_iob_ == "I" and doc[k].ent_iob_ == "I") or doc[j].tag_ == "NNP"
    person = doc[k].ent_type_ == "PERSON" or doc[j].ent_type_ == "PERSON" or doc[k - 1].text in HYPHENS
    return k + 1 - j if one or person else 0


def _joined(doc: Doc, i: int, j: int, n: int) -> int:
    """ "Ministry of the Interior", "Health and Human Services": small words inside an organisation's name."""
    token, table = doc[j], lore()
    ahead = j + 1
    if ahead < n and doc[ahead].lower_ == "the":
        ahead += 1
    if ahead >= n or not _nameable(doc[ahead]):
        return 0
    same = token.ent_iob_ == "I" and doc[ahead].ent_iob_ == "I" and token.ent_type_ in ("ORG", "EVENT", "LAW", "FAC")
    headed = any(doc[k].lower_ in table.organisations or doc[k].lower_ in table.laws for k in range(i, j))
    if token.lower_ == "for" and j - i > 1 and not same and doc[j - 1].lower_ not in table.heads_with_for:
        return 0  # "left the Green Party for the Workers' League"
    if token.lower_ == "and" and headed and doc[j - 2].lower_ in JOINED_BY_OF and doc[ahead].tag_ == "NNPS":
        return ahead + 1 - j  # "Ministry of Fisheries and Ports"
    country = doc[ahead].lower_ in table.countries
    if (
        token.lower_ in JOINED_BY_OF
        and headed
        and (same or not country or doc[j - 1].lower_ in ("ministry", "bank", "university", "republic"))
    ):
        return ahead + 1 - j
    return (
        ahead + 1 - j
        if token.lower_ in ("and", "&", "of", "for", "on") and same and (headed or token.text == "&")
        else 0
    )


def _nameable(token: Token) -> bool:
    text = token.text
    if not text[0].isupper():
        return False
    if token.ent_type_ in NUMERIC and (text.isalpha() or text[0].isdigit()):
        return token.lower_ in lore().countries
    if token.pos_ == "PROPN":
        return True
    if token.lower_ in lore().named_events and token.i + 1 < len(token.doc) and token.nbor(1).pos_ == "PROPN":
        return True  # a sentence that opens with "Exercise Iron Heron"
    if token.pos_ in _NO_NAME:
        return text.isupper() and len(text) > 1 and token.ent_type_ in _KIND_OF_LABEL
    if token.ent_type_ == "NORP" and any(
        country_size(token.doc, i, i + 2) == 2 for i in (token.i - 1, token.i) if i >= 0
    ):
        return True  # "the North Korean embassy"
    table = lore()
    if token.ent_type_ in _KIND_OF_LABEL or token.lower_ in table.adjectives or token.lower_ in table.known:
        return True
    return token.pos_ in ("ADJ", "NOUN") and not _opens(token)


def _opens(token: Token) -> bool:
    """Whether the token stands where any word has a capital."""
    if token.i == 0 or token.is_sent_start:
        return True
    before = token.nbor(-1)
    return before.text in OPENING or before.text in ":•" or before.is_space


# --- names inside a run -----------------------------------------------------------------------------------------------


def _names_in(doc: Doc, first: int, last: int, index: int, offset: int) -> Iterator[Found]:
    for a, b, title in _pieces(doc, first, last):
        found = _found(doc, a, b, index, offset)
        if found is None:
            continue
        if title == _NO_TITLE:
            _weigh(found, doc)
            yield found
            continue
        if title is not None:
            take_title(found, doc, title, a)
        elif titled_before(doc, a, b):
            take_title(found, doc, role_start(doc, a), a)
        take_fronted(found, doc)
        take_apposition(found, doc)
        _weigh(found, doc)
        yield found


def _pieces(doc: Doc, first: int, last: int) -> Iterator[tuple[int, int, int | None]]:
    """Token ranges of the single names of a run; third the token where the title before a name begins."""
    while (
        first < last
        and (
            (doc[first].lower_ in lore().never - lore().titles and not _inside(doc, first)) or _opening_word(doc[first])
        )
        and not country_size(doc, first, last)
    ):
        first += 1
    if first >= last:
        return
    while last - 1 > first and doc[last - 1].lower_ in lore().never and doc[last - 1].ent_type_ in ("", "NORP"):
        last -= 1
    office = _office_end(doc, first, last)
    if office is not None:
        yield from _countries(doc, first, office)
        yield office, last, _office_start(doc, first)
        return
    cut = _title_end(doc, first, last)
    if cut is not None:
        yield from _countries(doc, first, cut)
        start = cut - 1 if doc[cut - 1].lower_ in lore().kept else cut
        yield start, last, role_start(doc, cut)
        return
    if all(_titular(t) for t in doc[first:last]):
        yield from _countries(doc, first, last)
        return
    yield from _split(doc, first, last)


def _opening_word(token: Token) -> bool:
    """Whether a word has its capital from its place alone: "Because Anna ...", "Follow Anna ..."."""
    table = lore()
    if token.text.isupper() or not _opens(token) or (token.pos_ != "VERB" and not token.is_stop):
        return False
    return token.lower_ not in table.known and token.lower_ not in table.countries


def _titular(token: Token) -> bool:
    table, word = lore(), token.lower_
    return (
        word in table.roles
        or word in table.titles
        or word in table.adjectives
        or word in table.qualifiers
        or word in table.offices
        or token.text in HYPHENS
    )


def _title_end(doc: Doc, first: int, last: int) -> int | None:
    """Where the name begins behind a title ("Prime Minister | Donald Tusk"), or null without one."""
    table = lore()
    for i in range(last - 2, first - 1, -1):
        word = doc[i].lower_
        if word not in table.roles and word not in table.titles and not (word == "elect" and i > first):
            continue
        rest = doc[i + 1 : last]
        words = {t.lower_ for t in rest}
        if (
            rest[0].text in HYPHENS
            or rest[0].lower_ in JOINED_BY_OF
            or rest[0].text in OWNS
            or words & (table.organisations | table.places)
            or words <= table.roles | table.countries.keys()
        ):
            continue
        if word in table.kin and not any(t.ent_type_ == "PERSON" for t in rest):
            continue
        if doc[i].ent_type_ == "PERSON" and doc[i].ent_iob_ == "I" and word not in table.titles and i - first < 2:
            continue  # "Stephen King Jr", a surname that is also a title
        return i + 1
    return None


def _office_end(doc: Doc, first: int, last: int) -> int | None:
    """Where the name begins behind a title with "of" ("Secretary of State | John Kerry", "President of Ukraine | ...").
    The run then begins with the office or the country."""
    before = first - 1
    if before > 0 and doc[before].lower_ == "the":
        before -= 1
    if before < 1 or doc[before].lower_ != "of" or doc[before - 1].lower_ not in lore().roles:
        return None
    cut = first + (country_size(doc, first, last) or 0)
    while cut < last and (doc[cut].lower_ in lore().offices or doc[cut].text == "and"):
        cut += 1
    named = last - cut >= 2 or (last > cut and doc[cut].ent_type_ == "PERSON")
    return cut if first < cut < last and named else None


def _office_start(doc: Doc, first: int) -> int:
    """Where the title begins whose "of" stands before ``first``."""
    i = first - 1
    while doc[i].lower_ != "of":
        i -= 1
    return role_start(doc, i)


def _countries(doc: Doc, first: int, last: int) -> Iterator[tuple[int, int, int]]:
    """The countries and bodies that a title names: "Polish", "Russian", "NATO"."""
    i = first
    while i < last:
        size = country_size(doc, i, last)
        if size:
            yield i, i + size, _NO_TITLE
        elif doc[i].ent_type_ in ("ORG", "GPE") and not _titular(doc[i]) and doc[i].text not in HYPHENS:
            size = 1
            while i + size < last and doc[i + size].ent_iob_ == "I" and not _titular(doc[i + size]):
                size += 1
            yield i, i + size, _NO_TITLE
        i += size or 1


def _split(doc: Doc, first: int, last: int) -> Iterator[tuple[int, int, None]]:
    """A run without title: countries cut off where they only qualify, hyphened pairs taken apart."""
    hyphen = next((i for i in range(first + 1, last - 1) if doc[i].text in HYPHENS), None)
    whole = _whole(doc, first, last)
    if (
        hyphen is not None
        and not whole
        and (country_size(doc, first, hyphen) == hyphen - first or country_size(doc, hyphen + 1, last))
    ):
        yield from _split(doc, first, hyphen)
        yield from _split(doc, hyphen + 1, last)
        return
    size = country_size(doc, first, last)
    if size and size < last - first and not whole:
        yield first, first + size, None
        if not all(_titular(t) or t.lower_ in lore().never for t in doc[first + size : last]):
            yield from _split(doc, first + size, last)
        return
    yield first, last, None


def _whole(doc: Doc, first: int, last: int) -> bool:
    """Whether the run is one name though it begins with a country ("Russian Defense Ministry", "British Airways")."""
    table = lore()
    words = {t.lower_ for t in doc[first:last]}
    if words & (table.organisations | table.outlets | table.laws | table.events | table.places):
        return True
    inner = list(doc[first + 1 : last])
    return (
        doc[first].ent_iob_ == "B"
        and doc[first].ent_type_ in ("ORG", "EVENT", "FAC", "LAW", "WORK_OF_ART")
        and all(t.ent_iob_ == "I" for t in inner)
    )


def _inside(doc: Doc, i: int) -> bool:
    """Whether a word that alone names nothing is part of a longer name ("West Bank", "Black Sea")."""
    return (
        i + 1 < len(doc)
        and doc[i + 1].ent_iob_ == "I"
        and doc[i + 1].pos_ == "PROPN"
        and doc[i].ent_type_ in _KIND_OF_LABEL
    )


def _found(doc: Doc, first: int, last: int, index: int, offset: int) -> Found | None:
    while first < last and not doc[first].text[0].isalnum():
        first += 1
    while last > first and (
        (not doc[last - 1].text[-1].isalnum() and not doc[last - 1].text.endswith(".")) or doc[last - 1].text in OWNS
    ):
        last -= 1
    if first >= last:
        return None
    start, end = doc[first].idx, doc[last - 1].idx + len(doc[last - 1])
    text = doc.text[start:end]
    glued = _GLUED.search(text)  # "Clinton:\"We": a missing space
    if glued:
        text, end = text[: glued.start()], start + glued.start()
    for mark in OWNS:
        if text.endswith(mark):
            text, end = text[:-2], end - 2
    if doc[last - 1].lower_ in lore().suffixes and doc.text[end : end + 1] == "." and not text.endswith("."):
        text, end = f"{text}.", end + 1  # "Sr." taken for the end of the sentence
    if not _plausible(doc, first, last, text):
        return None
    found = Found(index, first, last, (offset + start, offset + end), text)
    found.firm = _firm(doc, first, last)
    found.the = first > 0 and doc[first - 1].text == "The" and not _opens(doc[first - 1])
    found.bare = first > 0 and doc[first - 1].text in OPENING and any(t.text in _CLOSING for t in doc[last : last + 2])
    return found


def _plausible(doc: Doc, first: int, last: int, text: str) -> bool:
    table = lore()
    key = plain(text)
    if (
        not key
        or _PARTY_TAG.fullmatch(text)
        or "://" in text
        or "@" in text
        or len(text) > 100
        or not any(c.isalpha() for c in text)
    ):
        return False
    if key in table.countries or key in table.adjectives or key in table.known or text in table.agencies:
        return True
    return (
        len(text) > 1
        and not all(w in table.never for w in key.split())
        and not (last - first == 1 and key in table.roles | table.titles)
    )


def _firm(doc: Doc, first: int, last: int) -> bool:
    """Whether the words are a name without further proof: marked by the pipeline, or proper where capitals tell."""
    if any(t.ent_type_ in _KIND_OF_LABEL for t in doc[first:last]):
        return last - first > 1 or not _opens(doc[first]) or doc[first].pos_ == "PROPN" or _acronym(doc[first].text)
    if last - first > 1:
        return all(t.pos_ == "PROPN" or t.text in HYPHENS for t in doc[first + 1 : last])
    return doc[first].pos_ == "PROPN" and (_acronym(doc[first].text) or not _opens(doc[first]))


def _acronym(text: str) -> bool:
    return len(text) > 1 and text.isupper()


# --- evidence of kind -----------------------------------------------------------------------------------------------


def _weigh(found: Found, doc: Doc) -> None:
    """Adds what the words of the name and those beside it say about its kind."""
    table, votes, key = lore(), found.votes, found.key
    for token in doc[found.first : found.last]:
        if token.ent_type_ in _KIND_OF_LABEL:
            found.labels[_KIND_OF_LABEL[token.ent_type_]] += max(1, LABEL // (found.last - found.first))
    if key in table.countries or key in table.adjectives:
        votes["place"] += CERTAIN
    elif found.text in table.agencies or (found.text in table.loose and _beside(doc, found, table.agency_cues)):
        votes["agency"] += CERTAIN * 2
    elif key in table.known and (key not in table.articled or _beside(doc, found, _THE)):
        votes[table.known[key]] += CERTAIN
    elif not found.roles and not found.address:
        _weigh_words(found, doc)


def _weigh_words(found: Found, doc: Doc) -> None:
    table, votes = lore(), found.votes
    words = found.key.split()
    head = words[-1]
    if any(c.isdigit() for c in found.text) and any(c.isalpha() for c in found.text):
        votes["product"] += STRONG
    if len(words) == 1 and found.text.isupper() and 2 <= len(found.text) <= 6:
        found.labels["person"] = 0
        votes["organisation"] += LABEL
    if len(words) == 1 and head in table.outlets and found.first and doc[found.first - 1].lower_ == "the":
        votes["outlet"] += STRONG
    if " " in found.text:
        _weigh_heads(found, doc, words)
    _weigh_neighbours(found, doc)


def _weigh_heads(found: Found, doc: Doc, words: list[str]) -> None:
    """What the first and last word of a longer name tell: "Lake Victoria", "Bank of Italy", "Copyright Act"."""
    table, votes = lore(), found.heads
    given = words[0] in table.gender_of_name
    if given:
        votes["person"] += FAIR
    if is_agency_name(found.text):
        votes["agency"] += 2 * STRONG
    elif words[-1] in table.outlets:
        votes["outlet"] += STRONG
    if found.text.split()[0].lower() in table.ship_letters:
        votes["product"] += CERTAIN
    _weigh_ends(votes, words, given=given)
    if any(w in table.organisations and after in JOINED_BY_OF for w, after in pairwise(words)):
        votes["organisation"] += STRONG
        return
    if len(words) == 2 and words[0] in table.compass and not given:
        votes["place"] += FAIR
    tagged = len(words) == 2 and all(t.ent_type_ == "PERSON" for t in doc[found.first : found.last])
    kinds: tuple[tuple[EntityKind, frozenset[str]], ...] = (
        ("event", table.events), ("law", table.laws), ("place", table.places),
        ("organisation", table.organisations), ("product", table.products),
    )  # fmt: skip
    for kind, heads in kinds:
        if words[-1] in heads and (kind == "organisation" or words[-1] not in table.surnames or not (tagged or given)):
            votes[kind] += STRONG
            return
    for kind, heads in kinds:
        if words[0] in heads and (words[1] in ("of", "for") or kind == "place") and not (tagged or given):
            votes[kind] += STRONG
            return


def _weigh_ends(votes: Counter[EntityKind], words: list[str], *, given: bool) -> None:
    """ "Operation Winter Gate", "Dynamo Varda", "Tolmar Rovers"."""
    table = lore()
    if words[0] in table.named_events:
        votes["event"] += STRONG
    if not given and (words[0] in table.club_starts or words[-1] in table.club_ends):
        votes["organisation"] += FAIR


def _weigh_neighbours(found: Found, doc: Doc) -> None:
    table, votes = lore(), found.votes
    after = doc[found.last] if found.last < len(doc) else None
    if _beside(doc, found, table.outlet_cues):
        votes["outlet"] += STRONG
    if after is not None and doc[found.last - 1].ent_type_ == "GPE" and after.lemma_ in ("report", "say", "tell"):
        votes["organisation"] += LABEL + 1
    start = doc[found.first].idx
    votes.update(beside(doc.text, (start, start + len(found.text))))
    nouns = _nouns_after(doc, found.last)
    if not table.products.isdisjoint(nouns):
        votes["product"] += STRONG
    if not table.places.isdisjoint(nouns[:1]):
        votes["place"] += STRONG
    if not table.organisation_nouns.isdisjoint(nouns[:1]):
        votes["organisation"] += FAIR


def _beside(doc: Doc, found: Found, cues: frozenset[str]) -> bool:
    near = [doc[i].lower_ for i in (found.first - 1, found.last, found.last + 1) if 0 <= i < len(doc)]
    return any(word in cues for word in near)


def _nouns_after(doc: Doc, last: int) -> list[str]:
    """The common nouns that the name qualifies: "Yars intercontinental ballistic missile" gives the last two words.
    Of two names before a plural both are qualified: "the Kursk and Bryansk regions"."""
    if last + 2 < len(doc) and doc[last].lower_ == "and" and _nameable(doc[last + 1]) and doc[last + 2].tag_ == "NNS":
        return [doc[last + 2].lower_]
    if last < len(doc) and doc[last].text in _CLOSING:
        last += 1
    found: list[str] = []
    for token in doc[last : last + 4]:
        if token.pos_ not in ("NOUN", "ADJ") or token.text[0].isupper():
            break
        if token.pos_ == "NOUN":
            found.append(token.lower_)
    return found
