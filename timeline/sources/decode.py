"""Bytes -> text. UTF-8, or UTF-16 that says so, or what the user names; anything else is refused rather than guessed."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from timeline.errors import SourceError

_SIGNATURES = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"SQLite format 3\x00", "a database"),
    (b"PAR1", "a Parquet file"),
)
_SAMPLE = 64 * 1024
_CONTROLS = bytes({*range(32), 127} - {0, 9, 10, 12, 13, 27})
_ASCII = bytes(range(128))
_PUNCTUATION = b"\x85\x91\x92\x93\x94\x96\x97\xa0"
_SURROGATES = re.compile("[\ud800-\udfff]")


def decode(content: bytes, label: str, encoding: str = "") -> str:
    """The text of a file, every character kept (a byte order mark is none).

    Args:
        content: what is in the file.
        label: what to call it in messages.
        encoding: what the user says that texts are in which are not UTF-8.

    Raises:
        SourceError: it is binary, or not UTF-8; the message tells what it seems to be.
    """
    _refuse_binary(content, label)
    mark = next((name for mark, name in _SIGNATURES if content.startswith(mark)), "")
    try:
        return content.decode(mark or "utf-8")
    except UnicodeDecodeError as error:
        told = "" if mark else encoding or _windows_punctuation(content)
        if told:
            return _as_told(content, label, told)
        raise SourceError(
            f"is not {mark[:6].upper() or 'UTF-8'} text ({_place(content, error.start)} is not)",
            where=label,
            remedy=f"save it as UTF-8{_guess(content)}, or name what it is in (--encoding)",
        ) from error


def _as_told(content: bytes, label: str, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise SourceError(
            f"is not {encoding} text ({_place(content, error.start)} is not), and not UTF-8",
            where=label,
            remedy=f"save it as UTF-8{_guess(content)}",
        ) from error


def _windows_punctuation(content: bytes) -> str:
    """Windows-1252, where all that is not ASCII is its quotation marks, dashes and dots: no name can come out wrong."""
    high = content.translate(None, _ASCII)
    return "windows-1252" if not high.translate(None, _PUNCTUATION) else ""


def _place(content: bytes, offset: int) -> str:
    line = content.count(b"\n", 0, offset) + 1
    return f"byte {offset:,}, in line {line:,},"


def without_surrogates(text: str) -> str:
    """The text with code points that are no characters replaced: JSON's escapes can make them, UTF-8 cannot hold them."""
    return _SURROGATES.sub("\ufffd", text)


def _refuse_binary(content: bytes, label: str) -> None:
    kind = next((name for mark, name in _BINARY if content.startswith(mark)), "")
    sample = content[:_SAMPLE]
    utf16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    share = len(sample) - len(sample.translate(None, _CONTROLS + b"\0"))
    if kind and _is_text_after_all(kind, sample):
        kind = ""
    if kind or (not utf16 and share > 0.05 * len(sample) + 1):
        raise SourceError(
            f"is not text but {kind or 'binary data'}",
            where=label,
            remedy="give it the suffix of its format, or leave it out",
        )


def _is_text_after_all(kind: str, sample: bytes) -> bool:
    """``MZ`` begins programs, and may begin a sentence."""
    return kind == "a program" and b"\0" not in sample


def _guess(content: bytes) -> str:
    best = from_bytes(content[:_SAMPLE]).best()
    return f" (it looks like {best.encoding.replace('_', '-')})" if best else ""
