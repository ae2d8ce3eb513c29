"""From cues to drafts of attribution rows: quotations given to their speakers, drafts nested and continued.

What one paragraph tells by itself comes first (`draft_paragraph`), then what its neighbours add (`settle`): whoever was
speaking goes on, and a paragraph that only announces has its words in the next one. A tagger may correct the drafts
in between.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from variorum.annotate.attribution.cues import CueReader
from variorum.annotate.attribution.passage import FINITE, SUBJECTS, Range, Reading, chars
from variorum.annotate.attribution.quotes import Quotation, outer
from variorum.annotate.lexicon import lexicon
from variorum.annotate.parse import Tree
from variorum.model import Span

_TRIM: Final = " \t\r\n\xa0\"'`“”„‟‘’‚‛«»‹›,;:*_–—"
#: How many cues back a second one may go on from a first.
_NEAR: Final = 6
_PARTNERS: Final = {"”": "“", "»": "«", ")": "(", '"': '"'}


@dataclass(slots=True)
class Draft:
    """A reading and the quotations given to it."""

    reading: Reading
    content: list[Span] = field(default_factory=list)
    spoken: bool = False
    continues: Draft | None = None
    repeats: bool = True
    within: Draft | None = None


@dataclass(slots=True, eq=False)
class Paragraph:
    """One parsed paragraph with its outer quotations, in order, and the drafts that it gives by itself."""

    text: str
    tree: Tree
    quotations: list[Quotation]
    reader: CueReader
    drafts: list[Draft]


def draft_paragraph(text: str, tree: Tree, found: Sequence[Quotation]) -> Paragraph:
    """What one paragraph of ``text`` tells without its neighbours. ``found`` are all its quotations, in order."""
    quotations = outer(found)
    reader = CueReader(tree, quotations, [q for q in found if q.nested])
    readings = [r for r in reader.read() if not _speaks_of_oneself(r, reader)]
    drafts = _without_speakers([Draft(r, spans_of(text, tree, r.content)) for r in readings])
    paragraph = Paragraph(text, tree, quotations, reader, drafts)
    _resolve_overlaps(paragraph.drafts, reader)
    assign(paragraph)
    return paragraph


# --- from paragraph to paragraph ------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Floor:
    """Who has it: the last speaker, one whose quotation runs on, one who was announced and has said nothing yet."""

    last: Draft | None = None
    running: Draft | None = None
    opening: Draft | None = None


def settle(paragraphs: Sequence[Paragraph]) -> list[list[Draft]]:
    """The drafts of each paragraph of an article, with quotations that name no speaker given to one of an earlier
    paragraph, and each draft set within the one whose words it belongs to."""
    floor = _Floor()
    settled = []
    for paragraph in paragraphs:
        drawn, tree = paragraph.drafts, paragraph.tree
        for quotation in _homeless(paragraph):
            heir = next((d for d in drawn if not d.repeats), None)
            if heir is not None:
                heir.content.append(quotation.inner)
            elif inherited := _inherit(paragraph, quotation, floor):
                drawn.append(inherited)
        if floor.opening is not None and not floor.opening.content and tree.block.kind == "quote":
            floor.opening.content.append(tree.block.span)
            floor.opening.spoken = True
        kept = _pass_on([d for d in drawn if d.content or _is_open(tree, d)], paragraph.reader)
        _nest(kept)
        settled.append(kept)
        speakers = [d for d in kept if d.spoken or d.reading.form in ("verb", "headline", "phrase")]
        runs_on = bool(paragraph.quotations) and paragraph.quotations[-1].runs_on
        floor.last = speakers[-1] if speakers else floor.last
        floor.running = next((d for d in reversed(kept) if d.spoken), None) if runs_on else None
        floor.opening = next((d for d in reversed(kept) if _is_open(tree, d)), None)
    return [[d for d in drawn if d.content] for drawn in settled]


def _speaks_of_oneself(reading: Reading, reader: CueReader) -> bool:
    """ "I think" between marks: the speaker, not another source inside."""
    if reading.mention is None or reader.inside[reading.token] < 0:
        return False
    first, last = reading.mention
    return first == last and reading.tree.word[first] in lexicon().sources.oneself


def _without_speakers(drafts: list[Draft]) -> list[Draft]:
    """Without verbs whose words are only who says it all: "The mayor had not agreed, a clerk said." holds no words of
    the mayor's."""
    verbs = [draft for draft in drafts if draft.reading.form == "verb"]
    return [draft for draft in drafts if draft.reading.form != "verb" or not any(_is_said_of(draft, v) for v in verbs)]


def _is_said_of(draft: Draft, by: Draft) -> bool:
    """Whether all the words of a cue are the speaker of another, in whose words it stands."""
    if len(draft.content) != 1:
        return False
    (begin, end), (first, last) = draft.content[0], chars(by.reading.tree, by.reading.extent)
    cue = draft.reading.tree.start[draft.reading.token]
    return first <= begin and end <= last and any(start <= cue < stop for start, stop in by.content)


def _is_open(tree: Tree, draft: Draft) -> bool:
    """Whether the paragraph ends on this cue, so that its words must stand in the next one."""
    end = draft.reading.extent[1]
    rest = tree.word[end + 1 :]
    return (
        not draft.content
        and draft.reading.form == "verb"
        and draft.reading.mention is not None
        and len(rest) <= 12
        and (not rest or rest[-1] in (":", ",", "--", "—"))
    )


def _resolve_overlaps(drafts: list[Draft], reader: CueReader) -> None:
    """Where the parser hung a second cue below what the first one says, end the first one's words before it."""
    for number, later in enumerate(drafts):
        reading = later.reading
        cut = reading.tree.start[reading.extent[0] if reading.form == "phrase" else reading.cue[0]]
        for earlier in drafts[max(0, number - _NEAR) : number]:
            if earlier.reading.form != "verb" or not _follows(earlier, later, cut, reader):
                continue
            if reading.form == "verb":
                later.reading = replace(reading, mention=earlier.reading.mention)
            earlier.content = [s for s in (_clip(reading.tree, span, cut) for span in earlier.content) if s[0] < s[1]]


def _follows(earlier: Draft, later: Draft, cut: int, reader: CueReader) -> bool:
    """Whether ``later`` is a second cue beside ``earlier``, not one inside its words: "said it was early but added …",
    "says he will, calling it …", "said that …, according to …"."""
    one, two = earlier.reading, later.reading
    tree = two.tree
    within = any(a < cut < b for a, b in earlier.content) and reader.inside[two.token] < 0
    if two.form == "phrase":
        sentence_end = tree.sentences[tree.sentence[two.token]][1]
        return within and sentence_end - two.extent[1] <= 2 and tree.sentence[one.token] == tree.sentence[two.token]
    if two.form != "verb" or not later.content or one.cue[1] >= two.token:
        return False
    if tree.kids(two.token, *SUBJECTS):
        return False
    before = two.cue[0] - 1
    if tree.dep[two.token] in ("advcl", "conj", "dep") and one.mention == two.mention:
        return True
    if not within:
        return False
    joined = (
        tree.pos[before] == "CCONJ" and tree.tag[one.token] == tree.tag[two.token] and tree.dep[two.token] == "conj"
    )
    trailing = tree.tag[two.token] == "VBG" and tree.word[before] == "," and tree.dep[two.token] == "advcl"
    return joined or trailing


def _clip(tree: Tree, span: Span, cut: int) -> Span:
    if not span[0] <= cut < span[1]:
        return span
    flat, offset = tree.flat, tree.block.span[0]
    end = cut - offset
    while end > 0 and (flat[end - 1].isspace() or flat[end - 1] in ",;-–—"):
        end -= 1
    for joint in (" and", " but", ", while"):
        if flat[:end].endswith(joint):
            end -= len(joint)
    return span[0], max(span[0], offset + len(flat[:end].rstrip(" ,;")))


def assign(paragraph: Paragraph) -> None:
    """Give each quotation that is speech to the cue that it touches, or to the one whose quotation went before it."""
    drafts, quotations = paragraph.drafts, paragraph.quotations
    speaking: Draft | None = None
    for number, quotation in enumerate(quotations):
        if not is_speech(paragraph.tree, paragraph.reader, number):
            continue
        owners = [d for d in drafts if _says(d, quotation)]
        owner: Draft | None
        if owners:
            owner = max(owners, key=lambda d: (not d.reading.opinion, d.reading.token))
        else:
            beside = _neighbour(paragraph.text, drafts, quotation, quotations, number)
            owner = beside or speaking or _told_before(drafts, quotation)
        if owner is not None:
            _take(owner, quotation)
            speaking = owner


def _homeless(paragraph: Paragraph) -> list[Quotation]:
    """Quotations that are speech and that no draft gives to anybody."""
    return [
        quotation
        for number, quotation in enumerate(paragraph.quotations)
        if not any(_says(d, quotation) for d in paragraph.drafts)
        and is_speech(paragraph.tree, paragraph.reader, number)
    ]


def _says(draft: Draft, quotation: Quotation) -> bool:
    begin, end = quotation.inner
    if begin <= draft.reading.tree.start[draft.reading.token] < end:
        return False
    return any(a < end and begin < b for a, b in draft.content)


def _take(draft: Draft, quotation: Quotation) -> None:
    if not _says(draft, quotation):
        draft.content = sorted([*draft.content, quotation.inner])
    draft.spoken = True


def is_speech(tree: Tree, reader: CueReader, number: int) -> bool:
    """Whether a quotation gives somebody's sentence, not a name, a title or a word held with tongs."""
    if number not in reader.bounds:
        return False
    first, last = reader.bounds[number]
    words = [i for i in range(first, last + 1) if tree.word[i][:1].isalnum()]
    if len(words) < 2:
        return bool(words) and any(tree.word[i] in (".", "!", "?", ",") for i in range(first, last + 1))
    finite = any(tree.tag[i] in FINITE for i in words)
    closed = any(tree.word[i] in (".", "!", "?", ",") for i in range(max(first, last - 2), last + 1))
    return (finite and len(words) >= 3) or (closed and len(words) >= 3) or (finite and closed)


def _neighbour(
    text: str, drafts: list[Draft], quotation: Quotation, quotations: list[Quotation], number: int
) -> Draft | None:
    """The cue without words of its own that stands next to ``quotation``."""
    low = quotations[number - 1].span[1] if number else -1
    high = quotations[number + 1].span[0] if number + 1 < len(quotations) else len(text)
    best: tuple[int, int, Draft] | None = None
    for draft in drafts:
        reading = draft.reading
        if reading.form != "verb" or reading.mention is None:
            continue
        begin, end = chars(reading.tree, reading.extent)
        if end <= quotation.span[0] and begin >= low:
            gap, side = quotation.span[0] - end, 1
        elif begin >= quotation.span[1] and end <= high:
            gap, side = begin - quotation.span[1], 0
        else:
            continue
        if draft.content and not (side == 1 and gap <= 3):
            continue
        if gap <= (60 if side else 4) and (best is None or (gap, side) < best[:2]):
            best = (gap, side, draft)
    return best[2] if best else None


def _told_before(drafts: list[Draft], quotation: Quotation) -> Draft | None:
    """Whoever was reported last: "He said it was late. "We slept.\""."""
    before = [
        d
        for d in drafts
        if d.reading.form == "verb"
        and d.content
        and d.reading.mention is not None
        and "speech" in lexicon().verbs_of(d.reading.lemma)
        and d.content[-1][1] <= quotation.span[0]
    ]
    return before[-1] if before else None


def _inherit(paragraph: Paragraph, quotation: Quotation, floor: _Floor) -> Draft | None:
    """The speaker of a quotation whose paragraph names none: whoever the paragraph before announced, or left
    speaking; else the last speaker, where the paragraph is hardly more than the quotation."""
    begin, end = paragraph.tree.block.span
    at_head = not paragraph.text[begin : quotation.span[0]].strip(_TRIM)
    if floor.opening is not None and at_head:
        floor.opening.content = sorted([*floor.opening.content, quotation.inner])
        floor.opening.spoken = True
        return None
    source = floor.running if floor.running is not None and at_head else floor.last
    spoken = sum(q.inner[1] - q.inner[0] for q in paragraph.quotations)
    if source is None or (floor.running is None and spoken < 0.6 * (end - begin)):
        return None
    first = source.continues or source
    return Draft(source.reading, [quotation.inner], True, first, repeats=False)


def _pass_on(drafts: list[Draft], reader: CueReader) -> list[Draft]:
    """Rows of those who pass on what others said: "the daily quoted X as saying …", "the daily reported …, citing X".
    X says it, within the daily's account."""
    by_token = {d.reading.token: d for d in drafts if d.repeats}
    tree, passed = reader.tree, []
    for draft in drafts:
        if draft.reading.tree is not tree or not draft.repeats:
            continue
        verb = draft.reading.token
        above = tree.head[verb]
        if draft.reading.lemma == "with reference to":
            teller = by_token.get(above)
            draft.content, draft.within = (list(teller.content), teller) if teller is not None else ([], None)
        elif draft.reading.lemma in ("cite", "quote") and tree.tag[verb] == "VBG" and tree.dep[verb] == "advcl":
            teller, source = by_token.get(above), reader.speaking_object(verb)
            if teller is not None and source is not None and teller is not draft and teller.content:
                draft.reading = replace(draft.reading, mention=source)
                draft.content, draft.within = list(teller.content), teller
        elif quoting := reader.quoting(verb):
            teller = by_token.get(quoting.token)
            if teller is None:
                teller = Draft(quoting)
                passed.append(teller)
            draft.within, teller.content = teller, list(draft.content)
        elif source := reader.quoted(verb):
            passed.append(
                Draft(replace(draft.reading, mention=source), list(draft.content), draft.spoken, within=draft)
            )
    return sorted([*drafts, *passed], key=lambda d: d.reading.token) if passed else drafts


def _nest(drafts: list[Draft]) -> None:
    """Set each draft's ``within`` to the smallest one whose content holds its cue. Only what says more can be around
    (of equals the earlier one), so that no two are within each other."""
    sizes = [(sum(b - a for a, b in d.content), -d.reading.token) for d in drafts]
    for inner, size in zip(drafts, sizes, strict=True):
        if not inner.repeats or inner.within is not None:
            continue
        position = inner.reading.tree.start[inner.reading.token]
        around = [
            (other, d)
            for d, other in zip(drafts, sizes, strict=True)
            if other > size and d.repeats and any(a <= position < b for a, b in d.content)
        ]
        if around:
            inner.within = min(around, key=lambda pair: pair[0])[1]


# --- offsets ----------------------------------------------------------------------------------------------------


def spans_of(text: str, tree: Tree, content: Sequence[Range]) -> list[Span]:
    return [s for s in (trim(text, *chars(tree, piece)) for piece in content) if s[0] < s[1]]


def trim(text: str, begin: int, end: int) -> Span:
    """The span without white space, quotation marks and separating punctuation at its ends."""
    while begin < end and text[begin] in _TRIM:
        begin += 1
    while end > begin and text[end - 1] in _TRIM:
        end -= 1
    return _opened(text, begin, end), _balanced(text, begin, end)


def _opened(text: str, begin: int, end: int) -> int:
    """The beginning before an opening mark whose partner stands inside: '"The Last Keeper" had bored him'."""
    mark = text[begin - 1] if 0 < begin < end else ""
    closing = next((c for c, o in _PARTNERS.items() if o == mark), "")
    if not closing or text[end - 1] == closing:
        return begin
    inner = text.count(closing, begin, end)
    odd = inner % 2 == 1 if mark == closing else inner > text.count(mark, begin, end)
    return begin - 1 if odd else begin


def _balanced(text: str, begin: int, end: int) -> int:
    """The end after closing marks and brackets whose partners stand inside: 'the attack a "grave mistake"'."""
    while end < len(text) and text[end] in _PARTNERS:
        closing = text[end]
        opening = _PARTNERS[closing]
        inner = text.count(opening, begin, end)
        odd = inner % 2 == 1 if opening == closing else inner > text.count(closing, begin, end)
        if not odd:
            break
        end += 1
    return end
