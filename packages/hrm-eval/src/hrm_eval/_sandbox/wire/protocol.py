"""Constants that judge, box and candidate share: orders, operations and exit statuses."""

from struct import Struct

# What a judge sends to a box: a word, a number that the answer repeats, and the limit of CPU
# seconds, which only START uses. START also carries descriptors: the candidate's end of a channel,
# a file for output, and for a program that reads standard input, files for errors and for input. It
# has no answer.
ORDER = Struct("<cQd")
START, USAGE, END = b"S", b"U", b"E"

# What a box answers to USAGE and END: the order's number, CPU seconds, seconds of waiting for a
# CPU, resident bytes (USAGE: now; END: the peak), and the wait status of the program's process or
# one of these.
REPORT = Struct("<Qddqi")
RUNNING, NOT_STARTED = -1, -2

# The descriptor of the channel in a candidate.
CHANNEL = 3

# Operations that a judge requests of a candidate. A candidate may request CALL, NEXT, SEND, THROW
# and CLOSE of a judge.
RUN_TESTS = "run tests"
RUN_PROGRAM = "run program"
CALL = "call"
NEXT = "next"
SEND = "send"
THROW = "throw"
CLOSE = "close"
GET = "getattr"
SET = "setattr"
DELETE = "delattr"
APPLY = "apply"

# Outcomes of loading a program, and of running one that reads standard input.
LOADED, SYNTAX_ERROR = "loaded", "syntax_error"
ENDED = "ended"

# Of an exception's class, the nearest bases of which a candidate tells.
MAX_CHAIN = 8

PROGRAM_FILE = "solution.py"

# Whose a value is that crosses as a number, as the sender sees it: what the sender writes as
# `YOURS` is the reader's own.
YOURS, MINE = 0, 1

# Of a NaN, instead of these: one that the reader does not know yet, and the objects `math.nan` and
# `numpy.nan`.
NEW_NAN, MATH_NAN, NUMPY_NAN = 2, 3, 4

PICKLE_VERSION = 4

# What a judge may send in one message; a candidate may send less, see `values.MAX_BYTES`.
MAX_REQUEST_BYTES = 256 * 2**20

# Of the result of one of many calls, what is larger crosses as its size and hash.
MAX_WHOLE_RESULT_BYTES = 2**16
HASHED = Struct("<Q32s")

# The last version of `marshal`'s format without references.
MARSHAL_VERSION = 2

# Exit status of a candidate that has no memory left to answer.
OUT_OF_MEMORY = 71

# Exit statuses of a judge whose box is gone; the second one if memory ran out.
BOX_IS_GONE = 3
BOX_OUT_OF_MEMORY = 4
