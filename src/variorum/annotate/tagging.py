"""Drafts corrected by the taggers: spans redrawn, cues added that no rule reads, readings dropped that are none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Literal

from variorum.annotate.cues import FINITE, Range, Reading
from variorum.annotate.drafts import Draft, Paragraph, assign, spans_of
from variorum.annotate.lexicon import lexicon
from variorum.annotate.parse import Tree
from variorum.annotate.quotes import is_title
from variorum.annotate.tagger import Tagged, Tagger


def correct(paragraphs: Sequence[Paragraph], tagger: Tagger) -> None:
    """Corrects the drafts of ``paragraphs``, of any number of articles, in place."""
    for paragraph, tagged in zip(paragraphs, tagger.tag(paragraphs), strict=True):
        _correct(paragraph, tagged)


def _correct(paragraph: Paragraph, tagged: Iterable[Tagged]) -> None:
    cues = [cue for cue in tagged if not _is_nobodys(paragraph.tree, cue)]
    read = _by_cue(paragraph.drafts, cues)
    known, added = [], []
    for cue in cues:
        ours = read.get(cue.token)
        if ours is not None and ours.content:
            known.append(_redrawn(paragraph, cue, ours))
        elif cue.content:
            added.append(_redrawn(paragraph, cue, ours))
    added = [d for d in added if not _is_a_name(paragraph, d)]
    # The corpus that the taggers learned from is flat: what is said within what is said is left to the rules.
    kept = known + [d for d in added if not _is_within(d, [*known, *added])]
    seen = {d.reading.token for d in kept}
    quoted = {t for t in read if (teller := paragraph.reader.quoting(t)) and teller.token in seen}
    kept += [
        d
        for token, d in read.items()
        if token not in seen and (not d.content or _is_firm(d) or token in quoted or _is_within(d, kept))
    ]
    paragraph.drafts = sorted(kept, key=lambda d: d.reading.token)
    assign(paragraph)


def _by_cue(drafts: Sequence[Draft], cues: Sequence[Tagged]) -> dict[int, Draft]:
    """What the rules read, by the token that the tagger hangs each cue on: "was quoted as saying" is one cue, which the
    rules hang on its last word and the tagger on its first."""
    read = {d.reading.token: d for d in drafts}
    for cue in cues:
        inside = [t for t in range(cue.cue[0], cue.cue[1] + 1) if t in read and read[t].content]
        if cue.token not in read and inside and not any(c.token in inside for c in cues):
            read[cue.token] = read.pop(inside[0])
    return read


def _is_firm(draft: Draft) -> bool:
    """Whether the tagger has no veto: forms that it has seen too seldom to know ("reportedly", "the claim by X that"),
    and quotations that touch a cue with its source, which it loses where a mark is missing."""
    reading = draft.reading
    if reading.form in ("verb", "noun"):
        return reading.mention is not None and (draft.spoken or reading.form == "noun")
    return True


def _is_nobodys(tree: Tree, cue: Tagged) -> bool:
    """ "Nobody said a word"."""
    return cue.source is not None and tree.word[cue.source[0]] in lexicon().sources.nobody


def _is_within(draft: Draft, others: Sequence[Draft]) -> bool:
    """Whether the cue of a draft stands in what another one attributes."""
    position = draft.reading.tree.start[draft.reading.token]
    return any(a <= position < b for d in others if d is not draft for a, b in d.content)


def _redrawn(paragraph: Paragraph, cue: Tagged, draft: Draft | None) -> Draft:
    """What the rules read, with the tagger's spans; or what the tagger alone reads."""
    if draft is not None and not cue.content:
        return draft
    content = spans_of(paragraph.text, paragraph.tree, cue.content)
    if draft is None:
        return Draft(_reading(paragraph.tree, cue), content)
    mention = _source(draft.reading.mention, cue.source)
    return Draft(replace(draft.reading, mention=mention, content=cue.content), content, draft.spoken)


def _is_a_name(paragraph: Paragraph, draft: Draft) -> bool:
    """Whether all that is attributed is a name between marks: 'nicknamed "Old Bess"'."""
    names = [q.inner for q in paragraph.quotations if is_title(paragraph.text[slice(*q.inner)])]
    return all(any(a <= begin and end <= b for a, b in names) for begin, end in draft.content)


def _source(ours: Range | None, theirs: Range | None) -> Range | None:
    """The rules know better where a mention begins and ends, the tagger which one it is."""
    if ours is None or theirs is None:
        return ours or theirs
    return ours if ours[0] <= theirs[1] and theirs[0] <= ours[1] else theirs


def _reading(tree: Tree, cue: Tagged) -> Reading:
    lemma = tree.lemma[cue.token]
    known = lexicon().verbs.get(lemma)
    return Reading(
        tree,
        cue.token,
        cue.cue,
        lemma,
        known.stance if known else lexicon().nouns.get(lemma, "report"),
        _form(tree, cue),
        cue.source,
        cue.content,
        opinion=cue.reports < 0.5,
        negated=bool(tree.kids(cue.token, "neg")),
    )


def _form(tree: Tree, cue: Tagged) -> Literal["verb", "noun", "attitude"]:
    """Only a cue that reports, or one with a clause, gives somebody's words."""
    clause = any(tree.tag[i] in FINITE for first, last in cue.content for i in range(first, last + 1))
    if cue.reports < 0.5 and not clause:
        return "attitude"
    return "noun" if tree.pos[cue.token] in ("NOUN", "PROPN", "ADJ") else "verb"
