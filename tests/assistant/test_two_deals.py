"""Two invented agreements from one template and a third document, found and read with the real embedding model."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.ask import Assistant
from assistant.build import Holdings, build_assistant
from assistant.settings import load_settings
from assistant.types import Answer, Status

pytestmark = pytest.mark.model

COMPACT = """# Norland – {partner} Fisheries Compact

## I. Purpose

Norland and {partner} (the "Sides") intend to look after the fish of their seas together.

## II. Areas of Work

### Eels

{eels}

### Harbours

The Sides intend to keep their fishing harbours open in winter. {harbours}

## III. Ending

Either Side may end this compact by writing to the other. It ends {days} days after the letter arrives.

Nothing in this compact binds either Side in law.
"""
DOCUMENTS = {
    "norland-brigg-compact": COMPACT.format(
        partner="Brigg",
        eels="To protect eels the Sides will close the Otter weir to nets from April to June.",
        harbours="Work will begin with the pier at Sandlow.",
        days=90,
    ),
    "norland-tarvia-compact": COMPACT.format(
        partner="Tarvia",
        eels="To protect eels the Sides will release 40,000 young eels into the Tarvian lakes each year.",
        harbours="Ice will be broken by the ship Heron.",
        days=150,
    ),
    "lamps-act": """# Harbour Lamps Act

## Lamps

Every harbour shall keep a lamp lit from dusk to dawn. Who lets a lamp go out pays a fine of £300.

## Eels

This Act does not touch the catching of eels by lamplight, which the council of each harbour may allow.
""",
}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder: Path = tmp_path_factory.mktemp("deals")
    files = []
    for name, text in DOCUMENTS.items():
        files.append(folder / f"{name}.md")
        files[-1].write_text(text, encoding="utf-8")
    settings = load_settings(llm="none", home=folder / "home")
    with build_assistant(settings, holdings=Holdings(folder / "index", tuple(files))) as built:
        yield built


def cited(answer: Answer) -> set[str]:
    return {citation.section.document.id for citation in answer.citations}


@pytest.mark.parametrize(
    ("question", "document", "words"),
    [
        ("In the Norland-Tarvia compact, after how many days does it end?", "norland-tarvia-compact", "150 days"),
        ("What does the Brigg compact say about eels?", "norland-brigg-compact", "Otter weir"),
        ("What does the Tarvia agreement say about eels?", "norland-tarvia-compact", "40,000"),
        ("Under the Harbour Lamps Act, what is the fine?", "lamps-act", "£300"),
        ("What does the lamps act say about eels?", "lamps-act", "lamplight"),
    ],
)
def test_the_document_that_is_named_answers_alone(
    assistant: Assistant, question: str, document: str, words: str
) -> None:
    answer = assistant.ask(question)

    assert cited(answer) == {document}
    assert words in answer.text


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("After how many days does the compact end?", ("90 days", "150 days")),
        ("What does the fisheries compact say about eels?", ("Otter weir", "40,000")),
        ("How do the two fisheries compacts differ on eels?", ("Otter weir", "40,000")),
        ("Compare the Brigg and Tarvia compacts on harbours.", ("Sandlow", "Heron")),
    ],
)
def test_where_either_may_be_meant_or_both_are_each_is_cited(
    assistant: Assistant, question: str, words: tuple[str, str]
) -> None:
    answer = assistant.ask(question)

    assert cited(answer) == {"norland-brigg-compact", "norland-tarvia-compact"}
    assert all(word in answer.text for word in words)


def test_what_one_compact_states_is_answered_from_it_without_naming_it(assistant: Assistant) -> None:
    assert cited(assistant.ask("Which ship breaks the ice?")) == {"norland-tarvia-compact"}


def test_what_the_named_compact_does_not_state_is_not_taken_from_its_twin(assistant: Assistant) -> None:
    answer = assistant.ask("In the Brigg compact, how many young eels are released into the lakes?")

    assert answer.status is Status.NOT_STATED or "40,000" not in answer.text
    assert "norland-tarvia-compact" not in cited(answer)


def test_chosen_documents_narrow_what_either_could_mean(assistant: Assistant) -> None:
    answer = assistant.ask("After how many days does the compact end?", documents=["norland-brigg-compact"])

    assert cited(answer) == {"norland-brigg-compact"}
