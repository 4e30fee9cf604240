"""The harness's part: starts and feeds the workers."""
