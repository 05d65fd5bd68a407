"""One script out of the component's modules: a browser that meets the page for the first time would ask for them one after another.

The modules are put into an order in which each finds what it imports, and each into a function of its own, so that their names do
not meet. That needs no tool of another language, and nothing that is made has to be kept beside what it is made of.
"""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

_IMPORT = re.compile(r'^import \{(?P<names>[^}]*)\} from "\./(?P<module>\w+)\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const) (?P<name>\w+))", re.MULTILINE)
_DEFAULT = "export default function"
_DIGITS = 10


def bundled(modules: Mapping[str, str], entry: str) -> str:
    """The script that does what the module `entry` and all that it imports do.

    Args:
        modules: source by name, without the ending. They import each other by name alone: ``import { a, b } from "./c.js";``.
    """
    order: list[str] = []
    _put_in_order(entry, modules, order)
    return "\n".join(_wrapped(name, modules[name], is_entry=name == entry) for name in order)


def _put_in_order(name: str, modules: Mapping[str, str], order: list[str]) -> None:
    for found in _IMPORT.finditer(modules[name]):
        if found["module"] not in order:
            _put_in_order(found["module"], modules, order)
    order.append(name)


def _wrapped(name: str, source: str, *, is_entry: bool) -> str:
    body = _IMPORT.sub(lambda found: f"const {{{found['names']}}} = ${found['module']};\n", source)
    if is_entry:
        # The last of all: its names may stay as they are, and what it exports must.
        return body
    exported = ", ".join(found["name"] for found in _EXPORT.finditer(body))
    return f"const ${name} = (() => {{\n{_EXPORT.sub('', body)}return {{ {exported} }};\n}})();\n"


def write_bundle(assets: Path, entry: str, folder: Path) -> tuple[str, str]:
    """Writes the script, the style sheet and what others have made into a folder.

    Returns:
        The names of script and style sheet. They say what is in them, so that a browser may keep what it has.
    """
    modules = {path.stem: path.read_text("utf-8") for path in assets.glob("*.js")}
    script = _write_named(folder, entry, "js", bundled(modules, entry))
    style = _write_named(folder, "style", "css", (assets / "style.css").read_text("utf-8"))
    preload = modules["preload"].replace(f"{entry}.js", script)
    (folder / "preload.js").write_text(preload, "utf-8")
    shutil.copytree(assets / "vendor", folder / "vendor")
    return script, style


def _write_named(folder: Path, stem: str, ending: str, text: str) -> str:
    name = f"{stem}-{hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]}.{ending}"
    (folder / name).write_text(text, "utf-8")
    return name
