"""Answering: from a question to an answer whose every sentence is cited, and the faces that show it."""
