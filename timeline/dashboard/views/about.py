"""What this is, from what it was made, and what it does not know."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from timeline.dashboard.explaining import show_accuracy, show_types
from timeline.dashboard.page import house_stage
from timeline.dashboard.uploads import own_stage
from timeline.dashboard.wording import counted, short_day
from timeline.errors import TimelineError
from timeline.model import Document
from timeline.naming import article_title
from timeline.store import Snapshot

_HOW = """
Every event was found by a program in the text of the articles, and can be wrong.

1. Each article is read for **time expressions** and for **passages that report something that happens**: who did it, to whom, where, and with how many victims.
2. The names of one **actor** are brought together: “Washington” and “the U.S.” are one, “Suleimani” and “Soleimani” another.
3. Passages of all articles that mean the same thing become **one event**. Where they differ, the event says so.
4. A date is drawn **as it is known**: a dot for a day, whiskers where it lies somewhere in between, a bar for what went on. What has no date lies on the shelf.

Days are those that the articles give, without time zones. The passages are the proof: open an event and read them.
"""

_STYLE = """<style>
.stMainBlockContainer { padding-top: 2rem; }
.stMainBlockContainer > .stVerticalBlock { position: relative; }
.stVerticalBlock > div:has(> .st-key-own-articles) { position: absolute; z-index: 20; top: 0; right: 0; width: auto; }
</style>"""
_MOST_NAMED = 40
"""Articles that are named; of more, the rest are counted."""


def _show_snapshot(snapshot: Snapshot) -> None:
    st.subheader("This chronology")
    st.text(
        f"Data version {snapshot.version}. A copied link holds it: on a newer version, the link tells what has changed."
    )
    many = snapshot.document_count()
    lines = [_article_line(document) for document in snapshot.first_documents(_MOST_NAMED)]
    if many > _MOST_NAMED:
        lines.append(f"and {counted(many - _MOST_NAMED, 'article')} more")
    st.text("\n".join(f"• {line}" for line in lines))
    failures = snapshot.manifest.get("failures", [])
    if failures:
        st.text(f"{counted(len(failures), 'source')} could not be read.")


def _article_line(document: Document) -> str:
    published = short_day(document.published) if document.published else "undated"
    return " · ".join(filter(None, (article_title(document), document.publisher, published)))


st.html(_STYLE)
st.page_link("timeline/dashboard/views/chronology.py", label="← To the timeline")
st.title("About this timeline")
st.markdown(_HOW)
show_accuracy()
show_types()
try:
    own = own_stage()
    _show_snapshot((own or house_stage()).snapshot)
except TimelineError as error:
    st.text(f"{Path(error.where).name}: {error.what}")
