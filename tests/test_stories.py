"""Other stories and other years than the bundled ones: a peace accord, an accident at sea, a dispute of two states that
exist only here. No rule names them; what a careful reader takes from them must come out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from chronicles import build
from spacy.language import Language

from timeline.model import Chronology, Event, Status

STORIES = Path(__file__).parent / "stories"
DONE = (Status.OCCURRED, Status.ONGOING)

TOLD = [
    # story, words of the passage, type, first day, last day, status
    ("colombia.txt", "approved a revised peace accord", "POLITICS", "2016-11-30", "2016-11-30", "occurred"),
    ("colombia.txt", "signed the new text", "AGREE", "2016-11-24", "2016-11-24", "occurred"),
    ("colombia.txt", "in a referendum", "POLITICS", "2016-10-02", "2016-10-02", "occurred"),
    ("colombia.txt", "signed in Cartagena", "AGREE", "2016-09-26", "2016-09-26", "occurred"),
    ("colombia.txt", "won the Nobel", "OTHER", "2016-10-07", "2016-10-07", "occurred"),
    ("colombia.txt", "declared a ceasefire", "RETREAT", "2016-08-01", "2016-08-31", "occurred"),
    ("colombia.txt", "killed two rebels", "ASSAULT", "2016-11-13", "2016-11-13", "occurred"),
    ("colombia.txt", "marched in Bogota", "PROTEST", "2016-10-05", "2016-10-05", "occurred"),
    ("harbour.txt", "killing at least 41", "DISASTER", "2013-05-13", "2013-05-13", "occurred"),
    ("harbour.txt", "resigned on Tuesday", "POLITICS", "2013-05-14", "2013-05-14", "occurred"),
    ("harbour.txt", "memorial service", "OTHER", "2013-05-17", "2013-05-17", "planned"),
    ("harbour.txt", "planning a strike", "PROTEST", "2013-05-20", "2013-05-26", "planned"),
    ("harbour.txt", "killed 12 people", "DISASTER", "2009-01-01", "2009-12-31", "occurred"),
    ("pipeline-dispute.md", "met his Belmark counterpart", "CONSULT", "2021-02-10", "2021-02-10", "occurred"),
    ("pipeline-dispute.md", "seized a pumping station", "ASSAULT", "2021-02-03", "2021-02-03", "occurred"),
    ("pipeline-dispute.md", "shelled the station", "ASSAULT", "2021-02-04", "2021-02-04", "occurred"),
    ("pipeline-dispute.md", "stormed the Ostrian consulate", "PROTEST", "2021-02-05", "2021-02-05", "occurred"),
    ("pipeline-dispute.md", "recalled its ambassador", "SANCTION", "2021-02-07", "2021-02-07", "occurred"),
    ("pipeline-dispute.md", "withdrew from the transit", "SANCTION", "2018-01-01", "2018-12-31", "occurred"),
    ("pipeline-dispute.md", "due to visit Brussels", "CONSULT", "2021-02-15", "2021-02-15", "planned"),
]  # fmt: skip

NOT_DONE = [
    ("colombia.txt", "resume its offensive"),
    ("colombia.txt", "no decision to extradite"),
    ("colombia.txt", "refused to disarm"),
    ("pipeline-dispute.md", "may expel"),
    ("pipeline-dispute.md", "war is unlikely"),
    ("harbour.txt", "planning a strike"),
]


@pytest.fixture(scope="module")
def chronologies(nlp: Language) -> dict[str, Chronology]:
    return {path.name: build(nlp, str(path)) for path in sorted(STORIES.iterdir())}


def telling(chronology: Chronology, words: str) -> list[Event]:
    return [e for e in chronology.events if any(words in m.quote for m in e.mentions)]


@pytest.mark.parametrize(("story", "words", "kind", "first", "last", "status"), TOLD)
def test_what_a_reader_takes_from_it(
    chronologies: dict[str, Chronology],
    story: str,
    words: str,
    kind: str,
    first: str,
    last: str,
    status: str,
) -> None:
    found = [
        (str(e.event_type), str(e.when.earliest), str(e.when.latest), str(e.status))
        for e in telling(chronologies[story], words)
    ]
    assert (kind, first, last, status) in found


@pytest.mark.parametrize(("story", "words"), NOT_DONE)
def test_what_did_not_happen_is_no_deed(
    chronologies: dict[str, Chronology], story: str, words: str
) -> None:
    verb = words.rsplit(maxsplit=1)[-1] if words.startswith("may") else words.split()[1]
    deeds = [
        event.title
        for event in telling(chronologies[story], words)
        if event.status in DONE and any(verb.startswith(m.trigger) for m in event.mentions)
    ]
    assert not deeds


@pytest.mark.parametrize("words", ["Photo:", "Read more", "Sign up", "By Odile Ferrand"])
def test_furniture_tells_nothing(chronologies: dict[str, Chronology], words: str) -> None:
    assert not telling(chronologies["harbour.txt"], words)


def test_the_toll_is_a_bound(chronologies: dict[str, Chronology]) -> None:
    (event,) = telling(chronologies["harbour.txt"], "killing at least 41")
    assert [(c.kind, c.low, c.high) for c in event.casualties] == [("killed", 41, None)]


def test_dates_come_from_front_matter_and_bylines(chronologies: dict[str, Chronology]) -> None:
    known = {name: c.documents[0].published for name, c in chronologies.items()}
    assert known == {
        "colombia.txt": date(2016, 12, 1),
        "harbour.txt": date(2013, 5, 14),
        "pipeline-dispute.md": date(2021, 2, 12),
    }
