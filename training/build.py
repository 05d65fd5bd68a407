"""Train the pipeline from the corpora, package it and measure it: one command, start to end.

The parser and the entity recogniser train side by side, one core each; then two runs refine the
parser, and its weights before and after are averaged; from there it settles on treebanks and agency prose, and is averaged again. Seeds are fixed:
with the pinned versions of spaCy and its libraries the same machine gives the same pipeline again.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

import spacy
from spacy.language import Language

from training import evaluate
from training.assemble import assemble, publish
from training.averaging import average_weights
from training.conllu import read_conllu
from training.corpora import TREE_TRAIN, write_ner_corpus, write_tree_corpus
from training.lemmas import closed_class_lemmas

_CONFIGS = Path(__file__).with_name("configs")
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS"), "1")


SETTLED = (4, 1)
"""What the parser counts that has settled on agency prose, and the one before."""


class TrainingError(RuntimeError):
    """A training run that stopped; names its log."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A training run: its folder, its configuration and corpora, and what it sets otherwise."""

    name: str
    config: str
    train: str
    dev: str
    settings: dict[str, str] = field(default_factory=dict)


def first_runs() -> list[Run]:
    """The parser (with the taggers) and the entity recogniser, both from nothing."""
    return [
        Run(name=name, config=name, train=f"{name}-train", dev=f"{name}-dev")
        for name in ("parser", "ner")
    ]


def refining_runs(work: Path) -> list[Run]:
    """Two runs from the parser's weights; they differ in seed and dropout."""
    base = str(work / "parser" / "model-last")
    return [
        Run(
            name=f"refine-{seed}",
            config="refine",
            train="refine-train",
            dev="parser-dev",
            settings={"paths.base": base, "system.seed": seed, "training.dropout": dropout},
        )
        for seed, dropout in (("1", "0.1"), ("2", "0.2"))
    ]


def settling_run(work: Path) -> Run:
    """One run from the mean of those before, on the treebanks and the sentences of `training/agency`."""
    settings = {
        "paths.base": str(work / "refined"),
        "system.seed": "3",
        "training.max_steps": "2000",
        "training.eval_frequency": "1000",
        "training.optimizer.learn_rate.initial_rate": "0.0007",
        "training.optimizer.learn_rate.total_steps": "2060",
    }
    return Run(
        name="settle", config="refine", train="settle-train", dev="parser-dev", settings=settings
    )


def train(runs: Iterable[Run], work: Path) -> None:
    """Train, side by side, what `work` does not hold yet.

    Raises:
        TrainingError: a run stopped before its end.
    """
    started = {run.name: _start(run, work) for run in runs if not _mark(run.name, work).exists()}
    failed = []
    for name, process in started.items():
        if process.wait() == 0:
            _mark(name, work).touch()
        else:
            failed.append(str(work / f"{name}.log"))
    if failed:
        raise TrainingError(f"training stopped early; see {', '.join(failed)}")


def _mark(name: str, work: Path) -> Path:
    """The file that says a run is complete: spaCy writes weights from its first evaluation on."""
    return work / name / "finished"


def _start(run: Run, work: Path) -> subprocess.Popen[bytes]:
    options = {
        "output": str(work / run.name),
        "paths.train": str(work / f"{run.train}.spacy"),
        "paths.dev": str(work / f"{run.dev}.spacy"),
        **run.settings,
    }
    command = [sys.executable, "-m", "spacy", "train", str(_CONFIGS / f"{run.config}.cfg")]
    command += chain.from_iterable((f"--{name}", value) for name, value in options.items())
    environment = {**os.environ, **_ONE_THREAD, "PYTHONHASHSEED": "0"}
    with (work / f"{run.name}.log").open("wb") as log:
        return subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, env=environment)


def average(work: Path) -> None:
    """Write the mean of the first parser and the refined ones to `work`."""
    # The last weights, not the best on the development sets: the learning rate has come to rest by
    # then, and the differences between late checkpoints are noise.
    names = ("parser", *(run.name for run in refining_runs(work)))
    average_weights([_last(name, work) for name in names]).to_disk(work / "refined")


def package(corpora: Path, work: Path, out: Path) -> None:
    """Put what was trained in `work` together and write the pipeline to `out`."""
    treebank = read_conllu(corpora / "treebanks" / f"{TREE_TRAIN[0][0]}.conllu")
    lemmas = closed_class_lemmas(chain.from_iterable(treebank))
    # The fifth of the weights before keeps the trees of other prose as right as they were.
    parsers = [_last("settle", work), spacy.load(work / "refined")]
    publish(assemble(average_weights(parsers, SETTLED), _last("ner", work), lemmas), out)


def _last(name: str, work: Path) -> Language:
    return spacy.load(work / name / "model-last")


def record(scores: evaluate.Scores, out: Path) -> None:
    """Replace the figures of the development sets in the pipeline's meta data by the test figures."""
    path = out / "meta.json"
    meta = json.loads(path.read_text(encoding="utf-8"))
    meta["performance"] = scores
    path.write_text(json.dumps(meta, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def cpu_minutes() -> float:
    """CPU minutes of this process and of the training runs it waited for."""
    usages = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages) / 60


def main(arguments: Sequence[str] | None = None) -> int:
    """Train, assemble, write and measure; the exit status says whether the floors are reached."""
    parser = argparse.ArgumentParser(prog="python -m training.build", description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument(
        "--work",
        type=Path,
        default=Path("build/pipeline"),
        help="for corpora, checkpoints and logs; a run that is complete there is not run again",
    )
    options = parser.parse_args(arguments)
    options.work.mkdir(parents=True, exist_ok=True)
    write_tree_corpus(options.corpora / "treebanks", options.work)
    write_ner_corpus(options.corpora / "ner", options.work)
    train(first_runs(), options.work)
    train(refining_runs(options.work), options.work)
    average(options.work)
    train([settling_run(options.work)], options.work)
    package(options.corpora, options.work, options.out)
    print(f"trained and packaged in {cpu_minutes():.0f} CPU minutes")
    scores = evaluate.measure(spacy.load(options.out), options.out, options.corpora)
    record(scores, options.out)
    print(evaluate.report(scores))
    return evaluate.judge(scores)


if __name__ == "__main__":
    sys.exit(main())
