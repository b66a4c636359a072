"""Settings to who reads and embeds in an ingest: processes of this machine, or a cluster."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Literal

from assistant.settings import Settings

if TYPE_CHECKING:
    from corpus.readers import Limits
    from index.workers import Workers

WorkerCount = int | Literal["ray"]
"""How many processes of this machine read, or "ray" for a cluster that reads and embeds."""


@contextmanager
def open_workers(settings: Settings, workers: WorkerCount) -> Iterator[Workers]:
    """Workers that keep to the limits of the settings, ended when the context is left.

    Raises:
        SearchError: Ray is not installed, or the cluster cannot be reached.
    """
    from index.reading import ReadingProcesses
    from index.workers import Workers

    if workers == "ray":
        from index.cluster import RayCluster
        from index.embed import SentenceEmbedder

        embedder = partial(SentenceEmbedder, settings.embedding_model)
        with RayCluster(embedder, _limits(settings), settings.reading_seconds, address=settings.ray) as cluster:
            yield Workers(cluster.read, cluster.embed)
        return
    with ReadingProcesses(_limits(settings), settings.reading_seconds, workers) as read:
        yield Workers(read)


def _limits(settings: Settings) -> Limits:
    from corpus.readers import Limits

    megabyte = 1024 * 1024
    return Limits(settings.file_megabytes * megabyte, settings.expanded_megabytes * megabyte, settings.pages)
