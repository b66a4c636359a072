"""Third-party benchmarks: the product's own parts measured on sets that others wrote."""
