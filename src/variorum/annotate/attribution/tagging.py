"""Drafts corrected by the taggers: spans redrawn, cues added that no rule reads, readings dropped that are none."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Final, Literal

from variorum.annotate.attribution.cues import CueReader
from variorum.annotate.attribution.drafts import Draft, Paragraph, assign, spans_of
from variorum.annotate.attribution.frames import is_negated
from variorum.annotate.attribution.passage import CLAUSAL, FINITE, Range, Reading
from variorum.annotate.attribution.quotes import is_title
from variorum.annotate.attribution.speakers import head_of, speaker_of
from variorum.annotate.attribution.tagger import Tagged, Tagger
from variorum.annotate.lexicon import lexicon
from variorum.annotate.parse import Tree

#: Words that begin a question within a sentence.
_ASKING: Final = frozenset({"WRB", "WP", "WP$", "WDT"})


def correct(paragraphs: Sequence[Paragraph], tagger: Tagger) -> None:
    """Corrects the drafts of ``paragraphs``, of any number of articles, in place."""
    for paragraph, tagged in zip(paragraphs, tagger.tag(paragraphs), strict=True):
        _correct(paragraph, tagged)


def _correct(paragraph: Paragraph, tagged: Iterable[Tagged]) -> None:
    cues = [cue for cue in tagged if not (_is_nobodys(paragraph.tree, cue) or _is_a_label(paragraph.tree, cue))]
    read = _by_cue(paragraph.drafts, cues)
    known, added = [], []
    for cue in cues:
        ours = read.get(cue.token)
        if ours is not None and ours.content:
            known.append(_redrawn(paragraph, cue, ours, read.values()))
        elif cue.content:
            added.append(_redrawn(paragraph, cue, ours, ()))
    added = [d for d in added if not (_is_a_name(paragraph, d) or paragraph.reader.is_deed(d.reading.token))]
    # The corpus that the taggers learned from is flat: what is said within what is said is left to the rules.
    kept = known + [d for d in added if not _is_within(d, [*known, *added])]
    seen = {d.reading.token for d in kept}
    quoted = {t for t in read if (teller := paragraph.reader.quoting(t)) and teller.token in seen}
    quoted |= {t for t, d in read.items() if _cites(paragraph, d, seen)}
    kept += [
        d
        for token, d in read.items()
        if token not in seen
        and (not d.content or _is_firm(d, paragraph.reader) or token in quoted or _is_within(d, kept))
    ]
    paragraph.drafts = sorted(kept, key=lambda d: d.reading.token)
    assign(paragraph)


def _is_a_label(tree: Tree, cue: Tagged) -> bool:
    """Whether what stands before a colon only says what kind of piece follows: "Correction: …"."""
    if tree.word[cue.token] != ":" or cue.source is None:
        return False
    return not {*lexicon().sources.labels}.isdisjoint(tree.word[cue.source[0] : cue.source[1] + 1])


def _by_cue(drafts: Sequence[Draft], cues: Sequence[Tagged]) -> dict[int, Draft]:
    """What the rules read, by the token that the tagger hangs each cue on: "was quoted as saying" is one cue, which the
    rules hang on its last word and the tagger on its first."""
    read = {d.reading.token: d for d in drafts}
    for cue in cues:
        inside = [t for t in range(cue.cue[0], cue.cue[1] + 1) if t in read and read[t].content]
        if cue.token not in read and inside and not any(c.token in inside for c in cues):
            read[cue.token] = read.pop(inside[0])
    return read


def _is_firm(draft: Draft, reader: CueReader) -> bool:
    """Whether the tagger has no veto: forms that it has seen too seldom to know ("reportedly", "the claim by X that",
    "…, stated X", "put the toll at"), and quotations that touch a cue with its source, which it loses where a mark is
    missing."""
    reading = draft.reading
    if reading.form == "noun":
        return reading.mention is not None or reader.is_abroad(reading.token)
    if reading.form == "verb":
        known = draft.spoken or _is_inverted(reading) or _tells_figure(reading) or _serves(reading)
        return _is_impersonal(reading) or (reading.mention is not None and known)
    return True


def _tells_figure(reading: Reading) -> bool:
    """ "Put the toll at nine", "give the number as forty", "boat owners speak of forty boats"; a name that speaks of
    nine dead may be a medium's, which has them from somebody."""
    if reading.lemma in ("put", "give"):
        return True
    tree, mention = reading.tree, reading.mention
    counted = any(tree.pos[i] == "NUM" for first, last in reading.content for i in range(first, last + 1))
    return (
        reading.lemma == "speak of" and counted and mention is not None and tree.pos[head_of(tree, mention)] == "NOUN"
    )


def _serves(reading: Reading) -> bool:
    """ "The service, whose spokeswoman, Ada Quell, said …"."""
    whose = reading.mention is not None and reading.tree.tag[reading.mention[0]] == "WP$"
    return whose and bool(reading.content) and "speech" in lexicon().verbs_of(reading.lemma)


def _is_impersonal(reading: Reading) -> bool:
    """ "The gate, it is reported, has cracked"."""
    patients = reading.tree.kids(reading.token, "nsubjpass")
    set_in = reading.mention is None and bool(reading.content) and reading.content[0][0] < reading.token
    return set_in and any(reading.tree.word[p] == "it" for p in patients)


def _cites(paragraph: Paragraph, draft: Draft, tellers: Collection[int]) -> bool:
    """Whether a draft names whom another one cites: "…, the daily reported, citing X"."""
    tree, verb = paragraph.tree, draft.reading.token
    cites = tree.lemma[verb] in ("cite", "quote") and tree.dep[verb] == "advcl" and tree.head[verb] in tellers
    return cites and paragraph.reader.speaking_object(verb) is not None


def _is_inverted(reading: Reading) -> bool:
    """ "…, stated X": words of a known verb of speech that stand before it, and its source behind it."""
    behind = reading.mention is not None and reading.mention[0] > reading.token
    before = bool(reading.content) and reading.content[-1][1] < reading.token
    return behind and before and "speech" in lexicon().verbs_of(reading.lemma)


def _is_nobodys(tree: Tree, cue: Tagged) -> bool:
    """ "Nobody said a word", "everything points to it", "according to what we know"."""
    if cue.source is None:
        return tree.word[cue.token] == "according"
    return speaker_of(tree, cue.source) is None


def _is_within(draft: Draft, others: Sequence[Draft]) -> bool:
    """Whether the cue of a draft stands in what another one attributes."""
    position = draft.reading.tree.start[draft.reading.token]
    return any(a <= position < b for d in others if d is not draft for a, b in d.content)


def _redrawn(paragraph: Paragraph, cue: Tagged, draft: Draft | None, others: Iterable[Draft]) -> Draft:
    """What the rules read, with the tagger's spans; or what the tagger alone reads."""
    if draft is not None and (not cue.content or paragraph.reader.quoting(draft.reading.token)):
        return draft
    cue = replace(cue, content=_not_the_source(cue.content, draft.reading.mention if draft else cue.source))
    content = spans_of(paragraph.text, paragraph.tree, cue.content)
    if draft is not None and _is_impersonal(draft.reading):
        return draft
    if draft is None:
        return Draft(_reading(paragraph.tree, cue), content)
    theirs = None if _is_patient(draft.reading, cue.source) else cue.source
    mention = _source(draft.reading.mention, theirs)
    ours = draft.reading
    if _loses_predicate(ours, cue.content) or _overruns(ours, cue.content) or _takes_teller(draft, cue.content, others):
        return Draft(replace(draft.reading, mention=mention), draft.content, draft.spoken)
    return Draft(replace(draft.reading, mention=mention, content=cue.content), content, draft.spoken)


def _not_the_source(content: Sequence[Range], source: Range | None) -> tuple[Range, ...]:
    """Content without pieces that are the source: "X was quoted as saying" attributes nothing of X."""
    first, last = source or (-1, -1)
    others = tuple(piece for piece in content if not first <= piece[0] <= piece[1] <= last)
    return others or tuple(content)


def _is_a_name(paragraph: Paragraph, draft: Draft) -> bool:
    """Whether all that is attributed is a name between marks: 'nicknamed "Old Bess"'."""
    names = [q.inner for q in paragraph.quotations if is_title(paragraph.text[slice(*q.inner)])]
    return all(any(a <= begin and end <= b for a, b in names) for begin, end in draft.content)


def _is_patient(reading: Reading, source: Range | None) -> bool:
    """ "The ministry was warned": those who are told are not the source."""
    patients = reading.tree.kids(reading.token, "nsubjpass")
    return source is not None and any(source[0] <= p <= source[1] for p in patients)


def _loses_predicate(reading: Reading, theirs: Sequence[Range]) -> bool:
    """Whether of what stands before a tag the tagger keeps what is told in it and drops who told it: "Bo told her that
    it was late, the lawyer said". In the flat corpus that it learned from, the inner words are a row of their own."""
    if not reading.content or not theirs or reading.content[0][0] > theirs[0][0] or theirs[0][0] > reading.token:
        return False
    tree, dropped = reading.tree, range(reading.content[0][0], theirs[0][0])
    above = (tree.head[i] for i in range(theirs[0][0], theirs[0][1] + 1) if tree.dep[i] in CLAUSAL)
    return any(head in dropped and tree.pos[head] in ("VERB", "AUX") for head in above)


def _overruns(reading: Reading, theirs: Sequence[Range]) -> bool:
    """Whether the tagger follows a parse that has no verb above "X's claim that …", and takes the sentence's own into
    the claim."""
    alone = reading.form == "noun" and reading.tree.head[reading.token] == reading.token
    return alone and bool(reading.content) and bool(theirs) and theirs[-1][1] > reading.content[-1][1]


def _takes_teller(draft: Draft, theirs: Sequence[Range], others: Iterable[Draft]) -> bool:
    """Whether the tagger takes into a phrase's content the cue that it stands behind: in "said that, according to X, it
    was late" the speaker is no part of what X says."""
    if draft.reading.form != "phrase":
        return False
    tellers = (d.reading.token for d in others if d is not draft and _is_within(draft, [d]))
    return any(first <= token <= last for token in tellers for first, last in theirs)


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
        negated=is_negated(tree, cue.token),
    )


def _form(tree: Tree, cue: Tagged) -> Literal["verb", "noun", "attitude"]:
    """Only a cue that reports, or one with a clause, gives somebody's words; none that asks ("want to know why …")."""
    clause = any(tree.tag[i] in FINITE for first, last in cue.content for i in range(first, last + 1))
    clause = clause and tree.tag[cue.content[0][0]] not in _ASKING
    if cue.reports < 0.5 and not clause:
        return "attitude"
    return "noun" if tree.pos[cue.token] in ("NOUN", "PROPN", "ADJ") else "verb"
