"""From cues to attribution rows: quotations given to their speakers, rows nested and continued, sources named."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from variorum.annotate.cues import SUBJECTS, CueReader, Range, Reading, chars
from variorum.annotate.lexicon import lexicon
from variorum.annotate.parse import Tree
from variorum.annotate.quotes import Quotation, is_title, outer
from variorum.model import Article, Attribution, Entity, QuoteKind, SourceKind, Span
from variorum.text.ids import content_id
from variorum.text.normalise import squeeze

Resolve = Callable[[Span], Entity | None]

Named = tuple[str, SourceKind, str | None]
"""Name, kind and entity id of a source."""

_TRIM: Final = " \t\r\n\xa0\"'`“”„‟‘’‚‛«»‹›,;:*_–—"
#: How many cues back a second one may go on from a first.
_NEAR: Final = 6
_DOUBLE: Final = '"“”„«»'
_PARTNERS: Final = {"”": "“", "»": "«", ")": "(", '"': '"'}
_FINITE: Final = frozenset({"VBD", "VBZ", "VBP", "MD"})
_ARTICLES: Final = frozenset({"the", "a", "an"})
UNNAMED: Final = "unnamed sources"
_SOURCE_KIND: Final[dict[str, SourceKind]] = {
    "person": "person",
    "organisation": "organisation",
    "place": "organisation",
    "outlet": "outlet",
    "agency": "agency",
    "law": "document",
    "product": "organisation",
    "event": "document",
    "other": "organisation",
}


@dataclass(frozen=True, slots=True, eq=False)
class Said:
    """One row in the making: a reading, the offsets of all that it attributes, and the rows around and before it."""

    reading: Reading
    content: tuple[Span, ...]
    within: Said | None = None
    continues: Said | None = None
    repeats: bool = True
    row: Attribution | None = None
    relay: Attribution | None = None

    def covers(self, position: int) -> bool:
        """Whether what stands at ``position`` is said here."""
        return any(begin <= position < end for begin, end in self.content)

    @property
    def size(self) -> int:
        """Characters attributed."""
        return sum(end - begin for begin, end in self.content)


@dataclass(slots=True)
class _Draft:
    """A reading and the quotations given to it."""

    reading: Reading
    content: list[Span] = field(default_factory=list)
    spoken: bool = False
    continues: _Draft | None = None
    repeats: bool = True
    within: _Draft | None = None
    made: Said | None = None
    named: Named = (UNNAMED, "unnamed", None)


def read_attributions(
    article: Article, trees: Sequence[Tree], quotations: Sequence[Sequence[Quotation]], resolve: Resolve
) -> list[list[Said]]:
    """The rows of each paragraph, in order of their cues. ``quotations`` are those of each paragraph."""
    drafts = _draft(article.text, trees, [outer(found) for found in quotations])
    namer = _Namer(article, resolve)
    spoken = [[q for q in found if not is_title(article.text[slice(*q.inner)])] for found in quotations]
    for drawn in drafts:
        for draft in drawn:
            draft.named = namer.name(draft.reading)
    found = []
    for drawn, marks in zip(drafts, spoken, strict=True):
        # The larger first: what is within another needs the other's id.
        for draft in sorted(drawn, key=lambda d: (-sum(b - a for a, b in d.content), d.within is not None)):
            draft.made = _finish(draft, article, namer, marks)
        found.append([d.made for d in drawn if d.made])
    return found


# --- quotations to speakers ---------------------------------------------------------------------------------------


def _draft(text: str, trees: Sequence[Tree], quotations: Sequence[list[Quotation]]) -> list[list[_Draft]]:
    drafts: list[list[_Draft]] = []
    last: _Draft | None = None
    running: _Draft | None = None
    opening: _Draft | None = None
    for tree, found in zip(trees, quotations, strict=True):
        reader = CueReader(tree, found)
        readings = [r for r in reader.read() if not _speaks_of_oneself(r, reader)]
        drawn = _resolve_overlaps([_Draft(r, _spans(text, tree, r.content)) for r in readings], reader)
        homeless = _assign(text, tree, drawn, found, reader)
        for quotation in homeless:
            heir = next((d for d in drawn if not d.repeats), None)
            if heir is not None:
                heir.content.append(quotation.inner)
            elif heir := _inherit(text, tree, quotation, last, running, opening, found):
                drawn.append(heir)
        if opening is not None and not opening.content and tree.block.kind == "quote":
            opening.content.append(tree.block.span)
            opening.spoken = True
        kept = [d for d in drawn if d.content or _is_open(tree, d)]
        kept = _pass_on(kept, reader)
        _nest(kept)
        drafts.append(kept)
        speakers = [d for d in kept if d.spoken or d.reading.form in ("verb", "headline", "phrase")]
        last = speakers[-1] if speakers else last
        running = next((d for d in reversed(kept) if d.spoken), None) if found and found[-1].runs_on else None
        opening = next((d for d in reversed(kept) if _is_open(tree, d)), None)
    return [[d for d in drawn if d.content] for drawn in drafts]


def _speaks_of_oneself(reading: Reading, reader: CueReader) -> bool:
    """ "I think" between marks: the speaker, not another source inside."""
    if reading.mention is None or reader.inside[reading.token] < 0:
        return False
    first, last = reading.mention
    return first == last and reading.tree.word[first] in lexicon().sources.oneself


def _is_open(tree: Tree, draft: _Draft) -> bool:
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


def _resolve_overlaps(drafts: list[_Draft], reader: CueReader) -> list[_Draft]:
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
    return drafts


def _follows(earlier: _Draft, later: _Draft, cut: int, reader: CueReader) -> bool:
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


def _assign(
    text: str, tree: Tree, drafts: list[_Draft], quotations: list[Quotation], reader: CueReader
) -> list[Quotation]:
    """Give each quotation to the cue that it touches, or to the one whose quotation went before it; those that are
    speech and found nobody are returned."""
    homeless: list[Quotation] = []
    speaking: _Draft | None = None
    for number, quotation in enumerate(quotations):
        owners = [d for d in drafts if _says(d, quotation)]
        speech = is_speech(tree, reader, number)
        if owners:
            owner = (
                owners[-1] if len(owners) == 1 else max(owners, key=lambda d: (not d.reading.opinion, d.reading.token))
            )
            if speech:
                _take(owner, quotation)
                speaking = owner
            continue
        if not speech:
            continue
        neighbour = (
            _neighbour(text, drafts, quotation, quotations, number) or speaking or _told_before(drafts, quotation)
        )
        if neighbour is None:
            homeless.append(quotation)
            continue
        _take(neighbour, quotation)
        speaking = neighbour
    return homeless


def _says(draft: _Draft, quotation: Quotation) -> bool:
    begin, end = quotation.inner
    if begin <= draft.reading.tree.start[draft.reading.token] < end:
        return False
    return any(a < end and begin < b for a, b in draft.content)


def _take(draft: _Draft, quotation: Quotation) -> None:
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
    finite = any(tree.tag[i] in _FINITE for i in words)
    closed = any(tree.word[i] in (".", "!", "?", ",") for i in range(max(first, last - 2), last + 1))
    return (finite and len(words) >= 3) or (closed and len(words) >= 3) or (finite and closed)


def _neighbour(
    text: str, drafts: list[_Draft], quotation: Quotation, quotations: list[Quotation], number: int
) -> _Draft | None:
    """The cue without words of its own that stands next to ``quotation``."""
    low = quotations[number - 1].span[1] if number else -1
    high = quotations[number + 1].span[0] if number + 1 < len(quotations) else len(text)
    best: tuple[int, int, _Draft] | None = None
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


def _told_before(drafts: list[_Draft], quotation: Quotation) -> _Draft | None:
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


def _inherit(
    text: str,
    tree: Tree,
    quotation: Quotation,
    last: _Draft | None,
    running: _Draft | None,
    opening: _Draft | None,
    quotations: list[Quotation],
) -> _Draft | None:
    """The speaker of a quotation whose paragraph names none: whoever the paragraph before announced, or left
    speaking; else the last speaker, where the paragraph is hardly more than the quotation."""
    at_head = not text[tree.block.span[0] : quotation.span[0]].strip(_TRIM)
    if opening is not None and at_head:
        opening.content = sorted([*opening.content, quotation.inner])
        opening.spoken = True
        return None
    source = running if running is not None and at_head else last
    spoken = sum(q.inner[1] - q.inner[0] for q in quotations)
    if source is None or (running is None and spoken < 0.6 * (tree.block.span[1] - tree.block.span[0])):
        return None
    first = source.continues or source
    return _Draft(source.reading, [quotation.inner], True, first, repeats=False)


def _pass_on(drafts: list[_Draft], reader: CueReader) -> list[_Draft]:
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
        elif tree.dep[verb] == "pcomp" and (quoting := reader.quoting(tree.head[above])):
            draft.within = _Draft(quoting, list(draft.content))
            passed.append(draft.within)
    return sorted([*drafts, *passed], key=lambda d: d.reading.token) if passed else drafts


def _nest(drafts: list[_Draft]) -> None:
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


# --- rows ---------------------------------------------------------------------------------------------------------


def _spans(text: str, tree: Tree, content: Sequence[Range]) -> list[Span]:
    return [s for s in (trim(text, *chars(tree, piece)) for piece in content) if s[0] < s[1]]


def trim(text: str, begin: int, end: int) -> Span:
    """The span without white space, quotation marks and separating punctuation at its ends."""
    while begin < end and text[begin] in _TRIM:
        begin += 1
    while end > begin and text[end - 1] in _TRIM:
        end -= 1
    return begin, _balanced(text, begin, end)


def _before_stop(text: str, begin: int, end: int) -> int:
    """The end before a full stop that closes a sentence, not one that belongs to an abbreviation or an ellipsis."""
    stops = end - begin > 2 and text[end - 1] == "." and text[end - 2] != "." and not text[end - 2].isupper()
    return end - 1 if stops else end


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


def merge(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Spans in order, those with nothing but marks and white space between them joined: not reported speech with the
    quotation after it, of which the opening mark alone stands between."""
    merged: list[Span] = []
    for begin, end in sorted(spans):
        between = text[merged[-1][1] : begin] if merged else ""
        if merged and not any(map(str.isalnum, between)) and sum(map(between.count, _DOUBLE)) != 1:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((begin, end))
    return tuple(merged)


def _finish(draft: _Draft, article: Article, namer: _Namer, quotations: Sequence[Quotation]) -> Said:
    reading = draft.reading
    content = merge(article.text, [s for s in (trim(article.text, *c) for c in draft.content) if s[0] < s[1]])
    content = tuple((begin, _before_stop(article.text, begin, end)) for begin, end in content)
    within = draft.within.made if draft.within else None
    continues = draft.continues.made if draft.continues else None
    name, kind, entity = draft.named
    cue = chars(reading.tree, reading.cue) if draft.repeats else None
    span = chars(reading.tree, reading.mention) if draft.repeats and reading.mention else None
    row = Attribution(
        id=content_id("att", article.id, span, cue, content),
        name=name,
        kind=kind,
        entity=entity,
        span=span,
        cue=cue,
        cue_lemma=reading.lemma,
        content=content,
        stance=reading.stance,
        quote=quote_kind(article.text, content, quotations),
        within=within.row.id if within and within.row else None,
        continues=continues.row.id if continues and continues.row else None,
        relay=kind in ("agency", "outlet"),
    )
    return Said(reading, content, within, continues, draft.repeats, row, namer.relay(reading, row))


def quote_kind(text: str, content: Sequence[Span], quotations: Sequence[Quotation]) -> QuoteKind:
    """Whether all, some or none of ``content`` stands between marks."""
    total = inside = 0
    for begin, end in content:
        total += sum(map(str.isalnum, text[begin:end]))
        number = max(0, bisect_right(quotations, begin, key=lambda q: q.span[0]) - 1)
        for _ in range(_NEAR):
            number -= number > 0 and quotations[number].nested
        for quotation in quotations[number:]:
            if quotation.inner[0] >= end:
                break
            low, high = max(begin, quotation.inner[0]), min(end, quotation.inner[1])
            if low < high and not quotation.nested:
                inside += sum(map(str.isalnum, text[low:high]))
    if not inside:
        return "indirect"
    return "direct" if inside >= total else "mixed"


class _Namer:
    """Names and types the sources of an article, asked in their order: pronouns and descriptions that no entity
    stands behind ("it said", "the spokesman") are whoever was cited before and agrees."""

    def __init__(self, article: Article, resolve: Resolve) -> None:
        self._article = article
        self._resolve = resolve
        self._words = lexicon()
        self._cited: dict[str, Named] = {}

    def name(self, reading: Reading) -> Named:
        """Name, kind and entity id."""
        if reading.mention is None:
            return UNNAMED, "unnamed", None
        tree, mention = reading.tree, _antecedent(reading.tree, reading.mention)
        named = self._name(tree, mention)
        head = head_of(tree, mention)
        definite = tree.word[mention[0]] in self._words.sources.definite
        if named[1] == "outlet" and named[2] is None and definite and mention[1] - mention[0] == 1:
            return self._cited.get("outlet", named)
        owner = _owner(tree, head)
        if named[2] is None and owner is not None:
            return self._name(tree, owner)
        if named[2] is None and tree.pos[head] == "PRON":
            return self._cited.get(tree.word[head], named)
        if named[2] is None and definite and mention[0] < head:
            named = self._cited.get(tree.lemma[head], named)
        medium = ("outlet",) if named[1] == "outlet" else ()
        for key in (tree.lemma[head], *medium, *self._pronouns(tree, head, named[1])):
            self._cited[key] = named
        return named

    def _pronouns(self, tree: Tree, head: int, kind: SourceKind) -> tuple[str, ...]:
        """The pronouns that may take up a source."""
        if tree.tag[head] in ("NNS", "NNPS"):
            return ("they",)
        return ("it",) if kind in ("organisation", "document", "outlet", "agency") else ("he", "she")

    def _name(self, tree: Tree, mention: Range) -> Named:
        apposed = _name_in(tree, mention)
        said_to_be = self._words.kinds.get(tree.lemma[head_of(tree, mention)], "person") if apposed else None
        for words in (mention, apposed) if apposed else (mention,):
            entity = self._resolve(chars(tree, words))
            if entity is not None:
                kind = _SOURCE_KIND[entity.kind]
                wrong = said_to_be is not None and (kind == "person") != (said_to_be == "person")
                return entity.name, said_to_be if said_to_be and wrong else kind, entity.id
        span = chars(tree, apposed or _described(tree, mention))
        kind = said_to_be or self._kind(tree, mention)
        return without_article(squeeze(self._article.text[slice(*span)])), kind, None

    def _kind(self, tree: Tree, mention: Range) -> SourceKind:
        head = head_of(tree, mention)
        # A bare capitalised singular is a name, whatever the tagger makes of it at a sentence's head.
        alone = mention[0] == mention[1] and tree.tag[head] in ("JJ", "NN", "VB")
        if tree.pos[head] == "PROPN" or (alone and self._article.text[tree.start[head]].isupper()):
            return "person" if tree.ent[head] == "PERSON" else "organisation"
        return self._kind_of_noun(tree, mention, head)

    def _kind_of_noun(self, tree: Tree, mention: Range, head: int) -> SourceKind:
        """A holder of one office is a person, though no name is given; strangers and crowds are unnamed."""
        sources, lemma, word = self._words.sources, tree.lemma[head], tree.word[head]
        if lemma in sources.speakers or word in sources.speakers:
            return "person" if tree.tag[head] != "NNS" else "unnamed"
        if word in sources.bodies:
            return "organisation"
        kind = self._words.kinds.get(lemma) or self._words.kinds.get(word)
        if kind:
            return kind
        known = tree.word[mention[0]] in sources.definite or bool(tree.kids(head, "poss"))
        unique = known and tree.tag[head] == "NN" and lemma not in sources.strangers
        return "person" if unique and lemma in sources.holders else "unnamed"

    def relay(self, reading: Reading, row: Attribution) -> Attribution | None:
        """The medium that was told: "officials told AFP"."""
        if reading.recipient is None or not row.cue:
            return None
        span = chars(reading.tree, reading.recipient)
        name, kind, entity = self._name(reading.tree, reading.recipient)
        last = reading.tree.word[reading.recipient[1]]
        if kind not in ("person", "agency") and last in self._words.sources.media_names and name[:1].isupper():
            kind = "outlet"
        if kind not in ("agency", "outlet") or self._is_own(name):
            return None
        return replace(
            row,
            id=content_id("att", self._article.id, span, row.cue, row.content),
            name=name,
            kind=kind,
            entity=entity,
            span=span,
            stance="report",
            within=None,
            continues=None,
            relay=True,
        )

    def _is_own(self, name: str) -> bool:
        """Whether a medium is the one that publishes this report: it relays nothing to itself."""
        publisher, words = (self._article.publisher or "").casefold().split(), name.casefold().split()
        words = words[1:] if words[0] in _ARTICLES else words
        return bool(words) and publisher[-len(words) :] == words


def _antecedent(tree: Tree, mention: Range) -> Range:
    """For a relative pronoun the noun that it stands for: "the mayor, who denied it"."""
    first, last = mention
    if first != last or tree.tag[first] not in ("WP", "WDT"):
        return mention
    verb = tree.head[first]
    noun = tree.head[verb]
    if tree.dep[verb] != "relcl" or noun >= first:
        return mention
    end = noun
    while end + 1 < tree.left[verb] and tree.word[end + 1] not in (",", "-", "–", "—", "("):
        end += 1
    return tree.left[noun], end


def _owner(tree: Tree, head: int) -> Range | None:
    """For "its claim" below a verb the subject of that verb: "the company repeated its claim that …"."""
    if tree.tag[head] != "PRP$":
        return None
    verb = tree.head[head]
    for _ in range(4):
        if tree.pos[verb] in ("VERB", "AUX"):
            break
        verb = tree.head[verb]
    subjects = tree.kids(verb, "nsubj")
    return (tree.left[subjects[0]], subjects[0]) if subjects and subjects[0] < head else None


def _name_in(tree: Tree, mention: Range) -> Range | None:
    """The name in a source that gives a description and a name: "its spokeswoman, Ada Quell"."""
    head = head_of(tree, mention)
    if tree.ent[head] == "PERSON":
        return None
    tail = _name_behind_comma(tree, mention, head)
    if tail is not None:
        return tail
    for noun in tree.kids(head, "appos"):
        if tree.pos[noun] != "PROPN" or not mention[0] <= noun <= mention[1] or tree.pos[head] == "PROPN":
            continue
        known = tree.lemma[head] in lexicon().kinds or tree.lemma[head] in lexicon().sources.holders
        if known or tree.ent[noun] == "PERSON":
            first = noun
            while first - 1 > head and tree.head[first - 1] == noun and tree.dep[first - 1] == "compound":
                first -= 1
            return first, noun
    return None


def _name_behind_comma(tree: Tree, mention: Range, head: int) -> Range | None:
    """ "the chief engineer of Waterworks, Ada Quell": the parser hangs the name on the nearest noun."""
    comma = next((i for i in range(mention[1], head, -1) if tree.word[i] == ","), None)
    if comma is None or tree.pos[head] != "NOUN":
        return None
    first, last = comma + 1, mention[1]
    named = 1 < last - first + 1 <= 4 and all(tree.pos[i] == "PROPN" for i in range(first, last + 1))
    return (first, last) if named and tree.ent[last] == "PERSON" else None


def _described(tree: Tree, mention: Range) -> Range:
    """A description without the relative clause that a comma sets off."""
    first, last = mention
    joints = (i for i in range(first + 1, last) if tree.word[i] == "," and tree.tag[i + 1] in ("WP", "WDT", "WP$"))
    return first, next(joints, last + 1) - 1


def without_article(words: str) -> str:
    """The words of a mention without its leading article."""
    first, _, rest = words.partition(" ")
    return rest if rest and first.lower() in _ARTICLES else words


def head_of(tree: Tree, tokens: Range) -> int:
    """The token of a range that the others hang on."""
    first, last = tokens
    return next((i for i in range(first, last + 1) if not first <= tree.head[i] <= last or tree.head[i] == i), last)
