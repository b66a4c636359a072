"""What is measured by running it: speed and memory (`python -m benchmarks`), passages and fusion (`retrieval.py`)."""
