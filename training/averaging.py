"""One pipeline from several whose weights come from a common run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from spacy.language import Language


def average_weights(pipelines: Sequence[Language]) -> Language:
    """The first pipeline with the mean of all weights; the others stay as they are.

    Runs that part from a common point end in one basin: the mean errs less than each of them and
    costs no time when used.

    Raises:
        ValueError: the pipelines are not of one architecture.
    """
    first, *others = pipelines
    for name, pipe in first.pipeline:
        models = [pipe.model, *(other.get_pipe(name).model for other in others)]  # type: ignore[attr-defined]
        for nodes in zip(*(model.walk() for model in models), strict=True):
            _average_node(nodes)
    return first


def _average_node(nodes: Sequence[Any]) -> None:
    for name in nodes[0].param_names:
        if nodes[0].has_param(name):
            weights = [node.get_param(name) for node in nodes]
            nodes[0].set_param(name, sum(weights[1:], start=weights[0]) / len(weights))
