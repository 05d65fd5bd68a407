"""What visitors of a hosted dashboard can and cannot do, and what they see when its data are not there."""

from __future__ import annotations

import http.client
import json
import shutil
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from factories import make_chronology
from hosted import hosting
from playwright.sync_api import Page, expect
from running import OpenPage

from timeline.paths import MANIFEST
from timeline.store import write_chronology

MINE = b"date 2011-03-05 Rebels attacked the harbour of Zubrowka on 3 March 2011, killing twelve soldiers."
THEIRS = (
    b"date 2012-06-05 Rebels attacked the airport of Grenz on 3 June 2012, killing nine soldiers."
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hosted") / "out"
    write_chronology(make_chronology(), folder)
    return folder


@pytest.fixture(scope="module")
def temporary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("temporary")


@pytest.fixture(scope="module")
def workbench(folder: Path, temporary: Path) -> Iterator[str]:
    kept = str(temporary / "timeline-kept")
    with hosting(folder, TMPDIR=str(temporary), TIMELINE_CACHE=kept) as address:
        yield address


@pytest.fixture(scope="module")
def read_only(folder: Path) -> Iterator[str]:
    with hosting(folder, TIMELINE_MODE="read-only") as address:
        yield address


def drawn(page: Page) -> Page:
    expect(page.locator("[data-drawn] .plot-container")).to_be_visible()
    return page


def bring(page: Page, **files: bytes) -> Page:
    page.get_by_role("button", name="Your own articles").click()
    chosen = [
        {"name": name.replace("__", "."), "mimeType": "text/plain", "buffer": data}
        for name, data in files.items()
    ]
    page.locator("input[type=file]").set_input_files(chosen)  # type: ignore[arg-type]
    expect(page.get_by_text(chosen[-1]["name"]).first).to_be_visible()  # type: ignore[arg-type]
    page.get_by_role("button", name="Read them").click()
    return page


def test_uploads_are_read_for_the_visitor_alone_and_gone_afterwards(
    workbench: str, open_page: OpenPage, temporary: Path
) -> None:
    mine, theirs = drawn(open_page(workbench)), drawn(open_page(workbench))
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("inner.txt", MINE.replace(b"harbour", b"station"))
    bring(mine, mine__txt=MINE, more__zip=packed.getvalue(), bad__pdf=b"%PDF-1.4")
    expect(mine.get_by_text("You see 2 articles of your own")).to_be_visible()
    expect(mine.get_by_text("Of 1 source the form tells why not")).to_be_visible()
    told = mine.get_by_text("bad.pdf: not a readable PDF")
    if not told.is_visible():
        mine.get_by_role("button", name="Your own articles").click()
    expect(told).to_be_visible()
    bring(theirs, theirs__txt=THEIRS)
    expect(theirs.get_by_text("You see 1 article of your own")).to_be_visible()

    expect(mine.get_by_role("table").first).to_contain_text("Zubrowka")
    for page, other in (
        (mine, "Grenz"),
        (theirs, "Zubrowka"),
        (drawn(open_page(workbench)), "Zubrowka"),
    ):
        assert other not in page.content()
    # Nothing of it lies on the disk, and a new visit begins without it.
    assert list(temporary.rglob("*visit*")) == []
    mine.reload()
    drawn(mine)
    expect(mine.get_by_text("of your own.")).to_have_count(0)
    assert "Zubrowka" not in mine.content()


def test_uploads_can_be_closed(workbench: str, open_page: OpenPage) -> None:
    page = bring(drawn(open_page(workbench)), mine__txt=MINE)
    page.get_by_role("button", name="Close them").click()
    expect(page.get_by_text("of your own.")).to_have_count(0)
    expect(
        page.get_by_label("River Front attacks").or_(page.locator(".tl-mark")).first
    ).to_be_visible()


def test_uploads_that_cannot_be_read_are_told_and_hide_nothing(
    workbench: str, open_page: OpenPage
) -> None:
    page = bring(drawn(open_page(workbench)), bad__pdf=b"%PDF-1.4")
    expect(page.get_by_text("bad.pdf: not a readable PDF")).to_be_attached()
    drawn(page)


def test_read_only_takes_nothing(read_only: str, open_page: OpenPage) -> None:
    page = drawn(open_page(read_only))
    expect(page.get_by_role("button", name="Your own articles")).to_have_count(0)
    request = Request(f"{read_only}/_stcore/upload_file/a/b", data=b"x", method="PUT")
    with pytest.raises(HTTPError, match="404"):
        urlopen(request)


def test_answers_carry_security_headers(read_only: str) -> None:
    for path in ("/", "/_stcore/health", "/about"):
        with urlopen(read_only + path) as answer:
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
            assert answer.headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/agent/openapi.json"])
def test_doors_for_programs_are_shut(read_only: str, path: str) -> None:
    with pytest.raises(HTTPError, match="404"):
        urlopen(read_only + path)


@pytest.mark.parametrize(
    "path",
    ["/app/static/../../app.py", "/.streamlit/config.toml", "/app.py", "/..%2f..%2fetc/passwd"],
)
def test_no_file_of_the_server_is_given_out(read_only: str, path: str) -> None:
    request = http.client.HTTPConnection(read_only.removeprefix("http://"))
    request.request("GET", path)
    answer = request.getresponse().read()
    assert not any(word in answer for word in (b"enableXsrf", b"set_page_config", b"root:"))


def test_the_policy_breaks_nothing(read_only: str, open_page: OpenPage) -> None:
    page = open_page(read_only)
    said: list[str] = []
    page.on(
        "console", lambda message: said.append(message.text) if message.type == "error" else None
    )
    page.reload()
    drawn(page)
    page.locator(".tl-mark").first.click()
    expect(page.get_by_role("complementary", name="Event")).to_be_visible()
    assert said == []


# --- when the data are not there -----------------------------------------------------------------------


def missing(folder: Path) -> None:
    shutil.rmtree(folder)


def half_copied(folder: Path) -> None:
    (folder / "events.parquet").unlink()


def cut(folder: Path) -> None:
    path = folder / "documents.parquet"
    path.write_bytes(path.read_bytes()[:-100])


def another_version(folder: Path) -> None:
    data = json.loads((folder / MANIFEST).read_text())
    (folder / MANIFEST).write_text(json.dumps(data | {"schema_version": 99}))


def corrupt(folder: Path) -> None:
    (folder / MANIFEST).write_text('{"schema_version":')


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    folder = tmp_path_factory.mktemp("broken") / "out"
    write_chronology(make_chronology(), folder)
    with hosting(folder) as address:
        yield address, folder


@pytest.mark.parametrize("damage", [missing, half_copied, cut, another_version, corrupt])
def test_what_is_wrong_with_the_data_is_told_and_a_rebuild_mends_it(
    broken: tuple[str, Path], open_page: OpenPage, damage: Callable[[Path], None]
) -> None:
    address, folder = broken
    # Another version than the one that the server still remembers.
    chronology = make_chronology()
    write_chronology(replace(chronology, events=chronology.events[:-1]), folder)
    data = json.loads((folder / MANIFEST).read_text())
    (folder / MANIFEST).write_text(json.dumps(data | {"data_version": damage.__name__}))
    damage(folder)
    page = open_page(address)
    expect(page.get_by_text("No chronology to show")).to_be_visible()
    expect(page.get_by_text("What to do")).to_be_visible()
    assert str(folder.parent) not in page.content()
    if folder.exists():
        shutil.rmtree(folder)
    write_chronology(make_chronology(), folder)
    page.reload()
    drawn(page)


def test_a_rebuild_swaps_in_without_a_restart(tmp_path: Path, open_page: OpenPage) -> None:
    chronology = make_chronology()
    write_chronology(chronology, tmp_path / "out")
    with hosting(tmp_path / "out") as address:
        page = drawn(open_page(address))
        before = page.locator(".tl-mark").count()
        write_chronology(replace(chronology, events=chronology.events[:1]), tmp_path / "out")
        page.reload()
        drawn(page)
        expect(page.locator(".tl-mark")).not_to_have_count(before)


def test_nothing_of_a_visit_is_left_in_the_temporary_folder(temporary: Path) -> None:
    ours = {path.name for path in temporary.iterdir() if "timeline" in path.name}
    # The component's own scripts, which are the same for everybody, stay for as long as the server runs.
    assert {name for name in ours if not name.startswith("timeline-assets-")} == set()
