"""One file to its document and sections: takes out the contents list, repairs the tree, joins what pages cut."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from corpus.contents import without_contents
from corpus.headings import ContentsEntry, match_entries, repaired_levels
from corpus.markers import is_part, marker_depth
from corpus.parts import with_named_parts
from corpus.readers import USUAL, Limits, Reading, reader_for
from corpus.types import Block, BlockKind, CorpusError, Document, Refusal, Run, Section

_MEGABYTE = 1024 * 1024
_FINISHED = tuple(".!?:;。！？…")
_CLOSERS = "\"'”’»)]"
# No sentence, and no title either, ends in one of these …
_NEVER_LAST = frozenset("a an the and or nor of its their our your his my every".split())
# … and no sentence in one of these, though a title or a question might: "Who we work with".
_SELDOM_LAST = frozenset(
    "in on at to for from by with into between among amongst during under towards through via per as than that which "
    "whose while is are was were be been has have had will would shall should may might can could must".split()
)
_PROSE_WORDS = 8
_ENUMERATED = re.compile(r"\(?(?:\d{1,3}|[a-z]|[ivxl]{1,6})[.)]\s", re.IGNORECASE)


def read_document(source: Path, *, document_id: str | None = None, limits: Limits = USUAL) -> tuple[Section, ...]:
    """Read one file.

    Args:
        source: the file; its suffix chooses the reader.
        document_id: the id to give it; the default is made from its name.
        limits: how much of it is read at most.

    Returns:
        Its sections in reading order, one for each heading; at least one holds text.

    Raises:
        CorpusError: it cannot be read, is empty or too large, or its type is not known.
    """
    content = _content(source, limits)
    reading = _reading(source, content, limits)
    blocks, entries = without_contents([block for block in reading.blocks if block.text.strip()])
    if not any(block.kind is not BlockKind.HEADING for block in blocks):
        raise CorpusError(f"{source}: it holds no text", Refusal.NO_TEXT)
    title, blocks = _without_title(with_named_parts(blocks), entries, reading.title)
    name = document_id or slug(source.stem) or "document"
    fingerprint = hashlib.sha256(content).hexdigest()
    told = reading.metadata
    document = Document(name, title or source.stem, str(source), fingerprint, told.date, told.publisher, told.language)
    return tuple(_sections(document, blocks, entries))


def _content(source: Path, limits: Limits) -> bytes:
    try:
        str(source).encode()
    except UnicodeEncodeError as error:  # an old file system's bytes, that no index or list could hold
        raise CorpusError(f"{str(source)!a}: the file's name is not UTF-8 text; rename it") from error
    try:
        if source.is_dir():
            raise CorpusError(
                f"{source}: the folder cannot be read ({_why_not(source)}); check the path and its permissions"
            )
        reader_for(source)  # an unknown type is refused before it is read
        if source.exists() and not source.is_file():
            raise CorpusError(f"{source}: it is not a file")
        if source.stat().st_size > limits.file:
            raise CorpusError(
                f"{source}: it has more than {limits.file // _MEGABYTE:,} MB; "
                "raise COMMUNIQUE_FILE_MEGABYTES to add it",
                Refusal.TOO_LARGE,
            )
        return source.read_bytes()
    except OSError as error:
        raise CorpusError(f"{source}: cannot be read ({error.strerror}); check the path and its permissions") from error


def _why_not(folder: Path) -> str:
    """Why a folder cannot be listed, or the plain fact that it is one."""
    try:
        next(folder.iterdir(), None)
    except OSError as error:
        return str(error.strerror)
    return "it is no file"


def _reading(source: Path, content: bytes, limits: Limits) -> Reading:
    if not content.strip():
        raise CorpusError(f"{source}: it holds no text: the file is empty", Refusal.EMPTY)
    try:
        return reader_for(source)(content, limits)
    except CorpusError as error:
        raise CorpusError(f"{source}: {error}", error.why) from error
    except Exception as error:  # a damaged file may raise anything in a parser, and must not stop the others
        raise CorpusError(
            f"{source}: it cannot be read ({type(error).__name__}); it may be damaged", Refusal.DAMAGED
        ) from error


def slug(text: str) -> str:
    """Lower-case words joined by hyphens, letters of any script kept."""
    words = re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold().replace("_", " "))
    return "-".join(words)


def _without_title(blocks: list[Block], entries: Sequence[ContentsEntry], named: str) -> tuple[str, list[Block]]:
    """The title, and the blocks without the heading that is the title rather than a section.

    The first heading is the title where it stands above all text and the rest of the tree leaves it there: no other
    heading is as high, or the contents list, which names the others, does not name it. A part, such as the only chapter
    of an act, is a section, unless the file gives it as its title.
    """
    headings = [block for block in blocks if block.kind is BlockKind.HEADING]
    if not headings or blocks[0] is not headings[0]:
        first_named = next((title for title in map(_one_line, headings[:1]) if marker_depth(title) is None), "")
        return named or first_named, blocks
    first, others = headings[0], headings[1:]
    unlisted = bool(entries) and match_entries([first.text], entries) == [None]
    above = unlisted or all(other.level > first.level for other in others)
    is_named = slug(_one_line(first)) in slug(named)
    if others and above and (not is_part(_one_line(first)) or is_named):
        # Where the file is named otherwise, what stands above its text is text still.
        foreign = named and not is_named and slug(named) not in slug(_one_line(first))
        kept = [replace(first, kind=BlockKind.PARAGRAPH, level=0)] if foreign else []
        return named or _one_line(first), [*kept, *blocks[1:]]
    return named or (_one_line(first) if marker_depth(_one_line(first)) is None else ""), blocks


def _one_line(block: Block) -> str:
    return " ".join(block.text.split())


def _sections(document: Document, blocks: Sequence[Block], entries: Sequence[ContentsEntry]) -> Iterator[Section]:
    headings = [block for block in blocks if block.kind is BlockKind.HEADING]
    titles = [_one_line(heading) for heading in headings]
    matched = match_entries(titles, entries) if entries else []
    said = all(heading.said for heading in headings)
    levels = repaired_levels(titles, [heading.level for heading in headings], matched, said=said)
    pages = _pages(headings, matched)
    taken: Counter[str] = Counter()
    path: tuple[str, ...] = ()
    page = pages[0] if pages and blocks[0].kind is BlockKind.HEADING else blocks[0].page
    position = -1
    body: list[Block] = []
    for block in blocks:
        if block.kind is not BlockKind.HEADING:
            body.append(block)
            continue
        if position >= 0 or body:
            yield _section(document, path, page, body, taken)
        position += 1
        path, page, body = (*path[: levels[position] - 1], titles[position]), pages[position], []
    yield _section(document, path, page, body, taken)


def _pages(headings: Sequence[Block], matched: Sequence[ContentsEntry | None]) -> list[int | None]:
    """The page each heading stands on: as the file marks it, else as the contents list has it, else the last known."""
    pages: list[int | None] = []
    last: int | None = None
    for position, heading in enumerate(headings):
        entry = matched[position] if matched else None
        last = heading.page or (entry.page if entry else None) or last
        pages.append(last)
    return pages


def _section(
    document: Document, path: tuple[str, ...], page: int | None, body: Sequence[Block], taken: Counter[str]
) -> Section:
    wanted = anchor = "/".join(slug(heading) or "section" for heading in path) or "start"
    while anchor in taken:  # "Data", "Data" and "Data 2" would be two alike
        taken[wanted] += 1
        anchor = f"{wanted}-{taken[wanted]}"
    taken[anchor] = 1
    text, runs = _joined(body)
    return Section(document, path, anchor, text, page, runs)


def _joined(body: Sequence[Block]) -> tuple[str, tuple[Run, ...]]:
    """The section's text, paragraphs parted by a blank line, sentences cut between two paragraphs made whole again."""
    text = ""
    runs: list[Run] = []
    for previous, block in zip([None, *body], body, strict=False):
        if previous is not None:
            text += " " if _is_cut(previous, block) else "\n\n"
        shown = replace(block, text=block.text.replace("\n", " "))
        runs.extend(Run(run.start + len(text), run.source, run.length) for run in shown.runs)
        text += shown.text
    return text, tuple(runs)


def _is_cut(previous: Block, block: Block) -> bool:
    """Whether a page break parts one sentence: the first half does not end, the second goes on in the middle."""
    first, second = previous.text.rstrip(), block.text.lstrip()
    return (
        previous.kind is block.kind is BlockKind.PARAGRAPH
        and not first.rstrip(_CLOSERS).endswith(_FINISHED)
        and not _ENUMERATED.match(second)
        and (second[:1].islower() or _asks_for_more(first))
    )


def _asks_for_more(text: str) -> bool:
    """Whether the last word is one that no sentence ends in, so that even a capital letter goes on with it."""
    words = text.split()
    return words[-1] in _NEVER_LAST or (words[-1] in _SELDOM_LAST and len(words) >= _PROSE_WORDS)
