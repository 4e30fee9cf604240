"""A hook of MkDocs: one page for each public module, and the pages that lie outside of `docs`.

The API pages only name their module; mkdocstrings fills them from the docstrings, which it reads
from the source. No package has to be installed.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

ROOT = Path(__file__).parents[2]
API = "reference/api"
# Modules with nothing but families of exercises; `hrm-exercises list` shows them.
_FAMILIES = "hrm_exercises.families."


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Add the API pages to the navigation."""
    pages: list[dict[str, Any]] = [{"Overview": f"{API}/index.md"}]
    for package, modules in packages():
        pages.append({package: [{title(module): page_of(module)} for module in modules]})
    config.nav.append({"API": pages})
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the API pages, the contributing page and the changelog."""
    pages = {f"{API}/index.md": overview()}
    for _, modules in packages():
        for module in modules:
            pages[page_of(module)] = f"# {module}\n\n::: {module}\n"
    for name in ("CONTRIBUTING.md", "CHANGELOG.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        pages[name.lower()] = re.sub(r"\]\(docs/", "](", text)
    for path, text in pages.items():
        files.append(File.generated(config, path, content=text))
    return files


def packages() -> Iterator[tuple[str, list[str]]]:
    """Yield each import package with its public modules."""
    for source in sorted((ROOT / "packages").glob("*/src/*")):
        modules = [source.name]
        for path in sorted(source.rglob("*.py")):
            parts = path.relative_to(source.parent).with_suffix("").parts
            name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            is_private = any(part.startswith("_") for part in name.split("."))
            if not is_private and name not in modules and _FAMILIES not in name:
                modules.append(name)
        yield source.name, modules


def page_of(module: str) -> str:
    """Return the path of a module's page."""
    return f"{API}/{module}.md"


def title(module: str) -> str:
    """Return the name of a module inside its package."""
    return module.partition(".")[2] or module


def overview() -> str:
    """Return the page that lists all modules, each with the first line of its docstring."""
    lines = [
        "# API",
        "The public modules of all packages, from their docstrings. Modules whose names start with "
        "an underscore are private and may change at any time.",
    ]
    for package, modules in packages():
        rows = [f"| [`{module}`]({module}.md) | {first_line(module)} |" for module in modules]
        lines += [f"## {package}", "\n".join(["| module | what it is |", "| --- | --- |", *rows])]
    return "\n\n".join(lines) + "\n"


def first_line(module: str) -> str:
    """Return the first line of a module's docstring."""
    package, *rest = module.split(".")
    source = next((ROOT / "packages").glob(f"*/src/{package}"))
    path = source.joinpath(*rest)
    path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return text.partition("\n")[0].replace("|", "\\|")
