"""What does the work: here, over processes or on a cluster. Nothing of a result depends on which."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from timeline.errors import TimelineError

Map = Callable[[Callable[[Any], Any], Iterable[Any]], Iterable[Any]]
"""Does work on items; answers in the order of the items: a result each, or `Lost`."""
Progress = Callable[[str, int | None], Callable[[int], None]]
"""Is told the name of a stage that begins, and how many documents (of merging: passages) it has to do with, if that is
known; what it answers is told how many more are done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """In the place of a result: whatever worker had this item before it, alone, ended before it was done."""

    item: Any


def surely(map_over: Map, name_of: Callable[[Any], str]) -> Map:
    """The same for work of which nothing may be missing.

    Raises:
        TimelineError: an item is lost; it is named by `name_of`.
    """

    def mapped(work: Callable[[Any], Any], items: Iterable[Any]) -> Iterator[Any]:
        for result in map_over(work, items):
            if isinstance(result, Lost):
                raise TimelineError(
                    "whatever worker process has this before it ends early",
                    where=name_of(result.item),
                    remedy="try fewer --jobs, which leave each more memory",
                )
            yield result

    return mapped
