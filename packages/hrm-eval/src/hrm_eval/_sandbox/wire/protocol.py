"""The words that judge, box and candidate use."""

from struct import Struct

# What a judge sends a box: a word, the CPU seconds of a program and its memory; with START comes
# the descriptor of the program's end of a channel.
ORDER = Struct("<cd")
START, USAGE, END = b"S", b"U", b"E"

# What a box answers to USAGE and END: CPU seconds, seconds of waiting for a CPU, bytes of memory
# (now, or at the highest), and the wait status of the program's process, or one of these.
REPORT = Struct("<ddqi")
RUNNING, NOT_STARTED = -1, -2

# The descriptor of the channel in a candidate.
CHANNEL = 3

# Operations that a judge asks of a candidate.
RUN_TESTS = "run tests"
CALL = "call"
NEXT = "next"
GET = "getattr"
SET = "setattr"
DELETE = "delattr"
APPLY = "apply"

# How a program fails to load.
LOADED, SYNTAX_ERROR, FAILED = "loaded", "syntax_error", "failed"

PROGRAM_FILE = "solution.py"

# The last version of `marshal`'s format without references.
MARSHAL_VERSION = 2

# How a candidate ends that has no memory left to answer.
OUT_OF_MEMORY = 71

# How a judge ends when its box is gone.
BOX_IS_GONE = 3
