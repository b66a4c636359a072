"""From files to sections. Knows nothing of search or models."""
