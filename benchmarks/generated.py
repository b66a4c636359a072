"""Collections of made-up documents of any size: Markdown, web pages, text and Word, no two alike, always the same."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from functools import lru_cache
from io import BytesIO
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from index.weights import dictionary

_SECTIONS = 6
_PARAGRAPHS = 2
_SENTENCES = (3, 6)
_WORDS = (9, 24)
_DIFFERENT = 15_000
_COMMON = (
    "the of and to in a for that is on with as by at from will shall this be are it an or which board council agency "
    "plan year service data review report public access fund standard network"
).split()


class Part(NamedTuple):
    """A heading and its paragraphs."""

    heading: str
    paragraphs: tuple[str, ...]


def write_collection(folder: Path, documents: int) -> list[Path]:
    """Write so many documents of some 900 words: of ten, five in Markdown, three web pages, one text, one Word."""
    folder.mkdir(parents=True, exist_ok=True)
    return [_write(folder, number) for number in range(documents)]


def made_up_questions(count: int) -> list[str]:
    """Questions in the words of the collections."""
    words = random.Random("questions")
    return [f"What does the plan of {_name(words)} say of {_sentence(words, 5)}?" for _ in range(count)]


def _write(folder: Path, number: int) -> Path:
    words = random.Random(number)
    title = f"{_name(words)} {_name(words)} Plan {number}"
    parts = [
        Part(f"{_name(words)} and {_name(words).lower()}", tuple(_paragraph(words) for _ in range(_PARAGRAPHS)))
        for _ in range(_SECTIONS)
    ]
    suffix, written = _FORMATS[number % len(_FORMATS)]
    path = folder / f"plan-{number:06}{suffix}"
    path.write_bytes(written(title, parts))
    return path


def _paragraph(words: random.Random) -> str:
    sentences = (_sentence(words, words.randint(*_WORDS)) for _ in range(words.randint(*_SENTENCES)))
    text = " ".join(f"{sentence[0].upper()}{sentence[1:]}." for sentence in sentences)
    return f"{text} It is filed under {words.choice('ABCDEFGH')}{words.randrange(1_000_000)}."  # new words without end


def _sentence(words: random.Random, length: int) -> str:
    """Every second word common, the others by Zipf's law from a vocabulary of 15,000."""
    rare = words.choices(range(_DIFFERENT), cum_weights=_SUMS, k=length // 2)
    common = words.choices(_COMMON, k=length - length // 2)
    return " ".join(words.sample([*common, *map(_word, rare)], length))


def _name(words: random.Random) -> str:
    return _word(words.randrange(_DIFFERENT)).title()


def _word(number: int) -> str:
    return _vocabulary()[number]


@lru_cache(maxsize=1)
def _vocabulary() -> list[str]:
    """English words, so that the model cuts them into no more pieces than a real document's; in a fixed disorder."""
    words = sorted(word for word in dictionary() if word.isascii() and word.isalpha() and len(word) > 2)
    return random.Random(0).sample(words, _DIFFERENT)


_SUMS = list(accumulate(1 / (rank + 10) for rank in range(_DIFFERENT)))


def _markdown(title: str, parts: Sequence[Part]) -> bytes:
    body = (f"## {part.heading}\n\n" + "\n\n".join(part.paragraphs) for part in parts)
    return (f"# {title}\n\n" + "\n\n".join(body) + "\n").encode()


def _page(title: str, parts: Sequence[Part]) -> bytes:
    body = "".join(f"<h2>{part.heading}</h2>" + "".join(f"<p>{text}</p>" for text in part.paragraphs) for part in parts)
    head = f"<!DOCTYPE html><html><head><title>{title}</title></head>"
    return f"{head}<body><main><h1>{title}</h1>{body}</main></body></html>".encode()


def _text(title: str, parts: Sequence[Part]) -> bytes:
    body = (f"{n}. {part.heading}\n\n" + "\n\n".join(part.paragraphs) for n, part in enumerate(parts, start=1))
    return (f"{title.upper()}\n\n" + "\n\n".join(body) + "\n").encode()


def _word_file(title: str, parts: Sequence[Part]) -> bytes:
    import docx

    document = docx.Document()
    document.add_heading(title, 0)
    for part in parts:
        document.add_heading(part.heading, 1)
        for text in part.paragraphs:
            document.add_paragraph(text)
    held = BytesIO()
    document.save(held)
    return held.getvalue()


_Written = Callable[[str, Sequence[Part]], bytes]
_FORMATS: list[tuple[str, _Written]] = [
    *[(".md", _markdown)] * 5,
    *[(".html", _page)] * 3,
    (".txt", _text),
    (".docx", _word_file),
]
