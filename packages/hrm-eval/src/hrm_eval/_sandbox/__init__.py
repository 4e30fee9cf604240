"""The processes behind `hrm_eval.sandbox`.

| folder | process | knows the tests | runs the program |
| --- | --- | --- | --- |
| `harness` | the caller's; starts workers and gives them jobs | yes | no |
| `judge` | one per worker; runs the tests, with stand-ins for the program | yes | no |
| `box` | one per worker; an interpreter inside the layers of isolation | no | no |
| `candidate` | one per program; a fork of the box | no | yes |
| `wire` | all; the formats and messages between them | | |

Harness, judge and box trust one another and send the messages of `wire.control`; judge and box
also the orders and reports of `wire.protocol`. Judge and candidate do not trust each other: they
call each other through `wire.channel`, in the format of `wire.values` or, for simple answers, of
`wire.marshalled`. A value "crosses" if it is copied to the other process. An instance of a class of
the tests is "shared": it exists in both processes, and `wire.state` keeps the two alike. Any other
value stays where it is, and a stand-in represents it in the other process.

At the root, `start` starts a judge or a box, `layer` names the layers of isolation, and `syscalls`
makes system calls. Harness, judge and candidate import `wire`, `layer` and `syscalls` and nothing
else outside their own folders; the box also imports `candidate`.
"""
