"""Files in, documents out: what is kept, what is known of an article, what is no prose, and what fails how."""

from __future__ import annotations

import csv
import io
import itertools
import json
import zipfile
from datetime import date
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from timeline.model import Document, Failure, PublishedBasis
from timeline.paths import ARTICLES
from timeline.sources import document_from_text, load_sources, with_bylines
from timeline.sources.dates import byline_date, parse_date
from timeline.sources.rules import load_furniture_rules

PROSE = (
    "Rebels attacked the harbour of Brod on 3 March 2011, and at least twelve soldiers were killed."
)
MORE = "The government said on Friday that it would send two more brigades to the northern region."


def read(*sources: Path | str) -> tuple[list[Document], list[Failure]]:
    found = list(load_sources([str(source) for source in sources]))
    documents = [item for item in found if isinstance(item, Document)]
    return documents, [item for item in found if isinstance(item, Failure)]


def furniture(document: Document) -> list[str]:
    return [document.text[start:end].strip() for start, end in document.furniture]


def captions(document: Document) -> list[str]:
    return [document.text[start:end] for start, end in document.captions]


def article(*lines: str) -> Document:
    return document_from_text("\n\n".join(lines), doc="article")


# --- the text is kept -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        PROSE,
        f"{PROSE}\r\n\r\n{MORE}\r\n",
        f"{PROSE}\r{MORE}",
        f"{PROSE}\0{MORE}",
        f"\u200f\u202e{PROSE}\u00a0\u2028{MORE}\x0b\x0c",
        f"e\u0301t\u00e9 {PROSE}",
        f"date 2011-03-05 {PROSE}",
    ],
)
def test_text_is_kept_to_the_character(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.txt").write_bytes(text.encode())
    [document], [] = read(tmp_path)
    assert document.text == text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_encodings_give_the_same_text(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.txt").write_bytes(f"Kata’ib – {PROSE}".encode(encoding))
    [document], [] = read(tmp_path)
    assert document.text == f"Kata’ib – {PROSE}"


def test_a_line_of_a_megabyte_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"{PROSE} " * 11_000)
    [document], [] = read(tmp_path)
    assert len(document.text) > 1_000_000
    assert document.furniture == ()


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_marks_are_sorted_disjoint_and_inside_whatever_the_text(text: str) -> None:
    document = document_from_text(text, doc="any")
    spans = sorted(document.furniture + document.captions)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(spans))
    assert document.text == text


def test_ids_are_stable_and_depend_on_name_and_text() -> None:
    one, same = (document_from_text(PROSE, doc="a") for _ in range(2))
    ids = {
        one.doc_id,
        document_from_text(PROSE, doc="b").doc_id,
        document_from_text(MORE, doc="a").doc_id,
    }
    assert one == same
    assert len(ids) == 3


# --- when it was published --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "published", "basis"),
    [
        (f" date 2011-03-05 {PROSE}", date(2011, 3, 5), "header"),
        (f"Date: 2011-03-05\n{PROSE}", date(2011, 3, 5), "header"),
        (f"date 2011-02-31 {PROSE}", None, "unknown"),
        (f"---\ntitle: A\ndate: 2011-03-05\n---\n{PROSE}", date(2011, 3, 5), "header"),
        (f"---\r\npublished: 5 March 2011\r\n---\r\n{PROSE}", date(2011, 3, 5), "header"),
        (f"Title: Attack\nDate: 5 March 2011\n\n{PROSE}", date(2011, 3, 5), "header"),
        (f"Attack on Brod\nSaturday, March 5, 2011 \n{PROSE}", date(2011, 3, 5), "byline"),
        (
            f"Attack on Brod\n\nSaturday 05 March 2011 21:03 GMT\n\n{PROSE}",
            date(2011, 3, 5),
            "byline",
        ),
        (f"2011/03/05 | 20:05 - Source: Brod News\n\n{PROSE}", date(2011, 3, 5), "byline"),
        (f"By Jane Doe | March 5, 2011\n\n{PROSE}", date(2011, 3, 5), "byline"),
        (f"Updated 7 March 2011\nPublished: 5 March 2011\n{PROSE}", date(2011, 3, 5), "byline"),
        (f"BROD, March 5, 2011 /PRNewswire/ -- {PROSE}", date(2011, 3, 5), "byline"),
        (f"BROD, March 5 (Reuters) - {PROSE}", None, "unknown"),
        (f"Attack on Brod\n\n05/03/2011\n\n{PROSE}", None, "unknown"),
        (f"Attack on Brod\n\n25/03/2011\n\n{PROSE}", date(2011, 3, 25), "byline"),
        (PROSE, None, "unknown"),
        (f"The battle of 3 March 2011\n\n{PROSE}", None, "unknown"),
        (f"{PROSE}\n\n{MORE}\n\nPublished on 5 March 2011", date(2011, 3, 5), "byline"),
    ],
)
def test_publication_date_and_how_it_is_known(
    text: str, published: date | None, basis: str
) -> None:
    document = document_from_text(text, doc="a")
    assert (document.published, document.published_basis) == (published, basis)


def test_a_given_date_goes_before_the_header() -> None:
    document = document_from_text(f"date 2011-03-05 {PROSE}", doc="a", dct=date(2011, 4, 1))
    assert (document.published, document.published_basis) == (
        date(2011, 4, 1),
        PublishedBasis.GIVEN,
    )


def test_dates_that_head_the_parts_of_a_chronology_are_no_bylines() -> None:
    days = ("1 March 2011", "2 March 2011", "3 March 2011", "4 March 2011")
    document = article("How it came to war", *(line for day in days for line in (day, PROSE)))
    assert document.published is None
    assert furniture(document) == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2020-01-06T21:03:00+00:00", date(2020, 1, 6)),
        ("20200106", date(2020, 1, 6)),
        ("Mon, 6 Jan 2020 21:03:11 GMT", date(2020, 1, 6)),
        ("January 6th, 2020", date(2020, 1, 6)),
        ("6 Sept. 2020", date(2020, 9, 6)),
        ("01/02/2020", None),
        ("02/02/2020", date(2020, 2, 2)),
        ("January 2020", None),
        ("2020-13-01", None),
        ("", None),
    ],
)
def test_parse_date(text: str, day: date | None) -> None:
    assert parse_date(text) == day


@pytest.mark.parametrize(
    "line",
    [
        "September 11, 2001 Attacks",
        "January 6, 2021 – Capitol Riot",
        "Fighting since 3 May 2011",
        "1/35",
    ],
)
def test_a_line_that_says_more_than_a_date_is_no_byline(line: str) -> None:
    assert byline_date(line) is None


# --- who published and wrote it ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "title", "publisher", "author"),
    [
        (("By Ana Petrova and Jan Novak", PROSE), "", "", "Ana Petrova and Jan Novak"),
        (("Attack on Brod", "By Ana Petrova | The Daily Post", PROSE), "Attack on Brod", "", "Ana Petrova"),
        (("Who attacked Brod?", PROSE), "Who attacked Brod?", "", ""),
        (("2011/03/05 | 20:05 - Source: Brod News", PROSE), "", "Brod News", ""),
        (("The Herald's journalism is supported by our readers.", "An attack explained", PROSE),
         "An attack explained", "The Herald", ""),
        ((PROSE, "© 2011 The Daily Post. All rights reserved."), "", "The Daily Post", ""),
        (("Attack on Brod", "Jane Doe in Brod\n5 March 2011", PROSE), "Attack on Brod", "", "Jane Doe"),
        (("Attack on Brod", "Troops Killed in Brod", PROSE), "Attack on Brod", "", ""),
        (("Attack on Brod", "Jane Doe, Balkans Correspondent", PROSE), "Attack on Brod", "", "Jane Doe"),
        (("Attack on Brod", "Jane Doe\nNew York\n5 March 2011", PROSE), "Attack on Brod", "", "Jane Doe"),
        ((PROSE, MORE), "", "", ""),
    ],
)  # fmt: skip
def test_what_clear_lines_tell(
    lines: tuple[str, ...], title: str, publisher: str, author: str
) -> None:
    document = article(*lines)
    assert (document.title, document.publisher, document.author) == (title, publisher, author)


def test_front_matter_is_known_and_marked() -> None:
    header = "---\ntitle: Attack on Brod\nauthors: [Ana Petrova, Jan Novak]\nsource: Post\nurl: https://p.example/1\n---\n"
    document = document_from_text(header + PROSE, doc="a")
    assert document.title == "Attack on Brod"
    assert document.author == "Ana Petrova, Jan Novak"
    assert (document.publisher, document.url) == ("Post", "https://p.example/1")
    assert document.furniture == ((0, len(header)),)


@pytest.mark.parametrize("header", ["---\n: [broken\n---\n", "---\njust a line\n---\n"])
def test_broken_front_matter_stays_text(header: str) -> None:
    assert document_from_text(header + PROSE, doc="a").published is None


# --- what is no prose -------------------------------------------------------------------------------

RULES = load_furniture_rules()


@pytest.mark.parametrize(
    ("rule", "line"),
    [
        pytest.param(rule, line, id=f"{rule.id}: {line[:40]}")
        for rule in RULES.lines
        for line in rule.examples
    ],
)
def test_examples_of_a_rule_match_it(rule: object, line: str) -> None:
    assert rule.matches(line)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("rule", "line"),
    [
        pytest.param(rule, line, id=f"{rule.id}: {line[:40]}")
        for rule in RULES.lines
        for line in rule.counterexamples
    ],
)
def test_counterexamples_of_a_rule_do_not(rule: object, line: str) -> None:
    assert not rule.matches(line)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "line", [line for rule in RULES.lines if rule.kind != "caption" for line in rule.examples]
)
def test_examples_are_furniture_between_paragraphs(line: str) -> None:
    document = article(PROSE, line, MORE)
    assert line in furniture(document)
    assert PROSE not in furniture(document)
    assert MORE not in furniture(document)


@pytest.mark.parametrize("line", [line for rule in RULES.lines for line in rule.counterexamples])
def test_counterexamples_are_no_furniture_of_any_kind(line: str) -> None:
    assert line not in furniture(article(PROSE, line, MORE))


@pytest.mark.parametrize(("pattern", "line", "name"), [
    (pattern, line, name) for pattern, examples in RULES.publishers for line, name in examples.items()
])  # fmt: skip
def test_publisher_examples(pattern: object, line: str, name: str) -> None:
    assert pattern.fullmatch(line)["name"] == name  # type: ignore[attr-defined]


@pytest.mark.parametrize("line", [example for rule in RULES.datelines for example in rule.examples])
def test_datelines_are_marked_and_the_sentence_is_not(line: str) -> None:
    document = article(f"{line}{PROSE}", MORE)
    [(start, end)] = document.furniture
    assert start == 0
    assert line[:end].rstrip()[-1] in "-–—_"
    assert line[end:].strip()


@pytest.mark.parametrize(
    "line", [example for rule in RULES.datelines for example in rule.counterexamples]
)
def test_what_only_looks_like_a_dateline_is_not_marked(line: str) -> None:
    assert document_from_text(f"{line} {PROSE}", doc="a").furniture == ()


def test_a_gallery_gives_captions_and_credits() -> None:
    document = article(
        PROSE,
        "1/3",
        "A burning lorry on the quay",
        "AP",
        "2/3",
        "The harbour after the attack.",
        "Soldiers look for mines in the water",
        "Jan Novak via Reuters",
        "3/3",
        "Mourners in the streets of Brod",
        "EPA",
        MORE,
    )
    assert captions(document) == [
        "A burning lorry on the quay",
        "The harbour after the attack.",
        "Soldiers look for mines in the water",
        "Mourners in the streets of Brod",
    ]
    assert furniture(document) == ["1/3", "AP", "2/3", "Jan Novak via Reuters", "3/3", "EPA"]


def test_headings_and_captions_between_paragraphs_are_captions() -> None:
    document = article(
        PROSE, "Growing calls for talks", MORE, "Dockers carry a flag through the old town", PROSE
    )
    assert captions(document) == [
        "Growing calls for talks",
        "Dockers carry a flag through the old town",
    ]


def test_the_title_and_the_lines_under_it_are_prose() -> None:
    document = article("Attack on Brod", "Rebels strike the harbour", "By Ana Petrova", PROSE, MORE)
    assert captions(document) == []
    assert furniture(document) == ["By Ana Petrova"]


def test_links_to_other_articles_go_with_their_heading() -> None:
    document = article(
        PROSE, "Related articles", "Ten wars that began at sea", "Why Brod matters", MORE
    )
    assert furniture(document) == [
        "Related articles",
        "Ten wars that began at sea",
        "Why Brod matters",
    ]


def test_a_text_without_full_stops_is_no_list_of_captions() -> None:
    lines = [
        f"Rebels have now taken hill number {n} and the army is said to be leaving it"
        for n in range(6)
    ]
    assert article(*lines).captions == ()


def test_lines_of_a_wrapped_paragraph_are_prose() -> None:
    text = (
        "Rebels took the town of Brod on Thursday after three days of\n"
        "fighting, the army said. At least 14 soldiers were killed in the\n"
        "battle, and dozens of houses burned down\n\n"
        "More fighting was reported in the north, where the rebels blew up\n"
        "a bridge."
    )
    document = document_from_text(text, doc="a")
    assert (document.furniture, document.captions) == ((), ())


def test_bylines_can_be_read_for_their_dates() -> None:
    document = article("Attack on Brod", "5 March 2011", "1/35", PROSE)
    assert furniture(document) == ["5 March 2011", "1/35"]
    assert furniture(with_bylines(document)) == ["1/35"]


def test_the_bundled_articles() -> None:
    documents, failures = read(ARTICLES)
    assert not failures
    known = {document.doc[:3]: document for document in documents}
    assert {name: str(document.published) for name, document in known.items()} == {
        "000": "2020-01-03",
        "001": "2020-01-22",
        "002": "2020-01-07",
        "003": "None",
        "004": "2020-01-06",
    }
    assert known["002"].publisher == "Iraq News"
    assert known["004"].publisher == "The Independent"
    assert known["003"].author == "Khalid Al-Ansary and Marc Champion"
    marked = {line for document in documents for line in furniture(document)}
    assert {
        "1/35",
        "AFP via Getty",
        "Source link",
        "unnamed (1)a",
        "Join our commenting forum",
        "BEIRUT –",
    } <= marked
    assert (
        "A huge procession of mourners gather in Baghdad for the funeral of general Soleimani on 4 January"
        in (captions(known["002"]))
    )


# --- formats ----------------------------------------------------------------------------------------

PAGE = f"""<!DOCTYPE html><html lang="en"><head><title>Attack on Brod | The Daily Post</title>
<meta property="og:site_name" content="The Daily Post"><meta property="og:title" content="Attack on Brod">
<meta name="author" content="Ana Petrova"><link rel="canonical" href="https://post.example/brod">
<meta property="article:published_time" content="2011-03-05T10:00:00Z"></head>
<body><nav><a href="/">Home</a><a href="/world">World</a></nav>
<article><h1>Attack on Brod</h1><p>{PROSE}</p><p>{MORE}</p><p>{PROSE.replace("Brod", "Zadar")}</p></article>
<footer>Cookie policy. © 2024 The Daily Post</footer></body></html>"""


def test_html_gives_the_article_and_its_metadata(tmp_path: Path) -> None:
    (tmp_path / "brod.html").write_text(PAGE)
    [document], [] = read(tmp_path)
    assert PROSE in document.text
    assert MORE in document.text
    assert "Cookie" not in document.text
    assert (document.title, document.publisher, document.author) == (
        "Attack on Brod",
        "The Daily Post",
        "Ana Petrova",
    )
    assert (document.published, document.published_basis) == (date(2011, 3, 5), "metadata")
    assert document.url == "https://post.example/brod"


@pytest.mark.parametrize(
    ("head", "body", "foot", "published"),
    [
        ('<meta property="article:published_time" content="2011-03-05T10:00:00Z">', "", "", date(2011, 3, 5)),
        ('<meta name="DC.date.issued" content="2011-03-05">', "", "", date(2011, 3, 5)),
        ('<script type="application/ld+json">{"@type": "NewsArticle", "dateModified": "2015-01-01T00:00:00Z",'
         ' "datePublished": "2011-03-05T23:30:00-05:00"}</script>', "", "", date(2011, 3, 5)),
        ('<link rel="canonical" href="https://post.example/2011/03/05/brod">', "", "", date(2011, 3, 5)),
        ("", '<time datetime="2011-03-05">5 March</time>', "", date(2011, 3, 5)),
        ("", '<p class="byline">By Ana Petrova, 5 March 2011</p>', "", date(2011, 3, 5)),
        ('<meta property="article:modified_time" content="2015-05-05">', "", "", None),
        ("", "", '<div><time datetime="2019-03-05">Other news</time></div>', None),
        ("", "", "© 2024 The Daily Post. Updated 5 May 2024", None),
        ("", "", "", None),
    ],
)  # fmt: skip
def test_the_date_of_a_page_is_the_one_that_it_declares(
    tmp_path: Path, head: str, body: str, foot: str, published: date | None
) -> None:
    page = (
        f"<html><head>{head}</head><body><article><h1>Attack on Brod</h1>{body}<p>{PROSE}</p><p>{MORE}</p>"
        f"</article><footer>{foot}</footer></body></html>"
    )
    (tmp_path / "brod.html").write_text(page)
    [document], [] = read(tmp_path)
    assert document.published == published
    assert document.published_basis == ("metadata" if published else "unknown")


def test_a_page_in_its_declared_encoding(tmp_path: Path) -> None:
    page = PAGE.replace("<head>", '<head><meta charset="windows-1252">').replace(
        "Rebels", "Révolutionnaires"
    )
    (tmp_path / "brod.html").write_bytes(page.encode("windows-1252"))
    [document], [] = read(tmp_path)
    assert "Révolutionnaires" in document.text


def write_pdf(path: Path, lines: list[str], password: str = "") -> None:
    writer = PdfWriter()
    page = writer.add_blank_page(600, 800)
    font = DictionaryObject(
        {NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1"),
         NameObject("/BaseFont"): NameObject("/Helvetica")}
    )  # fmt: skip
    fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    stream = DecodedStreamObject()
    shown = "".join(f"({line}) Tj T* " for line in lines)
    stream.set_data(f"BT /F1 11 Tf 14 TL 40 760 Td {shown} ET".encode())
    page[NameObject("/Contents")] = writer._add_object(stream)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    writer.write(path)


def test_pdf_lines_are_joined_into_paragraphs(tmp_path: Path) -> None:
    write_pdf(
        tmp_path / "a.pdf",
        ["Rebels attacked the harbour of Brod on Thursday and killed", "twelve soldiers."],
    )
    [document], [] = read(tmp_path)
    assert (
        document.text
        == "Rebels attacked the harbour of Brod on Thursday and killed twelve soldiers."
    )
    assert document.published is None


def test_docx_gives_paragraphs_and_tables(tmp_path: Path) -> None:
    paper = docx.Document()
    paper.add_paragraph(PROSE)
    table = paper.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Killed", "12"
    paper.add_paragraph(MORE)
    paper.save(str(tmp_path / "a.docx"))
    [document], [] = read(tmp_path)
    assert document.text == f"{PROSE}\n\nKilled | 12\n\n{MORE}"
    assert document.published is None


def test_markdown_is_kept_and_its_marks_are_no_prose(tmp_path: Path) -> None:
    text = f"# Attack on Brod\n\n{PROSE}\n\n## What next\n\n{MORE}\n\n---\n"
    (tmp_path / "a.md").write_text(text)
    [document], [] = read(tmp_path)
    assert document.text == text
    assert document.title == "Attack on Brod"
    assert furniture(document) == ["#", "##", "---"]
    assert captions(document) == ["What next"]


def test_json_lines_are_articles_of_their_own(tmp_path: Path) -> None:
    rows = [
        {"body": PROSE, "headline": "Attack", "pub_date": "2011-03-05", "source": {"name": "Post"}},
        {
            "text": MORE,
            "author": ["Ana Petrova", "Jan Novak"],
            "link": "https://p.example/2",
            "date": None,
        },
        {"text": f"{MORE} \ud800"},
    ]
    (tmp_path / "news.jsonl").write_text("\n".join(map(json.dumps, rows)) + "\n\n")
    documents, [] = read(tmp_path)
    first, second, third = documents
    assert [document.doc for document in documents] == ["news#1", "news#2", "news#3"]
    assert (first.title, first.publisher, first.published) == ("Attack", "Post", date(2011, 3, 5))
    assert first.published_basis == "metadata"
    assert (second.author, second.url, second.published) == (
        "Ana Petrova, Jan Novak",
        "https://p.example/2",
        None,
    )
    assert third.text.encode()


def test_a_broken_line_fails_alone(tmp_path: Path) -> None:
    (tmp_path / "news.jsonl").write_bytes(
        json.dumps({"text": PROSE}).encode()
        + b'\n{"text": \n[1]\n{"title": "no text"}\n{"text": "caf\xe9"}\n'
    )
    documents, failures = read(tmp_path)
    assert [document.text for document in documents] == [PROSE]
    assert [failure.source.partition("news.jsonl, ")[2] for failure in failures] == [
        "line 2",
        "article 3",
        "article 4",
        "line 5",
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_columns_are_guessed(tmp_path: Path, delimiter: str) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerows(
        [
            ["Title", "Publication Date", "Publisher", "Content"],
            ["Attack", "5 March 2011", "Post", f"{PROSE}\n\n{MORE}"],
        ]
    )
    (tmp_path / "news.csv").write_text(out.getvalue(), newline="")
    [document], [] = read(tmp_path)
    assert document.text.replace("\r\n", "\n") == f"{PROSE}\n\n{MORE}"
    assert (document.doc, document.title, document.publisher) == ("news#1", "Attack", "Post")
    assert document.published == date(2011, 3, 5)


def test_json_files_hold_one_article_or_a_list(tmp_path: Path) -> None:
    (tmp_path / "one.json").write_text(json.dumps({"text": PROSE}))
    (tmp_path / "two.json").write_text(json.dumps({"articles": [{"text": PROSE}, {"text": MORE}]}))
    documents, [] = read(tmp_path)
    assert [document.doc for document in documents] == ["one", "two#1", "two#2"]


# --- folders, globs, archives -----------------------------------------------------------------------


def write_zip(path: Path, members: dict[str, str | bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)


def test_folders_are_read_in_order_without_what_is_hidden(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "sub/c.txt", ".hidden.txt", ".git/d.txt", "README.md", "e.txt~"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"{name} {PROSE}")
    documents, [] = read(tmp_path)
    assert [document.doc for document in documents] == ["a", "b", "c"]


def test_globs_and_archives(tmp_path: Path) -> None:
    (tmp_path / "x1.txt").write_text(PROSE)
    (tmp_path / "x2.txt").write_text(MORE)
    write_zip(
        tmp_path / "z.zip",
        {"in/a.txt": PROSE, "../../b.txt": MORE, "__MACOSX/._a.txt": b"\0\1", "c/": ""},
    )
    documents, [] = read(tmp_path / "x*.txt", tmp_path / "z.zip")
    assert [document.doc for document in documents] == ["x1", "x2", "b", "a"]


def test_the_same_article_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PROSE)
    documents, [] = read(tmp_path, tmp_path / "a.txt", tmp_path)
    assert len(documents) == 1


@pytest.mark.parametrize(
    ("name", "doc"), [("a.b.txt", "a.b"), ("ABC1998.1830.0711", "ABC1998.1830"), ("plain", "plain")]
)
def test_a_document_is_named_by_its_file_without_the_last_suffix(
    tmp_path: Path, name: str, doc: str
) -> None:
    (tmp_path / name).write_text(PROSE)
    [document], [] = read(tmp_path)
    assert document.doc == doc


# --- what cannot be read ----------------------------------------------------------------------------

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.txt", b"", ["empty"]),
        ("blank.txt", b" \r\n\t\n", ["empty"]),
        ("empty.pdf", b"", ["empty"]),
        ("picture.txt", PNG, ["PNG"]),
        ("binary.txt", bytes(range(256)) * 40, ["binary"]),
        ("zeros.txt", b"\0" * 5000, ["binary"]),
        (
            "latin.txt",
            "Très déçus, les députés ont quitté la séance à midi.".encode("latin-1") * 9,
            ["UTF-8", "save"],
        ),
        ("truncated.txt", PROSE.encode() + "é".encode()[:1], ["UTF-8"]),
        ("paper.xyz", PROSE.encode(), ["unknown format .xyz", ".txt"]),
        ("broken.pdf", b"%PDF-1.4 nothing", ["PDF"]),
        ("broken.docx", b"PK\x03\x04nothing", ["Word"]),
        ("broken.zip", b"PK\x03\x04nothing", ["ZIP"]),
        ("broken.json", b'{"text": ', ["JSON"]),
        ("other.csv", b"a,b\n1,2\n", ["column", "text"]),
        ("empty.jsonl", b"\n\n", ["no article"]),
        ("empty.html", b"<html><body></body></html>", ["article text"]),
    ],
)
def test_a_bad_file_is_one_line_with_a_remedy_and_the_others_are_read(
    tmp_path: Path, name: str, content: bytes, words: list[str]
) -> None:
    (tmp_path / name).write_bytes(content)
    (tmp_path / "good.txt").write_text(PROSE)
    [document], [failure] = read(tmp_path)
    assert document.doc == "good"
    assert failure.source.endswith(name)
    assert "\n" not in failure.reason
    assert " — " in failure.reason
    assert all(word in failure.reason for word in words)


def test_the_guessed_encoding_is_named(tmp_path: Path) -> None:
    text = "Протестующие вышли на улицы столицы и потребовали отставки правительства. " * 8
    (tmp_path / "a.txt").write_bytes(text.encode("windows-1251"))
    [], [failure] = read(tmp_path)
    assert "cp1251" in failure.reason


def test_missing_paths_and_empty_folders(tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    [], failures = read(tmp_path / "absent.txt", tmp_path / "*.pdf", tmp_path / "nothing")
    assert [failure.reason.partition(" — ")[0] for failure in failures] == [
        "there is no such file or folder",
        "nothing matches this pattern",
        "no files in this folder",
    ]


def test_pdfs_that_hold_no_readable_text(tmp_path: Path) -> None:
    write_pdf(tmp_path / "locked.pdf", [PROSE], password="secret")
    write_pdf(tmp_path / "scan.pdf", [])
    [], failures = read(tmp_path)
    assert ["encrypted" in failures[0].reason, "OCR" in failures[1].reason] == [True, True]


def test_bad_members_of_an_archive_fail_alone(tmp_path: Path) -> None:
    write_zip(
        tmp_path / "z.zip",
        {"bomb.txt": b"a" * 30_000_000, "good.txt": PROSE, "nested.zip": b"PK", "x.exe": b"MZ\0"},
    )
    [document], failures = read(tmp_path)
    assert document.doc == "good"
    assert [failure.source.rpartition("/")[2] for failure in failures] == [
        "bomb.txt",
        "nested.zip",
        "x.exe",
    ]


def test_an_encrypted_member_is_told(tmp_path: Path) -> None:
    write_zip(tmp_path / "z.zip", {"a.txt": PROSE})
    content = bytearray((tmp_path / "z.zip").read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + offset] |= 1
    (tmp_path / "z.zip").write_bytes(content)
    [], [failure] = read(tmp_path)
    assert "encrypted" in failure.reason


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("---\ndate: 03/01/2020\n---\n", "'03/01/2020'"),
        ("---\ndate: soon\n---\n", "'soon'"),
        ("---\ndate: 2020-01-03\n---\n", ""),
        ("", ""),
    ],
)
def test_a_date_that_tells_no_day_is_named_and_the_article_is_read(
    text: str, told: str, tmp_path: Path
) -> None:
    path = tmp_path / "one.txt"
    path.write_text(text + "Rebels shelled the town, killing four people.", encoding="utf-8")
    document, *remarks = load_sources([str(path)])
    assert isinstance(document, Document)
    assert [told in str(remark) for remark in remarks] == [True] * bool(told)
