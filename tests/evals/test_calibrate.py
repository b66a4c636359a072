"""Keeping a calibration that was fitted again."""

from __future__ import annotations

from pathlib import Path

from assistant.calibration import Calibration, ListMargins, load_calibration
from evals.calibrate import FITTED as SIGNALS
from evals.calibrate import sets_of
from evals.fitting import Example, fit, write

FITTED = Calibration(fitted_on="cases", intercept=1.0, weights={}, threshold=0.5)


def test_what_is_fitted_again_keeps_the_margins_that_were_chosen_for_lists(tmp_path: Path) -> None:
    path, margins = tmp_path / "reader.json", ListMargins(passages=4.0)
    path.write_text(FITTED.model_copy(update={"lists": margins}).model_dump_json(), encoding="utf-8")

    write(FITTED.model_copy(update={"intercept": 2.0}), path)

    kept = Calibration.model_validate_json(path.read_bytes())
    assert (kept.intercept, kept.lists) == (2.0, margins)


def test_only_the_trained_reader_has_the_margins_that_were_measured_with_it() -> None:
    assert load_calibration("reader").lists == ListMargins(hits=24, passages=2.5, sentences=3.0, least=-2.0)
    assert load_calibration("llm").lists == ListMargins()


def test_the_trained_reader_is_judged_by_no_signal_but_those_it_is_fitted_on() -> None:
    assert set(load_calibration("reader").weights) == SIGNALS["reader"]


def test_a_signal_that_is_left_out_gets_no_weight() -> None:
    examples = [Example(str(n), "tune", {"stated": n / 40 - 0.5, "typed": float(n % 2)}, n > 20) for n in range(40)]
    calibration, quality = fit([one.of({"stated"}) for one in examples], "cases")
    assert set(calibration.weights) == {"stated"}
    assert quality.auc > 0.98 and quality.count == 40


def test_if_no_set_is_named_those_are_fitted_on_that_what_ships_was_fitted_on() -> None:
    for name, llm in (("signals", False), ("reader", True), ("llm", True)):
        assert load_calibration(name).fitted_on.startswith(f"{' and '.join(sets_of(llm=llm))}, split tune")
