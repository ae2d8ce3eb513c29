"""The commands that serve a library."""

from __future__ import annotations

import getpass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from variorum.cli.app import Model, Vectors, Where, options
from variorum.cli.stores import library_at, library_over, store_at
from variorum.cli.told import emit
from variorum.errors import MissingDependencyError, UsageError

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from variorum.library import Library
    from variorum.web.safety import Tokens

commands: typer.Typer = typer.Typer()

_FILE: Final = "tokens.json"
Host = Annotated[str, typer.Option("--host", help="Where to listen; beyond this machine tokens are asked for.")]
Port = Annotated[int, typer.Option("--port", help="The port; 0 takes a free one.", min=0, max=65535)]
AllowHost = Annotated[list[str] | None, typer.Option("--allow-host", help="A name this server goes by (repeat it).")]
TokenFile = Annotated[Path | None, typer.Option("--tokens", help="The file of tokens (default: in your data folder).")]


@commands.command(
    epilog="Examples:  variorum serve   ·   variorum serve --port 9000   ·   "
    "variorum serve --host 0.0.0.0 --allow-host desk.example"
)
def serve(
    where: Where = None,
    host: Host = "127.0.0.1",
    port: Port = 8765,
    allow_host: AllowHost = None,
    tokens: TokenFile = None,
    embedder: Vectors = None,
    spacy_model: Model = None,
) -> None:
    """Serve the reading room and the API over a library: read, search, compare, check, decide and add in a browser.

    Only this machine reaches it, until --host says otherwise; then everybody shows a token (variorum token).
    """
    try:
        from variorum.web import Access, Room, Worker, create_app
    except ImportError as exc:
        raise _missing(exc, "serve", "web") from exc
    kept = _asked_for(tokens, host, "serve")
    with library_at(where, embedder=embedder, spacy_model=spacy_model) as library:
        apart = partial(library_apart, where, options.config, embedder=embedder, spacy_model=spacy_model)
        room = Room(library, Worker(library, apart), Access(kept, allow_host or ()), author=_login())
        _listen(create_app(room), host, port)


@commands.command(
    epilog="Examples:  variorum mcp   ·   variorum mcp --http --port 8766   ·   "
    "variorum mcp --library postgresql://desk@db/variorum"
)
def mcp(
    where: Where = None,
    http: Annotated[bool, typer.Option("--http", help="Listen for HTTP at /mcp instead of standard input.")] = False,
    host: Host = "127.0.0.1",
    port: Port = 8766,
    allow_host: AllowHost = None,
    tokens: TokenFile = None,
    embedder: Vectors = None,
    spacy_model: Model = None,
) -> None:
    """Answer an assistant's questions about a library, read-only, by the Model Context Protocol.

    On standard input and output, as assistants start it; or over HTTP.
    """
    try:
        from variorum.web.assistants import create_server, http_app
        from variorum.web.safety import Access
    except ImportError as exc:
        raise _missing(exc, "mcp", "mcp") from exc
    kept = _asked_for(tokens, host, "mcp")
    with library_at(where, embedder=embedder, spacy_model=spacy_model) as library:
        server = create_server(library)
        if http:
            _listen(http_app(server, Access(kept, allow_host or ())), host, port, path="/mcp")
        else:
            server.run("stdio")


@commands.command(epilog="Examples:  variorum token add ana --right decide   ·   variorum token remove ana")
def token(
    what: Annotated[str, typer.Argument(help="add, list or remove.")],
    name: Annotated[str, typer.Argument(help="Whose token.")] = "",
    right: Annotated[
        str, typer.Option("--right", help="read, decide, or admin (adds reports); each holds those before it.")
    ] = "read",
    tokens: TokenFile = None,
) -> None:
    """Make, list or take back the tokens that readers of a server show. Only their hashes are kept."""
    from variorum.web.safety import RIGHTS, Tokens

    held = Tokens(_tokens_file(tokens))
    if what == "list":
        emit("".join(f"{t.name}  {t.right}  {t.made}\n" for t in held.all()) or "No tokens.\n")
    elif what == "add":
        if right not in RIGHTS:
            raise UsageError(f"token: {right!r} is no right; known are {', '.join(RIGHTS)}")
        emit(f"{held.add(name, right)}\n")
        typer.echo("Keep it: it is shown this once.", err=True)
    elif what == "remove":
        held.remove(name)
    else:
        raise UsageError(f"token: {what!r} is neither add, list nor remove")


def library_apart(where: str | None, settings: Path | None, **arguments: str | int | bool | None) -> Library:
    """The library of `serve` in a process of its own, for as long as that lives; ``settings`` is the settings file."""
    options.config = settings
    return library_over(store_at(where), **arguments)


def _missing(exc: ImportError, command: str, extra: str) -> MissingDependencyError:
    package = (exc.name or "?").partition(".")[0]
    return MissingDependencyError(f"{command} needs the package {package}: pip install 'variorum[{extra}]'")


def _asked_for(tokens: Path | None, host: str, command: str) -> Tokens | None:
    """The tokens that whoever comes must show; None where only this machine can come."""
    from variorum.web.safety import Tokens, is_loopback

    if is_loopback(host) and tokens is None:
        return None
    kept = Tokens(_tokens_file(tokens))
    if not kept.all():
        raise UsageError(f"{command} --host {host}: nobody could come in; make a token first: variorum token add NAME")
    return kept


def _listen(app: ASGIApp, host: str, port: int, path: str = "/") -> None:
    """Serve until Ctrl-C."""
    import uvicorn

    config = uvicorn.Config(app, host=host, port=port, access_log=False, server_header=False, log_level="warning")
    listening = config.bind_socket()
    if not options.quiet:
        shown = f"[{host}]" if ":" in host else host
        typer.echo(f"Variorum is at http://{shown}:{listening.getsockname()[1]}{path}  (Ctrl-C ends it)")
    uvicorn.Server(config).run(sockets=[listening])


def _tokens_file(given: Path | None) -> Path:
    from platformdirs import user_data_path

    return given or user_data_path("variorum", appauthor=False) / _FILE


def _login() -> str:
    from variorum import settings

    named = str(settings.resolve({}, options.config)["author"])
    try:
        return named or getpass.getuser()
    except (OSError, KeyError):
        return ""
