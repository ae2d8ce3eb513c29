"""Who may do what, and how much of it: tokens with scopes, sessions, requests from other sites, rates and sizes.

Everything here is checked before a page or the API sees the request. See docs/threats.md for what each part is for.
"""

from __future__ import annotations

import hmac
import json
import logging
import os
import re
import secrets
import threading
import time
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Final, Literal, get_args
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from variorum.errors import NotFoundError, UsageError
from variorum.web.faults import problem

Right = Literal["read", "decide", "admin"]
RIGHTS: Final[tuple[Right, ...]] = get_args(Right)  # each holds those before it
COOKIE: Final = "variorum"
_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_NAME: Final = re.compile(r"[\w .@-]{1,60}")
_CLIENTS: Final = 10_000  # whose rates are remembered at once
_SESSION_HOURS: Final = 12
#: No code but ours, no style but ours, nobody frames us, forms go home.
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
#: For bytes of strangers: nothing in them may act, not even a style.
SANDBOX: Final = "default-src 'none'; sandbox; frame-ancestors 'none'"
_HEADERS: Final = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=()",
    "x-frame-options": "DENY",
}
log = logging.getLogger("variorum")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one client may ask for: requests a minute of each sort, and bytes of one request."""

    reads: int = 1200
    writes: int = 120
    logins: int = 10
    body: int = 64_000_000
    form: int = 200_000  # bytes of a request that carries no files


@dataclass(frozen=True, slots=True)
class Token:
    """A token on record: its SHA-256, never itself. Tokens are 256 random bits, so no slow hash is needed."""

    name: str
    right: Right
    digest: str
    made: str


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks. ``name`` is None for somebody at this very machine, where no tokens are asked for."""

    right: Right
    name: str | None = None
    session: str = ""

    def may(self, right: Right) -> bool:
        """Whether the visitor holds that right."""
        return RIGHTS.index(self.right) >= RIGHTS.index(right)


class Tokens:
    """The tokens of a file that only its owner can read. Read again when it changes: a token that was taken back is
    refused at the next request."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._held: tuple[Token, ...] = ()
        self._seen: tuple[int, int] | None = None

    def all(self) -> tuple[Token, ...]:
        """Those on record. Raises `UsageError` for a file that is none of ours."""
        try:
            stat = self.path.stat()
        except FileNotFoundError:
            return ()
        if (stat.st_mtime_ns, stat.st_size) != self._seen:
            try:
                self._held = tuple(Token(**row) for row in json.loads(self.path.read_text("utf-8")))
            except (ValueError, TypeError, OSError) as exc:
                raise UsageError(f"{self.path}: cannot be read as tokens; `variorum token add` makes one") from exc
            self._seen = (stat.st_mtime_ns, stat.st_size)
        return self._held

    def add(self, name: str, right: Right) -> str:
        """A new token, told this one time."""
        if not _NAME.fullmatch(name):
            raise UsageError(f"token: {name!r} can be no name: up to 60 letters, digits, spaces and . @ - _")
        if any(held.name == name for held in self.all()):
            raise UsageError(f"token: there is one for {name!r}; remove it first")
        secret = f"vrm_{secrets.token_urlsafe(32)}"
        made = datetime.now(UTC).isoformat(timespec="seconds")
        self._write((*self.all(), Token(name, right, _digest(secret), made)))
        return secret

    def remove(self, name: str) -> None:
        """Take a token back."""
        if all(held.name != name for held in self.all()):
            raise NotFoundError(f"token: none for {name!r}")
        self._write(held for held in self.all() if held.name != name)

    def of(self, secret: str) -> Token | None:
        """The token on record; every one is compared, each in constant time, so that time tells nothing."""
        digest, found = _digest(secret), None
        for held in self.all():
            if hmac.compare_digest(held.digest, digest):
                found = held
        return found

    def _write(self, tokens: Iterable[Token]) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self.path.with_name(f".{self.path.name}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            json.dump([asdict(t) for t in tokens], file, indent=1)
        fresh.replace(self.path)
        self._seen = None


class Access:
    """Who a request comes from. Without ``tokens`` everybody who reaches the server is at this machine, and may do
    all; sessions live in memory and end with the server."""

    def __init__(self, tokens: Tokens | None = None, hosts: Iterable[str] = ()) -> None:
        self.tokens = tokens
        self._hosts = {host.lower() for host in hosts}
        self._sessions: dict[str, tuple[str, float]] = {}
        self._secret = secrets.token_bytes(32)

    def knows(self, host: str) -> bool:
        """Whether a request to that host is meant for us: a foreign name that was pointed at this machine is not."""
        name = (urlsplit(f"//{host}").hostname or "").lower() if host else ""
        if name in self._hosts or name == "localhost":
            return True
        try:
            address = ip_address(name)
        except ValueError:
            return False
        return address.is_loopback or self.tokens is not None

    def visitor(self, headers: Headers) -> Visitor | None:
        """Whoever shows a token or holds a session; None for a stranger."""
        session = cookie_parser(headers.get("cookie", "")).get(COOKIE, "")
        if self.tokens is None:
            return Visitor("admin", None, session)
        kind, _, secret = headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer":
            token = self.tokens.of(secret.strip())
            return Visitor(token.right, token.name) if token else None
        digest, ends = self._sessions.get(_digest(session), ("", 0.0))
        if not session or ends < time.time():
            return None
        token = next((t for t in self.tokens.all() if t.digest == digest), None)
        return Visitor(token.right, token.name, session) if token else None

    def enter(self, secret: str) -> str | None:
        """A new session for who shows a token."""
        token = self.tokens.of(secret) if self.tokens else None
        if token is None:
            return None
        session, now = secrets.token_urlsafe(32), time.time()
        self._sessions = {s: kept for s, kept in self._sessions.items() if kept[1] > now}
        self._sessions[_digest(session)] = (token.digest, now + _SESSION_HOURS * 3600)
        return session

    def leave(self, session: str) -> None:
        """End a session."""
        self._sessions.pop(_digest(session), None)

    def seal(self, session: str) -> str:
        """What the forms of a session carry; no other site can know it."""
        return hmac.new(self._secret, session.encode("utf-8", "replace"), sha256).hexdigest()

    def sealed(self, session: str, given: object) -> bool:
        """Whether a form comes from a page of ours."""
        return bool(session) and isinstance(given, str) and hmac.compare_digest(self.seal(session), given)


class Rates:
    """How often each client may ask: a bucket of a minute's requests that fills up again."""

    def __init__(self) -> None:
        self._buckets: dict[tuple[str, str], tuple[float, float]] = {}
        self._lock = threading.Lock()

    def wait(self, client: str, sort: str, most: int, now: float | None = None) -> float:
        """Seconds until the client may ask again; 0 if now, which counts."""
        at = time.monotonic() if now is None else now
        with self._lock:
            left, last = self._buckets.pop((client, sort), (float(most), at))
            left = min(float(most), left + (at - last) * most / 60)
            self._buckets[client, sort] = (left - 1, at) if left >= 1 else (left, at)
            if len(self._buckets) > _CLIENTS:
                del self._buckets[next(iter(self._buckets))]  # who has asked least lately
        return 0.0 if left >= 1 else (1 - left) * 60 / most


class Guard:
    """The door: every request passes here before anything reads it."""

    def __init__(self, app: ASGIApp, access: Access, limits: Limits) -> None:
        self._app, self._access, self._limits = app, access, limits
        self._rates = Rates()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let it pass, or say why not."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        begun, told = time.perf_counter(), {"status": 500}

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                told["status"] = message["status"]
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("cache-control", "private, no-cache")
            await send(message)

        try:
            refused = self._refused(scope)
            if refused is not None:
                await refused(scope, receive, sending)
            else:
                await self._app(scope, self._counted(scope, receive), sending)
        finally:
            _log(scope, told["status"], time.perf_counter() - begun)

    def _refused(self, scope: Scope) -> Any:
        headers, path, method = Headers(scope=scope), scope["path"], scope["method"]
        if not self._access.knows(headers.get("host", "")):
            return problem(scope, 421, "This server does not go by that name; start it with --allow-host NAME.")
        visitor = self._access.visitor(headers)
        scope.setdefault("state", {})["visitor"] = visitor
        client = (visitor.name if visitor else None) or (scope.get("client") or ("local",))[0]
        sort, most = "reads", self._limits.reads
        if method not in _SAFE:
            sort, most = ("logins", self._limits.logins) if path == "/login" else ("writes", self._limits.writes)
        wait = self._rates.wait(client, sort, most)
        if wait:
            return problem(scope, 429, "Too many requests; wait a little.", {"retry-after": str(int(wait) + 1)})
        if method not in _SAFE and _foreign(headers):
            return problem(scope, 403, "This request comes from another site.")
        if int_of(headers.get("content-length")) > self._most(headers):
            return problem(scope, 413, f"More than {self._most(headers):,} bytes; send less at once.")
        if visitor is None and path not in ("/login", "/health") and not path.startswith("/static/"):
            return problem(
                scope, 401, "Show a token: Authorization: Bearer …, or log in.", {"www-authenticate": "Bearer"}
            )
        return None

    def _most(self, headers: Headers) -> int:
        files = headers.get("content-type", "").startswith(("multipart/", "application/json"))
        return self._limits.body if files else self._limits.form

    def _counted(self, scope: Scope, receive: Receive) -> Receive:
        """What is sent, as long as it is not too much: a length that was not told, or told wrong, is counted."""
        left = self._most(Headers(scope=scope))

        async def counted() -> Message:
            nonlocal left
            message = await receive()
            left -= len(message.get("body", b""))
            if left < 0:
                raise TooLargeError
            return message

        return counted


class TooLargeError(Exception):
    """A body went on beyond what may be sent."""


def int_of(text: str | None) -> int:
    """A number of a header; 0 for what is none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else 0


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a server bound to ``host``."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _foreign(headers: Mapping[str, str]) -> bool:
    """Whether a browser sends this for another site. Browsers say so; what is no browser carries no cookie of ours."""
    if site := headers.get("sec-fetch-site"):
        return site not in ("same-origin", "none")
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != headers.get("host")


def _digest(secret: str) -> str:
    return sha256(secret.encode("utf-8", "replace")).hexdigest()


def _log(scope: Scope, status: int, seconds: float) -> None:
    """One line a request: by the route's own pattern, so that no search, title, text or token is in it."""
    route = getattr(scope.get("route"), "path", "-")
    fields = {"method": scope["method"], "route": route, "status": status, "ms": round(seconds * 1000)}
    log.info("%(method)s %(route)s %(status)s %(ms)s ms", fields, extra={"fields": fields})
