"""A library that lasts, as a desk uses it: add, collate again what changed, decide, undo.

Adding acknowledges articles a few at a time: those are safe. What is not collated yet is known by the collection's
version, so work that was cut off, however it ended, goes on with the next call. What is found is a function of the
articles and decisions that are in a collection, never of the order or the steps in which they came.
"""

from __future__ import annotations

import mimetypes
import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Final, get_args
from uuid import uuid4

import msgspec

from variorum.errors import NotFoundError, UsageError
from variorum.ingest import Ingest
from variorum.model import (
    Added,
    Article,
    ClaimStatus,
    Collection,
    Decision,
    DecisionKind,
    Edition,
    Job,
    Problem,
    Raw,
    Story,
)
from variorum.pipeline import Config, Input, collate_kept
from variorum.ports import Embedder, Fetcher, Progress, Rewriter, Store
from variorum.text.embed import load_embedder

_LOT: Final = 64  # articles acknowledged at once
_LOT_CHARACTERS: Final = 1_000_000
_LOT_BYTES: Final = 16_000_000  # of what they were read from, where it is kept
KINDS: Final[tuple[DecisionKind, ...]] = get_args(DecisionKind)
STATUSES: Final[tuple[ClaimStatus, ...]] = get_args(ClaimStatus)
_TWO_SIDES: Final = ("copy", "not_copy", "split_stories", "split_claims", "same_entity", "other_entity")
_PAIRS: Final = ("copy", "not_copy", "same_entity", "other_entity")


class Library:
    """Collections in ``store``, collated with ``config``. May be used from several threads."""

    def __init__(
        self,
        store: Store,
        config: Config | None = None,
        *,
        embedder: Embedder | None = None,
        rewriter: Rewriter | None = None,
        fetcher: Fetcher | None = None,
    ) -> None:
        self.store = store
        self._fetcher = fetcher
        self.config = config or Config()
        self._embedder = embedder
        self._rewriter = rewriter
        self._locks: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)

    # --- articles -------------------------------------------------------------------------------------------------

    def add(
        self,
        collection: str,
        sources: Iterable[Input],
        *,
        keep_raw: bool = False,
        collate: bool = True,
        progress: Progress | None = None,
    ) -> Added:
        """Read ``sources`` into a collection (made if there is none) and collate what that touches. ``keep_raw`` keeps
        the bytes that each was read from (page, file, record) too. Articles are safe as soon as ``progress`` has
        counted them under "add"."""
        self.store.create(collection)
        raws = _Raws()
        ingest = Ingest(self.config.ingest, self._fetcher, keep=raws.keep if keep_raw else None)
        total = Added()
        for articles, problems in _lots(ingest.read(sources), raws):
            held = {a.id: raw for a in articles if (raw := raws.of(a))}
            done = self.store.add(collection, [_clean(a) for a in articles], held) if articles else Added()
            total = Added(total.new + done.new, total.known + done.known, (*total.problems, *problems, *done.problems))
            if progress is not None:
                progress("add", len(total.new) + len(total.known), 0)
        if collate:
            self.collate(collection, progress=progress)
        return total

    def remove(self, collection: str, articles: Sequence[str], *, progress: Progress | None = None) -> int:
        """Remove articles with all that was read out of them; how many there were. What they touched is collated."""
        count = self.store.remove(collection, articles)
        if count:
            self.collate(collection, progress=progress)
        return count

    def collate(self, collection: str, *, again: bool = False, progress: Progress | None = None) -> Collection:
        """Bring what was found about a collection up to date with what is in it; with ``again`` look at all of it, as
        after an upgrade or with other settings (what was found before is kept, so only what is otherwise is redone)."""
        with self._locks[collection]:
            state = self.store.collection(collection)
            while again or state.collated < state.version:
                found = collate_kept(
                    list(self.store.articles(collection)),
                    self.store,
                    self.store.decisions(collection, undone=False),
                    replace(self.config, as_of=None),
                    embedder=self._vectors(),
                    rewriter=self._rewriter,
                    progress=progress,
                )
                self.store.publish(state.version, collection, found.edition, found.keys, found.outcomes)
                state, again = self.store.collection(collection), False
            return state

    def interrupt(self) -> None:
        """Put jobs that nobody does any more on record as interrupted. For the one process that runs jobs, when it
        starts."""
        for job in self.store.jobs():
            if job.state in ("waiting", "running"):
                self.store.progress(replace(job, state="interrupted"))

    def resume(self, *, progress: Progress | None = None) -> tuple[str, ...]:
        """Go on with all work that was cut off; the collections that had some."""
        behind = tuple(c.name for c in self.store.collections() if c.collated < c.version)
        for name in behind:
            self.collate(name, progress=progress)
        return behind

    def start(self, collection: str, kind: str = "add") -> Job:
        """A new job on record, for work that somebody will want to follow."""
        self.store.create(collection)
        begun = now()
        job = Job(f"job-{uuid4().hex[:16]}", collection, kind, "waiting", "", 0, 0, begun, begun)
        self.store.start(job)
        return job

    def _vectors(self) -> Embedder | None:
        if self._embedder is None:
            self._embedder = load_embedder(self.config.embedder)
        return self._embedder

    # --- decisions ------------------------------------------------------------------------------------------------

    def decide(
        self,
        collection: str,
        kind: DecisionKind,
        subjects: Sequence[str],
        others: Sequence[str] = (),
        value: str | None = None,
        *,
        author: str,
        reason: str,
        collate: bool = True,
        progress: Progress | None = None,
    ) -> Decision:
        """Put a decision on record and apply it (see `model.Decision` for what each kind is about). Story ids stand for
        their articles and claim ids for their statements, for the ids of both change as reports come in.

        Raises `errors.UsageError` for a decision that cannot be meant, `errors.NotFoundError` where something that it
        is about is not in the collection.
        """
        if kind not in KINDS:
            raise UsageError(f"decide {kind}: no kind of decision; known are {', '.join(KINDS)}")
        ones, them = (self._lasting(collection, kind, side) for side in (subjects, others))
        _refuse(kind, ones, them, value, author, reason)
        made = Decision(f"dec-{uuid4().hex[:16]}", collection, kind, ones, them, value, author, reason, now())
        self.store.decide(made)
        if collate:
            self.collate(collection, progress=progress)
        return next(d for d in self.store.decisions(collection) if d.id == made.id)

    def undo(
        self, decision: str, *, author: str, reason: str, collate: bool = True, progress: Progress | None = None
    ) -> Decision:
        """Take a decision back; it stays on record."""
        if not author.strip() or not reason.strip():
            raise UsageError("undo: say who and why (--author, --reason)")
        undone = self.store.undo(decision, now(), author, reason)
        if collate:
            self.collate(undone.collection, progress=progress)
        return undone

    def _lasting(self, collection: str, kind: DecisionKind, given: Sequence[str]) -> tuple[str, ...]:
        """What was given as ids that last. Names are taken as they are."""
        if kind in ("same_entity", "other_entity"):
            return tuple(name.strip() for name in given)
        known = _Known(self.store, collection)
        if kind in ("copy", "not_copy", "merge_stories", "split_stories"):
            found = [i for one in given for i in known.articles(one)]
        else:
            found = [i for one in given for i in known.statements(one)]
        return tuple(dict.fromkeys(found))


class _Known:
    """What ids stand for, looked up story by story."""

    def __init__(self, store: Store, collection: str) -> None:
        self._store, self._collection = store, collection
        self._claims: dict[str, tuple[str, ...]] | None = None

    def articles(self, given: str) -> tuple[str, ...]:
        if given.startswith("story-"):
            return self._story(given).articles
        return (self._store.article(self._collection, given).id,)

    def statements(self, given: str) -> tuple[str, ...]:
        if self._claims is None:
            self._claims = {}
            for story in self._stories():
                self._claims |= {claim.id: claim.statements for claim in story.claims}
                self._claims |= {s: (s,) for claim in story.claims for s in claim.statements}
        if given not in self._claims:
            raise NotFoundError(f"{given}: no claim or statement of this id in the collection {self._collection!r}")
        return self._claims[given]

    def _story(self, story: str) -> Story:
        part = msgspec.json.decode(self._store.story(self._collection, story), type=Edition)
        return part.stories[0]

    def _stories(self) -> Iterator[Story]:
        cursor = None
        while True:
            page = self._store.stories(self._collection, cursor=cursor, limit=100)
            yield from (self._story(card.id) for card in page.rows)
            cursor = page.next
            if cursor is None:
                return


def _refuse(kind: str, ones: Sequence[str], others: Sequence[str], value: str | None, author: str, reason: str) -> None:
    """Raise `UsageError` for a decision that cannot be meant."""
    said = f"decide {kind}"
    if not author.strip() or not reason.strip():
        raise UsageError(f"{said}: say who decides, and why (--author, --reason)")
    if not ones or (kind in _TWO_SIDES and not others):
        raise UsageError(f"{said}: say what it is about" + (", on both sides" if kind in _TWO_SIDES else ""))
    if kind in _PAIRS and (len(ones), len(others)) != (1, 1):
        raise UsageError(f"{said}: is about one on each side; here are {len(ones)} and {len(others)}")
    if kind in _TWO_SIDES and set(ones) & set(others):
        raise UsageError(f"{said}: {min(set(ones) & set(others))} stands on both sides")
    if kind.startswith("merge") and len({*ones, *others}) < 2:
        raise UsageError(f"{said}: name two or more that are one")
    if kind == "claim_status" and value not in STATUSES:
        raise UsageError(f"{said}: {value!r} is no status; known are {', '.join(STATUSES)}")
    if value is not None and (kind not in ("claim_status", "attribution") or not value.strip()):
        raise UsageError(f"{said}: takes no value" if value.strip() else f"{said}: the value is empty")


# --- reading ------------------------------------------------------------------------------------------------------


class _Raws(dict[str, bytes]):
    """The bytes that the articles of one lot were read from, under their digests, where they are to be kept. They are
    noted as they are read: a source that an article only claims is never opened."""

    def keep(self, data: bytes) -> None:
        """Note what a record holds."""
        self[sha256(data).hexdigest()] = data

    def of(self, article: Article) -> Raw | None:
        """The bytes of the page, the file or the record that an article was read from."""
        data = self.get(article.raw.sha256) if article.raw is not None else None
        if data is None:
            return None
        markup = article.raw is not None and article.raw.encoding is not None
        media = "text/html" if markup else mimetypes.guess_type(article.source)[0] or "application/octet-stream"
        return Raw(data, media)

    @property
    def full(self) -> bool:
        """Whether they are better put down before more is read."""
        return sum(map(len, self.values())) >= _LOT_BYTES


def _lots(items: Iterable[Article | Problem], raws: _Raws) -> Iterator[tuple[list[Article], list[Problem]]]:
    """Articles a few at a time, with the problems between them and, in ``raws``, what they were read from."""
    articles: list[Article] = []
    problems: list[Problem] = []
    size = 0
    for item in items:
        if isinstance(item, Problem):
            problems.append(item)
            continue
        articles.append(item)
        size += len(item.text)
        if len(articles) == _LOT or size >= _LOT_CHARACTERS or raws.full:
            yield articles, problems
            articles, problems, size = [], [], 0
            raws.clear()
    if articles or problems:
        yield articles, problems


def _clean(article: Article) -> Article:
    """Half a surrogate pair, which no file can hold, becomes one question mark, as in every export; offsets stay."""

    def clean(text: str | None) -> str | None:
        return None if text is None else text.encode("utf-8", "replace").decode()

    try:
        msgspec.json.encode(article)
    except UnicodeEncodeError:
        return replace(
            article,
            source=clean(article.source) or "",
            text=clean(article.text) or "",
            url=clean(article.url),
            canonical_url=clean(article.canonical_url),
            title=clean(article.title),
            publisher=clean(article.publisher),
            authors=tuple(clean(a) or "" for a in article.authors),
        )
    return article


def now() -> str:
    """The time, in UTC to the millisecond, as it stands on record."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
