"""Stands in for the entities until they are there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from variorum.model import Article, Block, Entity, Mention, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc


class LocalEntities:
    """No entities."""

    entities: tuple[Entity, ...] = ()
    mentions: tuple[Mention, ...] = ()

    def resolve(self, span: Span) -> Entity | None:
        """Nobody."""
        del span


def read_entities(article: Article, docs: Sequence[tuple[Block, Doc]]) -> LocalEntities:
    """Nobody."""
    del article, docs
    return LocalEntities()
