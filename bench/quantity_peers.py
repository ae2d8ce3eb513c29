"""One peer of the reader of quantities over sentences: JSONL of ``{"id", "text"}`` in, scorer's rows out.

    python bench/quantity_peers.py quantulum3|cqe < sentences.jsonl > rows.jsonl

Run by ``bench/quantities.py`` with the interpreter of a scratch environment, for the peers pin old versions of much
that we need. Ends with code 3 where the peer is not installed there.
"""

from __future__ import annotations

import json
import locale
import sys
from collections.abc import Callable
from typing import Any

Row = dict[str, Any]


def quantulum3() -> Callable[[str], list[Row]]:
    """quantulum3 (MIT) without its classifier of ambiguous units."""
    from quantulum3 import parser

    def read(text: str) -> list[Row]:
        found = []
        for q in parser.parse(text):
            low, high = (q.value - q.uncertainty, q.value + q.uncertainty) if q.uncertainty else (q.value, q.value)
            name = "-" if q.unit.name == "dimensionless" else q.unit.name
            found.append({"low": low, "high": high, "unit": name})
        return found

    return read


def cqe() -> Callable[[str], list[Row]]:
    """CQE (Almasian et al. 2023) on the small pipeline that is installed."""
    plain = locale.setlocale

    def any_locale(category: int, wanted: Any = None) -> str:  # CQE asks for one that few machines have
        try:
            return plain(category, wanted)
        except locale.Error:
            return plain(category, "C")

    locale.setlocale = any_locale
    import spacy
    from CQE import CQE

    model = next(m for m in spacy.util.get_installed_models() if m.startswith("en_core_web"))
    reader = CQE.CQE(spacy_model=model)

    def read(text: str) -> list[Row]:
        found = []
        for q in reader.parse(text):
            value = q.value
            low, high = (value.lower, value.upper) if hasattr(value, "lower") else (value.value, value.value)
            words = " ".join(str(t) for t in q.unit.unit) if q.unit.unit else "-"
            found.append({"low": float(low), "high": float(high), "unit": words, "normalized": q.unit.norm_unit})
        return found

    return read


def main() -> int:
    """Read all lines; a sentence that the peer fails on has no quantities."""
    try:
        read = {"quantulum3": quantulum3, "cqe": cqe}[sys.argv[1]]()
    except ImportError as missing:
        print(missing, file=sys.stderr)
        return 3
    for line in sys.stdin:
        row = json.loads(line)
        try:
            found = read(row["text"])
        except Exception as failure:
            print(f"{row['id']}: {failure!r}", file=sys.stderr)
            found = []
        print(json.dumps({"id": row["id"], "quantities": found}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
