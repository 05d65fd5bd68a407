"""`serve`: the dashboard."""

# Commands import what they need when they run: `events` must not wait for spaCy, nor `--help` for anything.
# ruff: noqa: PLC0415

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click

from timeline.cli.group import main


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
            bundled_chronology(folder, jobs=os.cpu_count() or 1)
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
