"""Sentences cut into the clauses that assert something of their own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from variorum.annotate.cues import SUBJECTS, Range
from variorum.annotate.parse import Tree

_FINITE: Final = frozenset({"VBD", "VBZ", "VBP", "MD"})
_VERBAL: Final = frozenset({"VERB", "AUX"})
#: Conjunctions whose clause is told as a fact beside the main one ("if", "unless" and "whether" tell none).
_FACTUAL: Final = frozenset(
    {"after", "when", "since", "because", "as", "while", "although", "though", "whereas", "once"}
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause: its head word, the tokens that are its own (without those of clauses below it), and the words it
    borrows as its subject from the clause above (``subject``) or from the noun that it modifies."""

    head: int
    own: tuple[Range, ...]
    subject: Range | None
    above: int | None
    kind: str


def clauses(tree: Tree, sentence: Range, reported: frozenset[int]) -> list[Clause]:
    """The asserting clauses of ``sentence`` (first token, one past the last), in order of their first words.

    ``reported`` holds the head words of clauses that a cue attributes: these assert on their source's account.
    """
    begin, end = sentence
    heads: dict[int, str] = {}
    for token in range(begin, end):
        if kind := _kind(tree, token, reported):
            heads[token] = kind
    owner = _owners(tree, sentence, heads)
    own: dict[int, list[int]] = {head: [] for head in heads}
    for token in range(begin, end):
        own[owner[token - begin]].append(token)
    found = []
    for head, kind in heads.items():
        tokens = own[head]
        above = owner[tree.head[head] - begin] if tree.head[head] != head and begin <= tree.head[head] < end else None
        found.append(Clause(head, _ranges(tree, tokens), _subject(tree, head, kind), above, kind))
    return found


def _kind(tree: Tree, token: int, reported: frozenset[int]) -> str | None:
    """The way in which ``token`` heads a clause that asserts, or None."""
    dep, above = tree.dep[token], tree.head[token]
    if above == token:
        return "main"
    if token in reported:
        return "reported"
    if tree.pos[token] not in _VERBAL:
        return None
    finite = is_finite(tree, token)
    if dep == "conj":
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
        has_subject = bool(tree.kids(token, *SUBJECTS))
        return "adverbial" if has_subject and marks and marks[0] in _FACTUAL else None
    result = tree.tag[token] == "VBG" and token > tree.head[token] and _after_comma(tree, token)
    return "participle" if result and not marks and tree.kids(token, "dobj", "prep", "ccomp") else None


def _listed(tree: Tree, token: int) -> str | None:
    """ "killing two and injuring 13": each of a list of participles tells its own fact."""
    above = tree.head[token]
    both = tree.tag[token] == tree.tag[above] == "VBG" and bool(tree.kids(token, "dobj"))
    return "participle" if both and tree.dep[above] == "advcl" and _adverbial(tree, above, False) else None


def _in_condition(tree: Tree, token: int) -> bool:
    """Whether a coordinated verb stands below a conjunction that tells no fact, or below another verb's infinitive."""
    for _ in range(20):
        if tree.dep[token] != "conj":
            break
        token = tree.head[token]
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


def _subject(tree: Tree, head: int, kind: str) -> Range | None:
    """The words that a clause without a subject of its own takes as one."""
    if kind in ("main", "parataxis", "adverbial"):
        return None
    if kind == "relative" or (kind == "participle" and tree.dep[head] == "acl"):
        return _phrase(tree, tree.head[head], head)
    if any(tree.dep[c] in SUBJECTS for c in tree.children[head]):
        return None
    above = tree.head[head]
    for _ in range(6):
        subjects = [c for c in tree.children[above] if tree.dep[c] in SUBJECTS]
        if subjects:
            return _phrase(tree, subjects[0], head)
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
