"""Time expressions in running text: what news writes, what it does not mean, and laws that hold for all."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from timeline.annotated import AnnotatedText, Paragraph
from timeline.model import Document, Precision, Timex
from timeline.timex import find_timexes

NLP = spacy.blank("en")
NLP.add_pipe("sentencizer")
DCT = date(2020, 1, 22)  # a Wednesday


def annotated(text: str, dct: date | None) -> AnnotatedText:
    """The text without syntax, a paragraph a line."""
    paragraphs, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            paragraphs.append(Paragraph(start=start, doc=NLP(line)))
        start += len(line) + 1
    document = Document(doc_id="d", doc="d", text=text, published=dct)
    return AnnotatedText(document=document, paragraphs=tuple(paragraphs))


def read(text: str, dct: date | None = DCT) -> tuple[Timex, ...]:
    return find_timexes(annotated(text, dct))


def values(text: str, dct: date | None = DCT) -> list[tuple[str, str]]:
    return [(timex.text, timex.value) for timex in read(text, dct)]


@pytest.mark.parametrize(
    ("text", "dct", "expected"),
    [
        ("He was killed on Friday.", date(2020, 1, 3), [("Friday", "2020-01-03")]),
        ("Protesters left on Wednesday.", DCT, [("Wednesday", "2020-01-22")]),
        ("Protesters left on Thursday.", DCT, [("Thursday", "2020-01-16")]),
        ("Parliament will meet on Thursday.", DCT, [("Thursday", "2020-01-23")]),
        ("The march is scheduled for Friday.", DCT, [("Friday", "2020-01-24")]),
        ("Parliament is convening on Sunday.", date(2020, 1, 3), [("Sunday", "2020-01-05")]),
        ("Next Monday they return; last Monday they left.", DCT, [("Next Monday", "2020-01-27"), ("last Monday", "2020-01-20")]),
        ("They met last month and last year.", DCT, [("last month", "2019-12"), ("last year", "2019")]),
        ("It was the worst since last October.", DCT, [("last October", "2019-10")]),
        ("He resigned in November.", DCT, [("November", "2019-11")]),
        ("The base was hit in December.", date(2020, 12, 31), [("December", "2020-12")]),
        ("The base was hit on December 27.", DCT, [("December 27", "2019-12-27")]),
        ("The base was hit on 27 December.", DCT, [("27 December", "2019-12-27")]),
        ("It was 1 a.m. on January 3, 2020.", DCT, [("1 a.m. on January 3, 2020", "2020-01-03T01:00")]),
        ("In early March 2011 it began.", DCT, [("early March 2011", "2011-03")]),
        ("He was jailed in the 1990s and again in the 20th century.", DCT, [("the 1990s", "199X"), ("the 20th century", "19XX")]),
        ("It came two days ago, not three weeks ago.", DCT, [("two days ago", "2020-01-20"), ("three weeks ago", "2020-W01")]),
        ("In recent months many fled.", DCT, [("recent months", "PXM")]),
        ("Ramadan began as the sun set on Christmas Eve 2019.", DCT, [("Ramadan", "P30D"), ("Christmas Eve 2019", "2019-12-24")]),
        ("They met at Easter; Easter 2011 had fallen on 24 April.", DCT, [("Easter", "2019-04-21"), ("Easter 2011", "2011-04-24"), ("24 April", "2019-04-24")]),
    ],
)  # fmt: skip
def test_values(text: str, dct: date, expected: list[tuple[str, str]]) -> None:
    assert values(text, dct) == expected


@pytest.mark.parametrize(
    ("text", "edtf", "precision"),
    [
        ("Protests have gone on since October.", "2019-10/..", Precision.RANGE),
        ("It rained from October to December.", "2019-10/2019-12", Precision.RANGE),
        ("They fought between 2014 and 2017.", "2014/2017", Precision.RANGE),
        ("It rained between 3 and 5 January.", "2020-01-03/2020-01-05", Precision.RANGE),
        ("The war of 2014-2017 is over.", "2014/2017", Precision.RANGE),
        ("It was calm over the past two years.", "2018-01-22/2020-01-22", Precision.RANGE),
        ("They met last week.", "[2020-01-13..2020-01-19]", Precision.WEEK),
        ("They met earlier this week.", "[2020-01-20..2020-01-22]", Precision.WINDOW),
        ("They must leave by Friday.", "[..2020-01-24]", Precision.WINDOW),
        ("After 2014 all changed.", "[2015-01-01..2020-01-22]", Precision.WINDOW),
        ("Before 2014 all was well.", "[..2013-12-31]", Precision.WINDOW),
        ("They met last summer.", "2019-22", Precision.SEASON),
        ("It rose in the third quarter of 2019.", "2019-35", Precision.QUARTER),
        ("It lasted nearly three months.", "", Precision.UNKNOWN),
        ("They march every Friday.", "", Precision.UNKNOWN),
    ],
)
def test_places_on_the_calendar(text: str, edtf: str, precision: Precision) -> None:
    assert {(timex.edtf, timex.precision) for timex in read(text)} == {(edtf, precision)}


def test_since_goes_on() -> None:
    (timex,) = read("Protests have gone on since October.")
    assert timex.ongoing
    assert timex.earliest == date(2019, 10, 1)
    assert timex.latest is None


@pytest.mark.parametrize(
    "text",
    [
        "May said that she may stay.",
        "They will march on the capital in a spring of hope.",
        "The 15th Brigade and the 21st (Brigade) were there.",
        "Show all 1/35",
        "They watched 24/7.",
        "The vote passed 170 to none, a 3-2 win.",
        "The US has about 5,200 troops there, and 2003 people fled.",
        "It cost $2014 and 1.5%.",
        "Black September was a group; the Sunday Times said so.",
        "The Arab Spring was over.",
        "He is second in command.",
    ],
)
def test_what_looks_like_a_date_and_is_none(text: str) -> None:
    assert read(text) == ()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("He spoke on Tuesday.", "XXXX-WXX-2"),
        ("He resigned in November.", "XXXX-11"),
        ("It was January 3.", "XXXX-01-03"),
        ("He spoke yesterday.", "XXXX-XX-XX"),
        ("He spoke last week.", "XXXX-WXX"),
        ("He spoke two years ago.", "XXXX"),
    ],
)
def test_an_undated_text_stays_undated(text: str, value: str) -> None:
    (timex,) = read(text, None)
    assert (timex.value, timex.edtf, timex.earliest, timex.latest) == (value, "", None, None)


@pytest.mark.parametrize(
    ("text", "phrase", "value", "shift"),
    [
        (
            "They stormed it on 31 December 2019. The crowd left a day later.",
            "a day later",
            "2020-01-01",
            "P1D",
        ),
        ("The crowd left a day later.", "a day later", "XXXX-XX-XX", "P1D"),
        ("He resigned two days before the vote.", "two days", "P2D", "-P2D"),
        ("He resigned three weeks after the vote.", "three weeks", "P3W", "P3W"),
        ("They came on 3 May 2003. The next day they left.", "The next day", "2003-05-04", "P1D"),
        ("He fled weeks later.", "weeks later", "FUTURE_REF", ">"),
    ],
)
def test_counted_from_an_event(text: str, phrase: str, value: str, shift: str) -> None:
    timex = read(text)[-1]
    assert (timex.text, timex.anchor, timex.value, timex.shift) == (phrase, "event", value, shift)


def test_relative_dates_name_their_anchor() -> None:
    explicit, following = read("He came on 3 January 2020 and left the following Tuesday.")
    (weekday,) = read("He came on Tuesday.")
    assert explicit.anchor == ""
    assert following.anchor == f"timex:{explicit.start}"
    assert weekday.anchor == "publication"


HISTORY = """The war began on 28 July 1914. In August Germany invaded Belgium. In 1915 Italy joined, and in 1916 the armies
met at Verdun and in July at the Somme. In 1917 the United States came in. The front of 1918 broke in August; by
November it was over. In 1919 the peace was signed, in June. In 1920 it came into force."""


def test_a_history_counts_from_the_last_date_told() -> None:
    found = values(HISTORY.replace("\n", " "), date(2009, 12, 19))
    assert ("August", "1914-08") in found
    assert ("July", "1916-07") in found
    assert ("November", "1918-11") in found
    assert ("June", "1919-06") in found


def parsed(
    words: list[str], heads: list[int], deps: list[str], tags: list[str], lemmas: list[str]
) -> AnnotatedText:
    doc = Doc(NLP.vocab, words=words, heads=heads, deps=deps, tags=tags, lemmas=lemmas)
    document = Document(doc_id="d", doc="d", text=doc.text, published=DCT)
    return AnnotatedText(document=document, paragraphs=(Paragraph(start=0, doc=doc),))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (parsed(["Talks", "resume", "Friday"], [1, 1, 1], ["nsubj", "ROOT", "npadvmod"], ["NNS", "VBP", "NNP"],
                ["talk", "resume", "Friday"]), date(2020, 1, 24)),
        (parsed(["He", "planned", "to", "leave", "Friday"], [1, 1, 3, 1, 3], ["nsubj", "ROOT", "aux", "xcomp", "npadvmod"],
                ["PRP", "VBD", "TO", "VB", "NNP"], ["he", "plan", "to", "leave", "Friday"]), date(2020, 1, 24)),
        (parsed(["He", "failed", "to", "appear", "Friday"], [1, 1, 3, 1, 3], ["nsubj", "ROOT", "aux", "xcomp", "npadvmod"],
                ["PRP", "VBD", "TO", "VB", "NNP"], ["he", "fail", "to", "appear", "Friday"]), date(2020, 1, 17)),
        (parsed(["They", "are", "meeting", "Friday"], [2, 2, 2, 2], ["nsubj", "aux", "ROOT", "npadvmod"],
                ["PRP", "VBP", "VBG", "NNP"], ["they", "be", "meet", "Friday"]), date(2020, 1, 24)),
        (parsed(["They", "were", "meeting", "Friday"], [2, 2, 2, 2], ["nsubj", "aux", "ROOT", "npadvmod"],
                ["PRP", "VBD", "VBG", "NNP"], ["they", "be", "meet", "Friday"]), date(2020, 1, 17)),
    ],
    ids=["present", "planned", "failed", "are meeting", "were meeting"],
)  # fmt: skip
def test_the_verb_says_which_friday(text: AnnotatedText, day: date) -> None:
    (timex,) = find_timexes(text)
    assert timex.earliest == day


@settings(max_examples=60, deadline=None)
@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(-500, 500))
def test_whole_weeks_shift_relative_weekdays_by_as_much(dct: date, weeks: int) -> None:
    text = (
        "He came on Friday, last Monday and yesterday; they will meet on Tuesday and next Sunday."
    )
    shift = timedelta(weeks=weeks)
    before = [timex.earliest for timex in read(text, dct)]
    after = [timex.earliest for timex in read(text, dct + shift)]
    assert len(before) == 5
    assert after == [day + shift for day in before if day]


WORDS = st.sampled_from(
    """the a of in on since from to between and 3 31 99999 29 1914 2019 0 1/2 May March Feb. Friday last next this
    year week century ago later before after early late million several Easter Eve BC 12:61 25:00 p.m. night -""".split()  # noqa: SIM905
)


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=12).map(" ".join) | st.text(max_size=60), st.dates() | st.none())
def test_no_text_raises_and_spans_are_sorted_and_true(text: str, dct: date | None) -> None:
    whole = annotated(text, dct)
    end = 0
    for timex in find_timexes(whole):
        assert end <= timex.start < timex.end
        end = timex.end
        assert whole.document.text[timex.start : timex.end] == timex.text
        assert timex.earliest is None or timex.latest is None or timex.earliest <= timex.latest


def test_offsets_are_those_of_the_document() -> None:
    text = "Überschrift\n\nHe came on Friday.\n\nShe left in 2003."
    assert [text[timex.start : timex.end] for timex in read(text)] == ["Friday", "2003"]
