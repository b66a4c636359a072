"""Measuring: cases with known answers, runs over them, scores without a model, comparisons and reports."""
