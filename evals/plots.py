"""The report's plots, as SVG to be put into a page. The only file that imports matplotlib."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing

from evals import confidence, summary
from evals.figures import Figure
from evals.summary import Scored

_BLUE, _GREY = "#1d70b8", "#505a5f"

matplotlib.rcParams["svg.fonttype"] = "none"  # words stay words: they can be searched and read aloud
matplotlib.rcParams["svg.hashsalt"] = "evals"  # the same run gives the same bytes
matplotlib.rcParams["font.size"] = 10


def right_by_kind(rows: Mapping[str, Mapping[str, Figure]]) -> str:
    """The share right of each kind with its interval."""
    found = [(kind, figures["right"]) for kind, figures in rows.items()]
    known = sorted(((kind, one.value, one) for kind, one in found if one.value is not None), key=lambda entry: entry[1])
    drawing, axes = _axes(0.28 * len(known) + 0.9)
    for place, (_, value, one) in enumerate(known):
        axes.plot([one.low or 0.0, one.high or 0.0], [place, place], color=_GREY, linewidth=1.5)
        axes.plot([value], [place], "o", color=_BLUE, markersize=6)
    axes.set_yticks(range(len(known)), [f"{kind} ({one.count})" for kind, _, one in known])
    axes.set_xlim(-0.02, 1.02)
    axes.set_xlabel("share right, with its 95 % interval")
    return _svg(drawing, "Share right by kind, lowest at the bottom")


def lengths(scored: Sequence[Scored]) -> str | None:
    """How long the answers are, in words; None if none is shown."""
    values = [value for one in scored if (value := one.scores["words"].value) is not None]
    return _histogram(values, "words in an answer", "How many answers have how many words") if values else None


def citations(scored: Sequence[Scored]) -> str | None:
    """How precise and complete the citations are; None if no answer can be judged."""
    values = {
        name: [value for one in scored if (value := one.scores[name].value) is not None]
        for name in ("citation_precision", "citation_recall")
    }
    if not all(values.values()):
        return None
    drawing, axes = _axes(2.4)
    edges = [0, 0.001, 0.25, 0.5, 0.75, 0.999, 1.01]
    labels = ["none", "to ¼", "to ½", "to ¾", "to 1", "all"]
    for shift, (name, found) in zip((-0.2, 0.2), values.items(), strict=True):
        counts = [sum(low <= value < high for value in found) for low, high in pairwise(edges)]
        axes.bar(
            [place + shift for place in range(len(counts))], counts, 0.4, label=name.replace("_", " "),
            color=_BLUE if shift < 0 else _GREY,
        )  # fmt: skip
    axes.set_xticks(range(len(labels)), labels)
    axes.set_ylabel("answers")
    axes.legend(frameon=False)
    return _svg(drawing, "How many answers reach which citation precision and recall")


def step_times(scored: Sequence[Scored]) -> str | None:
    """The median seconds and the slowest tenth of each step; None if no answer tells its times."""
    steps = summary.step_times(scored)
    if not steps:
        return None
    drawing, axes = _axes(0.34 * len(steps) + 0.9)
    axes.boxplot([steps[step] for step in steps], orientation="horizontal", whis=(10, 90), showfliers=False)
    axes.set_yticks(range(1, len(steps) + 1), list(steps))
    axes.set_xlabel("seconds: the middle half of all answers, and from the fastest to the slowest tenth")
    return _svg(drawing, "Seconds for each step")


def risk_coverage(scored: Sequence[Scored]) -> str | None:
    """What answering less would spare; None if no row carries a confidence."""
    shown, due = confidence.risk_coverage(scored), confidence.risk_of_answering(scored)
    if not shown and not due:
        return None
    drawing, axes = _axes(2.8)
    for points, colour, label in (
        (shown, _BLUE, "wrong, of the answers shown"),
        (due, _GREY, "not answerable, of all"),
    ):
        axes.step([one.coverage for one in points], [one.risk for one in points], color=colour, label=label)
    if shown:
        axes.plot([shown[-1].coverage], [shown[-1].risk], "o", color=_BLUE, label="the threshold in use")
    axes.set_xlim(0, 1.01)
    axes.set_ylim(0, None)
    axes.set_xlabel("coverage: the share of questions answered, most confident first")
    axes.set_ylabel("risk")
    drawing.legend(loc="outside upper left", ncols=3, frameon=False)  # within, it would lie on a curve
    return _svg(drawing, "Risk against coverage")


def reliability(scored: Sequence[Scored]) -> str | None:
    """Whether confidence means what it says; None if no row carries a confidence."""
    bins = confidence.reliability(scored)
    if not bins:
        return None
    drawing, axes = _axes(3.2)
    axes.plot([0, 1], [0, 1], color=_GREY, linestyle=":", label="as it should be")
    for one in bins:
        found = one.answerable
        axes.plot([one.confidence] * 2, [found.low or 0.0, found.high or 0.0], color=_GREY, linewidth=1.5)
    axes.plot([one.confidence for one in bins], [one.answerable.value or 0.0 for one in bins], "o", color=_BLUE)
    axes.set_xlim(-0.02, 1.02)
    axes.set_ylim(-0.02, 1.02)
    axes.set_xlabel("confidence of the reader")
    axes.set_ylabel("share the text answers")
    axes.legend(frameon=False, loc="upper left")
    return _svg(drawing, "Calibration of the reader")


def _histogram(values: Sequence[float], label: str, title: str) -> str:
    drawing, axes = _axes(2.2)
    axes.hist(values, bins=min(30, max(5, len(values) // 4)), color=_BLUE)
    axes.set_xlabel(label)
    axes.set_ylabel("answers")
    return _svg(drawing, title)


def _axes(height: float) -> tuple[Drawing, Axes]:
    drawing, axes = plt.subplots(figsize=(7.2, height), layout="constrained")
    axes.spines[["top", "right"]].set_visible(False)
    return drawing, axes


def _svg(drawing: Drawing, title: str) -> str:
    """The bare `<svg>` element, named for those who cannot see it."""
    written = io.StringIO()
    drawing.savefig(written, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    plt.close(drawing)
    element = re.sub(
        r"<metadata>.*?</metadata>", "", written.getvalue()[written.getvalue().index("<svg") :], flags=re.DOTALL
    )
    return element.replace("<svg ", f'<svg role="img" aria-label="{title}" ', 1)
