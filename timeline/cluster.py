"""The same work as `timeline.parallel`, done by actors on a Ray cluster. Ray is an extra: `requirements-scale.txt`."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import cycle
from typing import Any

from timeline.acting import Map
from timeline.errors import TimelineError
from timeline.parallel import AHEAD

_TRIES = 3
"""Times that an item is tried again because its worker died."""


class _Worker:
    """Does any work that it is sent; a pipeline is loaded by the first item that needs it, and stays."""

    def work(self, function: Callable[[Any], Any], item: Any) -> Any:
        return function(item)


@contextmanager
def ray_cluster(address: str = "", workers: int = 2) -> Iterator[Map]:
    """Something that maps work over a cluster, which a worker that is killed does not disturb: another takes its place,
    and what it had not finished is done again.

    Args:
        address: as Ray takes it; empty: a cluster is started on this machine, and stopped in the end.
        workers: how many actors, of one core each.

    Raises:
        TimelineError: Ray is not installed, or there is no cluster.
    """
    try:
        import ray  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise TimelineError(
            "the engine ray is not installed",
            where="--engine",
            remedy="run `pip install -r requirements-scale.txt`, or use --engine local --jobs N",
        ) from error
    try:
        settings = {"address": address} if address else {"num_cpus": workers}
        ray.init(**settings, include_dashboard=False, log_to_driver=False, logging_level="ERROR")
    except Exception as error:  # Ray tells of a missing cluster in several ways
        raise TimelineError(
            f"no Ray cluster answers ({error})",
            where=address or "--engine",
            remedy="start one with `ray start --head`, and name its --address",
        ) from error
    try:
        yield partial(_map_over_actors, ray, workers)
    finally:
        ray.shutdown()


def _map_over_actors(
    ray: Any, workers: int, function: Callable[[Any], Any], items: Iterable[Any]
) -> Iterator[Any]:
    """Results in order; each actor has a few items before it, and no more are taken before results are taken away."""
    # Whoever dies is started again, but not for ever over the same item.
    options = {"num_cpus": 1, "max_restarts": -1, "max_task_retries": _TRIES}
    actors = [ray.remote(_Worker).options(**options).remote() for _ in range(workers)]
    waiting: deque[Any] = deque()
    try:
        for actor, item in zip(cycle(actors), items, strict=False):
            waiting.append(actor.work.remote(function, item))
            if len(waiting) >= AHEAD * workers:
                yield ray.get(waiting.popleft())
        while waiting:
            yield ray.get(waiting.popleft())
    except ray.exceptions.RayActorError as error:
        raise TimelineError(
            "workers of the cluster end early, again and again",
            where="--engine ray",
            remedy="see whether its machines have memory enough for a worker a core",
        ) from error
    finally:
        for actor in actors:  # and with them the memory that their pipelines take
            ray.kill(actor)
