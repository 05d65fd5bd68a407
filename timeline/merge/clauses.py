"""The words of a passage around its trigger, cut to what a headline can hold."""

from __future__ import annotations

import re

from timeline.merge.context import Context
from timeline.model import EventMention, Role
from timeline.ontology.inflection import third_person

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
    rf"""\s*(?:,(?!\d|\s[a-z]+-[a-z]+\s)|[;:—–()"“”\[\]]|``|''|\s(?:--|[-_])\s|[!?](?=\s|$)|{_FULL_STOP}|
        \b(?:that|which|who|whom|whose|where|when|while|(?<!many\s)(?<!much\s)(?<!few\s)as(?!\s+(?:many|much|few)\b)|
        after|before|amid|but|because|since|although|though|if|until|
        despite|following|they|he|she|we|saying|adding|according|(?<!the\s)(?:killing|wounding)|leaving|causing|prompting|or)\b|
        \band\b(?=\s+(?:the|an?)\s+(?:[\w-]+\s+){{1,4}}?(?:\w+ed|sent|held|took|made|told|left|went|gave|won|began|came|said)\b|
            (?:\s+(?!(?:the|an?)\b)[a-z]+)?\s+(?:sent|held|took|made|told|met|left|went|gave|won|lost|fled|fell|began|came|flew|found|saw|ran|drove|
                brought|bought|caught|broke|spoke|rose|threw|wrote|drew|stood|struck|sank|sold|became|kept|said)\b|
            \s+(?:set|shot|hit|put|led)\b)|
        \band\b(?=\s+(?:\w+ed|was|were|has|have|had|is|are|said|says|then|also|that|it|they|he|she|we|there)\b|\s+\w+ing\s))""",
    re.X | re.I,
)
LEAD = re.compile(r"^(?:(?:the|a|an|some|both|its|their|his|her|this|these|those|that)\s+)+", re.I)
SEGMENT = re.compile(r"(?:,(?!\d)|[;:—–()\"“”\[\]]|``|''|\s(?:--|[-_])\s)\s*")
_QUOTED = re.compile(r"(?:“|``|\")([^\s“”\"`,;:.?!][^“”\"`,;:.?!]{0,40}?)(?:”|''|\")")
"""A few words in quotation marks, which belong to their clause: "a “million man” march"."""
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
    r"(?:(?<!himself)(?<!herself)(?<!themselves)\s+in|\s+(?:of|on|at|to|for|from|by|with|and|or|the|a|an|its|their|his|her|as|near|into|over|against|outside|between|about|under|during|since|not|is|are|was|were|been|be|just|only|even|"
    r"still|also|then|soon|shortly|almost|nearly|so|through|across|towards?|until|than|if|how|while|"
    r"[\w.-]+['’]s|[a-z]+s['’]))$",
)
_MODIFIERS = re.compile(
    r"""(?:(?<![\w'’.-])
        (?!(?:the|a|an|of|in|on|and|or|to|that|with|by|for|at|from|as|after|before|were|was|is|are|its|their|his|her|
            amid|during|since|over|under|about|into|near|following|until|than|but|not|no|this|these|those|all|any|against|behind|between|despite|because|if|
            when|while|where|who|which|whether|through|across|without|within|outside|inside|towards?|onto|upon|via|
            see|sees|seen|saw|made|makes|held|holds|took|taken|takes|gave|given|gives|met|told|led|urged|condemned|reported|
            has|have|had|be|been|being|is|will|would|could|may|might|said|says)\b)
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
_ADJUNCT = re.compile(r"\s+(?:to|as|in|on|at|during|before|after|late|early|when|while|by)\b", re.I)
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
        lead = LEAD.sub(
            "", _from_participant(mention, context) or _OPENING.sub("", clause.lstrip())
        )
        return shortened(f"{lead}{mention.trigger} {rest}")
    match = _MODIFIERS.search(before)
    lead = _RELATIVE_TIME.sub("", match.group() if match else "")
    comes = _COMES_ABOUT.match(after_trigger(mention, context))
    rest = _FINITE.split(rest, maxsplit=1)[0] if _POSTMODIFIER.match(rest) else ""
    if comes and not rest:
        rest = _AS_HEADLINE[comes[1].lower()]
        rest = rest if mention.trigger.endswith("s") else third_person(rest)
    return shortened(f"{lead}{mention.trigger} {within_phrase(mention, rest, context)}")


_AS_HEADLINE = {
    "broke out": "break out",
    "erupted": "erupt",
    "began": "begin",
    "started": "start",
    "resumed": "resume",
    "flared up": "flare up",
    "rang out": "ring out",
    "took place": "take place",
    "ended": "end",
    "collapsed": "collapse",
    "continued": "continue",
}
"""What a noun alone does not tell: "(the) clashes *broke out*"."""
_COMES_ABOUT = re.compile(rf"\s+({'|'.join(_AS_HEADLINE)})\b", re.I)
_RELATIVE_TIME = re.compile(
    r"^(?:(?:last|next|this)\s+)?(?:year|month|week|weekend|night)['’]s\s+", re.I
)
""" "last year's election", which a year later was another one."""
_AUXILIARY = re.compile(r"\b(?:has|have|had|is|are|was|were|been|being)\s+")
_NEAREST = 5
"""Words between a participant and the verb after it: "were all", "have since been"."""


def _from_participant(mention: EventMention, context: Context) -> str:
    """The words from the participant right before the verb on: "(criticised) the force *sent to …*"."""
    parts = (Role.ACTOR, Role.RECIPIENT)
    told = [item for item in mention.arguments if item.end < mention.start and item.role in parts]
    nearest = max(told, key=lambda item: item.end, default=None)
    if nearest is None or nearest.start < mention.sentence[0]:
        return ""
    text = context.documents[mention.doc_id].document.text
    between = text[nearest.end : mention.start]
    near = len(between.split()) <= _NEAREST and not SEGMENT.search(between)
    return f"{nearest.text}{_AUXILIARY.sub('', between)}" if near else ""


def within_phrase(mention: EventMention, rest: str, context: Context) -> str:
    """Cut after the last participant or place of a noun's phrase: what follows is said of it ("attacks in Mali came …")."""
    text = context.documents[mention.doc_id].document.text
    for item in sorted(mention.arguments, key=lambda item: item.end):
        size = len(" ".join(text[mention.end : item.end].split()))
        follows = item.start >= mention.end and size < len(rest)
        if follows and rest[:size].endswith(item.text[-3:]) and _SAYS_OF_IT.match(rest, size):
            return rest[:size]
    return rest


_SAYS_OF_IT = re.compile(
    r"\s+(?!(?:and|or|of|on|against|to|for|in|at|over|by|with|from|near|between|into|about|under|during)\b)[a-z]"
)
""" "the war with Iran *shows* …", and not "the war with Iran *over* a river"."""


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
    quoted = told.lstrip(" ,:")[:1] in ("“", '"', "`")
    words = shortened(told.strip(' ,:“”"`').rstrip(".'"))
    return f"“{words.translate(_PLAIN)}”" if quoted and words else words


_PLAIN = dict.fromkeys(map(ord, '“”"`'))


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


def rest_of(mention: EventMention, context: Context) -> str:
    """What follows the trigger in its clause, without the date, which has its own place on the screen."""
    text = context.documents[mention.doc_id].document.text
    end = _end_of_clause(mention, context)
    rest = text[mention.end : end]
    span = mention.when.phrase_span
    if span and mention.end <= span[0] < end:
        dated = text[mention.end : span[0]]
        kept = _OPENS_A_DATE.sub("", dated)
        rest = f"{kept.rstrip()} {text[span[1] : end].lstrip()}"
    clause = first_clause(rest)
    if _JOINS_ANOTHER.match(clause):
        return ""  # "rates soared and the downturn means": nothing of the verb's own follows it
    return shortened(_before_next_clause(clause) if clause[:1] == " " else clause)


def _end_of_clause(mention: EventMention, context: Context) -> int:
    """Where its sentence ends; of a relative clause, where the verb stands that the one spoken of is the subject of:
    "rebels who *snatched* tourists from a resort | threatened to kill them"."""
    before = before_trigger(mention, context)
    ends = [mention.sentence[1]]
    if _WHO.search(before):
        ends += [
            other.start
            for other in context.documents[mention.doc_id].mentions
            if mention.end < other.start < mention.sentence[1]
            and any(
                item.role is Role.ACTOR and item.start < mention.start for item in other.arguments
            )
        ]
    return min(ends)


_WHO = re.compile(r"\b(?:who|which|that)\s+(?:(?:has|have|had|also|later)\s+)*$")
_OPENS_A_DATE = re.compile(
    r"\b(?:in\s+the\s+(?:early|late|small)\s+hours\s+(?:of|on)|on|in|at|by|since|last|early|late|during|of|from|between\s+\d{1,2}\s+and|from\s+\d{1,2}\s+to|between)\s*$",
    re.I,
)
"""What stands before a date, and says nothing without it."""
_JOINS_ANOTHER = re.compile(r"\s+(?:and|but|or)\s+(?!(?:\w+ed|\w+ing)\b)")


def first_clause(text: str) -> str:
    """What stands before the clause ends; a few words in quotation marks do not end it."""
    kept = _QUOTED.sub("\ue000\\1\ue001", text)
    return CUT.split(kept, maxsplit=1)[0].replace("\ue000", "“").replace("\ue001", "”")


def _before_next_clause(clause: str) -> str:
    """ "tear gas and 80 people were wounded": the first object only, for the second is another clause's subject."""
    first, *more = _FINITE.split(clause, maxsplit=1)
    return _JOINED.sub("", first) if more else first


def shortened(text: str) -> str:
    text = " ".join(text.split())
    whole = text
    if len(text) > _LONGEST:
        text = _cut_at_a_phrase(text[:_LONGEST].rsplit(" ", 1)[0])
    conditioned = _CONDITION.search(whole, len(text)) is not None
    while _DANGLING.search(text):
        text = _DANGLING.sub("", text)
    # "will withdraw if …" is no "will withdraw".
    return f"{text}…" if conditioned else _ON_DAY.sub("", text)


def _cut_at_a_phrase(text: str) -> str:
    """Without the phrase that has been begun last, of which nobody knows how it would have ended."""
    begun = [
        match.start()
        for match in _PHRASE.finditer(text)
        if match.start() >= _ENOUGH and not _IN_A_NAME.search(text[: match.end() + 2])
    ]
    return text[: begun[-1]] if begun else text


_PHRASE = re.compile(
    r"\s(?:and|or|but|that|which|who|to|of|in|on|at|for|with|by|from|as|after|before|during|over|against|into|saying)\b"
)
_IN_A_NAME = re.compile(r"\b[A-Z]\w*\sof\s[A-Z]$")
_CONDITION = re.compile(r"\b(?:if|unless)\b")
_ENOUGH = 50
"""Characters that a title keeps in any case."""
