"""stream_speed.py DATA [ARTICLES]: how fast the stream of stories is as its window fills, and what it takes.

DATA is the folder with ``stories_{fnc,ecbplus}_train.jsonl``. Their reports are told again and again, every word that
few texts have put for another, one for each story and round: so there are as many events as the window can hold, and
what they have in common is the language of news. (With only the names put for others, the rounds are copies.) In each
round the reports of all its stories come mixed; what was told is looked at again as usual.
"""

from __future__ import annotations

import json
import random
import re
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from variorum.model import Article
from variorum.stories import StoriesConfig, StoryStream
from variorum.text.background import background
from variorum.text.shingle import words

LOT = 5000
_RARE = 0.01  # of the texts: a word of no more of them is put for another


def main() -> None:
    """Print the rate of each lot beside that of the second, which begins with a filled index."""
    data, count = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 300_000
    stream = StoryStream(StoriesConfig(window=count))
    arriving = recombined(data)
    rates: list[float] = []
    for done in range(LOT, count + 1, LOT):
        lot = [next(arriving) for _ in range(LOT)]
        begin = time.process_time()
        for article in lot:
            stream.add(article)
        rates.append(LOT / (time.process_time() - begin))
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        if done % (4 * LOT) == 0 or done <= 4 * LOT:
            slower = rates[min(1, len(rates) - 1)] / rates[-1]
            told = f"{done} articles: {rates[-1]:.0f} a CPU second, {slower:.2f} × the time of the second lot"
            print(f"{told}, {memory:.0f} MB, {len(stream.changes)} moved", flush=True)


def recombined(data: Path) -> Iterator[Article]:
    """Reports without end, of ever new events."""
    told = [_parted(row) for row in _rows(data)]
    for turn in range(10**6):
        dice = random.Random(turn)
        names: defaultdict[tuple[str, str], str] = defaultdict(lambda: _name(dice))  # noqa: B023 - used in this turn
        for number in dice.sample(range(len(told)), len(told)):
            story, parts, rare = told[number]
            text = "".join(_as(part, names[story, part.lower()]) if part.lower() in rare else part for part in parts)
            yield Article(f"{turn}-{number}", "bench", text)


def _rows(data: Path) -> Iterator[dict[str, str]]:
    for name in ("fnc", "ecbplus"):
        for line in (data / f"stories_{name}_train.jsonl").read_text("utf-8").splitlines():
            yield json.loads(line)


def _parted(row: dict[str, str]) -> tuple[str, list[str], frozenset[str]]:
    text = f"{row['title']}\n{row['text']}" if row["title"] else row["text"]
    found, table = words(text), background()
    rare = table.texts_with(found.ids) <= _RARE * table.total
    spelt = {text[a:b].lower() for a, b in zip(found.starts[rare].tolist(), found.ends[rare].tolist(), strict=True)}
    return str(row["cluster"]), re.split(r"(\W+)", text), frozenset(w for w in spelt if not w[0].isdigit())


def _as(word: str, other: str) -> str:
    return other if word[0].isupper() else other.lower()


def _name(dice: random.Random) -> str:
    return "".join(
        dice.choice("bcdfghjklmnprstvz") + dice.choice("aeiou") for _ in range(3)
    ).capitalize() + dice.choice("nrsl")


if __name__ == "__main__":
    main()
