"""One script out of the component's modules does what they do."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from timeline.dashboard.component import ASSETS
from timeline.dashboard.component.bundling import bundled, write_bundle

MODULES = {
    "entry": 'import { twice } from "./twice.js";\nimport { STEP, named } from "./named.js";\n\n'
    "const DAY = 7;\nexport default function () { return [twice(DAY), STEP, named()]; }\n",
    "twice": 'import { STEP } from "./named.js";\n\nconst DAY = STEP;\nexport const twice = (n) => n * DAY;\n',
    "named": "export const STEP = 2;\nexport async function later() {}\nexport function named() { return 'n'; }\n",
    "unasked": "export const never = 1;\n",
}


def test_what_is_imported_comes_before_what_imports_it_and_once() -> None:
    script = bundled(MODULES, "entry")
    assert re.findall(r"^const \$(\w+)", script, re.MULTILINE) == ["named", "twice"]
    assert "import" not in script
    assert "never" not in script


@pytest.mark.skipif(shutil.which("node") is None, reason="there is nothing to run it with")
def test_names_of_modules_do_not_meet(tmp_path: Path) -> None:
    (tmp_path / "bundle.mjs").write_text(bundled(MODULES, "entry"), "utf-8")
    run = "import('./bundle.mjs').then((it) => console.log(JSON.stringify(it.default())))"
    told = subprocess.run(
        ["node", "-e", run], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == '[14,2,"n"]'


def test_every_module_of_the_component_is_in_its_script(tmp_path: Path) -> None:
    script, style = write_bundle(ASSETS, "index", tmp_path)
    text = (tmp_path / script).read_text("utf-8")
    for module in set(ASSETS.glob("*.js")) - {ASSETS / "index.js", ASSETS / "preload.js"}:
        assert f"const ${module.stem} = " in text
    assert not re.search(r"^(import|export (?!default))", text, re.MULTILINE)
    assert (tmp_path / style).read_text("utf-8") == (ASSETS / "style.css").read_text("utf-8")
    assert script in (tmp_path / "preload.js").read_text("utf-8")
    assert (tmp_path / "vendor" / "plotly-basic.min.js").stat().st_size > 1_000_000
