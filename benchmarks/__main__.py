"""`make bench`: runs the benchmarks and prints their tables."""
