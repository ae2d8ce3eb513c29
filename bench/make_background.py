"""make_background.py OUT TEXTS.jsonl …: the table of word frequencies that `variorum.text.background` ships.

Counts in how many texts each word stands, keeps those in five or more, and writes numbers alone: no text can be read
out of them. The commonest words of other languages (the stop words that spaCy brings) are entered as common, so that
"der" and "les" never weigh like names. Copies (ids ending in ``c`` and a number in the synthetic lineage set) are
left out. The SHA-256 of the texts is stored beside the counts.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
import re
import sys
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import numpy as np
import spacy.lang

from variorum.text.shingle import words

LEAST = 5
COMMON = 0.3  # share of texts a stop word of any language is taken to stand in, at least


def main() -> None:
    """Count and write."""
    out, sources = Path(sys.argv[1]), [Path(p) for p in sys.argv[2:]]
    counts: Counter[int] = Counter()
    digest, total = sha256(), 0
    for text in _texts(sources):
        digest.update(text.encode("utf-8", "surrogatepass"))
        counts.update(set(_keys(text)))
        total += 1
    table = {key: count for key, count in counts.items() if count >= LEAST}
    for word in _stop_words():
        keys = _keys(word)
        if len(keys) == 1:
            table[keys[0]] = max(table.get(keys[0], 0), round(COMMON * total))
    keys = np.array(sorted(table), np.uint32)
    values = np.array([min(table[int(k)], 65535) for k in keys], np.uint16)
    np.savez_compressed(out, keys=keys, counts=values, total=np.int64(total), texts=np.array(digest.hexdigest()))
    print(f"{len(keys)} words of {total} texts, {out.stat().st_size} bytes, sha256 {digest.hexdigest()}")


def _texts(sources: list[Path]) -> Iterator[str]:
    for source in sources:
        for line in source.open(encoding="utf-8"):
            row = json.loads(line)
            if not re.search(r"\dc\d+$", row["id"]):
                yield row["text"]


def _keys(text: str) -> list[int]:
    return [int(i) >> 32 for i in words(text).ids.tolist()]


def _stop_words() -> Iterator[str]:
    for module in sorted(m.name for m in pkgutil.iter_modules(spacy.lang.__path__)):
        try:
            found = importlib.import_module(f"spacy.lang.{module}.stop_words")
        except ImportError:
            continue  # a language without a list
        yield from sorted(getattr(found, "STOP_WORDS", ()))


if __name__ == "__main__":
    main()
