"""A prompt that is not the one recorded is noticed at once, and fails the gate."""

from __future__ import annotations

import pytest

import evals.told
from evals import check
from evals.baseline import read_baseline
from evals.gate import Verdict, gate_named
from evals.told import told, told_otherwise


def test_the_prompts_are_those_that_the_gate_with_a_language_model_was_recorded_with() -> None:
    recorded = read_baseline("statement-llm").made_by["prompts"]
    assert not told_otherwise(recorded, told()), "if a prompt was meant to change, record what it brings: make baseline"


@pytest.mark.parametrize(
    ("where", "purpose"),
    [("STATED", "reading"), ("VERDICT", "yes or no"), ("EXTRACTING", "copying")],
)
def test_another_word_in_a_prompt_changes_its_fingerprint_alone(
    where: str, purpose: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = told()
    monkeypatch.setattr(evals.told, where, f"{getattr(evals.told, where)} Be brief.")
    assert told_otherwise(before, told()) == (purpose,)


@pytest.mark.parametrize(
    ("module", "purpose"),
    [
        ("rewrite_llm", "rewriting"),
        ("split_llm", "splitting"),
        ("rephrase_llm", "rephrasing"),
        ("translate", "translating"),
        ("write", "writing"),
    ],
)
def test_so_does_another_word_in_what_a_model_is_to_do(
    module: str, purpose: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = told()
    monkeypatch.setattr(getattr(evals.told, module), "SYSTEM", "Do as you like.")
    assert told_otherwise(before, told()) == (purpose,)


def test_a_prompt_that_was_not_recorded_fails_the_gate_and_says_what_to_do() -> None:
    verdict = Verdict("small", (), (), (), ("reading",))
    assert not verdict.passes
    assert verdict.shown.splitlines() == [
        "small: not as its baseline",
        "  another prompt for reading: if that is meant, record it: make baseline",
    ]


@pytest.mark.parametrize(("name", "changed"), [("statement-llm", ("reading",)), ("statement", ())])
def test_only_a_gate_that_asks_a_language_model_looks_at_the_prompts(
    name: str, changed: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    told_now = told() | {"reading": "other words"}
    monkeypatch.setattr(check, "run_gate", lambda *_, **__: _Ran(told_now))
    monkeypatch.setattr(check, "recorded_scores", lambda _: ())
    monkeypatch.setattr(check, "saved_scores", lambda _: ())
    monkeypatch.setattr(check, "judge", lambda *_: Verdict(name, (), (), ()))
    assert check.check(gate_named(name)).prompts == changed


class _Ran:
    def __init__(self, prompts: dict[str, str]) -> None:
        self._prompts = prompts

    def settings(self) -> dict[str, dict[str, str]]:
        """Those of a run."""
        return {"prompts": self._prompts}
