"""Conversations to the browser's JSON and back, checked against the text."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from assistant.types import Turn
from assistant.ui.entries import Problem, Stopped
from assistant.ui.keeping import kept, restored
from assistant.ui.notebook import Notebook


@pytest.fixture
def by_id(sections):
    return {section.id: section for section in sections}


@pytest.fixture
def notebook(assistant) -> Notebook:
    made = Notebook()
    turns = [Turn(question, assistant.ask(question)) for question in ("How is safety regulated?", "How much money?")]
    made.write((turns[0], Problem("?", "No."), Stopped("?"), turns[1]))
    made.begin()
    made.write((Turn("Hello", assistant.ask("What is the weather?")),))
    return made


def _again(notebook: Notebook) -> object:
    return json.loads(json.dumps(kept(notebook)))


def test_what_was_answered_comes_back_as_it_was(notebook, by_id):
    found = restored(_again(notebook), by_id, "Ask again.")
    assert [one.title for one in found.conversations] == ["How is safety regulated?", "Hello"]
    assert found.current.id == notebook.current.id
    first, second = found.conversations[0].entries
    assert first == notebook.conversations[0].entries[0]
    assert second.answer.message == notebook.conversations[0].entries[3].answer.message
    assert [hit.passage for hit in second.answer.nearest] == [
        hit.passage for hit in notebook.conversations[0].entries[3].answer.nearest
    ]


def test_an_answer_whose_document_has_changed_is_not_shown_but_kept(notebook, by_id):
    changed = {
        id_: replace(section, document=replace(section.document, fingerprint="f" * 64))
        for id_, section in by_id.items()
    }
    given = _again(notebook)
    found = restored(given, changed, "Ask again.")
    assert [(type(one), one.line) for one in found.conversations[0].entries] == [(Problem, "Ask again.")] * 2
    assert _again(found) == given


def test_the_oldest_conversations_give_way_before_the_browser_is_full(assistant, by_id):
    full = Notebook()
    answer = assistant.ask("How is safety regulated?")
    for number in range(30):
        full.begin()
        full.write(tuple(Turn(f"{number}.{turn} {'x' * 5000}", answer) for turn in range(10)))
    given = _again(full)
    assert len(json.dumps(given, ensure_ascii=False)) < 1_600_000
    titles = [one.title for one in restored(given, by_id, "Ask again.").conversations]
    assert 10 < len(titles) < 30
    assert titles == [one.title for one in full.conversations[-len(titles) :]]


@pytest.mark.parametrize("harm", ["quote", "start", "section", "number"])
def test_a_citation_that_was_tampered_with_is_not_shown(notebook, by_id, harm):
    given = _again(notebook)
    place = given["conversations"][0]["turns"][0]["sentences"][0]["citations"][0]
    place[harm] = {"quote": "We agreed to everything.", "start": 3, "section": "no#where", "number": "one"}[harm]
    found = restored(given, by_id, "Ask again.")
    shown = [entry for one in found.conversations for entry in one.entries]
    assert not any(isinstance(entry, Turn) and entry.answer.sentences for entry in shown)


@pytest.mark.parametrize("given", [None, "", [], {"conversations": 3}, {"current": "", "conversations": [{}]}, 10**400])
def test_anything_else_in_the_browser_is_an_empty_notebook(given, by_id):
    found = restored(given, by_id, "Ask again.")
    assert found.conversations == ()
    assert found.current.entries == ()


def test_conversations_are_renamed_deleted_and_opened(notebook, assistant):
    first, second = notebook.conversations
    notebook.rename(first.id, "  Safety \n and money ")
    notebook.rename(second.id, "   ")
    assert [one.title for one in notebook.conversations] == ["Safety and money", "Hello"]
    notebook.open(first.id)
    notebook.write((*notebook.current.entries, Turn("When?", assistant.ask("When?"))))
    assert notebook.current.title == "Safety and money"
    notebook.delete(first.id)
    assert [one.id for one in notebook.conversations] == [second.id]
    assert notebook.current.entries == ()
    notebook.open("nowhere")
    notebook.rename("nowhere", "x")
    notebook.delete("nowhere")
    assert [one.id for one in notebook.conversations] == [second.id]
