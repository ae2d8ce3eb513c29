"""The seams to the outside world, as Protocols. Only `model` and `errors` are known here; who builds a concrete one is
the command line, the server or the batch entry point, which hand it down."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from variorum.errors import InputError
from variorum.model import Article


class Embedder(Protocol):
    """Sentences to vectors."""

    name: str

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit-length rows, shape ``(len(texts), dimension)``."""
        ...


class Rewriter(Protocol):
    """Somebody outside who words sentences anew."""

    name: str

    def reword(self, sentence: str, cited: Sequence[str]) -> str:
        """The sentence in smoother words, from the passages it rests on; raises `errors.VariorumError`."""
        ...


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave: the body without its compression, the ``url`` after all redirects, the content type as the
    server states it, and the ISO time in UTC at which it came."""

    data: bytes
    url: str
    content_type: str
    retrieved: str


class Fetcher(Protocol):
    """Addresses to bytes."""

    def fetch(self, url: str) -> Fetched:
        """What is at ``url``; raises `errors.InputError`."""
        ...

    def fetch_all(self, urls: Sequence[str]) -> Iterator[Fetched | InputError]:
        """What is at each of ``urls``, in their order, or why nothing is."""
        ...


class Store(Protocol):
    """A library of articles that lasts."""

    def add(self, article: Article) -> bool:
        """True if the article was new."""
        ...

    def articles(self) -> Iterator[Article]:
        """All articles, in order of arrival."""
        ...


class Notifier(Protocol):
    """Somebody to tell."""

    def notify(self, title: str, body: str) -> None:
        """Deliver, or raise `errors.VariorumError`."""
        ...


#: Called with (stage, done, total) as work goes on; total is 0 while unknown.
Progress = Callable[[str, int, int], None]
