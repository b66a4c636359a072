"""The page's own words in two languages."""

from __future__ import annotations

import re
from dataclasses import asdict

import pytest

from assistant.ui.library_words import library_words
from assistant.ui.tool_words import tool_words
from assistant.ui.words import ENGLISH, JAPANESE, words_for


@pytest.mark.parametrize(
    ("accepted", "words"),
    [
        ("ja,en-US;q=0.9,en;q=0.8", JAPANESE),
        ("ja-JP", JAPANESE),
        ("en-GB,en;q=0.9,ja;q=0.8", ENGLISH),
        ("en;q=0.5,ja;q=0.9", JAPANESE),
        ("fr,ja;q=0.9", JAPANESE),
        ("fr", ENGLISH),
        ("", ENGLISH),
        (";q=x,,", ENGLISH),
    ],
)
def test_the_interface_speaks_the_browser_s_language(accepted, words):
    assert words_for(accepted) is words


@pytest.mark.parametrize(
    ("english", "japanese"),
    [(ENGLISH, JAPANESE), *((said("en"), said("ja")) for said in (library_words, tool_words))],
)
def test_both_languages_fill_in_the_same_things(english, japanese):
    for name, said in asdict(english).items():
        assert set(re.findall(r"\{\w+\}", said)) == set(re.findall(r"\{\w+\}", asdict(japanese)[name])), name
