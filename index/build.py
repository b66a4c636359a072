"""Makes a generation of the index from the documents of an intake, and publishes it: all or nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import repeat
from pathlib import Path

import numpy as np

from corpus.types import Passage
from index import generations, integrity
from index.catalogue import write_catalogue
from index.generations import DocumentRecord, Manifest
from index.intake import Intake
from index.keyword import KeywordIndex
from index.library import Library
from index.passages import PassageSize, embedded_text, indexed_text
from index.pending import PendingVectors
from index.store import VectorStore
from index.types import Embedder, Progress, SearchError, Vectors
from index.workers import EmbedTexts

_BATCH = 1024  # passages; of so many, those of like length are embedded together


@dataclass(frozen=True, slots=True)
class Recipe:
    """What an index is made with. `chroma` is a server's URL, or empty for a folder beside the index."""

    embedder: Embedder
    size: PassageSize = field(default_factory=PassageSize)
    chroma: str = ""

    def made(self, manifest: Manifest) -> bool:
        """Whether an index was made in just this way."""
        return (
            manifest.format == generations.FORMAT
            and manifest.model_fingerprint == self.embedder.fingerprint
            and manifest.passage_size == (self.size.most, self.size.least)
            and manifest.chroma == self.chroma
        )


def store_of(generation: Path, recipe: Recipe) -> VectorStore:
    """The vectors of a published generation.

    Raises:
        SearchError: they are missing or damaged, or the Chroma server is down.
    """
    return VectorStore.open(_location(generation, recipe), _name(generation))


def build(
    folder: Path,
    recipe: Recipe,
    known: VectorStore | None,
    intake: Intake,
    *,
    progress: Progress,
    embed: EmbedTexts | None = None,
) -> None:
    """Make a generation from the documents of an intake, and publish it.

    Nothing here holds more than a batch of passages.

    Args:
        folder: the index's.
        recipe: what the generation is made with.
        known: the vectors that documents which `intake` kept are taken from.
        intake: its documents.
        progress: told about the work.
        embed: embeds in the place of the recipe's embedder; what it leaves out, that one does.

    Raises:
        SearchError: vectors cannot be made or stored.
        OSError: the folder cannot be written.
    """
    generation = generations.new(folder)
    records = tuple(intake.records.values())
    write_catalogue(generation, intake.sections.values(), recipe.size)
    library = Library.of(generation, records, remembered=_BATCH)  # it is gone through in order
    KeywordIndex.write(generation / "keyword", map(indexed_text, library.passages))
    store = VectorStore.create(_location(generation, recipe), _name(generation))
    taken_over = partial(_taken_over, known=known, kept=intake.kept)
    with PendingVectors(folder, recipe.embedder) as pending:
        _fill(store, library.passages, pending, taken_over, progress=progress, embed=embed)
        _publish(folder, generation, recipe, records, intake.removed)


def _fill(
    store: VectorStore,
    passages: Sequence[Passage],
    pending: PendingVectors,
    taken_over: Callable[[Sequence[Passage]], dict[str, Vectors]],
    *,
    progress: Progress,
    embed: EmbedTexts | None,
) -> None:
    """Put the vectors of all passages into the store. An `embed` is asked for all that are missing at once."""
    starts = range(0, len(passages), _BATCH)
    missing = (pending.lacking(_texts(batch, taken_over(batch))) for batch in _batches(passages))
    embedded = embed(missing) if embed else repeat(None, len(starts))
    for start, batch, made in zip(starts, _batches(passages), embedded, strict=True):
        progress("Embedding", start, len(passages))
        if made is not None:
            pending.add(made.texts, made.vectors)
        store.add(batch, _encode(batch, pending, taken_over(batch)))
    progress("Embedding", len(passages), len(passages))


def _publish(
    folder: Path, generation: Path, recipe: Recipe, records: tuple[DocumentRecord, ...], removed: tuple[str, ...]
) -> None:
    manifest = Manifest(
        format=generations.FORMAT,
        model=recipe.embedder.name,
        model_fingerprint=recipe.embedder.fingerprint,
        passage_size=(recipe.size.most, recipe.size.least),
        chroma=recipe.chroma,
        documents=records,
        removed=removed,
        files=integrity.sizes(generation),
        hashes=integrity.hashes(generation),
    )
    generations.write_manifest(generation, manifest)
    remove_from_server(recipe, generations.publish(folder, generation))


def remove_from_server(recipe: Recipe, generations_gone: Sequence[str]) -> None:
    """Delete the collections of generations that are gone, by their names, from the Chroma server if there is one."""
    if recipe.chroma:
        for name in generations_gone:
            VectorStore.remove(recipe.chroma, _name(Path(name)))


def _batches(passages: Sequence[Passage]) -> Iterator[Sequence[Passage]]:
    for start in range(0, len(passages), _BATCH):
        yield passages[start : start + _BATCH]


def _texts(passages: Sequence[Passage], known: Collection[str]) -> list[str]:
    return [embedded_text(passage) for passage in passages if passage.id not in known]


def _taken_over(batch: Sequence[Passage], known: VectorStore | None, kept: Collection[str]) -> dict[str, Vectors]:
    """The vectors that the generation before has of passages of unchanged documents."""
    if known is None:
        return {}
    try:
        return known.vectors_of([passage.id for passage in batch if passage.section.document.id in kept])
    except SearchError:
        return {}


def _encode(passages: Sequence[Passage], pending: PendingVectors, known: dict[str, Vectors]) -> Vectors:
    """The vectors of a batch, those already known taken over."""
    unknown = [passage for passage in passages if passage.id not in known]
    made: dict[str, Vectors] = {}
    if unknown:
        fresh = pending.encode([embedded_text(passage) for passage in unknown])
        made = dict(zip((passage.id for passage in unknown), fresh, strict=True))
    return np.stack([made[passage.id] if passage.id in made else known[passage.id] for passage in passages])


def _location(generation: Path, recipe: Recipe) -> Path | str:
    return recipe.chroma or generation / "chroma"


def _name(generation: Path) -> str:
    return f"communique-{generation.name}"
