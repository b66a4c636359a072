"""Starting to serve, without a browser."""

from __future__ import annotations

import asyncio
from urllib.parse import urlsplit

import httpx
import pytest

from assistant.types import AssistantError
from assistant.ui import build_page, launch, start, stop


def test_a_proxy_for_the_outside_does_not_keep_the_page_from_starting(assistant, sections, monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.setenv(name, "")
    page = build_page(assistant, [sections[0].document])
    try:
        assert start(page, "127.0.0.1", 0).startswith("http://127.0.0.1:")
    finally:
        stop(page)


def test_a_machine_too_busy_to_answer_in_seconds_does_not_keep_the_page_from_starting(assistant, sections, monkeypatch):
    monkeypatch.setattr("gradio.networking.url_ok", lambda url: False)
    page = build_page(assistant, [sections[0].document])
    try:
        assert httpx.get(start(page, "127.0.0.1", 0), trust_env=False).is_success
    finally:
        stop(page)


@pytest.mark.parametrize(("failing", "starts"), [(2, True), (3, False)])
def test_a_server_that_is_not_up_in_time_is_started_again_but_not_for_ever(
    failing, starts, assistant, sections, monkeypatch
):
    page = build_page(assistant, [sections[0].document])
    served, failed = page.launch, []

    def late(**options):
        if len(failed) < failing:
            failed.append(options["server_port"])
            raise OSError("Cannot find empty port")
        return served(**options)

    monkeypatch.setattr(page, "launch", late)
    try:
        if starts:
            assert httpx.get(start(page, "127.0.0.1", 0), trust_env=False).is_success
        else:
            with pytest.raises(AssistantError, match="cannot be served there; choose another --port"):
                start(page, "127.0.0.1", 0)
    finally:
        stop(page)
    assert len(failed) == failing


def test_a_taken_port_gives_way_to_the_next_and_nothing_is_printed(assistant, sections, capfd):
    first, second = (build_page(assistant, [sections[0].document]) for _ in range(2))
    try:
        taken = urlsplit(start(first, "127.0.0.1", 0)).port or 0
        assert (urlsplit(start(second, "127.0.0.1", taken)).port or 0) > taken
        assert capfd.readouterr().out == ""
    finally:
        for opened in (first, second):
            stop(opened)


def test_a_reader_who_leaves_at_the_same_moment_does_not_keep_the_page_from_ending(assistant, sections, monkeypatch):
    page = build_page(assistant, [sections[0].document])
    url = start(page, "127.0.0.1", 0)

    def raced() -> None:
        raise asyncio.InvalidStateError("invalid state")

    monkeypatch.setattr(page.app.stop_event, "set", raced)
    stop(page)

    with pytest.raises(httpx.ConnectError):
        httpx.get(url, trust_env=False)


def test_an_address_of_another_machine_is_refused_in_one_line(assistant, sections):
    page = build_page(assistant, [sections[0].document])
    with pytest.raises(AssistantError, match=r"^192\.0\.2\.1:7860: no free port there") as caught:
        start(page, "192.0.2.1", 7860)
    assert "\n" not in str(caught.value)


def test_the_url_is_announced_once_the_page_is_there_and_ctrl_c_ends_it(assistant, sections):
    page = build_page(assistant, [sections[0].document])
    answers: list[int] = []

    def interrupted(url: str) -> None:
        answers.append(httpx.get(url, trust_env=False).status_code)
        raise KeyboardInterrupt

    launch(page, "127.0.0.1", 0, announce=interrupted)
    assert answers == [200]
    assert not page.is_running
