"""The snapshot: what goes in comes out, queries find what they should, and a damaged folder is told."""

from __future__ import annotations

import json
import random
import shutil
import threading
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from factories import (
    make_actor,
    make_chronology,
    make_document,
    make_event,
    make_event_actor,
    make_mention,
    make_when,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline.errors import QueryError, SnapshotError
from timeline.model import Chronology, Document, Event, EventMention, EventType, Failure, Precision
from timeline.serialise import dump, event_json, load, mention_json
from timeline.store import EventFilter, Snapshot, open_snapshot, write_chronology
from timeline.store.query import terms
from timeline.store.schema import SCHEMA_VERSION, fold
from timeline.store.words import Words

CHRONOLOGY = make_chronology()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("store") / "chronology"
    write_chronology(CHRONOLOGY, out)
    return out


@pytest.fixture(scope="module")
def snapshot(folder: Path) -> Snapshot:
    return open_snapshot(folder)


def stored(tmp_path: Path, *events: Event, **given: object) -> Snapshot:
    empty = Chronology(documents=(), mentions=(), events=events, actors=())
    write_chronology(replace(empty, **given), tmp_path / "c")  # type: ignore[arg-type]
    return open_snapshot(tmp_path / "c")


# --- round trips ------------------------------------------------------------------------------------

text = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
strategies = {str: text, float: st.floats(0, 1)}


def built(kind: type) -> st.SearchStrategy[object]:
    return st.builds(kind)


for plain, strategy in strategies.items():
    st.register_type_strategy(plain, strategy)


@settings(max_examples=150, deadline=None)
@given(built(Event))
def test_an_event_comes_back_equal(event: Event) -> None:
    assert load(Event, dump(event)) == event


@settings(max_examples=60, deadline=None)
@given(built(EventMention))
def test_a_mention_comes_back_equal(mention: EventMention) -> None:
    assert load(EventMention, dump(mention)) == mention


@settings(max_examples=25, deadline=None)
@given(st.lists(built(Event), max_size=3), st.lists(built(Document), max_size=3))
def test_any_chronology_comes_back_from_the_folder(
    tmp_path_factory: pytest.TempPathFactory, events: list[Event], documents: list[Document]
) -> None:
    snapshot = stored(tmp_path_factory.mktemp("any"), *events, documents=tuple(documents))
    assert sorted(map(repr, snapshot.events())) == sorted(map(repr, events))
    assert sorted(map(repr, snapshot.documents())) == sorted(map(repr, documents))


def test_everything_comes_back(snapshot: Snapshot) -> None:
    assert set(snapshot.events()) == set(CHRONOLOGY.events)
    assert set(snapshot.documents()) == set(CHRONOLOGY.documents)
    assert set(snapshot.mentions()) == set(CHRONOLOGY.mentions)
    assert snapshot.actors() == {actor.actor_id: actor for actor in CHRONOLOGY.actors}
    event, document = CHRONOLOGY.events[0], CHRONOLOGY.documents[0]
    assert snapshot.event(event.event_id) == event
    assert snapshot.document(document.doc_id) == document
    assert (snapshot.event("none"), snapshot.document("none")) == (None, None)


def test_mentions_of_one_document_in_reading_order(snapshot: Snapshot) -> None:
    herald = CHRONOLOGY.documents[1]
    assert [mention.trigger for mention in snapshot.mentions(herald.doc_id)] == ["bombed", "denied"]


@pytest.mark.parametrize(
    "odd", ["a\0b", "\r\n\t\u2028", "😀 \u202eabc", "'; DROP TABLE events; --", ""]
)
def test_odd_text_comes_back(tmp_path: Path, odd: str) -> None:
    document, event = make_document(title=odd, text=f"x {odd}"), make_event(title=odd)
    snapshot = stored(tmp_path, event, documents=(document,))
    assert snapshot.documents() == [document]
    assert snapshot.events() == [event]


# --- the folder -------------------------------------------------------------------------------------


def test_the_folder_is_what_the_contract_says(folder: Path) -> None:
    names = {path.name for path in folder.iterdir()}
    assert names == {
        "manifest.json",
        *(f"{n}.parquet" for n in ("documents", "mentions", "events", "actors")),
    }
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["counts"] == {"documents": 2, "mentions": 6, "events": 5, "actors": 4}
    assert manifest["schema_version"] == SCHEMA_VERSION
    assert pq.read_table(folder / "events.parquet").num_rows == 5


def test_failures_are_kept(tmp_path: Path) -> None:
    snapshot = stored(tmp_path, failures=(Failure(source="a.txt", reason="the file is empty"),))
    assert snapshot.manifest["failures"] == [{"source": "a.txt", "reason": "the file is empty"}]


def test_the_same_chronology_gives_the_same_bytes_in_any_order(tmp_path: Path) -> None:
    shuffled = {
        name: tuple(random.Random(7).sample(items, len(items)))
        for name in ("documents", "mentions", "events", "actors")
        for items in [getattr(CHRONOLOGY, name)]
    }
    one = write_chronology(CHRONOLOGY, tmp_path / "one")
    other = write_chronology(replace(CHRONOLOGY, **shuffled), tmp_path / "other")
    assert one == other
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "other" / path.name).read_bytes()


def test_another_chronology_has_another_version(tmp_path: Path) -> None:
    changed = replace(CHRONOLOGY.events[0], title="Something else")
    one = write_chronology(CHRONOLOGY, tmp_path / "c")
    other = write_chronology(
        replace(CHRONOLOGY, events=(changed, *CHRONOLOGY.events[1:])), tmp_path / "c"
    )
    assert one != other
    assert open_snapshot(tmp_path / "c").version == other


def test_a_rebuild_leaves_nothing_behind_and_open_snapshots_as_they_were(tmp_path: Path) -> None:
    write_chronology(CHRONOLOGY, tmp_path / "c")
    before = open_snapshot(tmp_path / "c")
    write_chronology(replace(CHRONOLOGY, events=()), tmp_path / "c")
    assert len(before.events()) == 5
    assert open_snapshot(tmp_path / "c").events() == []
    assert [path.name for path in tmp_path.iterdir()] == ["c"]


@pytest.mark.parametrize("make", [lambda path: path.write_text("x"), lambda path: (path.mkdir(), (path / "thesis.docx").touch())])  # fmt: skip
def test_what_is_no_chronology_is_never_overwritten(tmp_path: Path, make: object) -> None:
    make(tmp_path / "c")  # type: ignore[operator]
    with pytest.raises(SnapshotError, match="not a chronology"):
        write_chronology(CHRONOLOGY, tmp_path / "c")
    assert (tmp_path / "c").exists()


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    (tmp_path / "c").mkdir()
    write_chronology(CHRONOLOGY, tmp_path / "c")
    assert len(open_snapshot(tmp_path / "c").events()) == 5


def test_readers_see_the_old_or_the_new_while_it_is_rebuilt(tmp_path: Path) -> None:
    out, small = tmp_path / "c", replace(CHRONOLOGY, events=())
    write_chronology(CHRONOLOGY, out)
    done = threading.Event()
    seen: list[int | str] = []

    def look() -> None:
        while not done.is_set():
            try:
                seen.append(len(open_snapshot(out).events()))
            except SnapshotError as error:
                seen.append(str(error))

    reader = threading.Thread(target=look)
    reader.start()
    for turn in range(20):
        write_chronology(small if turn % 2 else CHRONOLOGY, out)
    done.set()
    reader.join()
    assert set(seen) <= {0, 5}
    assert seen


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-40])


def edit_manifest(folder: Path, **values: object) -> None:
    manifest = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps(manifest | values))


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (shutil.rmtree, "no chronology is there"),
        (lambda folder: (folder / "manifest.json").unlink(), "not a chronology"),
        (lambda folder: (folder / "manifest.json").write_text("{"), "damaged"),
        (lambda folder: (folder / "manifest.json").write_text("[]"), "damaged"),
        (lambda folder: (folder / "manifest.json").write_bytes(b"\xff\xfe\0"), "damaged"),
        (lambda folder: edit_manifest(folder, files=[]), "damaged"),
        (lambda folder: edit_manifest(folder, schema_version=99), "schema version 99"),
        (lambda folder: (folder / "events.parquet").unlink(), "events.parquet is missing"),
        (lambda folder: truncate(folder / "mentions.parquet"), "half copied"),
        (
            lambda folder: shutil.copy(folder / "actors.parquet", folder / "events.parquet"),
            "half copied",
        ),
        (lambda folder: edit_manifest(folder, counts={"events": 7}), "does not hold"),
    ],
)
def test_a_damaged_folder_is_told_with_a_remedy(tmp_path: Path, damage: object, words: str) -> None:
    write_chronology(CHRONOLOGY, tmp_path / "c")
    damage(tmp_path / "c")  # type: ignore[operator]
    with pytest.raises(SnapshotError, match=words) as caught:
        open_snapshot(tmp_path / "c")
    assert "build" in caught.value.remedy
    assert caught.value.where.endswith("c")


# --- queries ----------------------------------------------------------------------------------------

BOMBING, BLAME, MEETING, PROTEST, DENIAL = (event.title for event in CHRONOLOGY.events)


def titles(snapshot: Snapshot, **query: object) -> list[str]:
    return [event.title for event in snapshot.events(EventFilter(**query))]  # type: ignore[arg-type]


def test_events_come_by_date_with_the_undated_last(snapshot: Snapshot) -> None:
    assert titles(snapshot) == [PROTEST, BOMBING, BLAME, MEETING, DENIAL]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"actors": ("river-front",)}, [BOMBING, BLAME, DENIAL]),
        ({"actors": ("River Front",)}, [BOMBING, BLAME, DENIAL]),
        ({"actors": ("the front",)}, [BOMBING, BLAME, DENIAL]),
        ({"actors": ("rf",)}, [BOMBING, BLAME, DENIAL]),
        ({"actors": ("Ana Petrova",)}, [MEETING]),
        ({"actors": ("government-of-freedonia",)}, [BLAME, MEETING]),
        ({"actors": ("FREEDONIAN",)}, [BLAME, MEETING]),
        ({"actors": ("freedonia", "river-front")}, [BOMBING, BLAME, MEETING, DENIAL]),
        ({"actors": ("freedonia", "river-front"), "match": "all"}, [BLAME]),
        ({"types": ("ASSAULT",)}, [BOMBING]),
        ({"types": ("assault", "Protest")}, [PROTEST, BOMBING]),
        ({"statuses": ("planned",)}, [MEETING]),
        ({"statuses": ("planned", "ongoing")}, [PROTEST, MEETING]),
        ({"start": date(2015, 3, 3), "end": date(2015, 3, 3)}, [PROTEST, BOMBING]),
        ({"start": date(2020, 1, 1)}, [PROTEST]),
        ({"end": date(2015, 2, 28)}, [PROTEST]),
        ({"end": date(2015, 1, 31)}, []),
        ({"text": "varna"}, [PROTEST, BOMBING]),
        ({"text": "VARNA port"}, [BOMBING]),
        ({"text": '"port of varna"'}, [BOMBING]),
        ({"text": '"varna port"'}, []),
        ({"text": "dock"}, [PROTEST]),
        ({"text": "arna"}, []),
        ({"text": "14 people died"}, [BOMBING]),
        ({"text": 'the "river'}, [BOMBING, BLAME, DENIAL]),
        ({"text": "%"}, [PROTEST, BOMBING, BLAME, MEETING, DENIAL]),
        ({"text": "nothing-like-it"}, []),
        ({"actors": ("river-front",), "types": ("ASSAULT",), "text": "port"}, [BOMBING]),
    ],
)
def test_filters(snapshot: Snapshot, query: dict[str, object], found: list[str]) -> None:
    assert titles(snapshot, **query) == found


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"actors": ("Nobody",)}, "Nobody"),
        ({"types": ("WAR",)}, "ASSAULT"),
        ({"statuses": ("maybe",)}, "planned"),
        ({"start": date(2020, 1, 2), "end": date(2020, 1, 1)}, "before it begins"),
    ],
)
def test_a_filter_that_cannot_be_understood(
    snapshot: Snapshot, query: dict[str, object], words: str
) -> None:
    with pytest.raises(QueryError) as caught:
        titles(snapshot, **query)
    assert words in str(caught.value)
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("name", "actor_id"),
    [
        ("Muqtada al-Sadr", "sadr"),
        ("muqtada sadr", "sadr"),
        ("Mōqtada Al Sadr", "sadr"),
        ("Kata’ib Hezbollah", "kataib"),
        ("kataib hezbollah", "kataib"),
        ("U.S.", "us"),
        ("US", "us"),
        ("the United States", "us"),
        ("sadr", "sadr"),
        ("us", "us"),
        ("United", None),
        ("", None),
    ],
)
def test_find_actor(tmp_path: Path, name: str, actor_id: str | None) -> None:
    actors = (
        make_actor("Muqtada al-Sadr", actor_id="sadr", aliases=("Moqtada al-Sadr",)),
        make_actor("Kata'ib Hezbollah", actor_id="kataib"),
        make_actor("United States", actor_id="us", aliases=("U.S.",)),
    )
    found = stored(tmp_path, actors=actors).find_actor(name)
    assert (found.actor_id if found else None) == actor_id


def test_of_several_with_one_alias_the_busiest_is_meant(tmp_path: Path) -> None:
    quiet, busy = (make_actor(name, aliases=("the Front",)) for name in ("A Front", "B Front"))
    event = make_event(actors=(make_event_actor(busy),))
    assert stored(tmp_path, event, actors=(quiet, busy)).find_actor("the Front") == busy


def test_members_are_counted_through_any_number_of_steps_and_circles_end(tmp_path: Path) -> None:
    one = make_actor("One", member_of=("two",))
    two = make_actor("Two", member_of=("three",))
    three = make_actor("Three", member_of=("one",))
    event = make_event(actors=(make_event_actor(one),))
    snapshot = stored(tmp_path, event, actors=(one, two, three))
    assert titles(snapshot, actors=("three",)) == [event.title]
    assert snapshot.actor_counts() == {"one": 1, "three": 1, "two": 1}


def test_counts_follow_the_filter(snapshot: Snapshot) -> None:
    assert snapshot.actor_counts() == {
        "river-front": 3,
        "freedonia": 2,
        "government-of-freedonia": 2,
        "ana-petrova": 1,
    }
    assert snapshot.actor_counts(EventFilter(types=("ASSAULT",))) == {"river-front": 1}


def test_extent(snapshot: Snapshot, tmp_path: Path) -> None:
    assert snapshot.extent() == (date(2015, 2, 1), date(2015, 3, 10))
    assert stored(tmp_path, make_event(make_mention(when=make_when(None)))).extent() is None


def test_a_window_is_found_by_any_day_within_it(tmp_path: Path) -> None:
    window = make_when(
        date(2019, 12, 27),
        latest=date(2019, 12, 31),
        edtf="[2019-12-27..2019-12-31]",
        precision=Precision.WINDOW,
    )
    event = make_event(make_mention(when=window))
    snapshot = stored(tmp_path, event)
    assert titles(snapshot, start=date(2019, 12, 29), end=date(2019, 12, 29)) == [event.title]
    assert titles(snapshot, start=date(2020, 1, 1)) == []


def test_threads_share_a_snapshot(snapshot: Snapshot) -> None:
    results: list[int] = []
    threads = [
        threading.Thread(target=lambda: results.extend(len(snapshot.events()) for _ in range(30)))
        for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [5] * 180


# --- the public JSON --------------------------------------------------------------------------------


def test_the_public_json_has_the_fields_of_the_contract() -> None:
    event = event_json(CHRONOLOGY.events[0])
    assert list(event) == [
        *(
            "event_id",
            "title",
            "event_type",
            "mode",
            "status",
            "when",
            "actors",
            "place",
            "casualties",
        ),
        *("salience", "confidence", "mentions", "sources", "disagreements", "follows"),
    ]
    mention = event["mentions"][0]
    assert list(mention) == [
        *(
            "mention_id",
            "doc_id",
            "doc",
            "start",
            "end",
            "sentence",
            "quote",
            "trigger",
            "event_type",
        ),
        *("mode", "modality", "attribution", "arguments", "when", "casualties", "confidence"),
    ]
    assert list(mention["when"]) == [
        *(
            "edtf",
            "earliest",
            "latest",
            "precision",
            "basis",
            "phrase",
            "phrase_span",
            "anchor",
            "rule",
        )
    ]
    assert list(mention["arguments"][0]) == ["role", "start", "end", "text", "actor_id"]
    assert list(mention["casualties"][0]) == ["kind", "low", "high", "who", "start", "end"]
    assert event["place"] == {"name": "Varna", "lat": 43.2, "lon": 27.9, "country": "BGR"}
    assert event["disagreements"][0]["claims"][0]["value"] == "12 killed"
    assert json.loads(json.dumps(event)) == event


def test_spans_of_the_public_json_point_into_the_text() -> None:
    document = CHRONOLOGY.documents[0]
    mention = mention_json(make_mention(document, "blamed", event_type=EventType.ACCUSE))
    assert document.text[mention["start"] : mention["end"]] == mention["trigger"] == "blamed"
    assert document.text[slice(*mention["sentence"])] == mention["quote"]


# --- a million events ------------------------------------------------------------------------------


def test_events_are_looked_up_in_any_order_of_their_rows(tmp_path: Path) -> None:
    events = [make_event(event_id=f"e{number}", title=f"Event {number}") for number in range(101)]
    snapshot = stored(tmp_path, *events)
    assert len(snapshot) == 101
    for number in (100, 0, 63, 64, 31, 32, 7):
        found = snapshot.event(f"e{number}")
        row = snapshot.row(f"e{number}")
        assert found
        assert found.title == f"Event {number}"
        assert row is not None
        assert snapshot.events_at([row]) == [found]
    assert snapshot.row("e101") is None
    assert snapshot.event("") is None


_LETTERS = st.text("ab .'ü", max_size=8)


@given(titles_=st.lists(_LETTERS, min_size=1, max_size=6), query=_LETTERS, quoted=st.booleans())
def test_the_index_of_words_finds_what_reading_all_texts_would(
    titles_: list[str], query: str, quoted: bool
) -> None:
    texts = [" " + " | ".join((fold(title), fold("a b"))) for title in titles_]
    asked = terms(f'"{query}"' if quoted else query)
    found = Words(pa.array(texts)).holding(asked)
    assert found.tolist() == [all(" " + term in text for term in asked) for text in texts]
