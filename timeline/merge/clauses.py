"""The words of a passage around its trigger, cut to what a headline can hold."""

from __future__ import annotations

import re

from timeline.merge.context import Context
from timeline.model import EventMention

_FULL_STOP = (
    r"(?<!\b[A-Z])"
    + "".join(
        rf"(?<!\b{title})"
        for title in [
            "Dr",
            "Mr",
            "Mrs",
            "Ms",
            "St",
            "Gen",
            "Lt",
            "Col",
            "Maj",
            "Capt",
            "Sgt",
            "Adm",
            "Sen",
            "Rep",
            "Gov",
            "Prof",
            "Rev",
            "Hon",
            "Pres",
            "Jr",
            "Sr",
            "Mt",
            "Ft",
        ]
    )
    + r"\.(?=\s|$)"
)
"""One that ends a sentence, and no title or initial."""
CUT = re.compile(
    rf"""\s*(?:,(?!\d)|[;:—–()"“”\[\]]|``|''|\s-\s|[!?](?=\s|$)|{_FULL_STOP}|
        \b(?:that|which|who|whom|whose|where|when|while|as|after|before|amid|but|because|since|although|though|if|until|
        despite|following|saying|adding|according|(?<!the\s)(?:killing|wounding)|leaving|causing|prompting|or)\b|
        \band\b(?=\s+(?:the|an?)\s+(?:[\w-]+\s+){{1,4}}?\w+ed\b|
            \s+(?:sent|held|took|made|told|met|left|went|gave|set|shot|hit|won|lost|fled|fell|began|came|put|led)\b)|
        \band\b(?=\s+(?:\w+ed|was|were|has|have|had|is|are|said|says|then|also|that|it|they|he|she|we|there)\b|\s+\w+ing\s))""",
    re.X | re.I,
)
LEAD = re.compile(r"^(?:(?:the|a|an|some|both|its|their|his|her|this|these|those|that)\s+)+", re.I)
SEGMENT = re.compile(r"(?:,(?!\d)|[;:—–()\"“”\[\]]|``|''|\s-\s)\s*")
_CLAUSE = re.compile(
    SEGMENT.pattern
    + r"|\b(?:that|which|who|and|but|since|when|while|as|because|after|before|if)\s+",
    re.I,
)
_PAIR = re.compile(r"(\bbetween\s+(?:[\w.'’-]+\s+){1,4})and\b")
"""What belongs together is no end of a clause: "talks between A and B collapsed"."""
_FINITE = re.compile(
    r"\s*\b(?:is|are|was|were|has|have|had|will|would|could|can|may|might|should|do|does|did|led|says?|said)\b",
)
_POSTMODIFIER = re.compile(r"(?:of|on|against|to|for|in|at|over|by|with|from|near|between)\b", re.I)
_DANGLING = re.compile(
    r"\s+(?:of|in|on|at|to|for|from|by|with|and|or|the|a|an|its|their|his|her|as|near|into|over|against|outside|between|about|under|during|since|not|is|are|was|were|been|be)$",
)
_MODIFIERS = re.compile(
    r"""(?:(?<![\w'’.-])
        (?!(?:the|a|an|of|in|on|and|or|to|that|with|by|for|at|from|as|after|before|were|was|is|are|its|their|his|her|
            amid|during|since|over|under|about|into|near|following|until|than|but|not|no|this|these|those|all|any)\b)
        (?:\d{1,3}(?:,\d{3})+|[\w.'’-]+)\s+){0,3}$""",
    re.X | re.I,
)
"""Words before a noun that belong to it: "non-binding", "US-led"."""
_OPENING = re.compile(
    r"^(?:with|and|but|as|while|after|when|where|not\s+only\s+(?:was|were))\s+(?=\w+\s)", re.I
)
"""What joins a clause to the one before it."""
_ON_DAY = re.compile(
    r"\s+(?:(?:late|early)\s+)?on\s+(?:mon|tues|wednes|thurs|fri|satur|sun)day(?:\s+(?:night|morning|evening|afternoon))?$",
    re.I,
)
_LONGEST = 96
_JOINED = re.compile(r"\s+(?:and|but|or)\s+(?:(?!\b(?:and|but|or)\b).)*$", re.S)
_FUNCTION_WORD = re.compile(
    r"(?:the|an?|at|some|more|about|it|they|there|this|that|these|no|in|on|all|both|its|their|his|her|\w+ing)\s",
    re.I,
)
_COMPLETING = re.compile(r"\s+((?:that\s|to\s(?!(?:the|an?|his|its|their)\s|[A-Z])).*)", re.S)
_ADJUNCT = re.compile(r"\s+(?:as|in|on|at|during|before|after|late|early|when|while|by)\b", re.I)
"""What tells when or how something was said, and not what."""
_THAT = re.compile(r"\bthat\b", re.I)
_NEAR = 12
"""Characters between a verb of saying and the date of the saying ("said on Monday")."""


def before_trigger(mention: EventMention, context: Context) -> str:
    text = context.documents[mention.doc_id].document.text
    return text[mention.sentence[0] : mention.start]


def after_trigger(mention: EventMention, context: Context) -> str:
    return context.documents[mention.doc_id].document.text[mention.end : mention.sentence[1]]


def clause_of(mention: EventMention, verb: bool, context: Context) -> str:
    """What the passage itself says: the clause, or the noun phrase, in which the trigger stands."""
    before, rest = before_trigger(mention, context), rest_of(mention, context)
    if verb:
        clause = _CLAUSE.split(_PAIR.sub("\\1\0", before))[-1].replace("\0", "and")
        lead = LEAD.sub("", _OPENING.sub("", clause.lstrip()))
        return shortened(f"{lead}{mention.trigger} {rest}")
    match = _MODIFIERS.search(before)
    lead = match.group() if match else ""
    rest = _FINITE.split(rest, maxsplit=1)[0] if _POSTMODIFIER.match(rest) else ""
    title = shortened(f"{lead}{mention.trigger} {rest}")
    return title if " " in title else shortened(_segment(mention, context))


def said_in(mention: EventMention, context: Context) -> str:
    """What is said, without the date of the saying; empty where the sentence breaks off at the verb."""
    text = context.documents[mention.doc_id].document.text
    start, end = mention.end, mention.sentence[1]
    span = mention.when.phrase_span
    if _is_inserted(mention, text):
        # "Jets struck the port, the army said, …": what is said stands before who says it.
        said = SEGMENT.split(text[mention.sentence[0] : mention.start].rstrip())
        content = shortened(", ".join(part.strip() for part in said[:-1]).strip(' ,:“”"'))
        return content[:1].lower() + content[1:] if _FUNCTION_WORD.match(content) else content
    if span and start <= span[0] and span[1] <= end and span[0] - start < _NEAR:
        start = span[1]
    told = text[start:end]
    if _ADJUNCT.match(told):
        # "said in an interview that …"; where nothing more is told, the sentence is the better title.
        that = _THAT.search(told)
        told = told[that.start() :] if that else ""
    return shortened(told.strip(' ,:“”"`').rstrip(".'"))


def _is_inserted(mention: EventMention, text: str) -> bool:
    """ "…, the ministry said, …"."""
    after = text[mention.end : mention.end + 3]
    quoted = any(mark in after for mark in "“\"'‘`")
    follows = after[:1] in (",", ".") or (
        _ADJUNCT.match(text, mention.end)
        and not _THAT.search(text, mention.end, mention.sentence[1])
    )
    speaker = [item for item in mention.arguments if item.start < mention.start]
    opens = bool(speaker) and not text[mention.sentence[0] : speaker[0].start].strip(" \"“`'")
    return bool(follows) and not quoted and bool(speaker) and not opens


def what_follows(mention: EventMention, context: Context) -> str:
    """The clause that completes the trigger: "that …" of a ruling, "to …" of a decision; else empty."""
    after = after_trigger(mention, context)
    span = mention.when.phrase_span
    if span and mention.end <= span[0] < mention.end + _NEAR:
        after = after[span[1] - mention.end :]
    match = _COMPLETING.match(after)
    return shortened(SEGMENT.split(match[1], maxsplit=1)[0].rstrip(".")) if match else ""


def _segment(mention: EventMention, context: Context) -> str:
    """The part of the sentence between two commas in which the trigger stands."""
    before = SEGMENT.split(before_trigger(mention, context))[-1]
    after = CUT.split(after_trigger(mention, context), maxsplit=1)[0]
    return LEAD.sub("", f"{before}{mention.trigger}{after}".strip())


def rest_of(mention: EventMention, context: Context) -> str:
    """What follows the trigger in its clause, without the date, which has its own place on the screen."""
    text = context.documents[mention.doc_id].document.text
    end = mention.sentence[1]
    rest = text[mention.end : end]
    span = mention.when.phrase_span
    if span and mention.end <= span[0] < end:
        dated = text[mention.end : span[0]]
        kept = re.sub(
            r"\b(?:on|in|at|by|since|last|early|late|during|of)\s*$", "", dated, flags=re.I
        )
        rest = f"{kept.rstrip()} {text[span[1] : end].lstrip()}"
    clause = CUT.split(rest, maxsplit=1)[0]
    return shortened(_before_next_clause(clause) if clause[:1] == " " else clause)


def _before_next_clause(clause: str) -> str:
    """ "tear gas and 80 people were wounded": the first object only, for the second is another clause's subject."""
    first, *more = _FINITE.split(clause, maxsplit=1)
    return _JOINED.sub("", first) if more else first


def shortened(text: str) -> str:
    text = " ".join(text.split())
    if len(text) > _LONGEST:
        text = text[:_LONGEST].rsplit(" ", 1)[0]
    while _DANGLING.search(text):
        text = _DANGLING.sub("", text)
    return _ON_DAY.sub("", text)
