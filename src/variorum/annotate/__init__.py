"""Articles to statements: who said what, when, how many, and who everybody is."""

from variorum.annotate.annotator import AnnotateConfig, Annotator
from variorum.annotate.attribution.statements import default_root
from variorum.annotate.entities.aliases import Aliases, read_aliases, with_known, with_rulings
from variorum.annotate.entities.linking import link_entities
from variorum.annotate.names import plain
from variorum.annotate.times.dating import date_from_story, date_from_text

__all__ = [
    "Aliases",
    "AnnotateConfig",
    "Annotator",
    "date_from_story",
    "date_from_text",
    "default_root",
    "link_entities",
    "plain",
    "read_aliases",
    "with_known",
    "with_rulings",
]
