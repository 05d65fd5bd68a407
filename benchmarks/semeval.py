"""What befell whom, in order: timelines of the six target entities of SemEval-2015 task 4 (trial set) from raw text, by the
scorer beside the corpora. Articles are read and merged as any are; of the annotation only the name of the entity is used,
the publication date and the division into sentences, by which the task names a mention. How mentions become rows was
chosen on this set: the figure is one of development, not of a held-out test.

python -m benchmarks.semeval --corpora ../shared
"""

from __future__ import annotations

import argparse
import re
import sys
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from benchmarks.scorers import load_scorer
from timeline.model import (
    Actor,
    Argument,
    Chronology,
    Document,
    EventMention,
    Modality,
    Precision,
    Span,
    Timex,
    When,
)
from timeline.nlp import load_pipeline
from timeline.pipeline import analyse, chronicle
from timeline.sources import document_from_text

FLOORS = Path(__file__).with_name("floors.yaml")
_CLINGS = re.compile(r"[,.;:!?%)\]}]+|'|'(s|re|ve|ll|d|m|t)|n't|''", re.IGNORECASE)
_HOLDS = frozenset("([{$£€")
_LIGHT = frozenset({"be", "have", "do", "make", "take", "get", "give", "go", "come"})
_FIRST = re.compile(r"\d{4}(-(0\d|1[0-2])(-\d\d)?)?")
"""The first year, month or day of an EDTF string; seasons and quarters have months beyond the twelfth."""
_RECENT = timedelta(days=7)
"""How long before publication something may lie and be the news."""
_PRINTED = (1, 2)
"""The date of an article, and its body, begin with these sentences; the title is sentence 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An annotated article as raw text."""

    document: Document
    published: date
    starts: tuple[int, ...]
    """Where each sentence begins, in code points; sorted."""
    sentences: tuple[int, ...]
    """The annotation's numbers of those sentences."""

    @property
    def body(self) -> int:
        """Where the body begins, after title and date."""
        return self.starts[bisect_left(self.sentences, _PRINTED[-1])]

    def key(self, mention: EventMention) -> str:
        """The mention as the task names it: article, sentence and trigger."""
        sentence = self.sentences[bisect_right(self.starts, mention.start) - 1]
        return f"{mention.doc}-{sentence}-{mention.trigger.lower().replace(' ', '_')}"


def lay_out(number: str, published: str, sentences: Mapping[int, Sequence[str]]) -> Article:
    """The text of an article, title and date in paragraphs of their own as they are printed."""
    text = ""
    starts = []
    for sentence, tokens in sorted(sentences.items()):
        text = f"{text.rstrip()}\n\n" if sentence in _PRINTED else text
        starts.append(len(text))
        for token in tokens:
            text = text.rstrip(" ") if _CLINGS.fullmatch(token) else text
            text += token if token in _HOLDS else token + " "
    dct = date.fromisoformat(published)
    return Article(
        document=document_from_text(text, doc=number, dct=dct),
        published=dct,
        starts=tuple(starts),
        sentences=tuple(sorted(sentences)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the product made of the articles."""

    chronology: Chronology
    actors: Mapping[str, Actor]
    merged: Mapping[str, When]
    """By mention id: when the event happened that the mention was merged into."""
    timexes: Mapping[str, tuple[Timex, ...]]
    """By document id, in reading order."""
    antecedents: Mapping[tuple[str, Span], str]
    """By document id and head of a pronoun or description: the name that it stands for."""

    def names_of(self, argument: Argument, mention: EventMention) -> Iterator[str]:
        """What a participant is called: there, by the name that a pronoun stands for, and elsewhere."""
        yield argument.text
        yield self.antecedents.get((mention.doc_id, argument.head), "")
        if actor := self.actors.get(argument.actor_id or ""):
            yield actor.name
            yield from actor.aliases

    def day(self, article: Article) -> date:
        """The first day just before publication that the article's body tells of; if none, that of publication."""
        published = article.published
        told = (
            timex.earliest
            for timex in self.timexes[article.document.doc_id]
            if timex.start >= article.body and timex.earliest and timex.earliest == timex.latest
        )
        first = published - _RECENT
        return next((day for day in told if first <= day <= published), published)


def read(articles: Iterable[Article]) -> Reading:
    """The articles read and merged into events as any others are."""
    nlp = load_pipeline()
    analyses = list(analyse([article.document for article in articles], nlp))
    chronology = chronicle(analyses, lambda document: next(iter(analyse([document], nlp))))
    return Reading(
        chronology=chronology,
        actors={actor.actor_id: actor for actor in chronology.actors},
        merged={m.mention_id: event.when for event in chronology.events for m in event.mentions},
        timexes={analysis.document.doc_id: analysis.timexes for analysis in analyses},
        antecedents={
            (analysis.document.doc_id, head): analysis.document.text[slice(*name)]
            for analysis in analyses
            for head, name in analysis.antecedents
        },
    )


def timeline(entity: str, articles: Mapping[str, Article], reading: Reading) -> str:
    """The rows of an entity's timeline in the task's form, days and longer times in the order of their beginnings."""
    name = entity.split()
    # Of three words and more the first is a qualifier that the text may leave out.
    words = tuple(name[1:] if len(name) > 2 else name)
    rows: dict[str, list[str]] = defaultdict(list)
    for mention in reading.chronology.mentions:
        article = articles[mention.doc]
        if _is_telling(mention, article) and _takes_part(words, mention, article, reading):
            rows[_time(mention, article, reading)].append(article.key(mention))
    lines = (
        "\t".join([str(order), when, *found])
        for order, (when, found) in enumerate(sorted(rows.items()), 1)
    )
    return "\n".join([entity, *lines, ""])


def _is_telling(mention: EventMention, article: Article) -> bool:
    """Whether the body of the article says that it happened, in a word that has a meaning by itself."""
    return (
        mention.start >= article.body
        and mention.modality is Modality.ASSERTED
        and mention.lemma not in _LIGHT
    )


def _takes_part(
    words: Sequence[str], mention: EventMention, article: Article, reading: Reading
) -> bool:
    """Whether an argument of the mention stands in the name, or is called by it: its actor or its antecedent."""
    name = re.compile(rf"\b{re.escape(' '.join(words))}\b", re.IGNORECASE)
    here = [found.span() for found in name.finditer(article.document.text, *mention.sentence)]
    wanted = _words(" ".join(words))
    return any(
        any(start < argument.end and argument.start < end for start, end in here)
        or any(wanted <= _words(name) for name in reading.names_of(argument, mention))
        for argument in mention.arguments
    )


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.lower()))


def _time(mention: EventMention, article: Article, reading: Reading) -> str:
    """When it happened, in the task's form: as told there, or by other articles of the same event, or else on the day
    that the article is about. That day is also meant by a window that it lies in."""
    when = mention.when
    if not when.earliest:
        when = reading.merged.get(mention.mention_id, when)
    day = reading.day(article)
    if not when.earliest or (
        when.precision is Precision.WINDOW and when.earliest <= day <= (when.latest or day)
    ):
        return day.isoformat()
    first = _FIRST.search(when.edtf)
    return first.group() if first else when.earliest.isoformat()


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
