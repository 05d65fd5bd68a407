"""`build`: sources in, a chronology out."""

# Commands import what they need when they run: `events` must not wait for spaCy, nor `--help` for anything.
# ruff: noqa: PLC0415

from __future__ import annotations

import os
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from timeline.cli.group import COLUMN, ENCODING, PIPELINE, WEB, main, report
from timeline.cli.progress import told
from timeline.errors import QueryError

if TYPE_CHECKING:
    from timeline.build import Built
    from timeline.engine import Map

_NOUNS = {"documents": "article", "mentions": "mention", "events": "event", "actors": "actor"}


@main.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE…")
@click.option("--out", required=True, metavar="DIR")
@click.option("--engine", type=click.Choice(["local", "ray"]), default="local", show_default=True)
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Worker processes, or actors on a cluster; default: one a core. The result is the same.",
)
@click.option(
    "--address",
    default="",
    metavar="A",
    help="Of the Ray cluster, such as ray://head:10001; default: one that is started here.",
)
@PIPELINE
@COLUMN
@ENCODING
@WEB
def build(  # noqa: PLR0917 - click calls it by keyword
    sources: tuple[str, ...],
    out: str,
    engine: str,
    jobs: int | None,
    address: str,
    pipeline: str,
    columns: tuple[str, ...],
    encoding: str,
    web: bool,
) -> None:
    """Read SOURCEs (files, folders, globs, archives, `-`) and write a chronology to DIR.

    Ends with 0 only if every source was read; those that were not are listed.
    """
    from timeline.sources.options import Options, check_encoding, read_columns

    options = Options(
        columns=read_columns(columns), encoding=check_encoding(encoding), web=web, unique=True
    )
    with _map_over(engine, jobs or os.cpu_count() or 1, address) as map_over:
        built = _build(
            sources, out, pipeline=pipeline, map_over=map_over, progress=told, options=options
        )
    if built.version:
        counts = ", ".join(
            f"{built.counts[table]:,} {noun}{'' if built.counts[table] == 1 else 's'}"
            for table, noun in _NOUNS.items()
        )
        click.echo(f"{out}: {counts}; data version {built.version}")
    else:
        click.echo("timeline: no source could be read, nothing was written", err=True)
    report(built.failures)


def _build(sources: tuple[str, ...], out: str, **settings: Any) -> Built:
    """Build into a folder, or beside and then into an object store."""
    from timeline.build import build_chronology
    from timeline.store.remote import is_remote, published_to

    if not is_remote(out):
        return build_chronology(sources, Path(out), **settings)
    with published_to(out) as folder:
        return build_chronology(sources, folder, **settings)


def _map_over(engine: str, jobs: int, address: str) -> AbstractContextManager[Map]:
    if engine == "local":
        if address:
            raise QueryError(
                "is that of a Ray cluster, and --engine is local",
                where=f"--address {address}",
                remedy="add --engine ray, or leave it out",
            )
        from timeline.parallel import worker_processes

        return worker_processes(jobs)
    from timeline.cluster import ray_cluster

    return ray_cluster(address, jobs)
