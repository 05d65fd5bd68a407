"""Files, folders, archives and standard input -> documents.

files.py      what a SOURCE argument names: paths, globs, folders, ZIPs, `-`
formats.py    one file -> articles: text, Markdown, HTML, PDF, DOCX, JSON Lines, CSV
header.py     front matter and header lines
dates.py      publication dates as pages write them
furniture.py  which spans of a text are no prose
articles.py   an article's text and what is known of it -> Document
"""

from timeline.sources.articles import document_from_text, with_bylines
from timeline.sources.load import load_sources

__all__ = ["document_from_text", "load_sources", "with_bylines"]
