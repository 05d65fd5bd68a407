"""The gazetteer: names fold together, near-namesakes stay apart, bad data is told by file."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.errors import DataError
from timeline.gazetteer import core_of, load_gazetteer, misspelt_word, same_word, slug_of, words_of
from timeline.gazetteer.loading import read_gazetteer
from timeline.model import ActorKind
from timeline.paths import GAZETTEERS

GAZETTEER = load_gazetteer()


@pytest.mark.parametrize(
    ("name", "actor_id"),
    [
        ("United States", "united-states"),
        ("the United States", "united-states"),
        ("U.S.", "united-states"),
        ("US", "united-states"),
        ("America", "united-states"),
        ("Britain", "united-kingdom"),
        ("Burma", "myanmar"),
        ("Kiev", None),
        ("IRGC", "islamic-revolutionary-guard-corps"),
        ("the Revolutionary Guards", "islamic-revolutionary-guard-corps"),
        ("Kata’ib Hezbollah", "kataib-hezbollah"),
        ("Kata'ib Hezbollah", "kataib-hezbollah"),
        ("Kataeb Hezbollah", "kataib-hezbollah"),
        ("KATAIB HEZBOLLAH", "kataib-hezbollah"),
        ("Hezbollah", "hezbollah"),
        ("Hizbullah", "hezbollah"),
        ("Hashd al-Shaabi", "popular-mobilization-forces"),
        ("Popular Mobilisation Units", "popular-mobilization-forces"),
        ("Isis", "islamic-state"),
        ("ISIS", "islamic-state"),
        ("IS", "islamic-state"),
        ("is", None),
        ("Daesh", "islamic-state"),
        ("al-Qaida", "al-qaeda"),
        ("Al Qaeda", "al-qaeda"),
        ("WHO", "world-health-organization"),
        ("who", None),
        ("us", None),
        ("Nato", "nato"),
        ("the Pentagon", "pentagon"),
        ("State Department", "us-state-department"),
        ("Kremlin", "kremlin"),
        ("Downing Street", "downing-street"),
        ("Moqtada Sadr", "moqtada-al-sadr"),
        ("Muqtada al-Sadr", "moqtada-al-sadr"),
        ("Recep Tayyip Erdoğan", "recep-tayyip-erdogan"),
        ("Mahdi Army", "mahdi-army"),
        ("Adil Abdul-Mahdi", "adel-abdul-mahdi"),
        ("Abu Mahdi al-Mohandes", "abu-mahdi-al-muhandis"),
        ("Taleban", "taliban"),
        ("Tamil Tigers", "liberation-tigers-of-tamil-eelam"),
        ("Nobody of Nowhere", None),
    ],
)
def test_actor_of_a_name(name: str, actor_id: str | None) -> None:
    actor = GAZETTEER.actor(name)
    assert (actor.actor_id if actor else None) == actor_id


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("Iraqi", "iraq"),
        ("Iraqis", "iraq"),
        ("Baghdad", "iraq"),
        ("Tehran", "iran"),
        ("Washington", "united-states"),
        ("U.S.", "united-states"),
        ("American", "united-states"),
        ("British", "united-kingdom"),
        ("UK", "united-kingdom"),
        ("Seoul", "south-korea"),
        ("North Korean", "north-korea"),
        ("Dutch", "netherlands"),
        ("Filipino", "philippines"),
        ("Congolese", "democratic-republic-of-the-congo"),
        ("Soviet", "soviet-union"),
        ("us", None),
        ("polish", None),
        ("turkey", None),
        ("Kurdish", None),
        ("Mosul", None),
    ],
)
def test_state_that_a_word_names(word: str, state: str | None) -> None:
    actor = GAZETTEER.state_of(word)
    assert (actor.actor_id if actor else None) == state


@pytest.mark.parametrize(
    ("surname", "year", "actor_id"),
    [
        ("Bush", 2003, "george-w-bush"),
        ("Bush", 1990, "george-h-w-bush"),
        ("Bush", 2020, None),
        ("Clinton", 1998, "bill-clinton"),
        ("Clinton", 2016, "hillary-clinton"),
        ("Trump", 2020, "donald-trump"),
        ("Trump", 1990, None),
        ("Morsi", 2013, "mohamed-morsi"),
    ],
)
def test_a_bare_surname_is_read_by_the_year(surname: str, year: int, actor_id: str | None) -> None:
    actor = GAZETTEER.actor(surname, year)
    assert (actor.actor_id if actor else None) == actor_id


@pytest.mark.parametrize(
    ("name", "country", "lat", "lon"),
    [
        ("Baghdad", "IRQ", 33.3, 44.4),
        ("Kirkuk", "IRQ", 35.5, 44.4),
        ("Kerbala", "IRQ", 32.6, 44.0),
        ("Washington", "USA", 38.9, -77.0),
        ("Paris", "FRA", 48.9, 2.3),
        ("London", "GBR", 51.5, -0.1),
        ("Tripoli", "LBY", 32.9, 13.2),
        ("Kyiv", "UKR", 50.5, 30.5),
        ("Green Zone", "IRQ", 33.3, 44.4),
    ],
)
def test_place_of_a_name(name: str, country: str, lat: float, lon: float) -> None:
    place = GAZETTEER.place(name)
    assert place is not None
    assert place.country == country
    assert (place.lat, place.lon) == pytest.approx((lat, lon), abs=0.15)


def test_a_place_is_looked_for_in_the_given_country_first() -> None:
    tripoli = GAZETTEER.place("Tripoli", "LBN")
    assert tripoli is not None
    assert tripoli.country == "LBN"


@pytest.mark.parametrize(
    "name", ["President", "Prime Minister", "General", "Maj. Gen.", "Mr.", "cleric"]
)
def test_titles(name: str) -> None:
    assert GAZETTEER.is_title(name)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Kataeb", "Kata'ib", True),
        ("Qassem", "Qasim", True),
        ("Moqtada", "Muqtada", True),
        ("Mohandis", "Muhandis", True),
        ("Adel", "Adil", True),
        ("Abdel", "Abdul", True),
        ("Mohammed", "Muhammad", True),
        ("Saleh", "Salih", True),
        ("Soleimani", "Suleimani", True),
        ("Khamenei", "Khameney", True),
        ("Sergei", "Sergey", True),
        ("Hassan", "Hussein", False),
        ("Khamenei", "Khomeini", False),
        ("Hamas", "Hams", False),
        ("Iran", "Iraq", False),
        ("Austria", "Australia", False),
        ("Sadr", "Badr", False),
        ("Omar", "Amir", False),
    ],
)
def test_spellings_of_one_word(one: str, other: str, same: bool) -> None:
    assert same_word(one, other) is same


def test_a_slip_of_the_pen_is_near_and_only_in_long_words() -> None:
    assert misspelt_word("Solemani", "Soleimani")
    assert not misspelt_word("Kerry", "Perry")
    assert not misspelt_word("Iran", "Iraq")


@given(st.text(max_size=40))
def test_folding_is_stable(text: str) -> None:
    assert words_of(" ".join(words_of(text))) == words_of(text)
    assert core_of(text.upper()) == core_of(text.lower()) or not text.isascii()


@given(st.text(alphabet="abcdefghiklmnoprstuwyz", min_size=1, max_size=12), st.text(max_size=12))
def test_likeness_is_mutual(one: str, other: str) -> None:
    assert same_word(one, one)
    assert same_word(one, other) == same_word(other, one)


def test_every_actor_belongs_to_actors_that_are_known() -> None:
    for actor in GAZETTEER.actors.values():
        assert set(actor.member_of) <= set(GAZETTEER.actors)
        assert actor.actor_id == slug_of(actor.actor_id.replace("-", " "))
        assert actor.actor_id not in actor.member_of


def test_no_actor_belongs_to_itself_by_way_of_others() -> None:
    for actor in GAZETTEER.actors.values():
        above, waiting = set(), list(actor.member_of)
        while waiting:
            parent = waiting.pop()
            if parent not in above:
                above.add(parent)
                waiting += GAZETTEER.actors[parent].member_of
        assert actor.actor_id not in above


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        ("quds-force", "iran"),
        ("pentagon", "united-states"),
        ("us-central-command", "united-states"),
        ("qasem-soleimani", "iran"),
        ("haqqani-network", "taliban"),
        ("downing-street", "united-kingdom"),
    ],
)
def test_parts_belong_to_the_whole(part: str, whole: str) -> None:
    assert whole in GAZETTEER.actors[part].member_of


def test_kinds() -> None:
    assert GAZETTEER.actors["hamas"].kind is ActorKind.ARMED_GROUP
    assert GAZETTEER.actors["iraqis"].kind is ActorKind.PEOPLE
    assert GAZETTEER.actors["european-union"].kind is ActorKind.ORGANISATION


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"states\.csv"):
        read_gazetteer(tmp_path)


def test_an_unknown_kind_is_named_with_the_choice(tmp_path: Path) -> None:
    folder = tmp_path / "gazetteers"
    shutil.copytree(GAZETTEERS, folder)
    with (folder / "organisations.csv").open("a", encoding="utf-8") as file:
        file.write("Freedonia Front,army,,,,\n")
    with pytest.raises(DataError, match=r"organisations\.csv.*armed_group"):
        read_gazetteer(folder)
