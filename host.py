"""The dashboard as it is put on the web: `app.py`, with security headers on every answer and routes that answer clicks sooner.

`streamlit run host.py`
"""

from pathlib import Path

from starlette.middleware import Middleware
from streamlit.starlette import App

from timeline.dashboard.access.guarding import Guard
from timeline.dashboard.access.passes import serve_routes
from timeline.dashboard.front import front_routes
from timeline.dashboard.routes import visit_routes

serve_routes()
app = App(
    Path(__file__).parent / "app.py",
    middleware=[Middleware(Guard)],
    routes=[*front_routes(), *visit_routes()],
)
