"""One stage alone: each reads and writes lines of JSON."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from variorum import __version__
from variorum.cli.app import (
    DONE,
    NOTHING_READABLE,
    WITH_PROBLEMS,
    AliasFile,
    Columns,
    Inputs,
    KeepShort,
    MaxBytes,
    Model,
    OneInput,
    Output,
    Plain,
    ProblemsFile,
    Processes,
    Raw,
    Reader,
    Vectors,
    log,
    options,
)
from variorum.cli.config import configured, fetcher_of, joined, keeps_raw
from variorum.cli.formats import named_formats, write_files
from variorum.cli.inputs import read_articles, read_records, sources
from variorum.cli.told import counted, emit, list_problems, progress_bar, write_lines
from variorum.errors import NothingReadableError, UsageError

if TYPE_CHECKING:
    from variorum.model import Article, Lineage, Problem, Story, TextPair
    from variorum.pipeline import Config
    from variorum.ports import Progress
    from variorum.stories import Part

commands: typer.Typer = typer.Typer()


@commands.command(
    epilog="Examples:  variorum ingest reports/ | variorum annotate - > annotations.jsonl   ·   variorum ingest "
    "crawl.warc.gz feed.xml table.csv --into archive   ·   variorum ingest t.csv --column text=Body"
)
def ingest(
    inputs: Inputs,
    output: Output = None,
    into: Annotated[
        Path | None,
        typer.Option("--into", help="A folder that keeps articles, problems and raw records, and can be continued."),
    ] = None,
    problems: ProblemsFile = None,
    plain: Plain = None,
    max_bytes: MaxBytes = None,
    keep_short: KeepShort = None,
    columns: Columns = None,
    raw: Raw = None,
) -> None:
    """Read files of any kind: one article a line.

    Text, pages, RSS and Atom, WARC and WACZ, JSONL, JSON, CSV, Parquet, ninjs, NewsML-G2, mail (.eml), PDF with a text
    layer, ZIP; gzip is taken off. With --into DIR articles.jsonl, problems.jsonl and raw/ are written there; a run that
    was stopped goes on where it was when the same command is given again, and new files are added.
    """
    config = configured(plain=plain, max_bytes=max_bytes, keep_short=keep_short, columns=joined(columns))
    if into is not None:
        if output is not None or problems is not None:
            raise UsageError("--into DIR writes articles and problems there; leave out -o and --problems")
        raise typer.Exit(_shelve(inputs, config, into, keeps_raw(raw)))
    listed: list[Problem] = []
    with progress_bar() as progress:
        count = write_lines(counted(read_articles(inputs, config, listed), "ingest", progress), output)
    code = list_problems(listed, problems)
    raise typer.Exit(code if count else NOTHING_READABLE)


_SHOWN: Final = 20  # problems on the screen; a folder keeps them all


def _shelve(inputs: Iterable[str], config: Config, folder: Path, raw: bool) -> int:
    """Read into a folder; the exit code."""
    from variorum.ingest import Shelf
    from variorum.model import Article

    count = listed = 0
    with Shelf(folder, config.ingest, fetcher_of(config), raw=raw) as shelf, progress_bar() as progress:
        if shelf.before:
            log.warning("%s: going on after %d articles", folder, shelf.before)
        for item in shelf.take(sources(inputs)):
            if isinstance(item, Article):
                count += 1
                if progress is not None:
                    progress("ingest", shelf.before + count, 0)
            else:
                listed += 1
                if listed <= _SHOWN:
                    list_problems([item], None)
    if listed > _SHOWN:
        log.error("… and %d more problems, in %s", listed - _SHOWN, folder / "problems.jsonl")
    if not options.quiet:
        emit(f"{count} articles added to {folder}, {shelf.before + count} in all; {listed} problems\n")
    return NOTHING_READABLE if not shelf.before + count else WITH_PROBLEMS if listed else DONE


@commands.command(epilog="Example:  variorum annotate articles.jsonl -o annotations.jsonl")
def annotate(
    source: OneInput = "-",
    output: Output = None,
    problems: ProblemsFile = None,
    plain: Plain = None,
    spacy_model: Model = None,
    attribution: Reader = None,
    aliases: AliasFile = None,
    processes: Processes = None,
) -> None:
    """Read out who said what according to whom, when, how many, and who everybody is: one article a line."""
    from variorum.annotate import Annotator
    from variorum.model import Problem

    config = configured(
        plain=plain, spacy_model=spacy_model, attribution=attribution, aliases=aliases, processes=processes
    )
    listed: list[Problem] = []

    def annotations() -> Iterator[object]:
        with Annotator(config.annotate) as annotator:
            for item in annotator.annotate(read_articles([source], config, listed)):
                if isinstance(item, Problem):
                    listed.append(item)
                else:
                    yield item

    with progress_bar() as progress:
        write_lines(counted(annotations(), "annotate", progress), output)
    raise typer.Exit(list_problems(listed, problems))


@commands.command(
    epilog="Examples:  variorum lineage articles.jsonl --origins origins.jsonl > links.jsonl"
    "   ·   variorum lineage articles.jsonl --tables parquet,graphml -o out"
)
def lineage(
    source: OneInput = "-",
    output: Output = None,
    origins: Annotated[Path | None, typer.Option("--origins", help="Write the origins here, as JSONL.")] = None,
    rulings: Annotated[
        Path | None,
        typer.Option("--rulings", help='What humans ruled, as JSONL: {"parent", "child", "holds": true|false}.'),
    ] = None,
    tables: Annotated[
        str | None,
        typer.Option(
            "--tables",
            help="Not lines but files in the folder of -o: csv, parquet, prov, graphml; several by commas.",
            metavar="FORMATS",
        ),
    ] = None,
    problems: ProblemsFile = None,
    plain: Plain = None,
    processes: Processes = None,
) -> None:
    """Find who copied whom: one link a line, or with --tables as tables and graphs.

    The tables, as CSV or Parquet: articles, links, passages (with offsets in both articles), alternatives, origins.
    """
    from variorum.edition.exports import LINEAGE_FORMATS
    from variorum.lineage import trace
    from variorum.model import Edition, Producer, Ruling

    config = configured(plain=plain, processes=processes)
    if tables is not None and output is None:
        raise UsageError("--tables writes files; name their folder with -o DIR")
    chosen = named_formats(tables, LINEAGE_FORMATS, "--tables") if tables is not None else []
    listed: list[Problem] = []
    held = read_records(rulings, Ruling) if rulings else []
    articles = list(read_articles([source], config, listed))
    found = trace(articles, config.lineage, held)
    if output is not None and chosen:
        edition = Edition(Producer(__version__, {}, {}), tuple(articles), lineage=found, problems=tuple(listed))
        write_files(edition, chosen, output, told=False)
    else:
        write_lines(found.links, output)
    if origins is not None:
        write_lines(found.origins, origins)
    raise typer.Exit(list_problems(listed, problems))


@commands.command(epilog="Example:  variorum stories articles.jsonl --batch > stories.jsonl")
def stories(
    source: OneInput = "-",
    output: Output = None,
    batch: Annotated[bool, typer.Option("--batch", help="Look at all articles before deciding.")] = False,
    problems: ProblemsFile = None,
    plain: Plain = None,
) -> None:
    """Find which reports tell of the same event: one article a line, in order of arrival; later lines correct it. A
    round-up has the story that most of it tells, and in ``parts`` the share and the passages of each of its stories."""
    from variorum.stories import Part, StoryStream, gather
    from variorum.text.embed import load_embedder

    config = configured(plain=plain)
    listed: list[Problem] = []
    articles = read_articles([source], config, listed)

    vectors = load_embedder(config.embedder)

    def rows() -> Iterator[object]:
        if batch:
            held = list(articles)
            found = gather(held, config.stories, vectors)
            parts: dict[str, dict[str, Part]] = {}
            for story in found:
                for i in story.articles:
                    parts.setdefault(i, {})[story.id] = Part(story.shares[i], story.passages.get(i, ()))
            yield from (_belonging(article.id, parts[article.id]) for article in held)
            return
        stream, told = StoryStream(config.stories, vectors), 0
        mixed: list[str] = []
        for article in articles:
            yield {"id": article.id, "story": stream.add(article)}
            yield from ({"id": c.article, "story": c.now, "was": c.was} for c in stream.changes[told:])
            told = len(stream.changes)
            mixed += [article.id] if stream.is_mixed(article.id) else []
        stream.settle()
        yield from ({"id": c.article, "story": c.now, "was": c.was} for c in stream.changes[told:])
        shared = ((i, stream.shares(i)) for i in mixed)
        yield from (_belonging(i, parts) for i, parts in shared if len(parts) > 1)

    write_lines(rows(), output)
    raise typer.Exit(list_problems(listed, problems))


@commands.command(
    epilog="Examples:  variorum compare articles.jsonl --annotations n.jsonl --links l.jsonl --stories s.jsonl"
    "   ·   variorum compare --pairs pairs.jsonl"
)
def compare(
    source: Annotated[
        str | None, typer.Argument(help="Articles as JSONL (or any readable file); - is standard input.")
    ] = None,
    annotations: Annotated[Path | None, typer.Option("--annotations", help="What `variorum annotate` wrote.")] = None,
    links: Annotated[Path | None, typer.Option("--links", help="What `variorum lineage` wrote.")] = None,
    origins: Annotated[Path | None, typer.Option("--origins", help="What `variorum lineage --origins` wrote.")] = None,
    stories: Annotated[Path | None, typer.Option("--stories", help="What `variorum stories` wrote.")] = None,
    pairs: Annotated[
        str | None, typer.Option("--pairs", help="Two texts a line instead (id, a, b, context): how they stand.")
    ] = None,
    output: Output = None,
    problems: ProblemsFile = None,
    embedder: Vectors = None,
) -> None:
    """Align the statements of each story to claims, count their support, find conflicts and updates: one story a line.

    What is not given (links, origins, stories) is found again from the articles. With --pairs FILE two texts are
    compared: whether they say the same, one follows from the other, or they contradict each other: one pair a line.
    """
    if pairs is not None:
        if source or annotations or links or origins or stories:
            raise UsageError("--pairs compares texts alone; leave out the articles and what was found in them")
        raise typer.Exit(_pairs(pairs, configured(embedder=embedder), output, problems))
    if source is None or annotations is None:
        raise UsageError("compare needs ARTICLES and --annotations FILE, or --pairs FILE")
    from variorum.model import Annotation
    from variorum.pipeline import collate_annotated

    config = configured(embedder=embedder)
    listed: list[Problem] = []
    articles = list(read_articles([source], config, listed))
    with progress_bar() as progress:
        edition = collate_annotated(
            articles,
            read_records(annotations, Annotation),
            _lineage(articles, links, origins),
            _stories(stories) if stories else None,
            config,
            progress=progress,
        )
    write_lines(edition.stories, output)
    raise typer.Exit(list_problems([*listed, *edition.problems], problems))


def _pairs(source: str, config: Config, output: Path | None, problems: Path | None) -> int:
    """Compare the texts of each pair; the exit code."""
    from variorum.model import Problem
    from variorum.pipeline import relate

    listed: list[Problem] = []
    pairs = _read_pairs(source, listed)

    def rows(progress: Progress | None) -> Iterator[object]:
        for item in relate(pairs, config, progress=progress):
            if isinstance(item, Problem):
                listed.append(item)
            else:
                yield item

    with progress_bar() as progress:
        write_lines(rows(progress), output)
    code = list_problems(listed, problems)
    if not pairs:
        raise NothingReadableError(f'{source}: no pair of texts in it; a line is {{"id": "1", "a": "…", "b": "…"}}')
    return code


def _read_pairs(source: str, listed: list[Problem]) -> list[TextPair]:
    """The pairs of a file (- is standard input); a line that is none is listed."""
    import msgspec

    from variorum.model import Problem, TextPair

    try:
        data = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
    except OSError as exc:
        raise UsageError(f"{source}: {exc.strerror}") from exc
    pairs = []
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if line.strip():
            try:
                pairs.append(msgspec.json.decode(line, type=TextPair))
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as exc:
                listed.append(Problem(f"{source}, line {number}", "compare", f"no pair of texts: {exc}"))
    return pairs


def _lineage(articles: Sequence[Article], links: Path | None, origins: Path | None) -> Lineage | None:
    from variorum.lineage import find_origins
    from variorum.model import Lineage as Found
    from variorum.model import Link, Origin

    if links is None:
        return None
    held = tuple(read_records(links, Link))
    return Found(held, tuple(read_records(origins, Origin)) if origins else find_origins(articles, held))


def _belonging(article: str, parts: Mapping[str, Part]) -> dict[str, object]:
    """The line of an article: its story, and of a round-up all of them."""
    most = max(parts, key=lambda story: (parts[story].share, story))
    row: dict[str, object] = {"id": article, "story": most}
    return row if len(parts) == 1 else row | {"parts": dict(parts)}


def _stories(path: Path) -> list[Story]:
    import msgspec

    from variorum.model import Story
    from variorum.stories import Part

    told: dict[str, dict[str, Part]] = {}  # a stream may tell of an article again, when it knows better
    for row in read_records(path, dict[str, Any]):
        try:
            parts = msgspec.convert(row.get("parts") or {row["story"]: {"share": 1.0, "spans": ()}}, dict[str, Part])
            told[row["id"]] = parts
        except (KeyError, msgspec.ValidationError) as exc:
            raise UsageError(f"{path}: a line needs the id of an article and its story: {exc}") from exc
    members: dict[str, dict[str, Part]] = {}
    for article, parts in told.items():
        for story, part in parts.items():
            members.setdefault(story, {})[article] = part
    return [
        Story(
            story,
            "",
            tuple(held),
            {i: part.share for i, part in held.items()},
            passages={i: part.spans for i, part in held.items() if part.share < 1},
        )
        for story, held in members.items()
    ]
