"""Time expressions (TIMEX3) of a text: what they span, what they mean, and the days that they name.

The rules are data (``data/rules/timex_*.yaml``): a pattern says what an expression looks like, `means` names the function
of `timeline.timex.reckoning` that dates it. Spans, granularity, direction and anchoring are decided here; explicit and
relative phrases are turned into dates by dateparser.
"""

from timeline.timex.finding import depth_needed, find_timexes

__all__ = ["depth_needed", "find_timexes"]
