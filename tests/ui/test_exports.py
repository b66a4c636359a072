"""Answers taken away: what the files say, read back with other people's readers."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from markdown_it import MarkdownIt

from assistant.exports import as_markdown, as_record, as_word
from assistant.types import Turn
from assistant.ui.entries import numbered


@pytest.fixture
def turns(assistant) -> tuple[Turn, ...]:
    """An answer, a refusal, and an answer that cites a place of the first again."""
    first = Turn("How is safety regulated?", assistant.ask("How is safety regulated?"))
    second = Turn("How much money?", assistant.ask("How much money?"))
    again = replace(first.answer, sentences=(first.answer.sentences[1],))
    return first, second, Turn("And when?", numbered(again, (first, second)))


def _footnotes(content: bytes) -> list[str]:
    part = docx.Document(BytesIO(content)).part.part_related_by(RELATIONSHIP_TYPE.FOOTNOTES)
    notes = docx.oxml.parse_xml(part.blob).findall(qn("w:footnote"))
    return [
        "".join(text.text or "" for text in note.iter(qn("w:t"))).strip()
        for note in notes
        if not note.get(qn("w:type"))
    ]


def _said(turns) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(BytesIO(as_word(turns))).paragraphs)


def _references(content: bytes) -> list[str]:
    body = docx.Document(BytesIO(content)).element.body
    return [found.get(qn("w:id")) for found in body.iter(qn("w:footnoteReference"))]


def test_a_word_document_has_a_real_footnote_for_each_citation(turns):
    content = as_word(turns[:1])
    citations = turns[0].answer.citations
    notes = _footnotes(content)
    assert _references(content) == ["1", "2", "3"]
    assert len(notes) == len(citations)
    for note, citation in zip(notes, citations, strict=True):
        assert f"“{citation.quote}”" in note
        assert citation.section.document.title in note
    said = [paragraph.text for paragraph in docx.Document(BytesIO(content)).paragraphs]
    for sentence in turns[0].answer.sentences:
        assert sentence.text in said


def test_a_place_cited_again_points_to_its_first_footnote(turns):
    notes = _footnotes(as_word(turns))
    assert len(notes) == 4
    assert notes[3].startswith("As note 2: ")


def test_a_refusal_is_exported_as_one(turns):
    written = as_markdown(turns[1:2])
    assert "**Not in the text**" in written
    assert "Closest passages" in written
    assert f"“{turns[1].answer.nearest[0].passage.text[:40]}" in written
    assert "[^" not in written
    assert _references(as_word(turns[1:2])) == []


def test_markdown_defines_every_footnote_once_and_keeps_its_number(turns):
    written = as_markdown(turns)
    used = re.findall(r"\[\^(\d+)\](?!:)", written)
    defined = re.findall(r"^\[\^(\d+)\]:", written, re.MULTILINE)
    assert used == ["1", "2", "3", "2"]
    assert defined == ["1", "2", "3"]


def test_how_a_question_was_understood_and_what_read_the_text_is_said_in_words(turns):
    answer = replace(
        turns[0].answer, standalone_question="How is online safety regulated?", generator="quote, read by X"
    )
    for written in (as_markdown((Turn("How?", answer),)), _said((Turn("How?", answer),))):
        assert "Understood as: How is online safety regulated?" in written
        assert "Read by X" in written
        assert "quote, read" not in written
    assert "Understood as" not in as_markdown(turns[:1])


def test_a_word_document_says_when_it_was_made(turns):
    made = docx.Document(BytesIO(as_word(turns))).core_properties.created
    assert abs((datetime.now(UTC).replace(tzinfo=None) - made.replace(tzinfo=None)).total_seconds()) < 600


def test_text_of_a_document_never_becomes_markup(assistant, hostile_section):
    answer = assistant.ask("Show the hostile one")
    turn = Turn("1. [x](javascript:alert(1)) <b>", replace(answer, note="# ![a](https://attacker.example/b)"))
    tokens = MarkdownIt("commonmark").parse(re.sub(r"\[\^\d+\]:?", "", as_markdown((turn,))))
    kinds = {inner.type for token in tokens for inner in (token, *(token.children or ()))}
    assert not kinds & {"html_inline", "html_block", "link_open", "image", "ordered_list_open", "code_inline"}
    assert "<script>window.pwned = 1</script>" in "".join(
        inner.content for token in tokens for inner in token.children or ()
    )
    assert hostile_section.text[40:60] in docx.Document(BytesIO(as_word((turn,)))).element.xml.replace(
        "&lt;", "<"
    ).replace("&gt;", ">")


def test_characters_that_xml_cannot_hold_are_left_out_of_word(turns):
    turn = Turn("What\x00 is \x0b\ud800this\ufffe?", turns[1].answer)
    headings = [paragraph.text for paragraph in docx.Document(BytesIO(as_word((turn,)))).paragraphs]
    assert "What is this?" in headings


def test_the_record_has_fingerprints_models_and_checks(turns):
    record = json.loads(json.dumps(as_record(turns)))
    document = turns[0].answer.citations[0].section.document
    assert record["documents"] == [{"id": document.id, "title": document.title, "sha256": document.fingerprint}]
    assert record["generators"] == ["quote", "quote, read by qwen2.5-coder-1.5b-instruct-q4_k_m"]
    checks = record["answers"][0]["checks"]
    assert [check["sentence"] for check in checks] == [one.text for one in turns[0].answer.sentences]
    assert all(check["stands"] and check["is_quote"] for check in checks)
    assert record["answers"][0]["citations"][0]["quote"] == turns[0].answer.citations[0].quote


def test_a_check_that_fails_is_in_the_record(turns):
    sentence = turns[0].answer.sentences[1]
    wrong = replace(sentence, text="The latest exchange took place in October 2031.")
    answer = replace(turns[0].answer, sentences=(wrong,))
    check = as_record([Turn("When?", answer)])["answers"][0]["checks"][0]
    assert not check["stands"]
    assert "2031" in check["problem"]
