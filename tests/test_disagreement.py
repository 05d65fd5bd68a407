"""Where sources differ: in the numbers they give and in the words they choose, told with who says which; never where
both can be right."""

from __future__ import annotations

from pathlib import Path

import pytest
from chronicles import build
from spacy.language import Language

from timeline.dashboard.disagreeing import disagreements
from timeline.model import Event
from timeline.sources import load_sources
from timeline.wording import casualty_text

Claims = dict[str, set[str]]


def told_of(nlp: Language, folder: Path, field: str, *articles: str) -> tuple[list[Event], Claims]:
    """The events of some articles, and for each claim on a field the articles that make it, by number from 1."""
    for number, text in enumerate(articles, start=1):
        head = (
            f"Title: Bulletin {number}\nDate: 2016-05-0{number + 3}\nPublisher: Paper {number}\n\n"
        )
        (folder / f"{number}.txt").write_text(head + text + "\n", encoding="utf-8")
    events = build(nlp, str(folder)).events
    claims: Claims = {}
    for event in events:
        names = {mention.mention_id: mention.doc.removesuffix(".txt") for mention in event.mentions}
        for item in event.disagreements:
            for claim in item.claims if item.field == field else ():
                claims.setdefault(claim.value, set()).update(names[m] for m in claim.mention_ids)
    return list(events), claims


TOLLS = [
    (
        "At least 14 civilians were killed in the shelling of a market in Omdurman on Tuesday 3 May.",
        "At least 18 people were killed in the shelling of a market in Omdurman on Tuesday 3 May.",
        {"at least 14 killed": {"1"}, "at least 18 killed": {"2"}},
        "14–18+ killed",
    ),
    (
        "Rebels killed 20 soldiers in an ambush near Goma on Tuesday 3 May.",
        "Rebels killed 24 soldiers in an ambush near Goma on Tuesday 3 May.",
        {"20 killed": {"1"}, "24 killed": {"2"}},
        "20–24 killed",
    ),
    (
        "Rebels killed 20 soldiers in an ambush near Goma on Tuesday 3 May.",
        "Rebels killed at least 20 soldiers in an ambush near Goma on Tuesday 3 May.",
        {},
        "20 killed",
    ),
    (
        "Rebels killed dozens of soldiers in an ambush near Goma on Tuesday 3 May.",
        "Rebels killed 31 soldiers in an ambush near Goma on Tuesday 3 May.",
        {},
        "31 killed",
    ),
    (
        "More than 500 people were killed in the bombing of Aleppo on Tuesday 3 May.",
        "The bombing of Aleppo on Tuesday 3 May killed 512 people.",
        {},
        "500–512 killed",
    ),
    (
        "The bombing of Aleppo on Tuesday 3 May killed 30 people.",
        "The bombing of Aleppo on Tuesday 3 May killed nine children.",
        {},
        "30 killed",
    ),
]


@pytest.mark.parametrize(("one", "two", "expected", "toll"), TOLLS)
def test_tolls(
    nlp: Language, tmp_path: Path, one: str, two: str, expected: Claims, toll: str
) -> None:
    events, claims = told_of(nlp, tmp_path, "casualties", one, two)
    assert claims == expected
    assert toll in [casualty_text(item) for event in events for item in event.casualties]
    if expected:
        assert any(toll.removesuffix(" killed") in event.title for event in events)


WORDINGS = [
    (
        "The Senate of Chile passed a non-binding resolution demanding the eviction of foreign troops on Tuesday 3 May.",
        "The Senate of Chile voted to expel foreign troops on Tuesday 3 May.",
        {"“non-binding resolution”": {"1"}, "“voted to expel”": {"2"}},
    ),
    (
        "The Senate of Chile passed a non-binding resolution demanding the eviction of foreign troops on Tuesday 3 May.",
        "The Senate of Chile voted to urge the withdrawal of foreign troops on Tuesday 3 May.",
        {},
    ),
    (
        "The Senate of Chile passed a resolution on foreign bases on Tuesday 3 May.",
        "The Senate of Chile voted to expel foreign troops on Tuesday 3 May.",
        {},
    ),
    (
        "Hezbollah fired rockets at a military base in Haifa on Tuesday 3 May.",
        "Hezbollah fired a barrage of missiles at a military base in Haifa on Tuesday 3 May.",
        {"“rockets”": {"1"}, "“a barrage of missiles”": {"2"}},
    ),
    (
        "Hezbollah fired rockets at a military base in Haifa on Tuesday 3 May.",
        "Hezbollah fired rockets and missiles at a military base in Haifa on Tuesday 3 May.",
        {},
    ),
    (
        "Hezbollah attacked a military base in Haifa on Tuesday 3 May.",
        "Hezbollah fired a barrage of missiles at a military base in Haifa on Tuesday 3 May.",
        {},
    ),
]


@pytest.mark.parametrize(("one", "two", "expected"), WORDINGS)
def test_wording(nlp: Language, tmp_path: Path, one: str, two: str, expected: Claims) -> None:
    assert told_of(nlp, tmp_path, "wording", one, two)[1] == expected


def test_one_article_that_uses_both_words_disagrees_with_nobody(
    nlp: Language, tmp_path: Path
) -> None:
    both = (
        "The Senate of Chile voted to expel foreign troops on Tuesday 3 May. "
        "The non-binding resolution was passed on Tuesday 3 May."
    )
    assert told_of(nlp, tmp_path, "wording", both)[1] == {}


ACTORS = [
    (
        "The Colombian army shelled the village of Toribio on Tuesday 3 May, killing 12 people.",
        "FARC shelled the village of Toribio on Tuesday 3 May, killing 12 people.",
        True,
    ),
    (
        "Police shelled the village of Toribio on Tuesday 3 May, killing 12 people.",
        "FARC shelled the village of Toribio on Tuesday 3 May, killing 12 people.",
        False,
    ),
    (
        "Angela Merkel said on Tuesday 3 May that the shelling of Toribio must end.",
        "Barack Obama said on Tuesday 3 May that the shelling of Toribio must end.",
        False,
    ),
]


@pytest.mark.parametrize(("one", "two", "differ"), ACTORS)
def test_actors(nlp: Language, tmp_path: Path, one: str, two: str, differ: bool) -> None:
    assert bool(told_of(nlp, tmp_path, "actor", one, two)[1]) is differ


BUNDLED = Path(__file__).parents[1] / "data" / "articles"


@pytest.fixture(scope="module")
def bundled(nlp: Language) -> tuple[Event, ...]:
    return build(nlp, str(BUNDLED)).events


@pytest.mark.parametrize(
    "values",
    [
        ("“non-binding resolution”", "“voted to expel”", "“vote to recommend”"),
        ("“rocket attacks”", "“a barrage of missiles”"),
    ],
)
def test_the_bundled_articles_differ(bundled: tuple[Event, ...], values: tuple[str, ...]) -> None:
    told = [
        {claim.value for item in event.disagreements for claim in item.claims} for event in bundled
    ]
    assert any(set(values) <= claims or _spelt(values, claims) for claims in told)


def _spelt(values: tuple[str, ...], claims: set[str]) -> bool:
    return {value.replace("voted", "vote") for value in values} <= claims


def test_stories_told_once_have_no_disagreement(nlp: Language) -> None:
    stories = Path(__file__).parent / "stories"
    for path in sorted(stories.iterdir()):
        assert [e.title for e in build(nlp, str(path)).events if e.disagreements] == []


def test_wording_is_shown_in_words_with_who_says_which(nlp: Language, tmp_path: Path) -> None:
    one, two, _ = WORDINGS[3]
    events, _ = told_of(nlp, tmp_path, "wording", one, two)
    documents = {
        item.doc_id: item for item in load_sources([str(tmp_path)]) if hasattr(item, "doc_id")
    }
    (shown,) = [item for event in events for item in disagreements(event, documents)]
    assert shown["field"] == "How it is put"
    told = {claim["value"]: [voice["who"] for voice in claim["told"]] for claim in shown["claims"]}
    assert told == {"“rockets”": ["Paper 1"], "“a barrage of missiles”": ["Paper 2"]}
