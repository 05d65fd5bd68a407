"""EDTF: what strings mean, and laws of the date arithmetic."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline import edtf
from timeline.errors import EdtfError

DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31))
INNER_DAYS = st.dates(date(1000, 1, 1), date(3000, 12, 31))


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision"),
    [
        ("2020-01-03", date(2020, 1, 3), date(2020, 1, 3), "day"),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29), "month"),
        ("2019", date(2019, 1, 1), date(2019, 12, 31), "year"),
        ("2020-21", date(2020, 3, 1), date(2020, 5, 31), "season"),
        ("2019-24", date(2019, 12, 1), date(2020, 2, 29), "season"),
        ("2020-34", date(2020, 4, 1), date(2020, 6, 30), "quarter"),
        ("199X", date(1990, 1, 1), date(1999, 12, 31), "decade"),
        ("18XX", date(1800, 1, 1), date(1899, 12, 31), "century"),
        ("00XX", date(1, 1, 1), date(99, 12, 31), "century"),
        ("2019-10/..", date(2019, 10, 1), None, "range"),
        ("../2017", None, date(2017, 12, 31), "range"),
        ("2014/2017", date(2014, 1, 1), date(2017, 12, 31), "range"),
        ("[2019-12-28..2019-12-31]", date(2019, 12, 28), date(2019, 12, 31), "window"),
        ("[..2019-12-31]", None, date(2019, 12, 31), "window"),
    ],
)
def test_bounds(text: str, earliest: date | None, latest: date | None, precision: str) -> None:
    bounds = edtf.parse_edtf(text)
    assert (bounds.earliest, bounds.latest, bounds.precision) == (earliest, latest, precision)


@pytest.mark.parametrize(
    ("text", "approximate", "uncertain"),
    [
        ("2019~", True, False),
        ("2019-11?", False, True),
        ("2019-11-05%", True, True),
        ("2019~/2020", True, False),
    ],
)
def test_qualifiers(text: str, approximate: bool, uncertain: bool) -> None:
    bounds = edtf.parse_edtf(text)
    assert (bounds.approximate, bounds.uncertain) == (approximate, uncertain)


@pytest.mark.parametrize(
    "text",
    ["", "soon", "2019-13", "2019-02-30", "2019-20", "0000", "2020/2019", "[..]", "../..", "/2020", "20-01", "1/2/3",
     "[2019/2020..2021]", "２０２０", "9999-24"],
)  # fmt: skip
def test_nonsense_is_refused_with_a_remedy(text: str) -> None:
    with pytest.raises(EdtfError, match="write 2020"):
        edtf.parse_edtf(text)


@given(DAYS)
def test_day_month_and_year_round_trip(day: date) -> None:
    parsed = edtf.parse_edtf(edtf.format_day(day))
    assert parsed.earliest == parsed.latest == day
    for text in (edtf.format_month(day.year, day.month), edtf.format_year(day.year), edtf.format_decade(day.year),
                 edtf.format_century(day.year)):  # fmt: skip
        bounds = edtf.parse_edtf(text)
        assert bounds.earliest is not None
        assert bounds.latest is not None
        assert bounds.earliest <= day <= bounds.latest


@given(DAYS, DAYS)
def test_intervals_and_windows_round_trip(one: date, other: date) -> None:
    first, last = sorted((one, other))
    for text in (edtf.format_interval(first, last), edtf.format_window(first, last)):
        bounds = edtf.parse_edtf(text)
        assert (bounds.earliest, bounds.latest) == (first, last)


@given(st.text())
def test_any_text_is_parsed_in_order_or_refused(text: str) -> None:
    try:
        bounds = edtf.parse_edtf(text)
    except EdtfError:
        return
    assert not (bounds.earliest and bounds.latest) or bounds.earliest <= bounds.latest


@given(INNER_DAYS, st.integers(-5000, 5000))
def test_months_there_and_back_lose_at_most_the_end_of_a_month(day: date, count: int) -> None:
    back = edtf.add_months(edtf.add_months(day, count), -count)
    assert timedelta() <= day - back <= timedelta(days=3)


@given(INNER_DAYS, st.integers(0, 500))
def test_shifts_in_days_and_weeks(day: date, count: int) -> None:
    assert edtf.shift_day(day, f"P{count}D") == day + timedelta(days=count)
    assert edtf.shift_day(day, f"-P{count}W") == day - timedelta(weeks=count)


@pytest.mark.parametrize(
    ("shift", "day"),
    [
        ("P1M", date(2020, 2, 29)),
        ("-P2M", date(2019, 11, 30)),
        ("P1Y6M", date(2021, 7, 31)),
        ("PT3H", date(2020, 1, 31)),
    ],
)
def test_shifts_by_months(shift: str, day: date) -> None:
    assert edtf.shift_day(date(2020, 1, 31), shift) == day


def test_a_shift_that_is_no_duration_is_refused() -> None:
    with pytest.raises(EdtfError, match="not a duration"):
        edtf.shift_day(date(2020, 1, 31), "tomorrow")
