"""Writes requirements.lock: every package of requirements.txt with the digest of the file that was tried, and
docs/licences.md: the licence that each declares. ``make lock``; Linux on x86-64 and Python 3.11, as the Dockerfile has it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LOCK, LICENCES = ROOT / "requirements.lock", ROOT / "docs" / "licences.md"


def main() -> None:
    """Asks pip what it would install, without installing it."""
    command = [sys.executable, "-m", "pip", "install", "--dry-run", "--ignore-installed", "--quiet"]
    command += ["--only-binary", ":all:", "--report", "-", "-r", str(ROOT / "requirements.txt")]
    report = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    packages = sorted(report["install"], key=lambda item: _name(item).lower())
    LOCK.write_text(
        "# Made by `make lock`. pip install --require-hashes -r requirements.lock\n"
        + "".join(map(_locked, packages))
    )
    LICENCES.write_text(_HEAD + "".join(map(_licensed, packages)))


_HEAD = """# Licences of what the dashboard and the command line install

Made by `make lock` out of what each package declares. All of them allow use, change and redistribution, also commercially.
MPL-2.0 (certifi, and tqdm in part) asks only that changes to its own files stay open; nothing here is changed. The repository also holds plotly.js's basic
bundle (MIT) as it was published: timeline/dashboard/component/assets/vendor.

| package | version | licence |
| --- | --- | --- |
"""


def _name(item: dict[str, Any]) -> str:
    return str(item["metadata"]["name"])


def _locked(item: dict[str, Any]) -> str:
    digest = item["download_info"]["archive_info"]["hashes"]["sha256"]
    return f"{_name(item)}=={item['metadata']['version']} \\\n    --hash=sha256:{digest}\n"


def _licensed(item: dict[str, Any]) -> str:
    return f"| {_name(item)} | {item['metadata']['version']} | {licence_of(item['metadata'])} |\n"


def licence_of(metadata: dict[str, Any]) -> str:
    """What a package says of its licence, in a few words."""
    if metadata.get("license_expression"):
        return str(metadata["license_expression"])
    named = [
        line.rpartition(" :: ")[2]
        for line in metadata.get("classifier", ())
        if line.startswith("License ::")
    ]
    named = [name for name in named if name != "OSI Approved"]
    first = str(metadata.get("license") or "").strip().splitlines()
    text = ", ".join(named) or (first[0] if first else "")
    return re.sub(r"\s*\(.*?\)", "", text)[:60] or "not declared"


if __name__ == "__main__":
    main()
