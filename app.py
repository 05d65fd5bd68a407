"""The dashboard: `streamlit run app.py`. The chronology is the folder in TIMELINE_CHRONOLOGY, by default the bundled one."""

import streamlit as st

st.set_page_config(page_title="Timeline", layout="wide")
st.navigation(
    [
        st.Page("timeline/dashboard/views/chronology.py", title="Timeline", default=True),
        st.Page("timeline/dashboard/views/about.py", title="About", url_path="about"),
    ],
    position="hidden",
).run()
