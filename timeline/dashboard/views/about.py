"""What this is, from what it was made, and what it does not know."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from timeline.dashboard.explaining import show_accuracy, show_types
from timeline.dashboard.page import house_stage
from timeline.dashboard.uploads import own_stage
from timeline.dashboard.wording import counted
from timeline.errors import TimelineError
from timeline.naming import article_title
from timeline.store import Snapshot

_HOW = """
Every event was found by a program in the text of the articles, and can be wrong.

1. Each article is read for **time expressions** and for **passages that report something that happens**: who did it, to whom, where, and with how many victims.
2. Names are led back to **actors**: “Washington” and “the U.S.” are one, “Suleimani” and “Soleimani” another.
3. Passages of all articles that mean the same thing become **one event**. Where they differ, the event says so.
4. A date is drawn **as it is known**: a dot for a day, whiskers where it lies somewhere in between, a bar for what went on. What has no date lies on the shelf.

Days are those that the articles give; no time zone is reckoned with. The passages decide: open an event and read them.
"""

_MOST_NAMED = 40
"""Articles that are named; of more, the rest are counted."""


def _show_snapshot(snapshot: Snapshot) -> None:
    st.subheader("This chronology")
    st.text(f"Data version {snapshot.version}")
    many = snapshot.document_count()
    for document in snapshot.first_documents(_MOST_NAMED):
        published = document.published.isoformat() if document.published else "undated"
        st.text(" · ".join(filter(None, (article_title(document), document.publisher, published))))
    if many > _MOST_NAMED:
        st.text(f"and {counted(many - _MOST_NAMED, 'article')} more")
    failures = snapshot.manifest.get("failures", [])
    if failures:
        st.text(f"{counted(len(failures), 'source')} could not be read.")


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
