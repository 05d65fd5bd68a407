"""The dashboard: `streamlit run app.py`. The chronology is the folder in TIMELINE_CHRONOLOGY, by default the bundled one."""

import streamlit as st

from timeline.dashboard.access import admit_visitor
from timeline.dashboard.component import is_settling
from timeline.dashboard.delay import answer_at_once
from timeline.dashboard.uploads import show_uploads

st.set_page_config(page_title="Timeline")
answer_at_once()
admit_visitor()
above = st.container()
st.navigation(
    [
        st.Page("timeline/dashboard/views/chronology.py", title="Timeline", default=True),
        st.Page("timeline/dashboard/views/about.py", title="About", url_path="about"),
    ],
    position="hidden",
).run()
if not is_settling():
    with above:
        show_uploads()
