"""Asking, without a browser."""

from __future__ import annotations

import json
import threading
from html import unescape
from types import SimpleNamespace
from typing import Any

from assistant.ui.events import Chat, Parts
from assistant.ui.visit import Visit

_NAMES: Any = Parts._fields  # in the place of components: what is changed is told by its name
_PARTS = Parts(*_NAMES)
_REQUEST = SimpleNamespace(headers={"accept-language": "en"}, session_hash="tab")


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
