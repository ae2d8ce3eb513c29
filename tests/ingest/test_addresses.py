"""No connection leads where it should not, whatever an address looks like and whatever its name stands for."""

from __future__ import annotations

from collections.abc import Sequence

import httpcore
import httpx
import pytest

from variorum.errors import InputError, UsageError
from variorum.ingest.addresses import Guard, GuardedBackend, Place, look_up, not_public
from variorum.ingest.web import PinnedTransport, WebConfig, WebFetcher

PUBLIC = "93.184.215.14"


class Wire(httpcore.MockBackend):
    """A network that gives one answer to everybody and remembers who was called."""

    def __init__(self, answer: bytes = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi") -> None:
        super().__init__([answer])
        self.answer, self.called = answer, list[tuple[str, int]]()

    def connect_tcp(self, host: str, port: int, *_: object, **__: object) -> httpcore.NetworkStream:
        """A connection that answers."""
        self.called.append((host, port))
        return httpcore.MockStream([self.answer])


def fetcher(guard: Guard, wire: Wire) -> WebFetcher:
    """A fetcher over ``wire``, without pauses."""
    return WebFetcher(WebConfig(delay=0), guard, transport=PinnedTransport(guard, wire))


def names(**hosts: Sequence[str]) -> Guard:
    """A guard whose resolver knows these hosts; a host with several lists gives one after the other."""
    return Guard(resolve=lambda host, _: list(hosts[host.split(".")[0]]))


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.255.0.9", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "100.100.100.200", "168.63.129.16", "192.0.2.1", "198.18.0.1", "224.0.0.1", "255.255.255.255", "240.0.0.1",
        "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "ff02::1", "::ffff:127.0.0.1",
        "::ffff:169.254.169.254", "::ffff:10.0.0.1", "::7f00:1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe",
        "2002:7f00:1::", "2002:a00:1::1", "2001:db8::1", "localhost", "",
    ],
)  # fmt: skip
def test_addresses_that_are_not_public(address: str) -> None:
    """Loopback, private, link-local, metadata, reserved; and these inside of IPv6 addresses."""
    assert not_public(address)


@pytest.mark.parametrize("address", [PUBLIC, "8.8.8.8", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "64:ff9b::808:808"])
def test_public_addresses(address: str) -> None:
    """Servers of the web."""
    assert not_public(address) is None


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "ftp://a.example/x", "gopher://a.example/", "http:///x", "http://", "//a.example/x",
        "http://a.example:8080/", "https://a.example:22/", "http://user@a.example/", "http://a:b@a.example/",
        "http://a.example\\@127.0.0.1/", "http://a.example/ x", "http://a.example/\n", "http://[::1/", "http://a:99999/",
        "javascript:alert(1)", "data:text/html,x", "http://a.example/" + "x" * 5000,
    ],
)  # fmt: skip
def test_addresses_that_are_not_asked_for(url: str) -> None:
    """Other schemes, other ports, names of users, tricks of spelling."""
    wire = Wire()
    with pytest.raises(InputError):
        fetcher(names(a=[PUBLIC]), wire).fetch(url)
    assert wire.called == []


@pytest.mark.parametrize(
    "host",
    ["2130706433", "0x7f000001", "0177.0.0.1", "127.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "127.0.0.1."],
)
def test_this_machine_by_its_many_names(host: str) -> None:
    """Decimal, hexadecimal, octal and short forms are what the system's resolver makes of them."""
    wire = Wire()
    with pytest.raises(InputError, match=r"this machine|no such server"):
        fetcher(Guard(resolve=look_up), wire).fetch(f"http://{host}/")
    assert wire.called == []


def test_one_private_address_among_public_ones_is_enough() -> None:
    """A name that leads to both is not trusted."""
    wire = Wire()
    with pytest.raises(InputError, match="a private address"):
        fetcher(names(a=[PUBLIC, "10.0.0.1"]), wire).fetch("http://a.example/")
    assert wire.called == []


def test_the_address_that_was_checked_is_the_one_called() -> None:
    """DNS rebinding: the name leads elsewhere at the next look-up, and that is checked as well."""
    answers = [[PUBLIC], [PUBLIC], ["127.0.0.1"], ["127.0.0.1"]]
    wire = Wire(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
    guard = Guard(resolve=lambda *_: answers.pop(0))
    with pytest.raises(InputError, match="this machine"):  # the page's own connection, after that for robots.txt
        fetcher(guard, wire).fetch("http://a.example/")
    assert wire.called == [(PUBLIC, 80)]


def test_connections_are_checked_whatever_the_library_made_of_the_address() -> None:
    """The last check is made where the connection is."""
    wire = Wire()
    backend = GuardedBackend(names(a=[PUBLIC], b=["::1"]), wire)
    backend.connect_tcp("a.example", 443)
    for host, port in (("b.example", 80), ("a.example", 8080)):
        with pytest.raises(InputError):
            backend.connect_tcp(host, port)
    with pytest.raises(httpcore.ConnectError):
        backend.connect_unix_socket("/var/run/docker.sock")
    assert wire.called == [(PUBLIC, 443)]


def test_redirects_inward_are_not_followed() -> None:
    """A page of the public web sends on to this machine, by name or by number."""
    for target in ("http://inner.example/", "http://127.0.0.1/", "http://a.example:8080/", "file:///etc/passwd"):

        def answer(request: httpx.Request, target: str = target) -> httpx.Response:
            if request.url.path == "/robots.txt":
                return httpx.Response(404, stream=httpx.ByteStream(b""))
            return httpx.Response(302, headers={"location": target}, stream=httpx.ByteStream(b""))

        guard = Guard(resolve=lambda host, _: {"a.example": [PUBLIC], "inner.example": ["10.0.0.1"]}.get(host, [host]))
        with pytest.raises(InputError):
            WebFetcher(WebConfig(delay=0), guard, transport=httpx.MockTransport(answer)).fetch("http://a.example/x")


def test_a_setting_allows_what_it_names_and_no_more() -> None:
    """``host:port`` of the setting may be fetched from, but not by way of the public web."""
    guard = Guard.naming("localhost:8000, 10.0.0.5:80", resolve=lambda host, _: [host])
    assert guard.place("http://localhost:8000/x") == Place("localhost", 8000)
    assert guard.addresses(Place("10.0.0.5", 80)) == ["10.0.0.5"]
    for place in (Place("10.0.0.6", 80), Place("10.0.0.5", 8000)):
        with pytest.raises(InputError):
            guard.addresses(place)
    with pytest.raises(InputError, match="redirected from the public web"):
        guard.place("http://localhost:8000/x", came_from=Place("a.example", 80))
    assert guard.place("http://localhost:8000/y", came_from=Place("10.0.0.5", 80))


@pytest.mark.parametrize("servers", ["localhost", "http://localhost:80", "a:b", "a@b:80", "[::1"])
def test_a_setting_that_names_no_server(servers: str) -> None:
    """What is not ``host:port`` is wrong usage."""
    with pytest.raises(UsageError, match="fetch_allow"):
        Guard.naming(servers)
