"""Measure models that write code: prompts, engines, sandbox, metrics and reports.

The names below are imported when they are used, so that importing the package costs nothing.
"""

# Not imported from `typing`: every process of the sandbox imports this package, too.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from hrm_eval.api import Comparison, Run, compare, evaluate, load_run, score
    from hrm_eval.asking import Reply, ask
    from hrm_eval.metrics import pass_at_k
    from hrm_eval.run_config import RunConfig
    from hrm_eval.run_folder import RunFolder
    from hrm_eval.sandbox import Limits, Sandbox, Status, Verdict
    from hrm_eval.summary import Summary

__all__ = [
    "Comparison",
    "Limits",
    "Reply",
    "Run",
    "RunConfig",
    "RunFolder",
    "Sandbox",
    "Status",
    "Summary",
    "Verdict",
    "ask",
    "compare",
    "evaluate",
    "load_run",
    "pass_at_k",
    "score",
]

_MODULES = {
    "Comparison": "api",
    "Limits": "sandbox",
    "Reply": "asking",
    "Run": "api",
    "RunConfig": "run_config",
    "RunFolder": "run_folder",
    "Sandbox": "sandbox",
    "Status": "sandbox",
    "Summary": "summary",
    "Verdict": "sandbox",
    "ask": "asking",
    "compare": "api",
    "evaluate": "api",
    "load_run": "api",
    "pass_at_k": "metrics",
    "score": "api",
}


def __getattr__(name: str) -> object:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
