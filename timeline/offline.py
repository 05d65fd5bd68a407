"""A chronology as one page that works without a network: what the dashboard tells of each event, in a file to pass on.

It calls nobody: its policy forbids scripts and whatever lies elsewhere. All that comes out of articles is escaped.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from html import escape

from timeline.model import Claim, Document, Event, EventMention, Status
from timeline.naming import article_title, claim_text, field_name, teller_of
from timeline.wording import (
    STATUS_LABELS,
    TYPE_LABELS,
    actors_by_role,
    casualty_text,
    counted,
    published_text,
    short_day,
    span_text,
    when_text,
    why_text,
)

Documents = Mapping[str, Document]
"""Articles by id; of those that are missing, only the name is told."""

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
_STYLE = """
:root { color-scheme: light dark; --text: #1d2530; --soft: #586575; --line: #d5dae1; --page: #fff; --mark: #fbe3b3; --note: #fdf3e0 }
@media (prefers-color-scheme: dark) {
  :root { --text: #e7eaee; --soft: #a3adba; --line: #39424f; --page: #12161c; --mark: #6b4d10; --note: #2a2416 }
}
body { font: 16px/1.5 system-ui, sans-serif; max-width: 50rem; margin: 2rem auto; padding: 0 1rem; color: var(--text); background: var(--page); overflow-wrap: anywhere }
h1 { margin: 0 } h2 { font-size: 1.15rem; margin: 2rem 0 .6rem } h3 { font-size: 1rem; margin: 1rem 0 .2rem }
ol { list-style: none; margin: 0; padding: 0; border-left: 3px solid var(--line) } li { margin: 0 0 .9rem; padding-left: 1rem }
summary { cursor: pointer } time, small, dt, .soft { color: var(--soft) } p { margin: .3rem 0 }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; margin: .5rem 0 } dd { margin: 0 }
blockquote { margin: .4rem 0 .4rem .8rem } mark { background: var(--mark); color: inherit; padding: 0 .1em }
.differ { background: var(--note); border-radius: 6px; padding: .5rem .9rem; margin: .6rem 0 } .differ h3 { margin-top: 0 }
.sides { display: grid; grid-template-columns: repeat(auto-fit, minmax(14rem, 1fr)); gap: .3rem 1rem }
img { max-width: 100%; background: var(--page) }
@media print { details::details-content { content-visibility: visible; block-size: auto } li { break-inside: avoid } }
"""


def offline_page(events: Sequence[Event], documents: Documents, version: str = "") -> str:
    """The page of these events, the dated ones first; the comment `chart` is where a picture of them may go in.

    Args:
        version: the data version, which the page then names.
    """
    dated, undated = (
        [event for event in events if _is_dated(event) is has] for has in (True, False)
    )
    names = dict(_names(events))
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<title>Timeline</title>
<style>{_STYLE}</style>
</head>
<body>
<h1>Timeline</h1>
<p class="soft">{escape(_lead(events, dated, version))}</p>
<!-- chart -->
{_section("", dated, documents, names)}{_section("Without a date", undated, documents, names)}</body>
</html>
"""


def _is_dated(event: Event) -> bool:
    return bool(event.when.earliest or event.when.latest)


def _lead(events: Sequence[Event], dated: Sequence[Event], version: str) -> str:
    articles = {mention.doc_id for event in events for mention in event.mentions}
    days = [day for event in dated for day in (event.when.earliest, event.when.latest) if day]
    parts = [
        f"{counted(len(events), 'event')} from {counted(len(articles), 'article')}",
        span_text(min(days), max(days)) if days else "",
        "days as the articles give them, no time zone",
        f"data version {version}" if version else "",
    ]
    return " · ".join(filter(None, parts))


def _names(events: Sequence[Event]) -> Iterator[tuple[str, str]]:
    """What an anchor stands for, with its date."""
    for event in events:
        told = f"“{event.title}” ({when_text(event.when)})"
        yield f"event:{event.event_id}", told
        for mention in event.mentions:
            yield f"mention:{mention.mention_id}", told


def _section(
    head: str, events: Sequence[Event], documents: Documents, names: Mapping[str, str]
) -> str:
    if not events:
        return ""
    items = "\n".join(_item(event, documents, names) for event in events)
    return f"{f'<h2>{head}</h2>' if head else ''}<ol>\n{items}\n</ol>\n"


def _item(event: Event, documents: Documents, names: Mapping[str, str]) -> str:
    status = "" if event.status is Status.OCCURRED else f" · {STATUS_LABELS[event.status].lower()}"
    sources = counted(event.sources, "independent source")
    why = why_text(event.when, lambda anchor: names.get(anchor, ""), teller_of(event, documents))
    return (
        f'<li id="{escape(event.event_id)}"><details><summary><time>{escape(when_text(event.when, weekday=True))}</time><br>'
        f"<strong>{escape(event.title)}</strong> <small>{TYPE_LABELS[event.event_type]}{status} · {sources}</small></summary>"
        f'<p class="soft"><b>{"Why this date?" if _is_dated(event) else "Why no date?"}</b> {escape(why)}</p>'
        f"{_facts(event)}{_disagreements(event, documents)}{''.join(_articles(event, documents))}</details></li>"
    )


def _facts(event: Event) -> str:
    rows = [
        *(
            (part, ", ".join(f"{word} {actor.name}".strip() for actor, word in told))
            for part, told in actors_by_role(event).items()
        ),
        ("Where", event.place.name if event.place else ""),
        ("Casualties", ", ".join(dict.fromkeys(map(casualty_text, event.casualties)))),
    ]
    told = "".join(f"<dt>{name}</dt><dd>{escape(text)}</dd>" for name, text in rows if text)
    return f"<dl>{told}</dl>" if told else ""


def _disagreements(event: Event, documents: Documents) -> str:
    return "".join(
        f'<section class="differ"><h3>Sources disagree: {escape(field_name(item.field).lower())}</h3><div class="sides">'
        + "".join(_claim(claim, item.field, event, documents) for claim in item.claims)
        + "</div></section>"
        for item in event.disagreements
    )


def _claim(claim: Claim, field: str, event: Event, documents: Documents) -> str:
    told = [mention for mention in event.mentions if mention.mention_id in claim.mention_ids]
    who = dict.fromkeys(_publisher(mention, documents) for mention in told)
    return f"<p><strong>{escape(claim_text(claim.value, field))}</strong><br><small>{escape(', '.join(who))}</small></p>"


def _publisher(mention: EventMention, documents: Documents) -> str:
    document = documents.get(mention.doc_id)
    return (document.publisher or article_title(document)) if document else mention.doc


def _articles(event: Event, documents: Documents) -> Iterator[str]:
    """The passages by article, the earliest published first."""
    grouped: dict[str, list[EventMention]] = defaultdict(list)
    for mention in sorted(event.mentions, key=lambda mention: mention.start):
        grouped[mention.doc_id].append(mention)
    order = sorted(grouped, key=lambda doc_id: (_published(documents.get(doc_id)), doc_id))
    for doc_id in order:
        quotes = dict.fromkeys(
            f"<blockquote>{_quote(mention)}</blockquote>" for mention in grouped[doc_id]
        )
        yield _head(documents.get(doc_id), grouped[doc_id][0].doc) + "".join(quotes)


def _published(document: Document | None) -> date:
    return (document.published if document else None) or date.max


def _head(document: Document | None, name: str) -> str:
    if document is None:
        return f"<h3>{escape(name)}</h3>"
    published = short_day(document.published) if document.published else "undated"
    how = published_text(document.published_basis, document.published_note)
    facts = " · ".join(filter(None, (document.publisher, document.author, f"{published} ({how})")))
    return f"<h3>{_titled(document)}</h3><p><small>{escape(facts)}</small></p>"


def _titled(document: Document) -> str:
    """The title, as a link where the article says that it lies on the web: nothing is fetched unless a reader follows it."""
    title = escape(article_title(document))
    if not document.url.startswith(("https://", "http://")):
        return title
    return f'<a href="{escape(document.url)}" rel="noreferrer noopener">{title}</a>'


def _quote(mention: EventMention) -> str:
    """The passage with its trigger marked, where the trigger lies within it."""
    first, last = mention.start - mention.sentence[0], mention.end - mention.sentence[0]
    quote = mention.quote
    if not 0 <= first < last <= len(quote) or quote[first:last] != mention.trigger:
        return escape(quote)
    return f"{escape(quote[:first])}<mark>{escape(quote[first:last])}</mark>{escape(quote[last:])}"
