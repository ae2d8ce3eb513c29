"""Which spellings are one name: romanisations of other scripts, forms of other languages, renamed towns."""

from __future__ import annotations

import re
from collections.abc import Hashable
from dataclasses import dataclass
from functools import cache
from typing import Final

from rapidfuzz.distance import JaroWinkler

from variorum.text.normalise import fold
from variorum.text.sounds import BARRED, NON_LETTERS, sound
from variorum.text.vocabulary import load


@dataclass(frozen=True, slots=True)
class Spellings:
    """``data/spellings.toml``."""

    places: list[list[str]]
    distinct: list[str]
    people: list[list[str]]
    given: list[list[str]]
    vowelless: list[str]


@dataclass(frozen=True, slots=True)
class Variants:
    """The same keyed by folded name: each to the first of its group."""

    places: dict[str, str]
    distinct: frozenset[str]
    people: dict[str, str]
    given: dict[str, str]
    vowelless: frozenset[str]


@cache
def variants() -> Variants:
    """The tables; read once. Raises `errors.VocabularyError`."""
    data = load("spellings", Spellings)
    return Variants(
        _firsts(data.places),
        frozenset(map(_bare, data.distinct)),
        _firsts(data.people),
        _firsts(data.given),
        frozenset(data.vowelless),
    )


def _firsts(groups: list[list[str]]) -> dict[str, str]:
    return {_bare(name): _bare(group[0]) for group in groups for name in group}


def _bare(name: str) -> str:
    return fold(name).translate(BARRED)


def alike(one: str, other: str) -> bool:
    """Whether two words are spellings of one name. Short words must agree in sound; longer ones may differ by what
    readers no longer notice, never in their first letter's sound."""
    a, b = sound(one), sound(other)
    if a == b:
        return len(a) >= 3 or fold(one) == fold(other)
    if min(len(a), len(b)) < 6 or a[:2] != b[:2] or skeleton(a) != skeleton(b):
        return False
    return JaroWinkler.similarity(a, b) >= 0.93


def skeleton(word: str) -> str:
    """The consonants of a word's sound: what all spellings that `alike` accepts have in common."""
    return re.sub("[aeiou]", "", sound(word))


def similar(one: str, other: str) -> bool:
    """Whether two words are alike, or differ only in vowels that romanisations mix up (a and e, e and i, o and u),
    never in the first letter."""
    return alike(one, other) or vowels_mixed(one, other)


def vowels_mixed(one: str, other: str) -> bool:
    """Whether two words of some length differ only in vowels that romanisations mix up."""
    a, b = sound(one), sound(other)
    if len(a) != len(b) or len(a) < 4 or not _mixed(a[0], b[0], first=True):
        return False
    return all(_mixed(x, y) for x, y in zip(a, b, strict=True))


def _mixed(one: str, other: str, *, first: bool = False) -> bool:
    pair = "".join(sorted((one, other)))
    return one == other or pair == "ou" or (pair in ("ae", "ei") and not first)


def same_given(one: str, other: str) -> bool:
    """Whether two given names are one name, be it in two languages."""
    table = variants().given
    a, b = _bare(one), _bare(other)
    return table.get(a, a) == table.get(b, b) or similar(one, other)


def same_surname(one: str, other: str, given: tuple[str, str]) -> bool:
    """Whether two surnames can be one person's who bears the ``given`` names, which agree. Another language's form of
    the given name, or a script that writes no vowels, leaves the surname more freedom."""
    if similar(one, other):
        return True
    first, second = map(_bare, given)
    if {first, second} & variants().vowelless:
        return _semitic(one) == _semitic(other) and len(_semitic(one)) > 1
    return first != second and len(_slavic(one)) > 2 and _slavic(one) == _slavic(other)


def surname_keys(surname: str, name: str) -> list[Hashable]:
    """Keys of which two surnames, or full names, that are spellings of one share at least one."""
    return [
        skeleton(surname),
        ("semitic", _semitic(surname)),
        ("slavic", _slavic(surname)),
        ("chinese", _chinese(fold(name))),
    ]


_SUN: Final = re.compile(r"^(?:al|ar|as|ash|an|ad|az|at|el|ez|es)[- ](?=\w)")


def arabic_bare(name: str) -> str:
    """The name of a place without the Arabic article ("Ar Raqqah")."""
    return _SUN.sub("", name)


def _semitic(word: str) -> str:
    """The consonants as romanisations of Arabic and Hebrew agree on them."""
    letters = re.sub("dh|th|gh|kh", lambda m: m[0][0], NON_LETTERS.sub("", _bare(word)))
    letters = re.sub("[qgk]", "k", letters)
    return re.sub(r"[aeiouyw]|(.)(?=\1)|h$", "", letters)


def _slavic(word: str) -> str:
    """The consonants on which Russian, Ukrainian and Belarusian forms of a surname agree."""
    return re.sub(r"[aeiouv]|(.)(?=\1)", "", sound(word).replace("c", "t").replace("h", "g"))


_CHINESE: Final = tuple(
    (re.compile(pattern), into)
    for pattern, into in (
        ("zh|ch'?|q|j", "C"), ("hs|x|sh", "X"), ("t?[sz]'?|c", "S"), ("ien", "ian"), ("ong|ung", "ONG"),
        ("p'?|b", "P"), ("t'?|d", "T"), ("k'?|g", "K"), ("ih|i", "i"), ("eh|e", "e"), ("uo|o", "o"), ("[ -]", ""),
    )
)  # fmt: skip
_WADE_GILES: Final = re.compile(r"\w['’-]\w|hs|\bts")


def same_chinese(one: str, other: str) -> bool:
    """Whether one name is the other in Wade-Giles instead of pinyin ("Chou En-lai" and "Zhou Enlai")."""
    a, b = fold(one), fold(other)
    if bool(_WADE_GILES.search(a)) == bool(_WADE_GILES.search(b)):
        return False
    return _chinese(a) == _chinese(b)


def _chinese(name: str) -> str:
    for pattern, into in _CHINESE:
        name = pattern.sub(into, name)
    return name
