"""Pages in many layouts, written for the tests: an article in each, and around it what pages are full of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Story:
    """What somebody wrote: title, sentences by paragraph, and a caption that tells an event."""

    title: str
    paragraphs: tuple[tuple[str, ...], ...]
    caption: str
    author: str
    day: str

    @property
    def sentences(self) -> list[str]:
        return [sentence for paragraph in self.paragraphs for sentence in paragraph]


STORIES = (
    Story(
        title="Dam gates opened as river threatens Velsk",
        author="Ilse Brandt",
        day="2016-05-14",
        caption="Soldiers carried patients out of the flooded clinic in Velsk on Friday.",
        paragraphs=(
            ("Engineers opened the gates of the Orlo dam on Saturday after three days of rain.", "The mayor of Velsk ordered 4,000 people to leave the lower town."),
            ("At least six people have drowned since Thursday, the civil defence agency said.", "Two of them were children."),
            ("“We had no time to take anything,” said Marta Olsen, a teacher who spent the night on a roof.", "Her school collapsed on Friday morning."),
            ("The government declared a state of emergency in the province on 13 May.", "It promised every family 900 euros."),
            ("Opposition leaders accused the water board of ignoring warnings in April.", "The board denied that and said its sensors had failed.", "An inquiry will begin next week."),
        ),
    ),
    Story(
        title="Miners end strike after wage deal in Karsa",
        author="Peter Lund",
        day="2014-09-02",
        caption="Police fired tear gas at miners outside the Karsa pit on 21 August.",
        paragraphs=(
            ("Miners in Karsa voted on Monday to end a strike that had lasted five weeks.", "Their union signed a deal with the company on Sunday night."),
            ("Wages will rise by 7 percent from October.", "The company withdrew its threat to close two shafts."),
            ("The strike began on 28 July, when a lift fell and killed three men.", "Police arrested eleven strikers in August after clashes at the gate.", "All were released last week."),
            ("“It is not what we wanted, but it is something,” the union's chairman, Josef Adler, told reporters.",),
            ("The energy minister welcomed the vote.", "She is to visit Karsa on Thursday."),
        ),
    ),
    Story(
        title="Envoys leave Tarsa talks without agreement",
        author="Amina Rahal",
        day="2018-11-23",
        caption="Delegates shook hands in Tarsa before the talks broke down on Thursday.",
        paragraphs=(
            ("Talks on a ceasefire in the Tarsa valley broke down on Thursday.", "Both delegations left the hotel without a statement."),
            ("The rebels demanded that the army withdraw from the pass.", "The army rejected that and shelled two villages on Wednesday, residents said."),
            ("More than 300 people have been killed since the fighting resumed in June.", "Tens of thousands fled to the coast."),
            ("The United Nations condemned the shelling and called for a new round in December.", "Its envoy, Luis Ferreira, will travel to the capital on Monday."),
            ("A spokesman for the rebels said they would free nine prisoners as planned.", "He gave no date.", "Similar promises were broken in March."),
        ),
    ),
)  # fmt: skip

MENU = ("Home", "World", "Politics", "Business", "Opinion", "Sport", "Weather", "Video")
COOKIES = "We use cookies and similar technologies to personalise content. By clicking accept you agree to our use of cookies."
NEWSLETTER = "Sign up to our newsletter and get the latest news in your inbox every morning"
PAYWALL = "Subscribe to continue reading this article. Already a subscriber? Log in"
RELATED = (
    "Gunmen kill nine in attack on bus near Lomza",
    "President resigns after parliament vote",
    "Earthquake destroys hundreds of homes in Sarai",
)
COMMENTS = (
    "They should have bombed the whole place years ago!",
    "My cousin was arrested there in 2012 and nobody cared.",
)
SLIDES = ("The scene a day later.", "People gather in the square.")
CREDIT = "Photograph: Jonas Weir/Reuters"
COPYRIGHT = "© 2018 Northern Courier Media. All rights reserved."
FURNITURE = (*MENU, COOKIES, NEWSLETTER, PAYWALL, *RELATED, *COMMENTS, CREDIT, COPYRIGHT)


def links(items: tuple[str, ...], tag: str = "li") -> str:
    return "".join(
        f'<{tag}><a href="/x{number}">{item}</a></{tag}>' for number, item in enumerate(items)
    )


def body(story: Story, tag: str = "p", between: tuple[str, ...] = ()) -> str:
    """The paragraphs; after the second, the third…, one of what stands between them."""
    parts: list[str] = []
    for number, paragraph in enumerate(story.paragraphs):
        parts.append(f"<{tag}>{' '.join(paragraph)}</{tag}>")
        if 0 < number <= len(between):
            parts.append(between[number - 1])
    return "\n".join(parts)


def whole(story: Story, inner: str, head: str = "") -> str:
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{story.title} | Northern Courier</title>'
        f'<meta property="og:site_name" content="Northern Courier">{head}</head><body>{inner}</body></html>'
    )


def semantic(story: Story) -> str:
    figure = f'<figure><img src="a.jpg"><figcaption>{story.caption} {CREDIT}</figcaption></figure>'
    return whole(
        story,
        f"""<header><nav><ul>{links(MENU)}</ul></nav></header><main><article><h1>{story.title}</h1>
        <p class="byline">By {story.author}</p><time datetime="{story.day}">{story.day}</time>{figure}{body(story)}</article></main>
        <aside><h2>Most read</h2><ol>{links(RELATED)}</ol></aside><footer><p>{COPYRIGHT}</p></footer>""",
    )


def soup(story: Story) -> str:
    """Divs alone, with names that say nothing."""
    return whole(
        story,
        f"""<div class="a1"><div class="b7">{links(MENU, "div")}</div></div><div class="c3"><div class="d">{story.title}</div>
        <div class="e">{story.author}</div><div class="f">{body(story, "div")}</div></div><div class="g">{links(RELATED, "div")}</div>
        <div class="h">{COPYRIGHT}</div>""",
    )


def tables(story: Story) -> str:
    """As pages were built in 1999."""
    text = "<br><br>".join(" ".join(paragraph) for paragraph in story.paragraphs)
    return whole(
        story,
        f"""<table width=100%><tr><td width=120 bgcolor=#eee><font size=1>{"<br>".join(f"<a href=#>{i}</a>" for i in MENU)}</font></td>
        <td><font size=5><b>{story.title}</b></font><br><font size=2>By {story.author}</font><br><br>{text}</td>
        <td width=150>{"<br>".join(f"<a href=#>{i}</a>" for i in RELATED)}</td></tr></table><center><font size=1>{COPYRIGHT}</font></center>""",
    )


def blog(story: Story) -> str:
    comments = "".join(
        f'<li class="comment"><p>{comment}</p><a>Reply</a></li>' for comment in COMMENTS
    )
    return whole(
        story,
        f"""<div id="page"><div id="masthead"><div class="menu">{links(MENU)}</div></div><div id="content"><div class="post hentry">
        <h2 class="entry-title">{story.title}</h2><div class="entry-meta">Posted on {story.day} by {story.author}</div>
        <div class="entry-content">{body(story)}</div><div class="sharedaddy">Share this: Twitter Facebook</div></div>
        <div id="comments"><h3>2 thoughts on this</h3><ol>{comments}</ol><form>Leave a reply<textarea></textarea></form></div></div>
        <div id="secondary" class="widget-area"><ul>{links(RELATED)}</ul></div></div>""",
    )


def interrupted(story: Story) -> str:
    """Prompts and links between the paragraphs of the article."""
    between = (
        f'<div class="inline-promo"><p>{NEWSLETTER}</p></div>',
        f'<p><strong>Read more: <a href="/y">{RELATED[0]}</a></strong></p>',
        "<p>Advertisement</p>",
    )
    return whole(
        story,
        f"""<div class="nav">{links(MENU)}</div><div class="story"><h1>{story.title}</h1><div class="meta">By {story.author}</div>
        {body(story, between=between)}</div>""",
    )


def consent(story: Story) -> str:
    return whole(
        story,
        f"""<div id="consent-banner" role="dialog"><p>{COOKIES}</p><button>Accept all</button><button>Manage preferences</button></div>
        <div class="site"><ul class="menu">{links(MENU)}</ul><section class="article-body"><h1>{story.title}</h1>{body(story)}</section></div>""",
    )


def paywalled(story: Story) -> str:
    return whole(
        story,
        f"""<nav>{links(MENU)}</nav><article><h1>{story.title}</h1>{body(story)}
        <div class="paywall"><p>{PAYWALL}</p><p>Get unlimited access to our journalism for 1 euro a month.</p></div></article><footer>{COPYRIGHT}</footer>""",
    )


def gallery(story: Story) -> str:
    slides = "".join(
        f'<li><span>{number}/3</span><p>{caption}</p><p class="credit">AFP via Getty Images</p></li>'
        for number, caption in enumerate((story.caption, *SLIDES), start=1)
    )
    return whole(
        story,
        f"""<header>{links(MENU)}</header><article><h1>{story.title}</h1><div class="gallery"><ul>{slides}</ul></div>{body(story)}</article>""",
    )


def amp(story: Story) -> str:
    return whole(
        story,
        f"""<amp-sidebar><ul>{links(MENU)}</ul></amp-sidebar><main><h1>{story.title}</h1><amp-img src="a.jpg"></amp-img>
        <p class="caption">{story.caption}</p>{body(story)}<amp-list>{links(RELATED, "p")}</amp-list></main>""",
        head='<meta name="viewport" content="width=device-width">',
    )


def sections(story: Story) -> str:
    """Headings between the paragraphs."""
    between = ("<h2>What happened</h2>", "<h2>Reactions</h2>", "<h3>What comes next</h3>")
    return whole(
        story,
        f"""<div role="navigation">{links(MENU)}</div><div role="main"><h1>{story.title}</h1><p>By {story.author} and agencies</p>
        {body(story, between=between)}</div><div role="complementary"><h4>Related stories</h4>{links(RELATED)}</div>""",
    )


def quoted(story: Story) -> str:
    between = (
        '<blockquote class="pullquote">A day nobody will forget</blockquote>',
        '<div class="share-tools">Share Tweet Email</div>',
    )
    return whole(
        story,
        f"""<div class="topbar">{links(MENU, "span")}</div><div itemprop="articleBody"><h1>{story.title}</h1>{body(story, between=between)}</div>
        <div class="recirc"><h3>You may also like</h3>{links(RELATED, "div")}</div>""",
    )


def printed(story: Story) -> str:
    text = "".join(f"<p>{' '.join(paragraph)}</p>" for paragraph in story.paragraphs)
    return whole(
        story,
        f"""<p>Northern Courier - Print version</p><h3>{story.title}</h3><p>{story.author}, {story.day}</p>{text}<hr>
        <p>Find this article at: https://courier.example/a/1</p><p>{COPYRIGHT}</p>""",
    )


def app_shell(story: Story) -> str:
    return whole(
        story,
        f"""<div id="root"><div class="css-1x"><button>Menu</button>{links(MENU, "div")}</div><div class="css-2y"><h1>{story.title}</h1>
        <div class="css-3z"><span>{story.author}</span><span>3 min read</span></div>{body(story)}</div></div><script>window.__STATE__={{"a":"{RELATED[1]}"}}</script>
        <noscript>Please enable JavaScript to view this page</noscript>""",
    )


def spans(story: Story) -> str:
    """Each sentence in a span of its own."""
    text = "".join(
        "<p>" + " ".join(f"<span>{sentence}</span>" for sentence in paragraph) + "</p>"
        for paragraph in story.paragraphs
    )
    return whole(
        story,
        f"""<ul class="breadcrumb"><li>Home</li><li>World</li><li>Europe</li></ul><div class="article"><h1>{story.title}</h1>{text}
        <p class="tags">Tags: politics, weather</p><p>Follow us on Twitter</p></div><div class="footer">{links(MENU)}{COPYRIGHT}</div>""",
    )


def listed(story: Story) -> str:
    """A page of a magazine: key points above, a note on the author below."""
    return whole(
        story,
        f"""<header class="hd">{links(MENU)}</header><section><h1>{story.title}</h1>{body(story)}
        <p class="bio">{story.author} is a correspondent for the Northern Courier. Follow {story.author} on Twitter.</p>
        <h4>More from this author</h4><ul>{links(RELATED)}</ul></section><section class="newsletter"><p>{NEWSLETTER}</p><form><input></form></section>""",
    )


def wire(story: Story) -> str:
    first = ("TARSA (Northern Wire) - " + story.paragraphs[0][0], *story.paragraphs[0][1:])
    told = Story(
        title=story.title,
        author=story.author,
        day=story.day,
        caption=story.caption,
        paragraphs=(first, *story.paragraphs[1:]),
    )
    return whole(
        story,
        f"""<div>{links(MENU)}</div><div class="StandardArticleBody"><h1>{story.title}</h1>{body(told)}
        <p>(Reporting by {story.author}; Editing by Carl Mott)</p><p>Our Standards: The Northern Wire Trust Principles.</p></div>""",
    )


LAYOUTS: tuple[Callable[[Story], str], ...] = (
    semantic, soup, tables, blog, interrupted, consent, paywalled, gallery, amp, sections, quoted, printed, app_shell,
    spans, listed, wire,
)  # fmt: skip
