"""An old link is told what has changed: every event that differs, once, however many builds lie between."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from factories import make_chronology, make_when
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline.dashboard.changes import changes_since, successor, told_changes
from timeline.dashboard.state import View, resolve_view
from timeline.model import Chronology, Event
from timeline.store import Snapshot, earlier, open_snapshot, write_chronology

WHOLE = make_chronology()
BOMBING, BLAME, MEETING, PROTEST, DENIAL = WHOLE.events


def built(folder: Path, *events: Event) -> Snapshot:
    write_chronology(replace(WHOLE, events=events), folder)
    return open_snapshot(folder)


def titles(events: object) -> set[str]:
    return {event["title"] for event in events["events"]}  # type: ignore[index]


def test_new_changed_and_gone_are_told(tmp_path: Path) -> None:
    old = built(tmp_path / "out", BOMBING, BLAME, DENIAL).version
    moved = replace(BLAME, when=make_when(date(2015, 3, 6)))
    now = built(tmp_path / "out", BOMBING, moved, MEETING)
    told = told_changes(old, now)
    assert told is not None
    assert told["text"] == "Since this link was made, 3 events changed: 1 new, 1 changed, 1 gone."
    assert titles(told["new"]) == {MEETING.title}
    assert titles(told["gone"]) == {DENIAL.title}
    [changed] = told["changed"]["events"]
    assert changed["differences"] == ["date: 4 March 2015 → 6 March 2015"]


def test_a_link_to_this_version_is_told_nothing(tmp_path: Path) -> None:
    built(tmp_path / "out", BOMBING)
    now = built(tmp_path / "out", BOMBING, BLAME)
    assert told_changes(now.version, now) is None
    assert told_changes("", now) is None


def test_a_version_that_nobody_remembers_is_told_in_general(tmp_path: Path) -> None:
    now = built(tmp_path / "out", BOMBING)
    assert told_changes("0123456789abcdef", now) is None
    _, notices = resolve_view(View(version="0123456789abcdef"), now)
    assert any("another version" in notice for notice in notices)


def test_what_only_the_ranking_changed_is_no_change(tmp_path: Path) -> None:
    old = built(tmp_path / "out", BOMBING, BLAME).version
    now = built(tmp_path / "out", replace(BOMBING, salience=0.3), BLAME)
    told = told_changes(old, now)
    assert told is not None
    assert "no event has changed" in told["text"]


def test_an_event_under_another_id_is_found_by_its_passages(tmp_path: Path) -> None:
    old = built(tmp_path / "out", BOMBING, BLAME)
    renamed = replace(BOMBING, event_id="renamed", title="River Front bombs Varna")
    now = built(tmp_path / "out", renamed, BLAME)
    told = told_changes(old.version, now)
    assert told is not None
    assert told["text"] == "Since this link was made, 1 event changed: 1 changed."
    assert successor(BOMBING.event_id, now) == "renamed"
    view, notices = resolve_view(View(event=BOMBING.event_id, version=old.version), now)
    assert view.event == "renamed"
    assert any("become another" in notice for notice in notices)


def test_the_same_again_keeps_the_bytes(tmp_path: Path) -> None:
    built(tmp_path / "out", BOMBING)
    built(tmp_path / "out", BOMBING, BLAME)
    once = (tmp_path / "out" / earlier.EARLIER).read_bytes()
    built(tmp_path / "out", BOMBING, BLAME)
    assert (tmp_path / "out" / earlier.EARLIER).read_bytes() == once


@pytest.mark.parametrize(
    "damage", ["{", "[1]", '[{"version": "x"}]', "null", '[{"version": 1, "events": []}]']
)
def test_a_damaged_memory_hinders_nobody(tmp_path: Path, damage: str) -> None:
    old = built(tmp_path / "out", BOMBING).version
    built(tmp_path / "out", BOMBING, BLAME)
    (tmp_path / "out" / earlier.EARLIER).write_text(damage)
    assert told_changes(old, open_snapshot(tmp_path / "out")) is None
    assert built(tmp_path / "out", BLAME).version


def test_old_versions_are_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(earlier, "MOST_VERSIONS", 2)
    first, second, _ = (built(tmp_path / "out", *WHOLE.events[:n]).version for n in (1, 2, 3))
    now = built(tmp_path / "out", *WHOLE.events[:4])
    assert changes_since(first, now) is None
    assert changes_since(second, now) is not None


def test_too_much_change_is_not_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(earlier, "MOST_EVENTS", 2)
    old = built(tmp_path / "out", BOMBING).version
    now = built(tmp_path / "out", *WHOLE.events)
    assert changes_since(old, now) is None


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sets(st.sampled_from(range(5)), min_size=1), min_size=2, max_size=4))
def test_any_way_of_builds_ends_in_the_difference(
    tmp_path_factory: pytest.TempPathFactory, builds: list[set[int]]
) -> None:
    folder = tmp_path_factory.mktemp("builds") / "out"
    snapshots = [built(folder, *(WHOLE.events[i] for i in sorted(build))) for build in builds]
    changes = changes_since(snapshots[0].version, snapshots[-1])
    if snapshots[0].version == snapshots[-1].version:
        return
    ids = [{WHOLE.events[i].event_id for i in build} for build in builds]
    assert changes is not None
    assert set(changes.new) == ids[-1] - ids[0]
    assert set(changes.gone) == ids[0] - ids[-1]
    assert not changes.changed


def test_the_chronology_is_what_it_was(tmp_path: Path) -> None:
    whole: Chronology = WHOLE
    alone = write_chronology(whole, tmp_path / "alone")
    built(tmp_path / "after", BOMBING)
    assert write_chronology(whole, tmp_path / "after") == alone
