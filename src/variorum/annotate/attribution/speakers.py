"""Who speaks in the words that stand where a source would: "the findings of the laboratory" are the laboratory's, and
"present findings", "what we know today", "everything", "Thursday evening" nobody's but the report's own."""

from __future__ import annotations

from typing import Final

from variorum.annotate.attribution.passage import SUBJECTS, Range
from variorum.annotate.lexicon import lexicon
from variorum.annotate.parse import Tree

_OWNERS: Final = frozenset({"of", "by", "from"})
_TIMES: Final = frozenset({"DATE", "TIME"})


def speaker_of(tree: Tree, mention: Range) -> Range | None:
    """The words for whoever speaks in ``mention``, most often all of them; None where nobody does."""
    sources, head = lexicon().sources, head_of(tree, mention)
    if tree.word[mention[0]] in sources.nobody:
        return None
    if tree.ent[head] in _TIMES and (tree.word[head] in sources.times or tree.pos[head] == "NUM"):
        return None
    if mention[0] == mention[1] and tree.word[head] == "what":
        return _knower(tree, head)
    return _finder(tree, mention, head) if _is_known(tree, head) else mention


def _knower(tree: Tree, what: int) -> Range | None:
    """Who knows in "according to what the police know": nobody where it "is known", or "we" know it."""
    subjects = [s for s in tree.kids(tree.head[what], *SUBJECTS) if s > what and tree.pos[s] != "PRON"]
    return (tree.left[subjects[0]], tree.right[subjects[0]]) if subjects else None


def _is_known(tree: Tree, head: int) -> bool:
    """Whether a noun is what is known, or the state of it."""
    known = lexicon().sources.known
    if tree.lemma[head] in ("state", "level"):
        return any(tree.lemma[o] in known for p in tree.kids(head, "prep") for o in tree.kids(p, "pobj"))
    return tree.lemma[head] in known


def _finder(tree: Tree, mention: Range, head: int) -> Range | None:
    """Whose findings they are; all the words where it is told at length, None where it is not told."""
    for owner in tree.kids(head, "poss"):
        if tree.tag[owner] != "PRP$":
            return tree.left[owner], owner
        return None if tree.word[owner] in ("our", "my") else mention
    inner = [p for noun in (head, *_below(tree, head)) for p in tree.kids(noun, "prep") if tree.word[p] in _OWNERS]
    finders = [o for p in inner for o in tree.kids(p, "pobj") if _may_find(tree, o) and o <= mention[1]]
    if finders:
        return tree.left[finders[0]], tree.right[finders[0]]
    before = [c for c in tree.kids(head, "compound", "nmod") if c >= mention[0]]
    if bodies := [c for c in before if _may_find(tree, c)]:
        return tree.left[bodies[0]], bodies[0]  # "police findings"
    return mention if before or tree.kids(head, "acl", "relcl") else None  # "DNA evidence"


def _below(tree: Tree, head: int) -> list[int]:
    return [o for p in tree.kids(head, "prep") for o in tree.kids(p, "pobj")]


def _may_find(tree: Tree, noun: int) -> bool:
    sources = lexicon().sources
    called = tree.lemma[noun] in lexicon().kinds or tree.word[noun] in sources.bodies
    return called or tree.pos[noun] == "PROPN" or tree.lemma[noun] in {*sources.holders, *sources.strangers}


def head_of(tree: Tree, tokens: Range) -> int:
    """The token of a range that the others hang on."""
    first, last = tokens
    return next((i for i in range(first, last + 1) if not first <= tree.head[i] <= last or tree.head[i] == i), last)
