"""The API of a server (`variorum serve`) from Python, in the records of `variorum.model`.

>>> with variorum.Client("http://127.0.0.1:8765") as desk:
...     for card in desk.stories("harbour"):
...         for claim in desk.claims("harbour", card.id, status="disputed"): ...
"""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Final, Self, TypeVar
from urllib.parse import quote

import httpx
import msgspec

from variorum.errors import MissingDependencyError, NotFoundError, StoreError, UsageError, VariorumError
from variorum.model import (
    ENDED,
    Answer,
    Article,
    ArticleCard,
    Claim,
    ClaimStatus,
    Collection,
    Conflict,
    Decision,
    DecisionKind,
    Edition,
    Hit,
    Job,
    Lineage,
    Link,
    Outcome,
    Relation,
    Span,
    Statement,
    StoryCard,
)

T = TypeVar("T")
Progress = Callable[[Job], None]
_PAGE: Final = 200  # rows asked for at a time
_HITS: Final = 100
_KEPT: Final = 64  # answers remembered with their ETags …
_LARGE: Final = 1 << 20  # … of so many bytes at most
_ERRORS: Final[Mapping[int, type[VariorumError]]] = {
    400: UsageError, 401: UsageError, 403: UsageError, 404: NotFoundError, 413: UsageError, 422: UsageError,
    501: MissingDependencyError, 503: StoreError,
}  # fmt: skip


class Client:
    """A server of a library; ``token`` is what `variorum token` printed, ``timeout`` seconds that one answer may take.

    Lists are iterated page by page as they are read. What goes wrong is raised as the errors of `variorum.errors`:
    `NotFoundError` for what is not there, `UsageError` for what cannot be meant or is not allowed, and `VariorumError`
    where nobody answers.
    """

    def __init__(
        self,
        url: str = "http://127.0.0.1:8765",
        *,
        token: str | None = None,
        timeout: float = 60.0,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        headers = {"authorization": f"Bearer {token}"} if token else {}
        self._http = httpx.Client(
            base_url=f"{url.rstrip('/')}/api/v1", headers=headers, timeout=timeout, transport=transport
        )
        self._url = url
        self._seen: OrderedDict[str, tuple[str, bytes]] = OrderedDict()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the connections."""
        self._http.close()

    # --- articles ---

    def collections(self) -> Iterator[Collection]:
        """All collections, by name."""
        return self._rows(Collection, "/collections")

    def collection(self, name: str) -> Collection:
        """One collection."""
        return self._one(Collection, _path("collections", name))

    def articles(self, collection: str, story: str | None = None) -> Iterator[ArticleCard]:
        """What stands on the cards of its articles, or of those of one story; no texts."""
        return self._rows(ArticleCard, _path("collections", collection, "articles"), story=story)

    def article(self, collection: str, article: str) -> Article:
        """An article whole."""
        return self._one(Article, _path("collections", collection, "articles", article))

    def raw(self, collection: str, article: str) -> bytes:
        """The bytes that an article was read from. Raises `NotFoundError` where they were not kept."""
        return self._get(_path("collections", collection, "articles", article, "raw"))

    def statements(self, collection: str, article: str, span: Span | None = None) -> Iterator[Statement]:
        """The statements of an article, or those that touch ``span``, characters of its text."""
        begin, end = span or (None, None)
        path = _path("collections", collection, "articles", article, "statements")
        return self._rows(Statement, path, begin=begin, end=end)

    def links(self, collection: str, article: str) -> Iterator[Link]:
        """Whom an article took from, and who took from it."""
        return self._rows(Link, _path("collections", collection, "articles", article, "links"))

    # --- what was found ---

    def stories(self, collection: str | None = None, **filters: str | bool | None) -> Iterator[StoryCard]:
        """Stories; ``filters`` are ``words``, ``place``, ``person``, ``begin``, ``end``, ``disputed``, ``order``."""
        return self._rows(StoryCard, "/stories", collection=collection, **filters)

    def story(self, collection: str, story: str) -> Edition:
        """All that was found about a story: the edition that it is."""
        return self._one(Edition, _path("collections", collection, "stories", story))

    def claims(self, collection: str, story: str, status: ClaimStatus | None = None) -> Iterator[Claim]:
        """The claims of a story, or those of one status."""
        return self._rows(Claim, _path("collections", collection, "stories", story, "claims"), status=status)

    def claim(self, collection: str, story: str, claim: str) -> Claim:
        """One claim: its status, and by how many it is supported."""
        return self._one(Claim, _path("collections", collection, "stories", story, "claims", claim))

    def evidence(self, collection: str, story: str, claim: str) -> Iterator[Statement]:
        """Who says a claim, with the words and their spans."""
        return self._rows(Statement, _path("collections", collection, "stories", story, "claims", claim, "statements"))

    def conflicts(self, collection: str, story: str, relation: Relation | None = None) -> Iterator[Conflict]:
        """Contradictions, updates, roundings and other scopes of a story, or those of one relation."""
        return self._rows(Conflict, _path("collections", collection, "stories", story, "conflicts"), relation=relation)

    def lineage(self, collection: str, story: str) -> Lineage:
        """Who copied whom in a story, and the origins."""
        return self._one(Lineage, _path("collections", collection, "stories", story, "lineage"))

    def search(self, query: str, collection: str | None = None) -> Iterator[Hit]:
        """Full-text search, in the language of `variorum search`."""
        return self._rows(Hit, "/search", q=query, collection=collection, limit=_HITS)

    def check(self, sentence: str, collection: str, story: str | None = None) -> Answer:
        """Whether the reports support, deny or dispute a sentence, by whom, with the words."""
        return self._sent(Answer, "/check", {"sentence": sentence, "collection": collection, "story": story})

    def export(self, collection: str, format: str = "json", *, story: str | None = None, texts: bool = True) -> bytes:
        """A collection or a story in a format of `variorum export`; those of several files as a ZIP archive."""
        place = ("collections", collection) + (("stories", story) if story else ())
        return self._get(_path(*place, "export"), format=format, texts=texts)

    # --- decisions ---

    def decisions(self, collection: str | None = None) -> Iterator[tuple[Decision, Outcome | None]]:
        """All decisions, each with what became of it in the last run (None while it waits for one)."""
        rows = self._rows(dict[str, msgspec.Raw], "/decisions", collection=collection)
        for row in rows:
            yield _read(Decision, row["decision"]), _read(Outcome | None, row["outcome"])  # type: ignore[arg-type]

    def decide(
        self,
        collection: str,
        kind: DecisionKind,
        subjects: Iterable[str],
        others: Iterable[str] = (),
        value: str | None = None,
        *,
        reason: str,
        author: str = "",
    ) -> Decision:
        """Put a decision on record; what it touches is collated again in the background."""
        given = {
            "kind": kind, "subjects": list(subjects), "others": list(others), "value": value, "author": author,
            "reason": reason,
        }  # fmt: skip
        return self._sent(Decision, _path("collections", collection, "decisions"), given)

    def undo(self, decision: str, *, reason: str, author: str = "") -> Decision:
        """Take a decision back; it stays on record."""
        return self._sent(Decision, _path("decisions", decision, "undo"), {"author": author, "reason": reason})

    # --- adding ---

    def add(
        self,
        collection: str,
        articles: Iterable[Mapping[str, Any]] = (),
        urls: Iterable[str] = (),
        *,
        progress: Progress | None = None,
    ) -> Job:
        """Add records as JSONL has them, and addresses to fetch, and wait for the end; ``progress`` is told each
        change. What is there already changes nothing."""
        given = {"articles": [dict(article) for article in articles], "urls": list(urls)}
        return self.wait(self._sent(Job, _path("collections", collection, "articles"), given), progress)

    def upload(self, collection: str, files: Iterable[str | Path], *, progress: Progress | None = None) -> Job:
        """Add files of any kind that `variorum add` reads, and wait for the end. Raises `UsageError` for a file that
        cannot be opened."""
        with ExitStack() as opened:
            held = [("files", (Path(f).name, opened.enter_context(_opened(Path(f))))) for f in files]
            path = _path("collections", collection, "files")
            job = _read(Job, self._asked("POST", path, files=held).content)
        return self.wait(job, progress)

    def remove(self, collection: str, article: str, *, progress: Progress | None = None) -> Job:
        """Remove an article with all that was read out of it, and wait for the end."""
        path = _path("collections", collection, "articles", article)
        return self.wait(_read(Job, self._asked("DELETE", path).content), progress)

    def jobs(self, collection: str | None = None) -> Iterator[Job]:
        """Jobs, the newest first."""
        return self._rows(Job, "/jobs", collection=collection)

    def job(self, job: str) -> Job:
        """How far a job is."""
        return self._one(Job, _path("jobs", job))

    def wait(self, job: Job, progress: Progress | None = None) -> Job:
        """Follow a job to its end."""
        while job.state not in ENDED:
            for now in self._events(job.id):
                job = now
                if progress:
                    progress(now)
        return job

    def _events(self, job: str) -> Iterator[Job]:
        """What the server tells of a job until it hangs up."""
        with self._caught(), self._http.stream("GET", _path("jobs", job, "events")) as stream:
            if stream.status_code != 200:
                stream.read()
                raise _fault(stream)
            for line in stream.iter_lines():
                if line.startswith("data: "):
                    yield _read(Job, line.removeprefix("data: ").encode())

    # --- how it asks ---

    def _rows(self, kind: type[T], path: str, **query: Any) -> Iterator[T]:
        cursor = None
        while True:
            page = _page(self._get(path, **{"limit": _PAGE, **query, "cursor": cursor}))
            yield from (_read(kind, row) for row in page.rows)
            cursor = page.next
            if cursor is None:
                return

    def _one(self, kind: type[T], path: str) -> T:
        return _read(kind, self._get(path))

    def _sent(self, kind: type[T], path: str, given: Mapping[str, Any]) -> T:
        return _read(kind, self._asked("POST", path, json=given).content)

    def _get(self, path: str, **query: Any) -> bytes:
        """The body of an answer, which is asked for again only if it has changed."""
        asked = {name: _written(value) for name, value in query.items() if value is not None}
        key = json.dumps([path, asked])
        tag, body = self._seen.get(key, ("", b""))
        answer = self._asked("GET", path, params=asked, headers={"if-none-match": tag} if tag else {})
        if answer.status_code == 304:
            self._seen.move_to_end(key)
            return body
        if "etag" in answer.headers and len(answer.content) <= _LARGE:
            self._seen[key] = (answer.headers["etag"], answer.content)
            if len(self._seen) > _KEPT:
                self._seen.popitem(last=False)
        return answer.content

    def _asked(self, method: str, path: str, **given: Any) -> httpx.Response:
        with self._caught():
            answer = self._http.request(method, path, **given)
        if answer.status_code >= 400:
            raise _fault(answer)
        return answer

    @contextmanager
    def _caught(self) -> Iterator[None]:
        try:
            yield
        except httpx.HTTPError as exc:
            raise VariorumError(f"{self._url}: no answer ({exc or type(exc).__name__}); is `variorum serve` running?") \
                from exc  # fmt: skip


class _Page(msgspec.Struct):
    rows: list[msgspec.Raw]
    next: str | None


def _page(body: bytes) -> _Page:
    """A page of a list, its rows not yet read."""
    return _read(_Page, body)


def _read(kind: type[T], body: bytes | msgspec.Raw) -> T:
    try:
        return msgspec.json.decode(body, type=kind)
    except msgspec.DecodeError as exc:
        raise VariorumError(f"the server's answer is none that this version can read: {exc}") from exc


def _fault(answer: httpx.Response) -> VariorumError:
    try:
        said = str(answer.json()["detail"])
    except (ValueError, KeyError, TypeError):
        said = f"the server answered {answer.status_code}"
    return _ERRORS.get(answer.status_code, VariorumError)(said)


def _opened(path: Path) -> Any:
    try:
        return path.open("rb")
    except OSError as exc:
        raise UsageError(f"{path}: {exc.strerror or exc}") from exc


def _path(*parts: str) -> str:
    return "/" + "/".join(quote(part, safe="") for part in parts)


def _written(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
