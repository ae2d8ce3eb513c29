"""What the taggers see of a paragraph: categories of each token, and of each token as seen from one cue.

All categories are strings; `Vocabulary` turns them into rows of the taggers' tables, unknown ones into row 0. The
rules' own reading is one of the categories: the taggers learn where to trust it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from variorum.annotate.attribution.drafts import Paragraph
from variorum.annotate.attribution.passage import Range
from variorum.annotate.lexicon import lexicon
from variorum.annotate.parse import Tree

Ids = NDArray[np.int32]

#: The categories of a token, and of a token seen from a cue, in the order of their columns.
TOKEN: Final = ("lemma", "tag", "dep", "ent", "marks", "rule", "words")
PAIR: Final = ("distance", "path", "branch", "sides", "rule")
#: Tokens further from a cue than this are not looked at: paragraphs are shorter, and time stays linear.
REACH: Final = 150
#: Distances above these fall into one class.
_STEPS: Final = (0, 1, 2, 3, 4, 6, 8, 12, 16, 24, 40, 80)
_FAR: Final = 4  #: steps up and down a tree that are told apart

Vocabulary = Mapping[str, Mapping[str, int]]
"""For each category its values and their rows; row 0 is for all others."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What the rules read, by token: the role of each token, and of each token for the cue at one token."""

    role: list[str]
    of_cue: dict[int, dict[int, str]]


def token_categories(paragraph: Paragraph, read: Rules) -> list[list[str]]:
    """A column for each of `TOKEN`, as long as the paragraph."""
    tree = paragraph.tree
    lemmas = [
        "NAME" if p == "PROPN" else "NUMBER" if p == "NUM" else m for p, m in zip(tree.pos, tree.lemma, strict=True)
    ]
    return [lemmas, tree.tag, tree.dep, tree.ent, _marks(paragraph), read.role, _words(tree)]


def _marks(paragraph: Paragraph) -> list[str]:
    """For each token where it stands: outside quotations, inside one, or at an end of one."""
    states = ["in" if number >= 0 else "" for number in paragraph.reader.inside]
    for number, (first, last) in paragraph.reader.bounds.items():
        whole = paragraph.quotations[number].opened and paragraph.quotations[number].closed
        states[first] = "opens" if whole else "opens?"
        states[last] = "closes" if whole else "closes?"
    return states


def _words(tree: Tree) -> list[str]:
    """What the word lists say of each token's lemma."""
    words = lexicon()
    found = []
    for lemma, pos in zip(tree.lemma, tree.pos, strict=True):
        kind = ""
        if pos in ("VERB", "AUX"):
            verb = words.verbs.get(lemma)
            kind = "+".join(sorted(verb.frames)) if verb else "manner" if lemma in words.manners else ""
        elif pos == "NOUN":
            holder = lemma in words.sources.holders or lemma in words.sources.speakers
            kind = "saying" if lemma in words.nouns else "holder" if holder else words.kinds.get(lemma, "")
        found.append(kind)
    return found


def rules(paragraph: Paragraph) -> Rules:
    """The roles that the rules gave to tokens: ``cue-`` and its form at the word that a cue hangs on, ``cue``,
    ``source`` and ``content`` elsewhere."""
    tree = paragraph.tree
    role = [""] * len(tree.start)
    of_cue: dict[int, dict[int, str]] = {}
    for draft in reversed(paragraph.drafts):
        if not draft.repeats:
            continue
        reading = draft.reading
        own = of_cue.setdefault(reading.token, {})
        for begin, end in draft.content:
            own.update(dict.fromkeys(tokens_in(tree, begin, end), "content"))
        if reading.mention:
            own.update(dict.fromkeys(range(reading.mention[0], reading.mention[1] + 1), "source"))
        own.update(dict.fromkeys(range(reading.cue[0], reading.cue[1] + 1), "cue"))
    for own in of_cue.values():
        for token, part in own.items():
            if part != "content" or not role[token]:
                role[token] = part
    for draft in paragraph.drafts:
        if draft.repeats:
            role[draft.reading.token] = f"cue-{draft.reading.form}"
    return Rules(role, of_cue)


def tokens_in(tree: Tree, begin: int, end: int) -> range:
    """The tokens that begin inside a span of the article."""
    return range(bisect_left(tree.start, begin), bisect_left(tree.start, end))


def window(tree: Tree, cue: int) -> Range:
    """The first and the last token that are looked at for a cue."""
    return max(0, cue - REACH), min(len(tree.start) - 1, cue + REACH)


def pair_categories(paragraph: Paragraph, cue: int, own: Mapping[int, str] | None) -> list[list[str]]:
    """A column for each of `PAIR`, for the tokens of the cue's `window`; ``own`` is what the rules gave to this cue,
    null where they read none."""
    tree, inside = paragraph.tree, paragraph.reader.inside
    first, last = window(tree, cue)
    tokens = range(first, last + 1)
    ways = _ways(tree, cue)
    begin, end = tree.sentences[tree.sentence[cue]]
    none = "none" if own is None else ""
    columns: list[list[str]] = [[], [], [], [], []]
    for token in tokens:
        path, branch = ways.get(token, ("", ""))
        side = "same" if begin <= token < end else "before" if token < cue else "after"
        columns[0].append(_DISTANCE[token - cue])
        columns[1].append(path)
        columns[2].append(branch)
        columns[3].append(side + _between(inside, token, cue))
        columns[4].append(none if own is None else own.get(token, ""))
    return columns


def _between(inside: list[int], token: int, cue: int) -> str:
    """How a token's quotation lies to the cue's."""
    here, there = inside[token], inside[cue]
    if here == there:
        return "" if here < 0 else " together"
    if there >= 0:
        return " out" if here < 0 else " other"
    return " next"


def _class(distance: int) -> str:
    size = next((s for s in reversed(_STEPS) if abs(distance) >= s), 0)
    return f"{'-' if distance < 0 else ''}{size}"


_DISTANCE: Final = {d: _class(d) for d in range(-REACH, REACH + 1)}


def _ways(tree: Tree, cue: int) -> dict[int, tuple[str, str]]:
    """For each token of the cue's sentence the steps up and down its way to the cue through the tree, and the relation
    by which the branch that it stands on hangs on the cue's own line."""
    above: dict[int, int] = {}
    token, down = cue, 0
    while token not in above:
        above[token] = down
        token, down = tree.head[token], down + 1
    found: dict[int, tuple[str, str]] = {}
    for ancestor, down in above.items():
        line = f"0{min(down, _FAR)}"
        found[ancestor] = (line, "" if ancestor == cue else "line")
        pending = [(child, 1, tree.dep[child]) for child in tree.children[ancestor] if child not in above]
        while pending:
            token, up, branch = pending.pop()
            found[token] = (f"{min(up, _FAR)}{min(down, _FAR)}", branch)
            pending += [(child, up + 1, branch) for child in tree.children[token]]
    return found


def rows(columns: Sequence[Sequence[str]], names: Sequence[str], vocabulary: Vocabulary, prefix: str) -> Ids:
    """Rows of the taggers' tables, shape (tokens, categories)."""
    found = np.zeros((len(columns[0]), len(names)), np.int32)
    for number, (name, column) in enumerate(zip(names, columns, strict=True)):
        known = vocabulary[f"{prefix}.{name}"]
        found[:, number] = [known.get(value, 0) for value in column]
    return found
