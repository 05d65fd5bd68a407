"""The page as Streamlit runs it, without a browser: settings that must hold, and what a visit without data shows."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from factories import make_chronology
from plotly.offline import get_plotlyjs
from streamlit import config
from streamlit.testing.v1 import AppTest

from benchmarks.synthetic import make_chronology as make_crowd
from timeline.dashboard.component import ASSETS
from timeline.dashboard.packing import packed
from timeline.dashboard.screen import screen, set_stage
from timeline.dashboard.source import data_version
from timeline.dashboard.state import Lanes, View
from timeline.errors import SnapshotError
from timeline.paths import ROOT
from timeline.store import open_snapshot, write_chronology

SETTINGS = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
FLAT = [
    (f"{section}.{name}", value)
    for section, values in SETTINGS.items()
    if section != "theme"
    for name, value in values.items()
]


@pytest.mark.parametrize(("option", "value"), FLAT)
def test_this_streamlit_knows_each_setting(option: str, value: object) -> None:
    config.set_option(option, value)
    assert config.get_option(option) == value


def test_settings_that_visitors_rely_on() -> None:
    assert SETTINGS["runner"]["postScriptGC"] is False
    assert SETTINGS["server"]["enableXsrfProtection"] is True
    assert SETTINGS["client"]["showErrorDetails"] == "none"
    assert SETTINGS["browser"]["gatherUsageStats"] is False


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TIMELINE_CHRONOLOGY", str(tmp_path / "out"))
    monkeypatch.chdir(ROOT)
    return tmp_path / "out"


def test_the_page_runs(folder: Path) -> None:
    write_chronology(make_chronology(), folder)
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    app.query_params["actor"] = "RF"
    app.run()
    assert not app.exception


def test_a_missing_chronology_is_told_with_its_remedy(folder: Path) -> None:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).run()
    assert not app.exception
    assert app.title[0].value == "No chronology to show"
    assert "What to do" in app.text[1].value


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", "null"])
def test_a_broken_manifest_is_an_error_that_says_so(folder: Path, content: str) -> None:
    folder.mkdir()
    (folder / "manifest.json").write_text(content)
    with pytest.raises(SnapshotError, match="manifest"):
        data_version(folder)


def test_counts_of_the_actors_follow_the_other_filters(folder: Path) -> None:
    write_chronology(make_chronology(), folder)
    stage = set_stage(open_snapshot(folder))
    everything = screen(View(), stage, 1000)
    planned = screen(View(statuses=("planned",)), stage, 1000)
    assert {a["id"]: a["count"] for a in everything["filters"]["actors"]}["river-front"] == 3
    assert {a["id"] for a in planned["filters"]["actors"]} == {
        "ana-petrova",
        "government-of-freedonia",
        "freedonia",
    }


def test_every_event_is_on_the_chart_the_shelf_or_counted(folder: Path) -> None:
    write_chronology(make_chronology(), folder)
    shown = screen(View(), set_stage(open_snapshot(folder)), 1000)
    on_chart = {event_id for hit in shown["hits"] for event_id in hit["ids"]}
    assert {row["id"] for row in shown["table"]["rows"]} == on_chart
    assert (
        len(on_chart) + shown["shelf"]["of"] + shown["counts"]["outside"]
        == shown["counts"]["all"]
        == 5
    )


def test_of_a_crowd_every_event_is_drawn_or_counted_and_the_page_stays_small(folder: Path) -> None:
    write_chronology(make_crowd(5000), folder)
    stage = set_stage(open_snapshot(folder))
    for lanes in Lanes:
        shown = screen(View(lanes=lanes), stage, 1000)
        told = sum(
            int(count)
            for count in re.findall(r" (\d+)(?=[,.])", shown["alternative"].split("lane:")[1])
        )
        assert told == shown["counts"]["shown"] > 4000
        assert len(packed(shown)) < 30_000


def test_what_facets_count_is_what_their_choice_finds(folder: Path) -> None:
    write_chronology(make_chronology(), folder)
    stage = set_stage(open_snapshot(folder))
    view = View(text="port")
    filters = screen(view, stage, 1000)["filters"]
    for key, field in {
        "actors": "actors",
        "types": "types",
        "statuses": "statuses",
        "places": "places",
        "articles": "articles",
    }.items():
        for option in filters[key]:
            narrowed = screen(replace(view, **{field: (option["id"],)}), stage, 1000)
            assert narrowed["counts"]["found"] == option["count"], (key, option)


def test_the_store_and_the_index_find_the_same(folder: Path) -> None:
    write_chronology(make_chronology(), folder)
    snapshot = open_snapshot(folder)
    index = set_stage(snapshot).index
    for view in (
        View(),
        View(actors=("freedonia",)),
        View(actors=("river-front", "freedonia"), match="all"),
        View(types=("ASSAULT",), text="port"),
    ):
        assert index.at(index.found(view)) == snapshot.events(view.query)


def test_the_kept_plotly_js_is_what_was_published_for_the_installed_plotly() -> None:
    folder = ASSETS / "vendor"
    content = (folder / "plotly-basic.min.js").read_bytes()
    assert hashlib.sha256(content).hexdigest() in (folder / "README.md").read_text("utf-8")
    version = re.search(rb"plotly\.js [^\n]*v([\d.]+)", content)
    assert version
    assert version[1].decode() in get_plotlyjs()[:200]


def test_what_is_sent_unpacks_to_what_was_drawn_and_is_the_same_each_time(folder: Path) -> None:
    write_chronology(make_chronology(), folder)
    shown = screen(View(), set_stage(open_snapshot(folder)), 1000)
    assert json.loads(gzip.decompress(packed(shown))) == json.loads(json.dumps(shown))
    assert packed(shown) == packed(shown)


def test_an_open_event_is_drawn_however_little_it_weighs(folder: Path) -> None:
    write_chronology(make_crowd(5000), folder)
    stage = set_stage(open_snapshot(folder))
    everything = screen(View(), stage, 1000)
    marked = {one for hit in everything["hits"] for one in hit["ids"]}
    hidden = next(row["id"] for row in everything["table"]["rows"] if row["id"] not in marked)
    opened = screen(View(event=hidden), stage, 1000)
    assert hidden in {one for hit in opened["hits"] for one in hit["ids"]}
    assert len(opened["figure"]["data"]) == len(everything["figure"]["data"]) + 1
