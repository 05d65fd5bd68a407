"""The only place that loads spaCy: the shipped pipeline by default, any installed one by name."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc

from timeline.annotated import AnnotatedText, Depth, Paragraph
from timeline.errors import PipelineError
from timeline.model import Document, Span
from timeline.paths import PIPELINE

BATCH = 64
_TITLES = (
    "Maj.",
    "Col.",
    "Sgt.",
    "Capt.",
    "Cpl.",
    "Pvt.",
    "Cmdr.",
    "Brig.",
    "Supt.",
    "Insp.",
    "Hon.",
)
"""Abbreviations before names that spaCy's English tokenizer would end a sentence at."""
_LONGEST = 20_000
"""Characters of one parse: longer paragraphs are cut at white space, so that memory stays bounded."""
_BLANKS = dict.fromkeys(map(ord, "\r\n\t\v\f\xa0\u2007\u2009\u202f\u3000"), " ")
_LINE = re.compile(r"[^\r\n]*\S[^\r\n]*")
_LINE_BREAK = re.compile(r"\r\n|\r|\n")
_SENTENCE_END = re.compile(r"[.!?:][\"'”’)\]]*\s*$")
_WRAPPED = range(45, 121)
"""Lengths of a line that may have been broken by its width alone."""


@lru_cache(maxsize=4)
def load_pipeline(name: str = "") -> Language:
    """The shipped pipeline, or the installed spaCy pipeline of that name or path.

    Raises:
        PipelineError: nothing of that name can be loaded, or it lacks a parser or an entity recogniser.
    """
    try:
        nlp = spacy.load(name or PIPELINE)
    except (OSError, ValueError) as error:
        raise PipelineError(
            "cannot load the spaCy pipeline",
            where=name or str(PIPELINE),
            remedy="run `make pipeline` to train the project's own, or name an installed one",
        ) from error
    if isinstance(nlp.tokenizer, Tokenizer):
        for title in _TITLES:
            nlp.tokenizer.add_special_case(title, [{"ORTH": title}])
    missing = {"parser", "ner", "tagger"} - set(nlp.pipe_names)
    if missing:
        raise PipelineError(
            f"the pipeline has no {', '.join(sorted(missing))}",
            where=name or str(PIPELINE),
            remedy="choose one that tags, parses and recognises entities, such as en_core_web_sm",
        )
    return nlp


def pipeline_name(name: str = "") -> str:
    """Language, name and version of the pipeline, without loading it where it is the shipped one."""
    meta = _meta(PIPELINE / "meta.json") if not name else load_pipeline(name).meta
    return f"{meta.get('lang', '')}_{meta.get('name', '')} {meta.get('version', '')}"


def _meta(path: Path) -> dict[str, Any]:
    try:
        meta: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return load_pipeline().meta  # which tells what is wrong with it
    return meta


def annotate(
    nlp: Language, documents: Iterable[Document], depth: Callable[[str], Depth] | None = None
) -> Iterator[AnnotatedText]:
    """Parse documents paragraph by paragraph, batched across documents; one result a document, in order.

    `depth` says of a paragraph's text what it needs, for a stage that does without the rest; all of it unless told.
    """
    waiting: list[tuple[Document, int]] = []

    def pieces() -> Iterator[tuple[str, Span]]:
        for document in documents:
            spans = list(_paragraph_spans(document))
            waiting.append((document, len(spans)))
            for start, end in spans:
                # Whatever separates words is a blank to the parser; offsets stay as they are.
                yield document.text[start:end].translate(_BLANKS), (start, end)

    parsed: list[tuple[Doc, Span]] = []
    for item in _parsed(nlp, pieces(), depth):
        while waiting and len(parsed) == waiting[0][1]:
            yield _annotated(waiting.pop(0)[0], parsed)
            parsed = []
        parsed.append(item)
    for document, count in waiting:
        yield _annotated(document, parsed[:count])
        parsed = parsed[count:]


def _parsed(
    nlp: Language, pieces: Iterable[tuple[str, Span]], depth: Callable[[str], Depth] | None
) -> Iterator[tuple[Doc, Span]]:
    if depth is None:
        yield from nlp.pipe(pieces, as_tuples=True, batch_size=BATCH)
        return
    remaining = iter(pieces)
    while batch := list(islice(remaining, 4 * BATCH)):
        depths = [depth(text) for text, _ in batch]
        docs: dict[int, Doc] = {}
        for level, left_out in _LEFT_OUT.items():
            places = [place for place, found in enumerate(depths) if found is level]
            texts = (batch[place][0] for place in places)
            docs.update(zip(places, nlp.pipe(texts, disable=left_out(nlp)), strict=True))
        for place, (_, span) in enumerate(batch):
            yield docs[place], span


_LEFT_OUT: Mapping[Depth, Callable[[Language], list[str]]] = {
    Depth.WORDS: lambda nlp: list(nlp.pipe_names),
    Depth.SYNTAX: lambda nlp: ["ner"],
    Depth.NAMES: lambda nlp: [],
}


def _annotated(document: Document, parsed: list[tuple[Doc, Span]]) -> AnnotatedText:
    title = document.title.strip() if len(parsed) > 1 else ""
    paragraphs = tuple(
        Paragraph(
            start=start,
            doc=doc,
            caption=_covered((start, end), document.captions),
            heading=bool(title) and doc.text.strip() == title,
        )
        for doc, (start, end) in parsed
    )
    return AnnotatedText(document=document, paragraphs=paragraphs)


def _covered(span: Span, regions: tuple[Span, ...]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in regions)


def _paragraph_spans(document: Document) -> Iterator[Span]:
    """Paragraphs without furniture: a line each, or several where a text was wrapped at a fixed width."""
    for start, end in _prose_spans(document):
        for first, last in _unwrapped(document.text, start, end):
            yield from _pieces(document.text, first, last)


def _unwrapped(text: str, start: int, end: int) -> Iterator[Span]:
    """Spans of lines, joined to the next where a sentence runs on over the break."""
    begun: Span | None = None
    for line in _LINE.finditer(text, start, end):
        if begun and _runs_on(text, begun, line.start()):
            begun = begun[0], line.end()
            continue
        if begun:
            yield begun
        begun = line.span()
    if begun:
        yield begun


def _runs_on(text: str, begun: Span, next_start: int) -> bool:
    if len(_LINE_BREAK.findall(text, begun[1], next_start)) != 1:
        return False
    previous = text[max(text.rfind("\n", 0, begun[1]), begun[0]) : begun[1]].strip()
    return not _SENTENCE_END.search(previous) and len(previous) in _WRAPPED


def _prose_spans(document: Document) -> Iterator[Span]:
    position = 0
    for start, end in sorted(document.furniture):
        if start > position:
            yield position, start
        position = max(position, end)
    if position < len(document.text):
        yield position, len(document.text)


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end:
        cut = end if end - start <= _LONGEST else text.rfind(" ", start + 1, start + _LONGEST)
        cut = cut if cut > start else min(end, start + _LONGEST)
        piece = text[start:cut]
        stripped = piece.strip()
        if stripped:
            offset = start + len(piece) - len(piece.lstrip())
            yield offset, offset + len(stripped)
        start = cut
