"""Articles to statements: who said what, when, how many, and who everybody is."""

from variorum.annotate.annotator import AnnotateConfig, Annotator

__all__ = ["AnnotateConfig", "Annotator"]
