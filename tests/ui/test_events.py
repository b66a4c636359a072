"""Asking, without a browser."""

from __future__ import annotations

import json
import threading
from html import unescape
from types import SimpleNamespace
from typing import Any

import gradio as gr

from assistant.types import AssistantError
from assistant.ui.events import Chat, Parts
from assistant.ui.taking import Taking
from assistant.ui.visit import Visit

_NAMES: Any = Parts._fields  # in the place of components: what is changed is told by its name
_PARTS = Parts(*_NAMES)
_REQUEST = SimpleNamespace(headers={"accept-language": "en"}, session_hash="tab")


class FakeBox:
    """Keeps what it is given, unless it is full."""

    def __init__(self) -> None:
        self.kept: list[str] = []
        self.is_full = False

    def add(self, turns: Any, verdict: str, note: str, *, wrong_citations: Any = ()) -> str:
        self._keep(verdict)
        return f"row {len(self.kept)}"

    def remark(self, row: str, note: str) -> None:
        self._keep(f"{row}: {note}")

    def _keep(self, what: str) -> None:
        if self.is_full:
            raise AssistantError("feedback.jsonl: no space left")
        self.kept.append(what)


def test_helpful_is_kept_once_and_can_be_said_again_where_it_was_not(assistant, library):
    chat, visit, box = Chat(assistant, library, _PARTS), Visit(is_shown=True), FakeBox()
    taking: Any = Taking("parcel", "liked", box)
    good = SimpleNamespace(turn=1, verdict="good", note="", wrong=[])
    list(chat.reply("When did it meet?", visit, _REQUEST))
    box.is_full = True
    refused = taking.rate(visit, good, _REQUEST)
    assert (refused["liked"], refused["line"]) == ([], "feedback.jsonl: no space left")
    box.is_full = False
    thanked = taking.rate(visit, good, _REQUEST)
    assert (thanked["liked"], thanked["turn"]) == ([1], 1)
    assert thanked["line"].startswith("Thank you")
    first, *_, last = chat.reply("Who was there?", visit, _REQUEST)
    assert "data-rate='good' aria-pressed='true' data-turn='1'" in first["over"]
    assert "data-rate='good' aria-pressed='false' data-turn='2'" in last["current"]
    assert "aria-pressed='true' data-turn='1'" in chat.whole(visit, _REQUEST)["past"]
    assert taking.rate(visit, good, _REQUEST) == {"liked": [1], "turn": 0, "line": "", "noting": False}
    assert box.kept == ["good"]
    visit.notebook.begin()
    list(chat.reply("When did it meet?", visit, _REQUEST))
    assert taking.rate(visit, good, _REQUEST)["liked"] == [1]
    assert box.kept == ["good", "good"]


def test_a_note_is_added_to_what_was_said_to_be_helpful_and_waited_for_again_where_it_was_not_kept(assistant, library):
    chat, visit, box = Chat(assistant, library, _PARTS), Visit(is_shown=True), FakeBox()
    taking: Any = Taking("parcel", "liked", box)
    list(chat.reply("When did it meet?", visit, _REQUEST))

    def praise(note: str) -> dict[str, Any]:
        return taking.rate(visit, SimpleNamespace(turn=1, verdict="good", note=note, wrong=[]), _REQUEST)

    asked = praise("")
    assert (asked["noting"], asked["line"].endswith("You can add a note below.")) == (True, True)
    box.is_full = True
    refused = praise("It has the day.")
    assert (refused["noting"], refused["line"], refused["turn"]) == (True, "feedback.jsonl: no space left", 1)
    box.is_full = False
    kept = praise("It has the day.")
    assert (kept["noting"], kept["turn"], kept["liked"]) == (False, 1, [1])
    assert praise(" \n")["turn"] == 0
    assert box.kept == ["good", "row 1: It has the day."]


def test_only_numbers_of_the_answers_own_citations_are_wrong_ones(assistant, library):
    chat, visit, box, given = Chat(assistant, library, _PARTS), Visit(is_shown=True), FakeBox(), []
    box.add = lambda *_, wrong_citations: given.append(wrong_citations)
    list(chat.reply("How is safety regulated?", visit, _REQUEST))
    taking: Any = Taking("parcel", "liked", box)
    for sent in ([2, 99, "1", None], True, "12"):
        taking.rate(visit, SimpleNamespace(turn=1, verdict="bad", note="", wrong=sent), _REQUEST)
    assert given == [(2,), (), ()]


def test_half_a_character_in_a_question_is_kept_and_handed_over_as_a_mark(assistant, library):
    chat, visit = Chat(assistant, library, _PARTS), Visit(is_shown=True)
    list(chat.reply("How is safety regulated \ud83d?", visit, _REQUEST))
    taking: Any = Taking("parcel", "liked", None)
    assert visit.entries[0].question == "How is safety regulated ??"
    assert taking.take(visit, SimpleNamespace(turn=1, form="markdown"))["name"].endswith(".md")


def test_a_file_is_named_by_what_was_asked(assistant, library):
    chat, visit = Chat(assistant, library, _PARTS), Visit(is_shown=True)
    list(chat.reply("How is safety regulated?", visit, _REQUEST))
    taking: Any = Taking("parcel", "liked", None)
    names = [taking.take(visit, SimpleNamespace(turn=turn, form="markdown"))["name"] for turn in (1, 0)]
    assert names == ["communique-how-is-safety-regulated.md", "communique-conversation-how-is-safety-regulated.md"]


def test_what_a_given_up_run_sends_last_changes_nothing(assistant, library):
    chat, visit = Chat(assistant, library, _PARTS), Visit(is_shown=True)
    run = chat.reply("When did it meet?", visit, _REQUEST)
    next(run)
    visit.give_up()
    *_, last = run
    assert list(last) == ["status"]
    assert last["status"] == gr.skip()


def test_a_question_waits_until_the_page_has_shown_what_it_found(assistant, library):
    chat, visit, shown = Chat(assistant, library, _PARTS), Visit(), []
    asking = threading.Thread(target=lambda: shown.extend(chat.reply("When did it meet?", visit, _REQUEST)))
    asking.start()
    asking.join(0.3)
    assert (visit.run, assistant.asked) == (0, [])
    visit.is_shown = True
    asking.join(20)
    assert "status-answered" in shown[-1]["current"]


def test_only_the_last_exchange_is_sent_again_and_only_the_new_one_is_kept(assistant, library):
    chat, visit = Chat(assistant, library, _PARTS), Visit(is_shown=True)
    for number in range(1, 5):
        first, *_, last = chat.reply(f"When did it meet, asked for time {number}?", visit, _REQUEST)
        assert "past" not in first
        assert first.get("over", "").count("<article") == (1 if number > 1 else 0)
        (kept,) = json.loads(unescape(last["keeper"]))["conversations"]
        assert kept["since"] == number - 1
        assert [turn["question"] for turn in kept["turns"]] == [f"When did it meet, asked for time {number}?"]
