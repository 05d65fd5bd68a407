"""What closes a headline: the means, the place and the toll where there is room, and how sure it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from timeline.gazetteer import fold_word
from timeline.merge.clauses import shortened
from timeline.merge.context import Context
from timeline.merge.tolls import casualties_of
from timeline.merge.wording import families_of
from timeline.model import Casualty, CasualtyKind, EventMention, Place, Role, Status
from timeline.ontology.inflection import third_person
from timeline.wording import casualty_text

_MEANS = re.compile(
    r"\s(?:strike|attack|raid|fire|barrage|bombing|bombardment|assault|blast)$|^(?:airstrike|bombing|shooting|shelling)$"
)
"""Nouns that can follow "killed in"."""


_UNREAL = re.compile(
    r"\b(?:den(?:y|ies|ied)|attempted|failed|abortive|botched|thwarted|foiled|cancell?ed|aborted|averted|postponed|scrapped)\b",
    re.I,
)
"""Words of a title that tell by themselves that it did not come to pass."""


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def plain_form(present: str, lemma: str) -> str:
    """ "carries out" -> "carry out"."""
    verb, _, rest = present.partition(" ")
    if lemma and third_person(lemma) == verb:
        form = lemma
    elif verb.endswith("ies"):
        form = verb[:-3] + "y"
    elif verb.endswith(("sses", "xes", "zes", "ches", "shes", "oes")):
        form = verb[:-2]
    else:
        form = verb[:-1] if verb.endswith("s") and not verb.endswith("ss") else verb
    return f"{form} {rest}".strip()


def is_killing(mention: EventMention) -> bool:
    return "killing" in families_of(mention.lemma)


def finish(
    text: str,
    mentions: Sequence[EventMention],
    status: Status,
    place: Place | None,
    context: Context,
) -> str:
    """With the means, the toll and the place where there is room; marked where it is only alleged or denied."""
    text = _quoted(shortened(text).rstrip(" ,;:-–—"))
    text = text[:-1].rstrip() if text.endswith(".") and not re.search(r"\b[A-Z]\.$", text) else text
    text += _means(text, mentions)
    if (
        place
        and len(text) < 60
        and not _names(place, text)
        and not re.search(r"\b(?:in|at|near)\b", text)
    ):
        text += f" in {place.name}"
    text = _with_toll(text, mentions, context)
    if status is Status.ALLEGED and not re.search(r"\balleged", text, re.I):
        text = f"Alleged: {text}"
    if status is Status.DENIED and not _UNREAL.search(text):
        text = f"Denied: {text}"
    return capital(text)


def _quoted(text: str) -> str:
    """With quotation marks of one form, each of them closed."""
    text = re.sub(r"``\s*", "“", text).replace("''", "”")
    if text.count("“") > text.count("”"):
        text = f"{text}”" if text.rstrip()[-1:] != "“" else text.rstrip(" “")
    return text + '"' if text.count('"') % 2 else text


def _names(place: Place, text: str) -> bool:
    """Whether the text holds the place's name, in whatever spelling of its letters."""
    words = set(map(fold_word, text.split()))
    return all(fold_word(word) in words for word in place.name.split())


def _means(text: str, mentions: Sequence[EventMention]) -> str:
    """ "in drone strike": of a killing, the attack that other mentions of the event name."""
    if not re.search(r"\bkill", text) or re.search(
        r"\b(?:strike|attack|raid|bomb|shoot|explo|blast|in an?|by)\w*\b", text
    ):
        return ""
    found = Counter(filter(None, map(_attack_noun, mentions)))
    if not found:
        return ""
    best = min(found, key=lambda phrase: (-len(phrase.split()), -found[phrase], phrase))
    if best.split()[-1] in text.lower():
        return ""  # "Artillery fire kills villager"
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
    return noun if _MEANS.search(noun) else ""


def _with_toll(text: str, mentions: Sequence[EventMention], context: Context) -> str:
    """ ", 25 killed" where the title does not tell the number; where sources differ, the range, and in the place of
    any one number that the title tells."""
    tolls = casualties_of(mentions, context)
    killed = next((item for item in tolls if item.kind is CasualtyKind.KILLED), None)
    if killed is None or killed.low is None or killed.high is None or killed.high < 2:
        return text
    if killed.low < killed.high:
        told = _number_told(mentions, killed)
        if told.search(text):
            spread = f"{killed.low:,}–{killed.high:,}{'+' if killed.open_ended else ''}"
            return told.sub(spread, text, count=1)
    elif re.search(r"\bkill|\bdie|\bdead|strangl|slain|execut|behead|\bshot\b", text):
        return text
    return text if len(text) > 80 else f"{text}, {casualty_text(killed)}"


def _number_told(mentions: Sequence[EventMention], toll: Casualty) -> re.Pattern[str]:
    """One source's number in a title, with the word that bounds it, before those whom it counts."""
    counted = [item for one in mentions for item in one.casualties if item.kind is toll.kind]
    numbers = {f"{number:,}" for item in counted for number in (item.low, item.high) if number}
    people = {re.escape(item.who.split()[-1]) for item in counted if item.who}
    bound = r"(?:\b(?:at least|more than|over|as many as|up to|about|around|nearly|some)\s+)?"
    after = (
        rf"\s+(?:[\w-]+\s+){{0,3}}?(?:{'|'.join(sorted({'killed', 'dead', 'people'} | people))})\b"
    )
    return re.compile(rf"{bound}\b(?:{'|'.join(sorted(numbers))})(?={after})", re.I)
