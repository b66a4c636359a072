"""A file that cannot be read is refused in one line that says what is the matter, whatever its bytes are."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from corpus.readers import READERS, Limits
from corpus.types import CorpusError, Refusal, Section

ReadBytes = Callable[..., tuple[Section, ...]]


def refusal(read_bytes: ReadBytes, name: str, content: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(CorpusError) as caught:
        read_bytes(name, content, limits) if limits else read_bytes(name, content)
    message = str(caught.value)
    assert name in message
    assert "\n" not in message
    return message


def zipped(**files: bytes) -> bytes:
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return held.getvalue()


@pytest.mark.parametrize("suffix", sorted(READERS))
@pytest.mark.parametrize("seed", range(4))
def test_random_bytes_under_any_suffix_are_one_line(read_bytes: ReadBytes, suffix: str, seed: int) -> None:
    refusal(read_bytes, f"noise{suffix}", random.Random(seed).randbytes(4000))


@pytest.mark.parametrize("suffix", sorted(READERS))
def test_an_empty_file_is_said_to_be_empty(read_bytes: ReadBytes, suffix: str) -> None:
    assert "it holds no text" in refusal(read_bytes, f"empty{suffix}", b"")


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_a_file_that_was_cut_short_is_one_line_or_still_read(
    read_bytes: ReadBytes, harbour: Path, share: float
) -> None:
    content = harbour.read_bytes()
    try:
        sections = read_bytes(f"cut{harbour.suffix}", content[: int(len(content) * share)])
    except CorpusError as error:
        assert "\n" not in str(error)
    else:
        assert any(section.text for section in sections)


@pytest.mark.parametrize("seed", range(3))
def test_a_file_with_some_bytes_changed_never_breaks_its_reader(
    read_bytes: ReadBytes, harbour: Path, seed: int
) -> None:
    content = bytearray(harbour.read_bytes())
    noise = random.Random(seed)
    for _ in range(20):
        content[noise.randrange(len(content))] = noise.randrange(256)
    try:
        read_bytes(f"changed{harbour.suffix}", bytes(content))
    except CorpusError as error:
        assert "\n" not in str(error)


def test_a_scan_is_told_to_run_ocr(read_bytes: ReadBytes, pdf_pages) -> None:
    pages = pdf_pages(numbered=False)
    pages.rule(10, 10, 100, 100)
    pages.turn()

    message = refusal(read_bytes, "scan.pdf", pages.finished())

    assert "no text found on 2 pages; is it a scan? run OCR first, e.g. ocrmypdf" in message


def test_a_pdf_with_a_password_is_said_to_be_locked(read_bytes: ReadBytes, pdf_pages) -> None:
    pages = pdf_pages()
    pages.encrypt("secret")
    pages.line("Nobody reads this.")

    assert "locked with a password" in refusal(read_bytes, "locked.pdf", pages.finished())


def test_a_word_file_with_a_password_is_said_to_be_locked(read_bytes: ReadBytes) -> None:
    locked = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)

    assert "locked with a password" in refusal(read_bytes, "locked.docx", locked)


def test_an_opendocument_text_with_a_password_is_said_to_be_locked(read_bytes: ReadBytes) -> None:
    manifest = b"<manifest:manifest><manifest:encryption-data/></manifest:manifest>"
    content = zipped(content_xml=b"noise", **{"META-INF__manifest_xml": manifest})

    assert "locked with a password" in refusal(read_bytes, "locked.odt", content)


def test_a_pdf_with_more_pages_than_allowed_is_refused(read_bytes: ReadBytes, pdf_pages) -> None:
    pages = pdf_pages()
    for _ in range(4):
        pages.line("Some words.")
        pages.turn()

    message = refusal(read_bytes, "long.pdf", pages.finished(), Limits(pages=3))

    assert "it has 5 pages; the limit is 3 (COMMUNIQUE_PAGES)" in message


@pytest.mark.parametrize(("name", "inside"), [("bomb.docx", "word__document_xml"), ("bomb.odt", "content_xml")])
def test_a_zip_bomb_is_refused_before_it_is_unzipped(read_bytes: ReadBytes, name: str, inside: str) -> None:
    bomb = zipped(**{inside: bytes(8 * 1024 * 1024)})
    assert len(bomb) < 20_000

    message = refusal(read_bytes, name, bomb, Limits(expanded=1024 * 1024))

    assert "unzipped it would be larger than 1 MB" in message


def test_a_zip_that_lies_about_its_size_is_refused_too(read_bytes: ReadBytes) -> None:
    honest = zipped(word__document_xml=bytes(4 * 1024 * 1024))
    size = (4 * 1024 * 1024).to_bytes(4, "little")
    lying = honest.replace(size, (10).to_bytes(4, "little"))
    assert lying != honest

    refusal(read_bytes, "lying.docx", lying, Limits(expanded=1024 * 1024))


def test_a_file_larger_than_allowed_is_refused(read_bytes: ReadBytes) -> None:
    message = refusal(read_bytes, "large.md", b"words " * 200_000, Limits(file=1024 * 1024))

    assert "more than 1 MB; raise COMMUNIQUE_FILE_MEGABYTES" in message


def test_a_word_file_with_another_suffix_inside_is_refused(read_bytes: ReadBytes) -> None:
    assert "it has no word/document.xml" in refusal(read_bytes, "sheet.docx", zipped(xl__workbook_xml=b"<workbook/>"))


def test_a_text_that_is_no_web_page_is_refused_as_one(read_bytes: ReadBytes) -> None:
    assert "not a web page" in refusal(read_bytes, "note.html", b"Just a note without any tag.")


def test_a_very_deep_page_is_read_like_any_other(read_bytes: ReadBytes) -> None:
    page = b"<html><body>" + b"<div>" * 20_000 + b"Deep words." + b"</div>" * 20_000

    assert "Deep words." in read_bytes("deep.html", page)[0].text


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("table.xlsx", b"PK", Refusal.UNKNOWN_TYPE),
        ("empty.md", b" \n", Refusal.EMPTY),
        ("heading.md", b"# Only a heading\n", Refusal.NO_TEXT),
        ("nul.txt", b"a\0b" * 50, Refusal.NOT_TEXT),
        ("nul.md", b"a\0b" * 50, Refusal.NOT_TEXT),
        ("other.md", b"\xff\xfe\xe9", Refusal.ENCODING),
        ("noise.pdf", b"%PDF-1.4 noise", Refusal.DAMAGED),
        ("noise.docx", b"noise", Refusal.DAMAGED),
        ("noise.odt", b"noise", Refusal.DAMAGED),
        ("sheet.docx", zipped(xl__workbook_xml=b"<workbook/>"), Refusal.DAMAGED),
        ("note.html", b"Just a note.", Refusal.DAMAGED),
        ("locked.docx", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), Refusal.OLD_OR_LOCKED),
        ("large.md", b"words " * 500, Refusal.TOO_LARGE),
        ("bomb.docx", zipped(word__document_xml=bytes(200_000)), Refusal.TOO_LARGE_UNZIPPED),
    ],
)
def test_why_is_said_in_short_too(read_bytes: ReadBytes, name: str, content: bytes, why: Refusal) -> None:
    with pytest.raises(CorpusError) as caught:
        read_bytes(name, content, Limits(file=2000, expanded=100_000))
    assert caught.value.why is why


def test_a_scan_and_a_locked_pdf_are_told_apart(read_bytes: ReadBytes, pdf_pages) -> None:
    scan, locked = pdf_pages(numbered=False), pdf_pages()
    scan.rule(10, 10, 100, 100)
    locked.encrypt("secret")
    locked.line("Nobody reads this.")
    for pages, why in ((scan, Refusal.SCAN), (locked, Refusal.LOCKED)):
        with pytest.raises(CorpusError) as caught:
            read_bytes("a.pdf", pages.finished())
        assert caught.value.why is why
