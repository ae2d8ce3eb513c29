"""Collections, articles, what was found in them, and the words to find them by."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

revision = "0001"
down_revision = None

_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "collections",
        sa.Column("number", _NUMBER, autoincrement=True, nullable=False),
        sa.Column("name", _TEXT, nullable=False),
        sa.Column("created", _TEXT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("collated", sa.Integer(), nullable=False),
        sa.Column("rest", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("name"),
    )
    op.create_table(
        "kept",
        sa.Column("kind", _TEXT, nullable=False),
        sa.Column("key", _TEXT, nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "key"),
    )
    op.create_table(
        "raws",
        sa.Column("digest", _TEXT, nullable=False),
        sa.Column("media", _TEXT, nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest"),
    )
    op.create_table(
        "articles",
        sa.Column("number", _NUMBER, autoincrement=True, nullable=False),
        sa.Column("collection", _NUMBER, nullable=False),
        sa.Column("id", _TEXT, nullable=False),
        sa.Column("digest", _TEXT, nullable=False),
        sa.Column("added", _TEXT, nullable=False),
        sa.Column("stated", _TEXT, nullable=False),
        sa.Column("published", _TEXT, nullable=False),
        sa.Column("title", _TEXT, nullable=True),
        sa.Column("publisher", _TEXT, nullable=True),
        sa.Column("authors", _TEXT, nullable=False),
        sa.Column("url", _TEXT, nullable=True),
        sa.Column("source", _TEXT, nullable=False),
        sa.Column("story", _TEXT, nullable=True),
        sa.Column("raw", _TEXT, nullable=True),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["collection"], ["collections.number"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("collection", "id", name="articles_once"),
    )
    op.create_index("articles_newest", "articles", ["published", "number"], unique=False)
    op.create_index("articles_of_collection", "articles", ["collection", "published", "number"], unique=False)
    op.create_index("articles_of_story", "articles", ["collection", "story"], unique=False)
    op.create_table(
        "former_stories",
        sa.Column("collection", _NUMBER, nullable=False),
        sa.Column("id", _TEXT, nullable=False),
        sa.Column("article", _TEXT, nullable=False),
        sa.ForeignKeyConstraint(["collection"], ["collections.number"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("collection", "id"),
    )
    op.create_table(
        "links",
        sa.Column("collection", _NUMBER, nullable=False),
        sa.Column("child", _TEXT, nullable=False),
        sa.Column("parent", _TEXT, nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["collection"], ["collections.number"], ondelete="CASCADE"),
    )
    op.create_index("links_of_child", "links", ["collection", "child"], unique=False)
    op.create_index("links_of_parent", "links", ["collection", "parent"], unique=False)
    op.create_table(
        "stories",
        sa.Column("number", _NUMBER, autoincrement=True, nullable=False),
        sa.Column("collection", _NUMBER, nullable=False),
        sa.Column("id", _TEXT, nullable=False),
        sa.Column("key", _TEXT, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", _TEXT, nullable=False),
        sa.Column("words", _TEXT, nullable=False),
        sa.Column("begins", _TEXT, nullable=True),
        sa.Column("ends", _TEXT, nullable=True),
        sa.Column("newest", _TEXT, nullable=False),
        sa.Column("places", _TEXT, nullable=False),
        sa.Column("people", _TEXT, nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.Column("origins", sa.Integer(), nullable=False),
        sa.Column("claims", sa.Integer(), nullable=False),
        sa.Column("disputed", sa.Integer(), nullable=False),
        sa.Column("conflicts", sa.Integer(), nullable=False),
        sa.Column("updated", _TEXT, nullable=False),
        sa.ForeignKeyConstraint(["collection"], ["collections.number"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("collection", "id", name="stories_once"),
    )
    op.create_index("stories_disputed", "stories", ["disputed", "number"], unique=False)
    op.create_index("stories_key", "stories", ["key"], unique=False)
    op.create_index("stories_newest", "stories", ["newest", "number"], unique=False)
    op.create_table(
        "statements",
        sa.Column("article", _NUMBER, nullable=False),
        sa.Column("begins", sa.Integer(), nullable=False),
        sa.Column("ends", sa.Integer(), nullable=False),
        sa.Column("id", _TEXT, nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.number"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article", "begins", "id"),
    )
    op.create_table(
        "story_names",
        sa.Column("story", _NUMBER, nullable=False),
        sa.Column("kind", _TEXT, nullable=False),
        sa.Column("name", _TEXT, nullable=False),
        sa.ForeignKeyConstraint(["story"], ["stories.number"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("story", "kind", "name"),
    )
    op.create_index("story_names_by_name", "story_names", ["kind", "name"], unique=False)
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE article_words"
            " USING fts5(title, publisher, authors, body, content='', tokenize='ascii')"
        )
        op.execute("CREATE VIRTUAL TABLE article_names USING fts5(people, places, tokenize='ascii')")
        return
    op.create_table(
        "article_words",
        sa.Column("article", sa.BigInteger, sa.ForeignKey("articles.number", ondelete="CASCADE"), primary_key=True),
        sa.Column("words", TSVECTOR, nullable=False),
        sa.Column("names", TSVECTOR),
    )
    op.create_index("article_words_words", "article_words", ["words"], postgresql_using="gin")
    op.create_index("article_words_names", "article_words", ["names"], postgresql_using="gin")
