"""The stage in several processes, with the results of one: in order, and the same to the last byte.

An article goes to the process that has least to do with it: what it has been given already, and the paragraphs of this
article that it has not parsed yet. So copies of a text meet where it is known, and the processes stay even. What an
article is annotated with depends on nothing but the article, so that it does not matter where that happens.
"""

from __future__ import annotations

import gc
from collections import OrderedDict, deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from queue import SimpleQueue
from typing import TYPE_CHECKING, Final

from variorum.annotate.parse import paragraphs
from variorum.errors import WorkerError
from variorum.model import Annotation, Article, Problem
from variorum.text.processes import Jobs, Servant, submit

if TYPE_CHECKING:
    from variorum.annotate.annotator import AnnotateConfig, Annotator

Item = Annotation | Problem

#: What reading a parsed paragraph costs, as a share of parsing it.
_READING: Final = 0.2
#: Articles and characters that go to a process at a time, and how many such lots may be under way for each process.
_LOT_ARTICLES, _LOT_CHARACTERS, _LOTS = 16, 100_000, 3
#: How many paragraphs the deal remembers where they went.
_KNOWN: Final = 500_000


@dataclass(slots=True)
class _Lot:
    """Articles that one process gets together."""

    worker: int
    articles: list[Article] = field(default_factory=list)
    characters: int = 0
    answer: Future[list[list[Item]]] | None = None

    @property
    def full(self) -> bool:
        return len(self.articles) >= _LOT_ARTICLES or self.characters >= _LOT_CHARACTERS


class Workers:
    """``config.processes`` processes that annotate. They start with the first article and end with `close`."""

    def __init__(self, config: AnnotateConfig) -> None:
        self._config = config
        self._servants: list[Servant] = []
        self._jobs: list[Jobs] = []
        self._load = [0.0] * config.processes
        self._known: OrderedDict[str, int] = OrderedDict()  # paragraph to the processes that know it, a bit each

    def annotate(self, articles: Iterable[Article]) -> Iterator[list[Item]]:
        """For each article, in order, what `Annotator.annotate` gives for it. Raises `errors.WorkerError` when a
        process has died, and whatever a process raised."""
        self._start()
        lots = [_Lot(worker) for worker in range(self._config.processes)]
        due: deque[tuple[_Lot, int]] = deque()
        ahead = len(lots) * _LOTS
        under_way = 0.0  # in lots' worth of articles or characters, whichever is more
        try:
            for article in articles:
                lot = lots[self._choose(article)]
                due.append((lot, len(lot.articles)))
                lot.articles.append(article)
                lot.characters += len(article.text)
                under_way += _weight(article)
                if lot.full:
                    self._send(lot)
                    lots[lot.worker] = _Lot(lot.worker)
                while under_way > ahead:
                    under_way -= _weight(due[0][0].articles[due[0][1]])
                    yield self._take(*due.popleft(), lots)
            while due:
                yield self._take(*due.popleft(), lots)
        finally:
            for lot, _ in due:
                if lot.answer is not None:
                    lot.answer.cancel()

    def close(self) -> None:
        """Ends the processes, whatever they are doing."""
        for servant in self._servants:
            servant.end()
        self._servants = []

    def _start(self) -> None:
        if not self._servants:
            alone = replace(self._config, processes=1)
            self._jobs = [SimpleQueue() for _ in range(self._config.processes)]
            self._servants = [Servant(jobs, _begin, alone) for jobs in self._jobs]

    def _choose(self, article: Article) -> int:
        """The process for an article, by what has been given to each and never by the clock."""
        texts = [article.text[slice(*b.span)] for b in paragraphs(article, self._config.longest_paragraph)]
        whole = sum(map(len, texts))
        costs = [load + _READING * whole for load in self._load]
        for text in dict.fromkeys(texts):
            known = self._known.get(text, 0)
            for worker in range(len(costs)):
                if not known >> worker & 1:
                    costs[worker] += len(text)
        chosen = min(range(len(costs)), key=costs.__getitem__)
        self._load[chosen] = costs[chosen]
        for text in texts:
            self._known[text] = self._known.pop(text, 0) | 1 << chosen
        while len(self._known) > _KNOWN:
            self._known.popitem(last=False)
        return chosen

    def _send(self, lot: _Lot) -> None:
        lot.answer = submit(self._jobs[lot.worker], _annotate, lot.articles)

    def _take(self, lot: _Lot, number: int, lots: list[_Lot]) -> list[Item]:
        if lot.answer is None:
            self._send(lot)
            lots[lot.worker] = _Lot(lot.worker)
        assert lot.answer is not None
        try:
            return lot.answer.result()[number]
        except WorkerError as exc:
            raise _died(lot) from exc


def _weight(article: Article) -> float:
    return max(1 / _LOT_ARTICLES, len(article.text) / _LOT_CHARACTERS)


def _died(lot: _Lot) -> WorkerError:
    others = f" and {len(lot.articles) - 1} more" if len(lot.articles) > 1 else ""
    return WorkerError(
        f"a process that annotates ended at {lot.articles[0].source}{others}: killed, out of memory, or never begun "
        "(a script that asks for processes must do its work under `if __name__ == '__main__'`); "
        "try again with fewer processes"
    )


# --- in the process -------------------------------------------------------------------------------------------------

_annotator: Annotator | None = None


def _begin(config: AnnotateConfig) -> None:
    """Sets a process up."""
    global _annotator  # noqa: PLW0603 - one for each process, kept from lot to lot
    from variorum.annotate.annotator import Annotator

    _annotator = Annotator(config)


def _annotate(articles: list[Article]) -> list[list[Item]]:
    assert _annotator is not None
    found = _annotator.each(articles)
    if not gc.get_freeze_count():
        gc.freeze()  # all is loaded now, and never to be looked through for circles again
    return found
