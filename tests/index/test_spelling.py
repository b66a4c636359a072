"""Misspelt words are put right; words that are right are left alone."""

from __future__ import annotations

import pytest

from index.spelling import Spelling

_SPELLING = Spelling(
    ["The ministries reaffirmed their commitment to semiconductor cooperation and scope opportunities."],
    ["mission", "shared"],
)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("semiconducter coperation", "semiconductor cooperation"),
        ("Minsitries", "Ministries"),
        ("COMMITMENT COMITMENT", "COMMITMENT COMMITMENT"),
    ],
)
def test_a_misspelt_word_becomes_the_librarys(written: str, meant: str):
    assert _SPELLING.corrected(written) == meant


@pytest.mark.parametrize(
    "text",
    [
        "reaffirm",  # another form of a word of the library
        "scoping",
        "shared mission",  # in the dictionary, however near to a word of the library
        "Fujitsu",  # a name with nothing near it
        "scpe",  # too short to tell
        "5G/6G in 2025, £82.50",
    ],
)
def test_a_right_word_is_left_alone(text: str):
    assert _SPELLING.corrected(text) == text
