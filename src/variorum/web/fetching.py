"""Pages from the web, asked for by strangers: only from the open web, only so much, and never from the networks that
this machine can see and they cannot."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final
from urllib.parse import urljoin, urlsplit

import httpx

from variorum import __version__
from variorum.errors import InputError

_HOPS: Final = 5
_PORTS: Final = frozenset({80, 443, 8080, 8443})
_AGENT: Final = f"Variorum/{__version__} (news comparison)"


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host."""
    return [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


@dataclass(frozen=True, slots=True)
class WebFetcher:
    """`ports.Fetcher` over httpx. The address that was judged is the one that is connected to, so that a name that
    answers otherwise the second time gains nothing; every redirect is judged anew."""

    most: int = 20_000_000
    seconds: float = 20.0
    resolver: Callable[[str, int], Iterable[str]] = resolve
    transport: httpx.BaseTransport | None = field(default=None, repr=False)

    def fetch(self, url: str) -> tuple[bytes, str]:
        """The body and its content type. Raises `InputError` for what may not or cannot be had."""
        with httpx.Client(transport=self.transport, timeout=self.seconds, trust_env=False) as client:
            where = url
            for _ in range(_HOPS):
                body, media, onward = self._once(client, where)
                if onward is None:
                    return body, media
                where = urljoin(where, onward)
        raise InputError(url, f"leads on and on: more than {_HOPS} redirects")

    def _once(self, client: httpx.Client, url: str) -> tuple[bytes, str, str | None]:
        parts = self._judged(url)
        address = self._address(url, parts.host, parts.port)
        shown = f"[{address}]" if ":" in address else address
        request = client.build_request(
            "GET",
            httpx.URL(parts.target).copy_with(host=shown),
            headers={"host": parts.name, "user-agent": _AGENT, "accept": "text/html, text/plain;q=0.9, */*;q=0.1"},
            extensions={"sni_hostname": parts.host},
        )
        try:
            answer = client.send(request, stream=True, follow_redirects=False)
            try:
                if answer.is_redirect:
                    return b"", "", answer.headers.get("location", "")
                if answer.status_code != 200:
                    raise InputError(url, f"the server answers {answer.status_code}")
                return self._read(url, answer), answer.headers.get("content-type", ""), None
            finally:
                answer.close()
        except (httpx.HTTPError, httpx.InvalidURL) as exc:
            raise InputError(url, f"cannot be fetched ({type(exc).__name__})") from exc

    def _read(self, url: str, answer: httpx.Response) -> bytes:
        held = bytearray()
        for piece in answer.iter_bytes():
            held += piece
            if len(held) > self.most:
                raise InputError(url, f"larger than {self.most:,} bytes; left out")
        return bytes(held)

    def _judged(self, url: str) -> _Target:
        try:
            parts = urlsplit(url)
            host, port = parts.hostname, parts.port or (443 if parts.scheme == "https" else 80)
        except ValueError as exc:
            raise InputError(url, "is no address of a page") from exc
        if parts.scheme not in ("http", "https") or not host:
            raise InputError(url, "is no address of a page; it begins with https:// or http://")
        if parts.username is not None or port not in _PORTS:
            raise InputError(url, "has a user name or an unusual port in it; left out")
        return _Target(url.partition("#")[0], host, port, parts.netloc)

    def _address(self, url: str, host: str, port: int) -> str:
        try:
            found = list(self.resolver(host, port))
        except (OSError, UnicodeError) as exc:
            raise InputError(url, "its host is not known") from exc
        # One address of this network among them is enough to refuse: who mixes them means no good.
        if not found or not all(is_public(ip_address(a.partition("%")[0])) for a in found):
            raise InputError(url, "does not lead to the open web; left out")
        return found[0]


@dataclass(frozen=True, slots=True)
class _Target:
    target: str
    host: str
    port: int
    name: str


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether an address is one of the open web, also when it is wrapped into one of another kind."""
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inner is not None:
            return is_public(inner)
        if address in _NAT64:
            return is_public(IPv4Address(int(address) & 0xFFFFFFFF))
    return address.is_global and not address.is_multicast


_NAT64: Final = ip_network("64:ff9b::/96")
