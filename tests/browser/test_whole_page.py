"""No barrier in what the platform draws around the timeline either, nor on the page that explains it."""

from __future__ import annotations

from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import expect
from running import OpenPage

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("path", "ready"), [("/", "[data-drawn] .plot-container"), ("/about", "h1")]
)
@pytest.mark.parametrize("width", [390, 1280])
def test_no_serious_barrier_on_the_whole_page(
    small_app: str, open_page: OpenPage, path: str, ready: str, scheme: str, width: int
) -> None:
    page = open_page(
        small_app + path, color_scheme=scheme, viewport={"width": width, "height": 844}
    )
    expect(page.locator(ready).first).to_be_visible()
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("axe.run(document)")["violations"]
    serious = [rule for rule in found if rule["impact"] in {"serious", "critical"}]
    assert [(rule["id"], [node["html"][:160] for node in rule["nodes"]]) for rule in serious] == []
