"""Articles to statements: who said what, when, how many, and who everybody is."""

from variorum.annotate.aliases import Aliases, read_aliases, with_known
from variorum.annotate.annotator import AnnotateConfig, Annotator
from variorum.annotate.dating import date_from_story, date_from_text
from variorum.annotate.linking import link_entities

__all__ = [
    "Aliases",
    "AnnotateConfig",
    "Annotator",
    "date_from_story",
    "date_from_text",
    "link_entities",
    "read_aliases",
    "with_known",
]
