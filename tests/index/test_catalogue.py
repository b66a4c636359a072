"""A generation's sections and passages are read when asked for, and are what was written."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from corpus.read import read_document
from corpus.types import Section
from index import generations
from index.build import Recipe
from index.catalogue import Catalogue, write_catalogue
from index.ingest import ingest
from index.library import Library, SectionsByDocument
from index.passages import PassageSize, indexed_text, passages_of
from index.spelling import words_of
from index.spool import SectionSpool
from index.types import SearchError

SIZE = PassageSize()
RIVER_SECTIONS = ("Salmon", "Bridges")


@pytest.fixture
def sections(rivers: Path, forests: Path, statement: Path) -> list[Section]:
    return [section for source in (forests, rivers, statement) for section in read_document(source)]


@pytest.fixture
def held(sections: list[Section]) -> Library:
    """All of it in memory, to be held against."""
    passages = tuple(passage for section in sections for passage in passages_of(section, SIZE))
    return Library((), tuple(sections), passages)


@pytest.fixture
def kept(tmp_path: Path, embedder, rivers: Path, forests: Path, statement: Path) -> Library:
    """The same, read from an index."""
    ingest(tmp_path / "index", Recipe(embedder), [forests, rivers, statement])
    return Library.open(generations.existing(tmp_path / "index"))


def test_what_is_read_is_what_was_written(held: Library, kept: Library) -> None:
    assert sorted(section.id for section in kept.sections) == sorted(section.id for section in held.sections)
    by_id = {passage.id: passage for passage in held.passages}
    assert len(kept.passages) == len(by_id)
    for passage in kept.passages:
        assert passage.text == by_id[passage.id].text
        assert passage.section.path == by_id[passage.id].section.path
        assert passage.section.runs == by_id[passage.id].section.runs
    assert [passage.id for passage in kept.passages[2:5]] == [kept.passages[place].id for place in (2, 3, 4)]
    assert kept.passages[-1] == list(kept.passages)[-1]


def test_both_kinds_of_library_know_places_documents_and_words(held: Library, kept: Library) -> None:
    for library in (held, kept):
        assert [library.place(passage.id) for passage in library.passages] == list(range(len(library.passages)))
        for wanted in ([], ["rivers"], ["rivers", "forests"], ["none"]):
            expected = [passage.section.document.id in wanted for passage in library.passages]
            assert library.held_by(wanted).tolist() == expected
        assert {section.document.id for section in library.sections_of("rivers")} == {"rivers"}
        assert len(library.sections_of("rivers")) == len(RIVER_SECTIONS)
        with pytest.raises(KeyError):
            library.place("rivers#nowhere:0-1")
        words = set().union(*(words_of(indexed_text(passage)) for passage in library.passages))
        assert set().union(*map(words_of, library.words())) == words


def test_the_sections_of_each_document_are_its_own(tmp_path: Path, kept: Library) -> None:
    by_document = SectionsByDocument(generations.existing(tmp_path / "index"))

    assert list(by_document) == [record.id for record in kept.records]
    for document, sections in by_document.items():
        assert [section.document.id for section in sections] == [document] * len(sections)
    assert sum(map(len, by_document.values())) == len(kept.sections)


def test_a_library_is_opened_without_reading_its_sections(tmp_path: Path, sections: list[Section]) -> None:
    documents = {section.document.id: section.document for section in sections}
    write_catalogue(tmp_path, [[s for s in sections if s.document.id == document] for document in documents], SIZE)
    path = tmp_path / "sections.jsonl"
    content = bytearray(path.read_bytes())
    content[0:5] = b"#####"
    path.write_bytes(content)

    catalogue = Catalogue(tmp_path, list(documents.values()))

    assert catalogue.section(1).text == sections[1].text
    with pytest.raises(SearchError, match=r"the index is damaged .*run communique ingest --rebuild"):
        catalogue.section(0)


def test_a_catalogue_of_other_sections_is_refused(tmp_path: Path, sections: list[Section]) -> None:
    write_catalogue(tmp_path, [sections], SIZE)
    with (tmp_path / "sections.jsonl").open("ab") as file:
        file.write(b"{}\n")

    with pytest.raises(ValueError, match="of other sections"):
        Catalogue(tmp_path, [sections[0].document])


def test_a_spool_gives_back_what_was_put_on_it_in_order(tmp_path: Path, sections: list[Section]) -> None:
    folder = tmp_path / "spool"
    folder.mkdir()
    spool = SectionSpool(folder)
    spool["b"], spool["a"], spool["c"] = sections[:2], sections[2:], []
    spool["b"] = sections[1:2]
    del spool["c"]

    assert list(spool) == ["b", "a"]
    assert (list(spool["b"]), list(spool["a"])) == (sections[1:2], sections[2:])
    assert not list(folder.iterdir()), "its file has a name, and stays if the process is killed"


def test_passages_are_found_by_id_among_many(tmp_path: Path, make_section) -> None:
    sections = [make_section(f"The board met {number} times.", f"Meeting {number}") for number in range(500)]
    write_catalogue(tmp_path, [sections], SIZE)
    catalogue = Catalogue(tmp_path, [sections[0].document])
    order = np.random.default_rng(0).permutation(500)

    assert [catalogue.places_of(passages_of(sections[place], SIZE)[0].id) for place in order] == [[p] for p in order]
