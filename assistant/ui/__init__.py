"""The chat page. The only package that imports gradio."""

import os

from assistant.stock import Asker, Named
from assistant.ui.launch import launch, presentation, start, stop
from assistant.ui.layout import build_page

# Gradio reads it whenever it might report to its makers: when a page is built, not when it is imported.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"

__all__ = ["Asker", "Named", "build_page", "launch", "presentation", "start", "stop"]
