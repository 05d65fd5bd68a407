"""What merging by blocks costs in quality: the events of made-up archives, merged as one block and by blocks.

    python -m benchmarks.blocks --a-day 10 40 100 250 --articles 600 --hold 220 55

An event is found as in one block if it has exactly the passages that it has there.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence

from benchmarks.made_up import Archive, analyses
from timeline.actors import resolve_actors
from timeline.blocks import as_kept, merge_by_blocks
from timeline.gazetteer import load_gazetteer
from timeline.merge import is_telling
from timeline.model import Actor, Analysis
from timeline.workspace import Workspace

Passages = frozenset[str]


def events_of(
    resolved: Sequence[Analysis], actors: Sequence[Actor], size: int
) -> tuple[set[Passages], int]:
    """Each event that is shown, as the ids of its passages, and how many blocks there were."""
    workspace = Workspace()
    for analysis in resolved:
        workspace.add_document(analysis.document)
        workspace.add_resolved(as_kept(analysis, actors))
    workspace.keep_actors(actors)
    merge_by_blocks(workspace, size=size)
    events = {frozenset(item.mention_id for item in event.mentions) for event in workspace.events()}
    return events, workspace.block_count()


def compare(a_day: int, articles: int, hold: Sequence[int]) -> None:
    """Prints a line for each size of a block, in articles."""
    made_up = tuple(analyses(articles, Archive(articles_a_day=a_day)))
    resolved, actors = resolve_actors(made_up, load_gazetteer())
    telling = sum(is_telling(mention) for one in resolved for mention in one.mentions)
    whole, _ = events_of(resolved, actors, telling)
    for held in hold:
        begun = time.process_time()
        found, blocks = events_of(resolved, actors, telling * held // articles)
        spent = time.process_time() - begun
        print(
            f"{a_day:14} {held:8} {held / a_day:7.1f} {blocks:7} {len(whole):7,} {len(found):7,}"
            f" {len(whole & found) / len(whole):9.1%} {spent:8.1f}",
            flush=True,
        )


def main() -> int:
    """Prints a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--a-day", type=int, nargs="+", default=[10, 40, 100, 250])
    parser.add_argument("--articles", type=int, default=600)
    parser.add_argument(
        "--hold", type=int, nargs="+", default=[220, 55], help="articles that a block holds"
    )
    asked = parser.parse_args()
    print("articles a day   a block   = days   blocks   events   found   as in one   processor, s")
    for a_day in asked.a_day:
        compare(a_day, asked.articles, asked.hold)
    return 0


if __name__ == "__main__":
    sys.exit(main())
