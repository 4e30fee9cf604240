"""Decoding by a kernel of our own, where one can be built: `build` makes it, `decode` calls it.

Nothing requires it: without a C++ compiler, torch's operators do the same work more slowly.
"""
