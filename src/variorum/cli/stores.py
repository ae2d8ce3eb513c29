"""The library that the options or the settings name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from variorum.cli.app import options
from variorum.cli.config import configured, fetcher_of, rewriter_of

if TYPE_CHECKING:
    from variorum.library import Library
    from variorum.model import Edition
    from variorum.ports import Store


def store_at(where: str | None) -> Store:
    """The store that the option or the settings name."""
    from variorum import settings
    from variorum.store import open_store

    return open_store(str(settings.resolve({"library": where}, options.config)["library"]))


@contextmanager
def opened(where: str | None = None) -> Iterator[Store]:
    """That store, while it is used."""
    with closing(store_at(where)) as store:
        yield store


@contextmanager
def library_at(where: str | None, **arguments: str | int | bool | None) -> Iterator[Library]:
    """The library in it, while it is used."""
    with opened(where) as store:
        yield library_over(store, **arguments)


def library_over(store: Store, **arguments: str | int | bool | None) -> Library:
    """A library in a store, with the settings that the options and their file say."""
    from variorum.library import Library

    config = configured(**arguments)
    return Library(store, config, rewriter=rewriter_of(config), fetcher=fetcher_of(config))


def edition_of(named: str) -> Edition:
    """The edition that ``library:COLLECTION`` or ``library:COLLECTION/STORY`` names."""
    from variorum.edition import from_json

    collection, _, story = named.partition("/")
    with opened() as store:
        return from_json(store.story(collection, story)) if story else store.edition(collection)
