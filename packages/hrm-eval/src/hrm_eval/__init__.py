"""Measure models that write code: prompts, engines, sandbox, metrics and reports."""
