"""The command line. Results go to standard output; reports and errors, one line each, to standard error."""

from timeline.cli.building import build
from timeline.cli.group import main
from timeline.cli.querying import events
from timeline.cli.reading import mentions, timex
from timeline.cli.serving import serve

__all__ = ["build", "events", "main", "mentions", "serve", "timex"]
