"""A folder with bombs, noise and endless files beside good ones: the good go in, each of the others is named."""

from __future__ import annotations

import random
import resource
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.readers import READERS, Limits
from corpus.types import CorpusError
from index.build import Recipe
from index.files import files_in
from index.ingest import ingest
from index.reading import ReadingProcess, ReadingProcesses
from index.search import Search
from index.workers import Workers

pytestmark = pytest.mark.slow

_MEGABYTE = 1024 * 1024


def pdf_of(pages: int) -> bytes:
    """A PDF whose pages all show the same line, so that thousands of them are small and quickly made."""
    line = b"BT /F1 12 Tf 72 700 Td (The Board keeps the lights.) Tj ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>" % (pages, b" ".join(b"%d 0 R" % (5 + n) for n in range(pages))),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(line), line),
        *[
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>"
        ]
        * pages,
    ]
    content, places = b"%PDF-1.4\n", []
    parts = []
    length = len(content)
    for number, body in enumerate(objects, start=1):
        places.append(length)
        parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, body))
        length += len(parts[-1])
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    table += b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, length)
    return content + b"".join(parts) + table + trailer


def write_bomb(path: Path, inside: str, megabytes: int) -> Path:
    """A zip of one file that is only zeros."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open(inside, "w") as file:
        for _ in range(megabytes):
            file.write(bytes(_MEGABYTE))
    return path


@pytest.fixture
def hostile(rivers: Path) -> dict[str, str]:
    """What a folder holds beside a good document: the name of each file, and words of its refusal."""
    folder = rivers.parent
    write_bomb(folder / "bomb.docx", "word/document.xml", 600)
    write_bomb(folder / "bomb.odt", "content.xml", 600)
    (folder / "endless.pdf").write_bytes(pdf_of(5000))
    refused = {
        "bomb.docx": "unzipped it would be larger than 500 MB",
        "bomb.odt": "unzipped it would be larger than 500 MB",
        "endless.pdf": "it has 5,000 pages; the limit is 2,000",
    }
    for suffix in READERS:
        (folder / f"noise{suffix}").write_bytes(random.Random(suffix).randbytes(50_000))
        refused[f"noise{suffix}"] = ""
    return refused


def test_the_good_document_goes_in_and_every_other_is_named(
    tmp_path: Path, embedder, rivers: Path, hostile: dict[str, str]
) -> None:
    with ReadingProcesses(Limits(), 120, count=2) as read:
        report = ingest(tmp_path / "index", Recipe(embedder), files_in([rivers.parent]), workers=Workers(read))

    reasons = {missed.source.name: missed.reason for missed in report.left_out}
    assert report.added == ("rivers",)
    assert reasons.keys() == hostile.keys()
    for name, words in hostile.items():
        assert words in reasons[name]
        assert "\n" not in reasons[name]
    held = Search.open(tmp_path / "index", Recipe(embedder)).library.records
    assert [record.id for record in held] == ["rivers"]


def test_a_bomb_takes_no_more_memory_than_the_limit_allows(tmp_path: Path) -> None:
    bomb = write_bomb(tmp_path / "bomb.docx", "word/document.xml", 600)
    plain = tmp_path / "plain.txt"
    plain.write_text("The weir was built in 1902.", encoding="utf-8")
    with ReadingProcess(Limits(), 60) as read:
        read(plain)  # a process starts with the memory of the one it is made from
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss

    with ReadingProcess(Limits(expanded=100 * _MEGABYTE), 60) as read, pytest.raises(CorpusError, match="100 MB"):
        read(bomb)

    grown = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss - before
    assert grown * 1024 < 300 * _MEGABYTE


def test_a_pdf_within_the_pages_allowed_is_read_to_its_end(write: Callable[..., Path]) -> None:
    with ReadingProcess(Limits(pages=40), 60) as read:
        sections = read(write("long.pdf", pdf_of(40)))

    assert sum(section.text.count("keeps the lights") for section in sections) == 40
