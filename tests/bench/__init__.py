"""The benchmarks, ``python -m tests.bench``: the portal beside named other ways, in one run, as ratios."""
