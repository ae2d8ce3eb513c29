"""What is kept of a parsed paragraph: plain records in place of spaCy's.

spaCy makes a Python object anew for each token that is looked at, and looks a string up for each of its attributes;
the readers look at every token dozens of times. Here both are made once. A paragraph that is remembered is packed into
one array of small numbers, about a twentieth of the memory of spaCy's own record; the names of the attributes are
spaCy's.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, overload
from weakref import ReferenceType, ref

import msgspec
import numpy as np

from variorum.annotate.late import COLUMNS
from variorum.text.normalise import flat_quotes

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy import tokens as spacy
    from spacy.vocab import Vocab

_IOB: Final = ("", "I", "O", "B")
_HEAD, _IDX, _FLAGS, _ROWS = 6, 7, 8, 9
_NONE: Final[list[int]] = []  #: below most tokens; never changed
#: Bytes that a packed paragraph takes beside its array: the text's and the array's own records, a place in a dict.
_OVERHEAD: Final = 400
#: Bytes that one distinct word takes with its record and its places in two tables.
_WORD_BYTES: Final = 600


@dataclass(frozen=True, slots=True)
class Word:
    """What is true of a word wherever it stands."""

    text: str
    lower: str
    is_alpha: bool
    is_punct: bool
    is_space: bool
    is_stop: bool
    like_num: bool


class Token:
    """One token; the attributes mean what spaCy's of the same name do. It does not keep its doc alive: without circles
    the doc and all tokens go as soon as nobody needs them, and not when Python next looks for circles, which takes
    longer than all the readers."""

    __slots__ = (
        "_doc", "_head", "dep_", "ent_iob_", "ent_type_", "i", "idx", "is_sent_start", "lemma_", "lower_", "pos_",
        "tag_", "text", "whitespace_", "word",
    )  # fmt: skip

    def __init__(
        self,
        doc: ReferenceType[Doc],
        i: int,
        word: Word,
        lemma: str,
        tag: str,
        pos: str,
        dep: str,
        ent: str,
        idx: int,
        flags: int,
    ) -> None:
        self._doc, self.i, self.word, self.text, self.lower_ = doc, i, word, word.text, word.lower
        self.lemma_, self.tag_, self.pos_, self.dep_, self.ent_type_ = lemma, tag, pos, dep, ent
        self.idx, self.ent_iob_ = idx, _IOB[flags & 3]
        self.is_sent_start, self.whitespace_ = flags & 4 > 0, " " if flags & 8 else ""
        self._head: Token | None = None

    def __len__(self) -> int:
        return len(self.text)

    def __repr__(self) -> str:
        return self.text

    @property
    def doc(self) -> Doc:
        doc = self._doc()
        assert doc is not None, "a token is nothing without its doc"
        return doc

    @property
    def head(self) -> Token:
        return self if self._head is None else self._head

    @property
    def children(self) -> list[Token]:
        doc = self.doc
        return [doc.tokens[c] for c in doc.below[self.i]]

    @property
    def is_alpha(self) -> bool:
        return self.word.is_alpha

    @property
    def is_punct(self) -> bool:
        return self.word.is_punct

    @property
    def is_space(self) -> bool:
        return self.word.is_space

    @property
    def is_stop(self) -> bool:
        return self.word.is_stop

    @property
    def like_num(self) -> bool:
        return self.word.like_num

    @property
    def lefts(self) -> list[Token]:
        return [c for c in self.children if c.i < self.i]

    @property
    def rights(self) -> list[Token]:
        return [c for c in self.children if c.i > self.i]

    @property
    def subtree(self) -> list[Token]:
        """The token and all below it, in the order in which the tree is read."""
        found: list[Token] = []
        todo: list[tuple[Token, bool]] = [(self, False)]
        while todo:
            token, opened = todo.pop()
            if opened:
                found.append(token)
            else:
                todo += [(c, False) for c in reversed(token.rights)]
                todo.append((token, True))
                todo += [(c, False) for c in reversed(token.lefts)]
        return found

    @property
    def ancestors(self) -> Iterator[Token]:
        token = self._head
        while token is not None:
            yield token
            token = token._head

    @property
    def sent(self) -> Span:
        return Span(self.doc, *self.doc.sentences[self.doc.sentence[self.i]])

    def nbor(self, steps: int) -> Token:
        """The token so many places on. Raises `IndexError` beyond either end."""
        if self.i + steps < 0:
            raise IndexError(f"no token {steps} places from {self.text!r}")
        return self.doc.tokens[self.i + steps]


class Span:
    """The tokens from ``start`` to ``end`` (exclusive) of a doc."""

    __slots__ = ("doc", "end", "start")

    def __init__(self, doc: Doc, start: int, end: int) -> None:
        self.doc, self.start, self.end = doc, start, max(start, end)

    def __len__(self) -> int:
        return self.end - self.start

    def __iter__(self) -> Iterator[Token]:
        return iter(self.doc.tokens[self.start : self.end])

    @overload
    def __getitem__(self, at: int) -> Token: ...
    @overload
    def __getitem__(self, at: slice) -> Span: ...
    def __getitem__(self, at: int | slice) -> Token | Span:
        if isinstance(at, slice):
            start, end, _ = at.indices(len(self))
            return Span(self.doc, self.start + start, self.start + end)
        return self.doc.tokens[self.start : self.end][at]

    @property
    def text(self) -> str:
        if not len(self):
            return ""
        return self.doc.text[self.doc.starts[self.start] : self.doc.ends[self.end - 1]]

    @property
    def root(self) -> Token:
        """The token nearest to the sentence's root, the first of several."""
        inside = self.doc.tokens[self.start : self.end]
        top = next((t for t in inside if t._head is None), None)
        if top is not None:
            return top
        outward = [t for t in inside if not self.start <= t.head.i < self.end]
        return min(outward, key=self._depth, default=inside[0])

    def _depth(self, token: Token) -> int:
        if not token.children and (token.is_space or token.is_punct):
            return len(self.doc)  # what hangs on nothing heads nothing
        return sum(1 for _ in token.ancestors)


class Doc:
    """A parsed paragraph as parallel lists, one item a token (``left`` and ``right`` are the first and the last token
    below it), and as tokens. Offsets are the paragraph's own; ``tensor`` has the parser's vector of each token, where
    these are kept."""

    __slots__ = (
        "__weakref__", "below", "dep", "ends", "ent", "flat", "head", "left", "lemma", "lower", "pos", "right",
        "sentence", "sentences", "starts", "tag", "tensor", "text", "tokens",
    )  # fmt: skip

    def __init__(
        self,
        text: str,
        columns: list[list[int]],
        tensor: NDArray[np.float32],
        words: list[Word],
        strings: list[tuple[str, str]],
    ) -> None:
        self.text, self.tensor = text, tensor
        self.flat = flat_quotes(text)
        orth, lemma, tag, pos, dep, ent, head, starts, flags = columns
        own = [words[w] for w in orth]
        lemmas = [strings[s] for s in lemma]
        self.tag, self.pos, self.dep, self.ent = ([strings[s][0] for s in column] for column in (tag, pos, dep, ent))
        self.lower = [w.lower for w in own]
        self.lemma = [lower for _, lower in lemmas]
        self.starts, self.ends = starts, [a + len(w.text) for a, w in zip(starts, own, strict=True)]
        self.head = head
        this = ref(self)
        self.tokens = tokens = [
            Token(this, i, *row)
            for i, row in enumerate(
                zip(own, [x for x, _ in lemmas], self.tag, self.pos, self.dep, self.ent, starts, flags, strict=True)
            )
        ]
        self.below: list[list[int]] = [_NONE] * len(head)
        for i, above in enumerate(head):
            if above != i:
                if self.below[above]:
                    self.below[above].append(i)
                else:
                    self.below[above] = [i]
                tokens[i]._head = tokens[above]
        self.left, self.right = self._edges()
        self.sentences, self.sentence = self._sentences(flags)

    def __len__(self) -> int:
        return len(self.tokens)

    def __iter__(self) -> Iterator[Token]:
        return iter(self.tokens)

    @overload
    def __getitem__(self, at: int) -> Token: ...
    @overload
    def __getitem__(self, at: slice) -> Span: ...
    def __getitem__(self, at: int | slice) -> Token | Span:
        if at.__class__ is int:  # by far the most, and isinstance takes longer than all the rest
            return self.tokens[at]
        assert isinstance(at, slice)
        start, end, _ = at.indices(len(self.tokens))
        return Span(self, start, end)

    def token_at(self, position: int) -> Token | None:
        """The token that covers a character, or null for one between tokens."""
        i = bisect_right(self.starts, position) - 1
        return self.tokens[i] if i >= 0 and position < self.ends[i] else None

    def covering(self, begin: int, end: int) -> Span | None:
        """The tokens that share a character with ``[begin, end)``; null outside the paragraph."""
        first, last = bisect_right(self.starts, begin) - 1, bisect_right(self.starts, end - 1) - 1
        if first < 0 or last < 0 or end > len(self.text):
            return None
        return Span(self, first + (begin >= self.ends[first]), last + 1)

    def _edges(self) -> tuple[list[int], list[int]]:
        """The first and the last token below each one, itself included."""
        head, order = self.head, [i for i, above in enumerate(self.head) if above == i]
        for i in order:  # grows while it is walked: every token comes after the one above it
            order += self.below[i]
        left, right = list(range(len(head))), list(range(len(head)))
        for i in reversed(order):
            above = head[i]
            left[above], right[above] = min(left[above], left[i]), max(right[above], right[i])
        return left, right

    def _sentences(self, flags: list[int]) -> tuple[list[tuple[int, int]], list[int]]:
        starts = [i for i, flag in enumerate(flags) if i == 0 or flag & 4]
        ranges = list(zip(starts, [*starts[1:], len(flags)], strict=False))  # no token, no sentence
        return ranges, [number for number, (a, b) in enumerate(ranges) for _ in range(b - a)]


@dataclass(frozen=True, slots=True, eq=False)
class Packed:
    """A `Doc` as it is remembered: in the table a row for each attribute, a column for each token. Vectors are kept to
    three digits, from the first time on, so that what is remembered is what was read."""

    text: str
    table: NDArray[np.uint32]
    tensor: NDArray[np.float16]

    @property
    def size(self) -> int:
        """Bytes of memory."""
        return self.table.nbytes + self.tensor.nbytes + 4 * len(self.text) + _OVERHEAD


class _Bare(msgspec.Struct, array_like=True):
    """A `Packed` doc on its own: spaCy's hash of each word and string that it uses, with what they are."""

    text: str
    words: list[tuple[int, str, str, bool, bool, bool, bool, bool]]
    strings: list[tuple[int, str]]
    table: bytes
    tensor: bytes
    width: int


def _word_fields(word: Word) -> tuple[str, str, bool, bool, bool, bool, bool]:
    return word.text, word.lower, word.is_alpha, word.is_punct, word.is_space, word.is_stop, word.like_num


class _Numbers(dict[int, int]):
    """spaCy's hash of a string to the number of it here, given out as they come."""

    def __init__(self, add: Callable[[int], int]) -> None:
        super().__init__()
        self._add = add

    def __missing__(self, key: int) -> int:
        self[key] = number = self._add(key)
        return number


class Tables:
    """The words and strings of one pipeline's docs by number; what packs and unpacks them."""

    def __init__(self) -> None:
        self._words: list[Word] = []
        self._strings: list[tuple[str, str]] = []
        self._vocab: Vocab | None = None
        self._word_numbers = _Numbers(self._add_word)
        self._string_numbers = _Numbers(self._add_string)

    @property
    def size(self) -> int:
        """Bytes of memory, roughly."""
        return _WORD_BYTES * (len(self._words) + len(self._strings))

    def pack(self, doc: spacy.Doc, values: NDArray[np.uint64], *, vectors: bool = False) -> Packed:
        """All that is kept of a parsed doc, given its `COLUMNS`; spaCy's own record can go."""
        self._vocab = doc.vocab
        table = np.empty((_ROWS, len(doc)), np.uint32)
        table[0] = [self._word_numbers[key] for key in values[:, 0].tolist()]
        for row in range(1, _HEAD):
            table[row] = [self._string_numbers[key] for key in values[:, row].tolist()]
        table[_HEAD] = values[:, 6].astype(np.int64) + np.arange(len(doc))
        table[_IDX] = values[:, 7]
        starts = values[:, 9] == 1
        table[_FLAGS] = values[:, 8] | (starts.astype(np.uint64) << 2) | ((values[:, 10] > 0).astype(np.uint64) << 3)
        tensor = doc.tensor if vectors else np.empty((len(doc), 0))
        return Packed(doc.text, table, tensor.astype(np.float16))

    def unpack(self, packed: Packed) -> Doc:
        """The doc again."""
        return Doc(packed.text, packed.table.tolist(), packed.tensor.astype(np.float32), self._words, self._strings)

    def bare(self, packed: Packed) -> bytes:
        """A packed doc with the words that it needs, for other tables: of another process, or on a disk."""
        words, strings = list(self._word_numbers), list(self._string_numbers)
        used, table = np.unique(packed.table[0], return_inverse=True)
        said, others = np.unique(packed.table[1:_HEAD], return_inverse=True)
        small = packed.table.copy()
        small[0], small[1:_HEAD] = table, others.reshape(_HEAD - 1, -1)
        held = _Bare(
            packed.text,
            [(words[i], *_word_fields(self._words[i])) for i in used.tolist()],
            [(strings[i], self._strings[i][0]) for i in said.tolist()],
            small.tobytes(),
            packed.tensor.tobytes(),
            packed.tensor.shape[1],
        )
        return msgspec.msgpack.encode(held)

    def taken(self, data: bytes) -> Packed:
        """What `bare` was given, by the numbers of these tables."""
        held = msgspec.msgpack.decode(data, type=_Bare)
        for key, text, lower, alpha, punct, space, stop, num in held.words:
            if key not in self._word_numbers:
                self._words.append(Word(text, lower, alpha, punct, space, stop, num))
                self._word_numbers[key] = len(self._words) - 1
        for key, text in held.strings:
            if key not in self._string_numbers:
                self._strings.append((text, text.lower()))
                self._string_numbers[key] = len(self._strings) - 1
        table = np.frombuffer(held.table, np.uint32).reshape(_ROWS, -1).copy()
        if table.size:
            table[0] = np.array([self._word_numbers[w[0]] for w in held.words], np.uint32)[table[0]]
            table[1:_HEAD] = np.array([self._string_numbers[s[0]] for s in held.strings], np.uint32)[table[1:_HEAD]]
        tensor = np.frombuffer(held.tensor, np.float16).reshape(table.shape[1], held.width)
        return Packed(held.text, table, tensor)

    def _add_word(self, key: int) -> int:
        assert self._vocab is not None
        lexeme = self._vocab[key]
        self._words.append(
            Word(
                lexeme.text, lexeme.lower_, lexeme.is_alpha, lexeme.is_punct, lexeme.is_space, lexeme.is_stop,
                lexeme.like_num,
            )
        )  # fmt: skip
        return len(self._words) - 1

    def _add_string(self, key: int) -> int:
        assert self._vocab is not None
        text = self._vocab.strings[key] if key else ""
        self._strings.append((text, text.lower()))
        return len(self._strings) - 1


def plain_doc(doc: spacy.Doc) -> Doc:
    """A doc of spaCy's as the readers take it."""
    tables = Tables()
    return tables.unpack(tables.pack(doc, doc.to_array(list(COLUMNS)).astype(np.uint64, copy=False)))
