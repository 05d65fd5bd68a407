"""The timeline. The browser begins to fetch the chart's script while the server still loads what reads the data."""

from timeline.dashboard.component import preload

preload()

from timeline.dashboard.page import show_page  # noqa: E402

show_page()
