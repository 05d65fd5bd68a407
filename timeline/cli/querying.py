"""`events`: query and export."""

# Commands import what they need when they run: `events` must not wait for spaCy, nor `--help` for anything.
# ruff: noqa: PLC0415

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from timeline.cli.group import main, write
from timeline.edtf import parse_edtf
from timeline.errors import QueryError, TimelineError


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
    write(exported(name, snapshot.events(query), by_id, snapshot.version), out)


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
