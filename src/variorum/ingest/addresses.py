"""Which addresses may be fetched: http and https, ports 80 and 443, hosts whose every IP address is public.

An address that a stranger wrote – in a feed, in a redirect, in a list – can name the machine that fetches it, its
neighbours, or the service that hands out the keys of a machine in a cloud. So names are looked up here, all that they
stand for is checked, and the connection is made to the address that was checked: a second look-up could give another
answer (DNS rebinding). What a setting names is allowed all the same, but not by way of a redirect from the public web.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any, Final
from urllib.parse import urlsplit

import httpcore

from variorum.errors import InputError, UsageError

Resolve = Callable[[str, int], Sequence[str]]

_PORTS: Final = {"http": 80, "https": 443}
_CARRIES_IPV4: Final = ip_network("64:ff9b::/96")  # NAT64: the last four bytes are an IPv4 address
_METADATA: Final = frozenset({ip_address("168.63.129.16")})  # Azure's, public by its number; the others are link-local
_MAX_URL: Final = 4_000  # characters


def look_up(host: str, port: int) -> list[str]:
    """The IP addresses of ``host``, as the system gives them; raises `OSError`."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(info[4][0]) for info in found))


@dataclass(frozen=True, slots=True)
class Place:
    """A server: its name in lower case and its port."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Guard:
    """Decides where connections may go. ``allowed`` are the servers outside the public web that a setting names."""

    allowed: frozenset[Place] = frozenset()
    resolve: Resolve = field(default=look_up)

    @classmethod
    def naming(cls, servers: str, resolve: Resolve = look_up) -> Guard:
        """The guard of a setting: servers as ``host:port``, separated by commas. Raises `UsageError`."""
        return cls(frozenset(map(_named, filter(None, (s.strip() for s in servers.split(","))))), resolve)

    def place(self, url: str, source: str | None = None, came_from: Place | None = None) -> Place:
        """The server of ``url``. Raises `InputError` (naming ``source``) for what is no address of the public web;
        ``came_from`` is the server that redirected here."""
        try:
            parts = urlsplit(url)
            host, port = parts.hostname, parts.port
        except ValueError as exc:
            raise InputError(source or url, f"not a web address ({exc})") from exc
        where = source or url
        if len(url) > _MAX_URL or any(c.isspace() or not c.isprintable() or c == "\\" for c in url):
            raise InputError(where, "not a web address; it is too long, or has blanks or backslashes in it")
        if parts.scheme not in _PORTS or not host:
            raise InputError(where, f"{parts.scheme or 'no scheme'}: only http and https addresses are fetched")
        if parts.username is not None or parts.password is not None:
            raise InputError(where, "an address with a user name in it; such are not fetched")
        place = Place(host.lower().rstrip("."), port or _PORTS[parts.scheme])
        if place in self.allowed and came_from is not None and came_from not in self.allowed:
            raise InputError(where, f"redirected from the public web to {place}; not followed")
        self._check_port(place, where)
        return place

    def _check_port(self, place: Place, where: str) -> None:
        if place.port not in _PORTS.values() and place not in self.allowed:
            raise InputError(where, f"port {place.port}: only 80 and 443 are fetched, {_advice(place)}")

    def addresses(self, place: Place) -> list[str]:
        """The IP addresses of ``place``, all of them checked, its port too: the library that connects may have read the
        address otherwise than `place` did. Raises `InputError`."""
        self._check_port(place, place.host)
        try:
            found = list(self.resolve(place.host, place.port))
        except (OSError, UnicodeError) as exc:
            raise InputError(place.host, "no such server; check the address") from exc
        if place not in self.allowed:
            for address in found:
                if reason := not_public(address):
                    raise InputError(place.host, f"it leads to {address}, {reason}; {_advice(place)}")
        if not found:
            raise InputError(place.host, "no such server; check the address")
        return found


def _advice(place: Place) -> str:
    return f"unless the setting fetch_allow names {place}"


def _named(server: str) -> Place:
    try:
        parts = urlsplit(f"//{server}")
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if not host or not port or parts.path or "@" in server:
        raise UsageError(f"fetch_allow: {server!r} is no server; write host:port, as in localhost:8000")
    return Place(host.lower(), port)


def not_public(address: str) -> str | None:
    """Why ``address`` is none of the public web, or None if it is. IPv4 addresses inside of IPv6 ones count as what
    they are."""
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return "which is no IP address"
    for inner in _carried(ip) if ip in _CARRIES_IPV4 else (*_carried(ip), ip):
        if inner in _METADATA:
            return "a cloud's metadata service"
        if inner.is_loopback:
            return "this machine"
        if inner.is_link_local:
            return "a link-local address"
        if inner.is_multicast or inner.is_unspecified or inner.is_reserved:
            return "an address of no server"
        if not inner.is_global:
            return "a private address"
    return None


def _carried(ip: IPv4Address | IPv6Address) -> Sequence[IPv4Address]:
    """The IPv4 addresses that an IPv6 one stands for: mapped, 6to4, Teredo, NAT64, and the old compatible form."""
    if isinstance(ip, IPv4Address):
        return ()
    found = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
    if ip in _CARRIES_IPV4 or (int(ip) >> 32 == 0 and int(ip) > 1):
        found.append(IPv4Address(int(ip) & 0xFFFFFFFF))
    return [inner for inner in found if inner is not None]


class GuardedBackend(httpcore.NetworkBackend):
    """Connects only to addresses that a `Guard` has checked, and to the very ones: names are looked up nowhere else.
    A connection ends after ``seconds``, however slowly the other side talks."""

    def __init__(self, guard: Guard, inner: httpcore.NetworkBackend | None = None, seconds: float = 90.0) -> None:
        self._guard, self._seconds = guard, seconds
        self._inner = inner or httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to the first address of ``host`` that answers."""
        failure: Exception | None = None
        for address in self._guard.addresses(Place(host.lower().rstrip("."), port))[:4]:
            try:
                stream = self._inner.connect_tcp(address, port, timeout, local_address, socket_options)
                return _Bounded(stream, time.monotonic() + self._seconds)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as exc:
                failure = exc
        raise failure or httpcore.ConnectError("no address")

    def connect_unix_socket(self, *_: Any, **__: Any) -> httpcore.NetworkStream:
        """Never: no address of the web leads there."""
        raise httpcore.ConnectError("no address of the web is a socket of this machine")

    def sleep(self, seconds: float) -> None:
        """Pause."""
        self._inner.sleep(seconds)


class _Bounded(httpcore.NetworkStream):
    """A connection that is over at ``end`` (on the monotonic clock): a server that sends a byte before each wait is up
    would hold it for ever, in its headers as well as in its body."""

    def __init__(self, inner: httpcore.NetworkStream, end: float) -> None:
        self._inner, self._end = inner, end

    def _left(self, timeout: float | None) -> float:
        left = self._end - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("it took too long; given up")
        return left if timeout is None else min(timeout, left)

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """As the inner stream's."""
        return self._inner.read(max_bytes, self._left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """As the inner stream's."""
        self._inner.write(buffer, self._left(timeout))

    def close(self) -> None:
        """As the inner stream's."""
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """As the inner stream's; the end stays."""
        return _Bounded(self._inner.start_tls(ssl_context, server_hostname, self._left(timeout)), self._end)

    def get_extra_info(self, info: str) -> Any:
        """As the inner stream's."""
        return self._inner.get_extra_info(info)
