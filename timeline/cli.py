"""The command line. Results go to standard output; reports and errors, one line each, to standard error."""

# Commands import what they need when they run: `events` must not wait for spaCy, nor `--help` for anything.
# ruff: noqa: PLC0415

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import timeline
from timeline.edtf import parse_edtf
from timeline.errors import QueryError, SourceError, TimelineError
from timeline.model import Document, Failure

if TYPE_CHECKING:
    from timeline.parallel import Result
    from timeline.sources.options import Options


class OneLineErrors(click.Group):
    """A group whose commands end in one line on standard error where they fail, never in a stack trace."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; `--debug` lets errors through as they are."""
        try:
            return super().invoke(ctx)
        except TimelineError as error:
            if ctx.params.get("debug"):
                raise
            _fail(str(error))
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception as error:
            if ctx.params.get("debug"):
                raise
            _fail(
                f"unexpected error ({type(error).__name__}: {error})"
                " — run again as `timeline --debug …` and report what it shows"
            )


def _fail(message: str) -> None:
    click.echo("timeline: " + " ".join(message.split()), err=True)
    sys.exit(1)


@click.group(cls=OneLineErrors, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(timeline.__version__, prog_name="timeline")
@click.option("--debug", is_flag=True, help="Show the stack trace of an error.")
def main(debug: bool) -> None:
    """News articles in, a sourced chronology out: what happened, when, who did it and who says so."""


_PIPELINE = click.option(
    "--pipeline",
    default="",
    metavar="NAME",
    help="An installed spaCy pipeline; default: the shipped one.",
)
_DCT = click.option("--dct", metavar="DATE", help="Publication date of the text, YYYY-MM-DD.")
_DCT_FROM = click.option(
    "--dct-from",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="CSV with the columns doc,dct: a publication date for each document.",
)
_COLUMN = click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="FIELD=NAME",
    help="Which column of a table holds text, title, published, publisher, author or url; guessed if untold.",
)
_ENCODING = click.option(
    "--encoding",
    default="",
    metavar="NAME",
    help="Of texts that are not UTF-8, such as windows-1252.",
)
_WEB = click.option("--web", is_flag=True, help="Allow SOURCEs that are web addresses.")
_JSONL = click.option("--format", "_format", type=click.Choice(["jsonl"]), default="jsonl")


@main.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE…")
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="DIR")
@click.option("--engine", type=click.Choice(["local", "ray"]), default="local", show_default=True)
@click.option("--jobs", type=click.IntRange(min=1), default=1, show_default=True, metavar="N")
@_PIPELINE
@_COLUMN
@_ENCODING
@_WEB
def build(  # noqa: PLR0917 - click calls it by keyword
    sources: tuple[str, ...],
    out: Path,
    engine: str,
    jobs: int,
    pipeline: str,
    columns: tuple[str, ...],
    encoding: str,
    web: bool,
) -> None:
    """Read SOURCEs (files, folders, globs, archives, `-`) and write a chronology to DIR.

    Ends with 0 only if every source was read; those that were not are listed.
    """
    if engine == "ray":
        raise TimelineError(
            "the engine ray is not available yet",
            where="--engine",
            remedy="use --engine local --jobs N",
        )
    from timeline.build import build_chronology
    from timeline.sources.options import Options, check_encoding, read_columns

    options = Options(
        columns=read_columns(columns), encoding=check_encoding(encoding), web=web, unique=True
    )
    built = build_chronology(
        sources, out, pipeline=pipeline, jobs=jobs, progress=_progress_bar, options=options
    )
    chronology = built.chronology
    if built.version:
        click.echo(
            f"{out}: {_count(chronology.documents, 'article')}, {_count(chronology.mentions, 'mention')},"
            f" {_count(chronology.events, 'event')}, {_count(chronology.actors, 'actor')};"
            f" data version {built.version}"
        )
    else:
        click.echo("timeline: no source could be read, nothing was written", err=True)
    _report(chronology.failures)


def _count(items: tuple[Any, ...], noun: str) -> str:
    return f"{len(items):,} {noun}{'' if len(items) == 1 else 's'}"


def _progress_bar(
    results: Iterable[Result], length: int
) -> AbstractContextManager[Iterable[Result]]:
    """A bar on a terminal, nothing elsewhere."""
    return click.progressbar(
        results,
        length=length,
        label="Reading",
        show_pos=True,
        file=sys.stderr,
        hidden=not sys.stderr.isatty(),
    )


def _report(failures: Iterable[Failure]) -> None:
    """List what could not be read, count it, and end with status 1; return if nothing was lost."""
    lost = 0
    for failure in failures:
        lost += not failure.left_out
        click.echo(" ".join(f"timeline: {failure.source}: {failure.reason}".split()), err=True)
    if lost:
        noun = "source" if lost == 1 else "sources"
        click.echo(f"timeline: {lost} {noun} could not be read", err=True)
        sys.exit(1)


@main.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--actor", "actors", multiple=True, help="Id, name or alias; members count. Repeatable."
)
@click.option("--match", type=click.Choice(["any", "all"]), default="any", show_default=True)
@click.option("--type", "types", multiple=True, help="Event type, such as ASSAULT. Repeatable.")
@click.option("--from", "start", metavar="D", help="First day, month or year of the window.")
@click.option("--to", "end", metavar="D", help="Last day, month or year of the window.")
@click.option("--text", default="", metavar="Q", help="Words of the title or of a passage.")
@click.option(
    "--status", "statuses", multiple=True, help="Such as occurred or planned. Repeatable."
)
@click.option(
    "--format",
    "name",
    type=click.Choice(["jsonl", "csv", "timelinejs", "ics", "html"]),
    default="jsonl",
    show_default=True,
)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE")
def events(  # noqa: PLR0917 - click calls it by keyword
    folder: Path,
    actors: tuple[str, ...],
    match: Any,
    types: tuple[str, ...],
    start: str | None,
    end: str | None,
    text: str,
    statuses: tuple[str, ...],
    name: str,
    out: Path | None,
) -> None:
    """Query the chronology in DIR and export the events found."""
    from timeline.exports import exported
    from timeline.store import EventFilter, open_snapshot

    query = EventFilter(
        actors=actors,
        match=match,
        types=types,
        statuses=statuses,
        start=_bound(start, "--from", last=False),
        end=_bound(end, "--to", last=True),
        text=text,
    )
    snapshot = open_snapshot(folder)
    # Only the page tells who published what: the articles of an archive are not read for a table.
    documents = snapshot.documents() if name == "html" else ()
    by_id = {document.doc_id: document for document in documents}
    _write(exported(name, snapshot.events(query), by_id, snapshot.version), out)


def _bound(text: str | None, option: str, *, last: bool) -> date | None:
    """The first or last day of an EDTF date: `--to 2020-01` takes in all of January."""
    if not text:
        return None
    try:
        bounds = parse_edtf(text)
    except TimelineError as error:
        raise QueryError(
            f"{text!r} is not a date", where=option, remedy="write 2020-01-03, 2020-01 or 2020"
        ) from error
    return bounds.latest if last else bounds.earliest


def _write(text: str, out: Path | None) -> None:
    if out is None:
        _print(text)
        return
    try:
        out.write_bytes(text.encode())
    except OSError as error:
        raise TimelineError(
            f"cannot be written ({error.strerror})", where=str(out), remedy="choose another --out"
        ) from error


def _print(text: str) -> None:
    """UTF-8 whatever the terminal's language: the output is data."""
    sys.stdout.buffer.write(text.encode())
    sys.stdout.buffer.flush()


@main.command()
@click.argument("source", default="-", metavar="[FILE|FOLDER|-]")
@_DCT
@_DCT_FROM
@_PIPELINE
@_JSONL
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
    _report(failures)


@main.command()
@click.argument("source", default="-", metavar="[FILE|FOLDER|-]")
@_DCT
@_DCT_FROM
@_PIPELINE
@_JSONL
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
    _report(failures)


def _print_lines(values: Iterable[Mapping[str, Any]]) -> None:
    _print("".join(json.dumps(value, ensure_ascii=False) + "\n" for value in values))


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


@main.command()
@click.argument("folder", required=False, metavar="[DIR]", type=click.Path(path_type=Path))
@click.option("--port", type=click.IntRange(1, 65535), metavar="P", help="Default: 8501.")
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    metavar="A",
    help="Address to listen on; 0.0.0.0 for all.",
)
@click.option(
    "--mode",
    type=click.Choice(["read-only", "private", "workbench"]),
    help="What visitors may do; default: workbench on this machine, read-only on any other address.",
)
@click.option("--web", is_flag=True, help="Let visitors of the workbench have web addresses read.")
def serve(folder: Path | None, port: int | None, host: str, mode: str | None, web: bool) -> None:
    """Show the chronology in DIR, or that of the bundled articles, as a dashboard in the browser."""
    from timeline.bundled import BUNDLED, is_current
    from timeline.paths import ROOT

    if folder is None:
        folder = BUNDLED
        if not is_current(folder):
            from timeline.build import bundled_chronology

            click.echo("Reading the bundled articles: about ten seconds.", err=True)
            bundled_chronology(folder)
    else:
        from timeline.store import open_snapshot

        open_snapshot(folder)
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "host.py")]
    command += ["--server.address", host]
    # Told, so that Streamlit does not ask a machine elsewhere for the address of this one.
    command += ["--browser.serverAddress", "localhost" if host == "0.0.0.0" else host]
    if port:
        command += ["--server.port", str(port)]
    environment = os.environ | {"TIMELINE_CHRONOLOGY": str(folder.resolve())}
    environment |= {"TIMELINE_MODE": mode} if mode else {}
    environment |= {"TIMELINE_WEB": "1"} if web else {}
    if sys.stdout.isatty():
        # Streamlit's own opening asks for an e-mail address first; ours only opens the page.
        opening = [sys.executable, "-m", "timeline.opening", str(port or 8501)]
        subprocess.Popen(opening, cwd=ROOT, start_new_session=True)
    # The settings in .streamlit/ are found from the working directory. The process is replaced, so that
    # whoever stops this command stops the server.
    os.chdir(ROOT)
    os.execve(sys.executable, command, environment)
