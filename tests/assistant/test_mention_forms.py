"""Which questions ask where something is mentioned, and what of."""

from __future__ import annotations

import pytest

from assistant.mention_forms import called, mentioned, quoted


@pytest.mark.parametrize(
    ("question", "things"),
    [
        ("Where do otters come up?", ("otters",)),
        ("Where do otters appear?", ("otters",)),
        ("Where are otters discussed in the statement?", ("otters",)),
        ("Where was the weir mentioned?", ("weir",)),
        ("Where does the statement talk about river safety?", ("river safety",)),
        ("National plans: where does the text mention them?", ("National plans",)),
        ("Where is the weir mentioned, and where the bridge?", ("weir", "bridge")),
        ("Weirs and bridges: who said something about either?", ("Weirs", "bridges")),
        ("Where is the Oak Fair mentioned, and where was it held?", ("Oak Fair",)),
    ],
)
def test_mentions_are_asked_for(question: str, things: tuple[str, ...]) -> None:
    assert mentioned(question) == things


@pytest.mark.parametrize(
    "question",
    [
        "Weirs and bridges: how much money is set aside for either?",
        "Weirs and bridges: is there a budget for either of them?",
        "Weirs and bridges: who pays for either?",
        "Where did the two sides talk about otters?",
        "Where do the two governments use weirs?",
        "Where do they say the money comes from?",
        "Where does the text mention who pays?",
        "Does the statement allow any use of weirs?",
        "Who approves each use of the weir?",
        "National plans: where does the text bring up those of the two countries?",
        "Where did the trial occur?",
        "Where do kittiwakes occur?",
        "Where was the treaty discussed?",
        "Where are funds raised?",
        "Where does the salt come in from?",
    ],
)
def test_a_fact_is_no_mention(question: str) -> None:
    assert mentioned(question) == ()


@pytest.mark.parametrize(
    ("question", "ways"),
    [
        ("What is described as a milestone?", ("milestone",)),
        ("What is spoken of as a great success, or as successes?", ("great success", "successes")),
        ("Which things are said to have been successful or done successfully?", ("successful", "done successfully")),
        ("What is described as safe and effective?", ("safe and effective",)),
        ("Which things are called “joint”? Joint this, joint that.", ("joint",)),
    ],
)
def test_what_is_called_so_is_asked_for(question: str, ways: tuple[str, ...]) -> None:
    assert called(question) == ways


@pytest.mark.parametrize(
    "question",
    [
        "Which countries are described as hostile?",
        "Which meetings were called in 2024?",
        "What was called off?",
        "What was the exercise called?",
        "What is described as not a priority?",
        "What is described as critical by the county?",
        "Who attended what is described as a mission?",
    ],
)
def test_what_something_else_is_called_is_not(question: str) -> None:
    assert called(question) == ()


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Where is the phrase “fresh start” used?", ("fresh start",)),
        ("In which sections is the term 'oak' used?", ("oak",)),
        ('How often does "oak" appear?', ("oak",)),
        ("List every mention of “oaks” and “otters”.", ("oaks", "otters")),
        ("Where do they mention ‘oaks’, and where ‘otters’?", ("oaks", "otters")),
        ("Show me each sentence with the word 'oak'.", ("oak",)),
        ("'Fresh start' is a phrase they like. Show me where they use it.", ("Fresh start",)),
    ],
)
def test_quoted_words_are_asked_for_as_they_stand(question: str, words: tuple[str, ...]) -> None:
    assert quoted(question) == words


@pytest.mark.parametrize(
    "question",
    [
        "Where does the text say the “Oak Fair” is held?",
        "Where was the 'Oak Fair' held?",
        "Did the “Oak Fair” take place each time in Ottery?",
        "Who must approve all uses of the “Oak Fair”?",
        "Where is “Oak Fair” used?",
        "Where do the county's weirs appear?",
    ],
)
def test_a_quoted_name_alone_asks_for_no_mentions(question: str) -> None:
    assert quoted(question) == ()
