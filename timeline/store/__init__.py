"""The snapshot: an immutable folder of Parquet files, and queries over it.

manifest.json       schema version, content hash (the data version), what built it, counts, failures
documents.parquet   one row an article, with its text
mentions.parquet    one row a mention
events.parquet      one row an event, sorted by date
actors.parquet      one row an actor
earlier.json        what the last versions said of the events that have changed since; absent before a second build
"""

from timeline.store.columns import Columns, Values, joined
from timeline.store.query import EventFilter
from timeline.store.snapshot import Snapshot, article_names, open_snapshot
from timeline.store.write import write_chronology

__all__ = [
    "Columns",
    "EventFilter",
    "Snapshot",
    "Values",
    "article_names",
    "joined",
    "open_snapshot",
    "write_chronology",
]
