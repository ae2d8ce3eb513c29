"""Headlines, which put who says so before a colon or after a dash: "Mayor: gate was rotten", "… – mayor"."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from variorum.annotate.attribution.passage import DASHES, FINITE, Passage, Reading

#: A headline has no more tokens.
_LONGEST: Final = 30
_HEADING: Final = frozenset({"PROPN", "ADJ", "NOUN", "PUNCT", "NUM", "PART"})


def read_headline(passage: Passage) -> Reading | None:
    """Who a paragraph names before its words or after them, if it is a headline."""
    return _first(passage) or _last(passage)


def _first(passage: Passage) -> Reading | None:
    """ "Name: words" at the head of a paragraph, as in interviews, tickers and headlines."""
    tree = passage.tree
    colon = next((i for i in range(min(8, len(tree.word))) if tree.word[i] == ":"), None)
    if not colon or colon + 2 >= len(tree.word) or any(passage.inside[i] >= 0 for i in range(colon)):
        return None
    if any(tree.pos[i] not in _HEADING for i in range(colon)) or not _may_head(passage, 0, colon - 1):
        return None
    named = any(tree.ent[i] == "PERSON" for i in range(colon))
    quoted = passage.inside[colon + 1] >= 0 and tree.pos[colon - 1] in ("PROPN", "NOUN")
    told = _is_headline(passage) and _tells(passage, colon + 1, len(tree.word) - 1)
    if not (named or quoted or (told and _speaks(passage, 0, colon - 1))):
        return None
    reading = Reading(tree, colon, (colon, colon), ":", "report", "headline", passage.strip(0, colon - 1))
    return replace(reading, content=passage.settle([(colon + 1, len(tree.word) - 1)], reading))


def _last(passage: Passage) -> Reading | None:
    """ "Words – source", a paragraph of its own without a full stop."""
    tree, last = passage.tree, len(passage.tree.word) - 1
    spaced = (i for i in range(last, max(2, last - 8), -1) if tree.word[i] in DASHES and _is_spaced(passage, i))
    dash = next(spaced, None)
    if dash is None or dash == last or tree.word[dash] == ":" or not _is_headline(passage):
        return None
    nominal = all(tree.pos[i] in _HEADING and passage.inside[i] < 0 for i in range(dash + 1, last + 1))
    if not (nominal and _may_head(passage, dash + 1, last) and _speaks(passage, dash + 1, last)):
        return None
    if not _tells(passage, 0, dash - 1):
        return None
    mention = passage.strip(dash + 1, last)
    reading = Reading(tree, dash, (dash, dash), tree.word[dash], "report", "headline", mention)
    return replace(reading, content=passage.settle([(0, dash - 1)], reading))


def _is_headline(passage: Passage) -> bool:
    """Whether the paragraph is one line without a full stop."""
    words = passage.tree.word
    return len(words) <= _LONGEST and words[-1] not in (".", "!", "…", ";", ",", ":")


def _is_spaced(passage: Passage, token: int) -> bool:
    tree, offset = passage.tree, passage.tree.block.span[0]
    begin, end = tree.start[token] - offset, tree.end[token] - offset
    return tree.flat[begin - 1 : begin].isspace() and tree.flat[end : end + 1].isspace()


def _tells(passage: Passage, first: int, last: int) -> bool:
    """Whether a clause stands there: a finite verb, or the infinitive that headlines use for what is to come."""
    return any(passage.tree.tag[i] in FINITE or passage.tree.tag[i] == "TO" for i in range(first, last + 1))


def _may_head(passage: Passage, first: int, last: int) -> bool:
    """Whether the words are no label that says what kind of piece follows ("Photo: …")."""
    tree = passage.tree  # a word that the tagger takes for a name has itself as its lemma: "Correction"
    return not {*tree.lemma[first : last + 1], *tree.word[first : last + 1]} & {*passage.lexicon.sources.labels}


def _speaks(passage: Passage, first: int, last: int) -> bool:
    """Whether the last of some words, which head no sentence, is a name or a noun for one who is cited."""
    tree, sources = passage.tree, passage.lexicon.sources
    words = {tree.lemma[last], tree.word[last]}
    nouns = {*sources.holders, *sources.speakers, *sources.strangers, *sources.bodies, *passage.lexicon.kinds}
    if words & nouns or passage.is_agency(last):
        return True
    return tree.pos[last] == "PROPN" and tree.ent[last] in ("PERSON", "ORG", "NORP", "") and last - first < 4
