"""Roles of the numbers of the passages of ``golden/roles``, in two halves.

    python bench/quantity_roles.py [--errors] [--role NAME]

``dev`` may be looked at and ``--errors`` lists what is wrong in it; ``test`` shows nothing but its scores, so that one
sees whether an extension holds on text that nobody looked at. A passage falls to a half by a hash of its text. A number
is matched to the one of ours that shares most characters with its mark; "voted for" and "voted against" are both
*voted*, an abstention none. A part is right where the whole we give it is the marked number.
"""

from __future__ import annotations

import argparse
import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from variorum.annotate import Annotator
from variorum.model import Annotation, Article, Block, Quantity, Span

GOLD: Final = Path(__file__).parents[1] / "golden" / "roles"
#: Roles of the record by those of the gold.
ROLES: Final = {"voted_for": "voted", "voted_against": "voted", "abstained": None}
_MARK: Final = re.compile(r"\[([^\[\]|]+)\|([a-z_]+|-)(<\d+)?(?:!(\w+))?\]")


@dataclass(frozen=True, slots=True)
class Number:
    """A marked number: its words, its role, and which marked number it is a part of."""

    span: Span
    role: str | None
    whole: int | None


@dataclass(frozen=True, slots=True)
class Passage:
    """One marked passage without its marks."""

    text: str
    numbers: tuple[Number, ...]

    @property
    def half(self) -> str:
        return "test" if hashlib.sha256(self.text.encode()).digest()[0] % 2 else "dev"


def read_passage(line: str) -> Passage:
    """A line of the gold as a passage."""
    line = line.strip().replace(" ¶ ", "\n\n")
    text, position, numbers = "", 0, []
    for mark in _MARK.finditer(line):
        text += line[position : mark.start()]
        span = len(text), len(text) + len(mark[1])
        numbers.append(Number(span, None if mark[2] == "-" else mark[2], int(mark[3][1:]) - 1 if mark[3] else None))
        text, position = text + mark[1], mark.end()
    return Passage(text + line[position:], tuple(numbers))


def passages() -> Iterator[Passage]:
    """Every passage of the gold."""
    for path in sorted(GOLD.glob("*.txt")):
        yield from (read_passage(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())


def annotated(told: Sequence[Passage]) -> list[Annotation]:
    """Every passage read as the plain body of an article."""
    articles = [
        Article(str(n), str(n), p.text, language="en", blocks=(Block((0, len(p.text)), "body"),))
        for n, p in enumerate(told)
    ]
    found = list(Annotator().annotate(articles))
    assert all(isinstance(a, Annotation) for a in found)
    return found  # type: ignore[return-value]


def shared(a: Span, b: Span) -> int:
    """How many characters two spans share."""
    return min(a[1], b[1]) - max(a[0], b[0])


def matched(passage: Passage, found: Sequence[Quantity]) -> list[Quantity | None]:
    """Our reading of each marked number, if there is one."""
    left = list(found)
    result: list[Quantity | None] = []
    for number in passage.numbers:
        near = [q for q in left if shared(q.span, number.span) > 0]
        best = max(near, key=lambda q: (shared(q.span, number.span), q.span[0] - q.span[1]), default=None)
        if best is not None:
            left.remove(best)
        result.append(best)
    return result


def judge(passage: Passage, found: Sequence[Quantity], count: Counter[str]) -> list[str]:
    """Counts what is right in a passage, and says what is wrong."""
    ours, wrong = matched(passage, found), []
    for number, quantity in zip(passage.numbers, ours, strict=True):
        count["marked"] += 1
        count[f"wanted {number.role}"] += number.role is not None
        whole = passage.numbers[number.whole] if number.whole is not None else None
        if quantity is None:
            wrong.append(f"MISSED {shown(passage, number.span)} {number.role}")
            continue
        role = ROLES.get(quantity.role or "", quantity.role)
        tied = quantity.of is not None and whole is not None and shared(quantity.of, whole.span) > 0
        false = quantity.of is not None and any(shared(quantity.of, n.span) > 0 for n in passage.numbers) and not tied
        count.update({"found": 1, "right": role == number.role, f"told {role}": role is not None})
        count.update({f"right {role}": role is not None and role == number.role})
        count.update({"wholes": whole is not None, "wholes right": tied, "wholes false": false})
        if role != number.role:
            wrong.append(f"ROLE {role} for {number.role}: {shown(passage, number.span)}")
        if (whole is not None and not tied) or false:
            wrong.append(f"WHOLE {shown(passage, number.span)}")
    for extra in (q for q in found if q not in ours):
        count["extra"] += 1
        wrong.append(f"EXTRA {shown(passage, extra.span)} {extra.role}")
    count["passages right"] += not wrong
    return wrong


def shown(passage: Passage, span: Span) -> str:
    """A number in its words."""
    start, end = span
    return f"{passage.text[max(0, start - 70) : start]}[{passage.text[start:end]}]{passage.text[end : end + 70]!r}"


def main() -> None:
    """Print the scores of both halves."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--role", help="only errors of this role, wanted or told")
    options = parser.parse_args()
    told = list(passages())
    found = annotated(told)
    for half in ("dev", "test"):
        count: Counter[str] = Counter()
        chosen = [(p, a) for p, a in zip(told, found, strict=True) if p.half == half]
        for passage, annotation in chosen:
            wrong = judge(passage, annotation.quantities, count)
            if options.errors and half == "dev":
                wrong = [w for w in wrong if options.role is None or options.role in w.split(":")[0]]
                print(*([f"# {passage.text!r}", *wrong] if wrong else ()), sep="\n    ", end="\n" if wrong else "")
        _print(half, len(chosen), count)


def _print(half: str, size: int, count: Counter[str]) -> None:
    marked, found = count["marked"], count["found"]
    print(f"## {half}: {size} passages, wholly right {_share(count['passages right'], size)}, {marked} numbers")
    print(
        f"found {_share(found, marked)}, extra {count['extra']};",
        f"role right of those found {_share(count['right'], found)}",
    )
    print(f"wholes right {_share(count['wholes right'], count['wholes'])} of {count['wholes']}, false", end=" ")
    print(count["wholes false"])
    roles = sorted({key.split()[1] for key in count if key.startswith(("told ", "wanted "))} - {"None"})
    for role in roles:
        right, said, wanted = count[f"right {role}"], count[f"told {role}"], count[f"wanted {role}"]
        print(f"  {role} P {_share(right, said)} R {_share(right, wanted)} ({wanted})", end="")
    print()


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}" if whole else "-"


if __name__ == "__main__":
    main()
