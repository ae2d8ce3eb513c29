"""The parts of a spaCy pipeline that look at tokens by their kind, run last and once for each kind.

The attribute ruler matches 180 patterns against every token of every text, and the lemmatizer walks all of them in
Python: a seventh of the pipeline's time, to say the same of the same tokens again and again. Nearly every pattern looks
at one token's tag, dependency and form only, so that what it says of one such token holds for all. A text that may hold
one of the few patterns of more tokens is given to the ruler itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.language import Language
    from spacy.pipeline import AttributeRuler, Lemmatizer
    from spacy.strings import StringStore
    from spacy.tokens import Doc

    Values = NDArray[np.uint64]

#: What is read out of a doc: a column each.
COLUMNS: Final = (
    "ORTH", "LEMMA", "TAG", "POS", "DEP", "ENT_TYPE", "HEAD", "IDX", "ENT_IOB", "SENT_START", "SPACY", "MORPH", "LOWER",
)  # fmt: skip
_ORTH, _LEMMA, _TAG, _POS, _DEP, _MORPH, _LOWER = 0, 1, 2, 3, 4, 11, 12
_RULED: Final = [_LEMMA, _TAG, _POS, _DEP, _MORPH]  #: what the ruler may set
_INFLECTED: Final = [_ORTH, _POS, _MORPH]  #: what a lemma depends on
_KIND: Final = [_LOWER, _TAG, _DEP]  #: what a pattern of one token depends on

_MOST_KINDS: Final = 500_000  #: about 100 megabytes


class Late:
    """Finishes the docs of a pipeline that was run without the parts in ``names``. One for each pipeline."""

    def __init__(self, pipeline: Language) -> None:
        from spacy.pipeline import AttributeRuler, Lemmatizer

        self.names = _deferrable(pipeline)
        parts: list[object] = [pipeline.get_pipe(name) for name in self.names]
        self._lemmatizer = next((part for part in parts if isinstance(part, Lemmatizer)), None)
        self._ruler = next((part for part in parts if isinstance(part, AttributeRuler)), None)
        patterns: list[Any] = list(self._ruler.patterns) if self._ruler else []
        self._forms = _Forms(patterns, pipeline.vocab.strings)
        self._lemmas: dict[tuple[int, ...], str] = {}
        self._said: dict[tuple[int, ...], list[int]] = {}

    def values(self, doc: Doc) -> Values:
        """`COLUMNS` of a doc, with all that the late parts say."""
        if len(self._lemmas) + len(self._forms) > _MOST_KINDS:
            self._lemmas.clear()
            self._forms.clear()
        values: Values = doc.to_array(list(COLUMNS)).astype(np.uint64, copy=False)
        if self._ruler is not None:
            values = self._rule(doc, values, self._ruler, self._forms)
        if self._lemmatizer is not None:
            self._lemmatize(doc, values, self._lemmatizer)
        return values

    def _rule(self, doc: Doc, values: Values, ruler: AttributeRuler, forms: _Forms) -> Values:
        kinds = [(forms[form], tag, dep) for form, tag, dep in values[:, _KIND].tolist()]
        joint = any(form in forms.opening or dep in forms.opening for form, _, dep in kinds)
        if not joint and all(kind in self._said for kind in kinds):
            if kinds:
                values[:, _RULED] = np.array([self._said[kind] for kind in kinds], np.uint64)
            return values
        ruler(doc)
        values = doc.to_array(list(COLUMNS)).astype(np.uint64, copy=False)
        if not joint:
            self._said.update(zip(kinds, values[:, _RULED].tolist(), strict=True))
        return values

    def _lemmatize(self, doc: Doc, values: Values, lemmatizer: Lemmatizer) -> None:
        missing = np.flatnonzero(values[:, _LEMMA] == 0)
        for i, kind in zip(missing.tolist(), map(tuple, values[missing][:, _INFLECTED].tolist()), strict=True):
            lemma = self._lemmas.get(kind)
            if lemma is None:
                token: Any = doc[i]
                token.pos = kind[1]  # the ruler may not have been here itself
                token.set_morph(kind[2])
                lemma = self._lemmas[kind] = lemmatizer.lemmatize(token)[0]
            values[i, _LEMMA] = doc.vocab.strings.add(lemma)  # again each time: a memory zone forgets it


class _Forms(dict[int, int]):
    """For each form of a word, by spaCy's number of it: the same number for one that a pattern names, 1 for white
    space, 0 for all others, which are the same to every pattern. ``opening`` are the forms and dependencies with which
    a pattern of several tokens may begin."""

    def __init__(self, patterns: list[dict[str, Any]], strings: StringStore) -> None:
        super().__init__()
        chains = [chain for rule in patterns for chain in rule["patterns"]]
        first = [chain[0] for chain in chains if len(chain) > 1]
        self._strings = strings
        self._words, self._shapes = _named(token for chain in chains for token in chain)
        words, self._openings = _named(first)
        deps = {dep for token in first if "LOWER" not in token for dep in _listed(token["DEP"])}
        self.opening = {strings.add(text) for text in (*words, *deps)}

    def __missing__(self, number: int) -> int:
        text = self._strings[number]
        if any(shape.search(text) for shape in self._openings):
            self.opening.add(number)
        named = text in self._words or any(shape.search(text) for shape in self._shapes)
        self[number] = form = number if named else int(text.isspace())
        return form


def _named(tokens: Iterable[dict[str, Any]]) -> tuple[set[str], list[re.Pattern[str]]]:
    """The forms that patterns of tokens name, and those that they describe."""
    told = [token["LOWER"] for token in tokens if "LOWER" in token]
    shapes = [re.compile(form["REGEX"]) for form in told if isinstance(form, dict) and "REGEX" in form]
    return {word for form in told for word in _listed(form)}, shapes


def _listed(value: str | dict[str, Any]) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [*value.get("IN", ()), *value.get("NOT_IN", ())]


def _deferrable(pipeline: Language) -> list[str]:
    """The late parts of a pipeline that can run last: no other part that comes after could look at what they say, and
    they look at nothing but what `Late` goes by."""
    from spacy.pipeline import AttributeRuler, Lemmatizer

    names: list[str] = []
    for name, part in reversed(list[tuple[str, object]](pipeline.pipeline)):
        ruled = isinstance(part, Lemmatizer) and part.mode == "rule" and not part.overwrite
        if ruled or (isinstance(part, AttributeRuler) and _simple(part.patterns)):
            names.append(name)
        elif pipeline.get_pipe_meta(name).factory != "ner":
            break
    return names


def _simple(patterns: Iterable[Any]) -> bool:
    """Whether all patterns go by tag, dependency and form, and those of several tokens begin with a certain one."""
    for chain in (chain for rule in patterns for chain in rule["patterns"]):
        if any(token.keys() - {"TAG", "DEP", "LOWER", "IS_SPACE"} for token in chain):
            return False
        forms = [token["LOWER"] for token in chain if "LOWER" in token]
        if any(isinstance(form, dict) and form.keys() - {"IN", "NOT_IN", "REGEX"} for form in forms):
            return False
        begins = chain[0].get("LOWER", chain[0].get("DEP"))
        if len(chain) > 1 and (begins is None or (isinstance(begins, dict) and "NOT_IN" in begins)):
            return False
    return True
