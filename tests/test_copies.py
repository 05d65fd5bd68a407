"""Reprints are found whatever was done to them, and corroborate nothing."""

from __future__ import annotations

import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from timeline.copies import find_copies
from timeline.model import Document
from timeline.pipeline import analyse, chronicle

REPORT = """Gunmen stormed a police post near the town of Marran on Monday, killing seven officers, the interior ministry said.
The attackers arrived on motorcycles shortly before dawn and opened fire on officers who were changing shifts.
A spokesman for the provincial governor said that reinforcements had been sent and that a search was under way.
Residents told reporters that shops stayed closed and that the market, held every Monday, was called off.
No group claimed responsibility, but officials blamed rebels who have attacked posts along the river since last year.
The governor called the attack cowardly and promised the families of the dead a pension. Funerals are planned for Tuesday."""
OTHER = """A police post in Marran was attacked early on Monday and seven policemen were killed, according to the authorities.
Witnesses spoke of a dozen men who came from the river and fled in the direction of the hills when soldiers arrived.
The opposition asked the government why warnings of an assault on posts in the region had not been heeded.
It was the deadliest raid of its kind since rebels took up arms again, and the third within a month in the province."""


def document(name: str, text: str, published: date | None = None, publisher: str = "") -> Document:
    return Document(doc_id=name, doc=name, text=text, published=published, publisher=publisher)


@pytest.mark.parametrize(
    "text",
    [
        REPORT,
        "GUNMEN KILL SEVEN\n\n" + REPORT,
        REPORT[: len(REPORT) // 2],
        REPORT.replace("Marran", "Maran").replace("officers", "policemen"),
        REPORT.replace("\n", " ").replace("killing seven officers", "killing  7 officers"),
        OTHER + "\n" + REPORT,
    ],
    ids=[
        "the same",
        "another title",
        "cut in half",
        "edited",
        "set anew",
        "with something before it",
    ],
)
def test_a_reprint_is_a_copy(text: str) -> None:
    documents = [document("a", REPORT), document("b", text)]
    assert find_copies(documents) == {"b": "a"}


def test_two_reports_of_one_attack_are_no_copies() -> None:
    assert find_copies([document("a", REPORT), document("b", OTHER)]) == {}


def test_short_notices_are_copies_only_if_equal() -> None:
    one, other = (
        "Police arrested four men in Marran on Monday.",
        "Police arrested five men in Marran on Monday.",
    )
    assert find_copies([document("a", one), document("b", other), document("c", one)]) == {"c": "a"}


def test_the_first_published_is_the_original() -> None:
    late, early = document("a", REPORT, date(2021, 3, 9)), document("b", REPORT, date(2021, 3, 8))
    assert find_copies([late, early, document("c", REPORT)]) == {"a": "b", "c": "b"}


def test_furniture_is_compared_with_nothing() -> None:
    menu = "Home News World Politics Business Sport Culture Weather Video Audio Live Contact " * 5
    pages = [
        Document(doc_id=name, doc=name, text=menu + text, furniture=((0, len(menu)),))
        for name, text in (("a", REPORT), ("b", OTHER))
    ]
    assert find_copies(pages) == {}


@given(
    st.randoms(use_true_random=False),
    st.lists(st.sampled_from([REPORT, OTHER, REPORT[:300], ""]), max_size=6),
)
def test_the_order_does_not_matter(order: random.Random, texts: list[str]) -> None:
    documents = [document(str(number), text) for number, text in enumerate(texts)]
    found = find_copies(documents)
    order.shuffle(documents)
    assert find_copies(documents) == found


def test_reprints_count_as_one_source(nlp: Language) -> None:
    day = date(2021, 3, 9)
    edited = REPORT.replace("Gunmen stormed", "Armed men stormed").replace(
        "the interior ministry said", "officials said"
    )
    documents = [
        document("a", REPORT, day, "Daily"),
        document("b", edited, day, "Herald"),
        document("c", OTHER, day, "Post"),
    ]
    events = chronicle(analyse(documents, nlp), lambda one: next(analyse([one], nlp))).events
    attack = max(events, key=lambda event: len({mention.doc_id for mention in event.mentions}))
    assert {mention.doc_id for mention in attack.mentions} == {"a", "b", "c"}
    assert attack.sources == 2
