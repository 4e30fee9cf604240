"""A C++ kernel for decoding on the CPU: `build` compiles and loads it, `decode` calls it.

It is optional. Without a C++ compiler, torch's operators do the same work more slowly.
"""
