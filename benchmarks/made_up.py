"""Made-up archives of any size, seeded: the same number gives the same article, whatever stands around it.

Analyses are made up as the linguistic stages would give them, one at a time: articles of some hundred words (log-normal),
a hundred a day, of events of that day and of days and years before, told by several articles and dated in every way;
actors of whom few are named often and many once (Zipf); a tenth are reprints, one in a thousand is undated.

    python -m benchmarks.made_up 10000 [--jobs 2]     merges that many, writes the chronology, tells what each stage took
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache, partial
from math import log
from pathlib import Path
from random import Random

from timeline.acting import Kept, Reading
from timeline.build import rows_of
from timeline.model import (
    Analysis,
    Argument,
    Basis,
    Casualty,
    CasualtyKind,
    Document,
    EventMention,
    EventType,
    Modality,
    Name,
    Precision,
    PublishedBasis,
    Role,
    When,
)
from timeline.parallel import map_over_processes
from timeline.paths import ARTICLES
from timeline.pipeline import assemble
from timeline.store.write import working_folder, write_rows
from timeline.workspace import Workspace

_FIRST_DAY = date(1995, 1, 1)
_EVENTS_AN_ARTICLE = 0.6
_REPRINTS, _UNDATED = 0.1, 0.001
_VERBS = {
    "shelled": ("shell", EventType.ASSAULT),
    "killed": ("kill", EventType.ASSAULT),
    "arrested": ("arrest", EventType.COERCE),
    "met": ("meet", EventType.CONSULT),
    "accused": ("accuse", EventType.ACCUSE),
    "sanctioned": ("sanction", EventType.SANCTION),
    "supported": ("support", EventType.SUPPORT),
    "threatened": ("threaten", EventType.THREATEN),
}
_SYLLABLES = [a + b + c for a in "bdgklmnprtvz" for b in "aeiou" for c in ("n", "r", "l", "m", "")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """What is made up."""

    seed: int = 1
    articles_a_day: int = 100
    passages: float = 8.0
    """Of an article of middling length; on average a fifth more."""


PLAIN = Archive()


@dataclass(frozen=True, slots=True)
class _Event:
    verb: str
    actor: str
    recipient: str
    day: date
    dead: int


def analyses(number: int, archive: Archive = PLAIN) -> Iterator[Analysis]:
    """The first so many articles of the archive, as they are before anything is known across articles."""
    return (analysis(index, archive) for index in range(number))


def analysis(index: int, archive: Archive = PLAIN) -> Analysis:
    """One article of the archive."""
    random = Random(f"{archive.seed} article {index}")
    if index and random.random() < _REPRINTS:
        return _reprint(analysis(max(0, index - random.randint(1, 50)), archive), index)
    day = _FIRST_DAY + timedelta(days=index // archive.articles_a_day)
    return _article(random, index, day, archive)


def _reprint(original: Analysis, index: int) -> Analysis:
    """The same text under another name."""
    name = f"article-{index:07}"
    source = original.document
    document = Document(
        doc_id=name,
        doc=name,
        text=source.text,
        publisher=f"Paper {index % 40}",
        published=source.published,
        published_basis=source.published_basis,
    )
    mentions = tuple(
        _moved(mention, name, number) for number, mention in enumerate(original.mentions)
    )
    return Analysis(document=document, names=original.names, mentions=mentions)


def _moved(mention: EventMention, name: str, number: int) -> EventMention:
    fields = {slot: getattr(mention, slot) for slot in mention.__slots__}
    return EventMention(**fields | {"mention_id": f"{name}:{number}", "doc_id": name, "doc": name})


def _article(random: Random, index: int, day: date, archive: Archive) -> Analysis:
    name = f"article-{index:07}"
    text, names, mentions = "", [], []
    length = random.lognormvariate(log(archive.passages), 0.6)
    for number in range(max(2, min(40, round(length)))):
        event = _told(random, day, archive)
        sentence, when = _sentence(random, event, day)
        mentions.append(_mention(f"{name}:{number}", len(text), sentence, event, when))
        names += _names(sentence, len(text), event)
        text += sentence + " " + _prose(random, 25) + ".\n"
    undated = random.random() < _UNDATED
    document = Document(
        doc_id=name,
        doc=name,
        text=text,
        publisher=f"Paper {index % 40}",
        published=None if undated else day,
        published_basis=PublishedBasis.UNKNOWN if undated else PublishedBasis.METADATA,
    )
    return Analysis(document=document, names=tuple(names), mentions=tuple(mentions))


def _told(random: Random, day: date, archive: Archive) -> _Event:
    """Mostly what happened today or yesterday, at times what is years ago; a few events are told by many."""
    back = random.randint(0, 1) if random.random() < 0.85 else round(random.paretovariate(0.5))
    when = max(_FIRST_DAY, day - timedelta(days=min(back, 9000)))
    events = _EVENTS_AN_ARTICLE * archive.articles_a_day
    return _event(archive.seed, when, int(events * random.random() ** 2))


@lru_cache(maxsize=4096)
def _event(seed: int, day: date, rank: int) -> _Event:
    random = Random(f"{seed} event {day} {rank}")
    return _Event(
        verb=random.choice(sorted(_VERBS)),
        actor=_someone(random),
        recipient=_someone(random),
        day=day,
        dead=random.randint(1, 60),
    )


def _someone(random: Random) -> str:
    """A name in two words; the first are met again and again, and there are always new ones."""
    number = int(10 ** random.uniform(0, 6.5))
    return f"{_word(7 * number + 1).title()} {_word(number).title()}"


@lru_cache(maxsize=20_000)
def _word(number: int) -> str:
    syllables = ""
    while number or len(syllables) < 6:
        number, rest = divmod(number, len(_SYLLABLES))
        syllables += _SYLLABLES[rest]
    return syllables


def _prose(random: Random, words: int) -> str:
    return " ".join(_word(int(10 ** random.uniform(1, 4.6))) for _ in range(words))


def _sentence(random: Random, event: _Event, day: date) -> tuple[str, When]:
    """A sentence, and its date: said, counted from the day of publication, or not told."""
    said = random.random()
    phrase, when = "", When()
    if (day - event.day).days > 7 or said < 0.35:
        phrase = f" on {event.day:%d %B %Y}"
        when = _dated(event.day, Basis.EXPLICIT, "")
    elif said < 0.7:
        phrase = f" on {event.day:%A}"
        when = _dated(event.day, Basis.RELATIVE, f"publication:{day}")
    toll = f", leaving {event.dead} dead" if event.verb == "killed" else ""
    words = f"{event.actor} {event.verb} {event.recipient}{phrase}{toll}"
    return f"{words} {_prose(random, 6)}.", when


def _dated(day: date, basis: Basis, anchor: str) -> When:
    return When(
        edtf=day.isoformat(),
        earliest=day,
        latest=day,
        precision=Precision.DAY,
        basis=basis,
        anchor=anchor,
    )


def _mention(
    mention_id: str, offset: int, sentence: str, event: _Event, when: When
) -> EventMention:
    name = mention_id.partition(":")[0]
    start = offset + len(event.actor) + 1
    lemma, kind = _VERBS[event.verb]
    place = start + len(event.verb) + 1
    return EventMention(
        mention_id=mention_id,
        doc_id=name,
        doc=name,
        start=start,
        end=start + len(event.verb),
        sentence=(offset, offset + len(sentence)),
        quote=sentence,
        trigger=event.verb,
        lemma=lemma,
        event_type=kind,
        mode="",
        modality=Modality.ASSERTED,
        arguments=(
            _argument(Role.ACTOR, offset, event.actor),
            _argument(Role.RECIPIENT, place, event.recipient),
        ),
        when=when,
        casualties=_dead(sentence, offset, event),
    )


def _argument(role: Role, start: int, text: str) -> Argument:
    end = start + len(text)
    return Argument(
        role=role, start=start, end=end, text=text, head=(end - len(text.split()[1]), end)
    )


def _dead(sentence: str, offset: int, event: _Event) -> tuple[Casualty, ...]:
    if event.verb != "killed":
        return ()
    start = offset + sentence.index(f"{event.dead} dead")
    return (
        Casualty(
            kind=CasualtyKind.KILLED,
            low=event.dead,
            high=event.dead,
            who="people",
            start=start,
            end=start + len(f"{event.dead} dead"),
        ),
    )


def _names(sentence: str, offset: int, event: _Event) -> list[Name]:
    place = len(event.actor) + len(event.verb) + 2
    return [
        Name(start=offset + at, end=offset + at + len(text), text=text, label="PERSON")
        for at, text in ((0, event.actor), (place, event.recipient))
    ]


# --- real prose, repeated -----------------------------------------------------------------------------------


def write_sources(folder: Path, copies: int) -> tuple[int, int]:
    """The bundled articles so many times, as text files in which a third of the capitalised words are made up anew each
    time, so that none is a reprint. Returns the number of files and of words."""
    folder.mkdir(parents=True)
    words = 0
    paths = sorted(ARTICLES.glob("*.txt"))
    for copy in range(copies):
        for path in paths:
            text = path.read_text(encoding="utf-8")
            text = text if not copy else _renamed(text, copy)
            words += len(text.split())
            (folder / f"{path.stem}-{copy:05}.txt").write_text(text, encoding="utf-8")
    return copies * len(paths), words


def _renamed(text: str, copy: int) -> str:
    """A word that is replaced is always replaced by the same one. Months and days of the week stay."""

    def other(found: re.Match[str]) -> str:
        random = Random(f"{copy} {found.group()}")
        return _word(random.randrange(10**6)).title() if random.random() < 0.33 else found.group()

    kept = "|".join([f"{date(2020, month, 1):%B}" for month in range(1, 13)] + ["[A-Z][a-z]+day"])
    return re.sub(rf"(?<=[a-z,] )(?!(?:{kept})\b)[A-Z][a-z]{{3,}}", other, text)


# --- merging and writing ------------------------------------------------------------------------------------


def build_made_up(number: int, out: Path, archive: Archive = PLAIN, *, jobs: int = 1) -> None:
    """Everything but the linguistic stages, for so many articles; a line a stage on standard output."""
    begun = time.perf_counter()

    def told(stage: str, length: int | None) -> Callable[[int], None]:
        how_many = f" ({length:,})" if length is not None else ""
        print(f"{time.perf_counter() - begun:9.1f} s  {stage}{how_many}", flush=True)
        return lambda done: None

    with working_folder(out) as folder, closing(Workspace(folder / "workspace.sqlite")) as space:
        for one in analyses(number, archive):
            space.add_document(one.document)
        actors = assemble(
            space,
            Reading(find=lambda document: b"", load=partial(_as_kept, archive)),
            map_over=partial(map_over_processes, jobs),
            progress=told,
        )
        told("Writing", len(actors))
        _, counts = write_rows(rows_of(space, actors), (), out)
    print(f"{time.perf_counter() - begun:9.1f} s  {counts}")


def _as_kept(archive: Archive, document: Document, kept: Kept) -> Analysis:
    """The analysis of an article, made up again, as one that is kept is read again. What is dated anew stays so."""
    found = analysis(int(document.doc_id.rpartition("-")[2]), archive)
    return Analysis(document=document, names=found.names, mentions=found.mentions)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("number", type=int)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--a-day", type=int, default=PLAIN.articles_a_day)
    parser.add_argument("--passages", type=float, default=PLAIN.passages)
    asked = parser.parse_args()
    archive = Archive(articles_a_day=asked.a_day, passages=asked.passages)
    with tempfile.TemporaryDirectory() as scratch:
        build_made_up(asked.number, Path(scratch) / "out", archive, jobs=asked.jobs)
    return 0


if __name__ == "__main__":
    sys.exit(main())
