"""Who runs the phases: the processes of this machine. `variorum.batch.spark` is the other engine."""

from __future__ import annotations

import gc
import resource
import shutil
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from itertools import chain, pairwise
from pathlib import Path
from queue import SimpleQueue
from typing import Any, Final, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from variorum.batch.folders import Folder, full
from variorum.batch.trail import TRIES, Trail
from variorum.batch.works import Work
from variorum.errors import WorkerError
from variorum.lineage.candidates import Candidates, Indices, candidates
from variorum.lineage.config import LineageConfig
from variorum.lineage.fingerprint import Prints
from variorum.text.processes import Jobs, Servant, processors, submit

#: How many files are written at once when rows are dealt.
_OPEN: Final = 256
_GATHERED, _GATHERED_BYTES = 16_384, 64_000_000  # rows that are dealt at once, at most about so many bytes
_CHUNK: Final = 256  # rows of a batch of what was dealt
Told = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Receipt:
    """What one part took: seconds of clock and processor, the most memory its process ever had, in bytes."""

    rows: int
    seconds: float
    cpu: float
    memory: int


class Engine(Protocol):
    """What phases need done."""

    name: str

    def each(self, work: Work, source: Folder | None, target: Folder, run: str, told: Told) -> list[Receipt]:
        """``work`` on every part of ``target`` that is not there."""
        ...

    def deal(self, source: Folder, key: str, routes: pa.Table, target: Folder) -> None:
        """The rows of ``source`` to parts of ``target``, as ``routes`` say: a row with ``key`` goes to each part number
        ``bucket`` that a route has for it, under ``position``, by which each part is sorted. Rows without a route are
        left out."""
        ...

    def candidates(self, prints: Folder, ranks: Indices, config: LineageConfig) -> tuple[Candidates, Indices]:
        """The pairs of articles that share text, by their rank (``ranks`` by position), and each one's words."""
        ...

    def owners(self, paragraphs: Folder) -> Owners:
        """Who parses each distinct paragraph: the first part that has it."""
        ...

    def close(self) -> None:
        """Let go of all processes."""
        ...


@dataclass(frozen=True, slots=True)
class Owners:
    """For each part the paragraphs that it parses (``owned``: words, bucket, position), and for each part those that
    others parse for it (``foreign``: the same). ``asked`` characters stand in all, ``parsed`` are parsed."""

    owned: pa.Table
    foreign: pa.Table
    asked: int
    parsed: int


# --- in the process -------------------------------------------------------------------------------------------------


def do_part(work: Work, source: Folder | None, target: Folder, part: str, run: str) -> Receipt:
    """One part of a phase, wherever this is: read, work, write. What is there already is left as it is."""
    begun, used = time.monotonic(), time.process_time()
    if target.file(part).exists():
        return Receipt(0, 0.0, 0.0, 0)
    trail = Trail(target.path / f"{part}.trail", run)
    given = source.batches(part) if source is not None else iter(())
    rows = target.write(part, work.run(given, part, trail))
    if type(work) not in _LOADED:
        # Its models are loaded now, and never to be looked through for circles again.
        _LOADED.add(type(work))
        gc.freeze()
    trail.end()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return Receipt(rows, time.monotonic() - begun, time.process_time() - used, memory)


#: The kinds of work that this process has done.
_LOADED: Final = set[type[Work]]()

# --- this machine ---------------------------------------------------------------------------------------------------


class LocalEngine:
    """``processes`` of this machine (0: one for each processor). One that dies is replaced, and its part done again."""

    name = "local"

    def __init__(self, processes: int = 0) -> None:
        self._count = processes or processors()
        self._crew: list[tuple[Servant, Jobs]] = []

    def each(self, work: Work, source: Folder | None, target: Folder, run: str, told: Told) -> list[Receipt]:
        """See `Engine`."""
        waiting = deque(target.missing())
        total, receipts = len(waiting), list[Receipt]()
        running: dict[Future[Receipt], tuple[int, str]] = {}
        idle = list(range(min(self._count, total)))
        tries: dict[str, int] = {}
        target.path.mkdir(parents=True, exist_ok=True)
        while waiting or running:
            while waiting and idle:
                slot, part = idle.pop(), waiting.popleft()
                running[submit(self._jobs(slot), do_part, work, source, target, part, run)] = slot, part
            for answer in wait(running, return_when=FIRST_COMPLETED).done:
                slot, part = running.pop(answer)
                idle.append(slot)
                try:
                    receipts.append(answer.result())
                except WorkerError as exc:
                    self._replace(slot)
                    waiting.appendleft(part)
                    tries[part] = tries.get(part, 0) + 1
                    if tries[part] >= TRIES:
                        raise WorkerError(
                            f"{target.path.name}: {TRIES} processes died at part {part}, and it is no single article; "
                            "is there memory enough? try again with fewer --processes"
                        ) from exc
                told(len(receipts), total)
        return receipts

    def _jobs(self, slot: int) -> Jobs:
        while len(self._crew) <= slot:
            jobs: Jobs = SimpleQueue()
            self._crew.append((Servant(jobs), jobs))
        return self._crew[slot][1]

    def _replace(self, slot: int) -> None:
        servant, _ = self._crew[slot]
        servant.end()
        jobs: Jobs = SimpleQueue()
        self._crew[slot] = Servant(jobs), jobs

    def close(self) -> None:
        """See `Engine`."""
        for servant, _ in self._crew:
            servant.end()
        self._crew = []

    def deal(self, source: Folder, key: str, routes: pa.Table, target: Folder) -> None:
        """See `Engine`. Through a file for each part of some parts at a time, read back and sorted one by one."""
        wanted = np.array([target.parts.index(part) for part in target.missing()], np.int64)
        by_key = routes.sort_by([("key", "ascending"), ("bucket", "ascending"), ("position", "ascending")])
        buckets = by_key["bucket"].to_numpy()
        for begin in range(0, len(wanted), _OPEN):
            some = wanted[begin : begin + _OPEN]
            here = by_key.filter(pa.array(np.isin(buckets, some))).combine_chunks()
            self._deal(source, key, here, target, some.tolist())

    @staticmethod
    def _deal(source: Folder, key: str, routes: pa.Table, target: Folder, buckets: Sequence[int]) -> None:
        keys = routes["key"].combine_chunks() if routes.num_rows else pa.array([], routes.schema.field("key").type)
        distinct = pc.unique(keys)
        begins = pc.index_in(distinct, value_set=keys).to_numpy(zero_copy_only=False).astype(np.int64)
        counts = np.diff(np.append(begins, len(keys)))
        homes, positions = routes["bucket"].to_numpy(), routes["position"].to_numpy()
        scratch = target.path / "dealing"
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir(parents=True)
        schema = target.schema
        writers = _Writers(scratch, schema)
        try:
            names = [name for name in schema.names if name != "position"]
            for batch in _gathered(source, names if key in names else [*names, key]) if len(keys) else ():
                place = pc.index_in(batch.column(key), value_set=distinct)
                found = np.flatnonzero(place.is_valid().to_numpy(zero_copy_only=False))
                at = place.fill_null(0).to_numpy(zero_copy_only=False).astype(np.int64)[found]
                rows = np.repeat(found, counts[at])
                route = np.repeat(begins[at] - np.cumsum(counts[at]) + counts[at], counts[at]) + np.arange(len(rows))
                order = np.argsort(homes[route], kind="stable")
                rows, route = rows[order], route[order]
                taken = batch.select(names)
                first = np.flatnonzero(np.diff(homes[route], prepend=-1)).tolist()
                for begin, end in pairwise((*first, len(rows))):
                    part_of = taken.take(pa.array(rows[begin:end]))
                    columns = [*part_of.columns, pa.array(positions[route[begin:end]])]
                    placed = pa.record_batch(columns, names=[*names, "position"]).select(schema.names)
                    writers.write(int(homes[route[begin]]), placed.cast(schema))
            writers.close()
            for bucket in buckets:
                target.write(target.parts[bucket], in_order(writers.read(bucket), schema))
        except OSError as exc:
            raise full(target.path, exc) from exc
        finally:
            writers.close()
            shutil.rmtree(scratch, ignore_errors=True)

    def candidates(self, prints: Folder, ranks: Indices, config: LineageConfig) -> tuple[Candidates, Indices]:
        """See `Engine`. All fingerprints in memory: a dozen bytes for five words."""
        held = ranked_prints(prints, ranks)
        return candidates(held, config), held.sizes

    def owners(self, paragraphs: Folder) -> Owners:
        """See `Engine`."""
        tables = [
            paragraphs_of(paragraphs, number).append_column("bucket", pa.array(np.full(rows, number)))
            for number in range(len(paragraphs.parts))
            if (rows := paragraphs_of(paragraphs, number).num_rows)
        ]
        if not tables:
            empty = route_table([], [], [], pa.binary())
            return Owners(empty, empty, 0, 0)
        every = pa.concat_tables(tables).combine_chunks()
        words = every["words"].combine_chunks()
        first = pc.index_in(words, value_set=words).to_numpy(zero_copy_only=False).astype(np.int64)
        bucket, position = every["bucket"].to_numpy(), every["position"].to_numpy().astype(np.int64)
        mine = first == np.arange(len(first))
        characters, times = every["characters"].to_numpy().astype(np.int64), every["times"].to_numpy()

        def routes(which: np.ndarray) -> pa.Table:
            rows = pa.array(np.flatnonzero(which))
            return pa.table({"key": words.take(rows), "bucket": bucket[which], "position": position[which]})

        return Owners(routes(mine), routes(~mine), int((characters * times).sum()), int(characters[mine].sum()))


def _gathered(source: Folder, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
    """A table in few large batches: dealt row by row, a piece of each for each part costs more than the rows."""
    held: list[pa.RecordBatch] = []
    for batch in chain.from_iterable(source.batches(part, columns) for part in source.parts):
        held.append(batch)
        if sum(b.num_rows for b in held) >= _GATHERED or sum(b.nbytes for b in held) >= _GATHERED_BYTES:
            yield from pa.Table.from_batches(held).combine_chunks().to_batches()
            held = []
    if held:
        yield from pa.Table.from_batches(held).combine_chunks().to_batches()


def paragraphs_of(paragraphs: Folder, number: int) -> pa.Table:
    """The rows of one part of a table of paragraphs."""
    return pa.Table.from_batches(paragraphs.batches(paragraphs.parts[number]), schema=paragraphs.schema)


def route_table(keys: Sequence[Any], buckets: Any, positions: Any, kind: pa.DataType | None = None) -> pa.Table:
    """Routes for `Engine.deal`."""
    return pa.table(
        {
            "key": pa.array(keys, kind or pa.string()),
            "bucket": pa.array(np.asarray(buckets, np.int64)),
            "position": pa.array(np.asarray(positions, np.int64)),
        }
    )


def in_order(rows: pa.Table, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    """What was dealt to one part, sorted by position, in batches cut by number of rows alone."""
    if rows.num_rows:
        ordered = rows.sort_by("position").combine_chunks()
        for begin in range(0, ordered.num_rows, _CHUNK):
            yield from ordered.slice(begin, _CHUNK).combine_chunks().to_batches()


class _Writers:
    """One Arrow stream for each part that rows are dealt to."""

    def __init__(self, folder: Path, schema: pa.Schema) -> None:
        self._folder, self._schema = folder, schema
        self._open: dict[int, Any] = {}

    def write(self, bucket: int, batch: pa.RecordBatch) -> None:
        if bucket not in self._open:
            self._open[bucket] = pa.ipc.new_stream(str(self._folder / str(bucket)), self._schema)
        self._open[bucket].write_batch(batch)

    def close(self) -> None:
        for writer in self._open.values():
            writer.close()
        self._open = {}

    def read(self, bucket: int) -> pa.Table:
        path = self._folder / str(bucket)
        if not path.exists():
            return self._schema.empty_table()
        with pa.memory_map(str(path)) as source:
            return pa.ipc.open_stream(source).read_all()


def ranked_prints(prints: Folder, ranks: Indices) -> Prints:
    """All fingerprints, in the order in which articles are worked on."""
    table = prints.table(["words", "twin", "hashes", "at", "position"])
    order = np.argsort(ranks[table["position"].to_numpy()])
    hashes, at = (_values(table[name]) for name in ("hashes", "at"))
    lengths = pc.list_value_length(table["hashes"]).to_numpy().astype(np.int64)
    held = Prints(
        hashes.astype(np.uint64),
        at.astype(np.int32),
        np.concatenate((np.zeros(1, np.int64), np.cumsum(lengths))),
        table["words"].to_numpy().astype(np.int64),
        tuple(table["twin"].to_pylist()),
    )
    return held.some(order)


def _values(column: pa.ChunkedArray) -> Any:
    parts = [chunk.flatten().to_numpy(zero_copy_only=False) for chunk in column.chunks]
    return np.concatenate(parts) if parts else np.zeros(0)
