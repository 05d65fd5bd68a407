"""Timeline: news articles on a crisis in, a sourced chronology out."""

__version__ = "0.1.0"
