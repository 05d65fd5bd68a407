"""The dashboard as it is put on the web: `app.py`, with security headers on every answer. `streamlit run host.py`"""

from pathlib import Path

from starlette.middleware import Middleware
from streamlit.starlette import App

from timeline.dashboard.access.guarding import Guard

app = App(Path(__file__).parent / "app.py", middleware=[Middleware(Guard)])
