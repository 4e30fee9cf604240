"""Runs in the formats of other tools: one module for each format, and the table of all formats."""
