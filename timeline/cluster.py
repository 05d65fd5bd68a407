"""The same work as `timeline.parallel`, done by actors on a Ray cluster. Ray is an extra: `requirements-scale.txt`."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import cycle
from typing import Any

from timeline.engine import Lost, Map
from timeline.errors import TimelineError
from timeline.parallel import AHEAD, TRIES, check_lost


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
    # Whoever dies is started again; what it had before it is given to others, see `_alone`.
    options = {"num_cpus": 1, "max_restarts": -1, "max_task_retries": 0}
    try:
        actors = [ray.remote(_Worker).options(**options).remote() for _ in range(workers)]
        yield partial(_map_over_actors, ray, actors)
    finally:
        ray.shutdown()


def _map_over_actors(
    ray: Any, actors: Sequence[Any], function: Callable[[Any], Any], items: Iterable[Any]
) -> Iterator[Any]:
    """Results in order; each actor has a few items before it, and no more are taken before results are taken away."""
    waiting: deque[tuple[Any, Any]] = deque()
    work, lost = ray.put(function), 0

    def next_result() -> Any:
        nonlocal lost
        item, asked = waiting.popleft()
        try:
            found = ray.get(asked)
        except ray.exceptions.RayActorError:
            found = _alone(ray, function, item)
        lost = lost + 1 if isinstance(found, Lost) else 0
        check_lost(lost)
        return found

    for actor, item in zip(cycle(actors), items, strict=False):
        waiting.append((item, actor.work.remote(work, item)))
        if len(waiting) >= AHEAD * len(actors):
            yield next_result()
    while waiting:
        yield next_result()


def _alone(ray: Any, function: Callable[[Any], Any], item: Any) -> Any:
    """The result of an item over which, or beside which, a worker died; done by workers that have nothing else to do."""
    for _ in range(TRIES):
        # No core of its own: all may be taken by those that wait for this one.
        actor = ray.remote(_Worker).options(num_cpus=0).remote()
        try:
            return ray.get(actor.work.remote(function, item))
        except ray.exceptions.RayActorError:
            continue
        finally:
            ray.kill(actor)
    return Lost(item=item)
