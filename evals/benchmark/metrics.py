"""Measures of a ranking, by ir-measures (MacAvaney et al. 2022). The only file that imports it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import ir_measures
from ir_measures import AP, RR, R, nDCG

_MEASURES = {
    "recall_at_1": R @ 1,
    "recall_at_5": R @ 5,
    "recall_at_10": R @ 10,
    "mrr_at_10": RR @ 10,
    "map_at_10": AP @ 10,
    "ndcg_at_10": nDCG @ 10,
}


def per_query(
    names: Sequence[str], rankings: Mapping[str, Sequence[str]], relevant: Mapping[str, Mapping[str, int]]
) -> dict[str, dict[str, float]]:
    """Each measure of each query, `{measure: {query: value}}`.

    Args:
        names: which measures: `recall_at_1`, `_5` or `_10`, `mrr_at_10`, `map_at_10`, `ndcg_at_10`.
        rankings: ids by query, best first, none twice.
        relevant: grade by id by query; a query that nothing was found for counts as 0.
    """
    # Scores are made from ranks, since equal scores would be put in the order of their ids.
    run = {
        query: {found: float(len(ranking) - rank) for rank, found in enumerate(ranking)}
        for query, ranking in rankings.items()
    }
    wanted = {_MEASURES[name]: name for name in names}
    values: dict[str, dict[str, float]] = {name: {} for name in names}
    for metric in ir_measures.iter_calc(list(wanted), {query: dict(grades) for query, grades in relevant.items()}, run):
        values[wanted[metric.measure]][metric.query_id] = float(metric.value)
    return values
