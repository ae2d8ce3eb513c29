"""A library that grows gives what tracing all of it gives."""

import random

import pytest
from test_trace import WORDS, article, prose

from variorum.lineage import trace
from variorum.lineage.archive import Archive
from variorum.model import Article, Link


def collection() -> list[Article]:
    """Ten stories with copies that change a few words each, in the order of their times."""
    pick = random.Random(3)
    made = []
    for story in range(10):
        made.append(article(f"s{story}", prose(100 + story), f"{10 + story % 9}T06:00"))
        for copy in range(story % 4):
            words = [w if pick.random() > 0.04 else pick.choice(WORDS) for w in prose(100 + story).split()]
            made.append(article(f"s{story}c{copy}", " ".join(words), f"{10 + story % 9}T{10 + copy}:00"))
    made.append(article("twin", prose(100), "21T06:00"))
    pick.shuffle(made)
    return made


@pytest.mark.parametrize("size", [1, 4, 9, 100])
def test_batches_give_what_the_whole_gives(size: int) -> None:
    """Whatever the size of the batches: the last word on each child is that of one run over everything."""
    given = collection()
    archive = Archive(given.__getitem__)
    last: dict[str, list[Link]] = {}
    for begin in range(0, len(given), size):
        batch = given[begin : begin + size]
        found = archive.add(batch)
        spoken_of = {a.id for a in batch} | {i for o in found.origins for i in o.articles}
        for child in spoken_of:
            last[child] = [link for link in found.links if link.child == child]
    assert len(archive) == len(given)
    # Which words are known depends on what has been read, and with it how sure a link is; not what is linked.
    links = {(x.parent, x.child, x.kind, x.passages) for links in last.values() for x in links}
    assert links == {(x.parent, x.child, x.kind, x.passages) for x in trace(given).links}


def test_a_batch_of_strangers_touches_nothing() -> None:
    """No links, and origins of the new alone."""
    given = [*collection(), article("new", prose(999), "25")]
    archive = Archive(given.__getitem__)
    archive.add(given[:-1])
    found = archive.add(given[-1:])
    assert found.links == ()
    assert {i for o in found.origins for i in o.articles} == {"new"}
