"""The main job, and what is asked of an edition."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from variorum.cli.app import (
    AliasFile,
    Columns,
    Inputs,
    KeepShort,
    MaxBytes,
    Model,
    NoText,
    Output,
    Owners,
    Plain,
    ProblemsFile,
    Processes,
    Raw,
    Reader,
    Told,
    Vectors,
)
from variorum.cli.config import configured, fetcher_of, joined, keeps_raw, rewriter_of
from variorum.cli.formats import chosen_formats, shareable, single_file, write_files
from variorum.cli.inputs import read_articles, read_edition, sources
from variorum.cli.told import emit, list_problems, progress_bar, sink_at, write_lines
from variorum.errors import NothingReadableError, UsageError

if TYPE_CHECKING:
    from variorum.model import Article, Edition, Problem
    from variorum.pipeline import Config

commands: typer.Typer = typer.Typer()


class Page(StrEnum):
    """How a comparison is shown."""

    html = "html"
    json = "json"


@commands.command(
    epilog="Examples:  variorum collate reports/ -o out   ·   variorum collate a.txt b.html --format json > e.json"
)
def collate(
    inputs: Inputs,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Folder for the edition.")] = None,
    formats: Annotated[
        str | None,
        typer.Option("--format", help="Formats, separated by commas (default: html,json,md); see variorum export."),
    ] = None,
    no_text: NoText = False,
    plain: Plain = None,
    max_bytes: MaxBytes = None,
    keep_short: KeepShort = None,
    columns: Columns = None,
    raw: Raw = None,
    spacy_model: Model = None,
    attribution: Reader = None,
    aliases: AliasFile = None,
    embedder: Vectors = None,
    processes: Processes = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="Leave out what came later than this date or time.", metavar="TIME")
    ] = None,
    owners: Owners = None,
) -> None:
    """Collate reports: read them all, and write an edition of everything found.

    With -o DIR it writes edition.html, edition.json and edition.md there, keeps the raw records under raw/ (--no-raw
    leaves them out) and prints a summary; without, it prints one format (Markdown, unless --format says otherwise).
    """
    chosen = chosen_formats(formats, output)
    config = configured(
        plain=plain,
        max_bytes=max_bytes,
        keep_short=keep_short,
        columns=joined(columns),
        raw=raw,
        spacy_model=spacy_model,
        attribution=attribution,
        aliases=aliases,
        embedder=embedder,
        processes=processes,
        as_of=as_of,
        owners=owners,
    )
    keep = output / "raw" if output is not None and not no_text and keeps_raw(raw) else None
    edition = shareable(_collate(inputs, config, keep), no_text)
    if output is None:
        emit(single_file(edition, chosen[0]))
    else:
        write_files(edition, chosen, output, told=True)
    raise typer.Exit(list_problems(edition.problems, None))


@commands.command(epilog="Example:  variorum demo -o my-first-edition")
def demo(
    output: Annotated[Path, typer.Option("-o", "--output", help="Folder for the edition.")] = Path("variorum-demo"),
) -> None:
    """Collate the bundled sample collection: a flood, a dam and an inquiry, in a country that does not exist."""
    from importlib.resources import as_file, files

    with as_file(files("variorum") / "data" / "sample") as folder:
        edition = _collate([str(folder)], configured())
    write_files(edition, chosen_formats(None, output), output, told=True)
    list_problems(edition.problems, None)  # the sample holds bad input on purpose: listing it is part of the show


def _collate(inputs: Iterable[str], config: Config, raw: Path | None = None) -> Edition:
    from variorum.ingest import RawStore
    from variorum.pipeline import collate as run

    keep = RawStore(raw).put if raw is not None else None
    with progress_bar() as progress:
        rewriter, fetcher = rewriter_of(config), fetcher_of(config)
        return run(sources(inputs), config, rewriter=rewriter, fetcher=fetcher, progress=progress, keep=keep)


@commands.command(
    epilog='Examples:  variorum check "Seven people died." --in out   ·   variorum check "The dam broke." '
    "--in out/edition.json --format json | jq .verdict"
)
def check(
    sentence: Annotated[str, typer.Argument(help="What is to be checked; - reads it from standard input.")],
    edition: Annotated[Path, typer.Option("--in", help="edition.json, its folder, or library:COLLECTION.")],
    form: Annotated[Told, typer.Option("--format", help="As text, or as JSON with every span.")] = Told.text,
    spacy_model: Model = None,
    attribution: Reader = None,
    aliases: AliasFile = None,
    embedder: Vectors = None,
) -> None:
    """Hold a sentence to an edition: supported, denied, disputed or silent – by whom, with their words."""
    from variorum.edition import answered
    from variorum.pipeline import check as ask

    config = configured(spacy_model=spacy_model, attribution=attribution, aliases=aliases, embedder=embedder)
    asked = sys.stdin.read() if sentence == "-" else sentence
    held = read_edition(edition)
    answer = ask(asked, held, config)
    if form is Told.json:
        write_lines([answer], None)
    else:
        emit(answered(answer, held))


@commands.command(epilog="Examples:  variorum toll out   ·   variorum toll out --format json | jq .killed")
def toll(
    edition: Annotated[
        Path, typer.Argument(help="edition.json, its folder, - (standard input) or library:COLLECTION.")
    ],
    form: Annotated[Told, typer.Option("--format", help="As text, or as JSON, one story a line.")] = Told.text,
) -> None:
    """Say how many were killed and injured: by story, by report, with the words."""
    from variorum.compare import story_tolls
    from variorum.edition import told_tolls

    held = read_edition(edition)
    found = list(story_tolls(held))
    if form is Told.json:
        write_lines(found, None)
    else:
        emit(told_tolls(found, held))


@commands.command(
    epilog="Examples:  variorum diff monday/ tuesday/   ·   variorum diff old.json new.json --format json"
)
def diff(
    old: Annotated[Path, typer.Argument(help="The earlier edition: edition.json, its folder, or library:COLLECTION.")],
    new: Annotated[Path, typer.Argument(help="The later edition.")],
    form: Annotated[Told, typer.Option("--format", help="As text (Markdown), or as JSON.")] = Told.text,
) -> None:
    """Say what changed between two editions: reports, claims and their standing, conflicts."""
    from variorum.edition import difference, told_difference

    before, after = read_edition(old), read_edition(new)
    found = difference(before, after)
    if form is Told.json:
        write_lines([found], None)
    else:
        emit(told_difference(found, before, after))


@commands.command(
    epilog="Examples:  variorum export out/edition.json --format csv,stix -o tables   ·   "
    "variorum export out/edition.json --format annotation --no-text > marks.jsonld"
)
def export(
    edition: Annotated[
        Path, typer.Argument(help="edition.json, its folder, - (standard input) or library:COLLECTION.")
    ],
    formats: Annotated[str, typer.Option("--format", help="Formats, separated by commas.")],
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Folder for the files.")] = None,
    no_text: NoText = False,
) -> None:
    """Write an edition again in other formats: nothing is collated, only edition.json is read.

    The formats: html (a page), json (the edition), md (Markdown), csv and parquet (articles, claims, statements,
    conflicts, quotes and links, one file a table), annotation (W3C Web Annotations), prov (PROV-JSON), schema-org
    (NewsArticle, Claim, and ClaimReview to fill in), stix (STIX 2.1), timelinejs, graphml (the copy tree).

    Without -o it prints one format. With --no-text only what the brief, conflicts and timeline rest on, direct quotes
    and the first words of claims are quoted, never more than half of a report; all other words are left out.
    """
    chosen = chosen_formats(formats, output)
    held = shareable(read_edition(edition), no_text)
    if output is None:
        emit(single_file(held, chosen[0]))
    else:
        write_files(held, chosen, output, told=False)


@commands.command(
    epilog="Examples:  variorum beside old.html new.html -o page.html   ·   variorum beside 1 3 --in out > 1-3.html"
)
def beside(
    one: Annotated[str, typer.Argument(help="A file with one article; with --in its id, or its number there.")],
    other: Annotated[str, typer.Argument(help="The other one.")],
    within: Annotated[
        Path | None,
        typer.Option("--in", help="Take both from here: edition.json, its folder, or articles as JSONL."),
    ] = None,
    output: Output = None,
    form: Annotated[Page, typer.Option("--format", help="A page, or JSON with every span.")] = Page.html,
    problems: ProblemsFile = None,
    plain: Plain = None,
) -> None:
    """Hold two articles side by side: the passages they share, with what is changed, added or dropped in each."""
    from variorum.edition import to_side_by_side
    from variorum.lineage import side_by_side

    config = configured(plain=plain)
    listed: list[Problem] = []
    if within is None:
        first, second = (_only_article(name, config, listed) for name in (one, other))
    else:
        held = _held_articles(within, config, listed)
        first, second = (_named_article(name, held, within) for name in (one, other))
    found = side_by_side(first, second, config.lineage)
    if form is Page.json:
        write_lines([found], output)
    else:
        with sink_at(output) as sink:
            sink.write(to_side_by_side(found, first, second).encode("utf-8", "replace"))
    raise typer.Exit(list_problems(listed, problems))


def _only_article(name: str, config: Config, listed: list[Problem]) -> Article:
    """The one article of a file."""
    found = _some_articles(name, config, listed)
    if len(found) > 1:
        raise UsageError(f"{name} holds {len(found)} articles; name two of them with --in {name}")
    return found[0]


def _held_articles(path: Path, config: Config, listed: list[Problem]) -> list[Article]:
    """The articles of an edition, or of any readable file."""
    if path.name == "edition.json" or (path / "edition.json").is_file():
        return list(read_edition(path).articles)
    return _some_articles(str(path), config, listed)


def _some_articles(name: str, config: Config, listed: list[Problem]) -> list[Article]:
    """The articles of a file, of which there must be one."""
    found = list(read_articles([name], config, listed))
    if not found:
        raise NothingReadableError("nothing readable: " + "; ".join(f"{p.source}: {p.reason}" for p in listed[:5]))
    return found


def _named_article(name: str, held: Sequence[Article], path: Path) -> Article:
    """The article of that id, else of that number, as the pages of an edition number them."""
    for article in held:
        if article.id == name:
            return article
    if name.isascii() and name.isdigit() and 0 < int(name) <= len(held):
        return held[int(name) - 1]
    raise UsageError(f"{path} has no article {name!r}; it holds {len(held)}, by id or by number from 1")
