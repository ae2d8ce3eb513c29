"""The tables of the library as the newest migration leaves them. Times are ISO 8601 in UTC."""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

metadata: Final = MetaData()
_NUMBER = BigInteger().with_variant(Integer, "sqlite")  # SQLite numbers rows itself only in an INTEGER key
_TEXT = Text().with_variant(Text(collation="C"), "postgresql")  # the same order everywhere


def _collection() -> Column[int]:
    return Column("collection", _NUMBER, ForeignKey("collections.number", ondelete="CASCADE"), nullable=False)


collections: Final = Table(
    "collections",
    metadata,
    Column("number", _NUMBER, primary_key=True, autoincrement=True),
    Column("name", _TEXT, nullable=False, unique=True),
    Column("created", _TEXT, nullable=False),
    Column("version", Integer, nullable=False),
    Column("collated", Integer, nullable=False),
    Column("rest", LargeBinary),  # the edition without articles, statements and stories
)

articles: Final = Table(
    "articles",
    metadata,
    Column("number", _NUMBER, primary_key=True, autoincrement=True),
    _collection(),
    Column("id", _TEXT, nullable=False),
    Column("digest", _TEXT, nullable=False),  # of the text: another text under the same id is refused
    Column("added", _TEXT, nullable=False),
    Column("stated", _TEXT, nullable=False),  # date as read, "" where there is none: the order of the work
    Column("published", _TEXT, nullable=False),  # the same, or a date inferred since: the order of lists
    Column("title", _TEXT),
    Column("publisher", _TEXT),
    Column("authors", _TEXT, nullable=False),  # JSON
    Column("url", _TEXT),
    Column("source", _TEXT, nullable=False),
    Column("story", _TEXT),
    Column("raw", _TEXT),
    Column("packed", LargeBinary, nullable=False),
    UniqueConstraint("collection", "id", name="articles_once"),
    Index("articles_newest", "published", "number"),
    Index("articles_of_collection", "collection", "published", "number"),
    Index("articles_of_story", "collection", "story"),
)

raws: Final = Table(
    "raws",
    metadata,
    Column("digest", _TEXT, primary_key=True),
    Column("media", _TEXT, nullable=False),
    Column("packed", LargeBinary, nullable=False),
)

#: Annotations, and the part of the edition that one story is; see `ports.Kept`.
kept: Final = Table(
    "kept",
    metadata,
    Column("kind", _TEXT, nullable=False),
    Column("key", _TEXT, nullable=False),
    Column("packed", LargeBinary, nullable=False),
    PrimaryKeyConstraint("kind", "key"),
)

stories: Final = Table(
    "stories",
    metadata,
    Column("number", _NUMBER, primary_key=True, autoincrement=True),
    _collection(),
    Column("id", _TEXT, nullable=False),
    Column("key", _TEXT, nullable=False),
    Column("position", Integer, nullable=False),
    Column("title", _TEXT, nullable=False),
    Column("words", _TEXT, nullable=False),  # of the title, as `words.words` gives them, a space around each
    Column("begins", _TEXT),
    Column("ends", _TEXT),
    Column("newest", _TEXT, nullable=False),
    Column("places", _TEXT, nullable=False),  # JSON
    Column("people", _TEXT, nullable=False),  # JSON
    Column("articles", Integer, nullable=False),
    Column("origins", Integer, nullable=False),
    Column("claims", Integer, nullable=False),
    Column("disputed", Integer, nullable=False),
    Column("conflicts", Integer, nullable=False),
    Column("updated", _TEXT, nullable=False),
    UniqueConstraint("collection", "id", name="stories_once"),
    Index("stories_newest", "newest", "number"),
    Index("stories_disputed", "disputed", "number"),
    Index("stories_key", "key"),
)

story_names: Final = Table(
    "story_names",
    metadata,
    Column("story", _NUMBER, ForeignKey("stories.number", ondelete="CASCADE"), nullable=False),
    Column("kind", _TEXT, nullable=False),  # person or place
    Column("name", _TEXT, nullable=False),  # its words with a space between
    PrimaryKeyConstraint("story", "kind", "name"),
    Index("story_names_by_name", "kind", "name"),
)

#: Ids that stories had before articles joined or left them, each with the first article it had then.
former_stories: Final = Table(
    "former_stories",
    metadata,
    _collection(),
    Column("id", _TEXT, nullable=False),
    Column("article", _TEXT, nullable=False),
    PrimaryKeyConstraint("collection", "id"),
)

statements: Final = Table(
    "statements",
    metadata,
    Column("article", _NUMBER, ForeignKey("articles.number", ondelete="CASCADE"), nullable=False),
    Column("begins", Integer, nullable=False),
    Column("ends", Integer, nullable=False),
    Column("id", _TEXT, nullable=False),
    PrimaryKeyConstraint("article", "begins", "id"),
)

links: Final = Table(
    "links",
    metadata,
    _collection(),
    Column("child", _TEXT, nullable=False),
    Column("parent", _TEXT, nullable=False),
    Column("packed", LargeBinary, nullable=False),
    Index("links_of_child", "collection", "child"),
    Index("links_of_parent", "collection", "parent"),
)

decisions: Final = Table(
    "decisions",
    metadata,
    Column("number", _NUMBER, primary_key=True, autoincrement=True),
    Column("id", _TEXT, nullable=False, unique=True),
    _collection(),
    Column("kind", _TEXT, nullable=False),
    Column("subjects", _TEXT, nullable=False),  # JSON
    Column("others", _TEXT, nullable=False),  # JSON
    Column("value", _TEXT),
    Column("author", _TEXT, nullable=False),
    Column("reason", _TEXT, nullable=False),
    Column("made", _TEXT, nullable=False),
    Column("found", _TEXT),
    Column("undone", _TEXT),
    Column("undone_by", _TEXT),
    Column("undone_reason", _TEXT),
)

outcomes: Final = Table(
    "outcomes",
    metadata,
    _collection(),
    Column("decision", _TEXT, nullable=False),
    Column("state", _TEXT, nullable=False),
    Column("found", _TEXT, nullable=False),
    PrimaryKeyConstraint("collection", "decision"),
)

jobs: Final = Table(
    "jobs",
    metadata,
    Column("number", _NUMBER, primary_key=True, autoincrement=True),
    Column("id", _TEXT, nullable=False, unique=True),
    _collection(),
    Column("kind", _TEXT, nullable=False),
    Column("state", _TEXT, nullable=False),
    Column("stage", _TEXT, nullable=False),
    Column("done", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("created", _TEXT, nullable=False),
    Column("updated", _TEXT, nullable=False),
    Column("problems", _TEXT, nullable=False),  # JSON
)
