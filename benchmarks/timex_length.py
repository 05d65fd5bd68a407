"""Time expressions: how the time grows with the length of a text, and with text made to be slow.

    python -m benchmarks.timex_length [--megabytes 10]

Prints seconds of one core, and seconds a megabyte: rules and reckoning alone, for texts of growing length, then for
text of which much looks like the beginning of an expression and nothing is one.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterable
from datetime import date
from itertools import cycle, islice, product, repeat

import spacy

from timeline.annotated import Depth
from timeline.model import Document
from timeline.nlp import annotate
from timeline.paths import ARTICLES
from timeline.timex import find_timexes

NASTY = {
    "digits": "1234567890 " * 20,
    "months": "March May " * 20,
    "early early": "early in the early part of the " * 10,
    "numbers in words": "twenty-one hundred and five thousand and " * 8,
    "one word": "a" * 200,
    "dashes": "1990-91-92-93/94/95-" * 10,
    "the same of the": "the same week of the week of the " * 8,
}


def distinct(lines: Iterable[str]) -> str:
    """The lines, none like another: what was matched once is remembered for a while."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    marks = map("".join, product(letters, repeat=4))
    return "".join(f"{line} x{mark}\n" for line, mark in zip(lines, marks, strict=False))


def seconds(text: str) -> tuple[float, int]:
    """CPU time of `find_timexes` on the text, unparsed, and how many expressions it found."""
    document = Document(doc_id="d", doc="d", text=text, published=date(2020, 1, 22))
    annotated = next(annotate(spacy.blank("en"), [document], lambda _: Depth.WORDS))
    begun = time.process_time()
    found = find_timexes(annotated)
    return time.process_time() - begun, len(found)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=float, default=10)
    largest = parser.parse_args().megabytes
    prose = "\n".join(path.read_text(encoding="utf-8") for path in sorted(ARTICLES.glob("*.txt")))
    seconds(prose[:1000])  # the rules are loaded at their first use
    print(f"{'text':28}{'MB':>8}{'s':>10}{'s/MB':>10}{'found':>10}")
    for megabytes in (largest / 1000, largest / 100, largest / 10, largest):
        length = int(megabytes * 1e6)
        lines = islice(cycle(prose.splitlines()), length * prose.count("\n") // len(prose))
        show("articles", distinct(lines))
    for name, unit in NASTY.items():
        for length in (100_000, 1_000_000):
            show(name, distinct(repeat(unit, length // len(unit))))
        show(f"{name}, one line", unit * (100_000 // len(unit)))


def show(name: str, text: str) -> None:
    """One row of the table."""
    spent, found = seconds(text)
    megabytes = len(text) / 1e6
    print(f"{name:28}{megabytes:8.2f}{spent:10.2f}{spent / megabytes:10.2f}{found:10,}", flush=True)


if __name__ == "__main__":
    main()
