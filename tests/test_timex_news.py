"""Time expressions of news in running text, read with the shipped pipeline: which way a clause looks, and from where it counts."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from timeline.model import Document, Timex
from timeline.nlp import annotate, load_pipeline
from timeline.timex import depth_needed, find_timexes

WEDNESDAY = date(2020, 3, 25)
EARNINGS = """Third-quarter net income fell to $12 million from $14 million a year earlier.

Revenue was $201 million, compared with $188 million a year ago. In the nine months, net fell to $40 million from $42 million a year earlier. The year-ago quarter included a gain."""


def read(text: str, dct: date = WEDNESDAY) -> dict[str, Timex]:
    document = Document(doc_id="d", doc="d", text=text, published=dct)
    (annotated,) = annotate(load_pipeline(), [document])
    return {timex.text: timex for timex in find_timexes(annotated)}


@pytest.mark.parametrize(
    ("text", "phrase", "edtf"),
    [
        ("Police have scheduled a news conference for Thursday.", "Thursday", "2020-03-26"),
        ("The bill, passed by the House on Friday, goes to the Senate.", "Friday", "2020-03-20"),
        ("The council meets Monday to vote.", "Monday", "2020-03-30"),
        ("Lawmakers had until midnight Friday.", "midnight Friday", "../2020-03-27"),
        ("He would not comment on Tuesday.", "Tuesday", "2020-03-24"),
        ("A vote could come as early as Friday.", "Friday", "2020-03-27"),
        ("The trial has been put off until late April.", "late April", "../2020-04"),
        ("Analysts had expected the move since October.", "October", "2019-10/.."),
        ("The court set a hearing on damages for September 4.", "September 4", "2020-09-04"),
        ("The dividend is payable Jan. 2.", "Jan. 2", "2021-01-02"),
        ("He was killed two weeks after the June 3 attack.", "June 3", "2019-06-03"),
        ("The summit was held Monday through Friday.", "Monday", "2020-03-16/2020-03-20"),
        ("The city was shelled on Tuesday night.", "Tuesday night", "2020-03-24"),
        ("It struck at 10:30 Tuesday night.", "10:30 Tuesday night", "2020-03-24"),
        ("The clash came five years ago today.", "five years ago today", "2015-03-25"),
        ("They vote on the first Sunday in May.", "the first Sunday in May", "2020-05-03"),
        ("They voted in the first week of March.", "the first week of March", "[2020-03-01..2020-03-07]"),
        ("He resigned two days before 3 March 2020.", "two days", "2020-03-01"),
        ("He fled the day after Tuesday's vote.", "the day", "2020-03-25"),
        ("Troops withdrew on February 29.", "February 29", "2020-02-29"),
        ("On 3 April 2011 the wreck was found. Divers read its recorder in May.", "May", "2011-05"),
    ],
)  # fmt: skip
def test_which_day_is_meant(text: str, phrase: str, edtf: str) -> None:
    assert read(text)[phrase].edtf == edtf


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("The clocks there are at UTC+03:00.", "03:00"),
        ("It was a day of mourning.", "a day"),
        ("They came as recently as May.", "recently"),
        ("Mrs May said so in March.", "May"),
    ],
)
def test_no_date(text: str, phrase: str) -> None:
    assert phrase not in read(text)


def test_figures_are_compared_with_the_like_period() -> None:
    document = Document(doc_id="d", doc="d", text=EARNINGS, published=date(2019, 11, 1))
    (annotated,) = annotate(load_pipeline(), [document])
    values = [timex.value for timex in find_timexes(annotated)]
    assert values == ["2019-Q3", "2018-Q3", "2018-Q3", "P9M", "2018", "2018-Q3"]


def test_the_day_after_is_not_counted_from_a_name() -> None:
    text = "Ministers met on Wednesday. They called the November 27 agreement void. Ankara answered the following day."
    assert read(text, date(2020, 1, 11))["the following day"].value == "2020-01-09"


def test_no_more_syntax_than_is_looked_at_gives_the_same_dates() -> None:
    """`timex` alone leaves out what it does not need."""
    text = f"{EARNINGS}\n\nApril Jones met Theresa May in June.\n\nNobody spoke.\n\nThe council meets Monday."
    document = Document(doc_id="d", doc="d", text=text, published=WEDNESDAY)
    whole, shallow = (
        next(annotate(load_pipeline(), [document], depth)) for depth in (None, depth_needed)
    )
    assert find_timexes(shallow) == find_timexes(whole)
    assert not shallow.paragraphs[3].doc.has_annotation("DEP")


PHRASES = [
    "three months",
    "last week",
    "yesterday",
    "on Monday",
    "every year",
    "in 2003",
    "the next day",
    "May",
    "since",
    "by",
]
FILLERS = ["the minister said", "rebels struck", "will meet", ".", ",", "\n\n"]
PIECES = st.sampled_from([*PHRASES, *FILLERS])


@example("on Monday last week yesterday rebels struck the next day")
@given(st.lists(PIECES, max_size=12).map(" ".join) | st.text(max_size=80))
def test_what_is_not_parsed_is_read_the_same(text: str) -> None:
    document = Document(doc_id="d", doc="d", text=text, published=WEDNESDAY)
    whole, shallow = (
        list(annotate(load_pipeline(), [document], depth)) for depth in (None, depth_needed)
    )
    assert [find_timexes(one) for one in shallow] == [find_timexes(one) for one in whole]
