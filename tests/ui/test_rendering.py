"""The HTML of a conversation, read back with the standard library's parser."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

import pytest

from assistant.types import Answer, Citation, Sentence, Status, Turn
from assistant.ui.cards import current_sources, marked_paragraphs, past_sources, reference
from assistant.ui.entries import Pending, Problem, Stopped, numbered
from assistant.ui.listing import conversations
from assistant.ui.notebook import Notebook
from assistant.ui.rendering import aimed_questions, announcement, exchange, exchanges, masthead
from assistant.ui.words import ENGLISH, JAPANESE
from corpus.types import Document, Passage, Section
from index.types import Hit


def conversation(entries, words=ENGLISH) -> str:
    return exchanges(entries, words)


def source_panel(entries, words=ENGLISH) -> str:
    return past_sources(entries[:-1], words) + current_sources(len(entries), entries[-1], words)


class Reader(HTMLParser):
    """Collects the tags, the words, and the words inside each `<mark>`."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.marks: list[str] = []
        self._open = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "mark":
            self._open = True
            self.marks.append("")

    def handle_endtag(self, tag: str) -> None:
        self._open = self._open and tag != "mark"

    def handle_data(self, data: str) -> None:
        self.words += data
        if self._open:
            self.marks[-1] += data

    def count(self, tag: str, **attributes: str) -> int:
        wanted = {key.rstrip("_"): value for key, value in attributes.items()}
        return sum(name == tag and wanted.items() <= found.items() for name, found in self.tags)


def _answered(citation: Citation, question: str = "When?", **rest: object) -> Turn:
    sentences = (Sentence(citation.quote, (citation,)),)
    return Turn(question, Answer(question, question, Status.ANSWERED, sentences, **rest))


def _refused(status: Status, **rest: object) -> Turn:
    answer = Answer("How much?", "How much?", status, message="It does not say.", **rest)
    return Turn("How much?", answer)


def test_every_sentence_of_the_statement_is_marked_at_its_exact_offsets(sections):
    for section in sections:
        for number, span in enumerate(section.paragraphs, start=1):
            passage = Passage(section, span.start, span.end)
            start, end = span.start + 3, span.end - 4
            reader = Reader(marked_paragraphs(Citation(number, passage, start, end)))
            assert reader.marks == [section.text[start:end]]
            assert reader.words == section.text[span.start : span.end]


def test_words_across_two_paragraphs_are_marked_in_both():
    section = Section(Document("d", "D", "d.md", ""), ("H",), "h", "One. Two.\n\nThree & four. Five.\n\nSix.")
    citation = Citation(1, Passage(section, 0, 30), 5, 24)
    reader = Reader(marked_paragraphs(citation))
    assert citation.quote == "Two.\n\nThree & four."
    assert reader.marks == ["Two.", "Three & four."]
    assert reader.words == "One. Two.Three & four. Five."


def test_a_marker_names_its_source_and_points_to_its_card(assistant):
    entries = (_answered(assistant.citation("The latest exchange took place in October 2024.")),)
    talk, panel = Reader(conversation(entries)), Reader(source_panel(entries))
    label = "Source 1: Online Safety, paragraph 1"
    assert talk.count("button", class_="marker", **{"data-source": "source-1-1", "aria-label": label}) == 1
    assert panel.count("li", class_="card is-open", id_="source-1-1") == 1


def test_the_words_of_a_card_say_where_they_stand(assistant, hostile_section):
    entries = (_answered(assistant.citation("Before it.")),)
    words = Reader(source_panel(entries)).words
    assert "Heading <b>two</b>" in words
    assert "Paragraph 2 · page 3 · " + hostile_section.document.title in words


def test_markup_in_a_question_answer_or_document_stays_words(assistant, hostile_section):
    citation = assistant.citation(hostile_section.text[34:-10])
    title = hostile_section.document.title
    turn = _answered(citation, question=title, note=title, generator=f"quote, read by {title}")
    shown = (turn, Problem(title, title), Stopped(title, turn.answer))
    pending = Pending(title, (Hit(citation.passage, 1.0, 1.0, 1.0),))
    for html in (
        conversation(shown) + exchange(4, pending, ENGLISH),
        source_panel((turn,)) + current_sources(4, pending, ENGLISH),
        conversation((replace_standalone(turn, title),)),
    ):
        reader = Reader(html)
        tags = {name for name, _ in reader.tags}
        assert title in reader.words
        assert not tags & {"script", "img", "h1", "a", "b"}
        assert not [key for _, attributes in reader.tags for key in attributes if key.startswith("on")]


def replace_standalone(turn: Turn, text: str) -> Turn:
    return Turn("?", replace(turn.answer, question="?", standalone_question=text))


@pytest.mark.parametrize("status", [Status.NOT_STATED, Status.OFF_TOPIC, Status.UNCLEAR])
def test_a_refusal_has_no_markers_and_no_source_cards(status):
    entries = (_refused(status),)
    talk, panel = Reader(conversation(entries)), Reader(source_panel(entries))
    assert ENGLISH.status(status) in talk.words
    assert "It does not say." in talk.words
    assert talk.count("button", class_="marker") == panel.count("li") == panel.count("mark") == 0


def test_the_closest_passages_are_not_called_sources(assistant):
    answer = assistant.ask("How much money?")
    entries = (Turn(answer.question, answer),)
    talk, panel = Reader(conversation(entries)), Reader(source_panel(entries))
    assert "Closest passages" in panel.words
    assert talk.count("button", class_="marker") == panel.count("mark") == 0
    assert panel.count("ul", class_="cards nearest") == 1
    assert not [attributes for _, attributes in panel.tags if "id" in attributes]


def test_a_question_the_text_does_not_answer_is_aimed_at_the_sections_near_it(assistant):
    answer = assistant.ask("How much money?")
    headings = {hit.passage.section.heading for hit in answer.nearest}
    assert aimed_questions(answer) == [f"What are the key points of the section “{heading}”?" for heading in headings]
    talk = Reader(conversation((Turn(answer.question, answer),)))
    assert talk.count("button", **{"data-question": aimed_questions(answer)[0]}) == 1


def test_what_is_english_in_a_japanese_conversation_is_marked(assistant):
    refused = replace(assistant.ask("How much money?"), question="資金は？", note="No model.")
    talk = Reader(
        conversation((Turn("資金は？", refused), Problem("長い", "The question has 9 characters.")), JAPANESE)
    )
    assert talk.count("textarea", name="question", lang="en") == 1
    assert talk.count("p", lang="en", **{"class": "note"}) == 1
    assert talk.count("p", lang="en", **{"class": "sentence"}) == 2
    assert talk.count("button", lang="ja", **{"data-question": aimed_questions(refused)[0]}) == 1
    assert Reader(masthead(["Joint Statement"], "…", JAPANESE)).count("cite", lang="en") == 1
    notebook = Notebook()
    notebook.write((Turn("When did it meet?", refused),))
    assert Reader(conversations(notebook, JAPANESE)).count("bdi", lang="en") == 1


def test_the_question_as_understood_is_shown_only_when_it_differs(assistant):
    first = assistant.ask("When did it meet?", (_refused(Status.UNCLEAR),))
    shown = Reader(conversation((Turn("When did it meet?", first),)))
    assert "Understood as" in shown.words
    assert "Who attended the third Digital Council?" in shown.words
    assert shown.count("textarea", name="question") == 1
    same = assistant.ask("When did the Council meet?")
    assert "Understood as" not in conversation((Turn(same.question, same),))
    wider = replace(same, question="「第３回」はいつ？", standalone_question="「第3回」はいつ?")
    assert "Understood as" not in conversation((Turn(wider.question, wider),))


def test_only_the_last_answer_keeps_its_cards_in_sight(assistant):
    turn = _answered(assistant.citation("The latest exchange took place in October 2024."))
    groups = [attributes for tag, attributes in Reader(source_panel((turn, turn))).tags if tag == "div"]
    assert [("hidden" in group) for group in groups if group.get("class") == "group"] == [True, False]


def test_a_problem_is_one_line_and_announced():
    entries = (Problem("?", "The question is longer than 2000 characters; shorten it."),)
    assert "longer than 2000" in Reader(conversation(entries)).words
    assert "longer than 2000" in Reader(announcement(entries[-1], ENGLISH)).words


def test_the_masthead_names_one_document_and_lists_several():
    assert "A & B" in Reader(masthead(["A & B"], "", ENGLISH)).words
    several = Reader(masthead(["A", "<b>B</b>"], "", ENGLISH))
    assert "2 documents" in several.words
    assert several.count("li") == 2
    assert several.count("b") == 0


def test_the_same_words_keep_their_number_and_others_get_the_next(assistant):
    first = assistant.ask("How is safety regulated?")
    again = replace(first, sentences=tuple(reversed(first.sentences)))
    assert [cited.number for one in numbered(again, (Turn("?", first),)).sentences for cited in one.citations] == [
        3,
        2,
        1,
    ]
    other = assistant.ask("When did the Council meet?")
    assert [cited.number for cited in numbered(other, (Turn("?", first), Stopped("?", first))).citations] == [4]
    assert numbered(first, ()) == first


def test_what_is_copied_is_the_quote_and_where_it_stands(assistant):
    citation = assistant.citation("The latest exchange took place in October 2024.")
    assert reference(citation) == (
        "“The latest exchange took place in October 2024.”\n"
        f"{citation.section.document.title}, "
        "Pillar Three: Digital Regulation and Standards › Online Safety, paragraph 1, page 6"
    )


def test_what_was_found_is_shown_while_it_is_read_and_not_as_sources(assistant):
    pending = Pending("How much money?", assistant.ask("How much money?").nearest)
    panel = Reader(current_sources(1, pending, ENGLISH))
    assert "Closest passages" in panel.words
    assert "not cited" in panel.words
    assert panel.count("mark") == 0
    assert "Closest passages found" in Reader(announcement(pending, ENGLISH)).words


def test_an_answer_says_what_read_the_text_and_how_long_that_took(assistant):
    citation = assistant.citation("The latest exchange took place in October 2024.")
    slow = _answered(citation, generator="quote, read by <m>", seconds={"search": 1.0, "total": 2.44})
    assert "Read by <m> · 2.4 s" in Reader(conversation((slow,))).words
    written = _answered(citation, generator="write by <w>, read by <m>", seconds={"total": 2.44})
    said = "Written by <w>, each sentence checked against the text · Read by <m> · 2.4 s"
    assert said in Reader(conversation((written,))).words
    alone = _answered(citation, generator="write by <w>")
    assert "Written by <w>" in Reader(conversation((alone,))).words
    assert "Read without a language model" in Reader(conversation((alone,))).words
    fast = _answered(citation, generator="quote", seconds={"total": 0.02})
    assert "Read without a language model · < 0.1 s" in Reader(conversation((fast,))).words


def test_how_many_sources_there_are_is_announced(assistant):
    one, three = (Turn("?", assistant.ask(question)) for question in ("When?", "How is safety regulated?"))
    assert "Answered, 1 source<" in announcement(one, ENGLISH)
    assert "Partly, 3 sources<" in announcement(three, ENGLISH)


def test_a_stopped_question_keeps_the_sentences_that_were_there(assistant):
    answer = assistant.ask("When did the Council meet?")
    shown = Reader(exchange(1, Stopped("When?", answer), ENGLISH))
    assert "Stopped" in shown.words
    assert answer.sentences[0].text in shown.words
    assert "Answered" not in shown.words


def test_a_marker_keeps_to_the_word_it_follows_unless_that_is_long(assistant):
    turn = _answered(assistant.citation("The latest exchange took place in October 2024."))
    assert "<span class='tail'><bdi>2024.</bdi><button" in conversation((turn,))
    citation = turn.answer.citations[0]
    words = "日本と英国は半導体について協力を続けることで一致した。"
    answer = Answer("?", "?", Status.ANSWERED, (Sentence(words, (citation,)),))
    assert f"<bdi>{words}</bdi><button" in conversation((Turn("?", answer),))
