"""Who copied whom: `trace` takes articles and gives the lineage, links and origins; `find_origins`
draws the origins from links that are already known; `Archive` is a library that takes batches;
`side_by_side` holds any two articles beside each other."""

from variorum.lineage.archive import Archive
from variorum.lineage.beside import side_by_side
from variorum.lineage.config import LineageConfig
from variorum.lineage.origins import find_origins
from variorum.lineage.trace import trace

__all__ = ["Archive", "LineageConfig", "find_origins", "side_by_side", "trace"]
