"""Words that somebody else said and that a report hands on without quotation marks or a speaker."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from variorum.edition.sentences import Sentence
from variorum.model import Article
from variorum.text.normalise import flat_quotes, fold

_QUOTATIONS: Final = (re.compile(r'"([^"]{20,1200})"'), re.compile(r"[‘]([^‘]{20,1200})[’](?!\w)"))
_WORD: Final = re.compile(r"\w+")
_LEAST: Final = 6  # words that two writers do not hit upon by chance


class Quotations:
    """All that the reports of a story have in quotation marks."""

    def __init__(self, articles: Iterable[Article]) -> None:
        double, single = _QUOTATIONS
        found = (m[1] for a in articles for m in (*double.finditer(flat_quotes(a.text)), *single.finditer(a.text)))
        self._words = "|".join(map(_words, found))

    def lacks_its_speaker(self, sentence: Sentence) -> bool:
        """Whether it is told as the report's own, and another has the same words as a quotation, or the line before
        announces one ("The clerk then told him:")."""
        if any(s.attribution for s in sentence.statements) or '"' in sentence.flat:
            return False
        words = _words(sentence.text)
        if words.count(" ") > _LEAST and words in self._words:
            return True
        text = sentence.article.text
        return text[: max(0, text.rfind("\n", 0, sentence.span[0]))].rstrip().endswith(":")


def _words(text: str) -> str:
    return f" {' '.join(_WORD.findall(fold(text)))} "
