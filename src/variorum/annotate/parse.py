"""Paragraphs of an article, parsed once each: the same words in another article, or the same article under another
date, cost no second parse."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from variorum.annotate.late import Late
from variorum.annotate.names import lore
from variorum.annotate.products import one_thread, tiled
from variorum.annotate.tokens import Doc, Packed, Tables
from variorum.errors import MissingDependencyError
from variorum.model import ASSERTIVE_BLOCKS, Article, Block, Span
from variorum.text.normalise import flat_markup, flat_quotes

if TYPE_CHECKING:
    from spacy.language import Language

_MOST_TABLES = 200_000_000  #: bytes of words that a memory holds beside the docs
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
_LINE = re.compile(r"[^\n]+")
#: A paragraph that ends on one of these is finished; one that does not may go on below a page break or an inset.
_ENDS = frozenset(".!?:;…\"'”’»)]*")
#: Full stops with a space before them that belong to letters, to a title, to an initial, and to a number.
_SPACED_LETTERS = re.compile(r"(?<![\w.'])(?:[A-Za-z] \.(?: (?=[A-Za-z] \.))?){2,}")
_SPACED_TITLE = re.compile(r"\b([A-Z][a-z]{1,5}) \.(?= [A-Z])")
_SPACED_INITIAL = re.compile(r"\b([A-Z][a-z]+ [A-HJ-Z]) \. ([A-Z][a-z]+)")
_SPACED_DECIMAL = re.compile(r"\b((?:an?|the|his|her|their|its|with|of) )\. (?=\d)")
_SENTENCE_END = re.compile(r"[.!?][\"'”’»)]*\s+")


@dataclass(frozen=True, slots=True, eq=False)
class Tree:
    """One parsed paragraph of an article as parallel lists, one item a token: those of ``doc``, which has the same as
    tokens. ``flat`` is the text that was parsed, ``start`` and ``end`` are offsets into the article, ``left`` and
    ``right`` the first and the last token under each one."""

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
        below = self.children[token]
        return [c for c in below if self.dep[c] in deps] if below else []


class Memory:
    """Parsed paragraphs, packed, by model and text; the least used go first when there are more than ``limit`` bytes.
    One memory may serve several parsers of one thread, whatever their models."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._held: OrderedDict[tuple[str, str], Packed] = OrderedDict()
        self._tables: dict[str, Tables] = {}
        self._size = 0

    def tables(self, model: str) -> Tables:
        """What packs the docs of a model."""
        return self._tables.setdefault(model, Tables())

    def find(self, model: str, text: str) -> Packed | None:
        """The parse of a text seen before, if it is still held."""
        found = self._held.get((model, text))
        if found is not None:
            self._held.move_to_end((model, text))
        return found

    def keep(self, model: str, packed: Packed) -> None:
        """Holds a parse for later."""
        self._held[model, packed.text] = packed
        self._size += packed.size
        while self._size > self._limit:
            self._size -= self._held.popitem(last=False)[1].size

    def trim(self) -> None:
        """Forgets all when there are too many words: those that no doc uses any more cannot be told from the others.
        What was found before and is not unpacked yet would be lost."""
        if sum(tables.size for tables in self._tables.values()) > _MOST_TABLES:
            self._held.clear()
            self._tables.clear()
            self._size = 0


class Parser:
    """A spaCy pipeline with a memory. ``vectors`` keeps those of the tokens, which take three times as much memory as
    all else; ``asked`` and ``parsed`` count characters of paragraphs."""

    def __init__(self, model: str, batch: int, memory: Memory, *, vectors: bool = False) -> None:
        self.asked = self.parsed = 0
        self._model = model
        self._batch = batch
        self._memory = memory
        self._vectors = vectors
        self._nlp: Language | None = None
        self._name = ""
        self._late: Late | None = None

    def parse(self, articles: Sequence[tuple[Article, Sequence[Block]]]) -> Iterator[list[Tree]]:
        """The trees of every article's paragraphs, in order. Each distinct text is parsed once, all before the first
        article's trees are made; these take far more memory than the parses, so that they are made one by one."""
        if not any(blocks for _, blocks in articles):
            yield from ([] for _ in articles)
            return
        flats = [[_flat(a.text[b.span[0] : b.span[1]]) for b in blocks] for a, blocks in articles]
        self.asked += sum(len(text) for texts in flats for text in texts)
        parsed = self._parse_distinct(dict.fromkeys(text for texts in flats for text in texts))
        tables = self._memory.tables(self._name)
        for texts, (_, blocks) in zip(flats, articles, strict=True):
            yield [_placed(tables.unpack(parsed[text]), b) for text, b in zip(texts, blocks, strict=True)]

    def bare(self, texts: Iterable[str]) -> list[bytes]:
        """The parses of paragraphs, as `flat_paragraphs` gives them, so that they can be sent or stored."""
        found = self._parse_distinct(dict.fromkeys(texts))
        tables = self._memory.tables(self._name)
        return [tables.bare(packed) for packed in found.values()]

    def know(self, parses: Iterable[bytes]) -> None:
        """Remember paragraphs that were parsed elsewhere by the same pipeline."""
        self._pipeline()
        self._memory.trim()
        tables = self._memory.tables(self._name)
        for data in parses:
            packed = tables.taken(data)
            if self._memory.find(self._name, packed.text) is None:
                self._memory.keep(self._name, packed)

    def _parse_distinct(self, texts: dict[str, None]) -> dict[str, Packed]:
        pipeline, late = self._pipeline()
        self._memory.trim()
        tables = self._memory.tables(self._name)
        found = {text: packed for text in texts if (packed := self._memory.find(self._name, text)) is not None}
        fresh = [text for text in texts if text not in found]
        # Outside a zone spaCy keeps every word that it ever met.
        with pipeline.memory_zone(), one_thread():
            for text, doc in zip(fresh, pipeline.pipe(fresh, batch_size=self._batch, disable=late.names), strict=True):
                found[text] = tables.pack(doc, late.values(doc), vectors=self._vectors)
                self._memory.keep(self._name, found[text])
                self.parsed += len(text)
        return found

    def _pipeline(self) -> tuple[Language, Late]:
        if self._nlp is None or self._late is None:
            import spacy

            try:
                self._nlp = _ranked(tiled(spacy.load(self._model)))
            except OSError as exc:
                raise MissingDependencyError(
                    f"the spaCy pipeline {self._model!r} is not installed; install it, or name one that is"
                ) from exc
            # All that a parse depends on beside its text; batches change nothing in it.
            self._late = Late(self._nlp)
            version, parts = self._nlp.meta.get("version", ""), ",".join(self._nlp.pipe_names)
            kept = "with vectors" if self._vectors else "without vectors"
            self._name = f"{self._model} {version} {parts} {spacy.about.__version__} {kept}"
        return self._nlp, self._late


def _ranked(pipeline: Language) -> Language:
    """The same pipeline; short forms of ranks ("Det. Ann Orlan") are one word and end no sentence."""
    for form in sorted(title for title in lore().titles | lore().roles if title.endswith(".") and title[:-1].isalpha()):
        pipeline.tokenizer.add_special_case(form.capitalize(), [{"ORTH": form.capitalize()}])  # type: ignore[union-attr]
    return pipeline


def flat_paragraphs(article: Article, longest: int) -> list[str]:
    """What of an article is parsed, paragraph by paragraph."""
    return [_flat(article.text[slice(*block.span)]) for block in paragraphs(article, longest)]


def closed_points(text: str) -> str:
    """A text of the same length in which a full stop stands where it belongs that was set apart though it ends no
    sentence: "Ada B . Holm" as "Ada B.  Holm", "at 8 p . m ." as "at 8 p.m.   ", "a . 45" as "a  .45"."""
    text = _SPACED_LETTERS.sub(lambda m: m[0].replace(" ", "").ljust(len(m[0])), text)
    text = _SPACED_TITLE.sub(lambda m: f"{m[1]}. " if m[1].lower() in lore().abbreviations else m[0], text)
    text = _SPACED_INITIAL.sub(lambda m: m[0] if m[2].lower() in lore().never else f"{m[1]}.  {m[2]}", text)
    return _SPACED_DECIMAL.sub(r"\1 .", text)


def _flat(text: str) -> str:
    """What is parsed in place of ``text``: as long as it, without markup and halves of surrogate pairs, which JSON can
    carry and no tokenizer can read."""
    flat = flat_markup(flat_quotes(text)).encode("utf-8", "replace").decode("utf-8")
    return closed_points(flat) if " ." in flat else flat


def _placed(doc: Doc, block: Block) -> Tree:
    """The tree of a paragraph that stands where ``block`` does."""
    offset = block.span[0]
    return Tree(
        doc=doc,
        block=block,
        flat=doc.text,
        start=[offset + s for s in doc.starts],
        end=[offset + e for e in doc.ends],
        word=doc.lower,
        lemma=doc.lemma,
        tag=doc.tag,
        pos=doc.pos,
        dep=doc.dep,
        ent=doc.ent,
        head=doc.head,
        left=doc.left,
        right=doc.right,
        children=doc.below,
        sentence=doc.sentence,
        sentences=doc.sentences,
    )


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
