"""The chart: a figure that Plotly takes, dates drawn as what they are, nothing over anything else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest
from factories import make_chronology, make_document, make_event, make_mention, make_when
from hypothesis import given
from hypothesis import strategies as st

from timeline.dashboard.figures import Figure, hit_boxes, plot_width, signs, themed, timeline_figure
from timeline.dashboard.index import Index
from timeline.dashboard.lanes import Lane, Scale, Side, fitted, pack_lanes, text_width
from timeline.dashboard.overview import fold, strip_data, strip_of, touches
from timeline.dashboard.passages import paragraph_of, pieces
from timeline.dashboard.state import Lanes
from timeline.dashboard.wording import FAMILY, casualty_text, when_text, why_text
from timeline.model import (
    Basis,
    Casualty,
    CasualtyKind,
    Chronology,
    Event,
    EventType,
    Precision,
    Status,
    When,
)
from timeline.store import open_snapshot, write_chronology

WIDTH = 1000.0
JANUARY = date(2020, 1, 1), date(2020, 1, 31)
MENTION = make_mention()


def event(when: When, **given_: Any) -> Event:
    return make_event(MENTION, when=when, **{"event_id": str(given_.pop("number", 1)), **given_})


def families(events: list[Event]) -> dict[str, str]:
    return {event.event_id: FAMILY[event.event_type].value for event in events}


def indexed(folder: Path, events: Sequence[Event]) -> Index:
    chronology = Chronology(documents=(), mentions=(), events=tuple(events), actors=())
    write_chronology(chronology, folder / "c")
    return Index(open_snapshot(folder / "c"))


def drawn(
    events: list[Event], width: float = WIDTH, window: Any = JANUARY
) -> tuple[Figure, tuple[Lane, ...]]:
    scale = Scale(window=window, width=plot_width(width))
    lanes = pack_lanes(events, families(events), scale)
    return timeline_figure(lanes, scale, width), lanes


def traces(figure: Figure, **wanted: str) -> list[Any]:
    return [t for t in figure["data"] if all(t.get(key) == value for key, value in wanted.items())]


DAY = make_when(date(2020, 1, 3))
MONTH = make_when(
    date(2020, 1, 1), latest=date(2020, 1, 31), edtf="2020-01", precision=Precision.MONTH
)
WINDOW = make_when(
    date(2020, 1, 3),
    latest=date(2020, 1, 9),
    edtf="[2020-01-03..2020-01-09]",
    precision=Precision.WINDOW,
)
RANGE = make_when(
    date(2020, 1, 3),
    latest=date(2020, 1, 9),
    edtf="2020-01-03/2020-01-09",
    precision=Precision.RANGE,
)
ONGOING = make_when(
    date(2019, 10, 1), latest=None, edtf="2019-10/..", precision=Precision.RANGE, ongoing=True
)
SINCE_2003 = make_when(
    date(2003, 1, 1), latest=None, edtf="2003/..", precision=Precision.RANGE, ongoing=True
)


def test_plotly_takes_the_figure() -> None:
    events = [e for e in make_chronology().events if e.when.earliest]
    for width in (WIDTH, 360.0):
        figure, _ = drawn(events, width, (date(2015, 2, 20), date(2015, 3, 12)))
        assert len(go.Figure(themed(figure)).data) >= 3
        assert "@" not in themed(figure)["layout"]["font"]["color"]


def test_a_day_is_a_filled_point() -> None:
    figure, _ = drawn([event(DAY)])
    [points] = [t for t in traces(figure, mode="markers") if "customdata" in t]
    assert points["x"] == ["2020-01-03 00:00:00"]
    assert points["marker"]["color"] != ["@background"]
    assert not traces(figure, type="bar")


@pytest.mark.parametrize("when", [MONTH, WINDOW])
def test_a_month_is_never_its_first_day(when: When) -> None:
    figure, _ = drawn([event(when)], window=(date(2019, 12, 1), date(2020, 2, 28)))
    [points] = [t for t in traces(figure, mode="markers") if "customdata" in t]
    assert points["marker"]["color"] == ["@background"]
    [whisker] = traces(figure, mode="lines+markers")
    assert [whisker["x"][0][:10], whisker["x"][1][:10]] == [
        str(when.earliest - timedelta(days=1)),
        str(when.latest),
    ]  # type: ignore[operator]


def test_a_vague_end_is_dashed() -> None:
    about = make_when(
        date(2020, 1, 3),
        latest=date(2020, 1, 9),
        edtf="[2020-01-03..2020-01-09]~",
        precision=Precision.WINDOW,
    )
    figure, _ = drawn([event(about)])
    assert traces(figure, mode="lines+markers")[0]["line"]["dash"] == "dot"


def test_a_range_is_a_bar_over_its_days() -> None:
    figure, _ = drawn([event(RANGE)])
    [bars] = traces(figure, type="bar")
    assert bars["base"][0].startswith("2020-01-02 13")
    assert bars["x"][0] == pytest.approx(timedelta(days=7).total_seconds() * 1000, rel=0.02)


def test_what_goes_on_reaches_the_edge_with_an_arrow() -> None:
    figure, _ = drawn([event(ONGOING)])
    assert [t for t in traces(figure, mode="markers") if t["marker"]["symbol"] == "triangle-right"]


@pytest.mark.parametrize("status", [Status.PLANNED, Status.ALLEGED, Status.DENIED])
def test_what_is_not_certain_has_a_symbol_of_its_own(status: Status) -> None:
    figure, _ = drawn([event(DAY, status=status)])
    [points] = [t for t in traces(figure, mode="markers") if "customdata" in t]
    assert points["marker"]["symbol"] != ["circle"]
    assert (points["marker"]["color"] == ["@background"]) is (status is Status.PLANNED)


@pytest.mark.parametrize(
    "title",
    ["<b>bold</b>", "<a href='javascript:alert(1)'>x</a>", "<img src=x onerror=alert(1)>", "a & b"],
)
def test_markup_in_a_title_is_text(title: str) -> None:
    figure, _ = drawn([event(DAY, title=title)])
    [titles] = traces(figure, mode="text")
    assert "<" not in titles["text"][0]
    assert (
        titles["text"][0].replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == title
    )


days = st.dates(date(2019, 12, 25), date(2020, 2, 5))


@st.composite
def crowds(draw: st.DrawFn) -> list[Event]:
    found = []
    for number in range(draw(st.integers(1, 40))):
        first = draw(days)
        length = draw(st.sampled_from([0, 0, 0, 3, 9]))
        when = make_when(
            first, latest=first + timedelta(days=length), edtf="",
            precision=Precision.DAY if not length else draw(st.sampled_from([Precision.RANGE, Precision.WINDOW])),
        )  # fmt: skip
        found.append(
            event(
                when,
                number=number,
                sources=draw(st.integers(1, 6)),
                salience=draw(st.floats(0, 1)),
                title=draw(st.text("abc defghM", min_size=1, max_size=60)),
                event_type=draw(st.sampled_from(EventType)),
            )
        )
    return [e for e in found if touches(e, JANUARY)]


@given(crowds(), st.sampled_from([360.0, 1000.0, 1600.0]))
def test_no_mark_is_lost_and_none_lies_over_another(events: list[Event], width: float) -> None:
    scale = Scale(window=JANUARY, width=plot_width(width))
    lanes = pack_lanes(events, families(events), scale)
    boxes = hit_boxes(lanes, scale, width)
    assert sorted(e for box in boxes for e in box["ids"]) == sorted(e.event_id for e in events)
    crowd_rows = {cluster.row for lane in lanes for cluster in lane.clusters}
    single = [box for box in boxes if len(box["ids"]) == 1]
    for a, b in combinations(single, 2):
        if a["y"] == b["y"] and not crowd_rows:
            assert a["x"] + a["width"] <= b["x"] + 8 or b["x"] + b["width"] <= a["x"] + 8


@given(st.text(min_size=1, max_size=80), st.floats(0, 400))
def test_a_fitted_title_fits(title: str, room: float) -> None:
    cut = fitted(title, room)
    assert text_width(cut) <= room or not cut
    assert cut.rstrip("…") == title[: len(cut.rstrip("…"))]


@pytest.mark.parametrize(
    ("lanes", "named"),
    [
        (
            Lanes.TYPE,
            ["Protest", "Force", "Demands and threats", "Talks and aid", "Demands and threats"],
        ),
        (
            Lanes.ACTOR,
            ["", "River Front", "Government of Freedonia", "Ana Petrova", "River Front"],
        ),
        (Lanes.PLACE, ["", "Varna", "", "", ""]),
        (Lanes.ARTICLE, [*["The Harbour Post"] * 4, "Herald"]),
        (Lanes.NONE, ["All events"] * 5),
    ],
)
def test_every_event_has_a_lane(tmp_path: Path, lanes: Lanes, named: list[str]) -> None:
    write_chronology(make_chronology(), tmp_path / "c")
    lane_of = Index(open_snapshot(tmp_path / "c")).lanes(lanes)
    assert [lane_of.of(row) for row in range(5)] == named


def test_the_crisis_is_found_and_the_background_is_not_in_it(tmp_path: Path) -> None:
    crisis = [event(make_when(date(2020, 1, day)), number=day) for day in range(1, 20)]
    background = [
        event(
            make_when(
                date(year, 1, 1),
                latest=date(year, 12, 31),
                edtf=str(year),
                precision=Precision.YEAR,
            ),
            number=year,
        )
        for year in (1990, 2003, 2014)
    ]
    index = indexed(tmp_path, [*background, *crisis])
    first, last = index.densest(index.dated) or JANUARY
    assert date(2019, 12, 15) < first < date(2020, 1, 1)
    assert date(2020, 1, 19) < last < date(2020, 2, 10)
    assert index.extent(index.dated) == (date(1990, 1, 1), date(2020, 1, 19))


@pytest.mark.parametrize("events", [[], [event(When())]])
def test_without_dates_there_is_nothing_to_frame(tmp_path: Path, events: list[Event]) -> None:
    index = indexed(tmp_path, events)
    everything = np.ones(index.size, dtype=bool)
    assert index.densest(everything) is None
    assert index.extent(everything) is None
    assert strip_of(None, index.middles(everything)) is None


@given(st.lists(st.dates(date(1900, 1, 1), date(2100, 1, 1)), min_size=1, max_size=30))
def test_the_folded_scale_runs_from_end_to_end(found: list[date]) -> None:
    extent = min(found), max(found)
    scale, folds = fold(found, extent)
    shares = [scale.share(day) for day in sorted(found)]
    assert shares == sorted(shares)
    assert scale.share(extent[0]) == 0
    assert all(0 <= share <= 1 for share in shares)
    assert all(not a < day < b for a, b in folds for day in found)
    assert all(abs((scale.day(scale.share(day)) - day).days) <= 1 for day in found)


@pytest.mark.parametrize(
    ("when", "text"),
    [
        (DAY, "3 January 2020"),
        (MONTH, "January 2020"),
        (WINDOW, "between 3 and 9 January 2020"),
        (
            make_when(date(2019, 12, 30), latest=date(2020, 1, 2), precision=Precision.WINDOW),
            "between 30 December 2019 and 2 January 2020",
        ),
        (
            make_when(date(2020, 1, 30), latest=date(2020, 2, 2), precision=Precision.WINDOW),
            "between 30 January and 2 February 2020",
        ),
        (
            make_when(date(2020, 1, 13), latest=date(2020, 1, 19), precision=Precision.WEEK),
            "in the week of 13–19 January 2020",
        ),
        (
            make_when(
                date(2014, 1, 1),
                latest=date(2017, 12, 31),
                edtf="2014/2017",
                precision=Precision.RANGE,
            ),
            "2014–2017",
        ),
        (
            make_when(
                date(2019, 10, 1),
                latest=date(2020, 1, 31),
                edtf="2019-10/2020-01",
                precision=Precision.RANGE,
            ),
            "October 2019 – January 2020",
        ),
        # A weekend is no week.
        (
            make_when(date(2020, 1, 4), latest=date(2020, 1, 5), precision=Precision.WEEK),
            "4 or 5 January 2020",
        ),
        (RANGE, "3–9 January 2020"),
        (ONGOING, "since October 2019"),
        (SINCE_2003, "since 2003"),
        (When(), "no date"),
        (make_when(None, latest=date(2020, 1, 3), precision=Precision.WINDOW), "by 3 January 2020"),
        (make_when(date(2020, 1, 3), edtf="2020-01-03~"), "about 3 January 2020"),
    ],
)
def test_a_date_is_told_as_it_is_known(when: When, text: str) -> None:
    assert when_text(when) == text


@pytest.mark.parametrize(
    ("when", "text"),
    [
        (When(), "No article says when."),
        (make_when(phrase="3 March 2015"), "The article says “3 March 2015”."),
        (
            make_when(basis=Basis.RELATIVE, phrase="Friday", anchor="publication:2020-01-03"),
            "The article says “Friday”, counted from the publication date 3 January 2020.",
        ),
        (
            make_when(
                basis=Basis.RELATIVE, phrase="a day later", anchor="event:storm", shift="P1D"
            ),
            "The article says “a day later”, counted from the storming.",
        ),
        (
            make_when(
                date(2019, 12, 28), latest=date(2019, 12, 30), precision=Precision.WINDOW,
                basis=Basis.RELATIVE, anchor="event:storm",
            ),
            "The day is not given: its limits come from what is told of the storming.",
        ),
        # The words are not what gave the bounds: to count them from the storming would be false.
        (
            make_when(
                date(2019, 12, 1), latest=date(2019, 12, 31), precision=Precision.WINDOW,
                basis=Basis.RELATIVE, anchor="event:storm", phrase="last week", rule="merge.bounds",
            ),
            "The day is not given: its limits come from what is told of the storming.",
        ),
        (
            make_when(
                date(2019, 12, 1), latest=date(2019, 12, 31), precision=Precision.WINDOW,
                basis=Basis.RELATIVE, anchor="event:storm", phrase="a day later", shift="P1D",
            ),
            "The day is not given: “a day later” is counted from the storming.",
        ),
        (
            make_when(basis=Basis.CONTEXT, phrase="Friday", anchor="publication:2020-01-03"),
            "The sentence gives no date of its own: it goes with what is told just before (“Friday”).",
        ),
        (
            make_when(
                date(2020, 1, 3), latest=date(2020, 1, 7), precision=Precision.WINDOW,
                basis=Basis.CONTEXT, anchor="timex:2020-01-03", rule="context.story",
            ),
            "The article gives no day: it tells this after what happened on 3 January 2020,"
            " and was published on 7 January 2020.",
        ),
        (
            make_when(
                date(2020, 1, 4), latest=date(2020, 1, 7), precision=Precision.WINDOW,
                basis=Basis.CONTEXT, anchor="publication:2020-01-07", rule="context.news",
            ),
            "The article gives no day: it tells this as news, and was published on 7 January 2020.",
        ),
        (
            make_when(basis=Basis.MERGED, phrase="then", anchor="event:storm"),
            "This passage gives no date: others on the same event do.",
        ),
        (make_when(None, phrase="soon"), "No article says when: “soon” alone gives no date."),
    ],
)  # fmt: skip
def test_why_this_date(when: When, text: str) -> None:
    assert why_text(when, lambda anchor: "the storming" if anchor == "event:storm" else "") == text


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (25, 25, "25 killed"),
        (12, None, "at least 12 killed"),
        (None, 9, "up to 9 killed"),
        (3, 5, "3–5 killed"),
        (None, None, "some killed"),
    ],
)
def test_casualties_are_told_with_their_bounds(
    low: int | None, high: int | None, text: str
) -> None:
    assert (
        casualty_text(
            Casualty(kind=CasualtyKind.KILLED, low=low, high=high, who="", start=0, end=1)
        )
        == text
    )


spans = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda ends: (min(ends), max(ends))),
    max_size=6,
)


@given(st.text(min_size=61, max_size=61), spans)
def test_pieces_join_to_the_text_and_hold_their_marks(
    text: str, found: list[tuple[int, int]]
) -> None:
    marks = [(span, str(number)) for number, span in enumerate(found)]
    cut = pieces(text, (0, 61), marks)
    assert "".join(piece["text"] for piece in cut) == text
    for span, kind in marks:
        assert (
            "".join(piece["text"] for piece in cut if kind in piece["kinds"]) == text[slice(*span)]
        )


def test_a_paragraph_holds_its_sentence_and_no_more_than_it_should() -> None:
    sentence = "Here 👍 it is."
    text = f"Before.\n{'word ' * 2000}{sentence} {'word ' * 2000}\nAfter."
    start = text.index(sentence)
    span = paragraph_of(text, (start, start + len(sentence)))
    assert sentence in text[slice(*span)]
    assert span[1] - span[0] < 1600
    assert "After" not in text[slice(*span)]


def test_a_document_of_one_line_is_its_own_paragraph() -> None:
    document = make_document("One line only.")
    assert paragraph_of(document.text, (0, 14)) == (0, 14)


@given(crowds(), st.sampled_from([360.0, 1000.0]))
def test_a_title_on_a_whisker_leaves_its_ends(events: list[Event], width: float) -> None:
    figure, lanes = drawn(events, width)
    marks = [mark for lane in lanes for mark in lane.marks if mark.side is Side.WHISKER]
    ends = {moment for trace in traces(figure, mode="lines+markers") for moment in trace["x"]}
    for mark in marks:
        assert mark.label
        if mark.last < datetime(2020, 1, 31, 12):
            assert mark.last.isoformat(sep=" ", timespec="seconds") in ends


def test_a_whisker_over_the_whole_chart_bears_its_title() -> None:
    long = make_when(
        date(2019, 1, 1), latest=date(2021, 1, 1), edtf="[2019..2021]", precision=Precision.WINDOW
    )
    figure, _ = drawn([event(long, title="A raid on a depot")])
    [titles] = traces(figure, mode="text")
    assert titles["text"] == ["A raid on a depot"]


def test_titles_are_cut_only_where_there_is_no_room() -> None:
    title = "A title of many words, which is longer than what would be kept free for it at first"
    figure, _ = drawn([event(make_when(date(2020, 1, 2)), title=title)], width=1600.0)
    [titles] = traces(figure, mode="text")
    assert titles["text"] == [title]


def test_the_key_tells_of_what_is_drawn_alone() -> None:
    _, lanes = drawn([event(DAY), event(ONGOING, number=2)])
    assert [each["sign"] for each in signs(lanes)] == ["●", "▭", "▶"]
    _, lanes = drawn([event(DAY, status=Status.DENIED), event(WINDOW, number=2)])
    assert [each["text"] for each in signs(lanes)] == ["once, some time between", "denied"]


def test_a_strip_is_labelled_no_finer_than_its_events(tmp_path: Path) -> None:
    of_1990 = make_when(
        date(1990, 1, 1), latest=date(1990, 12, 31), edtf="1990", precision=Precision.YEAR
    )
    crisis = [event(make_when(date(2020, 1, day)), number=day) for day in range(1, 28)]
    index = indexed(tmp_path, [event(of_1990, number=99), *crisis])
    everything = np.ones(index.size, dtype=bool)
    strip = strip_of(index.extent(everything), index.middles(everything))
    assert strip
    assert [text for _, text in strip.labels] == ["1990", "Dec 2019", "Jan 2020"]
    bars = strip_data(strip, index.middles(everything))["bars"]
    assert bars[0]["text"] == "1 event: 1990"
    assert "January 2020" in bars[-1]["text"]
