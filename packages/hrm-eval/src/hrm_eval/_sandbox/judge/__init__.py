"""The judge's process: runs the tests."""
