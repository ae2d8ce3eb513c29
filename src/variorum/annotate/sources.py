"""Whom a source names and what kind of source it is: a person, a body, a medium, a document or somebody unnamed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from variorum.annotate.cues import Range, Reading, chars
from variorum.annotate.lexicon import lexicon
from variorum.annotate.parse import Tree
from variorum.model import Article, Attribution, Entity, SourceKind, Span
from variorum.text.ids import content_id
from variorum.text.normalise import squeeze

Resolve = Callable[[Span], Entity | None]

Named = tuple[str, SourceKind, str | None]
"""Name, kind and entity id of a source."""

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


class Namer:
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
