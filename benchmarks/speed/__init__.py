"""How long everything takes: `python -m benchmarks.speed`. See benchmarks/README.md for how to read it."""
