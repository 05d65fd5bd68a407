"""Why two mentions are, or are not, one event, in words."""

from __future__ import annotations

from timeline.merge.bonds import Bond, read_discourse
from timeline.merge.context import Context
from timeline.merge.evidence import compare, conflict
from timeline.merge.traits import number_of, traits_of
from timeline.merge.wording import load_rules
from timeline.model import EventMention


def reasons_for(a: EventMention, b: EventMention, context: Context) -> tuple[str, ...]:
    """A conflict alone, or all evidence, the heaviest first: ``"the same day (+2.2)"``."""
    x, y = traits_of(a, context, 0), traits_of(b, context, 1)
    bond, apart = _told(a, b, context)
    against = "the text tells them apart" if apart else conflict(x, y)
    if against:
        return (f"{against} (never one event)",)
    found = list(compare(x, y, context.wording(a), context.wording(b), context))
    found += [(bond.reason, bond.weight)] if bond else []
    if {number_of(a), number_of(b)} == {"one", "many"}:
        found.append(("one here, several there", load_rules().weights["other_number"]))
    ranked = sorted(found, key=lambda reason: (-abs(reason[1]), reason[0]))
    return tuple(f"{reason} ({weight:+.1f})" for reason, weight in ranked if weight)


def _told(a: EventMention, b: EventMention, context: Context) -> tuple[Bond | None, bool]:
    """What their document says of the two: a bond, or that they are apart."""
    if a.doc_id != b.doc_id:
        return None, False
    analysis = context.documents[a.doc_id]
    mentions = sorted(analysis.mentions, key=lambda item: (item.start, item.end, item.mention_id))
    places = {mention.mention_id: position for position, mention in enumerate(mentions)}
    pair = sorted((places[a.mention_id], places[b.mention_id]))
    found = read_discourse(mentions, analysis.document.text)
    return found.bonds.get((pair[0], pair[1])), (pair[0], pair[1]) in found.apart
