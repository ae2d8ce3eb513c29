"""Sentences cut into the clauses that assert something of their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from variorum.annotate.attribution.passage import SUBJECTS, Range
from variorum.annotate.lexicon import lexicon
from variorum.annotate.parse import Tree

_FINITE: Final = frozenset({"VBD", "VBZ", "VBP", "MD"})
_VERBAL: Final = frozenset({"VERB", "AUX"})


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause: its head word, the tokens that are its own (without those of clauses below it), and the words it
    borrows as its subject from the clause above (``subject``) or from the noun that it modifies."""

    head: int
    own: tuple[Range, ...]
    subject: Range | None
    above: int | None
    kind: str


def clauses(tree: Tree, sentence: Range, given: Mapping[int, str]) -> list[Clause]:
    """The asserting clauses of ``sentence`` (first token, one past the last), in order of their first words.

    ``given`` holds the heads that attribution knows of: "reported" clauses, which assert on their source's account,
    and verbs that are cues ("cue").
    """
    begin, end = sentence
    heads: dict[int, str] = {}
    for token in range(begin, end):
        if kind := _kind(tree, token, given):
            heads[token] = kind
    root = next((head for head, kind in heads.items() if kind == "main"), None)
    verb = _real_verb(tree, root) if root is not None else None
    owner = _owners(tree, sentence, heads)
    if root is not None and verb in heads:
        owner = [verb if token == root else token for token in owner]
        heads = {verb: "main"} | {head: kind for head, kind in heads.items() if head not in (root, verb)}
    own: dict[int, list[int]] = {head: [] for head in heads}
    for token in range(begin, end):
        own[owner[token - begin]].append(token)
    found = []
    for head, kind in heads.items():
        tokens = own[head]
        above = owner[tree.head[head] - begin] if tree.head[head] != head and begin <= tree.head[head] < end else None
        found.append(Clause(head, _ranges(tree, tokens), _subject(tree, head, kind, given), above, kind))
    return found


def _real_verb(tree: Tree, root: int) -> int | None:
    """The finite verb of a sentence whose root the parser saw in a participle: "The council formed in May, meets"."""
    if tree.tag[root] not in ("VBN", "VBG") or is_finite(tree, root) or tree.kids(root, "cc"):
        return None
    return next((c for c in tree.kids(root, "conj") if is_finite(tree, c)), None)


def _kind(tree: Tree, token: int, given: Mapping[int, str]) -> str | None:
    """The way in which ``token`` heads a clause that asserts, or None."""
    dep, above = tree.dep[token], tree.head[token]
    if above == token:
        return "main"
    if token in given:
        return given[token]
    if tree.pos[token] not in _VERBAL:
        return None
    finite = is_finite(tree, token)
    if dep == "conj":
        if any(tree.word[m] in lexicon().reality.conditions for m in tree.kids(token, "mark")):
            return None
        return (
            "conj" if finite and tree.pos[above] in _VERBAL and not _in_condition(tree, token) else _listed(tree, token)
        )
    if dep == "relcl":
        return "relative" if finite and _after_comma(tree, token) else None
    if dep == "parataxis" or (dep == "ccomp" and finite and not tree.kids(token, "mark") and token < above):
        return "parataxis" if finite else None
    if dep == "advcl":
        return _adverbial(tree, token, finite)
    if dep == "acl":
        return "participle" if _after_comma(tree, token) and tree.tag[token] in ("VBG", "VBN") else None
    return None


def _adverbial(tree: Tree, token: int, finite: bool) -> str | None:
    marks = [tree.word[c] for c in tree.kids(token, "mark", "advmod") if c < token]
    if finite:
        return "adverbial" if marks and _is_fact(tree, token, marks[0]) else None
    result = tree.tag[token] == "VBG" and _after_comma(tree, token)
    return "participle" if result and not marks and tree.kids(token, "dobj", "prep", "ccomp") else None


def _is_fact(tree: Tree, token: int, conjunction: str) -> bool:
    """Whether an adverbial clause tells what is the case; "when" and "once" do so of the past only."""
    if conjunction not in lexicon().facts or not tree.kids(token, *SUBJECTS):
        return False
    past = tree.tag[token] == "VBD" or any(tree.tag[c] == "VBD" for c in tree.kids(token, "aux", "auxpass"))
    return (past or conjunction not in ("when", "once")) and not _in_condition(tree, tree.head[token])


def _listed(tree: Tree, token: int) -> str | None:
    """ "killing two and injuring 13": each of a list of participles tells its own fact."""
    above = tree.head[token]
    both = tree.tag[token] == tree.tag[above] == "VBG" and bool(tree.kids(token, "dobj"))
    return "participle" if both and tree.dep[above] == "advcl" and _adverbial(tree, above, False) else None


def _in_condition(tree: Tree, token: int) -> bool:
    """Whether a coordinated verb stands below a conjunction that tells no fact, or below another verb's infinitive."""
    conditions = lexicon().reality.conditions
    for _ in range(20):
        if tree.dep[token] != "conj":
            break
        token = tree.head[token]
    if any(tree.word[m] in conditions for m in tree.kids(token, "mark")):
        return True
    if tree.dep[token] in ("ROOT", "parataxis"):
        return False
    if tree.dep[token] == "relcl":
        return not _after_comma(tree, token)
    if tree.dep[token] == "advcl":
        return _adverbial(tree, token, is_finite(tree, token)) is None
    return tree.dep[token] not in ("ccomp", "acl")


def is_finite(tree: Tree, token: int) -> bool:
    """Whether a verb is finite by itself or by an auxiliary of its own."""
    if tree.tag[token] in _FINITE:
        return True
    return any(tree.tag[c] in _FINITE for c in tree.kids(token, "aux", "auxpass"))


def _after_comma(tree: Tree, token: int) -> bool:
    first = tree.left[token]
    return first > 0 and tree.word[first - 1] in (",", "-", "–", "—", "--", "(")


def _owners(tree: Tree, sentence: Range, heads: dict[int, str]) -> list[int]:
    """For each token of the sentence the clause head that it belongs to: the nearest one above it."""
    begin, end = sentence
    owner: list[int] = [-1] * (end - begin)
    for token in range(begin, end):
        path, at = [], token
        while owner[at - begin] < 0 and at not in heads and tree.head[at] != at and begin <= tree.head[at] < end:
            path.append(at)
            at = tree.head[at]
        found = owner[at - begin] if owner[at - begin] >= 0 else at
        owner[at - begin] = found
        for step in path:
            owner[step - begin] = found
    return owner


def _ranges(tree: Tree, tokens: list[int]) -> tuple[Range, ...]:
    """Runs of tokens, without joints and punctuation at their ends."""
    runs: list[list[int]] = []
    for token in tokens:
        if runs and token == runs[-1][-1] + 1:
            runs[-1].append(token)
        else:
            runs.append([token])
    trimmed = []
    for run in runs:
        first, last = run[0], run[-1]
        while first <= last and (tree.pos[first] in ("PUNCT", "SPACE") or (tree.dep[first] == "cc" and len(runs) > 1)):
            first += 1
        while last >= first and (tree.pos[last] in ("PUNCT", "SPACE", "CCONJ") or tree.dep[last] == "cc"):
            last -= 1
        if first <= last:
            trimmed.append((first, last))
    return tuple(trimmed)


def _subject(tree: Tree, head: int, kind: str, given: Mapping[int, str]) -> Range | None:
    """The words that a clause without a subject of its own takes as one."""
    if tree.head[head] == head or kind in ("parataxis", "adverbial"):
        return None
    if kind == "cue" and tree.dep[head] == "relcl":
        return _phrase(tree, tree.head[head], head)
    if kind == "relative" or (kind == "participle" and tree.dep[head] == "acl"):
        return _phrase(tree, tree.head[head], head)
    own = tree.kids(head, *SUBJECTS)
    if own and not tree.tag[own[0]].startswith("W"):
        return None
    above = tree.head[head]
    if own and kind == "conj" and tree.dep[above] == "relcl":
        return _phrase(tree, tree.head[above], above)
    if own:
        return None
    if kind == "reported" and given.get(above) == "cue":
        # "X said the talks had begun and will go on": hung on the cue, but the talks will go on.
        above = next(iter(tree.kids(above, "ccomp")), above)
    for _ in range(6):
        subjects = [c for c in tree.children[above] if tree.dep[c] in SUBJECTS]
        if subjects:
            first, last = _phrase(tree, subjects[0], head)
            if tree.dep[above] == "relcl" and any(tree.tag[i].startswith("W") for i in range(first, last + 1)):
                # "the missile, whose debris fell and caused a fire": who is meant stands before the pronoun.
                first = _phrase(tree, tree.head[above], above)[0]
            return first, last
        if tree.dep[above] == "relcl" or tree.head[above] == above:
            break
        above = tree.head[above]
    return None


def _phrase(tree: Tree, noun: int, below: int) -> Range:
    """A noun with what stands before it and close after it, without ``below`` and other clauses set off by commas."""
    last = noun
    for child in tree.children[noun]:
        if child <= noun:
            continue
        if (
            child == below
            or tree.left[child] <= below <= tree.right[child]
            or tree.dep[child] in ("punct", "relcl", "cc")
        ):
            break
        last = tree.right[child]
    return tree.left[noun], last
