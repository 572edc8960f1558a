"""Benchmarks, side by side with their references. `benchmarks/tables/` holds one module a table:

    def measure(options: Options) -> Iterator[Table]

Its docstring's first line is what `make bench ARGS=--list` shows. It starts what it measures, and ends it.
"""
