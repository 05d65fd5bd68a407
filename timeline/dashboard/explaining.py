"""What the about page tells of the method: how often it is right, and which kinds of events there are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import streamlit as st
import yaml

from timeline.dashboard.wording import FAMILY, TYPE_LABELS, Family
from timeline.ontology import Ontology, TypeDefinition, load_ontology
from timeline.paths import ROOT

_FLOORS = ROOT / "benchmarks" / "floors.yaml"
_WORDS = {
    "timex": "Dates",
    "tbaq": "news (TimeBank, AQUAINT)",
    "wikiwars": "histories of wars (WikiWars)",
    "meantime-apple": "business news (MEANTIME)",
    "strict": "words of a date found, to the letter",
    "value": "found, with the right date",
    "timeset": "Events: articles on conflicts (TimeSET)",
    "timeset_shown": "The same articles, of what the timeline shows",
    "event_f1": "events found",
    "who": "who did it is right, of those found",
    "whom": "whom it befell is right, of those found",
    "date": "the day is right, of those found",
    "ecb_triggers": "Passages: news (ECB+)",
    "recall": "of the passages that people marked, found",
    "precision": "of the passages found, marked by people too",
    "ecb": "One event told by several articles: news (ECB+)",
    "conll": "passages put together as people did",
    "semeval": "What befell one company or person: news (SemEval-2015)",
    "micro": "entries found, in order of time",
}


def show_accuracy() -> None:
    """The floors that `make eval` holds the program to, as they are kept beside the code."""
    st.subheader("How often it is right")
    try:
        floors = yaml.safe_load(_FLOORS.read_text("utf-8"))
    except (OSError, yaml.YAMLError):
        st.text("The measured figures are not part of this installation.")
        return
    st.text(
        "Compared with what people have marked in other texts, in percent. Where both what is missed and what is too much "
        "count, it is their balance (F1). No release of the program may fall below these figures."
    )
    rows = [f"| {texts} | {what} | {figure:g} |" for texts, what, figure in _figures(floors)]
    st.markdown("\n".join(["| Texts | What | % |", "| --- | --- | ---: |", *rows]))


def _figures(
    tree: Mapping[str, object], above: tuple[str, ...] = ()
) -> Iterator[tuple[str, str, float]]:
    """What was measured on which texts, and how often it was right. The texts are named in their first row alone."""
    texts = ": ".join(above)
    for name, branch in tree.items():
        told = _WORDS.get(name, name.replace("_", " "))
        if isinstance(branch, Mapping):
            yield from _figures(branch, (*above, told))
        elif isinstance(branch, int | float):
            yield texts, told, branch
            texts = ""


def show_types() -> None:
    """Every type with its definition and an example, by the family that gives it its colour."""
    st.subheader("Which kinds of events there are")
    st.text(
        "Sixteen are those of PLOVER, by which researchers code political events; four are for what it leaves out. "
        "The examples are invented."
    )
    ontology = load_ontology()
    for family in Family:
        with st.expander(family.value):
            st.markdown("\n".join(_definitions(ontology, family)))


def _definitions(ontology: Ontology, family: Family) -> Iterator[str]:
    for kind in ontology.types.values():
        if FAMILY[kind.event_type] is family:
            yield f"- **{TYPE_LABELS[kind.event_type]}**: {kind.definition} *{_example(kind)}*"


def _example(kind: TypeDefinition) -> str:
    return f"“{kind.example.text}”"
