"""An ingest ended by SIGKILL at random moments, and a full check after each: `python -m benchmarks killed FOLDER`.

The check knows nothing of how the index guards itself: what can be searched is held against the files it came from.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from corpus.read import read_document
from corpus.types import CorpusError, Passage
from index import generations
from index.build import Recipe, store_of
from index.search import Search
from index.types import SearchError


def faults_of(folder: Path, recipe: Recipe, questions: Sequence[str]) -> list[str]:
    """What is wrong with an index: a line for each passage whose words are not in its file as it is read now, each
    document that is not in whole, each vector without a passage or the other way round. An index that is not there yet
    has no faults.
    """
    if generations.current(folder) is None:
        return []
    try:
        search = Search.open(folder, recipe)
        stored = set(store_of(generations.existing(folder), recipe).ids())
    except SearchError as error:
        return [str(error)]
    passages = {passage.id: passage for passage in search.passages()}
    found = {hit.passage.id for question in questions for hit in search.search(question, 50)}
    faults = [f"{name}: has a vector or a passage, not both" for name in sorted(stored ^ passages.keys())]
    faults += [f"{name}: found, but not held" for name in sorted(found - passages.keys())]
    for record in search.library.records:
        held = [passage for passage in passages.values() if passage.section.document.id == record.id]
        faults.extend(_unlike_the_file(Path(record.source), record.id, held))
    return faults


def _unlike_the_file(source: Path, document: str, held: Sequence[Passage]) -> Iterator[str]:
    try:
        sections = {section.anchor: section for section in read_document(source, document_id=document)}
    except CorpusError as error:
        yield str(error)
        return
    for passage in held:
        section = sections.get(passage.section.anchor)
        if section is None or section.text[passage.start : passage.end] != passage.text or not passage.text:
            yield f"{passage.id}: its words are not there"
    words = sum(len(section.text.split()) for section in sections.values())
    kept = sum(len(passage.text.split()) for passage in held)
    if words != kept:
        yield f"{source}: {kept} of its {words} words are in"


def killed_report(folder: Path, times: int, seed: int) -> Iterator[str]:
    """Ingest a folder by the command, killed at `times` random moments, then left to end; a line for each.

    Each is a rebuild, so that there is work to be caught in even after one has ended before it was killed.
    """
    from assistant.build import recipe_of
    from assistant.settings import load_settings

    with tempfile.TemporaryDirectory() as home:
        seconds = _seconds_of_ingest(folder, Path(home) / "whole")
        yield f"an ingest left alone takes {seconds:.1f} s"
        settings = load_settings(home=Path(home) / "killed")
        random_moments = random.Random(seed)
        for moment in [*(random_moments.uniform(0, seconds) for _ in range(times)), None]:
            ended = _ingest(folder, settings.home, moment)
            faults = faults_of(settings.index_folder, recipe_of(settings), ["What was agreed?", "Who pays?"])
            said = "left alone" if moment is None else f"to be killed after {moment:.1f} s"
            yield f"{said}: {ended}; {_said(settings.index_folder, faults)}"


def _seconds_of_ingest(folder: Path, home: Path) -> float:
    started = time.monotonic()
    _ingest(folder, home, None)
    return time.monotonic() - started


def _ingest(folder: Path, home: Path, moment: float | None) -> str:
    """Run the command and kill it after `moment` seconds, if it still runs; how it ended."""
    command = [sys.executable, "-m", "assistant", "ingest", "--rebuild", str(folder)]
    environment = {**os.environ, "COMMUNIQUE_HOME": str(home)}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        return f"ended with {process.wait(moment)}"
    except subprocess.TimeoutExpired:
        process.kill()
        return f"ended with {process.wait()}"


def _said(index: Path, faults: Sequence[str]) -> str:
    generation = generations.current(index)
    held = len(generations.read_manifest(generation).documents) if generation else 0
    return f"{held} documents, {len(faults)} faults" + "".join(f"\n   {fault}" for fault in faults[:5])
