"""The families of exercises, one module a topic."""
