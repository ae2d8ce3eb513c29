"""Words live in data files, not in code: ``variorum/data/NAME.toml``, read into a record and validated on load."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import TypeVar

import msgspec

from variorum.errors import VocabularyError

T = TypeVar("T")


@cache
def load(name: str, shape: type[T]) -> T:
    """The data file ``name`` as a ``shape`` (a frozen dataclass or ``msgspec.Struct``); loaded once.

    Raises `VocabularyError` naming the file and the field that breaks the shape.
    """
    path = files("variorum").joinpath("data", f"{name}.toml")
    try:
        return msgspec.convert(tomllib.loads(path.read_text("utf-8")), shape)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as exc:
        raise VocabularyError(f"data/{name}.toml: {exc}") from exc


def longest_first(words: Iterable[str]) -> str:
    """A pattern that matches the longest of ``words`` that stands at a place, each as it is written."""
    return "|".join(re.escape(w) for w in sorted(set(words), key=lambda w: (-len(w), w)))
