"""Files read and texts embedded on a Ray cluster, by Ray Data: one started on this machine, or one that is there.

The only file that imports ray and pyarrow. Machines of a cluster need this program and see the files under the same
paths; what they make comes back here, where the index is written.
"""

from __future__ import annotations

import logging
import os
import pickle
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any

import numpy as np

from corpus.readers import Limits
from corpus.types import CorpusError
from index.reading import ReadingProcess
from index.types import Embedder, SearchError
from index.workers import Asked, Embedded, Outcome

_FILES = 8  # a piece of work: so few that the last ones do not leave most workers idle
# Nothing is told to Ray's makers, and its own words on the terminal are only what nobody can go on after.
_QUIET = {"RAY_USAGE_STATS_ENABLED": "0", "RAY_BACKEND_LOG_LEVEL": "fatal"}
# One of this machine alone: on the loopback address, and for who holds a secret that is made for this run.
_ALONE = {"RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0", "RAY_AUTH_MODE": "token"}

_Row = dict[str, Any]


class RayCluster:
    """Its `read` and `embed` are those of `index.workers.Workers`. What is started here is ended with the context."""

    def __init__(
        self,
        embedder: Callable[[], Embedder],
        limits: Limits,
        seconds: float,
        *,
        address: str = "",
        processors: int | None = None,
    ) -> None:
        """Start nothing yet.

        Args:
            embedder: makes one on each worker; it is sent there.
            limits: of a file.
            seconds: how long one file may take.
            address: the cluster's; empty for one on this machine.
            processors: how many of this machine; all of them if not said.
        """
        self._embedder = embedder
        self._reader = (limits, seconds)
        self._address = address
        self._processors = processors
        self._open = ExitStack()

    def __enter__(self) -> RayCluster:
        """Start or reach the cluster.

        Raises:
            SearchError: Ray is not installed, or there is no cluster at the address.
        """
        os.environ.update(_QUIET if self._address else _QUIET | _ALONE)
        if not self._address:
            os.environ.setdefault("RAY_AUTH_TOKEN", secrets.token_hex(32))
        try:
            import ray.data  # after the environment, which it reads once
        except ImportError as error:
            raise SearchError("--workers ray needs Ray; run pip install 'communique[ray]'") from error
        for name in ("ray", "ray.data"):
            logging.getLogger(name).setLevel(logging.ERROR)
        try:
            with ExitStack() as opening:
                where = self._place(opening)
                opening.callback(ray.shutdown)
                ray.init(**where, log_to_driver=False, logging_level=logging.ERROR)
                self._open = opening.pop_all()
        except (OSError, ValueError, RuntimeError, ray.exceptions.RayError) as error:
            named = self._address or "this machine"
            raise SearchError(f"{named}: Ray cannot be used ({_reason(error)}); check COMMUNIQUE_RAY") from error
        context = ray.data.DataContext.get_current()
        context.execution_options.preserve_order = True
        context.enable_progress_bars = False
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._open.close()

    def read(self, files: Sequence[Asked]) -> Iterator[Outcome]:
        """Read files, each in a process of its own beside the worker; the outcomes come in the files' order.

        Raises:
            SearchError: the cluster failed.
        """
        import ray.data

        rows = [{"asked": pickle.dumps(asked)} for asked in files]
        if rows:
            pieces = -(-len(rows) // _FILES)
            dataset = ray.data.from_items(rows, override_num_blocks=pieces)
            yield from self._made(dataset, pieces, _Reader, self._reader)

    def embed(self, batches: Iterable[Sequence[str]]) -> Iterator[Embedded]:
        """Embed texts; the batches wait in Ray's own memory, which goes to disk when it is full.

        Raises:
            SearchError: the cluster failed.
        """
        import pyarrow
        import ray.data

        waiting, is_sent = [], []
        for batch in batches:
            is_sent.append(bool(batch))
            if batch:
                waiting.append(ray.put(pyarrow.table({"texts": [pickle.dumps(list(batch))]})))
        made: Iterator[Embedded] = iter(())
        if waiting:
            made = self._made(ray.data.from_arrow_refs(waiting), len(waiting), _Encoder, (self._embedder,))
        nothing = Embedded((), np.empty((0, 0), dtype=np.float32))
        for sent in is_sent:
            yield next(made) if sent else nothing

    def _place(self, opening: ExitStack) -> dict[str, Any]:
        """Where Ray is; what one on this machine writes goes when it ends."""
        if self._address:
            return {"address": self._address}
        # A socket's whole path must be short.
        short = "/tmp" if os.name == "posix" else None
        folder = opening.enter_context(TemporaryDirectory(prefix="ray-", dir=short, ignore_cleanup_errors=True))
        return {
            "address": "local",
            "num_cpus": self._processors,
            "include_dashboard": False,
            "_temp_dir": folder,
        }

    def _made(self, dataset: Any, pieces: int, worker: type, given: tuple[Any, ...]) -> Iterator[Any]:
        """What workers make of a dataset's rows, in order: as many as the cluster has processors and there is work."""
        import ray.data

        processors = max(1, int(ray.cluster_resources().get("CPU", 1)))
        workers = ray.data.ActorPoolStrategy(size=min(processors, pieces))
        try:
            for row in dataset.map(worker, fn_constructor_args=given, compute=workers).iter_rows():
                made = pickle.loads(row["made"])
                if isinstance(made, SearchError):
                    raise made
                yield made
        except ray.exceptions.RayError as error:
            raise SearchError(
                f"the cluster could not do the work ({_reason(error)}); what was embedded is kept for the next try"
            ) from error


class _Reader:
    """Reads files on a worker."""

    def __init__(self, limits: Limits, seconds: float) -> None:
        self._process = ReadingProcess(limits, seconds)

    def __call__(self, row: _Row) -> _Row:
        source, document = pickle.loads(row["asked"])
        outcome: Outcome
        try:
            outcome = self._process(source, document)
        except CorpusError as error:
            outcome = error
        return {"made": pickle.dumps(outcome)}


class _Encoder:
    """Embeds texts on a worker; why it cannot goes back, since Ray would wrap it in a page of its own words."""

    def __init__(self, embedder: Callable[[], Embedder]) -> None:
        self._make = embedder
        self._embedder: Embedder | None = None

    def __call__(self, row: _Row) -> _Row:
        made: Embedded | SearchError
        try:
            self._embedder = self._embedder or self._make()
            texts = pickle.loads(row["texts"])
            made = Embedded(texts, self._embedder.encode(texts))
        except SearchError as error:
            made = error
        return {"made": pickle.dumps(made)}


def _reason(error: BaseException) -> str:
    return (str(error) or type(error).__name__).strip().split("\n", maxsplit=1)[0]
