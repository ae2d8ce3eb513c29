"""Python's search for cycles of references, left out while much is held and nothing points back.

Records are frozen and point downward, so that what is let go of is free at once. While ever more of them are held,
going through all of them again and again took a tenth of a comparison, a fifth of a batch and half of a transfer.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def unsearched() -> Iterator[None]:
    """No search for cycles meanwhile. Blocks may be nested and overlap in threads: the first that ends may search
    again, which costs time and nothing else."""
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searching:
            gc.enable()
