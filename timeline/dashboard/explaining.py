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
    "timex": "Dates in texts",
    "tbaq": "news reports (TimeBank and AQUAINT)",
    "wikiwars": "histories of wars (WikiWars)",
    "meantime-apple": "business news (MEANTIME)",
    "strict": "expression found, exactly as annotated",
    "value": "found and its date right",
    "timeset": "Events in articles (TimeSET)",
    "event_f1": "events found (F1)",
    "who": "doer right, of those found",
    "whom": "recipient right, of those found",
    "date": "day right, of those found",
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
        "Measured on news texts that people have annotated. In percent; the program is kept at these or above."
    )
    st.markdown("\n".join(_lines(floors)))


def _lines(tree: Mapping[str, object], depth: int = 0) -> Iterator[str]:
    for name, branch in tree.items():
        told = _WORDS.get(name, name.replace("_", " "))
        if isinstance(branch, Mapping):
            yield f"{'  ' * depth}- {told}"
            yield from _lines(branch, depth + 1)
        else:
            yield f"{'  ' * depth}- {told}: **{branch}**"


def show_types() -> None:
    """Every type with its definition and an example, by the family that gives it its colour."""
    st.subheader("Which kinds of events there are")
    st.text("PLOVER's sixteen, and four for what PLOVER leaves out. The examples are invented.")
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
