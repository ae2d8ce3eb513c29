"""The seams to the outside world, as Protocols. Only `model` and `errors` are known here; who builds a concrete one is
the command line, the server or the batch entry point, which hand it down."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from variorum.errors import InputError
from variorum.model import (
    Added,
    Article,
    ArticleCard,
    Collection,
    Decision,
    Edition,
    Hit,
    Job,
    Link,
    Outcome,
    Page,
    Raw,
    Span,
    StoryCard,
)


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


class Kept(Protocol):
    """Findings of earlier runs, each under a key made of all that it depends on: never out of date, at most unused."""

    def fetch(self, kind: str, keys: Sequence[str]) -> dict[str, bytes]:
        """Those of the findings that are there."""
        ...

    def keep(self, kind: str, found: Mapping[str, bytes]) -> None:
        """Keep findings; they are safe when this returns."""
        ...


@dataclass(frozen=True, slots=True)
class ToldStory:
    """A story as a batch found it: its part of the edition as JSON (see `Store.story`), the key under which that is
    kept, its place among all, and which of its articles took their date from their words or their story;
    ``several`` names, of those that are in other stories too, the story that has most of each."""

    key: str
    position: int
    record: bytes
    dated: frozenset[str] = frozenset()
    several: Mapping[str, str] = field(default_factory=dict)


class Store(Kept, Protocol):
    """A library that lasts. What a method has acknowledged by returning survives a crash; a write happens whole or not
    at all. Safe to use from several threads and processes. Raises `errors.NotFoundError` for what is not there and
    `errors.StoreError` where the database fails.

    Lists are read in pages: pass the ``next`` of one as the ``cursor`` of the next.
    """

    url: str

    # collections

    def collections(self) -> tuple[Collection, ...]:
        """All of them, by name."""
        ...

    def collection(self, name: str) -> Collection:
        """The one of that name."""
        ...

    def create(self, name: str) -> Collection:
        """The one of that name, made if it is not there. Raises `errors.UsageError` for what can be no name."""
        ...

    def drop(self, name: str) -> None:
        """Remove it with all that is in it."""
        ...

    # articles

    def add(self, collection: str, articles: Sequence[Article], raw: Mapping[str, Raw] | None = None) -> Added:
        """Take articles in; ``raw`` holds bytes by article id. One that is there already changes nothing; another
        text under the same id is refused with a problem."""
        ...

    def remove(self, collection: str, ids: Sequence[str]) -> int:
        """Remove articles; how many there were."""
        ...

    def articles(self, collection: str) -> Iterator[Article]:
        """All articles as they were read, by time of publication, then by id: in an order that is not that of arrival,
        so that what is found does not depend on who came first."""
        ...

    def article(self, collection: str, article: str) -> Article:
        """One article as it was read (a date inferred since stands in its story)."""
        ...

    def raw(self, collection: str, article: str) -> Raw:
        """The bytes it was read from, where they were kept."""
        ...

    def keeps_raw(self, collection: str, article: str) -> bool:
        """Whether the bytes it was read from were kept."""
        ...

    def cards(
        self, collection: str | None = None, story: str | None = None, *, cursor: str | None = None, limit: int = 50
    ) -> Page[ArticleCard]:
        """Articles, newest first, undated last."""
        ...

    def card(self, collection: str, article: str) -> ArticleCard:
        """One article as lists show it."""
        ...

    # what was found

    def publish(
        self, version: int, collection: str, edition: Edition, keys: Mapping[str, str], outcomes: Sequence[Outcome]
    ) -> None:
        """What was found about ``version`` of a collection takes the place of what was found before. ``keys`` says for
        each story under which key of kind "story" its part of the edition (JSON) is kept."""
        ...

    def stories(
        self,
        collection: str | None = None,
        *,
        words: str = "",
        place: str | None = None,
        person: str | None = None,
        begin: str | None = None,
        end: str | None = None,
        disputed: bool | None = None,
        order: Literal["newest", "disputed"] = "newest",
        cursor: str | None = None,
        limit: int = 50,
    ) -> Page[StoryCard]:
        """Stories: ``words`` of their titles, one of their places or people by name, dates that they touch; newest
        first, or those with most disputed claims."""
        ...

    def story(self, collection: str, story: str) -> bytes:
        """The part of the edition that one story is, as the JSON of an `Edition`. A story's id changes when articles
        join it; an older id gives the story its first article is in now."""
        ...

    def story_id(self, collection: str, story: str) -> str:
        """The id that a story of that (perhaps older) id has now."""
        ...

    def edition(self, collection: str) -> Edition:
        """Everything found about a collection. Raises `errors.NotFoundError` before it was collated."""
        ...

    def statements(self, collection: str, article: str, span: Span | None = None) -> tuple[str, ...]:
        """Ids of the statements of an article that touch a span, in order."""
        ...

    def links(self, collection: str, article: str) -> tuple[Link, ...]:
        """Who this article took from, and who took from it."""
        ...

    def search(
        self, query: str, collection: str | None = None, *, cursor: str | None = None, limit: int = 20
    ) -> Page[Hit]:
        """Articles, newest first, that hold all words and "phrases" of the query; ``title:``, ``publisher:``,
        ``author:`` before a word or phrase look there, ``person:`` and ``place:`` for names, ``from:`` and ``to:`` for
        dates (2031, 2031-05, 2031-05-03); ``-`` before any of these leaves out, ``*`` after a word stands for any
        ending. Raises `errors.UsageError` for a query that cannot be meant."""
        ...

    def load(self, collection: str, told: Iterable[ToldStory]) -> Iterator[int]:
        """Load what a batch found into a collection without articles (made if there is none), all or nothing; yields
        how many articles there are so far. Raises `errors.UsageError` for one that has some."""
        ...

    # what humans say

    def decide(self, decision: Decision) -> None:
        """Put a decision on record. Its collection is to be collated again."""
        ...

    def undo(self, decision: str, when: str, author: str, reason: str) -> Decision:
        """Take a decision back; it stays on record."""
        ...

    def decisions(self, collection: str | None = None, *, undone: bool = True) -> tuple[Decision, ...]:
        """In the order in which they were made."""
        ...

    def outcomes(self, collection: str) -> tuple[Outcome, ...]:
        """What became of the decisions in the last run."""
        ...

    # jobs

    def start(self, job: Job) -> None:
        """Put a job on record."""
        ...

    def progress(self, job: Job) -> None:
        """How far it is now."""
        ...

    def job(self, job: str) -> Job:
        """One job."""
        ...

    def jobs(self, collection: str | None = None) -> tuple[Job, ...]:
        """The newest first."""
        ...

    # upkeep

    def backup(self, path: Path) -> None:
        """Everything as it stands, into a new file that every kind of store can restore."""
        ...

    def restore(self, path: Path) -> None:
        """Everything of a backup into this store, which must be empty."""
        ...

    def close(self) -> None:
        """Let go of the database."""
        ...


class Notifier(Protocol):
    """Somebody to tell."""

    def notify(self, title: str, body: str) -> None:
        """Deliver, or raise `errors.VariorumError`."""
        ...


#: Called with (stage, done, total) as work goes on; total is 0 while unknown.
Progress = Callable[[str, int, int], None]
