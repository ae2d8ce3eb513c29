"""One pipeline for all tests of the stage."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from variorum.annotate import Annotator
from variorum.model import Annotation, Article, Attribution, Credit, Stamp

Read = Callable[..., Annotation]
Rows = Callable[[str], list[tuple[Attribution, str, list[str]]]]


@pytest.fixture(scope="session")
def annotator() -> Annotator:
    """The stage with its own settings."""
    return Annotator()


@pytest.fixture(scope="session")
def read(annotator: Annotator) -> Read:
    """A text, annotated, as an article without blocks published on Friday 12 March 2032 by the Tolmar Post."""

    def annotate(text: str, credits: tuple[Credit, ...] = ()) -> Annotation:
        published = Stamp("2032-03-12", "day", "stated")
        article = Article(
            "a", "a.txt", text, publisher="Tolmar Post", language="en", published=published, credits=credits
        )
        (annotation,) = annotator.annotate([article])
        assert isinstance(annotation, Annotation)
        return annotation

    return annotate


@pytest.fixture(scope="session")
def rows(read: Read) -> Rows:
    """For a text its rows, each with the words of its source and of its content."""

    def attributions(text: str) -> list[tuple[Attribution, str, list[str]]]:
        return [
            (row, text[slice(*row.span)] if row.span else "", [text[slice(*s)] for s in row.content])
            for row in read(text).attributions
        ]

    return attributions
