"""Paragraphs of an article, parsed once each: the same words in another article, or the same article under another
date, cost no second parse."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from variorum.errors import MissingDependencyError
from variorum.model import ASSERTIVE_BLOCKS, Article, Block, Span
from variorum.text.normalise import flat_markup, flat_quotes

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
_LINE = re.compile(r"[^\n]+")
#: A paragraph that ends on one of these is finished; one that does not may go on below a page break or an inset.
_ENDS = frozenset(".!?:;…\"'”’»)]*")
_SENTENCE_END = re.compile(r"[.!?][\"'”’»)]*\s+")


@dataclass(frozen=True, slots=True, eq=False)
class Tree:
    """One parsed paragraph as parallel lists, one item a token: plain lists are many times faster to walk than spaCy's
    token objects. ``flat`` is the text that was parsed, ``start`` and ``end`` are offsets into the article, ``left``
    and ``right`` the first and the last token under each one."""

    doc: Doc
    block: Block
    flat: str
    start: list[int]
    end: list[int]
    word: list[str]
    lemma: list[str]
    tag: list[str]
    pos: list[str]
    dep: list[str]
    ent: list[str]
    head: list[int]
    left: list[int]
    right: list[int]
    children: list[list[int]]
    sentence: list[int]
    sentences: list[tuple[int, int]]

    def span(self, first: int, last: int) -> Span:
        """Offsets of the tokens ``first`` to ``last``, both included."""
        return self.start[first], self.end[last]

    def kids(self, token: int, *deps: str) -> list[int]:
        """Children of ``token`` by one of the relations ``deps``, in order."""
        return [c for c in self.children[token] if self.dep[c] in deps]


class Parser:
    """A spaCy pipeline with a memory. ``cache_characters`` bounds the text whose parses are kept."""

    def __init__(self, model: str, batch: int, cache_characters: int) -> None:
        self._model = model
        self._batch = batch
        self._limit = cache_characters
        self._size = 0
        self._kept: OrderedDict[str, Tree] = OrderedDict()
        self._nlp: Language | None = None

    def parse(self, articles: Sequence[tuple[Article, Sequence[Block]]]) -> list[list[Tree]]:
        """The trees of every article's paragraphs, in order. Each distinct text is parsed once."""
        flats = [[_flat(a.text[b.span[0] : b.span[1]]) for b in blocks] for a, blocks in articles]
        parsed = self._parse_distinct(dict.fromkeys(text for texts in flats for text in texts))
        return [
            [_placed(parsed[text], block) for text, block in zip(texts, blocks, strict=True)]
            for texts, (_, blocks) in zip(flats, articles, strict=True)
        ]

    def _parse_distinct(self, texts: dict[str, None]) -> dict[str, Tree]:
        found = {text: self._kept[text] for text in texts if text in self._kept}
        for text in found:
            self._kept.move_to_end(text)
        fresh = [text for text in texts if text not in found]
        if fresh:
            for text, doc in zip(fresh, self._pipeline().pipe(fresh, batch_size=self._batch), strict=True):
                found[text] = _read(doc)
                self._keep(text, found[text])
        return found

    def _keep(self, text: str, parsed: Tree) -> None:
        self._kept[text] = parsed
        self._size += len(text)
        while self._size > self._limit and self._kept:
            oldest, _ = self._kept.popitem(last=False)
            self._size -= len(oldest)

    def _pipeline(self) -> Language:
        if self._nlp is None:
            import spacy

            try:
                self._nlp = spacy.load(self._model)
            except OSError as exc:
                raise MissingDependencyError(
                    f"the spaCy pipeline {self._model!r} is not installed; install it, or name one that is"
                ) from exc
        return self._nlp


def _flat(text: str) -> str:
    """What is parsed in place of ``text``: as long as it, without markup and halves of surrogate pairs, which JSON can
    carry and no tokenizer can read."""
    return flat_markup(flat_quotes(text)).encode("utf-8", "replace").decode("utf-8")


def _read(doc: Doc) -> Tree:
    """The tree of a paragraph that stands at the very beginning."""
    sentences, sentence = [], []
    for number, sent in enumerate(doc.sents):
        sentences.append((sent.start, sent.end))
        sentence.extend([number] * len(sent))
    head = [t.head.i for t in doc]
    children: list[list[int]] = [[] for _ in head]
    for token, above in enumerate(head):
        if above != token:
            children[above].append(token)
    return Tree(
        doc=doc,
        block=Block((0, len(doc.text)), "body"),
        flat=doc.text,
        start=[t.idx for t in doc],
        end=[t.idx + len(t) for t in doc],
        word=[t.lower_ for t in doc],
        lemma=[t.lemma_.lower() for t in doc],
        tag=[t.tag_ for t in doc],
        pos=[t.pos_ for t in doc],
        dep=[t.dep_ for t in doc],
        ent=[t.ent_type_ for t in doc],
        head=head,
        left=[t.left_edge.i for t in doc],
        right=[t.right_edge.i for t in doc],
        children=children,
        sentence=sentence,
        sentences=sentences,
    )


def _placed(tree: Tree, block: Block) -> Tree:
    """The same tree where ``block`` stands; all but the offsets is shared."""
    offset = block.span[0]
    return replace(tree, block=block, start=[offset + s for s in tree.start], end=[offset + e for e in tree.end])


def paragraphs(article: Article, longest: int) -> tuple[Block, ...]:
    """The stretches of ``article`` to parse, in order: paragraphs of its assertive blocks (of its lines, where it
    has no blocks), broken ones joined again and ones above ``longest`` characters cut at sentence ends."""
    pieces: list[Block] = []
    for block in article.blocks or _lines(article.text):
        if block.kind not in ASSERTIVE_BLOCKS:
            continue
        for piece in _split(article.text, block):
            if pieces and _goes_on(article.text, pieces[-1], piece):
                pieces[-1] = Block((pieces[-1].span[0], piece.span[1]), pieces[-1].kind)
            else:
                pieces.append(piece)
    return tuple(part for piece in pieces for part in _cut(article.text, piece, longest))


def _lines(text: str) -> tuple[Block, ...]:
    return tuple(Block(m.span(), "body") for m in _LINE.finditer(text))


def _split(text: str, block: Block) -> Iterator[Block]:
    begin, end = block.span
    for gap in [*_BLANK_LINE.finditer(text, begin, end), None]:
        stop = gap.start() if gap else end
        first, last = _trim(text, begin, stop)
        if first < last:
            yield Block((first, last), block.kind)
        begin = gap.end() if gap else end


def _trim(text: str, begin: int, end: int) -> Span:
    while begin < end and text[begin].isspace():
        begin += 1
    while end > begin and text[end - 1].isspace():
        end -= 1
    return begin, end


def _goes_on(text: str, above: Block, below: Block) -> bool:
    """Whether a page break or an inset tore one sentence into ``above`` and ``below``."""
    joined = not text[above.span[1] : below.span[0]].strip() and below.kind != "list"
    return (
        joined and above.kind == below.kind and text[below.span[0]].islower() and text[above.span[1] - 1] not in _ENDS
    )


def _cut(text: str, block: Block, longest: int) -> Iterator[Block]:
    begin, end = block.span
    while end - begin > longest:
        window = text[begin : begin + longest]
        stops = [m.end() for m in _SENTENCE_END.finditer(window, longest // 2)]
        size = stops[-1] if stops else window.rfind(" ", longest // 2) + 1 or longest
        yield Block(_trim(text, begin, begin + size), block.kind)
        begin += size
    first, last = _trim(text, begin, end)
    if first < last:
        yield Block((first, last), block.kind)
