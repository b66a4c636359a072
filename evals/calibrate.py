"""Fits the weights that decide whether what was found answers the question.

Fitted on one split of each set and reported on the other; writes the assistant's calibration file.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing, nullcontext
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path

from assistant.ask import Assistant
from assistant.build import open_search
from assistant.calibration import Calibration
from assistant.evidence import Reading
from assistant.llm import LLM
from assistant.llm_choice import calibrated_as
from assistant.parallel import two_sides
from assistant.question import Question
from assistant.read import SignalReader
from assistant.read_llm import LLMReader
from assistant.rewrite import as_read, standalone
from assistant.rewrite_llm import LLMRewriter
from assistant.settings import Settings, load_settings
from assistant.types import Answer, Rewriter, Status, Turn, Wording
from corpus.types import Passage
from evals.cases import CaseSet, load_cases, set_path
from evals.fitting import Example, fit, quality, write
from evals.library import files_of, own_library
from evals.progress import progress_bar
from evals.replies import open_reading_llm
from evals.run import Progress
from evals.sources import read_sources
from evals.strangers import strangers
from evals.types import Case
from index.search import Search
from index.types import Hit

_REFUSED = 0.9  # of what is not stated, with a language model; without one that would leave next to no answers
_UNFITTED = Calibration(fitted_on="", intercept=0, weights={}, threshold=0)
# What costs a prompt is measured only where the calibration is to have a weight for it.
_MEASURED = {"reader": _UNFITTED, "llm": _UNFITTED.model_copy(update={"weights": {"unconfirmed": 0.0}})}

FITTED = {"reader": frozenset({"stated", "stated_alone", "kind_missing"})}
"""The signals that are fitted, where not all are.

What a trained reader says is enough: with `typed` it decides 1 % more of the sets right, and other texts worse
(docs/decisions/0032-adversarial-training.md).
"""

# Without a language model more sets gained nothing (docs/decisions/0020-what-is-really-asked.md).
_SETS_WITHOUT = ("statement", "callow")
_SETS = ("statement", "statement-2", "statement-3", "callow", "trio")


def sets_of(*, llm: bool) -> tuple[str, ...]:
    """The sets that what ships was fitted on, with a language model or without one."""
    return _SETS if llm else _SETS_WITHOUT


def calibrate(
    set_names: Sequence[str], *, llm: str = "none", tune_only: bool = False, remember: bool = False, write_it: bool
) -> str:
    """Fit on the tune splits of sets, each with an index of its documents, and say how well both halves are decided.

    Args:
        set_names: the sets; if empty, `sets_of`.
        llm: `none` for reading without a language model, else the one that reads, as in the settings.
        tune_only: leave the report halves alone.
        remember: keep the language model's replies, and do not wait for those kept before.
        write_it: whether to keep the result as the assistant's.

    Raises:
        EvalError: a set cannot be read.
        AssistantError: the language model cannot be opened.
    """
    settings = load_settings(llm=llm)
    opened = open_reading_llm(settings, remember=remember).llm
    set_names = set_names or sets_of(llm=bool(opened))
    with closing(opened) if opened else nullcontext():
        sets = _loaded(set_names, tune_only=tune_only)
        examples = [example for one in sets for example in _examples_of_set(one, settings, opened)]
    if wanted := FITTED.get(calibrated_as(settings) if opened else ""):
        examples = [example.of(wanted) for example in examples]
    tune, report = ([example for example in examples if example.split == split] for split in ("tune", "report"))
    read_by = f", {opened.name}" if opened else ""
    fitted_on = f"{' and '.join(set_names)}, split tune, {len(tune)} cases{read_by}"
    calibration, tuned = fit(tune, fitted_on, _REFUSED if opened else 0.0)
    if write_it:
        write(
            calibration,
            Path(str(files("assistant") / "data" / f"{calibrated_as(settings) if opened else 'signals'}.json")),
        )
    if tune_only:
        return f"tune, out of fold: {tuned.shown}"
    return f"tune, out of fold: {tuned.shown}\nreport: {quality(calibration, report).shown}"


def _loaded(set_names: Sequence[str], *, tune_only: bool) -> list[CaseSet]:
    """The sets, the first on each text with questions of the sets on other texts."""
    sources = read_sources()
    sets = [load_cases(set_path(name), sources) for name in set_names]
    strange = [strangers(one, sets[:place], sets) for place, one in enumerate(sets)]
    return [
        replace(one, cases=tuple(case for case in (*one.cases, *others) if case.split == "tune" or not tune_only))
        for one, others in zip(sets, strange, strict=True)
    ]


def _examples_of_set(case_set: CaseSet, settings: Settings, llm: LLM | None) -> list[Example]:
    files_read = files_of(case_set, read_sources())
    with own_library(settings, files_read) as own, progress_bar(f"reading {case_set.name}") as progress:
        search = open_search(own.settings, holdings=own.holdings)
        signals = SignalReader(search.embedder, search.frequency, _UNFITTED)
        reading = LLMReader(llm, signals, _MEASURED[calibrated_as(settings)]) if llm else signals
        return examples_of(case_set.cases, search, Recorder(reading), progress, LLMRewriter(llm) if llm else None)


@dataclass(slots=True)
class Recorder:
    """A reader that finds nothing to show, and keeps the signals on what it was given."""

    reader: SignalReader | LLMReader
    last: dict[str, float] | None = None

    @property
    def name(self) -> str:
        """As the reader's."""
        return self.reader.name

    def read(self, question: Question, hits: Sequence[Hit]) -> Reading:
        """Measure only."""
        _, self.last = self.reader.measure(question, hits)
        return Reading((), 0.0, 1.0)

    def prepare(self, passages: Sequence[Passage]) -> None:
        """Nothing is asked twice here."""


def examples_of(
    cases: Sequence[Case], search: Search, recorder: Recorder, progress: Progress, rewriter: Rewriter | None = None
) -> list[Example]:
    """The signals of every case that is decided by reading: not small talk, not a list, not in Japanese.

    Cases for which both an answer and a refusal are right say nothing of where to draw the line.
    """
    assistant = Assistant(search, recorder, search.library.records, wording=Wording(rewriter=rewriter))
    found: list[Example] = []
    for done, case in enumerate(cases):
        progress(done, len(cases))
        if not (case.must_answer or case.must_refuse):
            continue
        recorder.last = None
        assistant.ask(case.turns[-1], _history(case.turns[:-1], search, rewriter))
        if recorder.last is not None:
            found.append(Example(case.id, case.split, recorder.last, case.must_answer))
    return found


def _history(turns: Sequence[str], search: Search, rewriter: Rewriter | None) -> list[Turn]:
    """Earlier turns as the rewriting step sees them: only their standing questions matter to it."""
    sides = two_sides([record.title for record in search.library.records])
    history: list[Turn] = []
    for asked in turns:
        alone, *_ = standalone(as_read(asked, search)[1], history, search.frequency, rewriter, sides)
        history.append(Turn(asked, Answer(asked, alone.text, Status.NOT_STATED, message="-")))
    return history
