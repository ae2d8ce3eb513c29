"""From cues to attribution rows: quotations given to their speakers, rows nested and continued, sources named."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from variorum.annotate.attribution.drafts import Draft, Paragraph, settle, trim
from variorum.annotate.attribution.passage import Reading, chars
from variorum.annotate.attribution.quotes import Quotation, is_title
from variorum.annotate.attribution.sources import Named, Namer, Resolve
from variorum.model import Article, Attribution, QuoteKind, Span, Stance
from variorum.text.ids import content_id

#: How many quotations back one may be that is around another.
_NEAR: Final = 6
_DOUBLE: Final = '"“”„«»'


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


def read_attributions(
    article: Article, paragraphs: Sequence[Paragraph], marks: Sequence[Sequence[Quotation]], resolve: Resolve
) -> list[list[Said]]:
    """The rows of each paragraph, in order of their cues. ``marks`` are all quotations of each paragraph, nested ones
    too; ``resolve`` says whom a mention names."""
    drafts = settle(paragraphs)
    namer = Namer(article, resolve)
    made: dict[int, Said] = {}
    named = {id(draft): namer.name(draft.reading) for drawn in drafts for draft in drawn}
    for drawn, found in zip(drafts, marks, strict=True):
        spoken = [q for q in found if not is_title(article.text[slice(*q.inner)])]
        # The larger first: what is within another needs the other's id.
        for draft in drawn:
            if draft.within is not None and _is_pronoun(named[id(draft)]):
                named[id(draft)] = named.get(id(draft.within), named[id(draft)])  # "the firm said that it stands by it"
        for draft in sorted(drawn, key=lambda d: (-sum(b - a for a, b in d.content), d.within is not None)):
            within, continues = (made.get(id(d)) if d else None for d in (draft.within, draft.continues))
            made[id(draft)] = _finish(draft, named[id(draft)], within, continues, article, namer, spoken)
    return [[made[id(draft)] for draft in drawn] for drawn in drafts]


def _is_pronoun(named: Named) -> bool:
    """Whether nobody is known for whom a pronoun stands."""
    return named[2] is None and named[0].casefold() == "it"


# --- rows ---------------------------------------------------------------------------------------------------------


def _before_stop(text: str, begin: int, end: int) -> int:
    """The end before a full stop that closes a sentence, not one that belongs to an abbreviation or an ellipsis."""
    stops = end - begin > 2 and text[end - 1] == "." and text[end - 2] != "." and not text[end - 2].isupper()
    return end - 1 if stops else end


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


def _finish(
    draft: Draft,
    named: Named,
    within: Said | None,
    continues: Said | None,
    article: Article,
    namer: Namer,
    quotations: Sequence[Quotation],
) -> Said:
    reading = draft.reading
    content = merge(article.text, [s for s in (trim(article.text, *c) for c in draft.content) if s[0] < s[1]])
    content = tuple((begin, _before_stop(article.text, begin, end)) for begin, end in content)
    name, kind, entity = named
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
        stance=_stance(reading),
        quote=quote_kind(article.text, content, quotations),
        within=within.row.id if within and within.row else None,
        continues=continues.row.id if continues and continues.row else None,
        relay=kind in ("agency", "outlet"),
    )
    return Said(reading, content, within, continues, draft.repeats, row, namer.relay(reading, row))


def _stance(reading: Reading) -> Stance:
    """Who "did not deny" it, or "refused to deny" it, denies nothing."""
    open_left = reading.stance == "deny" and reading.form == "verb" and reading.negated
    return "report" if open_left else reading.stance


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
