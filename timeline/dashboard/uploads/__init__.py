"""Articles that a visitor of the workbench brings: read for that visitor alone, and gone with the visit.

showing.py  the form, the progress and the result of each file
room.py     what a visit holds, and its end
asking.py   has a process of its own read the articles, within bounds
reading.py  that process
"""

from timeline.dashboard.uploads.room import own_stage
from timeline.dashboard.uploads.showing import offers_uploads, show_uploads

__all__ = ["offers_uploads", "own_stage", "show_uploads"]
