"""Few different shapes, although the data of each batch differ in size.

Each new shape costs a run on the CPU time and memory: oneDNN, which computes in bfloat16, compiles
code for every shape of a matrix product and keeps that of the latest 1,024, and malloc cannot reuse
freed blocks that are slightly too small. So sizes that depend on the data are rounded up, and the
rest is filled with something that does not count.
"""


def round_up(size: int, *, digits: int = 4) -> int:
    """Return the next number with at most so many significant binary digits.

    With 4 digits the result is less than 1/8 larger than `size`, with 3 less than 1/4.

    Examples:
        >>> [round_up(size) for size in (0, 15, 17, 100, 1000, 1025)]
        [0, 15, 18, 104, 1024, 1152]
    """
    step = 1 << max(0, size.bit_length() - digits)
    return -(-size // step) * step
