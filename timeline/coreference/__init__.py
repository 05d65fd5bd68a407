"""Pronouns and definite descriptions to their antecedents within an article, or to nobody.

Candidates are weighed by how recent they are and by their grammatical role; gender, number and kind must agree.
Where two are nearly as good, nobody is chosen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from timeline.annotated import AnnotatedText, Paragraph
from timeline.coreference.bodies import subject_of
from timeline.coreference.choosing import find_antecedent
from timeline.coreference.discourse import Discourse
from timeline.coreference.noting import note, note_again, note_unresolved
from timeline.gazetteer import Gazetteer, core_of, find_abbreviations
from timeline.model import Name, Span
from timeline.words import Word

__all__ = ["resolve_antecedents"]


def resolve_antecedents(
    text: AnnotatedText, names: tuple[Name, ...], gazetteer: Gazetteer
) -> tuple[tuple[Span, Span], ...]:
    """Pairs of a pronoun or description (its head word) and what it stands for, sorted by the former.

    The antecedent is a name, or the phrase of a description ("protesters" for "they"). What has no clear
    antecedent is left out.
    """
    discourse = Discourse(
        gazetteer=gazetteer,
        persons=_persons(names),
        short=find_abbreviations(text.document.text, names, gazetteer),
    )
    pairs: list[tuple[Span, Span]] = []
    inside = _by_paragraph(text.paragraphs, names)
    for paragraph, mentioned in zip(text.paragraphs, inside, strict=True):
        discourse.enter(paragraph, mentioned)
        for sentence in discourse.words.sents:
            pairs += (pair for token in sentence if (pair := _read(token, discourse)))
            discourse.sentence += 1
            discourse.subject = subject_of(sentence.root, discourse)
    return tuple(sorted(pairs))


def _read(token: Word, discourse: Discourse) -> tuple[Span, Span] | None:
    """Resolve one word, and remember it for those that follow."""
    found = find_antecedent(token, discourse)
    if found is not None:
        note_again(token, found, discourse)
        return discourse.paragraph.span(token), found.span
    note_unresolved(token, discourse)
    note(token, discourse)
    return None


def _by_paragraph(paragraphs: Sequence[Paragraph], names: Sequence[Name]) -> Iterator[list[Name]]:
    position = 0
    for paragraph in paragraphs:
        end = paragraph.start + len(paragraph.text)
        inside = []
        while position < len(names) and names[position].start < end:
            if names[position].start >= paragraph.start:
                inside.append(names[position])
            position += 1
        yield inside


def _persons(names: Iterable[Name]) -> tuple[tuple[str, ...], ...]:
    full = {core_of(name.text) for name in names if name.label == "PERSON"}
    return tuple(sorted(words for words in full if len(words) > 1))
