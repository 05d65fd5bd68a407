"""`timex` and `mentions`: what single texts say."""

# Commands import what they need when they run: `events` must not wait for spaCy, nor `--help` for anything.
# ruff: noqa: PLC0415

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from timeline.cli.group import DCT, DCT_FROM, JSONL, PIPELINE, main, print_text, report
from timeline.errors import QueryError, SourceError
from timeline.model import Document, Failure

if TYPE_CHECKING:
    from timeline.sources.options import Options


@main.command()
@click.argument("source", default="-", metavar="[FILE|FOLDER|-]")
@DCT
@DCT_FROM
@PIPELINE
@JSONL
def timex(source: str, dct: str | None, dct_from: Path | None, pipeline: str, _format: str) -> None:
    """The time expressions of a text, or of all texts of a folder, as JSON Lines (TIMEX3 types and values).

    Dates come from --dct or --dct-from, else from the text's own header or byline.
    """
    from timeline.nlp import annotate, load_pipeline
    from timeline.serialise import timex_json
    from timeline.sources import with_bylines
    from timeline.sources.options import Options
    from timeline.timex import depth_needed, find_timexes

    nlp = load_pipeline(pipeline)
    failures: list[Failure] = []
    # What is not parsed may be long: a book, a year of a news feed.
    options = Options(characters=_LONGEST_TEXT)
    documents = _documents(source, dct, dct_from, failures, options)
    # A byline is no prose, yet its date is a time expression of the text.
    for annotated in annotate(nlp, map(with_bylines, documents), depth_needed):
        _print_lines(timex_json(found) for found in find_timexes(annotated))
    report(failures)


@main.command()
@click.argument("source", default="-", metavar="[FILE|FOLDER|-]")
@DCT
@DCT_FROM
@PIPELINE
@JSONL
def mentions(
    source: str, dct: str | None, dct_from: Path | None, pipeline: str, _format: str
) -> None:
    """The event mentions of a text, or of all texts of a folder, as JSON Lines."""
    from timeline.actors import resolve_actors
    from timeline.gazetteer import load_gazetteer
    from timeline.model import Analysis
    from timeline.parallel import analyse_documents
    from timeline.serialise import mention_json

    failures: list[Failure] = []
    documents = _documents(source, dct, dct_from, failures)
    results = list(analyse_documents(documents, pipeline=pipeline))
    failures += [result for result in results if isinstance(result, Failure)]
    analyses = [result for result in results if isinstance(result, Analysis)]
    resolved, _ = resolve_actors(analyses, load_gazetteer())
    for analysis in resolved:
        _print_lines(map(mention_json, analysis.mentions))
    report(failures)


def _print_lines(values: Iterable[Mapping[str, Any]]) -> None:
    print_text("".join(json.dumps(value, ensure_ascii=False) + "\n" for value in values))


_LONGEST_TEXT = 64_000_000
"""Characters: those of the largest file that is read."""


def _documents(
    source: str,
    dct: str | None,
    dct_from: Path | None,
    failures: list[Failure],
    options: Options | None = None,
) -> Iterator[Document]:
    """The documents of a source, dated as told; failures are put into the list."""
    from timeline.sources import load_sources
    from timeline.sources.options import DEFAULT

    given = _iso_date(dct, "--dct") if dct else None
    dates = _read_dates(dct_from) if dct_from else {}
    for found in load_sources([source], dcts=dates, dct=given, options=options or DEFAULT):
        if isinstance(found, Failure):
            failures.append(found)
        else:
            yield found


def _iso_date(text: str, where: str) -> date:
    """A day; a time after it is left out."""
    try:
        return date.fromisoformat(text.strip().partition("T")[0].partition(" ")[0])
    except ValueError as error:
        raise QueryError(
            f"{text!r} is not a date", where=where, remedy="write YYYY-MM-DD"
        ) from error


def _read_dates(path: Path) -> dict[str, date]:
    """Publication dates by document name; documents without one are left out."""
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            rows = csv.DictReader(file)
            if not {"doc", "dct"} <= set(rows.fieldnames or ()):
                raise SourceError(
                    "has no columns doc and dct",
                    where=str(path),
                    remedy="begin it with the line doc,dct",
                )
            return {
                row["doc"]: _iso_date(row["dct"], f"{path}, line {rows.line_num}")
                for row in rows
                if row["dct"]
            }
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise SourceError(
            f"cannot be read ({error})", where=str(path), remedy="give a UTF-8 CSV file doc,dct"
        ) from error
