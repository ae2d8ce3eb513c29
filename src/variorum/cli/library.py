"""The commands over a library that lasts."""

from __future__ import annotations

import getpass
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from variorum.cli.app import (
    DEFAULT,
    NOTHING_READABLE,
    AliasFile,
    In,
    Inputs,
    KeepShort,
    MaxBytes,
    Model,
    Plain,
    ProblemsFile,
    Processes,
    Reader,
    Told,
    Vectors,
    Where,
    options,
)
from variorum.cli.inputs import sources
from variorum.cli.stores import library_at, opened
from variorum.cli.told import emit, list_problems, progress_bar, write_lines
from variorum.errors import NotFoundError, UsageError

if TYPE_CHECKING:
    from variorum.model import ArticleCard, Collection, Decision, Hit, Outcome, Page, StoryCard
    from variorum.ports import Store

commands: typer.Typer = typer.Typer()


class Listed(StrEnum):
    """What `list` lists."""

    collections = "collections"
    stories = "stories"
    articles = "articles"
    jobs = "jobs"


InAny = Annotated[str | None, typer.Option("-c", "--collection", help="Only this collection (default: all).")]
Form = Annotated[Told, typer.Option("--format", help="As text, or as JSON, one record a line.")]
Author = Annotated[str | None, typer.Option("--author", help="Who decides (default: the setting, else your login).")]
Reason = Annotated[str, typer.Option("--reason", help="Why; it stays on record.")]
Cursor = Annotated[str | None, typer.Option("--cursor", help="Go on where a page ended (it says how).")]
Limit = Annotated[int, typer.Option("--limit", help="Rows of a page.", min=1, max=500)]


# --- articles -----------------------------------------------------------------------------------------------------


@commands.command(
    epilog="Examples:  variorum add reports/ -c harbour   ·   variorum add late.html -c harbour --keep-raw   ·   "
    "variorum add reports/ --library postgresql://desk@db/variorum"
)
def add(
    inputs: Inputs,
    collection: In = DEFAULT,
    where: Where = None,
    keep_raw: Annotated[bool, typer.Option("--keep-raw", help="Keep the bytes articles were read from.")] = False,
    form: Form = Told.text,
    problems: ProblemsFile = None,
    plain: Plain = None,
    max_bytes: MaxBytes = None,
    keep_short: KeepShort = None,
    spacy_model: Model = None,
    attribution: Reader = None,
    aliases: AliasFile = None,
    embedder: Vectors = None,
    processes: Processes = None,
) -> None:
    """Add reports to a library that lasts. Only what is new is read, only stories that it touches are collated again.

    What was there already changes nothing, so after an interruption the same command goes on where it was.
    """
    chosen = {
        "plain": plain,
        "max_bytes": max_bytes,
        "keep_short": keep_short,
        "spacy_model": spacy_model,
        "attribution": attribution,
        "aliases": aliases,
        "embedder": embedder,
        "processes": processes,
    }
    with library_at(where, **chosen) as library, progress_bar() as progress:
        added = library.add(collection, sources(inputs), keep_raw=keep_raw, progress=progress)
        held = library.store.collection(collection)
        ruled = [p for p in library.store.edition(collection).problems if p.stage == "decide"] if held.articles else []
    if form is Told.json:
        write_lines([asdict(held) | {"new": added.new, "known": added.known}], None)
    elif not options.quiet:
        emit(f"{len(added.new)} new, {len(added.known)} known. {_collection_line(held)}\n")
    code = list_problems([*added.problems, *ruled], problems)
    raise typer.Exit(code if added.new or added.known else NOTHING_READABLE)


@commands.command(
    name="list",
    epilog="Examples:  variorum list   ·   variorum list stories --disputed   ·   "
    "variorum list stories --person rosling --from 2031-05-01   ·   variorum list articles -c harbour --format json",
)
def list_(
    what: Annotated[Listed, typer.Argument(help="What to list.")] = Listed.collections,
    collection: InAny = None,
    where: Where = None,
    words: Annotated[str, typer.Option("--words", help="Stories whose titles have these words.")] = "",
    person: Annotated[str | None, typer.Option("--person", help="Stories with this person.")] = None,
    place: Annotated[str | None, typer.Option("--place", help="Stories with this place.")] = None,
    begin: Annotated[str | None, typer.Option("--from", help="Stories that go on at this date or later.")] = None,
    end: Annotated[str | None, typer.Option("--to", help="Stories that begin at this date or before.")] = None,
    disputed: Annotated[
        bool | None, typer.Option("--disputed/--undisputed", help="With disputed claims, or none.")
    ] = None,
    story: Annotated[str | None, typer.Option("--story", help="Articles of this story.")] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
    form: Form = Told.text,
) -> None:
    """List the collections, stories, articles or jobs of a library, newest first."""
    with opened(where) as store:
        if what is Listed.collections:
            held = store.collections()
            _tell(held, [_collection_line(c) for c in held], form)
        elif what is Listed.jobs:
            jobs = store.jobs(collection)
            _tell(jobs, [f"{j.id}  {j.state:<11}  {j.kind} {j.collection}  {j.done}/{j.total}" for j in jobs], form)
        elif what is Listed.articles:
            cards = store.cards(collection, story, cursor=cursor, limit=limit)
            _tell_page(cards, map(_article_line, cards.rows), form)
        else:
            stories = store.stories(
                collection,
                words=words,
                person=person,
                place=place,
                begin=begin,
                end=end,
                disputed=disputed,
                cursor=cursor,
                limit=limit,
            )
            _tell_page(stories, map(_story_line, stories.rows), form)


@commands.command(
    epilog="Examples:  variorum show story-1a2b3c -c harbour   ·   "
    "variorum show art-1a2b3c -c harbour --format json   ·   variorum show harbour"
)
def show(
    what: Annotated[str, typer.Argument(help="The id of a story or an article, or the name of a collection.")],
    collection: In = DEFAULT,
    where: Where = None,
    raw: Annotated[bool, typer.Option("--raw", help="The bytes that an article was read from, where kept.")] = False,
    form: Form = Told.text,
) -> None:
    """Show a story as a brief with claims and conflicts, an article with its text, or a collection."""
    from variorum.edition import from_json, summary, to_json, to_markdown

    with opened(where) as store:
        if raw:
            emit(store.raw(collection, what).data)
        elif what.startswith("story-"):
            part = store.story(collection, what)
            emit(part if form is Told.json else to_markdown(from_json(part)))
            _notes(store, collection, form)
        elif any(c.name == what for c in store.collections()):
            edition = store.edition(what)
            emit(to_json(edition) if form is Told.json else summary(edition) + "\n")
            _notes(store, what, form)
        else:
            article = store.article(collection, what)
            if form is Told.json:
                write_lines([article], None)
            else:
                when = article.published.value if article.published else "undated"
                emit(
                    f"{article.title or 'untitled'}\n{article.publisher or article.source}, {when}\n\n{article.text}\n"
                )


def _notes(store: Store, collection: str, form: Told) -> None:
    """Say in a text which decisions had a say in it."""
    outcomes = {o.decision: o for o in store.outcomes(collection)}
    standing = [d for d in store.decisions(collection, undone=False) if d.id in outcomes]
    if standing and form is Told.text:
        lines = "\n".join(f"- {_decision_line(d, outcomes[d.id])}" for d in standing)
        emit(f"\n## Decided by hand, in this collection\n\n{lines}\n")


@commands.command(
    epilog="""Examples:  variorum search 'silo "burst into flames"'   ·   variorum search 'title:strike from:2031'   ·
    variorum search 'person:"Edda Rosling" -union' --format json"""
)
def search(
    query: Annotated[str, typer.Argument(help="Words that all must be there.")],
    collection: InAny = None,
    where: Where = None,
    limit: Limit = 20,
    cursor: Cursor = None,
    form: Form = Told.text,
) -> None:
    """Search the full text of all articles, newest first.

    "…" is a phrase, - leaves out, * is any ending; title: publisher: author: person: place: say where, from: and to:
    when (2031, 2031-05, 2031-05-03). Case, accents and the plural do not matter.
    """
    with opened(where) as store:
        page = store.search(query, collection, cursor=cursor, limit=limit)
    _tell_page(page, map(_hit_line, page.rows), form)


@commands.command(epilog="Examples:  variorum remove art-1a2b3c -c harbour   ·   variorum remove --all -c harbour")
def remove(
    articles: Annotated[list[str] | None, typer.Argument(help="Ids of articles.", show_default=False)] = None,
    collection: In = DEFAULT,
    where: Where = None,
    everything: Annotated[bool, typer.Option("--all", help="The whole collection, with its decisions.")] = False,
    embedder: Vectors = None,
) -> None:
    """Remove articles with all that was read out of them, or a whole collection."""
    if everything == bool(articles):
        raise UsageError("remove: name articles, or say --all for the whole collection")
    with library_at(where, embedder=embedder) as library, progress_bar() as progress:
        if everything:
            count = library.store.collection(collection).articles
            library.store.drop(collection)
        else:
            count = library.remove(collection, articles or [], progress=progress)
    if not count and not everything:
        raise NotFoundError(f"none of these articles is in the collection {collection!r}")
    if not options.quiet:
        emit(f"{count} removed.\n")


# --- decisions ----------------------------------------------------------------------------------------------------


@commands.command(
    epilog="Examples:  variorum decide not_copy art-1 --and art-2 --reason 'both were there'   ·   "
    "variorum decide claim_status claim-1 --value disputed --reason 'the chief says thirty'   ·   "
    "variorum decide merge_stories story-1 story-2 --reason 'one strike'   ·   "
    "variorum decide other_entity 'Piet Alvar' --and 'P. Alvar' --reason 'his brother'"
)
def decide(
    kind: Annotated[str, typer.Argument(help="What is decided; see above.")],
    subjects: Annotated[list[str], typer.Argument(help="Ids (or names) that it is about.", metavar="ID…")],
    reason: Reason,
    others: Annotated[list[str] | None, typer.Option("--and", help="The other side; may be given again.")] = None,
    value: Annotated[str | None, typer.Option("--value", help="A status, or who said it.")] = None,
    author: Author = None,
    collection: In = DEFAULT,
    where: Where = None,
    form: Form = Told.text,
    embedder: Vectors = None,
) -> None:
    """Decide what the machine got wrong. It holds on every later run, until it is undone.

    copy, not_copy: whether the article --and took text from the first; merge_stories, split_stories: articles or
    stories that are one, or not one with --and; merge_claims, split_claims: likewise claims or statements;
    same_entity, other_entity: whether two names are one; attribution: who said a statement (--value; without it the
    newsroom itself); claim_status: how a claim stands (--value).
    """
    with library_at(where, embedder=embedder) as library, progress_bar() as progress:
        made = library.decide(
            collection,
            kind,  # type: ignore[arg-type]  # the library refuses what is no kind
            subjects,
            others or (),
            value,
            author=_author(author),
            reason=reason,
            progress=progress,
        )
        _tell_decisions(library.store, [made], form)


@commands.command(epilog="Example:  variorum undo dec-1a2b3c --reason 'misheard'")
def undo(
    decision: Annotated[str, typer.Argument(help="The decision's id.")],
    reason: Reason,
    author: Author = None,
    where: Where = None,
    form: Form = Told.text,
    embedder: Vectors = None,
) -> None:
    """Take a decision back. It stays on record."""
    with library_at(where, embedder=embedder) as library, progress_bar() as progress:
        undone = library.undo(decision, author=_author(author), reason=reason, progress=progress)
        _tell_decisions(library.store, [undone], form)


@commands.command(
    epilog="Examples:  variorum decisions -c harbour   ·   variorum decisions --format json > decisions.jsonl"
)
def decisions(collection: InAny = None, where: Where = None, form: Form = Told.text) -> None:
    """List all decisions, those undone too, each beside what the machine finds by itself."""
    with opened(where) as store:
        _tell_decisions(store, store.decisions(collection), form)


def _author(given: str | None) -> str:
    from variorum import settings

    named = str(settings.resolve({"author": given}, options.config)["author"])
    try:
        return named or getpass.getuser()
    except (OSError, KeyError) as exc:
        raise UsageError("say who decides: --author NAME") from exc


def _tell_decisions(store: Store, made: Sequence[Decision], form: Told) -> None:
    outcomes = {o.decision: o for name in {d.collection for d in made} for o in store.outcomes(name)}
    records = [asdict(d) | {"outcome": outcomes.get(d.id)} for d in made]
    _tell(records, [_decision_line(d, outcomes.get(d.id)) for d in made], form)


# --- upkeep -------------------------------------------------------------------------------------------------------


@commands.command(epilog="Example:  variorum backup monday.backup")
def backup(
    file: Annotated[Path, typer.Argument(help="A new file.")],
    where: Where = None,
) -> None:
    """Write everything into one new file, at one moment, while others go on working."""
    with opened(where) as store:
        store.backup(file)
    if not options.quiet:
        emit(f"Written: {file}\n")


@commands.command(
    epilog="Example:  variorum restore monday.backup --library postgresql://desk@db/variorum   (also from SQLite)"
)
def restore(
    file: Annotated[Path, typer.Argument(help="What `variorum backup` wrote, on whichever database.")],
    where: Where = None,
) -> None:
    """Read a backup into an empty library."""
    with opened(where) as store:
        store.restore(file)
        held = store.collections()
    if not options.quiet:
        emit("".join(f"{_collection_line(c)}\n" for c in held))


# --- what the user sees -------------------------------------------------------------------------------------------


def _tell(records: Sequence[Any], lines: Sequence[str], form: Told) -> None:
    if form is Told.json:
        write_lines(records, None)
    else:
        emit("".join(f"{line}\n" for line in lines) or ("" if options.quiet else "Nothing.\n"))


def _tell_page(page: Page[Any], lines: Iterator[str], form: Told) -> None:
    """The rows; the way to the next page on standard error, so that a pipe gets rows only."""
    _tell(page.rows, list(lines), form)
    if page.next is not None and not options.quiet:
        typer.echo(f"More: --cursor {page.next}", err=True)


def _collection_line(held: Collection) -> str:
    work = "" if held.collated >= held.version else "; not collated yet (variorum add goes on)"
    reports = "report" if held.articles == 1 else "reports"
    return (
        f"{held.name}: {held.articles} {reports} in {held.stories} {'story' if held.stories == 1 else 'stories'}{work}"
    )


def _story_line(card: StoryCard) -> str:
    marks = "".join(f", {n} {word}" for n, word in ((card.disputed, "disputed"), (card.conflicts, "in conflict")) if n)
    counts = f"{card.articles} reports of {card.origins} origins, {card.claims} claims{marks}"
    return f"{card.id}  {card.begin or 'undated'}  {_line(card.title)}\n    {card.collection}: {counts}"


def _article_line(card: ArticleCard) -> str:
    outlet, title = _line(card.publisher or card.source), _line(card.title or "untitled")
    return f"{card.id}  {(card.published or 'undated')[:16]}  {outlet}: {title}"


def _hit_line(hit: Hit) -> str:
    text, at = "", 0
    for begin, end in hit.snippet_marks:
        text += hit.snippet[at:begin] + "[" + hit.snippet[begin:end] + "]"
        at = end
    return f"{_article_line(hit.card)}\n    {_line(text + hit.snippet[at:])}"


def _decision_line(made: Decision, outcome: Outcome | None) -> str:
    about = ", ".join(made.subjects[:3]) + (" …" if len(made.subjects) > 3 else "")
    if made.others:
        about += " | " + ", ".join(made.others[:3]) + (" …" if len(made.others) > 3 else "")
    said = f"{made.id}  {made.kind} {about}" + (f" → {made.value}" if made.value else "")
    said += f"\n    {made.made[:16]} {made.author}: {made.reason}"
    if made.undone:
        return f"{said}\n    undone {made.undone[:16]} {made.undone_by}: {made.undone_reason}"
    if outcome is not None:
        found = f" (the machine finds: {outcome.found})" if outcome.found else ""
        said += f"\n    {_STATE[outcome.state]}{found}"
    return _visible(said)


_STATE: Final = {
    "agrees": "the machine agrees",
    "overrides": "holds against the machine",
    "disagrees": "holds, but the reports say something else than when it was made: look again",
    "lost": "what it is about is not here any more",
}


def _line(text: str) -> str:
    from variorum.text.normalise import squeeze

    return _visible(squeeze(text))


def _visible(text: str) -> str:
    """Without anything that a terminal would obey."""
    return "".join(c if c.isprintable() or c == "\n" else "\ufffd" for c in text)
