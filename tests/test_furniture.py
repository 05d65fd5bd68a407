"""Pages in layouts that no rule was written for: the article is kept, and what stands around it gives no event."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from pages import CREDIT, LAYOUTS, SLIDES, STORIES, Story, gallery, semantic
from spacy.language import Language

from timeline.model import Analysis, Document
from timeline.pipeline import analyse
from timeline.sources.articles import document_from_article
from timeline.sources.pages import article_from_page

Read = Sequence[tuple[str, Story, Analysis]]


def document(markup: str, name: str) -> Document:
    return document_from_article(article_from_page(markup, doc=name, label=name))


@pytest.fixture(scope="module")
def pages(nlp: Language) -> Read:
    made = [
        (layout.__name__, story, document(layout(story), layout.__name__))
        for layout in LAYOUTS
        for story in STORIES
    ]
    analyses = analyse((found for _, _, found in made), nlp)
    return [
        (name, story, analysis) for (name, story, _), analysis in zip(made, analyses, strict=True)
    ]


def unmarked(found: Document) -> str:
    """The text without its furniture."""
    letters = list(found.text)
    for start, end in found.furniture:
        letters[start:end] = "\0" * (end - start)
    return "".join(letters)


def test_there_are_enough_of_them(pages: Read) -> None:
    assert len(LAYOUTS) >= 15
    assert len({analysis.document.text for _, _, analysis in pages}) >= 30


def test_the_sentences_of_the_articles_are_kept(pages: Read) -> None:
    lost = [
        (name, sentence)
        for name, story, analysis in pages
        for sentence in story.sentences
        if sentence not in unmarked(analysis.document)
    ]
    whole = sum(len(story.sentences) for _, story, _ in pages)
    assert len(lost) <= 0.03 * whole, lost


def test_furniture_gives_no_event(pages: Read) -> None:
    told = {
        (name, mention.quote)
        for name, story, analysis in pages
        for mention in analysis.mentions
        if not is_told(mention.quote, story)
    }
    assert told == set()


def is_told(quote: str, story: Story) -> bool:
    known = (*story.sentences, story.title, story.caption, *SLIDES)
    return any(sentence in quote or quote in sentence for sentence in known)


def test_every_page_gives_events(pages: Read) -> None:
    assert [name for name, _, analysis in pages if len(analysis.mentions) < 5] == []


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.title)
def test_captions_that_tell_an_event_are_marked(story: Story) -> None:
    for layout in (semantic, gallery):
        found = document(layout(story), layout.__name__)
        captions = [found.text[start:end] for start, end in found.captions]
        assert any(story.caption in caption for caption in captions), layout.__name__


def test_credits_are_no_prose() -> None:
    found = document(semantic(STORIES[0]), "page")
    captions = " ".join(found.text[start:end] for start, end in found.captions)
    assert CREDIT not in unmarked(found).replace(captions, "")
