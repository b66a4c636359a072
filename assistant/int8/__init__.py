"""The default language model run by PyTorch in whole numbers, on processors that multiply those fast.

A prompt of a reader is some twenty tokens, each of which meets all weights once: what it costs is multiplying. With
weights and inputs of eight bits, PyTorch does that two to three times as fast as llama.cpp where a processor has
AVX-512 VNNI (docs/decisions/0041-int8.md). Other processors and other models are left to llama.cpp.
"""
