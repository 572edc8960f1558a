"""Real servers on loopback, as plain classes: for the suite's fixtures and for the benchmarks alike.

Each starts on free ports in a temporary folder of its own and takes everything with it when it stops.
"""
