"""An assistant whose library changes while it answers."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace

import pytest

from assistant.librarian import Librarian
from assistant.opening import Opener
from assistant.settings import Settings
from assistant.stock import Stock, Work
from assistant.types import Answer, AssistantError
from assistant.uploads import Upload, UploadFolder
from assistant.wanted import NoLongerWantedError, wanted_while
from index.intake import LeftOut, NothingToIndexError, Report
from index.types import Progress, SearchError

_SECONDS = 20


@dataclass
class FakeOpener:
    """Opens once `gate` is open; each opening answers with its number and holds the files brought before it."""

    gate: threading.Event = field(default_factory=threading.Event)
    fetched: threading.Event = field(default_factory=threading.Event)
    error: Exception | None = None
    files: list[Path] = field(default_factory=list)
    openings: int = 0
    wants_model: bool = False
    closed: bool = False

    def open(self, progress: Progress) -> SimpleNamespace:
        progress("Embedding", 3, 9)
        assert self.gate.wait(_SECONDS)
        if self.error:
            raise self.error
        self.openings += 1
        number = self.openings

        def stream(question: str, history: Sequence[object] = (), documents: Sequence[str] = ()) -> Iterator[str]:
            yield f"{question} from opening {number} of {','.join(documents)}"

        documents = tuple(SimpleNamespace(id=one.stem, title=one.stem.title(), source=str(one)) for one in self.files)
        return SimpleNamespace(assistant=SimpleNamespace(stream=stream), stock=Stock(documents))

    def bring_in(self, files: Sequence[Path], progress: Progress) -> Report:
        progress("Reading", 1, 2)
        bad = tuple(LeftOut(file, f"{file}: no text") for file in files if "bad" in file.name)
        good = [file for file in files if "bad" not in file.name]
        if self.error:
            raise self.error
        if not good and not self.files:
            raise NothingToIndexError(bad)
        self.files += good
        return Report(added=tuple(file.stem for file in good), left_out=bad, built=bool(good))

    def lacks_model(self) -> bool:
        return self.wants_model

    def fetch(self, progress: Progress) -> str:
        progress("fetching m.gguf", 5, 10)
        assert self.fetched.wait(_SECONDS)
        return "fetched m.gguf"

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def opener() -> Iterator[FakeOpener]:
    made = FakeOpener(files=[Path("/first.md")])
    yield made
    made.gate.set()
    made.fetched.set()


@pytest.fixture
def librarian(opener: FakeOpener, tmp_path: Path) -> Librarian:
    return Librarian(opener, UploadFolder(tmp_path / "documents", 1000))


@pytest.fixture
def sent(tmp_path: Path) -> Callable[[str], Upload]:
    def send(name: str) -> Upload:
        path = tmp_path / f"sent-{name}"
        path.write_text(f"# {name}\n\nSome words.\n", encoding="utf-8")
        return Upload(name, path)

    return send


def test_while_it_opens_it_says_how_far_it_is_and_a_question_waits(librarian: Librarian, opener: FakeOpener) -> None:
    librarian.start()
    answers: list[object] = []
    asking = threading.Thread(target=lambda: answers.extend(librarian.stream("When?")))
    asking.start()
    assert not librarian.wait(0.2)
    assert not librarian.standing().is_open
    assert librarian.standing().library == Work("Embedding", 3, 9)
    assert (librarian.stock(), answers) == (Stock(), [])
    opener.gate.set()
    asking.join(_SECONDS)
    assert answers == ["When? from opening 1 of first"]
    assert librarian.standing().is_open
    assert librarian.standing().library is None


def test_a_question_that_is_given_up_does_not_wait_for_the_opening(librarian: Librarian) -> None:
    librarian.start()
    with wanted_while(lambda: False), pytest.raises(NoLongerWantedError):
        next(librarian.stream("When?"))


@pytest.mark.parametrize("error", [SearchError("The index is damaged."), AssistantError("No such model.")])
def test_what_keeps_it_from_opening_is_told_and_every_question_gets_it(opener: FakeOpener, error: Exception) -> None:
    told: list[str] = []
    opener.error = error
    opener.gate.set()
    librarian = Librarian(opener, None, told.append)
    librarian.start()
    assert librarian.wait(_SECONDS)
    assert librarian.failed == str(error)
    with pytest.raises(AssistantError, match=str(error)):
        list(librarian.stream("When?"))
    for thread in threading.enumerate():
        if thread.name == "opening":
            thread.join(_SECONDS)
    assert told == [str(error)]


def test_what_nobody_foresaw_is_a_line_without_its_words(opener: FakeOpener) -> None:
    opener.error = ZeroDivisionError("/secret/place")
    opener.gate.set()
    librarian = Librarian(opener, None)
    librarian.start()
    assert librarian.wait(_SECONDS)
    assert librarian.failed == "Something went wrong; the program’s log says what."


def test_an_empty_library_is_open_once_it_holds_a_document(
    librarian: Librarian, opener: FakeOpener, sent: Callable[[str], Upload]
) -> None:
    opener.files.clear()
    opener.gate.set()
    opener.error = NothingToIndexError()
    librarian.start()
    assert librarian.wait(_SECONDS)
    assert (librarian.failed, librarian.standing().is_open) == ("", True)
    with pytest.raises(AssistantError, match="There is no document yet"):
        list(librarian.stream("When?"))
    opener.error = None
    refused = librarian.bring([sent("bad.md")])
    assert [one.reason for one in refused.refused] == ["no text"]
    added = librarian.bring([sent("good.md")])
    assert [one.title for one in added.added] == ["Good"]
    assert list(librarian.stream("When?")) == ["When? from opening 1 of good"]


def test_files_are_brought_in_and_each_is_accounted_for(
    librarian: Librarian, opener: FakeOpener, sent: Callable[[str], Upload], tmp_path: Path
) -> None:
    opener.gate.set()
    librarian.start()
    brought = librarian.bring([sent("good.md"), sent("bad.md")])
    assert [(one.name, one.title) for one in brought.added] == [("good.md", "Good")]
    assert [(one.name, one.reason) for one in brought.refused] == [("bad.md", "no text")]
    assert [path.name for path in (tmp_path / "documents").iterdir()] == ["good.md"]
    assert librarian.stock().ids == ("first", "good")
    assert list(librarian.stream("When?")) == ["When? from opening 2 of first,good"]
    assert librarian.standing().library is None


def test_where_the_index_cannot_be_written_the_files_do_not_stay(
    librarian: Librarian, opener: FakeOpener, sent: Callable[[str], Upload], tmp_path: Path
) -> None:
    opener.gate.set()
    librarian.start()
    assert librarian.wait(_SECONDS)
    opener.error = SearchError("The index cannot be written.")
    with pytest.raises(SearchError):
        librarian.bring([sent("good.md")])
    assert list((tmp_path / "documents").iterdir()) == []
    assert librarian.standing().library is None
    assert list(librarian.stream("When?")) == ["When? from opening 1 of first"]


def test_a_library_without_uploads_takes_none(opener: FakeOpener, sent: Callable[[str], Upload]) -> None:
    librarian = Librarian(opener, None)
    assert librarian.most_bytes == 0
    with pytest.raises(AssistantError, match="takes no documents"):
        librarian.bring([sent("good.md")])


def test_questions_are_answered_while_the_model_is_fetched_and_with_it_after_that(opener: FakeOpener) -> None:
    told: list[str] = []
    opener.wants_model = True
    opener.gate.set()
    librarian = Librarian(opener, None, told.append)
    librarian.start(fetch=True)
    assert librarian.wait(_SECONDS)
    assert list(librarian.stream("When?")) == ["When? from opening 1 of first"]
    while librarian.standing().model != Work("fetching m.gguf", 5, 10):
        assert not opener.fetched.wait(0.01)
    opener.fetched.set()
    for thread in threading.enumerate():
        if thread.name == "fetching":
            thread.join(_SECONDS)
    assert librarian.standing().model is None
    assert list(librarian.stream("When?")) == ["When? from opening 2 of first"]
    assert told == ["fetched m.gguf"]


def test_a_model_that_is_here_is_not_fetched(librarian: Librarian, opener: FakeOpener) -> None:
    opener.gate.set()
    librarian.start(fetch=True)
    assert librarian.wait(_SECONDS)
    assert librarian.standing().model is None
    librarian.close()
    assert opener.closed


def test_it_can_be_closed_while_it_opens(librarian: Librarian, opener: FakeOpener) -> None:
    librarian.start()
    closing = threading.Thread(target=librarian.close, daemon=True)
    closing.start()
    closing.join(_SECONDS)
    assert opener.closed


@pytest.mark.model
def test_a_document_of_the_reader_s_own_is_answered_from_and_a_bad_one_is_not(tmp_path: Path) -> None:
    librarian = Librarian(Opener(Settings(home=tmp_path, llm="none")), UploadFolder(tmp_path / "documents", 10**6))
    librarian.start()
    text = "# Ferry rules\n\n## Fares\n\nA return ticket for the island ferry costs nineteen pounds.\n"
    sent = []
    for name, content in (("ferry.md", text), ("ferry copy.md", text), ("empty.txt", ""), ("table.xlsx", "x")):
        (tmp_path / f"sent-{name}").write_text(content, encoding="utf-8")
        sent.append(Upload(name, tmp_path / f"sent-{name}"))
    brought = librarian.bring(sent)
    assert [one.title for one in brought.added] == ["Ferry rules"]
    reasons = {one.name: one.reason for one in brought.refused}
    assert set(reasons) == {sent[0].name, sent[1].name, "empty.txt", "table.xlsx"} - {brought.added[0].name}
    assert not any(str(tmp_path) in reason for reason in reasons.values())
    assert "cannot read a .xlsx" in reasons["table.xlsx"]
    *_, answer = librarian.stream("How much is a return ticket for the island ferry?")
    assert isinstance(answer, Answer)
    assert "nineteen pounds" in answer.sentences[0].text
    assert {section.document.title for section in librarian.stock().sections} >= {"Ferry rules"}
    librarian.close()
