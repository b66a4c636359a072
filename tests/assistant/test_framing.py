"""What frames a question goes, what is asked stays."""

from __future__ import annotations

import pytest

from assistant.framing import without_framing
from assistant.question import Question


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("Can you tell me when the weir was built?", "When the weir was built?"),
        ("Could you please list the locks?", "List the locks?"),
        ("Do you know how many otters there are?", "How many otters there are?"),
        ("I'd like to know which boards took part.", "Which boards took part."),
        ("I was wondering who paid for the bridge", "Who paid for the bridge"),
        ("Thanks! Another question: who owns the mill?", "Who owns the mill?"),
        ("Where was the fair held, Brindle or New Ottery?", "Where was the fair held?"),
        ("Was the fair held in Brindle or in New Ottery?", "Where was the fair held?"),
        (
            "Did the talks of May 2024 take place at Brindle, or at Ottery?",
            "Where did the talks of May 2024 take place?",
        ),
        ("Whose weir was it, by the way?", "Whose weir was it?"),
        ("who runs the mill these days, us or them?", "Who runs the mill these days?"),
        ("Which board is in charge, the river board or the mill's?", "Which board is in charge?"),
        ("In which month does the ferry start: in May or in June?", "In which month does the ferry start?"),
        ("OK, now to something different. What does the board plan?", "What does the board plan?"),
        ("I'm new here. Who runs the hatchery?", "Who runs the hatchery?"),
        ("I'm new here. Who runs that hatchery?", "Who runs that hatchery?"),
        ("I have to brief the mayor on eels. What was agreed on that?", "What was agreed on that?"),
        ("For my report I need the date of the opening.", "The date of the opening."),
        ("When does the toll end? I have to tell the minister.", "When does the toll end?"),
        ("The whole note in a nutshell please, I've got to brief the mayor.", "The whole note in a nutshell"),
        ("Who chairs it? Thank you very much.", "Who chairs it?"),
        ("Fair enough. Which locks are open?", "Which locks are open?"),
        ("What is the toll? I want to write a memo about it.", "What is the toll?"),
        ("I need to brief my boss about eels. What was agreed?", "What was agreed?"),
        ("We need a paragraph on the weir. Can you draft it from the text?", "We need a paragraph on the weir."),
        ("WHAT DOES THE WEIR COST!!!", "What does the weir cost!!!"),
    ],
)
def test_the_frame_goes(said: str, asked: str) -> None:
    assert without_framing(said) == asked


@pytest.mark.parametrize(
    "asked",
    [
        "When was the weir built?",
        "Can the board raise the toll?",
        "Can you tell me if the board raised the toll?",
        "Do the two counties share the weir?",
        "What will they do now?",
        "I have a question about the ferry. When does it start?",
        "My boss says the toll was cut by a fifth. Is that right?",
        "Next-generation mills: who pays for them?",
        "One-stop shops: where are they?",
        "Good-faith talks: are there any?",
        "So what did they decide?",
        "Thanks!",
        "I meant the 8th.",
        "I have been handed Part Two. What does it say?",
        "I work at the mill. Are we mentioned?",
        "Well kept secrets of the county",
        "And Japan?",
        "My team does trout farms. Which counties plan more of it?",
        "We're members of the Weir Forum. Do the counties back that forum?",
        "We are drafting a speech on eels and trout farms. Which ones come up?",
        "We have to keep our nets in one county. Where does the board stand on rules like that?",
        "My boss asks about nets and weirs. Are any of them taxed?",
        "Which came first, the weir or the mill?",
        "Who pays more, Brindle or Ottery?",
        "Was the fair in March or May?",
        "Is the toll higher in Brindle or Ottery?",
        "Was it held in a barn or in a tent?",
        "Whose weir is newer, ours or theirs?",
        "Which kinds of fish, eels or trout come up?",
        "Who attended, spoke or presented at the meeting?",
        "Which locks are open, in three or four words?",
        "Where do eels, trout or other fish come up?",
        "RBA AND STC?",
    ],
)
def test_what_frames_nothing_stays(asked: str) -> None:
    assert without_framing(asked) == asked


def test_a_polite_question_is_not_one_for_yes() -> None:
    assert Question("Could anyone say when the weir was built?").is_yes_no
    assert not Question(without_framing("Could anyone say when the weir was built?")).is_yes_no
