"""Serving the page on its own, not within another application: mounted, gradio would not say when a reader leaves."""

from __future__ import annotations

import asyncio
import os
import socket
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import gradio as gr
from starlette.middleware import Middleware

from assistant.types import AssistantError
from assistant.ui.layout import INTERFACE
from assistant.ui.opening import Page, opened_with
from assistant.ui.policy import Rewriting, SafeHeaders
from assistant.ui.words import words_for

_HERE = Path(__file__).parent
_PORTS_TRIED = 100
_TRIES = 3
_SYSTEM_FONTS = ("system-ui", "-apple-system", "Segoe UI", "Noto Sans", "Noto Sans CJK JP", "sans-serif")


def presentation(page: Page, most_bytes: int = 0) -> dict[str, Any]:
    """Looks and limits of a page, as keyword arguments for its `launch`.

    `most_bytes` is the largest file that can be sent to the page; 0 where none can.
    """
    return {
        "theme": gr.themes.Base(
            primary_hue="slate",
            neutral_hue="stone",
            font=_SYSTEM_FONTS,
            font_mono=("ui-monospace", "monospace"),
            text_size="lg",
        ),
        # Not `css`: gradio would rewrite each selector, and drop what its rewriter does not know.
        "head": f"<style>{_joined('css')}</style>",
        "js": f"() => {{\n{_joined('js')}}}",
        "i18n": INTERFACE,
        "app_kwargs": {"middleware": [Middleware(SafeHeaders, rewritten=_opening_of(page))]},
        "favicon_path": str(_HERE / "static" / "icon.png"),
        "footer_links": [],
        "run_history": False,
        "show_error": False,
        "enable_monitoring": False,
        "max_file_size": max(1, most_bytes),
        "pwa": False,
        "ssr_mode": False,
        "mcp_server": False,
    }


def _opening_of(page: Page) -> Rewriting:
    def rewritten(document: str, accepted: str) -> str:
        words = words_for(accepted)
        return opened_with(document, page.opening(words), words.language)

    return rewritten


def _joined(kind: str) -> str:
    """The page's own files of a kind, in the order of their names."""
    files = sorted((_HERE / "static").glob(f"*.{kind}"))
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


def launch(page: Page, host: str, port: int, announce: Callable[[str], object], *, most_bytes: int = 0) -> None:
    """Serve until Ctrl-C; prints nothing itself. Arguments and errors as for `start`.

    Args:
        announce: called with the URL once the page is there.
    """
    url = start(page, host, port, most_bytes=most_bytes)
    try:
        announce(url)
        threading.Event().wait()
    except KeyboardInterrupt:
        pass
    finally:
        stop(page)


def stop(page: Page) -> None:
    """End what `start` started."""
    try:
        page.close(verbose=False)
    except asyncio.InvalidStateError:
        # Gradio sets an event of the server's loop from this thread, which fails if a reader leaves at that moment.
        if page.server:
            page.server.close()  # type: ignore[no-untyped-call]


def start(page: Page, host: str, port: int, *, most_bytes: int = 0) -> str:
    """Start serving, print nothing, and return the URL at once; `stop` ends it.

    Args:
        page: from `build_page`.
        host: the address to listen at.
        port: the port; the next free one if taken, any free one if 0.
        most_bytes: as for `presentation`.

    Raises:
        AssistantError: no port is free, or the address is not this machine's.
    """
    _reach_itself_directly(host)
    for left in reversed(range(_TRIES)):
        found = _free_port(host, port)
        try:
            _launch(page, host, found, most_bytes)
            break
        except OSError as error:
            # Also where the server was not up after five seconds, as on a busy machine.
            if not left:
                raise AssistantError(
                    f"{host}:{found}: the page cannot be served there; choose another --port"
                ) from error
    return str(page.local_url)


def _launch(page: Page, host: str, port: int, most_bytes: int) -> None:
    try:
        page.launch(
            server_name=host,
            server_port=port,
            prevent_thread_lock=True,
            quiet=True,
            share=False,
            inbrowser=False,
            **presentation(page, most_bytes),
        )
    except ValueError:
        # Once it serves, gradio gives its own page three seconds to answer, which is too short on a busy machine.
        if not page.is_running:
            raise


def _reach_itself_directly(host: str) -> None:
    """Gradio calls its own page before it says that it runs; a proxy set for the outside cannot pass that call on."""
    for name in ("NO_PROXY", "no_proxy"):
        hosts = [given for given in os.environ.get(name, "").split(",") if given]
        os.environ[name] = ",".join(dict.fromkeys((*hosts, "localhost", "127.0.0.1", host)))


def _free_port(host: str, port: int) -> int:
    problem: OSError | None = None
    for candidate in range(port, port + _PORTS_TRIED) if port else (0,):
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, candidate))
                return int(probe.getsockname()[1])
            except (OSError, OverflowError) as error:
                problem = error if isinstance(error, OSError) else OSError(str(error))
    raise AssistantError(f"{host}:{port}: no free port there ({problem}); choose another --host or --port")
