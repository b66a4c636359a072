"""The tab that says how often answers are right, in the browser's language."""

from __future__ import annotations

from pathlib import Path

import gradio as gr

from assistant.measured import measured_runs
from assistant.ui.events import words_of
from assistant.ui.measuring import measuring


def connect_evals(tab: gr.Tab, shown: gr.HTML, figures: Path) -> None:
    """Show the figures of a file when the tab is opened; call it inside the page's `with`."""
    runs = measured_runs(figures)

    def look(request: gr.Request) -> str:
        return measuring(runs, words_of(request))

    tab.select(look, outputs=[shown], show_progress="hidden", api_visibility="private", queue=False)
