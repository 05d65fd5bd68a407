"""What befell whom, in order: timelines of the six target entities of SemEval-2015 task 4 (trial set) from raw text, by the
scorer beside the corpora. Articles are read and merged as any are; of the annotation only the name of the entity is used.

python -m benchmarks.semeval --corpora ../shared
"""

from __future__ import annotations

import argparse
import re
import sys
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from benchmarks.scorers import load_scorer
from timeline.model import Chronology, Document, EventMention, Precision, Span, When
from timeline.nlp import load_pipeline
from timeline.pipeline import analyse, chronicle
from timeline.sources import document_from_text

FLOORS = Path(__file__).with_name("floors.yaml")
_CLINGS = re.compile(r"[,.;:!?%)\]}]+|'|'(s|re|ve|ll|d|m|t)|n't|''", re.IGNORECASE)
_HOLDS = frozenset("([{$£€")
_LENGTH = {Precision.YEAR: 4, Precision.MONTH: 7}
_RECENT = 7
"""Days before publication within which lies what is news."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An annotated article as raw text."""

    document: Document
    number: str
    starts: tuple[int, ...]
    """Where each sentence begins, in code points; sorted."""
    sentences: tuple[int, ...]
    """The annotation's numbers of those sentences."""
    tokens: tuple[tuple[int, int], ...]

    def sentence(self, mention: EventMention) -> int:
        """The annotation's number of the sentence that a mention stands in."""
        return self.sentences[bisect_right(self.starts, mention.start) - 1]


def lay_out(number: str, published: str | None, sentences: Mapping[int, Sequence[str]]) -> Article:
    """The text of an article, title and date on lines of their own as they are printed."""
    text = ""
    starts, spans = [], []
    for sentence, tokens in sorted(sentences.items()):
        text = f"{text.rstrip()}\n\n" if 0 < sentence <= 2 else text
        starts.append(len(text))
        for token in tokens:
            text = text.rstrip(" ") if _CLINGS.fullmatch(token) else text
            spans.append((len(text), len(text) + len(token)))
            text += token if token in _HOLDS else token + " "
    dct = date.fromisoformat(published) if published else None
    return Article(
        document=document_from_text(text, doc=number, dct=dct),
        number=number,
        starts=tuple(starts),
        sentences=tuple(sorted(sentences)),
        tokens=tuple(spans),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the product made of the articles."""

    chronology: Chronology
    antecedents: Mapping[tuple[str, Span], str]
    """By document and head of a pronoun or description: the name that it stands for."""


def read(articles: Iterable[Article]) -> Reading:
    """The articles read and merged into events as any others are."""
    documents = [article.document for article in articles]
    nlp = load_pipeline()
    analyses = list(analyse(documents, nlp))
    return Reading(
        chronology=chronicle(analyses, lambda document: next(iter(analyse([document], nlp)))),
        antecedents={
            (analysis.document.doc_id, head): analysis.document.text[slice(*name)]
            for analysis in analyses
            for head, name in analysis.antecedents
        },
    )


def timeline(entity: str, articles: Mapping[str, Article], reading: Reading) -> str:
    """The rows of an entity's timeline in the task's form, days and longer times in the order of their beginnings."""
    rows: dict[str, list[str]] = defaultdict(list)
    for mention, when in _dated(reading, articles):
        if is_part(mention, _words(entity), reading):
            article = articles[mention.doc]
            trigger = mention.trigger.lower().replace(" ", "_")
            rows[when].append(f"{article.number}-{article.sentence(mention)}-{trigger}")
    lines = (
        f"{order}\t{when}\t" + "\t".join(found)
        for order, (when, found) in enumerate(sorted(rows.items()), 1)
    )
    return "\n".join([entity, *lines, ""])


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.lower()))


def is_part(mention: EventMention, entity: frozenset[str], reading: Reading) -> bool:
    """Whether a name of the entity is among what its participants are called, pronouns looked up."""
    names = {actor.actor_id: actor for actor in reading.chronology.actors}
    for argument in mention.arguments:
        actor = names.get(argument.actor_id or "")
        called = {argument.text, reading.antecedents.get((mention.doc_id, argument.head), "")}
        called |= {actor.name, *actor.aliases} if actor else set()
        if any(entity <= _words(name) for name in called):
            return True
    return False


def _dated(reading: Reading, articles: Mapping[str, Article]) -> Iterator[tuple[EventMention, str]]:
    """Every mention with its time: its own, its event's, or else the day that its article is about."""
    merged = {
        m.mention_id: event.when for event in reading.chronology.events for m in event.mentions
    }
    days = {number: _day(article, reading) for number, article in articles.items()}
    for mention in reading.chronology.mentions:
        own = mention.when if mention.when.earliest else merged.get(mention.mention_id, When())
        yield mention, _written(own) or days[mention.doc]


def _written(when: When) -> str:
    if not when.earliest:
        return ""
    return when.earliest.isoformat()[: _LENGTH.get(when.precision, 10)]


def _day(article: Article, reading: Reading) -> str:
    """The first recent day that the article tells of, or else the day it was published."""
    published = article.document.published
    if not published:
        return "XXXX-XX-XX"
    told = (
        m.when.earliest
        for m in sorted(reading.chronology.mentions, key=lambda m: m.start)
        if m.doc == article.number and m.when.earliest and m.when.earliest == m.when.latest
    )
    week = published - timedelta(days=_RECENT), published
    return next((day for day in told if week[0] <= day <= week[1]), published).isoformat()


def main() -> int:
    """Prints the measures; 1 where the micro-averaged F1 is below its floor."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, default=Path("../shared"))
    scorer = load_scorer(parser.parse_args().corpora, "score_semeval15t4")
    documents, gold = scorer.load()
    articles = {number: lay_out(number, dct, text) for number, dct, text, _ in documents}
    reading = read(articles.values())
    floor = (yaml.safe_load(FLOORS.read_text("utf-8")) or {}).get("semeval", {}).get("micro", 0)
    with TemporaryDirectory() as folder:
        for entity, path in gold.items():
            rows = timeline(entity, articles, reading)
            (Path(folder) / Path(path).name).write_text(rows, "utf-8")
        print("SemEval-2015 task 4, trial: temporal awareness")
        gold_folder = str(Path(next(iter(gold.values()))).parent)
        (precision, recall, f1), _ = scorer.score_dir(gold_folder, folder, verbose=True)
    print(
        f"  micro {precision:5.1f} {recall:5.1f} F1 {f1:5.1f}   floor {floor}{'   BELOW' if f1 < floor else ''}"
    )
    return int(f1 < floor)


if __name__ == "__main__":
    sys.exit(main())
