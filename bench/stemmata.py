"""A second generator of copied articles, built from the other end, on which nothing is trained.

Where `copytrees` lets editors work on paragraphs and draws a source for each copy, here a clock runs: an agency moves
a story and corrects it, subscribers take the version of the hour, sites without reporters scrape whoever is on top of
their list, and edits work on the running text: misprints, house style by rule, cuts to a number of words, sentences
joined or parted, whole windows lost. Words, sentences, credits and the damage to times are other ones, too.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from copytrees import Row, Truth, bare

_SYLLABLES = [
    "ka",
    "mo",
    "ri",
    "tu",
    "se",
    "la",
    "ny",
    "po",
    "ve",
    "gan",
    "dor",
    "mil",
    "sen",
    "tak",
    "rov",
    "bel",
    "zur",
    "hin",
    "lat",
    "orm",
    "ek",
    "ush",
    "ain",
]
_PATTERNS = (
    "the N of the N V the A N P L, where the N had V the N",
    "L V to N the A N after a N of M N V P the N",
    "a N for the N said that the N was V by M A N P the N of L",
    "it was not clear how the N V the N or why the A N of L V",
    "M N V while the N, which V the A N, did not N the N",
    "under the N, the A N must V the N before it can V a N P L",
    "in L, the N V again and the A N V to the N with M N",
    "the N also V the N, a A N which once V M N P the N",
    "S, the A N of the N, V the N and V that a N would V it",
    "for M years the N P L has V the A N, but the N V",
)
_CUES = ("S said", "S told journalists", "according to S", "S told Z", "said S, who V the N")
_HOUSE = (
    [("%", " percent"), ("do not", "don't"), ("did not", "didn't"), ("which", "that")],
    [("before", "ahead of"), ("after", "following"), ("again", "once more"), ("must", "has to")],
    [("percent", "per cent"), ("journalists", "reporters"), ("also", "in addition"), ("said that", "said")],
    [(" ,", ","), ("once", "earlier"), ("would", "will"), ("while", "as")],
)
_WIRES = ("Reuters", "AFP", "AP", "Xinhua", "PA Media")


@dataclass(frozen=True, slots=True)
class Version:
    """A text as somebody published it: its own name, the names it was made from, who and when."""

    name: str
    made_from: tuple[str, ...]
    house: int
    title: str
    text: str
    hour: float
    credit: str = ""
    lost: bool = False


class Babel:
    """Words and sentences of one story."""

    def __init__(self, pick: random.Random) -> None:
        self.pick = pick
        self.nouns = [self.make() for _ in range(260)]
        self.verbs = [self.make() + pick.choice(["ed", "ted"]) for _ in range(140)]
        self.kinds = [self.make() + pick.choice(["y", "al", "ic"]) for _ in range(90)]
        self.places = [self.make().title() for _ in range(6)]
        self.people = [f"{self.make().title()} {self.make().title()}" for _ in range(6)]

    def make(self) -> str:
        return "".join(self.pick.choices(_SYLLABLES, k=self.pick.choice([2, 2, 3])))

    def fill(self, pattern: str) -> str:
        pick = self.pick
        table = {
            "N": lambda: pick.choice(self.nouns),
            "V": lambda: pick.choice(self.verbs),
            "A": lambda: pick.choice(self.kinds),
            "L": lambda: pick.choice(self.places),
            "S": lambda: pick.choice(self.people),
            "M": lambda: str(pick.randint(2, 4000)),
            "P": lambda: pick.choice(["near", "in", "outside", "beyond", "off"]),
            "Z": lambda: pick.choice([*_WIRES, "a parliamentary panel", "the court"]),
        }
        return re.sub(r"\b[NVALSMPZ]\b", lambda m: table[m[0]](), pattern)

    def sentence(self) -> str:
        pick = self.pick
        words = self.fill(pick.choice(_PATTERNS))
        if pick.random() < 0.2:
            return f'"{words[0].upper()}{words[1:]}," {self.fill(pick.choice(_CUES))}.'
        if pick.random() < 0.3:
            words += ", " + self.fill(pick.choice(["though the N V", "and the N V a N", "as M N V", "with the A N V"]))
        return words[0].upper() + words[1:] + "."

    def story(self, sentences: int) -> str:
        out, paragraph = [], ""
        for _ in range(sentences):
            paragraph += (" " if paragraph else "") + self.sentence()
            if self.pick.random() < 0.6:
                out.append(paragraph)
                paragraph = ""
        return "\n\n".join([*out, paragraph] if paragraph else out)


class Feed:
    """One story and everything the clock brings."""

    def __init__(self, pick: random.Random, number: int, babel: Babel, base: str | None) -> None:
        self.pick, self.babel, self.number = pick, babel, number
        self.base = base or babel.story(pick.choice([9, 16, 26, 40]))
        self.versions: list[Version] = []
        self.wire = pick.choice(_WIRES)

    def run(self) -> list[Version]:
        pick = self.pick
        by_wire = pick.random() < 0.6
        self._publish((), self.base, 0.0, -1 if by_wire else pick.randrange(30), credit=self.wire if by_wire else "")
        if pick.random() < 0.35:  # a rival's own report
            self._publish((), self.babel.story(pick.choice([10, 20])), pick.uniform(0, 9), pick.randrange(30))
        for _ in range(pick.choice([0, 1, 2, 3, 5, 7, 10, 14])):
            now = self.versions[-1].hour + pick.expovariate(0.5)
            pick.choices([self._update, self._subscriber, self._scraper, self._column, self._roundup], [1, 5, 5, 2, 2])[
                0
            ](now)
        return self._lose(self.versions)

    def _publish(
        self, sources: tuple[Version, ...], text: str, hour: float, house: int, title: str = "", credit: str = ""
    ) -> None:
        name = f"f{self.number}v{len(self.versions)}"
        title = title or self.babel.fill(self.pick.choice(["N V A N in L", "S V the N", "M N V as N V L"]))
        self.versions.append(Version(name, tuple(s.name for s in sources), house, title, text, hour, credit))

    def _update(self, now: float) -> None:
        """The agency, or whoever began, corrects and lengthens the story."""
        old = next(v for v in reversed(self.versions) if v.house == self.versions[0].house)
        text = self._slip(old.text, 0.01)
        more = self.babel.story(self.pick.choice([1, 2, 4]))
        text = f"{text}\n\n{more}" if self.pick.random() < 0.6 else f"{more}\n\n{text}"
        self._publish((old,), text, now, old.house, old.title if self.pick.random() < 0.5 else "", old.credit)

    def _subscriber(self, now: float) -> None:
        """The version of the hour, cut to length, in house style."""
        source = next(v for v in reversed(self.versions) if v.house == self.versions[0].house)
        house = self.pick.randrange(30)
        text = self._styled(source.text, house)
        if self.pick.random() < 0.5:
            text = self._to_length(text, self.pick.choice([120, 200, 300, 450]))
        credit = source.credit if self.pick.random() < 0.75 else ""
        self._publish((source,), text, now, house, source.title if self.pick.random() < 0.5 else "", credit)

    def _scraper(self, now: float) -> None:
        """A site's robot takes what is on top of its list, with the misprints that come of it."""
        source = self.versions[-1] if self.pick.random() < 0.4 else self.pick.choice(self.versions)
        text = self._slip(source.text, self.pick.choice([0, 0.004, 0.02, 0.05]))
        draw = self.pick.random()
        if draw < 0.15:
            text = text.replace("\n\n", " ", 1 + text.count("\n\n") // 2)
        elif draw < 0.3:
            text = self._window_lost(text)
        elif draw < 0.4:
            text = re.sub(r"\. (?=[A-Z])", ".\n\n", text)
        elif draw < 0.5:
            text = self._joined(text)
        credit = self.pick.choice([source.credit, source.credit, "", f"@{source.house}"])
        self._publish((source,), text, now, self.pick.randrange(30), source.title, credit)

    def _column(self, now: float) -> None:
        """Own words around a run of somebody's sentences."""
        source = self.pick.choice(self.versions)
        sentences = re.split(r"(?<=\.)\s+", source.text)
        begin = self.pick.randrange(max(1, len(sentences) - 5))
        taken = " ".join(sentences[begin : begin + self.pick.randint(4, 9)])
        own = [self.babel.story(self.pick.choice([3, 6, 10])) for _ in range(2)]
        self._publish((source,), f"{own[0]}\n\n{taken}\n\n{own[1]}", now, self.pick.randrange(30))

    def _roundup(self, now: float) -> None:
        """Two versions worked into one, paragraph by paragraph or one after the other."""
        if len(self.versions) < 2:
            return self._scraper(now)
        one, other = self.pick.sample(self.versions, 2)
        left, right = one.text.split("\n\n"), other.text.split("\n\n")
        left, right = left[: max(1, 2 * len(left) // 3)], right[len(right) // 3 :] or right
        if self.pick.random() < 0.4:
            both = [p for pair in zip(left, right, strict=False) for p in pair]
        else:
            both = left + right
        text = "\n\n".join(dict.fromkeys(both))
        # A second source that gave nothing cannot be found.
        sources = (one, other) if set(right) - set(one.text.split("\n\n")) else (one,)
        return self._publish(sources, self._slip(text, 0.01), now, self.pick.randrange(30))

    # --- edits on running text ----------------------------------------------------------------------------------

    def _slip(self, text: str, rate: float) -> str:
        """Misprints, lost words, words for words."""
        out = []
        for word in re.split(r"( |\n+)", text):
            draw = self.pick.random()
            if not word.strip() or draw >= rate:
                out.append(word)
            elif draw < rate / 3:
                out.append(self.pick.choice(self.babel.nouns))
            elif draw < rate / 2:
                out.append(word + " " + self.pick.choice(self.babel.kinds))
            elif draw < 0.8 * rate:
                at = self.pick.randrange(len(word))
                out.append(word[:at] + self.pick.choice("aeiounrst") + word[at + 1 :])
        return "".join(out)

    def _styled(self, text: str, house: int) -> str:
        for old, new in _HOUSE[house % len(_HOUSE)] if house % 3 else []:
            text = text.replace(old, new)
        return text.replace('"', "“", 1) if house % 7 == 1 else text

    def _to_length(self, text: str, words: int) -> str:
        out, count = [], 0
        for paragraph in text.split("\n\n"):
            out.append(paragraph)
            count += paragraph.count(" ") + 1
            if count >= words:
                break
        return "\n\n".join(out)

    def _window_lost(self, text: str) -> str:
        sentences = re.split(r"(?<=\.) ", text)
        begin = self.pick.randrange(len(sentences))
        return " ".join(sentences[:begin] + sentences[begin + max(1, len(sentences) // 5) :]) or text

    def _joined(self, text: str) -> str:
        return re.sub(r"\. ([A-Z])", lambda m: ", and " + m[1].lower() if self.pick.random() < 0.3 else m[0], text)

    def _lose(self, versions: list[Version]) -> list[Version]:
        used = {s for v in versions for s in v.made_from}
        chance = self.pick.choice([0.1, 0.25])
        return [replace(v, lost=v.name in used and self.pick.random() < chance) for v in versions]


class _Archive:
    """How the versions look when somebody collects them."""

    def __init__(self, pick: random.Random) -> None:
        self.pick = pick
        filler = Babel(pick)
        self.houses = [filler.make().title() + pick.choice([" News", " Daily", " Tribune", " 24"]) for _ in range(30)]
        self.furniture = [filler.story(pick.choice([2, 4])) for _ in range(4)]
        self.own = [filler.story(2) if pick.random() < 0.5 else "" for _ in range(30)]
        self.untimed = pick.choice([0.1, 0.1, 0.3, 1.0])
        self.named = pick.choice([0.0, 1.0, 0.8])

    def row(self, version: Version) -> Row:
        pick = self.pick
        credit = version.credit
        if credit.startswith("@"):
            house = int(credit[1:])
            credit = self.houses[house] if house >= 0 else ""
        text = version.text
        if credit:
            form = pick.randrange(4)
            if form == 0:
                text = f"{credit} - {text}" if credit not in _WIRES else f"({credit}) - {text}"
            else:
                text += ["", f"\n\nVia {credit}", f"\n\nWith files from {credit}", f"\n\nSource: {credit}"][form]
        if version.house >= 0 and pick.random() < 0.7:
            text += f"\n\n{self.own[version.house]}" if self.own[version.house] else ""
            text += f"\n\n{self.furniture[version.house % 4]}" if version.house % 2 else ""
        publisher = self.houses[version.house] if version.house >= 0 else version.credit or "Newsroom"
        return {
            "id": version.name,
            "title": version.title,
            "text": text,
            "published": self._stamp(version.hour),
            "publisher": publisher if pick.random() < self.named else None,
            "url": None,
            "language": "en",
        }

    def _stamp(self, hour: float) -> str | None:
        pick = self.pick
        if pick.random() < self.untimed:
            return None
        draw = pick.random()
        if draw < 0.08:
            hour -= pick.uniform(1, 40)
        elif draw < 0.14:
            hour += pick.uniform(1, 60)
        when = datetime(2033, 9, 5) + timedelta(hours=hour)
        if draw > 0.8:
            return when.date().isoformat()
        if draw > 0.7:
            return when.replace(minute=0).strftime("%Y-%m-%dT%H:00:00")
        return when.strftime("%Y-%m-%dT%H:%M:%S+00:00")


def collection(seed: int, stories: int = 12, bases: Sequence[str] = ()) -> tuple[list[Row], Truth]:
    """As `copytrees.collection`; ``bases`` are texts to move instead of invented ones."""
    pick = random.Random(seed * 7919 + 5)
    archive, waiting = _Archive(pick), list(bases)
    rows: list[Row] = []
    parents: dict[str, tuple[str, ...]] = {}
    family: dict[str, int] = {}
    body: dict[str, str] = {}
    missing: dict[str, tuple[str, ...]] = {}
    for number in range(stories):
        versions = Feed(pick, number, Babel(pick), waiting.pop() if waiting else None).run()
        lost = {v.name for v in versions if v.lost}
        tops = _tops(versions)
        for version in versions:
            above = tuple(f"~{p}" if p in lost else p for p in version.made_from)
            if version.lost:
                missing[f"~{version.name}"] = above
                continue
            rows.append(archive.row(version))
            parents[version.name] = above
            family[version.name] = number * 100 + tops[version.name]
            body[version.name] = bare(version.text)
    pick.shuffle(rows)
    new = {row["id"]: f"y{i:05}" for i, row in enumerate(rows)}
    truth = Truth(parents, family, body, missing).renamed(new)
    return [{**row, "id": new[row["id"]]} for row in rows], truth


def _tops(versions: Sequence[Version]) -> dict[str, int]:
    """A number for each version that all of its tree share."""
    label = {v.name: i for i, v in enumerate(versions)}
    for _ in versions:
        for v in versions:
            for source in v.made_from:
                low = min(label[v.name], label[source])
                label[v.name] = label[source] = low
    return label
