"""Training of Hierarchical Reasoning Models on code."""
