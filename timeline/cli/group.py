"""The group of commands, the options that several share, and how results and errors leave the program."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

import timeline
from timeline.errors import TimelineError
from timeline.model import Failure


class OneLineErrors(click.Group):
    """A group whose commands end in one line on standard error where they fail, never in a stack trace."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; `--debug` lets errors through as they are."""
        try:
            return super().invoke(ctx)
        except TimelineError as error:
            if ctx.params.get("debug"):
                raise
            fail(str(error))
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception as error:
            if ctx.params.get("debug"):
                raise
            fail(
                f"unexpected error ({type(error).__name__}: {error})"
                " — run again as `timeline --debug …` and report what it shows"
            )


def fail(message: str) -> None:
    click.echo("timeline: " + " ".join(message.split()), err=True)
    sys.exit(1)


@click.group(cls=OneLineErrors, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(timeline.__version__, prog_name="timeline")
@click.option("--debug", is_flag=True, help="Show the stack trace of an error.")
def main(debug: bool) -> None:
    """News articles in, a sourced chronology out: what happened, when, who did it and who says so."""


PIPELINE = click.option(
    "--pipeline",
    default="",
    metavar="NAME",
    help="An installed spaCy pipeline; default: the shipped one.",
)
DCT = click.option("--dct", metavar="DATE", help="Publication date of the text, YYYY-MM-DD.")
DCT_FROM = click.option(
    "--dct-from",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="CSV with the columns doc,dct: a publication date for each document.",
)
COLUMN = click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="FIELD=NAME",
    help="Which column of a table holds text, title, published, publisher, author or url; guessed if untold.",
)
ENCODING = click.option(
    "--encoding",
    default="",
    metavar="NAME",
    help="Of texts that are not UTF-8, such as windows-1252.",
)
WEB = click.option("--web", is_flag=True, help="Allow SOURCEs that are web addresses.")
JSONL = click.option("--format", "_format", type=click.Choice(["jsonl"]), default="jsonl")


def report(failures: Iterable[Failure]) -> None:
    """List what could not be read, count it, and end with status 1; return if nothing was lost."""
    lost = 0
    for failure in failures:
        lost += not failure.left_out
        click.echo(" ".join(f"timeline: {failure.source}: {failure.reason}".split()), err=True)
    if lost:
        noun = "source" if lost == 1 else "sources"
        click.echo(f"timeline: {lost} {noun} could not be read", err=True)
        sys.exit(1)


def write(text: str, out: Path | None) -> None:
    if out is None:
        print_text(text)
        return
    try:
        out.write_bytes(text.encode())
    except OSError as error:
        raise TimelineError(
            f"cannot be written ({error.strerror})", where=str(out), remedy="choose another --out"
        ) from error


def print_text(text: str) -> None:
    """UTF-8 whatever the terminal's language: the output is data."""
    sys.stdout.buffer.write(text.encode())
    sys.stdout.buffer.flush()
