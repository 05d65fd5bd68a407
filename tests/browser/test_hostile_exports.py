"""What an article smuggles in stays text in the files that a reader takes along, and on paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from factories import make_chronology, make_document, make_event, make_mention, make_when
from playwright.sync_api import Page, expect
from running import OpenPage, serving

from timeline.model import Actor, ActorKind, Chronology, EventActor, Role
from timeline.store import write_chronology

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)> [go](javascript:alert(3)) killed."
NAME = "<a href=javascript:alert(4)>Mallory</a> $& $` $'"
"""The dollars are patterns to JavaScript's own `replace`: a name must pass through it unread."""


def _hostile() -> Chronology:
    document = make_document(SCRIPT, title=NAME, publisher=NAME, url="javascript:alert(5)")
    mention = make_mention(document, "killed", when=make_when(date(2015, 3, 3)))
    actor = Actor(actor_id="x", name=NAME, kind=ActorKind.PERSON, aliases=())
    event = make_event(
        mention, title=SCRIPT, actors=(EventActor(actor_id="x", name=NAME, role=Role.ACTOR),)
    )
    given: dict[str, Any] = {
        "documents": (document,),
        "mentions": (mention,),
        "events": (event,),
    }
    return make_chronology(**given, actors=(actor,))


@pytest.fixture(scope="module")
def hostile_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("hostile") / "out"
    write_chronology(_hostile(), folder)
    with serving(folder) as address:
        yield address


def _no_dialog(page: Page) -> Page:
    page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    return page


def _taken(page: Page, choice: str, folder: Path) -> Path:
    expect(page.locator(".stApp [data-drawn] .plot-container")).to_be_visible()
    page.get_by_text("Download", exact=True).click()
    with page.expect_download() as saved:
        page.get_by_role("button", name=re.compile(choice)).click()
    path = folder / saved.value.suggested_filename
    saved.value.save_as(path)
    return path


def test_the_page_taken_along_shows_markup_as_text(
    hostile_app: str, open_page: OpenPage, tmp_path: Path
) -> None:
    page = _no_dialog(open_page(f"{hostile_app}/?lanes=actor"))
    taken = _taken(page, "HTML", tmp_path)
    alone = _no_dialog(page.context.new_page())
    alone.goto(taken.as_uri())
    expect(alone.locator("img")).to_have_count(1)
    alone.locator("summary").first.click()
    expect(alone.locator("blockquote").first).to_contain_text(SCRIPT)
    assert alone.locator("script, [onerror], a[href^=javascript]").count() == 0
    chart = alone.locator("img")
    assert chart.evaluate("image => image.complete && image.naturalWidth > 300")
    assert NAME in (chart.get_attribute("alt") or "")
    assert alone.locator("h1").count() == 1


def test_the_drawing_taken_along_holds_no_markup_of_an_article(
    hostile_app: str, open_page: OpenPage, tmp_path: Path
) -> None:
    page = _no_dialog(open_page(f"{hostile_app}/?lanes=actor"))
    drawing = _taken(page, "SVG", tmp_path)
    shown = _no_dialog(page.context.new_page())
    shown.goto(drawing.as_uri())
    found = shown.evaluate(
        "[...document.querySelectorAll('script, image, foreignObject, a, [onerror], [onclick]')]"
        ".map(node => node.outerHTML.slice(0, 120))"
    )
    assert found == []


def test_on_paper_the_passage_stays_and_the_controls_go(
    hostile_app: str, open_page: OpenPage
) -> None:
    page = _no_dialog(open_page(hostile_app))
    page.locator(".tl-mark").first.click()
    passage = page.get_by_role("complementary", name="Event").locator("blockquote")
    expect(passage).to_have_text(SCRIPT)
    page.emulate_media(media="print")
    expect(passage).to_be_visible()
    expect(page.locator(".tl-toolbar")).to_be_hidden()
    expect(page.get_by_text("Copy link")).to_be_hidden()
