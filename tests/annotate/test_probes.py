"""Names are held to the probes of ``golden/entities``, one by one; what is not met yet is listed there."""

import pytest
from probes import Probe, load, missed, read, unmet

from variorum.annotate import Annotator


@pytest.mark.parametrize("probe", load(), ids=lambda probe: str(probe["id"]))
def test_probe(annotator: Annotator, probe: Probe) -> None:
    """A probe is met, or listed as not met and then truly is not."""
    misses = missed(probe, read(probe, annotator))
    if probe["id"] in unmet():
        assert misses, "met now: take it out of unmet.txt"
    else:
        assert not misses, "; ".join(misses)
