"""PDF to blocks: pdfium gives letters and lines with their places, `corpus.layout` makes text of them.

The only file that imports pypdfium2.
"""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from corpus.canonical import is_invisible, spelled
from corpus.layout.blocks import blocks_of
from corpus.layout.headlines import Bookmark
from corpus.layout.letters import Font, Letter, Turn, words_of
from corpus.layout.page import Page, Rule
from corpus.layout.underlines import underlined
from corpus.readers import Limits, Metadata, Reading, is_file_name
from corpus.types import Block, CorpusError, Refusal

_BOLD_NAME = re.compile(r"bold|black|heavy|demi|semibd|[-,]bd\b", re.IGNORECASE)
_BOLD_WEIGHT = 600
_LINE_END_HYPHEN = 2  # what pdfium gives for one
_RECTANGLE = (4, 5)  # segments of a path
_THIN = 5.0  # points; a rectangle that is thinner, and long, is a line
_LONG = 4  # times its thickness
_LEAST_RULE = 3.0
_DEEPEST_BOOKMARK = 9
_MOST_OBJECTS = 20_000  # on one page; a drawing with more is no table
_OPENING = 60  # blocks; the title stands among them, if anywhere
_UNMAPPED = 0.3  # of the letters


def read_pdf(content: bytes, limits: Limits) -> Reading:
    """The text layer of a PDF as blocks, with bookmarks, fonts and numbering telling the headings.

    Raises:
        CorpusError: it is damaged, locked with a password, too long, a scan, or its letters are not mapped to text.
    """
    with closing(_opened(content)) as document:
        if len(document) > limits.pages:
            raise CorpusError(
                f"it has {len(document):,} pages; the limit is {limits.pages:,} (COMMUNIQUE_PAGES)",
                Refusal.TOO_MANY_PAGES,
            )
        letters = _Letters()
        pages = [letters.page(document, number) for number in range(1, len(document) + 1)]
        _refuse_unreadable(pages, letters)
        bookmarks = tuple(_bookmarks(document))
        metadata = _metadata(document)
    blocks, title = blocks_of(pages, bookmarks)
    return Reading(blocks, _better_title(metadata.title, title, blocks), metadata)


def _better_title(named: str, seen: str, blocks: Sequence[Block]) -> str:
    """The title the file names, unless it is a file's name or foreign to the text; else the largest on page 1."""
    if is_file_name(named):
        return seen
    words = set(re.findall(r"\w+", named.casefold()))
    opening = " ".join(block.text for block in blocks[:_OPENING]).casefold()
    known = sum(word in opening for word in words)
    return named if known >= 0.6 * len(words) or not seen else seen


def _opened(content: bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        if raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD or "password" in str(error).casefold():
            raise CorpusError(
                "it is locked with a password; save an unlocked copy and add that", Refusal.LOCKED
            ) from error
        raise CorpusError("it is damaged or not a PDF; open it, save it again and add that", Refusal.DAMAGED) from error


def _refuse_unreadable(pages: list[Page], letters: _Letters) -> None:
    if not any(page.words for page in pages):
        count = f"{len(pages)} page{'' if len(pages) == 1 else 's'}"
        raise CorpusError(f"no text found on {count}; is it a scan? run OCR first, e.g. ocrmypdf", Refusal.SCAN)
    if letters.unmapped > _UNMAPPED * letters.count:
        raise CorpusError(
            f"{letters.unmapped / letters.count:.0%} of its letters are not mapped to text; "
            "run OCR, e.g. ocrmypdf --force-ocr",
            Refusal.UNMAPPED,
        )


class _Letters:
    """Reads the letters of pages, and counts those that no text is known for."""

    def __init__(self) -> None:
        self.count = 0
        self.unmapped = 0
        self._fonts: dict[int, Font] = {}

    def page(self, document: pdfium.PdfDocument, number: int) -> Page:
        """One page, turned so that most of its text is upright; text at another angle is left out."""
        try:
            page = document[number - 1]
            text = page.get_textpage()
        except pdfium.PdfiumError:  # one broken page; what the others say is still worth having
            return Page(number, 0, ())
        with closing(page), closing(text):
            self._fonts.clear()
            handle = text.raw
            angles = [
                round(math.degrees(raw.FPDFText_GetCharAngle(handle, place))) % 360
                for place in range(text.count_chars())
            ]
            upright = Counter(
                angle for place, angle in enumerate(angles) if raw.FPDFText_IsGenerated(handle, place) != 1
            ).most_common(1)
            angle = upright[0][0] if upright else 0
            turn = Turn(-math.radians(angle), page.get_bbox())
            letters = [
                self._letter(handle, place, turn) if angles[place] == angle else None for place in range(len(angles))
            ]
            rules = tuple(_rules(page, turn))
            return Page(number, turn.height, underlined(words_of(letters), rules), rules)

    def _letter(self, handle: Any, place: int, turn: Turn) -> Letter | None:
        """A letter, or None for what parts two words."""
        code = raw.FPDFText_GetUnicode(handle, place)
        text = "-" if code == _LINE_END_HYPHEN else chr(code) if code < 0x110000 else "\ufffd"
        if raw.FPDFText_IsGenerated(handle, place) == 1 and text != "-":
            return None
        self.count += not text.isspace()
        if (
            raw.FPDFText_HasUnicodeMapError(handle, place) == 1
            or unicodedata.category(text) in {"Co", "Cn", "Cs"}
            or code in (0, 0xFFFD)
        ):
            self.unmapped += 1
            text = "\ufffd"
        if text.isspace() or is_invisible(text):
            return None
        box, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
        raw.FPDFText_GetLooseCharBox(handle, place, box)
        raw.FPDFText_GetCharOrigin(handle, place, x, y)
        across = sorted(
            turn(corner_x, corner_y)[0] for corner_x in (box.left, box.right) for corner_y in (box.bottom, box.top)
        )
        return Letter(spelled(text), across[0], across[-1], turn(x.value, y.value)[1], self._font(handle, place))

    def _font(self, handle: Any, place: int) -> Font:
        piece = raw.FPDFText_GetTextObject(handle, place)
        key = ctypes.cast(piece, ctypes.c_void_p).value or 0
        if key not in self._fonts:
            self._fonts[key] = _font_of(piece)
        return self._fonts[key]


def _font_of(piece: Any) -> Font:
    size, matrix = ctypes.c_float(), raw.FS_MATRIX()
    raw.FPDFTextObj_GetFontSize(piece, size)
    raw.FPDFPageObj_GetMatrix(piece, matrix)
    scaled = size.value * math.hypot(matrix.c, matrix.d)
    font = raw.FPDFTextObj_GetFont(piece)
    buffer = ctypes.create_string_buffer(256)
    raw.FPDFFont_GetBaseFontName(font, buffer, len(buffer))
    name = buffer.value.decode("utf-8", "replace").split("+")[-1]
    stroked = raw.FPDFTextObj_GetTextRenderMode(piece) == raw.FPDF_TEXTRENDERMODE_FILL_STROKE
    bold = stroked or bool(_BOLD_NAME.search(name)) or raw.FPDFFont_GetWeight(font) >= _BOLD_WEIGHT
    return Font(round(scaled, 2), bold)


def _rules(page: pdfium.PdfPage, turn: Turn) -> Iterator[Rule]:
    """The straight level and upright lines drawn on a page, and the edges of its rectangles."""
    for count, piece in enumerate(page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=3)):
        if count > _MOST_OBJECTS:
            return
        left, bottom, right, top = piece.get_bounds()
        (x0, y0), (x1, y1) = turn(left, bottom), turn(right, top)
        x0, x1, y0, y1 = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
        width, height = x1 - x0, y1 - y0
        if height < _THIN and width > max(_LEAST_RULE, _LONG * height):
            yield Rule(x0, (y0 + y1) / 2, x1, (y0 + y1) / 2)
        elif width < _THIN and height > max(_LEAST_RULE, _LONG * width):
            yield Rule((x0 + x1) / 2, y0, (x0 + x1) / 2, y1)
        elif raw.FPDFPath_CountSegments(piece) in _RECTANGLE and _is_stroked(piece):
            yield from (Rule(x0, y, x1, y) for y in (y0, y1))
            yield from (Rule(x, y0, x, y1) for x in (x0, x1))


def _is_stroked(piece: Any) -> bool:
    """Whether the outline of a shape is drawn; a shape that is only filled may be the shading of one line of text."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    return bool(raw.FPDFPath_GetDrawMode(piece, fill, stroke)) and bool(stroke.value)


def _bookmarks(document: pdfium.PdfDocument) -> Iterator[Bookmark]:
    """The document's outline, as far as it can be read."""
    try:
        for mark in document.get_toc(max_depth=_DEEPEST_BOOKMARK):
            target = mark.get_dest()
            page = target.get_index() if target else None
            if page is not None:
                yield Bookmark(" ".join(mark.get_title().split()), mark.level + 1, page + 1)
    except (pdfium.PdfiumError, ValueError, UnicodeError):
        return


def _metadata(document: pdfium.PdfDocument) -> Metadata:
    try:
        fields = document.get_metadata_dict()
    except (pdfium.PdfiumError, UnicodeError):
        return Metadata()
    date = re.match(r"D:(\d{4})(\d\d)(\d\d)", fields.get("CreationDate", ""))
    return Metadata(
        title=" ".join(fields.get("Title", "").split()),
        date="-".join(date.groups()) if date else "",
        language=_language(document),
    )


def _language(document: pdfium.PdfDocument) -> str:
    length = raw.FPDFCatalog_GetLanguage(document.raw, None, 0)
    buffer = ctypes.create_string_buffer(length or 2)
    raw.FPDFCatalog_GetLanguage(document.raw, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length)
    return buffer.raw.decode("utf-16-le", "replace").rstrip("\0").strip()
