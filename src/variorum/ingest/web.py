"""Addresses to bytes over HTTP, politely and with bounds, behind the `ports.Fetcher` seam.

One request at a time to a host, with a pause between two; robots.txt asked first and obeyed; an honest name; a page
fetched before asked for only if it changed; redirects followed one by one, each checked like the first; no more bytes
than allowed, compressed or not, and no more time. Where connections may go decides `ingest/addresses.py`.
"""

from __future__ import annotations

import gzip
import json
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urljoin, urlsplit

import httpcore
import httpx

from variorum.errors import InputError
from variorum.ingest.addresses import Guard, GuardedBackend, Place
from variorum.ports import Fetched

if TYPE_CHECKING:
    from protego import Protego

USER_AGENT: Final = "variorum/0.1 (reads news reports; obeys robots.txt as variorum)"
_ROBOTS_NAME: Final = "variorum"
_MAX_HOPS: Final = 8
_MAX_ROBOTS: Final = 500_000  # bytes, as RFC 9309 has it
_MAX_DELAY: Final = 30.0  # seconds that a robots.txt or a busy server may ask for
_HOSTS_AT_ONCE: Final = 8
_BUSY: Final = frozenset({429, 502, 503, 504})
_REFUSALS: Final = {
    401: "the server wants a login (401); the page may be behind a paywall",
    402: "the server wants payment (402); the page is behind a paywall",
    403: "the server refuses to give it (403); it may be behind a paywall, or refuse programs",
    404: "there is no such page (404); check the address",
    410: "the page is gone (410)",
    451: "the server may not show it here, for legal reasons (451)",
}


@dataclass(frozen=True, slots=True)
class WebConfig:
    """``timeout`` bounds each wait on the network, ``deadline`` a whole answer, ``delay`` is the pause between two
    requests to one host, all in seconds; ``max_bytes`` bounds a body, compressed and not; ``cache`` is a folder of what
    was fetched before."""

    timeout: float = 20.0
    deadline: float = 90.0
    delay: float = 1.0
    max_bytes: int = 20_000_000
    cache: Path | None = None


@dataclass(slots=True)
class _Host:
    """What is known of one server. ``lock`` is held during a request to it."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    free_at: float = 0.0
    robots: Protego | None = None
    refused: str | None = None
    asked: bool = False


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: httpx.Headers
    data: bytes


class WebFetcher:
    """Fetches pages. One instance remembers the manners of every host it has spoken to; it may be used from threads.

    ``guard`` decides where it may go; ``transport``, ``clock`` and ``sleep`` are there for tests.
    """

    def __init__(
        self,
        config: WebConfig | None = None,
        guard: Guard | None = None,
        *,
        transport: httpx.BaseTransport | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.config = config or WebConfig()
        self._guard = guard or Guard()
        self._transport = transport
        self._clock, self._sleep = clock, sleep
        self._hosts: dict[Place, _Host] = {}
        self._known = threading.Lock()

    @cached_property
    def _client(self) -> httpx.Client:
        return httpx.Client(
            transport=self._transport or PinnedTransport(self._guard, seconds=self.config.deadline),
            trust_env=False,  # a proxy would look names up itself, and go where it likes
            timeout=self.config.timeout,
            headers={"User-Agent": USER_AGENT, "Accept-Encoding": "gzip", "Accept": "text/html,*/*;q=0.5"},
        )

    def fetch(self, url: str) -> Fetched:
        """What is at ``url``. Raises `InputError` saying why nothing is, or why it was not asked for."""
        address, came_from = url, None
        for _ in range(_MAX_HOPS):
            place = self._guard.place(address, url, came_from)
            host = self._host(place)
            with host.lock:
                if not host.asked:
                    self._check(place, url)
                self._ask_robots(host, address, url)
                stored = _read_cache(self.config.cache, address)
                answer = self._answer(host, address, url, stored)
            if answer.status == 304 and stored:
                return stored[0]
            if answer.status in (301, 302, 303, 307, 308) and (to := answer.headers.get("location")):
                address, came_from = _joined(address, to, url), place
                continue
            if not 200 <= answer.status < 300:
                raise InputError(url, _REFUSALS.get(answer.status, f"the server answers {answer.status}; try later"))
            found = Fetched(answer.data, address, answer.headers.get("content-type", ""), _now())
            _write_cache(self.config.cache, address, found, answer.headers)
            return found
        raise InputError(url, f"more than {_MAX_HOPS} redirects, the last to {address}; given up")

    def fetch_all(self, urls: Sequence[str]) -> Iterator[Fetched | InputError]:
        """What is at each of ``urls``, in their order, or why nothing is. Hosts are asked side by side, each of them
        one page at a time."""
        queues: dict[str, list[int]] = {}
        for index, url in enumerate(urls):
            queues.setdefault(_host_of(url), []).append(index)
        found: list[Future[Fetched | InputError]] = [Future() for _ in urls]
        left = threading.Event()  # nobody reads on

        def work(queue: Sequence[int]) -> None:
            for index in queue:
                if left.is_set():
                    return
                try:
                    found[index].set_result(self._tried(urls[index]))
                except BaseException as exc:  # the reader waits for it: it must be told
                    found[index].set_exception(exc)

        with ThreadPoolExecutor(max(1, min(_HOSTS_AT_ONCE, len(queues)))) as pool:
            for queue in queues.values():
                pool.submit(work, queue)
            try:
                for future in found:
                    yield future.result()
            finally:
                left.set()

    def _tried(self, url: str) -> Fetched | InputError:
        try:
            return self.fetch(url)
        except InputError as exc:
            return exc

    def _check(self, place: Place, url: str) -> None:
        """Raises `InputError` where ``place`` may not be fetched from, before its robots.txt is asked for."""
        try:
            self._guard.addresses(place)
        except InputError as exc:
            raise InputError(url, exc.reason) from exc

    # --- manners --------------------------------------------------------------------------------------------------

    def _host(self, place: Place) -> _Host:
        with self._known:
            return self._hosts.setdefault(place, _Host())

    def _ask_robots(self, host: _Host, address: str, url: str) -> None:
        """Raises `InputError` where the host's robots.txt does not want ``address`` read."""
        if not host.asked:
            host.asked = True
            self._read_robots(host, address, url)
        if host.refused:
            raise InputError(url, host.refused)
        if host.robots is not None and not host.robots.can_fetch(address, _ROBOTS_NAME):
            raise InputError(url, "the site's robots.txt asks programs not to read it; save the page by hand")

    def _read_robots(self, host: _Host, address: str, url: str) -> None:
        from protego import Protego

        at, came_from = urljoin(address, "/robots.txt"), None
        for _ in range(_MAX_HOPS):
            try:
                place = self._guard.place(at, url, came_from)
                answer = self._answer(host, at, url, None, _MAX_ROBOTS)
            except InputError as exc:
                host.refused = f"its robots.txt cannot be read, so nothing is ({exc.reason})"
                return
            if answer.status in (301, 302, 303, 307, 308) and "location" in answer.headers:
                at, came_from = _joined(at, answer.headers["location"], url), place
                continue
            if answer.status >= 500 or answer.status == 429:
                host.refused = f"the server answers {answer.status} when asked for its robots.txt; try later"
            elif answer.status < 300:
                host.robots = Protego.parse(answer.data.decode("utf-8", "replace"))
            return

    def _pause(self, host: _Host) -> None:
        wait = host.free_at - self._clock()
        if wait > 0:
            self._sleep(wait)

    def _delay(self, host: _Host) -> float:
        wanted = host.robots.crawl_delay(_ROBOTS_NAME) if host.robots is not None else None
        return min(max(self.config.delay, wanted or 0.0), max(self.config.delay, _MAX_DELAY))

    # --- one request ----------------------------------------------------------------------------------------------

    def _answer(
        self,
        host: _Host,
        address: str,
        url: str,
        stored: tuple[Fetched, dict[str, str]] | None,
        limit: int | None = None,
    ) -> _Answer:
        """One answer of the server, asked a second time if it is busy. Raises `InputError`."""
        headers = stored[1] if stored else {}
        for again in (True, False):
            self._pause(host)
            try:
                answer = self._asked(address, url, headers, limit or self.config.max_bytes)
            finally:
                host.free_at = self._clock() + self._delay(host)
            if answer.status not in _BUSY or not again:
                return answer
            host.free_at = max(host.free_at, self._clock() + _retry_after(answer.headers))
        raise AssertionError("the second time returns")

    def _asked(self, address: str, url: str, headers: dict[str, str], limit: int) -> _Answer:
        try:
            with self._client.stream("GET", address, headers=headers) as response:
                data = b"".join(self._bounded(response, url, limit))
                return _Answer(response.status_code, response.headers, data)
        except InputError as exc:  # of the guard, which knows no more than the host
            raise InputError(url, exc.reason) from exc
        except (httpcore.TimeoutException, httpx.TimeoutException) as exc:
            waits = f"{self.config.timeout:g} s for an answer, {self.config.deadline:g} s for all of it"
            raise InputError(url, f"the server is too slow; given up ({waits})") from exc
        except (httpx.HTTPError, httpx.InvalidURL, httpcore.NetworkError) as exc:
            raise InputError(url, f"the server cannot be reached ({_said(exc)})") from exc
        except (httpcore.ProtocolError, httpcore.UnsupportedProtocol, ssl.SSLError, OSError, UnicodeError) as exc:
            raise InputError(url, f"the server does not answer as servers do ({_said(exc)})") from exc
        except zlib.error as exc:
            raise InputError(url, "the answer is damaged: its compression cannot be undone") from exc

    def _bounded(self, response: httpx.Response, url: str, limit: int) -> Iterator[bytes]:
        """The body without its compression, never more than ``limit`` bytes of it before or after."""
        coding = response.headers.get("content-encoding", "identity").strip().lower()
        if coding not in ("identity", "", "gzip", "x-gzip", "deflate"):
            raise InputError(url, f"compressed as {coding[:40]!r}, which was not asked for")
        if (stated := response.headers.get("content-length", "")).isdigit() and int(stated) > limit:
            raise InputError(url, _too_large(limit))
        inflate = zlib.decompressobj(zlib.MAX_WBITS | 32) if coding not in ("identity", "") else None
        came = size = 0
        for raw in response.iter_raw():
            came += len(raw)
            data = inflate.decompress(raw, limit + 1 - size) if inflate else raw
            size += len(data)
            if max(came, size) > limit:
                raise InputError(url, _too_large(limit))
            yield data
        if inflate and came and not inflate.eof:
            raise InputError(url, "the answer is damaged: it ends before its compression does")


class PinnedTransport(httpx.BaseTransport):
    """Sends requests over connections that a `Guard` has checked (see `GuardedBackend`)."""

    def __init__(self, guard: Guard, inner: httpcore.NetworkBackend | None = None, seconds: float = 90.0) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(trust_env=False),
            max_connections=2 * _HOSTS_AT_ONCE,
            max_keepalive_connections=0,  # every answer has its own connection, whose time is bounded
            network_backend=GuardedBackend(guard, inner, seconds),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """One exchange; the body is streamed."""
        answer = self._pool.handle_request(
            httpcore.Request(
                request.method,
                httpcore.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer), extensions=answer.extensions)

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


def _host_of(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def _joined(address: str, location: str, url: str) -> str:
    try:
        return urljoin(address, location)
    except ValueError as exc:
        raise InputError(url, f"redirected to {location[:100]!r}, which is no address") from exc


def _retry_after(headers: httpx.Headers) -> float:
    value = headers.get("retry-after", "").strip()
    if value.isdigit():
        return min(float(value), _MAX_DELAY)
    try:
        wait = (parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds()
    except (ValueError, TypeError):
        return 2.0
    return min(max(wait, 0.0), _MAX_DELAY)


def _too_large(limit: int) -> str:
    return f"larger than {limit / 1e6:g} MB; raise the limit with --max-bytes (now {limit}) to read it"


def _said(exc: BaseException) -> str:
    return (str(exc) or type(exc).__name__)[:200]


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


# --- what was fetched before --------------------------------------------------------------------------------------


def _cached(folder: Path, address: str) -> Path:
    return folder / f"{sha256(address.encode()).hexdigest()}.gz"


def _read_cache(folder: Path | None, address: str) -> tuple[Fetched, dict[str, str]] | None:
    """What was fetched from ``address`` before, and the headers that ask for it only if it changed."""
    if folder is None:
        return None
    try:
        head, _, data = gzip.decompress(_cached(folder, address).read_bytes()).partition(b"\n")
        known: dict[str, Any] = json.loads(head)
        conditions = {"If-None-Match": known.pop("etag", ""), "If-Modified-Since": known.pop("last_modified", "")}
        return Fetched(data=data, **known), {name: value for name, value in conditions.items() if value}
    except (OSError, EOFError, ValueError, TypeError, zlib.error):
        return None


def _write_cache(folder: Path | None, address: str, found: Fetched, headers: httpx.Headers) -> None:
    etag, changed = headers.get("etag", ""), headers.get("last-modified", "")
    if folder is None or not (etag or changed):
        return
    known = {**asdict(found), "etag": etag, "last_modified": changed}
    data = known.pop("data")
    path = _cached(folder, address)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".{threading.get_ident()}.part")
        part.write_bytes(gzip.compress(json.dumps(known).encode() + b"\n" + data, mtime=0))
        part.replace(path)
    except OSError as exc:
        raise InputError(str(folder), f"what was fetched cannot be kept there ({_said(exc)}); see fetch_cache") from exc
