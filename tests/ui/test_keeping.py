"""Conversations to the browser's JSON and back, checked against the text."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from assistant.types import Turn
from assistant.ui.entries import Problem, Stopped
from assistant.ui.keeping import answered, kept, restored
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


def _again(notebook: Notebook) -> dict[str, Any]:
    """What a browser hands over after it was given each conversation."""
    rows = [
        {**kept(one), "begun": number, "changed": number} for number, one in enumerate(notebook.conversations, start=1)
    ]
    for row in rows:
        assert row.pop("since") == 0
    return json.loads(json.dumps({"open": notebook.current.id, "conversations": rows}))


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


def test_only_what_is_new_of_a_conversation_is_handed_over(notebook):
    first = notebook.conversations[0]
    whole = kept(first)
    assert answered(first) == len(whole["turns"]) == 2
    last = kept(first, 1)
    assert (last["since"], last["turns"]) == (1, whole["turns"][1:])
    assert kept(first, 2)["turns"] == []


def test_conversations_come_back_in_the_order_they_were_begun(notebook, by_id):
    given = _again(notebook)
    given["conversations"].reverse()
    assert [one.title for one in restored(given, by_id, "").conversations] == ["How is safety regulated?", "Hello"]


def test_a_damaged_conversation_keeps_no_other_from_coming_back(notebook, by_id):
    given = _again(notebook)
    given["conversations"][0]["turns"][0]["status"] = "triumphant"
    assert [one.title for one in restored(given, by_id, "").conversations] == ["Hello"]


@pytest.mark.parametrize("harm", ["quote", "start", "section", "number"])
def test_a_citation_that_was_tampered_with_is_not_shown(notebook, by_id, harm):
    given = _again(notebook)
    place = given["conversations"][0]["turns"][0]["sentences"][0]["citations"][0]
    place[harm] = {"quote": "We agreed to everything.", "start": 3, "section": "no#where", "number": "one"}[harm]
    found = restored(given, by_id, "Ask again.")
    shown = [entry for one in found.conversations for entry in one.entries]
    assert not any(isinstance(entry, Turn) and entry.answer.sentences for entry in shown)


@pytest.mark.parametrize("given", [None, "", [], {"conversations": 3}, {"open": [], "conversations": [{}]}, 10**400])
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
