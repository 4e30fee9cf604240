"""HTML pages that are one file: they load nothing, and open from a disk.

The templates, the style and the scripts are in `templates/`. A page may run its own script and
nothing else: its Content-Security-Policy names the hashes of its script and its style, and allows
no request. Text of models and programs goes into a page escaped.
"""

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from hrm_core import files
from hrm_core.errors import UsageError
from hrm_eval.printable import printable
from hrm_eval.run_folder import refuse_record


def render_page(template: str, *, script: str, **values: Any) -> str:
    """Return a page.

    Args:
        template: File in `templates/`; it extends `page.html`.
        script: File in `templates/`, the script of the page.
        values: What the template shows. Text may contain any characters.
    """
    environment = _environment()
    parts = {"style": _read("page.css"), "script": _read(script)}
    policy = "; ".join(
        [
            "default-src 'none'",
            *(f"{part}-src 'sha256-{_hash(text)}'" for part, text in parts.items()),
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        ]
    )
    return environment.get_template(template).render(policy=policy, **parts, **values) + "\n"


def write_page(path: Path, page: str) -> None:
    """Write a page whole or not at all.

    Raises:
        UsageError: If the file cannot be written, or belongs to a run; the old one stays.
    """
    refuse_record(path)
    try:
        files.write_whole(path, page)
    except OSError as error:
        raise UsageError(
            f"{path}: cannot be written: {error.strerror}. Choose another file"
        ) from error


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("hrm_eval", "templates"),
        autoescape=True,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.policies["json.dumps_kwargs"] = {"allow_nan": False, "separators": (",", ":")}
    environment.filters["percent"] = "{:.1%}".format
    environment.filters["count"] = "{:,}".format
    return environment


def _shown(value: Any) -> Any:
    return value if isinstance(value, Markup) else printable(str(value))


def _read(name: str) -> Markup:
    """Return a file of this package, which is written into the page as it is."""
    environment = _environment()
    assert environment.loader is not None
    source, _, _ = environment.loader.get_source(environment, name)
    return Markup(source)


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")
