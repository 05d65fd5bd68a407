"""Who may see the dashboard and what they may do there: modes, sign-in, and the headers of every answer.

modes.py      read-only, private or workbench
admitting.py  the sign-in and the allow-list
guarding.py   security headers, and the doors of Streamlit's server that stay shut
"""

from timeline.dashboard.access.admitting import admit_visitor
from timeline.dashboard.access.modes import Mode, hosting_mode

__all__ = ["Mode", "admit_visitor", "hosting_mode"]
