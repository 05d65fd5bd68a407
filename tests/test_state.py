"""The address: every choice survives the round trip, and nothing in it can break the page."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from factories import make_chronology
from hypothesis import given
from hypothesis import strategies as st

from timeline.dashboard.state import (
    LONGEST_TEXT,
    Lanes,
    View,
    read_address,
    resolve_view,
    write_address,
)
from timeline.model import EventType, Status
from timeline.store import Snapshot, open_snapshot, write_chronology

words = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Zs", "Zl", "Zp"]),
    min_size=1,
    max_size=20,
)
several = st.lists(words, unique=True, max_size=3).map(tuple)
days = st.dates(min_value=date(1000, 1, 1))


@st.composite
def views(draw: st.DrawFn) -> View:
    first, last = sorted((draw(days), draw(days)))
    return View(
        actors=draw(several),
        match=draw(st.sampled_from(["any", "all"])),
        types=tuple(draw(st.lists(st.sampled_from([t.value for t in EventType]), unique=True))),
        statuses=tuple(draw(st.lists(st.sampled_from([s.value for s in Status]), unique=True))),
        start=draw(st.none() | st.just(first)),
        end=draw(st.none() | st.just(last)),
        text=draw(st.just("") | words),
        lanes=draw(st.sampled_from(Lanes)),
        event=draw(st.just("") | words),
        passage=draw(st.just("") | words),
        version=draw(st.just("") | words),
        places=draw(several),
        articles=draw(several),
        role=draw(st.sampled_from(["any", "doer", "target"])),
        page=draw(st.integers(0, 9_999_999)),
        shelf=draw(st.integers(0, 9_999_999)),
    )


@given(views())
def test_an_address_gives_back_its_view(view: View) -> None:
    assert read_address(parse_qs(write_address(view))) == (view, ())


def test_the_first_view_needs_no_address() -> None:
    assert write_address(View()) == ""
    assert read_address({}) == (View(), ())


@given(st.dictionaries(words, st.lists(st.text(max_size=30), max_size=3), max_size=5))
def test_any_address_is_read(params: dict[str, list[str]]) -> None:
    view, notices = read_address(params)
    assert read_address(parse_qs(write_address(view)))[0] == view
    assert all(notices)


@pytest.mark.parametrize(
    ("query", "notice"),
    [
        ("from=yesterday", "from=yesterday"),
        ("to=2020-02-30", "to=2020-02-30"),
        ("type=WAR", "type=WAR"),
        ("status=maybe", "status=maybe"),
        ("match=some", "match=some"),
        ("lanes=colour", "lanes=colour"),
        ("colour=red", "colour"),
        ("from=2020-02-01&to=2020-01-01", "end before they begin"),
    ],
)
def test_what_is_not_understood_is_left_out_with_a_notice(query: str, notice: str) -> None:
    view, notices = read_address(parse_qs(query))
    assert view == View()
    assert len(notices) == 1
    assert notice in notices[0]


@pytest.mark.parametrize("query", ["type=assault", "status=PLANNED", "embed=true", "q=+"])
def test_case_and_the_platform_parameters_are_no_mistake(query: str) -> None:
    assert read_address(parse_qs(query, keep_blank_values=True))[1] == ()


def test_a_search_has_a_length() -> None:
    assert len(read_address({"q": ["x" * 10_000]})[0].text) == LONGEST_TEXT


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    folder: Path = tmp_path_factory.mktemp("chronology") / "out"
    write_chronology(make_chronology(), folder)
    return open_snapshot(folder)


@pytest.mark.parametrize("name", ["river-front", "River Front", "RF", "the front"])
def test_an_alias_becomes_its_actor(snapshot: Snapshot, name: str) -> None:
    view, notices = resolve_view(View(actors=(name, "River Front")), snapshot)
    assert view.actors == ("river-front",)
    assert notices == ()


@pytest.mark.parametrize(
    "view",
    [
        View(actors=("Nobody Known",)),
        View(event="gone"),
        View(event="gone", passage="gone"),
        View(passage="gone"),
        View(version="another"),
    ],
)
def test_what_the_chronology_lacks_is_left_out_with_a_notice(
    snapshot: Snapshot, view: View
) -> None:
    resolved, notices = resolve_view(view, snapshot)
    assert (resolved.actors, resolved.event, resolved.passage) == ((), "", "")
    assert len(notices) == 1


def test_the_version_of_the_link_is_this_one(snapshot: Snapshot) -> None:
    view = View(version=snapshot.version)
    assert resolve_view(view, snapshot) == (view, ())
