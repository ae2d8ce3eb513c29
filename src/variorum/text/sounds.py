"""Names by their sound: the usual romanisations of one name, and its spellings in other languages, made equal."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from variorum.text.normalise import fold

NON_LETTERS: Final = re.compile(r"[^\w]+")
#: Letters that Unicode does not take apart.
BARRED: Final = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "a", "œ": "o", "ı": "i", "ð": "d", "þ": "th", "ħ": "h"}
)
#: Cyrillic and Greek letters, as news writes them in Latin ones.
_LATIN: Final = str.maketrans(
    dict(zip("абвгґдезиіїйклмнопрстуфхыэє", "abvggdeziiiiklmnoprstufhyee", strict=True))
    | dict(zip("αβγδεζηθικλμνξοπρσςτυφχψω", "abgdezitiklmnxoprsstyfhpo", strict=True))
    | {"ж": "zh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ь": "", "ю": "yu", "я": "ya", "ё": "yo"}
)
#: From the romanisations of Cyrillic, Arabic and Greek and from umlauts written out; the order matters.
_SOUNDS: Final = tuple(
    (re.compile(pattern), into)
    for pattern, into in (
        ("shch", "s"), ("tch|tsch|ch|cz", "c"), ("sh|sch|sz", "s"), ("zh", "z"), ("kh|gh", "h"), ("ph", "f"),
        ("th", "t"), ("ts|tz", "c"), ("ks", "x"), ("ck|q", "k"), ("w", "v"), ("ou|oo", "u"),
        ("ae|oe|ue(?=.)", lambda m: m[0][0]),
        ("dj", "j"), ("[yij]?o(?=v$)", "e"), ("^[yij]+(?=[aeou])", ""), ("[yij]+", "i"),
        (r"(.)\1+", lambda m: m[1]), ("(?<=[ae])h$", ""),
    )
)  # fmt: skip


def latin(word: str) -> str:
    """A word of Cyrillic or Greek letters in Latin ones, in lower case; others as they are."""
    return word.lower().translate(_LATIN)


@lru_cache(maxsize=50_000)
def sound(word: str) -> str:
    """A normal form in which the usual romanisations of one name agree ("Zelenskyy", "Zelenskiy", "Zelensky")."""
    form = NON_LETTERS.sub("", fold(word)).translate(BARRED)
    for pattern, into in _SOUNDS:
        form = pattern.sub(into, form)
    return form
