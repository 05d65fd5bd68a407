"""What closes a headline: the means, the place and the toll where there is room, and how sure it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from timeline.gazetteer import fold_word
from timeline.merge.clauses import shortened
from timeline.merge.wording import families_of
from timeline.model import EventMention, Place, Role, Status


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def is_killing(mention: EventMention) -> bool:
    return "killing" in families_of(mention.lemma)


def finish(text: str, mentions: Sequence[EventMention], status: Status, place: Place | None) -> str:
    """With the means, the toll and the place where there is room; marked where it is only alleged or denied."""
    text = shortened(text).rstrip(" ,;:-–—")
    text = text[:-1].rstrip() if text.endswith(".") and not re.search(r"\b[A-Z]\.$", text) else text
    text += _means(text, mentions)
    if (
        place
        and len(text) < 60
        and not _names(place, text)
        and not re.search(r"\b(?:in|at|near)\b", text)
    ):
        text += f" in {place.name}"
    text += _toll(text, mentions)
    if status is Status.ALLEGED and not re.search(r"\balleged", text, re.I):
        text = f"Alleged: {text}"
    if status is Status.DENIED and not re.search(r"\bden(?:y|ies|ied)\b", text, re.I):
        text = f"Denied: {text}"
    return capital(text)


def _names(place: Place, text: str) -> bool:
    """Whether the text holds the place's name, in whatever spelling of its letters."""
    words = set(map(fold_word, text.split()))
    return all(fold_word(word) in words for word in place.name.split())


def _means(text: str, mentions: Sequence[EventMention]) -> str:
    """ "in drone strike": of a killing, the attack that other mentions of the event name."""
    if not re.search(r"\bkill", text) or re.search(
        r"\b(?:strike|attack|raid|bomb|shoot|in an?|by)\w*\b", text
    ):
        return ""
    found = Counter(filter(None, map(_attack_noun, mentions)))
    if not found:
        return ""
    best = min(found, key=lambda phrase: (-len(phrase.split()), -found[phrase], phrase))
    return f" in {best}"


def _attack_noun(mention: EventMention) -> str:
    """ "drone strike", "airstrike": the noun with the means before it; empty for verbs and bare nouns."""
    if "attack" not in families_of(mention.lemma) or is_killing(mention):
        return ""
    noun = mention.lemma.lower()
    if any(
        item.role is Role.ACTOR and mention.start <= item.start < mention.end
        for item in mention.arguments
    ):
        noun = noun.split()[-1]
    for item in mention.arguments:
        if item.role is Role.INSTRUMENT and 0 < mention.start - item.end <= 1:
            means = item.text[max(0, item.head[0] - item.start) :].lower()
            return f"{means} {noun}"
    return noun if " " in noun or noun in ("airstrike", "bombing", "shooting") else ""


def _toll(text: str, mentions: Sequence[EventMention]) -> str:
    """ ", 25 killed": where all sources that count the dead agree, and the title does not tell the number."""
    numbers = {
        (item.low, str(item.kind))
        for mention in mentions
        for item in mention.casualties
        if item.low is not None and item.low == item.high and item.low > 1 and item.kind == "killed"
    }
    if len(numbers) != 1 or len(text) > 80 or re.search(r"\bkill|\bdie|\bdead", text):
        return ""
    (low, kind) = next(iter(numbers))
    return f", {low:,} {kind}"
