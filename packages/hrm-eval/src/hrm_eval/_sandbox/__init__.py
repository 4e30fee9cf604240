"""The processes behind `hrm_eval.sandbox`.

| process | module | knows the tests | runs the program |
| --- | --- | --- | --- |
| harness | `pool` | yes | no |
| judge, one a worker | `judge`, `session`, `standins`, `trial` | yes | no |
| box, one a worker | `box`, `layers`, `kernel`, `landlock`, `seccomp` | no | no |
| candidate, a fork of the box for each program | `candidate` | no | yes |

Judge and candidate speak through `channel` in the format of `values`, or for short answers in that
of `marshalled`; `protocol` has their words. `warming` readies a box for its forks.
"""
