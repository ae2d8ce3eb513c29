"""library.py [--articles 10000] [--readers 8] [--seconds 20] [--databases sqlite postgresql]: how fast the library is.

Articles are recombined from the sentences of the bundled sample collection, each with the statements that the
annotator found in those sentences (about ten; 100,000 articles make a million), in stories of eight and collections of
500. They go through the same methods of the store as real ones; annotating and collating are measured elsewhere
(``bench/annotate.py``, ``bench/collate.py``). Then queries and story pages alone, and with ``--readers`` threads while
one writer adds. PostgreSQL runs on a socket of its own, with its default settings.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
import variorum
from databases import new_database, postgres_folder, postgres_server
from variorum.edition import to_json
from variorum.model import Article, Edition, Lineage, Link, Origin, Producer, Stamp, Statement, Story
from variorum.ports import Store
from variorum.store import open_store
from variorum.text.ids import content_id

SAMPLE = Path(variorum.__file__).parent / "data" / "sample"
QUERIES = (
    "dam",
    "the",
    "wall of water",
    '"wall of water"',
    "inquiry letter -minister",
    "ministry from:2031-03 to:2031-04",
    "title:dam publisher:ledger",
    "engin*",
    "zyzzyva",
    "warning february",
)  # fmt: skip
_STORY, _COLLECTION, _SENTENCES = 8, 500, 10


def main() -> None:
    """Each database in turn."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--readers", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--databases", nargs="*", default=["sqlite", "postgresql"])
    given = parser.parse_args()
    sample = variorum.collate([SAMPLE])
    for database in given.databases:
        with library(database) as (store, _, size):
            measure(store, sample, given.articles, given.readers, given.seconds)
            print(f"   {size() / 1e6:.0f} MB on disk, peak memory {peak():.0f} MB")


@contextmanager
def library(database: str) -> Iterator[tuple[Store, str, Callable[[], int]]]:
    """An empty library, its address, and what it takes on the disk."""
    print(f"# {database}", flush=True)
    if database == "postgresql":
        if postgres_folder() is None:
            print("   no PostgreSQL server on this machine (apt-get install postgresql)")
            sys.exit(1)
        with postgres_server(durable=True) as server:
            url = new_database(server)
            store = open_store(url)
            yield store, url, lambda: _postgres_size(url)
            store.close()
    else:
        with tempfile.TemporaryDirectory() as folder:
            url = str(Path(folder) / "library.db")
            store = open_store(url)
            yield store, url, lambda: sum(f.stat().st_size for f in Path(folder).iterdir())
            store.close()


def _postgres_size(url: str) -> int:
    import psycopg

    with psycopg.connect(url) as conn:
        row = conn.execute("SELECT pg_database_size(current_database())").fetchone()
    assert row is not None
    return int(row[0])


def measure(store: Store, sample: Edition, count: int, readers: int, seconds: float) -> None:
    """Fill, then read alone, then read while one writes."""
    chance = random.Random(1)
    stories = filled(store, sample, count, chance)
    tell("search, alone", timed(lambda i: store.search(QUERIES[i % len(QUERIES)]), 200))
    tell("story, alone", timed(lambda _: store.story(*chance.choice(stories)), 400))
    tell("list of stories, alone", timed(lambda _: store.stories(order="disputed"), 100))
    together(store, sample, stories, readers, seconds, count)


def filled(store: Store, sample: Edition, count: int, chance: random.Random) -> list[tuple[str, str]]:
    """Put so many articles in; the collection and the id of each story."""
    begin = time.perf_counter()
    adding = publishing = 0.0
    statements = 0
    stories: list[tuple[str, str]] = []
    for number in range(0, count, _COLLECTION):
        name = f"collection {number // _COLLECTION:04d}"
        edition, keys, parts = recombined(sample, chance, number, min(_COLLECTION, count - number))
        start = time.perf_counter()
        store.create(name)
        for at in range(0, len(edition.articles), 64):
            store.add(name, edition.articles[at : at + 64])
        middle = time.perf_counter()
        store.keep("story", parts)
        store.publish(store.collection(name).version, name, edition, keys, ())
        adding += middle - start
        publishing += time.perf_counter() - middle
        statements += len(edition.statements)
        stories += [(name, story.id) for story in edition.stories]
    spent = time.perf_counter() - begin
    print(f"   {count} articles, {statements} statements, {len(stories)} stories in {spent:.0f} s with making them up:")
    print(f"   added {count / adding:.0f} articles/s, published {count / publishing:.0f} articles/s", flush=True)
    return stories


def together(
    store: Store, sample: Edition, stories: list[tuple[str, str]], readers: int, seconds: float, count: int
) -> None:
    """Readers in threads, and one that adds and publishes."""
    until = time.perf_counter() + seconds
    times: dict[str, list[float]] = {"search": [], "story": [], "added": []}
    errors: list[BaseException] = []

    def read(seed: int) -> None:
        chance = random.Random(seed)
        try:
            while time.perf_counter() < until:
                kind = chance.choice(("search", "story", "story"))
                start = time.perf_counter()
                if kind == "search":
                    store.search(chance.choice(QUERIES))
                else:
                    store.story(*chance.choice(stories))
                times[kind].append(time.perf_counter() - start)
                time.sleep(chance.uniform(0.2, 1.0))  # somebody reads what was found
        except BaseException as exc:
            errors.append(exc)

    def write() -> None:
        chance = random.Random(-1)
        try:
            store.create("written")
            number = count
            while time.perf_counter() < until:
                edition, _, _ = recombined(sample, chance, number, _STORY)
                start = time.perf_counter()
                store.add("written", edition.articles)
                times["added"].append(time.perf_counter() - start)
                number += _STORY
                time.sleep(0.1)
        except BaseException as exc:
            errors.append(exc)

    before = peak()
    threads = [threading.Thread(target=read, args=(n,)) for n in range(readers)] + [threading.Thread(target=write)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for kind, spent in times.items():
        tell(f"{kind}, {readers} readers and a writer", spent)
    print(f"   {len(errors)} errors, {peak() - before:.0f} MB more memory {errors[:1] or ''}")


def recombined(
    sample: Edition, chance: random.Random, number: int, count: int
) -> tuple[Edition, dict[str, str], dict[str, bytes]]:
    """Articles of sentences in a new order, as an edition, with the keys and parts of its stories."""
    said = sample.statements
    articles, statements, links, origins, stories = [], [], [], [], []
    for n in range(number, number + count):
        text, title = "", " ".join(said[n % len(said)].text.split()[:4]) + f" {n}"
        outlet = chance.choice(sample.articles).publisher
        key = content_id("art", n)
        for source in chance.sample(said, _SENTENCES):
            statements.append(moved(source, key, len(text)))
            text += source.text + " "
        day = f"2031-{n % 12 + 1:02d}-{n % 28 + 1:02d}"
        published = Stamp(day, "day", "stated")
        articles.append(Article(key, f"{n}.txt", text, title=title, publisher=outlet, published=published))
    for at in range(0, count, _STORY):
        members = tuple(a.id for a in articles[at : at + _STORY])
        model = sample.stories[0]
        claims = tuple(replace(c, id=content_id("claim", number, at, c.id)) for c in chance.sample(model.claims, 30))
        identity = content_id("story", *members)
        people = tuple(chance.sample(model.people, 3))
        story = Story(identity, articles[at].title or "", members, dict.fromkeys(members, 1.0))
        story = replace(
            story, begin="2031-01-01", end="2031-12-28", places=model.places[:3], people=people, claims=claims
        )
        stories.append(story)
        origins.append(Origin(content_id("origin", at), "dispatch", "newsroom", True, members))
        links += [Link(members[0], child, "copy", 0.9, 0.9, 0.9) for child in members[1:3]]
    producer = Producer("bench", {}, {})
    lineage = Lineage(tuple(links), tuple(origins))
    edition = Edition(producer, tuple(articles), sample.entities, tuple(statements), lineage, tuple(stories))
    parts: dict[str, bytes] = {}
    keys: dict[str, str] = {}
    for at, story in zip(range(0, count, _STORY), stories, strict=True):
        mine = frozenset(story.articles)
        part = replace(
            edition,
            articles=tuple(articles[at : at + _STORY]),
            entities=tuple(replace(e, mentions=()) for e in sample.entities[:40]),
            statements=tuple(s for s in statements[at * _SENTENCES : (at + _STORY) * _SENTENCES] if s.article in mine),
            lineage=Lineage(),
            stories=(story,),
        )
        keys[story.id] = content_id("key", story.id)
        parts[keys[story.id]] = to_json(part).encode()
    return replace(edition, entities=tuple(replace(e, mentions=()) for e in sample.entities)), keys, parts


def moved(statement: Statement, article: str, by: int) -> Statement:
    """The statement as if its sentence stood at ``by`` of another article."""
    size = len(statement.text)
    return replace(
        statement, id=content_id("stm", article, by), article=article, span=(by, by + size), content=((by, by + size),)
    )


def timed(work: Callable[[int], object], times: int) -> list[float]:
    """Seconds of each call."""
    spent = []
    for i in range(times):
        start = time.perf_counter()
        work(i)
        spent.append(time.perf_counter() - start)
    return spent


def tell(what: str, spent: list[float]) -> None:
    """Median and 95th percentile."""
    if len(spent) > 1:
        p95 = statistics.quantiles(spent, n=20)[-1]
        print(f"   {what}: median {1000 * statistics.median(spent):.1f} ms, p95 {1000 * p95:.1f} ms ({len(spent)})")


def peak() -> float:
    """Peak memory of this process in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
