"""The form by which a visitor of the workbench brings articles, and what became of them."""

from __future__ import annotations

import streamlit as st

from timeline.dashboard.access.modes import Mode, hosting_mode, reads_web
from timeline.dashboard.uploads.asking import MOST_BYTES, Brought, read_brought, refusal
from timeline.dashboard.uploads.room import Room, Told, room
from timeline.dashboard.wording import counted
from timeline.errors import QueryError
from timeline.sources.options import read_columns

_LABEL = "Your own articles"
_HELP = (
    "Text, Markdown, HTML, PDF, DOCX, e-mails, CSV, JSON, feeds, WARC, or ZIPs of them. They are read for you alone,"
    " and forgotten when you leave."
)


def offers_uploads() -> bool:
    """Whether the mode lets visitors bring articles."""
    try:
        return hosting_mode(st.get_option("server.address")) is Mode.WORKBENCH
    except QueryError:
        return False


def show_uploads() -> None:
    """Draws the form, where the mode allows it."""
    if not offers_uploads():
        return
    own = room()
    # By its key the style sheet knows the container that has nothing to tell: it goes into the line of the title.
    with st.container(
        key="own-articles-shown" if own.stage else "own-articles",
        horizontal=True,
        horizontal_alignment="right",
        vertical_alignment="center",
    ):
        if own.stage and own.told:
            st.text(_summary(own.told), width="content")
            st.button("Close them", on_click=_close, type="tertiary")
        with st.popover(_LABEL, width="content"):
            _show_form(own)
            if own.told:
                _show_told(own.told)


def _summary(told: Told) -> str:
    unread = len(told.lines) - told.articles
    rest = f" Of {counted(unread, 'source')} the form tells why not." if unread else ""
    return f"You see {counted(told.articles, 'article')} of your own.{rest}"


def _show_form(own: Room) -> None:
    with st.form(f"own-{own.round}", border=False):
        files = st.file_uploader(
            _HELP, accept_multiple_files=True, max_upload_size=MOST_BYTES // 2**20
        )
        addresses = st.text_area("Web addresses, one a line") if reads_web() else ""
        columns = st.text_input(
            "Columns of tables (guessed if you leave this empty)",
            placeholder="text=Body, published=Day",
        )
        if not st.form_submit_button("Read them", type="primary"):
            return
    asked = addresses.split()
    trouble = refusal([(file.name, file.size) for file in files or []])
    if trouble or not (files or asked):
        st.text(trouble or "Choose some files first.")
        return
    try:
        told = read_columns(tuple(filter(str.strip, columns.split(","))))
    except QueryError as error:
        st.text(f"{error.what}: {error.remedy}.")
        return
    _read(
        own,
        Brought(files=[(f.name, f.getvalue()) for f in files or []], addresses=asked, columns=told),
    )


def _read(own: Room, brought: Brought) -> None:
    bar = st.progress(0.0, "Opening them")

    def tell(done: int, of: int) -> None:
        bar.progress(done / of, f"Read {done} of {counted(of, 'article')}")

    own.stage, own.told = read_brought(brought, tell)
    bar.empty()
    if own.stage:
        # A new form: what was sent is let go of. And an address of the other chronology says nothing here.
        own.round += 1
        st.query_params.clear()
    st.rerun()


def _show_told(told: Told) -> None:
    if told.trouble:
        st.text(told.trouble)
    else:
        st.text(f"{counted(told.articles, 'article')} read, {counted(told.events, 'event')} found.")
    with st.container(height=240 if len(told.lines) > 8 else "content", border=False):
        for name, reason in told.lines:
            st.text(f"{name}: {reason}")


def _close() -> None:
    own = room()
    own.stage = own.told = None
    st.query_params.clear()
